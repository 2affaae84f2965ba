"""From the target of an action to its printers.

A call names devices, entities, areas, floors or labels, as in every action of Home
Assistant.
"""

from collections.abc import Iterable

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ENTITY_MATCH_ALL
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    group,
    target,
)

from ..const import DOMAIN, LOGGER
from ..exceptions import refused

type Targets = dict[str, str]
"""Printers: the ids of their devices by the ids of their entries."""


@callback
def async_printers_of(call: ServiceCall) -> Targets:
    """Return the printers of a call.

    A device or entity in the call must belong to a printer. Other devices and disabled
    printers in an area, a floor or a label are skipped, as in Home Assistant. Raises
    ``ServiceValidationError`` when a device or entity does not belong to a printer, or
    when there is no printer at all.
    """
    hass, selection = call.hass, target.TargetSelection(call.data)
    if ENTITY_MATCH_ALL in selection.entity_ids:
        found = _all_printers(hass)
    else:
        named = _named(hass, selection)
        selected = target.async_extract_referenced_entity_ids(hass, selection)
        selected.log_missing(set(), LOGGER)
        found = _of_devices(hass, selected.referenced_devices) | _of_entities(
            hass, selected.referenced | selected.indirectly_referenced
        )
        found = {
            entry_id: device_id
            for entry_id, device_id in found.items()
            if entry_id in named or not _is_disabled(hass, entry_id)
        }
    if not found:
        raise refused("no_printer_meant")
    return found


@callback
def async_entry_of_device(hass: HomeAssistant, device_id: str) -> ConfigEntry | None:
    """Return the entry of the device of a printer, in any state."""
    return dr.async_get_device_and_config_entry_for_domain(
        hass, device_id, domain=DOMAIN
    )[1]


def _named(hass: HomeAssistant, selection: target.TargetSelection) -> Targets:
    """Return the printers that a call names directly. Each must be a printer."""
    found: Targets = {}
    for device_id in selection.device_ids:
        if not (meant := _of_devices(hass, [device_id])):
            raise refused("no_such_printer", device_id=device_id)
        found |= meant
    for entity_id in selection.entity_ids:
        members = group.expand_entity_ids(hass, [entity_id])
        if not (meant := _of_entities(hass, members)):
            raise refused("no_printers_entity", entity_id=entity_id)
        found |= meant
    return found


def _all_printers(hass: HomeAssistant) -> Targets:
    registry = dr.async_get(hass)
    return {
        entry.entry_id: device.id
        for entry in hass.config_entries.async_loaded_entries(DOMAIN)
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)[:1]
    }


def _of_devices(hass: HomeAssistant, device_ids: Iterable[str]) -> Targets:
    return {
        entry.entry_id: device_id
        for device_id in device_ids
        if (entry := async_entry_of_device(hass, device_id)) is not None
    }


def _of_entities(hass: HomeAssistant, entity_ids: Iterable[str]) -> Targets:
    registry = er.async_get(hass)
    return {
        entity.config_entry_id: entity.device_id
        for entity_id in entity_ids
        if (entity := registry.async_get(entity_id)) is not None
        and entity.platform == DOMAIN
        and entity.config_entry_id is not None
        and entity.device_id is not None
    }


def _is_disabled(hass: HomeAssistant, entry_id: str) -> bool:
    entry = hass.config_entries.async_get_entry(entry_id)
    return entry is None or entry.disabled_by is not None
