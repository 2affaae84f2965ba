"""What became of the entities of another integration, kept in the entry until it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant, callback, valid_entity_id
from homeassistant.helpers import entity_registry as er, issue_registry as ir

from ..api.wire.fields import text
from ..const import DOMAIN
from .tables import PEERS

CONF_TAKEN_OVER: Final = "taken_over"
"""The report in the data of an entry, until the person has read it."""

ISSUE: Final = "taken_over"

_MOST = 500
"""Entities in a report; no printer has as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of the entities of another integration.

    ``gone`` are ids of removed entities with what to use instead, ``moved`` the registry
    ids of the others with their names in the tables, ``units`` those with a unit. It is
    ``settled`` when the printer has answered and what its model does not have was removed.
    """

    peer: str
    gone: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    settled: bool = False

    @classmethod
    def of(cls, entry: ConfigEntry) -> Self | None:
        """Return the report in an entry, None if there is none that can be read."""
        stored = entry.data.get(CONF_TAKEN_OVER)
        if not isinstance(stored, Mapping):
            return None
        if (peer := text(stored.get("peer"))) is None or peer not in PEERS:
            return None
        gone = _texts(stored.get("gone"))
        return cls(
            peer=peer,
            gone={key: value for key, value in gone.items() if valid_entity_id(key)},
            moved=_texts(stored.get("moved")),
            units=_texts(stored.get("units")),
            settled=stored.get("settled") is True,
        )

    def with_more(self, later: Self) -> Self:
        """Return the report of all that was moved, before a crash and after it."""
        return replace(
            self,
            gone={**self.gone, **later.gone},
            moved={**self.moved, **later.moved},
            units={**later.units, **self.units},
        )

    def as_stored(self) -> dict[str, Any]:
        """Return plain data for the entry."""
        return {
            "peer": self.peer,
            "gone": dict(self.gone),
            "moved": dict(self.moved),
            "units": dict(self.units),
            "settled": self.settled,
        }


def _texts(stored: object) -> dict[str, str]:
    if not isinstance(stored, Mapping):
        return {}
    return {
        key: text(value) or ""
        for key, value in [*stored.items()][:_MOST]
        if isinstance(key, str) and isinstance(value, str)
    }


def issue_id(entry: ConfigEntry) -> str:
    """Return the id of the repair for an entry."""
    return f"{ISSUE}_{entry.entry_id}"


def unit_of(entity: er.RegistryEntry) -> dict[str, str]:
    """Return the unit that an entity is shown in, by its registry id, if it has one."""
    options = entity.options.get(entity.domain) or {CONF_UNIT_OF_MEASUREMENT: None}
    unit = text(options.get(CONF_UNIT_OF_MEASUREMENT)) or text(
        entity.unit_of_measurement
    )
    return {} if unit is None else {entity.id: unit}


@callback
def async_close_report(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget a report that was read."""
    data = {key: value for key, value in entry.data.items() if key != CONF_TAKEN_OVER}
    hass.config_entries.async_update_entry(entry, data=data)
    ir.async_delete_issue(hass, DOMAIN, issue_id(entry))
