"""What is told about a take-over: one repair for each printer, until it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from homeassistant.components.automation import automations_with_entity
from homeassistant.components.script import scripts_with_entity
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback, valid_entity_id
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.start import async_at_started

from ..api.wire.fields import text
from ..const import CAMERA_KEY, DOMAIN
from ..coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from ..plain_text import plain_texts
from .heirs import rules_of
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
    ids of the others with their names in the tables. It is ``settled`` when the printer
    has answered and what its model does not have was removed.
    """

    peer: str
    gone: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
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
            settled=stored.get("settled") is True,
        )

    def as_stored(self) -> dict[str, Any]:
        """Return plain data for the entry."""
        return {
            "peer": self.peer,
            "gone": dict(self.gone),
            "moved": dict(self.moved),
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


@callback
def async_keep_report(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Tell about a take-over, and remove what the model does not have once it is known."""
    if (report := Report.of(entry)) is None:
        return

    @callback
    def tell(_hass: HomeAssistant | None = None) -> None:
        if (newest := Report.of(entry)) is not None:
            _async_tell(hass, entry, newest)

    @callback
    def settle() -> None:
        newest = Report.of(entry)
        if newest is None or newest.settled or not entry.runtime_data.seen:
            return
        if (settled := _settled(hass, entry, newest)) != newest:
            _store(hass, entry, settled)
            tell()

    if not report.settled:
        entry.async_on_unload(entry.runtime_data.async_add_listener(settle))
        settle()
    # Which automations use an entity is known when all of them are loaded.
    entry.async_on_unload(async_at_started(hass, tell))


@callback
def async_close_report(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget a report that was read."""
    data = {key: value for key, value in entry.data.items() if key != CONF_TAKEN_OVER}
    hass.config_entries.async_update_entry(entry, data=data)
    ir.async_delete_issue(hass, DOMAIN, issue_id(entry))


def _settled(
    hass: HomeAssistant, entry: FlashForgeConfigEntry, report: Report
) -> Report:
    """Remove what was moved and the model does not have, now that it is known."""
    registry, coordinator = er.async_get(hass), entry.runtime_data
    gone, moved, is_settled = dict(report.gone), dict(report.moved), True
    for registered in report.moved:
        entity = registry.entities.get_entry(registered)
        if entity is None or entity.config_entry_id != entry.entry_id:
            del moved[registered]
        elif (has := _has(coordinator, entity)) is None:
            is_settled = False
        elif not has:
            registry.async_remove(entity.entity_id)
            del moved[registered]
            gone[entity.entity_id] = ""
    return replace(report, gone=gone, moved=moved, settled=is_settled)


def _has(coordinator: FlashForgeCoordinator, entity: er.RegistryEntry) -> bool | None:
    """Return whether the printer has an entity, None while that is not known."""
    key = entity.unique_id.removeprefix(f"{coordinator.serial}_")
    exists = coordinator.found.tables.get((entity.domain, key))
    if exists is not None and exists():
        return True
    is_asked = entity.domain != CAMERA_KEY or coordinator.found.camera is not None
    return False if is_asked else None


def _store(hass: HomeAssistant, entry: ConfigEntry, report: Report) -> None:
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, CONF_TAKEN_OVER: report.as_stored()}
    )


def _async_tell(
    hass: HomeAssistant, entry: FlashForgeConfigEntry, report: Report
) -> None:
    """Show the repair, unless there is nothing to say."""
    rules = rules_of(report.peer)
    known = _Known(hass, entry.runtime_data.serial)
    registry = er.async_get(hass)
    gone = [
        known.removed(entity_id, instead)
        for entity_id, instead in sorted(report.gone.items())
        # One that a printer shows later comes back under its old id.
        if registry.async_get(entity_id) is None
    ]
    words = [
        known.renamed(registered, rules.words[was])
        for registered, was in report.moved.items()
        if was in rules.words
    ]
    others = [
        known.replaced(old, new)
        for old, new in (*rules.actions.items(), *rules.others.items())
    ]
    if not any((gone, words, others)):
        if report.settled:
            async_close_report(hass, entry)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id(entry),
        data={"entry_id": entry.entry_id, "key": ISSUE},
        is_fixable=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key=ISSUE,
        translation_placeholders=plain_texts(
            {
                "printer": entry.title,
                "kept": len(report.moved),
                "gone": gone,
                "words": sorted(filter(None, words)),
                "others": others,
            }
        ),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Writes the lines of a report, with ids that need no translation."""

    hass: HomeAssistant
    serial: str

    def removed(self, entity_id: str, instead: str) -> str:
        """Return the line for an entity that is gone."""
        return f"{self.replaced(entity_id, instead)}{self._users(entity_id)}"

    def renamed(self, registered: str, words: Mapping[str, str]) -> str:
        """Return the line for an entity with other words, empty if it is gone."""
        entity = er.async_get(self.hass).entities.get_entry(registered)
        if entity is None:
            return ""
        pairs = ", ".join(f"{old} → {new}" for old, new in words.items())
        return f"{entity.entity_id}: {pairs}{self._users(entity.entity_id)}"

    def replaced(self, old: str, instead: str) -> str:
        """Return a line that names what is there in place of something."""
        domain, is_entity, key = instead.partition("/")
        new: str | None = instead
        if is_entity:
            new = er.async_get(self.hass).async_get_entity_id(
                domain, DOMAIN, f"{self.serial}_{key}"
            )
        return f"{old} → {new or '–'}"

    def _users(self, entity_id: str) -> str:
        """Return the automations and scripts that use an entity, in brackets."""
        users = [
            *automations_with_entity(self.hass, entity_id),
            *scripts_with_entity(self.hass, entity_id),
        ]
        return f" ({', '.join(sorted(users))})" if users else ""
