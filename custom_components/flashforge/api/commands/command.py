"""Commands: what to send, when it is allowed, and what the printer must show afterwards.

A printer acknowledges commands that it does not know and drops some that it does, so a
command is an order together with its proof (docs/design.md, law 6). The coordinator
sends it and waits for the proof; nothing here waits or keeps time.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
import math

from ..errors import (
    FlashForgeError,
    NoActiveErrorError,
    NoJobError,
    NotConfirmedError,
    PlateClearError,
    SpeedNotTakenError,
)
from ..models.catalog import Model
from ..printer import AdjustmentName, Printer
from ..state import PrinterState, Status

type Send = Callable[[Printer], Awaitable[None]]
type Check = Callable[[PrinterState], FlashForgeError | None]
type Proof = Callable[[PrinterState], bool]
type Unconfirmed = Callable[[str], FlashForgeError]

CONFIRM_DEADLINE = 5.0
"""Seconds that a printer has to show an ordinary command."""

JOB_DEADLINE = 30.0
"""Seconds that a printer has to show pause, resume or cancel (docs/protocol/http.md §4.4)."""

FILTER_DEADLINE = 10.0
"""Seconds that a printer has to show its filter fans (docs/protocol/http.md §4.2)."""

RESEND_AFTER = 5.0
"""Seconds after which job control that is not shown is sent again."""

_EQUAL = 1e-6
# What may lie between two numbers that are the same but for how they are written.

LIGHT_RESEND_AFTER = 2.0
"""Seconds after which a light that is not shown is switched again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One order and its proof.

    ``key`` names what is steered, so that a newer order for the same thing replaces an
    older one that still waits. ``refusal`` says from a fresh state why it cannot be now;
    a command with one is not sent when its proof already holds, or ``done`` does where the
    proof is content with less than what was asked for. ``resend`` is what goes
    out every ``resend_after`` seconds while the proof is not there, until the deadline;
    None sends once. Without a ``proof`` the printer's answer says that it is done, as on
    the line channel. ``unconfirmed`` is what a proof that does not come is raised as,
    ``failure`` says from a state after the sending that it need not be waited for.
    ``alone`` marks what moves, feeds or prints: it is refused with that error while
    another such command waits for its proof, as the printer shows for some seconds
    nothing of what it was just told; ``queues`` lets it follow those of its own key.
    ``as_of`` makes the command that goes out from the fresh state that was checked.
    ``settle`` runs once when the proof is there. ``wish`` marks job control, which a
    printer may drop for many minutes while it warms up: it is then kept and sent with
    every poll.
    """

    key: str
    name: str
    send: Send
    proof: Proof | None
    refusal: Check | None = None
    as_of: Callable[[PrinterState], Command] | None = None
    done: Proof | None = None
    failure: Check | None = None
    resend: Send | None = None
    resend_after: float = RESEND_AFTER
    settle: Callable[[Printer, PrinterState], Awaitable[None]] | None = None
    deadline: float = CONFIRM_DEADLINE
    unconfirmed: Unconfirmed = NotConfirmedError
    wish: bool = False
    alone: type[FlashForgeError] | None = None
    queues: bool = False

    def shown_by(self, state: PrinterState) -> bool:
        """Return whether a state is the proof."""
        return self.proof is not None and self.proof(state)

    def needless_in(self, state: PrinterState) -> bool:
        """Return whether a state shows that there is nothing to do."""
        return self.done(state) if self.done else self.shown_by(state)

    def failed_by(self, state: PrinterState) -> FlashForgeError | None:
        """Return what a state shows to have gone wrong, None when nothing has."""
        return None if self.failure is None else self.failure(state)


def _needs_job(state: PrinterState) -> FlashForgeError | None:
    return None if state.may_have_job else NoJobError("no job")


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
        refusal=_needs_job,
        deadline=JOB_DEADLINE,
        wish=True,
    )


def resume() -> Command:
    """Resume the paused job."""
    return Command(
        key="job",
        name="resume",
        send=lambda printer: printer.resume(),
        resend=lambda printer: printer.resume(),
        proof=lambda state: state.status not in {Status.PAUSING, Status.PAUSED},
        refusal=_needs_job,
        deadline=JOB_DEADLINE,
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
        wish=True,
    )


def clear_plate() -> Command:
    """Say that the print was taken off the plate."""
    return Command(
        key="plate",
        name="clear_plate",
        send=lambda printer: printer.clear_plate(),
        proof=lambda state: not state.plate_occupied,
        refusal=_needs_print_on_plate,
    )


def _needs_error(state: PrinterState) -> FlashForgeError | None:
    return NoActiveErrorError("no error") if state.error_code is None else None


def _clear_error_of(state: PrinterState) -> Command:
    code = state.error_code
    return Command(
        key="error",
        name="clear_error",
        send=lambda printer: printer.clear_error(code or ""),
        proof=lambda state: state.error_code != code,
        refusal=_needs_error,
    )


def clear_error() -> Command:
    """Clear the error code that is active when the command goes out."""
    return replace(_clear_error_of(PrinterState()), as_of=_clear_error_of)


def light(on: bool) -> Command:
    """Switch the light."""

    async def send(printer: Printer) -> None:
        await printer.set_light(on)

    return Command(
        key="light",
        name="light",
        send=send,
        resend=send,
        resend_after=LIGHT_RESEND_AFTER,
        proof=lambda state: state.light is on,
    )


def camera(on: bool) -> Command:
    """Switch the camera."""
    return Command(
        key="camera",
        name="camera_power",
        send=lambda printer: printer.set_camera(on),
        proof=lambda state: (state.camera_url is not None) is on,
    )


def _heater(
    name: str,
    target: Callable[[PrinterState], float | None],
    celsius: int,
    send: Callable[[Printer, bool], Awaitable[None]],
    *,
    off_marker: bool,
) -> Command:
    """Return a command for a heater, with the second word for off where there is one."""
    second = off_marker and celsius == 0
    return Command(
        key=name,
        name="temperature",
        send=lambda printer: send(printer, False),
        resend=(lambda printer: send(printer, True)) if second else None,
        proof=lambda state: (
            (shown := target(state)) is not None and round(shown) == celsius
        ),
        deadline=2 * CONFIRM_DEADLINE if second else CONFIRM_DEADLINE,
    )


def nozzle_target(tool: int, celsius: int, *, off_marker: bool = False) -> Command:
    """Set the target of a nozzle, ``tool`` from 0, in °C."""

    def target(state: PrinterState) -> float | None:
        return nozzle.target if (nozzle := state.nozzle(tool)) else None

    return _heater(
        f"nozzle_{tool}",
        target,
        celsius,
        lambda printer, marker: printer.set_nozzle_target(
            tool, celsius, off_marker=marker
        ),
        off_marker=off_marker,
    )


def bed_target(celsius: int, *, off_marker: bool = False) -> Command:
    """Set the target of the bed in °C."""
    return _heater(
        "bed",
        lambda state: state.bed.target if state.bed else None,
        celsius,
        lambda printer, marker: printer.set_bed_target(celsius, off_marker=marker),
        off_marker=off_marker,
    )


def chamber_target(celsius: int, *, off_marker: bool = False) -> Command:
    """Set the target of the chamber in °C."""
    return _heater(
        "chamber",
        lambda state: state.chamber.target if state.chamber else None,
        celsius,
        lambda printer, marker: printer.set_chamber_target(celsius, off_marker=marker),
        off_marker=off_marker,
    )


def adjust(name: AdjustmentName, value: float, tolerance: float) -> Command:
    """Set one adjustment of the running job; the proof may miss it by ``tolerance``.

    A value that differs by less than that from the one in force is sent all the same.
    """

    def missed(state: PrinterState) -> float:
        shown: float | None = getattr(state.adjustments, name)
        return math.inf if shown is None else abs(shown - value)

    return Command(
        key=name,
        name=name,
        send=lambda printer: printer.adjust(name, value),
        proof=lambda state: missed(state) <= tolerance,
        done=lambda state: missed(state) <= _EQUAL,
        refusal=_needs_job,
        settle=lambda printer, state: printer.restore_adjustments(state),
    )


def speed_factor(model: Model, percent: float) -> Command:
    """Set the speed factor of the running job; one that the model does not take is refused.

    Otherwise the printer would go on as before, or at a speed that nobody asked for.
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


def filtration(*, internal: bool, external: bool) -> Command:
    """Switch both filter fans."""
    return Command(
        key="filtration",
        name="filtration",
        send=lambda printer: printer.set_filtration(
            internal=internal, external=external
        ),
        proof=lambda state: (
            state.filtration.internal is internal
            and state.filtration.external is external
        ),
        deadline=FILTER_DEADLINE,
    )


def power_off(*, enabled: bool, delay: int) -> Command:
    """Set switching off by itself after a print, ``delay`` in minutes."""
    return Command(
        key="power_off",
        name="auto_power_off",
        send=lambda printer: printer.set_power_off(enabled=enabled, delay=delay),
        proof=lambda state: (
            state.power_off.enabled is enabled and state.power_off.delay == delay
        ),
    )
