"""A dashboard of core cards for one printer, from the entities that it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .hub import Answer, Hub

URL_PATH = "printers-demo"
TITLE = "3D printers"
ICON = "mdi:printer-3d"

type Card = dict[str, object]
type Entities = Mapping[tuple[str, str], str]
"""Entity ids by platform and key, of one printer."""

_OWN_NAME = {"type": "entity"}
"""The name of the entity without that of its device, which the view has already."""

_HALF = 6
_FULL = 12
_THIRD = 4

_SLOTS = range(1, 5)
_TOOLS = ("", "_1", "_2", "_3", "_4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One tile: whose state it shows, how, and how wide of twelve columns.

    ``feature`` is the control below the state, ``inline`` puts it beside instead.
    """

    platform: str
    key: str
    feature: Mapping[str, object] | None = None
    inline: bool = False
    columns: int = _HALF
    color: str | None = None
    vertical: bool = False
    pressed: bool = False

    def card(self, entities: Entities) -> Card | None:
        """Return the card, None when the printer has no such entity."""
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
        if self.vertical:
            card["vertical"] = True
        if self.feature is not None:
            card["features"] = [dict(self.feature)]
            card["features_position"] = "inline" if self.inline else "bottom"
        if self.pressed:
            press: Card = {
                "action": "perform-action",
                "perform_action": "button.press",
                "target": {"entity_id": entity},
            }
            card |= {"hide_state": True, "tap_action": press, "icon_tap_action": press}
        return card


_GAUGE = {"type": "bar-gauge"}
_GRAPH = {"type": "trend-graph", "hours_to_show": 1}
_SLIDER = {"type": "numeric-input", "style": "slider"}
# A finger that slips must not heat a nozzle to its limit.
_STEPS = {"type": "numeric-input", "style": "buttons"}
_SPEED = {"type": "fan-speed"}
_OPTIONS = {"type": "select-options"}

PROGRESS: Sequence[Tile] = (
    Tile(platform="sensor", key="status", columns=_FULL, color="primary"),
    Tile(platform="sensor", key="progress", feature=_GAUGE, columns=_FULL),
    Tile(platform="sensor", key="remaining_time"),
    Tile(platform="sensor", key="finish_time"),
    Tile(platform="sensor", key="elapsed_time"),
    Tile(platform="sensor", key="current_layer"),
    Tile(platform="sensor", key="file", columns=_FULL),
)
BUTTONS: Sequence[Tile] = tuple(
    Tile(
        platform="button",
        key=key,
        columns=_THIRD,
        color=color,
        vertical=True,
        pressed=True,
    )
    for key, color in (("pause", "amber"), ("resume", "green"), ("cancel", "red"))
)
TEMPERATURES: Sequence[Tile] = (
    *(
        Tile(platform=platform, key=f"nozzle{tool}_{what}", feature=feature)
        for tool in _TOOLS
        for platform, what, feature in (
            ("sensor", "temperature", _GRAPH),
            ("number", "target", _STEPS),
        )
    ),
    Tile(platform="sensor", key="bed_temperature", feature=_GRAPH),
    Tile(platform="number", key="bed_target", feature=_STEPS),
)
ADJUSTMENTS: Sequence[Tile] = (
    Tile(
        platform="light",
        key="light",
        columns=_FULL,
        feature={"type": "toggle"},
        inline=True,
    ),
    Tile(platform="number", key="print_speed_factor", feature=_SLIDER, columns=_FULL),
    Tile(platform="fan", key="part_fan", feature=_SPEED, columns=_FULL),
    Tile(platform="fan", key="chamber_fan", feature=_SPEED, columns=_FULL),
    Tile(platform="select", key="filtration", feature=_OPTIONS, columns=_FULL),
)
FILAMENT: Sequence[Tile] = (
    *(Tile(platform="sensor", key=f"slot_{number}") for number in _SLOTS),
    Tile(platform="sensor", key="material"),
    Tile(platform="sensor", key="active_slot"),
    Tile(platform="sensor", key="filament_used"),
)
_CHARTED: Sequence[tuple[str, str]] = (
    *(("sensor", f"nozzle{tool}_temperature") for tool in _TOOLS),
    ("sensor", "bed_temperature"),
    ("sensor", "chamber_temperature"),
)


def entities_of(registry: Sequence[Answer], serial: str) -> Entities:
    """Return the enabled entities of a printer; their unique ids start with its serial."""
    start = f"{serial}_"
    return {
        (
            entity["entity_id"].partition(".")[0],
            entity["unique_id"].removeprefix(start),
        ): (entity["entity_id"])
        for entity in registry
        if entity["unique_id"].startswith(start) and entity["disabled_by"] is None
    }


def view(title: str, path: str, entities: Entities) -> Card:
    """Return the view of a printer."""
    sections = [
        _section("Now", "mdi:cctv", _pictures(entities)),
        _section(
            "Print",
            "mdi:printer-3d-nozzle",
            [*_cards(PROGRESS, entities), *_cards(BUTTONS, entities)],
        ),
        _section(
            "Temperatures",
            "mdi:thermometer",
            [*_cards(TEMPERATURES, entities), *_chart(entities)],
        ),
        _section("Adjust", "mdi:tune-variant", _cards(ADJUSTMENTS, entities)),
        _section("Filament", "mdi:palette-swatch", _cards(FILAMENT, entities)),
    ]
    return {
        "type": "sections",
        "title": title,
        "path": path,
        "icon": "mdi:printer-3d-nozzle",
        "max_columns": 3,
        "dense_section_placement": True,
        "sections": [section for section in sections if section is not None],
    }


def _section(heading: str, icon: str, cards: Sequence[Card]) -> Card | None:
    if not cards:
        return None
    head: Card = {
        "type": "heading",
        "heading": heading,
        "heading_style": "title",
        "icon": icon,
    }
    return {"type": "grid", "cards": [head, *cards]}


def _cards(tiles: Sequence[Tile], entities: Entities) -> list[Card]:
    cards = (tile.card(entities) for tile in tiles)
    return [card for card in cards if card is not None]


def _pictures(entities: Entities) -> list[Card]:
    cards: list[Card] = []
    if (camera := entities.get(("camera", "camera"))) is not None:
        cards.append(
            {
                "type": "picture-entity",
                "entity": camera,
                "camera_view": "live",
                "show_name": False,
                "show_state": False,
                "grid_options": {"columns": _FULL, "rows": "auto"},
            }
        )
    if (image := entities.get(("image", "job_thumbnail"))) is not None:
        cards.append(
            {
                "type": "picture-entity",
                "entity": image,
                "show_name": False,
                "show_state": False,
                "fit_mode": "contain",
                "grid_options": {"columns": _FULL, "rows": 4},
            }
        )
    return cards


def _chart(entities: Entities) -> list[Card]:
    lines = [entities[where] for where in _CHARTED if where in entities]
    if not lines:
        return []
    return [
        {
            "type": "history-graph",
            "hours_to_show": 1,
            "entities": [{"entity": line, "name": _OWN_NAME} for line in lines],
            "grid_options": {"columns": _FULL},
        }
    ]


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
