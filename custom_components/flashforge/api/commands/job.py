"""Commands about the job: pausing, canceling, adjusting it, and what it leaves behind."""

from dataclasses import replace
import math

from ..errors import (
    FlashForgeError,
    NoActiveErrorError,
    NoJobError,
    NotNowError,
    PlateClearError,
    SpeedNotTakenError,
)
from ..models.model import Model
from ..printer import AdjustmentName
from ..state import PrinterState, Status
from .command import JOB_DEADLINE, Command

_EQUAL = 1e-6
# The difference of two numbers that are the same but for how they are written.


def _needs_job(state: PrinterState) -> FlashForgeError | None:
    return None if state.may_have_job else NoJobError("no job")


def _needs_lasting_job(state: PrinterState) -> FlashForgeError | None:
    if state.status is Status.CANCELING:
        return NotNowError("the job is being canceled")
    return _needs_job(state)


def _needs_print_on_plate(state: PrinterState) -> FlashForgeError | None:
    return None if state.plate_occupied else PlateClearError("nothing on the plate")


def pause() -> Command:
    """Pause the job."""
    return Command(
        key="job",
        name="pause",
        send=lambda printer: printer.pause(),
        resend=lambda printer: printer.pause(),
        proof=lambda state: state.status in {Status.PAUSING, Status.PAUSED},
        refusal=_needs_lasting_job,
        deadline=JOB_DEADLINE,
        keeps_trying=True,
    )


def resume() -> Command:
    """Resume the paused job."""
    return Command(
        key="job",
        name="resume",
        send=lambda printer: printer.resume(),
        resend=lambda printer: printer.resume(),
        proof=lambda state: state.status not in {Status.PAUSING, Status.PAUSED},
        refusal=_needs_lasting_job,
        deadline=JOB_DEADLINE,
        keeps_trying=True,
    )


def cancel() -> Command:
    """Cancel the job."""
    return Command(
        key="job",
        name="cancel",
        send=lambda printer: printer.cancel(),
        resend=lambda printer: printer.cancel(),
        proof=lambda state: (
            state.status in {Status.CANCELING, Status.CANCELED, Status.IDLE}
        ),
        refusal=_needs_job,
        deadline=JOB_DEADLINE,
        keeps_trying=True,
    )


def clear_plate() -> Command:
    """Confirm that the print was taken off the build plate."""
    return Command(
        key="plate",
        name="clear_plate",
        send=lambda printer: printer.clear_plate(),
        proof=lambda state: not state.plate_occupied,
        refusal=_needs_print_on_plate,
    )


def _needs_error(state: PrinterState) -> FlashForgeError | None:
    return NoActiveErrorError("no error") if state.error_code is None else None


def clear_error() -> Command:
    """Clear the error code that is active when the command is sent."""

    def as_of(checked: PrinterState) -> Command:
        code = checked.error_code
        return replace(
            command,
            send=lambda printer: printer.clear_error(code or ""),
            proof=lambda state: state.error_code != code,
        )

    command = Command(
        key="error", name="clear_error", refusal=_needs_error, as_of=as_of
    )
    return command


def adjust(name: AdjustmentName, value: float, tolerance: float) -> Command:
    """Set one adjustment of the running job; the proof may miss it by ``tolerance``.

    A value that is sent may differ from the present one by less than that.
    """

    def missed(state: PrinterState) -> float:
        shown: float | None = getattr(state.adjustments, name)
        return math.inf if shown is None else abs(shown - value)

    def needless(state: PrinterState) -> bool:
        return missed(state) <= _EQUAL

    return Command(
        key=name,
        name=name,
        send=lambda printer: printer.adjust(name, value),
        proof=lambda state: missed(state) <= tolerance,
        needless=needless,
        # To switch off what is off is no error, with or without a job.
        refusal=lambda state: None if needless(state) else _needs_job(state),
        afterwards=lambda printer, state: printer.restore_adjustments(state),
    )


def speed_factor(model: Model, percent: float) -> Command:
    """Set the speed factor of the running job; one that the model does not support is refused.

    Otherwise the printer would ignore it, or print at another speed.
    """
    taken = model.taken_speed(percent)
    if taken is not None:
        slack = 0.0 if model.speed_steps is None else 1.0
        return adjust("speed_factor", taken, tolerance=slack)
    refusal = SpeedNotTakenError(
        value=f"{percent:g}",
        taken=", ".join(map(str, model.speed_steps or model.speed_range)),
    )
    return replace(
        adjust("speed_factor", percent, tolerance=0), refusal=lambda _: refusal
    )
