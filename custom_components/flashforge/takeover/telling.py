"""What is told about a take-over: one repair for each printer, until it was read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.start import async_at_started

from ..const import CAMERA_KEY, DOMAIN
from ..coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from ..plain_text import plain_texts
from .heirs import Rules, rules_of
from .report import CONF_TAKEN_OVER, ISSUE, Report, async_close_report, issue_id
from .users import Place, async_find_users

_CALLS: Mapping[tuple[str, str], str] = {
    ("climate", "number"): "climate.set_temperature → number.set_value",
    ("fan", "select"): "fan.turn_on → select.select_option",
    ("number", "fan"): "number.set_value → fan.set_percentage",
    ("switch", "light"): "switch.turn_on → light.turn_on",
    ("switch", "select"): "switch.turn_on → select.select_option",
}
"""Actions that are called differently, by the domains before and now."""

_MOST_USERS = 20


@callback
def async_keep_report(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Tell about a take-over, and remove what the model does not have once it is known."""
    if (report := Report.of(entry)) is None:
        return

    @callback
    def tell(_hass: HomeAssistant | None = None) -> None:
        entry.async_create_background_task(
            hass, async_tell(hass, entry), f"{entry.title} take-over"
        )

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
    # What uses an entity is known when all of it is loaded.
    entry.async_on_unload(async_at_started(hass, tell))


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


def _store(hass: HomeAssistant, entry: FlashForgeConfigEntry, report: Report) -> None:
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, CONF_TAKEN_OVER: report.as_stored()}
    )


async def async_tell(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Show the repair with what uses the entities now, unless there is nothing to say."""
    if (report := Report.of(entry)) is None:
        return
    rules = rules_of(report.peer)
    places = await async_find_users(hass, _wanted(hass, report, rules))
    # The printer may have answered meanwhile, and a person may have read it.
    if (report := Report.of(entry)) is None:
        return
    lines = _Lines(hass, str(entry.unique_id), places)
    gone, words, units = (
        lines.gone(report),
        lines.words(report, rules),
        lines.units(report),
    )
    others = lines.others(rules)
    if not any((gone, words, units, others)):
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
                "words": words,
                "units": units,
                "others": others,
            }
        ),
    )


def _wanted(hass: HomeAssistant, report: Report, rules: Rules) -> frozenset[str]:
    """Return all that something may use which has changed."""
    registry = er.async_get(hass)
    moved = [registry.entities.get_entry(each) for each in report.moved]
    wanted = {*report.gone, *rules.actions, *rules.others}
    wanted |= {each.entity_id for each in moved if each is not None}
    # Automations for a device name an entity by its registry id.
    wanted |= {*report.moved, *_removed_ids(registry, report.gone).values()}
    wanted |= {_word(each) for words in rules.words.values() for each in words}
    return frozenset(wanted)


def _removed_ids(registry: er.EntityRegistry, gone: Iterable[str]) -> dict[str, str]:
    """Return the registry ids of removed entities."""
    there = frozenset(gone)
    return {
        each.entity_id: each.id
        for each in registry.deleted_entities.values()
        if each.entity_id in there
    }


def _word(state: str) -> str:
    """Return the state in a line of the tables, which may say when it was shown."""
    return state.partition(" ")[0]


def _call(entity_id: str, instead: str) -> str:
    """Return which action to use, if that is another one."""
    domains = (entity_id.partition(".")[0], instead.partition("/")[0])
    return f"; {_CALLS[domains]}" if domains in _CALLS else ""


def _used_first(lines: Iterable[tuple[str, str]]) -> list[str]:
    """Return lines with what uses each; what has to be changed comes first."""
    return [
        f"{line}{users}" for line, users in sorted(lines, key=lambda each: not each[1])
    ]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Writes the lines of a report, with ids that need no translation."""

    hass: HomeAssistant
    serial: str
    places: tuple[Place, ...]

    def gone(self, report: Report) -> list[str]:
        """Return a line for each entity that is gone."""
        registry = er.async_get(self.hass)
        removed = _removed_ids(registry, report.gone)
        return _used_first(
            (
                self._replaced(entity_id, instead) + _call(entity_id, instead),
                self._users(entity_id, removed.get(entity_id, entity_id)),
            )
            for entity_id, instead in sorted(report.gone.items())
            # One that a printer shows later comes back under its old id.
            if registry.async_get(entity_id) is None
        )

    def words(self, report: Report, rules: Rules) -> list[str]:
        """Return a line for each entity with other states."""
        return _used_first(
            (
                f"{entity.entity_id}: "
                + ", ".join(f"{old} → {new}" for old, new in rules.words[was].items()),
                self._users(
                    entity.entity_id,
                    entity.id,
                    shown=frozenset(map(_word, rules.words[was])),
                ),
            )
            for entity, was in self._there(report.moved)
            if was in rules.words
        )

    def units(self, report: Report) -> list[str]:
        """Return a line for each entity with another unit, once that is known."""
        return _used_first(
            (
                f"{entity.entity_id}: {unit} → {new}",
                self._users(entity.entity_id, entity.id),
            )
            for entity, unit in self._there(report.units)
            if (state := self.hass.states.get(entity.entity_id)) is not None
            and (new := state.attributes.get("unit_of_measurement")) is not None
            and new != unit
        )

    def others(self, rules: Rules) -> list[str]:
        """Return a line for each action, event and card that is gone."""
        return _used_first(
            (self._replaced(old, new), self._users(old))
            for old, new in (*rules.actions.items(), *rules.others.items())
        )

    def _there(
        self, registered: Mapping[str, str]
    ) -> Iterable[tuple[er.RegistryEntry, str]]:
        """Return those that are registered, each with its text."""
        entities = er.async_get(self.hass).entities
        there = [
            (entity, text)
            for each, text in registered.items()
            if (entity := entities.get_entry(each)) is not None
        ]
        return sorted(there, key=lambda each: each[0].entity_id)

    def _replaced(self, old: str, instead: str) -> str:
        """Return what is there in place of something, an entity perhaps with a state."""
        what, _, state = instead.partition("=")
        domain, is_entity, key = what.partition("/")
        new: str | None = what
        if is_entity:
            new = er.async_get(self.hass).async_get_entity_id(
                domain, DOMAIN, f"{self.serial}_{key}"
            )
        shown = f": {state}" if new and state else ""
        return f"{old} → {new or '–'}{shown}"

    def _users(self, *names: str, shown: frozenset[str] | None = None) -> str:
        """Return what uses any of these names, in brackets.

        A view that only shows an entity goes on; it is named when it has one of the
        ``shown`` states as well.
        """
        wanted = frozenset(names)
        users = [
            each.name
            for each in self.places
            if wanted & each.found
            and (shown is None or not each.is_view or shown & each.found)
        ]
        more = [f"+{len(users) - _MOST_USERS}"] if len(users) > _MOST_USERS else []
        return f" ({', '.join([*users[:_MOST_USERS], *more])})" if users else ""
