"""Moving again what was lost in a crash.

Home Assistant saves its entries after a second, its registries after ten, and after three
minutes when it starts. So a crash in between keeps the report in our entry and loses the
moves; the report says what they were.
"""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..const import DOMAIN
from .heirs import Move, rules_of
from .history import async_keep_history
from .owning import async_own_device, async_own_entity
from .report import Report


@callback
def async_redo(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Move what the report of an entry names and the registries do not have."""
    if (report := Report.of(entry)) is None:
        return
    registry = er.async_get(hass)
    rules = rules_of(report.peer, report.moved.values())
    found = [
        Move(entity=entity, was=was, key=key)
        for registered, was in report.moved.items()
        if (entity := registry.entities.get_entry(registered)) is not None
        and (key := rules.heirs.get(was)) is not None
    ]
    lost = [
        each for each in found if not _is_there(each, entry) and _is_free(hass, each)
    ]
    if lost:
        _remove(hass, entry, report)
    for move in lost:
        _move(hass, entry, move)
        async_keep_history(hass, rules, move)
    for device_id in {each.entity.device_id for each in found} - {None}:
        _move_device(hass, entry, str(device_id))


def _is_there(move: Move, entry: ConfigEntry) -> bool:
    entity = move.entity
    return (entity.platform, entity.unique_id) == (
        DOMAIN,
        f"{entry.unique_id}_{move.key}",
    )


def _is_free(hass: HomeAssistant, move: Move) -> bool:
    """Return whether no entry that is still there has an entity, except ours."""
    other = hass.config_entries.async_get_entry(str(move.entity.config_entry_id))
    return other is None or other.domain == DOMAIN


def _remove(hass: HomeAssistant, entry: ConfigEntry, report: Report) -> None:
    """Remove again what has no heir, also where it has the id of an heir."""
    registry = er.async_get(hass)
    for entity_id in report.gone:
        entity = registry.async_get(entity_id)
        if entity is not None and (
            entity.config_entry_id == entry.entry_id
            or hass.config_entries.async_get_entry(str(entity.config_entry_id)) is None
        ):
            registry.async_remove(entity_id)


def _move(hass: HomeAssistant, entry: ConfigEntry, move: Move) -> None:
    domain, unique_id = move.entity.domain, f"{entry.unique_id}_{move.key}"
    if er.async_get(hass).async_get_entity_id(domain, DOMAIN, unique_id) is None:
        async_own_entity(hass, entry, move.entity, unique_id)


def _move_device(hass: HomeAssistant, entry: ConfigEntry, device_id: str) -> None:
    """Make a device ours, unless it or another is already."""
    devices = dr.async_get(hass)
    serial = str(entry.unique_id)
    device = devices.async_get(device_id)
    if device is None or (DOMAIN, serial) in device.identifiers:
        return
    held = devices.async_get_device_by_identifier((DOMAIN, serial), entry.entry_id)
    if held is None:
        async_own_device(hass, entry, device, serial)
