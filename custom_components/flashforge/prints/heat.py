"""The heaters of a printer without a job: all of them off at once."""

import asyncio
from collections.abc import Iterable

from ..api import Command, Feature, FlashForgeError, PrinterState
from ..api.commands import controls
from ..api.errors import JobRunsError, StationBusyError
from ..coordinator import FlashForgeCoordinator
from ..exceptions import translated


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


async def switch_off(coordinator: FlashForgeCoordinator, state: PrinterState) -> None:
    """Switch off what ``state`` shows as on. Raises ``errors.FlashForgeError``."""
    await carry_out_all(coordinator, _all_off(coordinator, state))


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


def _all_off(coordinator: FlashForgeCoordinator, state: PrinterState) -> list[Command]:
    marker = coordinator.has(Feature.OFF_MARKER)
    commands = [
        controls.nozzle_target(tool, 0, off_marker=marker)
        for tool, nozzle in enumerate(state.nozzles)
        if nozzle.target != 0
    ]
    if state.bed is not None and state.bed.target != 0:
        commands.append(controls.bed_target(0, off_marker=marker))
    heats_chamber = coordinator.has(Feature.CHAMBER_HEATER)
    if heats_chamber and state.chamber is not None and state.chamber.target != 0:
        commands.append(controls.chamber_target(0))
    return commands


_USES_HEAT = Command(key="heat", name="temperature", excludes=StationBusyError)
"""Stands for setting heaters when it is asked what excludes that."""
