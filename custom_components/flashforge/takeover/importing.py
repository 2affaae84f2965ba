"""Taking over from an integration with another domain, when its printer is added.

An entry cannot change its domain, so its entities and its device change the entry. The
entities go first: Home Assistant deletes what still hangs on a device that moves away.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..api import resolve
from ..api.wire.fields import text
from ..const import CONF_SERIAL_NUMBER, DOMAIN
from .heirs import Move, plan, rules_of
from .history import async_keep_history
from .owning import async_own_device, async_own_entity
from .report import CONF_TAKEN_OVER, Report, unit_of
from .shapes import entities_of, left_by, serial_in
from .tables import PEERS
from .tables.peer import Peer

CONF_IMPORT: Final = "import_from"
"""The entry to take over from, in the data of ours until that is done."""

_MOST_PREFIXES = 8
"""More would make the work for a strange registry grow faster than that."""

_PEERS: dict[str, Peer] = {
    peer.domain: peer for peer in PEERS.values() if peer.domain != DOMAIN
}


async def async_find_import(
    hass: HomeAssistant, serial: str, host: str
) -> ConfigEntry | None:
    """Return the entry of another domain for the same printer, None if there is none."""
    here = {host, await resolve(host)}
    for domain in _PEERS:
        for entry in hass.config_entries.async_entries(
            domain, include_ignore=False, include_disabled=True
        ):
            told = serial_in(entry.data.get(CONF_SERIAL_NUMBER))
            if told:
                if told == serial:
                    return entry
            elif (address := left_by(entry).host) and (
                address in here or await resolve(address) in here
            ):
                return entry
    return None


async def async_import(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take over the entities and the device that an entry was told to take over."""
    if CONF_IMPORT not in entry.data:
        return
    other = hass.config_entries.async_get_entry(str(entry.data[CONF_IMPORT]))
    if other is not None and other.domain in _PEERS:
        await _async_stop(hass, other)
        async_move_from(hass, entry, other)
        await hass.config_entries.async_remove(other.entry_id)
    # Last, so that a crash before is followed by all of it again.
    data = {key: value for key, value in entry.data.items() if key != CONF_IMPORT}
    hass.config_entries.async_update_entry(entry, data=data)


async def _async_stop(hass: HomeAssistant, other: ConfigEntry) -> None:
    """Unload the other entry: only entities that nobody uses can be moved."""
    stopped = other.state is not ConfigEntryState.FAILED_UNLOAD and (
        not other.state.recoverable
        or await hass.config_entries.async_unload(other.entry_id)
    )
    if not stopped:
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN, translation_key="other_still_runs"
        )


@callback
def async_move_from(
    hass: HomeAssistant, entry: ConfigEntry, other: ConfigEntry
) -> None:
    """Write what is going to be moved, and move it; may be called again after a crash."""
    peer, serial = _PEERS[other.domain], str(entry.unique_id)
    registry = er.async_get(hass)
    entities = list(entities_of(hass, other))
    todo = plan(entities, peer.name, _prefixes(other, peer, entities), serial)
    gone = {entity.entity_id: instead for entity, instead in todo.gone}
    moves: list[Move] = []
    for move in todo.moves:
        domain, unique_id = move.entity.domain, f"{serial}_{move.key}"
        if registry.async_get_entity_id(domain, DOMAIN, unique_id) is not None:
            gone[move.entity.entity_id] = f"{domain}/{move.key}"
        else:
            moves.append(move)
    report = Report(
        peer=peer.name,
        gone=gone,
        moved={each.entity.id: each.was for each in moves},
        units={
            key: value for each in moves for key, value in unit_of(each.entity).items()
        },
    )
    if (before := Report.of(entry)) is not None:
        report = before.with_more(report)
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, CONF_TAKEN_OVER: report.as_stored()}
    )
    rules = rules_of(peer.name)
    for move in moves:
        async_own_entity(hass, entry, move.entity, f"{serial}_{move.key}")
        async_keep_history(hass, rules, move)
    devices = dr.async_get(hass)
    for device in dr.async_entries_for_config_entry(devices, other.entry_id)[:1]:
        async_own_device(hass, entry, device, serial)


def _prefixes(
    other: ConfigEntry, peer: Peer, entities: Sequence[er.RegistryEntry]
) -> tuple[str, ...]:
    """Return what the unique ids of another integration's entities begin with.

    Some hold the address that the printer had once, so what is before a known key counts.
    """
    named = text(other.data.get(CONF_NAME)) or ""
    found = Counter(
        str(each.unique_id).removesuffix(key)
        for each in entities
        for domain, _, key in (kind.partition("/") for kind in peer.heirs)
        if each.domain == domain and str(each.unique_id).endswith(f"_{key}")
    )
    most = {prefix for prefix, _ in found.most_common(_MOST_PREFIXES)}
    return (
        f"{other.unique_id}_",
        f"{named}_",
        *(each for each in found if each in most),
    )
