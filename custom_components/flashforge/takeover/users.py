"""Who uses what a take-over changed: automations, scripts, helpers, scenes and dashboards.

Anything may lie in them, of any size and depth. So a search ends after a number of steps,
and lets others run in between.
"""

import asyncio
from collections import deque
from collections.abc import (
    AsyncIterator,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set as AbstractSet,
)
from dataclasses import dataclass
from itertools import islice
import re
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN

ANY_ERROR: Final = "E0163"
"""Stands in the tables for every code of an error."""

_MOST_STEPS = 50_000
"""In one place, such as a dashboard."""
_MOST_STEPS_OF_ALL = 300_000
_STEPS_AT_ONCE = 1_000
_LONGEST_TEXT = 10_000
_TEXT_OF_A_STEP = 25
_PARTS_OF_A_STEP = 10
_MOST_DASHBOARDS = 100
_MOST_VIEWS = 500
_LONGEST_LOAD = 10

# With possessive repeats, because a text can be made to take long.
_IDS = re.compile(r"(?=\b(\w++\.\w++))", re.ASCII)
# Not what is part of an id.
_WORDS = re.compile(r"(?<![.\w])\w++(?!\.)", re.ASCII)
_CODE = re.compile(r"[Ee]\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something that uses what is looked for, and what of that it uses."""

    name: str
    found: frozenset[str]
    is_view: bool = False


async def async_find_users(
    hass: HomeAssistant, wanted: AbstractSet[str]
) -> tuple[Place, ...]:
    """Return what uses any of these ids, words, actions and events."""
    search = _Search(wanted)
    places: dict[str, Place] = {}
    for name, value in _known_places(hass):
        if found := await search.async_find(value):
            before = places[name].found if name in places else frozenset()
            places[name] = Place(name=name, found=before | found)
    async for name, value in _views(hass):
        if found := await search.async_find(value):
            places[name] = Place(name=name, found=found, is_view=True)
    return tuple(places.values())


class _Search:
    """Looks for texts in anything, with a limit for all together."""

    def __init__(self, wanted: AbstractSet[str]) -> None:
        """Begin with all steps left."""
        self._wanted = wanted
        self._left = _MOST_STEPS_OF_ALL

    async def async_find(self, value: object) -> frozenset[str]:
        """Return what of the wanted is in a value."""
        found: set[str] = set()
        limit = min(self._left, _MOST_STEPS)
        steps = since = 0
        # What is outside comes first: that counts when the rest is not read.
        todo: deque[object] = deque([value])
        while todo and steps < limit:
            each = todo.popleft()
            cost = 1
            if isinstance(each, str):
                text = each[:_LONGEST_TEXT]
                found |= self._wanted & _texts_in(text)
                cost += len(text) // _TEXT_OF_A_STEP
            else:
                parts = _parts_of(each)
                todo += parts
                cost += len(parts) // _PARTS_OF_A_STEP
            steps += cost
            since += cost
            if since >= _STEPS_AT_ONCE:
                since = 0
                await asyncio.sleep(0)
        self._left -= steps
        return frozenset(found)


def _parts_of(value: object) -> list[object]:
    """Return what is in a list or a dictionary, its keys too.

    That is a copy: others run during the search, and may change it.
    """
    if isinstance(value, Mapping):
        return [
            *islice(value.values(), _MOST_STEPS),
            *islice(value.keys(), _MOST_STEPS),
        ]
    if isinstance(value, Sequence | AbstractSet) and not isinstance(value, bytes):
        return [*islice(value, _MOST_STEPS)]
    return []


def _texts_in(text: str) -> set[str]:
    """Return a text with all ids and words in it; a template has many."""
    words = set(_WORDS.findall(text))
    if any(_CODE.fullmatch(each) for each in words):
        words.add(ANY_ERROR)
    return {text, *_IDS.findall(text), *words}


def _known_places(hass: HomeAssistant) -> Iterable[tuple[str, object]]:
    """Return what automations, scripts and helpers are made of, each with its name."""
    for domain in ("automation", "script"):
        component = hass.data.get(domain)
        for entity in [*getattr(component, "entities", ())]:
            # A blueprint can name entities that its inputs do not.
            referenced = getattr(entity, "referenced_entities", None)
            yield (
                str(entity.entity_id),
                [getattr(entity, "raw_config", None), referenced],
            )
    # Groups and scenes tell what is in them.
    for state in hass.states.async_all():
        if (members := state.attributes.get(ATTR_ENTITY_ID)) is not None:
            yield state.entity_id, members
    for entry in hass.config_entries.async_entries():
        if entry.domain != DOMAIN:
            yield (
                _name_of(hass, entry),
                [
                    entry.options,
                    entry.data,
                    *(each.data for each in entry.subentries.values()),
                ],
            )


def _name_of(hass: HomeAssistant, entry: ConfigEntry) -> str:
    """Return the entity of a helper, or the title of what has many."""
    entities: Collection[er.RegistryEntry] = er.async_entries_for_config_entry(
        er.async_get(hass), entry.entry_id
    )
    if len(entities) == 1:
        return next(iter(entities)).entity_id
    return entry.title or entry.domain


async def _views(hass: HomeAssistant) -> AsyncIterator[tuple[str, object]]:
    """Return each view of each dashboard, with its path."""
    # The dashboards are there only when a Home Assistant shows any.
    dashboards = getattr(hass.data.get("lovelace"), "dashboards", None)
    if not isinstance(dashboards, Mapping):
        return
    for path, dashboard in [*islice(dashboards.items(), _MOST_DASHBOARDS)]:
        if isinstance(config := await _async_load(dashboard), Mapping):
            for view, value in _views_in(config):
                yield f"/{path or 'lovelace'}{view}", value


async def _async_load(dashboard: Any) -> object:
    """Return what a dashboard shows, None when that cannot be read."""
    try:
        async with asyncio.timeout(_LONGEST_LOAD):
            return await dashboard.async_load(False)
    except (
        HomeAssistantError,
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        # One that was made by hand, or by Home Assistant itself.
        return None


def _views_in(config: Mapping[Any, Any]) -> Iterator[tuple[str, object]]:
    views = config.get("views")
    if isinstance(views, list):
        for index, view in enumerate(views[:_MOST_VIEWS]):
            path = view.get("path") if isinstance(view, Mapping) else None
            yield f"/{path if isinstance(path, str) and path else index}", view
    # Templates of cards, and a strategy, which has no views.
    yield "", {key: value for key, value in config.items() if key != "views"}
