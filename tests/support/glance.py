"""What a person sees of a printer at a glance: tiles, orange marks and lines of activity."""

from datetime import datetime
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import get_instance
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket

from simulator import Printer

from .lookups import device_of


def enabled(hass: HomeAssistant, entry: MockConfigEntry) -> list[er.RegistryEntry]:
    """Return the entities of a printer that are enabled."""
    registry = er.async_get(hass)
    all_of_it = er.async_entries_for_config_entry(registry, entry.entry_id)
    return [each for each in all_of_it if each.disabled_by is None]


def primary(hass: HomeAssistant, entry: MockConfigEntry) -> list[str]:
    """Return the ids of the entities that dashboards, areas and voice offer."""
    return sorted(
        each.entity_id for each in enabled(hass, entry) if each.entity_category is None
    )


def unavailable(hass: HomeAssistant, entry: MockConfigEntry) -> list[str]:
    """Return the ids of the entities with an orange mark."""
    ids = (each.entity_id for each in enabled(hass, entry))
    return sorted(
        each
        for each in ids
        if (state := hass.states.get(each)) and state.state == STATE_UNAVAILABLE
    )


async def activity(
    hass: HomeAssistant,
    client: MockHAClientWebSocket,
    entry: MockConfigEntry,
    printer: Printer,
    since: datetime,
) -> list[str]:
    """Return the lines that the page of the device shows since then, as its entities."""
    await hass.async_block_till_done(wait_background_tasks=True)
    await get_instance(hass).async_block_till_done()
    entities = {each.entity_id: each for each in enabled(hass, entry)}
    await client.send_json_auto_id(
        {
            "type": "logbook/get_events",
            "start_time": since.isoformat(),
            "entity_ids": [*entities],
            "device_ids": [device_of(hass, printer)],
        }
    )
    answer = await client.receive_json()
    assert answer["success"], answer
    return [_line(row, entities, printer) for row in answer["result"]]


def _line(
    row: dict[str, Any], entities: dict[str, er.RegistryEntry], printer: Printer
) -> str:
    """Return one line: entity and state, or the type of event and the sentence about it."""
    entity = entities[row["entity_id"]]
    name = f"{entity.domain} {entity.unique_id.removeprefix(f'{printer.serial}_')}"
    if entity.domain == "event":
        told = f"{row['context_name']} {row['context_message']}"
        return f"{name} {row['attributes']['event_type']}: {told}"
    if entity.domain == "button":
        return f"{name}: pressed"
    return f"{name}: {row['state']}"
