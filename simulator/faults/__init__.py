"""Faults on demand: what can go wrong between a client and a printer."""

from .answers import (
    BUSY,
    LAN_MODE_OFF,
    NO_SPACE,
    NO_SUCH_FILE,
    NOT_FOUND,
    SUCCESS,
    WRONG_CODE,
    WRONG_PARAMETERS,
    WRONG_SERIAL,
    Answer,
    Envelope,
)
from .effects import CAMERA, DATA, EFFECTS, LINES, UPLOAD, Effect, Fault, combined
from .faults import ActiveFault, Faults

__all__ = [
    "BUSY",
    "CAMERA",
    "DATA",
    "EFFECTS",
    "LAN_MODE_OFF",
    "LINES",
    "NOT_FOUND",
    "NO_SPACE",
    "NO_SUCH_FILE",
    "SUCCESS",
    "UPLOAD",
    "WRONG_CODE",
    "WRONG_PARAMETERS",
    "WRONG_SERIAL",
    "ActiveFault",
    "Answer",
    "Effect",
    "Envelope",
    "Fault",
    "Faults",
    "combined",
]
