"""Giving an entity or a device to an entry of ours, whoever had it before."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.typing import UNDEFINED

from ..const import DOMAIN


@callback
def async_own_entity(
    hass: HomeAssistant, entry: ConfigEntry, entity: er.RegistryEntry, unique_id: str
) -> None:
    """Give an entity our unique id; its entity id, name, area and options stay."""
    registry = er.async_get(hass)
    if entity.platform == DOMAIN:
        registry.async_update_entity(entity.entity_id, new_unique_id=unique_id)
        return
    registry.async_update_entity_platform(
        entity.entity_id,
        DOMAIN,
        new_config_entry_id=entry.entry_id,
        new_unique_id=unique_id,
    )


@callback
def async_own_device(
    hass: HomeAssistant,
    entry: ConfigEntry,
    device: dr.DeviceEntry | dr.ChildDeviceEntry,
    serial: str,
) -> None:
    """Give a device our identifier; its id, area, labels and name stay."""
    is_there = device.config_entry_id == entry.entry_id
    dr.async_get(hass).async_update_device(
        device.id,
        new_config_entry_id=UNDEFINED if is_there else entry.entry_id,
        new_identifiers={(DOMAIN, serial)},
        # Others put the MAC there, and we write nothing over it.
        hw_version=None,
    )
