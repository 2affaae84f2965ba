"""What happens when an entity that the options name gets another id."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.entity_registry import EventEntityRegistryUpdatedData
from homeassistant.helpers.event import async_track_entity_registry_updated_event

from ..const import OPTION_CAMERA, OPTION_PLUG, OPTION_POWER_METER
from .facts import chosen_entity

NAMING_OPTIONS = (OPTION_CAMERA, OPTION_PLUG, OPTION_POWER_METER)
"""The options that hold the id of an entity."""


@callback
def async_follow_renames(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Update the options when an entity that they name is renamed, until unloading."""
    for option in NAMING_OPTIONS:
        if (named := chosen_entity(entry, option)) is not None:
            _follow(hass, entry, option, named)


@callback
def _follow(hass: HomeAssistant, entry: ConfigEntry, option: str, named: str) -> None:
    @callback
    def follow(event: Event[EventEntityRegistryUpdatedData]) -> None:
        if (
            event.data["action"] == "update"
            and (new := event.data["entity_id"]) != named
        ):
            hass.config_entries.async_update_entry(
                entry, options={**entry.options, option: new}
            )
            hass.config_entries.async_schedule_reload(entry.entry_id)

    entry.async_on_unload(
        async_track_entity_registry_updated_event(hass, named, follow)
    )
