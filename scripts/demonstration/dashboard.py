"""A dashboard of core cards for one printer, from the entities that it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, override

from .hub import Answer, Hub

URL_PATH = "printers-demo"
TITLE = "3D printers"
ICON = "mdi:printer-3d"

type Card = dict[str, object]
type Entities = Mapping[tuple[str, str], str]
"""Entity ids by platform and key, of one printer."""

_OWN_NAME = {"type": "entity"}
"""The name of the entity without that of its device, which the view has already."""

_HALF, _FULL = 6, 12
"""Columns of the twelve that a section has."""

_GAUGE = {"type": "bar-gauge"}
_GRAPH = {"type": "trend-graph", "hours_to_show": 1}
_SLIDER = {"type": "numeric-input", "style": "slider"}
# A finger that slips must not heat a nozzle to its limit.
_STEPS = {"type": "numeric-input", "style": "buttons"}
_SPEED = {"type": "fan-speed"}
_OPTIONS = {"type": "select-options"}

_SLOTS = range(1, 5)
_NOZZLES = ("nozzle", *(f"nozzle_{number}" for number in range(1, 5)))


class Part(Protocol):
    """Something that a section shows."""

    def card(self, entities: Entities) -> Card | None:
        """Return its card, None when the printer has nothing to show on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile(Part):
    """One entity and, below its state, the ``feature`` that steers or draws it."""

    platform: str
    key: str
    feature: Mapping[str, object] | None = None
    columns: int = _HALF
    color: str | None = None

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
        return card


@dataclass(frozen=True, slots=True, kw_only=True)
class Button(Part):
    """A button that is pressed by a touch, and there only when it makes sense."""

    key: str
    color: str

    @override
    def card(self, entities: Entities) -> Card | None:
        if (entity := entities.get(("button", self.key))) is None:
            return None
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
            "visibility": [
                {"condition": "state", "entity": entity, "state_not": "unavailable"}
            ],
            "grid_options": {"columns": _HALF},
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
            "grid_options": {"columns": _FULL, "rows": self.rows},
            **self.options,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Part):
    """How some sensors went in the last hours."""

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
            "grid_options": {"columns": _FULL},
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Parts below a heading, which is not there without them."""

    heading: str
    icon: str
    parts: Sequence[Part]

    def cards(self, entities: Entities) -> list[Card]:
        """Return the heading and the cards."""
        cards = [card for part in self.parts if (card := part.card(entities))]
        if not cards:
            return []
        return [{"type": "heading", "heading": self.heading, "icon": self.icon}, *cards]


_NOW = Group(
    "Now",
    "mdi:printer-3d-nozzle",
    (
        Picture(platform="camera", key="camera", options={"camera_view": "live"}),
        Tile(platform="sensor", key="status", columns=_FULL, color="primary"),
        Tile(platform="sensor", key="progress", columns=_FULL, feature=_GAUGE),
        Button(key="pause", color="amber"),
        Button(key="resume", color="green"),
        Button(key="cancel", color="red"),
        Button(key="clear_plate", color="green"),
        Button(key="clear_error", color="amber"),
        Tile(platform="sensor", key="remaining_time"),
        Tile(platform="sensor", key="finish_time"),
        Tile(platform="sensor", key="elapsed_time"),
        Tile(platform="sensor", key="current_layer"),
    ),
)
_TEMPERATURES = Group(
    "Temperatures",
    "mdi:thermometer",
    (
        *(
            Tile(platform=platform, key=f"{heater}_{what}", feature=feature)
            for heater in (*_NOZZLES, "bed")
            for platform, what, feature in (
                ("sensor", "temperature", _GRAPH),
                ("number", "target", _STEPS),
            )
        ),
        Chart(
            keys=[f"{heater}_temperature" for heater in (*_NOZZLES, "bed", "chamber")],
            hours=0.5,
        ),
    ),
)
_FILAMENT = Group(
    "Filament",
    "mdi:palette-swatch",
    (
        *(Tile(platform="sensor", key=f"slot_{number}") for number in _SLOTS),
        Tile(platform="sensor", key="material"),
        Tile(platform="sensor", key="active_slot"),
        Tile(platform="sensor", key="filament_used"),
    ),
)
_JOB = Group(
    "Job",
    "mdi:cube-outline",
    (
        Picture(
            platform="image",
            key="job_thumbnail",
            options={"fit_mode": "contain"},
            rows=4,
        ),
        Tile(platform="sensor", key="file", columns=_FULL),
    ),
)
_ADJUST = Group(
    "Adjust",
    "mdi:tune-variant",
    (
        Tile(platform="light", key="light", columns=_FULL),
        Tile(
            platform="number", key="print_speed_factor", columns=_FULL, feature=_SLIDER
        ),
        Tile(platform="fan", key="part_fan", columns=_FULL, feature=_SPEED),
        Tile(platform="fan", key="chamber_fan", columns=_FULL, feature=_SPEED),
        Tile(platform="select", key="filtration", columns=_FULL, feature=_OPTIONS),
    ),
)

SECTIONS: Sequence[Sequence[Group]] = (
    (_NOW,),
    (_TEMPERATURES, _FILAMENT),
    (_JOB, _ADJUST),
)
"""The columns of a wide screen; on a narrow one they follow each other."""


def entities_of(registry: Sequence[Answer], serial: str) -> Entities:
    """Return the enabled entities of a printer; their unique ids start with its serial."""
    start = f"{serial}_"
    found: dict[tuple[str, str], str] = {}
    for entity in registry:
        unique_id, entity_id = str(entity["unique_id"]), str(entity["entity_id"])
        if unique_id.startswith(start) and entity["disabled_by"] is None:
            platform = entity_id.partition(".")[0]
            found[platform, unique_id.removeprefix(start)] = entity_id
    return found


def view(title: str, path: str, entities: Entities) -> Card:
    """Return the view of a printer."""
    sections = [
        [card for group in groups for card in group.cards(entities)]
        for groups in SECTIONS
    ]
    return {
        "type": "sections",
        "title": title,
        "path": path,
        "icon": "mdi:printer-3d-nozzle",
        "max_columns": len(SECTIONS),
        "sections": [{"type": "grid", "cards": cards} for cards in sections if cards],
    }


async def show(hub: Hub, serial: str) -> None:
    """Make the printer's view the first that Home Assistant shows.

    A dashboard that is there already stays as it is, apart from a view that it lacks.
    """
    dashboards = await hub.command("lovelace/dashboards/list")
    config: dict[str, list[Card]] = {"views": []}
    if any(dashboard["url_path"] == URL_PATH for dashboard in dashboards):
        config = await hub.command("lovelace/config", url_path=URL_PATH)
    else:
        await hub.command(
            "lovelace/dashboards/create",
            url_path=URL_PATH,
            title=TITLE,
            icon=ICON,
            mode="storage",
        )
        await hub.command(
            "frontend/set_system_data", key="core", value={"default_panel": URL_PATH}
        )
    path = serial.lower()
    if all(shown.get("path") != path for shown in config["views"]):
        device = (await hub.devices())[serial]
        title = str(device["name_by_user"] or device["name"])
        entities = entities_of(await hub.entities(), serial)
        config["views"].insert(0, view(title, path, entities))
        await hub.command("lovelace/config/save", url_path=URL_PATH, config=config)
