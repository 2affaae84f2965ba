"""Commands that move, calibrate or rename a printer, with their checks and proofs.

Nothing moves by accident (docs/design.md, law 10): each command checks a fresh state. A
printer that moves over HTTP shows it in ``/detail``. A printer that moves over lines
answers when the move is done, so its answer is the proof.
"""

from dataclasses import replace

from ..errors import (
    ColdError,
    FlashForgeError,
    JobRunsError,
    LineChannelError,
    NothingToCalibrateError,
    NotIdleError,
    NotMovedError,
    PrinterNameError,
)
from ..models.line_models import LINE_NAME
from ..models.model import Feature, Model, Protocol
from ..printer import Axis, Printer
from ..state import FINISHED_STATUSES, PrinterState, StationActivity, Status
from .checks import all_of
from .command import CONFIRM_DEADLINE, JOB_DEADLINE, Command, Proof, never

EXTRUSION_MIN = 170
"""The lowest temperature in °C of a nozzle through which filament is pushed."""

HOMING_DEADLINE = 90.0
"""Seconds that a printer has for homing."""

MOVE_DEADLINE = 15.0
"""Seconds that a printer has to show another position."""

RENAME_DEADLINE = 30.0
"""Seconds that a printer has to come back with another name."""

_AXES: tuple[Axis, ...] = ("x", "y", "z")
_QUIET_STATION = frozenset({None, StationActivity.IDLE})


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


def _needs_heat(state: PrinterState) -> FlashForgeError | None:
    nozzle = state.nozzle(0)
    shown = nozzle.temperature if nozzle else None
    if shown is None:
        return ColdError(temperature="?")
    return None if shown >= EXTRUSION_MIN else ColdError(temperature=round(shown))


def _in_detail(model: Model, proof: Proof) -> Proof | None:
    """Return the proof on models that show it in ``/detail``."""
    return proof if Feature.MOTION in model.features else None


def home(model: Model) -> Command:
    """Home all axes; done when the printer was busy and no longer is."""
    return Command(
        key="motion",
        name="home",
        send=lambda printer: printer.home(),
        needless=never,
        begun=lambda state: state.status is Status.BUSY,
        proof=_in_detail(model, lambda state: state.status is not Status.BUSY),
        refusal=all_of(model, "home", _needs_idle),
        deadline=HOMING_DEADLINE,
        excludes=NotIdleError,
        queues=True,
    )


def move(
    model: Model, axis: Axis, millimeters: float, feed: int | None = None
) -> Command:
    """Move an axis by a distance; done when the printer shows another position."""

    def place(state: PrinterState) -> float | None:
        return state.position[_AXES.index(axis)] if state.position else None

    def as_of(checked: PrinterState) -> Command:
        before = place(checked)
        # Some firmware reports no position, so its answer has to be enough.
        return replace(
            command,
            proof=_in_detail(
                model, lambda state: before is None or place(state) != before
            ),
        )

    command = Command(
        key="motion",
        name="move",
        send=lambda printer: printer.move_axis(axis, millimeters, feed=feed),
        as_of=as_of,
        needless=never,
        refusal=all_of(model, "move", _needs_quiet),
        deadline=MOVE_DEADLINE,
        unconfirmed=NotMovedError,
        excludes=NotIdleError,
        queues=True,
    )
    return command


def extrude(model: Model, millimeters: float) -> Command:
    """Push filament, or pull it back if negative; ``/detail`` does not show it."""
    heats_itself = Feature.MOTION in model.features
    checks = (_needs_quiet,) if heats_itself else (_needs_quiet, _needs_heat)
    return Command(
        key="motion",
        name="extrude",
        send=lambda printer: printer.extrude(millimeters),
        refusal=all_of(model, "extrude", *checks),
        excludes=NotIdleError,
        queues=True,
    )


def rename(model: Model, name: str) -> Command:
    """Give the printer another name.

    One that only speaks lines may leave the network for a moment before it answers.
    """
    is_line = model.protocol is Protocol.TCP

    def fits(_state: PrinterState) -> FlashForgeError | None:
        plain = not is_line or LINE_NAME.fullmatch(name)
        return None if plain else PrinterNameError("not plain")

    async def send(printer: Printer) -> FlashForgeError | None:
        try:
            await printer.rename(name)
        except LineChannelError as err:
            return err
        return None

    return Command(
        key="name",
        name="rename",
        send=send,
        proof=lambda state: state.identity.name == name,
        refusal=all_of(model, "rename", fits),
        deadline=RENAME_DEADLINE if is_line else CONFIRM_DEADLINE,
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
        refusal=all_of(model, "calibrate", chosen, _needs_idle),
        deadline=JOB_DEADLINE,
        excludes=NotIdleError,
    )


def runout_sensor(on: bool) -> Command:
    """Switch the runout sensor, whose setting the printer does not report."""
    return Command(
        key="runout_sensor",
        name="runout_sensor",
        send=lambda printer: printer.set_runout_sensor(on),
    )
