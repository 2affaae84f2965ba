"""How often a printer is polled, and how long an answer may take (docs/design.md, timing)."""

from datetime import timedelta

from ..api import (
    FlashForgeError,
    OtherPrinterError,
    PrinterState,
    Status,
    UnreachableError,
    WrongCodeError,
    WrongSerialError,
)
from ..api.errors import SwitchedOffError

POLL_COMMAND = timedelta(seconds=1)
POLL_ACTIVE = timedelta(seconds=5)
POLL_IDLE = timedelta(seconds=15)
POLL_OFFLINE_MAX = timedelta(seconds=60)

OFFLINE_DOUBLINGS = 2
"""How often the pause between polls doubles while a printer is away."""

LOST_JOB_WATCH = timedelta(minutes=10)
"""How long a printer that is lost during a job is polled as often as during the job."""

IMPATIENT_DEADLINE = 1.5
"""Seconds for a poll right after one that got no answer in time."""

ABSENT_DEADLINE = 5.0
"""Seconds for a poll of a printer that is away."""

MISSED_POLLS = 3
"""Polls in a row without an answer that make a printer offline."""

REFUSED_CODES = 2
"""Polls in a row with a refused check code that start reauthentication."""

_QUIET_STATUSES = frozenset(
    {Status.IDLE, Status.COMPLETED, Status.CANCELED, Status.ERROR}
)


def interval(state: PrinterState, *, command_waits: bool) -> timedelta:
    """Return the time until the next poll of a printer that answered."""
    if command_waits:
        return POLL_COMMAND
    if state.status in _QUIET_STATUSES and state.feeder_rests:
        return POLL_IDLE
    return POLL_ACTIVE


def interval_away(misses: int, *, lost_for: timedelta, had_job: bool) -> timedelta:
    """Return the time until the next poll of a printer that is away.

    ``misses`` counts the polls since it is offline, ``lost_for`` is the time since the
    first poll without a state.
    """
    if had_job and lost_for < LOST_JOB_WATCH:
        return POLL_ACTIVE
    doublings = min(max(misses, 0), OFFLINE_DOUBLINGS)
    return min(POLL_IDLE * (1 << doublings), POLL_OFFLINE_MAX)


def deadline(problem: FlashForgeError | None, *, online: bool) -> float | None:
    """Return how many seconds the next answer may take, None for the usual time.

    ``problem`` is what went wrong with the last poll. One slow answer is accepted. After
    it, entities must not wait long for a printer that hangs, and a printer that is back
    must be noticed soon.
    """
    if problem is None:
        return None
    if not online:
        return ABSENT_DEADLINE
    return IMPATIENT_DEADLINE if is_silence(problem) else None


def misses_until_offline(err: FlashForgeError) -> int:
    """Return how many polls in a row that end like this make a printer offline."""
    match err:
        case UnreachableError(refused=True) | SwitchedOffError():
            return 1
        case OtherPrinterError() | WrongSerialError():
            return 1
        case WrongCodeError():
            return REFUSED_CODES
        case _:
            return MISSED_POLLS


def is_silence(err: FlashForgeError) -> bool:
    """Return whether the printer did not answer in time."""
    return isinstance(err, UnreachableError) and err.silent
