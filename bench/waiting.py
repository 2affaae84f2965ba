"""How long a person waits: for a command to show, for a printer to be set up."""

import asyncio
from time import monotonic

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    ATTR_ENTITY_ID,
    EVENT_STATE_CHANGED,
    SERVICE_TOGGLE,
    STATE_OFF,
    STATE_ON,
)
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback

from .gauges import rss
from .home import add, entry_of, home_assistant
from .outside import outside

MODEL = "5m_pro"
"""Has a light of its own and acts at once."""

_PRESSES = 20
_QUICK_PRESSES = 6
_PAUSE = 1.0


async def _until_shown(hass: HomeAssistant, light: str) -> float:
    """Press a switch and return the seconds until its new state is there."""
    state = hass.states.get(light)
    assert state is not None
    wanted = STATE_OFF if state.state == STATE_ON else STATE_ON
    shown = asyncio.Event()

    @callback
    def look(event: Event[EventStateChangedData]) -> None:
        new = event.data["new_state"]
        if event.data["entity_id"] == light and new and new.state == wanted:
            shown.set()

    stop = hass.bus.async_listen(EVENT_STATE_CHANGED, look)
    start = monotonic()
    pressed = hass.async_create_task(
        hass.services.async_call(
            "light", SERVICE_TOGGLE, {ATTR_ENTITY_ID: light}, blocking=True
        )
    )
    await shown.wait()
    seconds = monotonic() - start
    await pressed
    stop()
    return seconds


async def measure(*, quick: bool) -> dict[str, object]:
    """Measure with a clock on the wall, for CPU is not what a person waits for."""
    async with outside() as world, home_assistant() as hass:
        first, second = await world.make(2, model=MODEL, printing=True)
        # The first one loads the platforms, which others then find loaded.
        empty = rss()
        await world.requests()
        start = monotonic()
        await add(hass, first)
        cold = monotonic() - start
        requests = await world.requests()
        one = rss()
        start = monotonic()
        await add(hass, second)
        warm = monotonic() - start
        two = rss()
        light = hass.states.async_all("light")[0].entity_id
        waits = []
        for _ in range(_QUICK_PRESSES if quick else _PRESSES):
            # The presses of a person do not come in the rhythm of the polls.
            await asyncio.sleep(_PAUSE)
            waits.append(await _until_shown(hass, light))
        (third,) = await world.make(model=MODEL)
        await world.power_off()
        entry = entry_of(third)
        start = monotonic()
        await hass.config_entries.async_add(entry)
        off = monotonic() - start
        loads_off = entry.state is ConfigEntryState.LOADED
        await hass.config_entries.async_remove(entry.entry_id)
    return {
        "command_to_state_s": max(waits),
        "setup_s": {"first": cold, "next": warm, "off": off},
        "setup_mb": {"first": one - empty, "next": two - one},
        "setup_requests": requests,
        "loads_with_printer_off": loads_off,
    }
