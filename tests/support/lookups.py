"""Finding entities, devices and states, and calling actions."""

import asyncio
from collections.abc import Awaitable

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import device_registry as dr, entity_registry as er

from custom_components.flashforge.const import CONF_FACTS, DOMAIN
from simulator import Printer

from ..conftest import PassTime


def entity_id(hass: HomeAssistant, platform: str, printer: Printer, key: str) -> str:
    """Return the id of an entity of a printer."""
    found = er.async_get(hass).async_get_entity_id(
        platform, DOMAIN, f"{printer.serial}_{key}"
    )
    assert found is not None, f"no {platform} {key}"
    return found


def connection(entry: ConfigEntry) -> dict[str, object]:
    """Return the data of an entry without the facts that it learned about its printer."""
    return {key: value for key, value in entry.data.items() if key != CONF_FACTS}


def has_entity(hass: HomeAssistant, platform: str, printer: Printer, key: str) -> bool:
    """Return whether a printer has an entity."""
    return bool(
        er.async_get(hass).async_get_entity_id(
            platform, DOMAIN, f"{printer.serial}_{key}"
        )
    )


def state_of(hass: HomeAssistant, platform: str, printer: Printer, key: str) -> State:
    """Return the state of an entity of a printer."""
    state = hass.states.get(entity_id(hass, platform, printer, key))
    assert state is not None, f"{platform} {key} has no state"
    return state


def is_online(hass: HomeAssistant, printer: Printer) -> bool:
    """Return whether a printer is shown as connected."""
    return state_of(hass, "binary_sensor", printer, "connectivity").state == "on"


def offline_reason(hass: HomeAssistant, printer: Printer) -> str | None:
    """Return the key of why a printer is shown as offline, None while it is online."""
    status = state_of(hass, "sensor", printer, "status")
    reason: str | None = status.attributes.get("offline_reason")
    assert (status.state == "offline") is (reason is not None)
    assert is_online(hass, printer) is (reason is None)
    return reason


def device_of(hass: HomeAssistant, printer: Printer) -> str:
    """Return the id of the device of a printer."""
    devices = dr.async_get(hass).devices
    return next(each.id for each in devices if each.serial_number == printer.serial)


async def restart(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Unload an entry and set it up again, as a restart does."""
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def call(
    hass: HomeAssistant,
    platform: str,
    service: str,
    printer: Printer,
    key: str,
    **data: object,
) -> None:
    """Call an action on an entity of a printer, and wait until it is done."""
    await hass.services.async_call(
        platform,
        service,
        {"entity_id": entity_id(hass, platform, printer, key), **data},
        blocking=True,
    )


async def call_while(
    action: Awaitable[None], pass_time: PassTime, seconds: float
) -> None:
    """Let time pass until an action ends, for so many seconds at the most."""
    task = asyncio.ensure_future(action)
    for _ in range(round(seconds)):
        await pass_time(1, during_a_call=True)
        if task.done():
            break
    await task
