"""Commands that move, heat or rename a printer: what is checked before, and the proof.

Nothing moves by accident (docs/design.md, law 10): each says from a fresh state why it
cannot be now. A printer that moves over HTTP shows it in ``/detail``; one that moves over
lines answers when it is done, and then its answer is the proof.
"""

from collections.abc import Callable, Sequence
import re
from types import MappingProxyType

from ..errors import (
    ColdError,
    FlashForgeError,
    GcodeError,
    GcodeHarmfulError,
    GcodeJobError,
    GcodeLengthError,
    GcodeSessionError,
    GcodeWaitError,
    JobRunsError,
    NothingToCalibrateError,
    NotIdleError,
    NotMovedError,
    UnsupportedError,
)
from ..http.requests import takes
from ..models.catalog import Feature, Model
from ..printer import Axis, Printer
from ..state import FINISHED_STATUSES, PrinterState, StationActivity, Status
from .command import JOB_DEADLINE, Check, Command, Proof

EXTRUSION_MIN = 170
"""The coldest nozzle in °C that filament is pushed through."""

HOMING_DEADLINE = 90.0
"""Seconds that a printer has to be done with homing."""

MOVE_DEADLINE = 15.0
"""Seconds that a printer has to show another position."""

MOST_LINES = 50
LONGEST_LINE = 200
LONGEST_GCODE = 20_000
"""Characters of all lines with their comments, which nobody reads before."""

_AXES: tuple[Axis, ...] = ("x", "y", "z")
_QUIET_STATION = frozenset({None, StationActivity.IDLE})
_COMMENT = re.compile(r";.*|\([^()]*\)")
_GCODE = re.compile(
    r"[GMT]\d{1,4}(?:\.\d{1,2})?(?:\s[\x20-\x7E]{0,200})?", re.IGNORECASE
)

_REFUSED_GCODE = MappingProxyType(
    {
        **dict.fromkeys(("M601", "M602", "M661", "M662"), GcodeSessionError),
        **dict.fromkeys(
            ("M23", "M24", "M25", "M26", "M28", "M29", "M112"), GcodeJobError
        ),
        **dict.fromkeys(("M109", "M190", "M191", "M303"), GcodeWaitError),
        **dict.fromkeys(
            ("M144", "M145", "M610", "M611", "M612", "M651", "M652", "M653", "M654"),
            GcodeHarmfulError,
        ),
    }
)
"""What is not sent for anybody, and why (docs/protocol/tcp.md §3)."""


def _all(model: Model, name: str, *checks: Check) -> Check:
    """Return a check of several, the first of which is whether the model can it."""

    def refusal(state: PrinterState) -> FlashForgeError | None:
        if not takes(model, name):
            return UnsupportedError(name)
        refusals = (check(state) for check in checks)
        return next((each for each in refusals if each is not None), None)

    return refusal


def _needs_quiet(state: PrinterState) -> FlashForgeError | None:
    """Refuse while anything goes on; a finished print may still be on the plate."""
    if state.may_have_job:
        return JobRunsError("a job runs")
    station = state.station.activity if state.station else None
    quiet = state.status in {Status.IDLE, *FINISHED_STATUSES}
    return None if quiet and station in _QUIET_STATION else NotIdleError("not idle")


def _needs_idle(state: PrinterState) -> FlashForgeError | None:
    """Refuse also while a print is on the plate, which the nozzle could hit."""
    if (refusal := _needs_quiet(state)) is not None:
        return refusal
    return None if state.status is Status.IDLE else NotIdleError("plate not clear")


def _needs_no_job(state: PrinterState) -> FlashForgeError | None:
    return JobRunsError("a job runs") if state.may_have_job else None


def _needs_heat(state: PrinterState) -> FlashForgeError | None:
    shown = state.nozzles[0].temperature if state.nozzles else None
    if shown is None:
        return ColdError(temperature="?")
    return None if shown >= EXTRUSION_MIN else ColdError(temperature=round(shown))


def _shown_by(model: Model, proof: Proof) -> Proof | None:
    """Return the proof where ``/detail`` can bring it."""
    return proof if Feature.MOTION in model.features else None


def home(model: Model) -> Command:
    """Home all axes; done when the printer was busy and is no more."""
    seen: list[Status | None] = []

    async def send(printer: Printer) -> None:
        await printer.home()
        seen.append(None)

    def proof(state: PrinterState) -> bool:
        if seen:
            seen.append(state.status)
        return Status.BUSY in seen and state.status is not Status.BUSY

    return Command(
        key="motion",
        name="home",
        send=send,
        proof=_shown_by(model, proof),
        refusal=_all(model, "home", _needs_idle),
        deadline=HOMING_DEADLINE,
        alone=NotIdleError,
        queues=True,
    )


