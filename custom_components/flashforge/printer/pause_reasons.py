"""Why a job is paused, as far as the printer reports it."""

from enum import StrEnum

from ..api import PrinterState


class PauseReason(StrEnum):
    """Why a job is paused."""

    PERSON = "person"
    FILAMENT = "filament"
    CLOG = "clog"
    DOOR = "door"
    ERROR = "error"


_REASONS = {
    **dict.fromkeys(
        ("E0100", "E0101", "E0102", "E0103", "E0108"), PauseReason.FILAMENT
    ),
    **dict.fromkeys(("E0109", "E0163"), PauseReason.CLOG),
}
"""Codes that report more than an error (docs/protocol/detail.md §6)."""


def reason_of(state: PrinterState) -> PauseReason:
    """Return why a job is paused; without any sign it is a person, or the file itself."""
    if state.error_code is not None:
        return _REASONS.get(state.error_code, PauseReason.ERROR)
    return PauseReason.DOOR if state.door_open else PauseReason.PERSON
