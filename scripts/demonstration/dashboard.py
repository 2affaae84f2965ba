"""A dashboard of core cards for one printer, from the entities that it has."""

from collections.abc import Mapping, Sequence

from .cards import FULL, Button, Card, Chart, Entities, Group, Picture, Tile
from .hub import Answer, Hub

URL_PATH = "printers-demo"
TITLE = "3D printers"
ICON = "mdi:printer-3d"

_GAUGE = {"type": "bar-gauge"}
_SLIDER = {"type": "numeric-input", "style": "slider"}
# A slip of the finger must not heat a nozzle to its limit.
_STEPS = {"type": "numeric-input", "style": "buttons"}
_SPEED = {"type": "fan-speed"}
_OPTIONS = {"type": "select-options"}

_HAS_JOB = ("heating", "printing", "pausing", "paused")
_SLOTS = range(1, 5)
_NOZZLES = ("nozzle", *(f"nozzle_{number}" for number in range(1, 5)))
_HEATERS: Mapping[str, int] = {**dict.fromkeys(_NOZZLES, 300), "bed": 120}
"""The heated parts, and the °C at which their gauges are full."""


_NOW = Group(
    "Now",
    "mdi:printer-3d-nozzle",
    (
        Picture(platform="camera", key="camera", options={"camera_view": "live"}),
        Tile(platform="sensor", key="status", columns=FULL, color="primary"),
        Tile(platform="sensor", key="progress", columns=FULL, feature=_GAUGE),
        Button(key="pause", color="amber", states=["heating", "printing"]),
        Button(key="resume", color="green", states=["pausing", "paused"]),
        Button(key="cancel", color="red", states=[*_HAS_JOB]),
        Button(
            key="clear_plate",
            color="green",
            about=("binary_sensor", "plate_occupied"),
            states=["on"],
        ),
        Button(
            key="clear_error",
            color="amber",
            about=("binary_sensor", "problem"),
            states=["on"],
        ),
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
            tile
            for heater, most in _HEATERS.items()
            for tile in (
                Tile(
                    platform="sensor",
                    key=f"{heater}_temperature",
                    color="deep-orange",
                    feature={**_GAUGE, "min": 0, "max": most},
                ),
                Tile(platform="number", key=f"{heater}_target", feature=_STEPS),
            )
        ),
        Chart(
            keys=[f"{heater}_temperature" for heater in (*_HEATERS, "chamber")],
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
        Tile(platform="sensor", key="file", columns=FULL),
        Tile(platform="select", key="print_file", columns=FULL, feature=_OPTIONS),
        Button(
            key="print_selected_file", color="green", about=("select", "print_file")
        ),
        Tile(
            platform="sensor",
            key="upload_progress",
            columns=FULL,
            feature=_GAUGE,
            only_with_value=True,
        ),
        Button(key="cancel_upload", color="red", about=("sensor", "upload_progress")),
    ),
)
_ADJUST = Group(
    "Adjust",
    "mdi:tune-variant",
    (
        Tile(platform="light", key="light", columns=FULL),
        Tile(
            platform="number", key="print_speed_factor", columns=FULL, feature=_SLIDER
        ),
        Tile(platform="fan", key="part_fan", columns=FULL, feature=_SPEED),
        Tile(platform="fan", key="chamber_fan", columns=FULL, feature=_SPEED),
        Tile(platform="select", key="filtration", columns=FULL, feature=_OPTIONS),
    ),
)

COLUMNS: Sequence[Group] = (_NOW, _TEMPERATURES, _JOB)
"""The first section of each column of a wide screen."""

FILLING: Sequence[Group] = (_ADJUST, _FILAMENT)
"""The sections below the shortest column of this printer."""

_ROWS: Mapping[object, float] = {
    "heading": 0.5,
    "tile": 1,
    "picture-entity": 4,
    "history-graph": 4.5,
}


def _height(cards: Sequence[Card]) -> float:
    """Return about how many rows some cards take in a section."""
    rows = 0.0
    for card in cards:
        height = _ROWS[card["type"]] + ("features" in card)
        match card.get("grid_options"):
            case {"columns": int(columns)}:
                height *= columns / FULL
        # Of the buttons that are not always visible, less than half are visible at once.
        rows += height * (0.4 if "visibility" in card else 1)
    return rows


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
    sections = [group.cards(entities) for group in COLUMNS]
    for group in FILLING:
        min(sections, key=_height).extend(group.cards(entities))
    return {
        "type": "sections",
        "title": title,
        "path": path,
        "icon": "mdi:printer-3d-nozzle",
        "max_columns": len(COLUMNS),
        "sections": [{"type": "grid", "cards": cards} for cards in sections if cards],
    }


async def show(hub: Hub, serial: str) -> None:
    """Make the printer's view the first that Home Assistant shows.

    An existing dashboard stays as it is; only a missing view is added.
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
