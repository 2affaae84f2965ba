"""Finding a printer among several: its light blinks."""

import asyncio

from ..api.commands import controls
from ..api.errors import LightUnknownError
from ..coordinator import FlashForgeCoordinator
from ..exceptions import translated

BLINKS = 3
PAUSE = 1.0
"""Seconds between two changes of the light."""

_blinking: set[str] = set()
# The ids of the entries whose lights blink; what they show then is not how they were.


async def blink(coordinator: FlashForgeCoordinator) -> None:
    """Let the light blink, and leave it as it was.

    A press while it blinks changes nothing. Raises what Home Assistant shows of an error.
    """
    entry_id = coordinator.config_entry.entry_id
    if entry_id in _blinking:
        return
    _blinking.add(entry_id)
    try:
        with translated():
            await _blink(coordinator)
    finally:
        _blinking.discard(entry_id)


async def _blink(coordinator: FlashForgeCoordinator) -> None:
    was = (await coordinator.async_fresh_state()).light
    if was is None:
        raise LightUnknownError("the light is not reported")
    carry_out = coordinator.commands.carry_out
    try:
        for _ in range(BLINKS):
            await carry_out(controls.light(not was))
            await asyncio.sleep(PAUSE)
            await carry_out(controls.light(was))
            await asyncio.sleep(PAUSE)
    except BaseException:
        # Not as a command: those have ended if the printer was unloaded meanwhile.
        coordinator.pending.withdraw(controls.light(was).key)
        await coordinator.printer.set_light(was)
        raise
