"""Commands that set a part of the printer: lights, camera, heaters, fans, power."""

from collections.abc import Awaitable, Callable

from ..assumed import FanName
from ..printer import Printer
from ..state import PrinterState
from .command import CONFIRM_DEADLINE, Command

FILTER_DEADLINE = 10.0
"""Seconds that a printer has to show its filter fans (docs/protocol/http.md §4.2)."""

LIGHT_RESEND_AFTER = 2.0
"""Seconds after which a light that is not shown is switched again."""


def light(on: bool) -> Command:
    """Switch the light."""
    return Command(
        key="light",
        name="light",
        send=lambda printer: printer.set_light(on),
        resend=lambda printer: printer.set_light(on),
        resend_after=LIGHT_RESEND_AFTER,
        proof=lambda state: state.light is on,
    )


def fan(fan: FanName, on: bool) -> Command:
    """Switch a fan that the printer does not report: its answer has to be enough."""
    return Command(key=fan, name=fan, send=lambda printer: printer.set_fan(fan, on))


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
    """Return a command for a heater, with a second value for off where there is one."""
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
    """Set turning off automatically after printing, ``delay`` in minutes."""
    return Command(
        key="power_off",
        name="auto_power_off",
        send=lambda printer: printer.set_power_off(enabled=enabled, delay=delay),
        proof=lambda state: (
            state.power_off.enabled is enabled and state.power_off.delay == delay
        ),
    )
