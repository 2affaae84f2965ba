"""Making an entry ours: first its entities, then its device, the entry itself last.

Nothing waits in between. Should Home Assistant crash before the entry is saved, it begins
again, and what is ours already is passed over; ``redoing`` is for a crash after that.
"""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..const import DOMAIN
from ..printer.facts import is_ours
from .heirs import Plan, plan, rules_of
from .history import async_keep_history
from .owning import async_own_device
from .report import CONF_TAKEN_OVER, Report, unit_of
from .shapes import Left, Shape, entities_of, left_by, prefixes_of, shape_of

ENTRY_MINOR_VERSION = 2
"""Of the data in our entries. A higher one still loads in an older version of ours.

1: 0.1.0. 2: an entry that another integration wrote has been taken over.
"""


@callback
def async_make_ours(
    hass: HomeAssistant, entry: ConfigEntry, shape: Shape, left: Left
) -> None:
    """Move the entities and the device of an entry to our ids, then change the entry."""
    todo = plan(
        list(entities_of(hass, entry)),
        shape.value,
        prefixes_of(entry, shape),
        left.serial,
    )
    report = async_carry_out(hass, todo, shape.value, left.serial)
    _move_device(hass, entry, left.serial)
    _rewrite(hass, entry, left, report)


@callback
def async_adopt(hass: HomeAssistant, entry: ConfigEntry, left: Left) -> None:
    """Make an entry ours with what a person entered, also one that nobody knows.

    Of such a one, the entities stay as they are.
    """
    if (shape := shape_of(hass, entry)) is not Shape.UNKNOWN:
        async_make_ours(hass, entry, shape, left)
        return
    _move_device(hass, entry, left.serial)
    _rewrite(hass, entry, left)


def _rewrite(
    hass: HomeAssistant, entry: ConfigEntry, left: Left, report: Report | None = None
) -> None:
    """Write what is known as an entry of ours."""
    told = {} if report is None else {CONF_TAKEN_OVER: report.as_stored()}
    hass.config_entries.async_update_entry(
        entry,
        data={**left.data, **told},
        options=left.options,
        unique_id=left.serial,
        minor_version=ENTRY_MINOR_VERSION,
    )


@callback
def async_carry_out(
    hass: HomeAssistant,
    todo: Plan,
    name: str,
    serial: str,
) -> Report:
    """Remove and move entities of our platform; return what is to be told about it."""
    registry = er.async_get(hass)
    gone = {entity.entity_id: instead for entity, instead in todo.gone}
    for entity, _ in todo.gone:
        registry.async_remove(entity.entity_id)
    rules = rules_of(name)
    moved: dict[str, str] = {}
    units: dict[str, str] = {}
    for move in todo.moves:
        entity_id, unique_id = move.entity.entity_id, f"{serial}_{move.key}"
        if move.entity.unique_id != unique_id:
            domain = move.entity.domain
            if registry.async_get_entity_id(domain, DOMAIN, unique_id) is not None:
                # Another entry holds it, and what is there stays.
                registry.async_remove(entity_id)
                gone[entity_id] = f"{domain}/{move.key}"
                continue
            registry.async_update_entity(entity_id, new_unique_id=unique_id)
        async_keep_history(hass, rules, move)
        moved[move.entity.id] = move.was
        units |= unit_of(move.entity)
    return Report(peer=name, gone=gone, moved=moved, units=units)


def _move_device(hass: HomeAssistant, entry: ConfigEntry, serial: str) -> None:
    """Find the device of an entry, and make it ours."""
    registry = dr.async_get(hass)
    for name in (serial, entry.entry_id, str(entry.unique_id or ""), ""):
        device = registry.async_get_device_by_identifier((DOMAIN, name), entry.entry_id)
        if device is not None:
            async_own_device(hass, entry, device, serial)
            return


@callback
def async_migrate(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Bring an entry to the present version, as far as that is possible now.

    An entry that lacks its serial number, or that nobody knows, stays as it is: the
    set-up says what is missing.
    """
    if is_ours(entry):
        if entry.minor_version < ENTRY_MINOR_VERSION:
            hass.config_entries.async_update_entry(
                entry, minor_version=ENTRY_MINOR_VERSION
            )
        # A newer version may have written it; what this one does not know stays in it.
        return
    shape, left = shape_of(hass, entry), left_by(entry)
    if shape is Shape.UNKNOWN or not left.serial or is_taken(hass, entry, left.serial):
        return
    async_make_ours(hass, entry, shape, left)


def is_taken(hass: HomeAssistant, entry: ConfigEntry, serial: str) -> bool:
    """Return whether another entry has this serial number."""
    other = hass.config_entries.async_entry_for_domain_unique_id(DOMAIN, serial)
    return other is not None and other.entry_id != entry.entry_id
