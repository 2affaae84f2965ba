"""The parts of a dashboard: core cards, shown if their entity exists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, override

type Card = dict[str, object]
type Entities = Mapping[tuple[str, str], str]
"""Entity ids by platform and key, of one printer."""

_OWN_NAME = {"type": "entity"}
"""The name of the entity without the name of its device, which is on the view."""

HALF, FULL = 6, 12
"""Columns of the twelve that a section has."""


class Part(Protocol):
    """Something that a section shows."""

    def card(self, entities: Entities) -> Card | None:
        """Return its card, None if the printer does not have the entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile(Part):
    """One entity and, below its state, the ``feature`` that controls or draws it."""

    platform: str
    key: str
    feature: Mapping[str, object] | None = None
    columns: int = HALF
    color: str | None = None
    only_with_value: bool = False

    @override
    def card(self, entities: Entities) -> Card | None:
        if (entity := entities.get((self.platform, self.key))) is None:
            return None
        card: Card = {
            "type": "tile",
            "entity": entity,
            "name": _OWN_NAME,
            "grid_options": {"columns": self.columns},
        }
        if self.color is not None:
            card["color"] = self.color
        if self.feature is not None:
            card["features"] = [dict(self.feature)]
        if self.only_with_value:
            empty = ["unavailable", "unknown"]
            card["visibility"] = [
                {"condition": "state", "entity": entity, "state_not": empty}
            ]
        return card


@dataclass(frozen=True, slots=True, kw_only=True)
class Button(Part):
    """A button that is pressed by a touch, and visible only while it makes sense.

    ``about`` is the entity that tells so: platform and key. The button is shown while
    that has one of ``states``, or any value at all without them.
    """

    key: str
    color: str
    about: tuple[str, str] = ("sensor", "status")
    states: Sequence[str] = ()

    @override
    def card(self, entities: Entities) -> Card | None:
        entity, about = entities.get(("button", self.key)), entities.get(self.about)
        if entity is None or about is None:
            return None
        told: Card = {"condition": "state", "entity": about}
        told |= (
            {"state": [*self.states]}
            if self.states
            else {"state_not": ["unavailable", "unknown"]}
        )
        press: Card = {
            "action": "perform-action",
            "perform_action": "button.press",
            "target": {"entity_id": entity},
        }
        return {
            "type": "tile",
            "entity": entity,
            "name": _OWN_NAME,
            "color": self.color,
            "hide_state": True,
            "tap_action": press,
            "icon_tap_action": press,
            "visibility": [told],
            "grid_options": {"columns": HALF},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Part):
    """A camera or an image, as wide as the section."""

    platform: str
    key: str
    options: Mapping[str, object]
    rows: int | str = "auto"

    @override
    def card(self, entities: Entities) -> Card | None:
        if (entity := entities.get((self.platform, self.key))) is None:
            return None
        return {
            "type": "picture-entity",
            "entity": entity,
            "show_name": False,
            "show_state": False,
            "grid_options": {"columns": FULL, "rows": self.rows},
            **self.options,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Part):
    """The history of some sensors over the last hours."""

    keys: Sequence[str]
    hours: float

    @override
    def card(self, entities: Entities) -> Card | None:
        found = [
            entities[item] for key in self.keys if (item := ("sensor", key)) in entities
        ]
        if not found:
            return None
        return {
            "type": "history-graph",
            "hours_to_show": self.hours,
            "entities": [{"entity": entity, "name": _OWN_NAME} for entity in found],
            "grid_options": {"columns": FULL},
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Parts below a heading; without parts there is no heading."""

    heading: str
    icon: str
    parts: Sequence[Part]

    def cards(self, entities: Entities) -> list[Card]:
        """Return the heading and the cards."""
        cards = [card for part in self.parts if (card := part.card(entities))]
        if not cards:
            return []
        return [{"type": "heading", "heading": self.heading, "icon": self.icon}, *cards]
