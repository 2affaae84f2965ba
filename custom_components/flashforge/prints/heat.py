"""The heaters of a printer without a job: all of them off at once."""

import asyncio
from collections.abc import Collection, Iterable

from ..api import Command, Feature, FlashForgeError, Heater, PrinterState
from ..api.commands import controls
from ..api.errors import JobRunsError, StationBusyError
from ..coordinator import FlashForgeCoordinator
from ..exceptions import translated

BED = "bed"
CHAMBER = "chamber"


def nozzle(tool: int) -> str:
    """Return the name of the heater of a nozzle, ``tool`` from 0."""
    return f"nozzle_{tool}"


def targets(state: PrinterState) -> dict[str, float | None]:
    """Return the target of every heater by its name, in °C."""
    heaters: dict[str, Heater | None] = {
        **{nozzle(tool): heater for tool, heater in enumerate(state.nozzles)},
        BED: state.bed,
        CHAMBER: state.chamber,
    }
    return {name: each.target for name, each in heaters.items() if each is not None}


def heat_refusal(state: PrinterState) -> FlashForgeError | None:
    """Return why heaters must not be touched now, None when they may."""
    if state.may_have_job:
        return JobRunsError("a job runs")
    if not state.feeder_rests:
        # Filament that moves through a cold nozzle blocks it.
        return StationBusyError("filament moves")
    return None


async def idle_state(coordinator: FlashForgeCoordinator) -> PrinterState:
    """Return a fresh state in which heaters may be set. Raises ``errors.FlashForgeError``."""
    if coordinator.pending.hindrance(_USES_HEAT) is not None:
        raise StationBusyError("a job or filament begins")
    state = await coordinator.async_fresh_state()
    if (refusal := heat_refusal(state)) is not None:
        raise refusal
    return state


async def cool_down(coordinator: FlashForgeCoordinator) -> None:
    """Switch every heater off that is not off already.

    Raises what Home Assistant shows of an error, also when one part stays hot.
    """
    with translated():
        await switch_off(coordinator, await idle_state(coordinator))


async def switch_off(
    coordinator: FlashForgeCoordinator,
    state: PrinterState,
    only: Collection[str] | None = None,
) -> None:
    """Switch off what ``state`` shows as on, or ``only`` some heaters of that.

    Raises ``errors.FlashForgeError``.
    """
    on = [name for name, target in targets(state).items() if target != 0]
    names = on if only is None else [name for name in on if name in only]
    await carry_out_all(coordinator, _off(coordinator, names))


async def carry_out_all(
    coordinator: FlashForgeCoordinator, commands: Iterable[Command]
) -> None:
    """Carry out commands side by side; one that fails does not keep back the others.

    Raises the first ``errors.FlashForgeError``.
    """
    results = await asyncio.gather(
        *map(coordinator.commands.carry_out, commands), return_exceptions=True
    )
    for result in results:
        if isinstance(result, BaseException):
            raise result


def _off(coordinator: FlashForgeCoordinator, names: Collection[str]) -> list[Command]:
    marker = coordinator.has(Feature.OFF_MARKER)
    commands = [
        controls.nozzle_target(tool, 0, off_marker=marker)
        for tool in range(len(coordinator.data.nozzles))
        if nozzle(tool) in names
    ]
    if BED in names:
        commands.append(controls.bed_target(0, off_marker=marker))
    # A chamber without a heater may be reported as well.
    if CHAMBER in names and coordinator.has(Feature.CHAMBER_HEATER):
        commands.append(controls.chamber_target(0))
    return commands


_USES_HEAT = Command(key="heat", name="temperature", excludes=StationBusyError)
"""Stands for setting heaters when it is asked what excludes that."""