def move(
    model: Model, axis: Axis, millimeters: float, feed: int | None = None
) -> Command:
    """Move an axis by a distance; done when the printer shows another position."""
    before: list[float | None] = []
    sent: list[bool] = []

    def place(state: PrinterState) -> float | None:
        return state.position[_AXES.index(axis)] if state.position else None

    def note(state: PrinterState) -> FlashForgeError | None:
        before[:] = [place(state)]
        return None

    async def send(printer: Printer) -> None:
        await printer.move_axis(axis, millimeters, feed=feed)
        sent.append(True)

    def proof(state: PrinterState) -> bool:
        # A firmware that does not tell its position cannot show more than its answer.
        return bool(sent) and (before == [None] or [place(state)] != before)

    return Command(
        key="motion",
        name="move",
        send=send,
        proof=_shown_by(model, proof),
        refusal=_all(model, "move", _needs_quiet, note),
        deadline=MOVE_DEADLINE,
        unconfirmed=NotMovedError,
        alone=NotIdleError,
        queues=True,
    )


def extrude(model: Model, millimeters: float) -> Command:
    """Push filament, or pull it back; nothing in ``/detail`` would show it."""
    heats_itself = Feature.MOTION in model.features
    checks = (_needs_quiet,) if heats_itself else (_needs_quiet, _needs_heat)
    return Command(
        key="motion",
        name="extrude",
        send=lambda printer: printer.extrude(millimeters),
        proof=None,
        refusal=_all(model, "extrude", *checks),
        alone=NotIdleError,
        queues=True,
    )


def rename(model: Model, name: str) -> Command:
    """Give the printer another name."""
    return Command(
        key="name",
        name="rename",
        send=lambda printer: printer.rename(name),
        proof=lambda state: state.identity.name == name,
        refusal=_all(model, "rename"),
    )


def calibrate(model: Model, *, leveling: bool, vibration: bool) -> Command:
    """Level the bed or measure vibration; done when the printer has begun."""

    def chosen(_state: PrinterState) -> FlashForgeError | None:
        return None if leveling or vibration else NothingToCalibrateError("nothing")

    return Command(
        key="calibration",
        name="calibrate",
        send=lambda printer: printer.calibrate(leveling=leveling, vibration=vibration),
        proof=lambda state: state.status is Status.CALIBRATING,
        refusal=_all(model, "calibrate", chosen, _needs_idle),
        deadline=JOB_DEADLINE,
        alone=NotIdleError,
    )


def runout_sensor(on: bool) -> Command:
    """Switch the runout sensor, of which the printer tells nothing afterwards."""
    return Command(
        key="runout_sensor",
        name="runout_sensor",
        send=lambda printer: printer.set_runout_sensor(on),
        proof=None,
    )


def read_gcode(text: str) -> tuple[str, ...]:
    """Return the lines of G-code in a text, without comments and empty lines.

    Raises ``GcodeLengthError`` for a text that is too long to be looked at.
    """
    if len(text) > LONGEST_GCODE:
        raise GcodeLengthError("too much or nothing")
    stripped = (_COMMENT.sub("", line).strip() for line in text.splitlines())
    return tuple(line.removeprefix("~") for line in stripped if line)


def gcode(
    model: Model,
    lines: Sequence[str],
    on_reply: Callable[[Sequence[str]], None],
    *,
    force: bool = False,
) -> Command:
    """Send G-code and hand over what the printer says to each line.

    ``force`` sends it also while a job runs.
    """

    async def send(printer: Printer) -> None:
        on_reply(await printer.send_gcode(lines))

    checks = () if force else (_needs_no_job,)
    return Command(
        key="gcode",
        name="send_gcode",
        send=send,
        proof=None,
        refusal=_all(model, "send_gcode", lambda _: _bad_gcode(lines), *checks),
    )


def _bad_gcode(lines: Sequence[str]) -> GcodeError | None:
    """Return what must not be sent, None when all of it may."""
    if not 0 < len(lines) <= MOST_LINES:
        return GcodeLengthError("too much or nothing")
    for line in lines:
        if len(line) > LONGEST_LINE:
            return GcodeLengthError("too much or nothing")
        if not _GCODE.fullmatch(line):
            return GcodeError(line=line[:80])
        code = line.split(maxsplit=1)[0].upper()
        if (
            refused := _REFUSED_GCODE.get(f"{code[0]}{int(float(code[1:]))}")
        ) is not None:
            return refused(line=line[:80])
    return None
