"""What a person sees of a printer at a glance: tiles, orange marks and lines of activity."""

from datetime import datetime

from homeassistant.components.logbook.helpers import (
    async_determine_event_types,
    async_filter_entities,
)
from homeassistant.components.logbook.processor import EventProcessor
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

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
    hass: HomeAssistant, entry: MockConfigEntry, printer: Printer, since: datetime
) -> list[str]:
    """Return the lines that the activity of the device shows since then."""
    await hass.async_block_till_done(wait_background_tasks=True)
    await get_instance(hass).async_block_till_done()
    device = device_of(hass, printer)
    ids = async_filter_entities(hass, [each.entity_id for each in enabled(hass, entry)])
    types = async_determine_event_types(hass, ids, [device])
    processor = EventProcessor(hass, tuple(types), ids, [device], None, False, False)
    rows = await get_instance(hass).async_add_executor_job(
        processor.get_events, since, dt_util.utcnow()
    )
    return [
        f"{row.get('entity_id')}: {row.get('state', row.get('message'))}"
        for row in rows
    ]
