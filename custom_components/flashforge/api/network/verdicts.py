"""Everything that the set-up doctor can find, and how bad it is."""

from collections.abc import Mapping
from enum import StrEnum


class Verdict(StrEnum):
    """The result of a step; ``SKIPPED`` is one without a result."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


VERDICTS: Mapping[str, Verdict] = {
    "skipped": Verdict.SKIPPED,
    "address_known": Verdict.OK,
    "address_unknown": Verdict.FAILED,
    "search_answered": Verdict.OK,
    "search_unanswered": Verdict.WARNING,
    "model_unsupported": Verdict.FAILED,
    "other_kind": Verdict.FAILED,
    "moonraker_absent": Verdict.OK,
    "moonraker_beside": Verdict.WARNING,
    "moonraker_only": Verdict.FAILED,
    "port_open": Verdict.OK,
    "port_closed": Verdict.FAILED,
    "line_port_closed": Verdict.FAILED,
    "port_hangs": Verdict.FAILED,
    "port_refused": Verdict.FAILED,
    "port_silent": Verdict.FAILED,
    "answer_readable": Verdict.OK,
    "control_taken": Verdict.FAILED,
    "answer_foreign": Verdict.FAILED,
    "answer_unreadable": Verdict.FAILED,
    "answer_busy": Verdict.FAILED,
    "lan_mode_on": Verdict.OK,
    "lan_mode_off": Verdict.FAILED,
    "check_code_accepted": Verdict.OK,
    "check_code_refused": Verdict.FAILED,
    "request_refused": Verdict.FAILED,
    "identity_confirmed": Verdict.OK,
    "serial_refused": Verdict.FAILED,
    "other_printer": Verdict.FAILED,
    "model_known": Verdict.OK,
    "model_unknown": Verdict.WARNING,
    "camera_found": Verdict.OK,
    "camera_taken": Verdict.WARNING,
    "camera_off": Verdict.WARNING,
    "camera_silent": Verdict.WARNING,
    "camera_absent": Verdict.OK,
}
"""Everything that can be found, and how bad it is."""
