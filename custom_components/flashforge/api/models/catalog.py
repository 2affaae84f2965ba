"""All known printers: one record per model, by USB product id.

A new model is a new record (docs/protocol/README.md §2).
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from .line_models import LINE_MODELS
from .model import Feature, Model, Protocol
from .palettes import AD5X_COLORS, AD5X_MATERIALS, CREATOR_5_COLORS, CREATOR_5_MATERIALS
from .start_forms import ADVENTURER_5_FORMS, CREATOR_5_FORM, FULL_FORM

USB_VENDOR = 0x2B71
"""USB vendor id of every FlashForge printer."""

MODERN_PRODUCT_TYPE = 0x5A02
"""Product type in the discovery answer of every modern printer; it names no model."""


_ADVENTURER_5 = Feature.PART_FAN | Feature.OFF_MARKER | Feature.LINES
_ADVENTURER_5M = (
    _ADVENTURER_5 | Feature.JOB_MATERIAL | Feature.LINE_FILES | Feature.RUNOUT_SWITCH
)
_CREATOR_5 = (
    Feature.LIGHT
    | Feature.PART_FAN
    | Feature.CHAMBER_SENSOR
    | Feature.CHAMBER_HEATER
    | Feature.TOOL_CHANGER
    | Feature.STATION
    | Feature.SLOT_EDIT
    | Feature.START_BY_FIRMWARE
)

_MODELS = (
    Model(
        pid=0x0023,
        name="Adventurer 5M",
        protocol=Protocol.HTTP,
        features=_ADVENTURER_5M,
        nozzle_max=280,
        bed_max=110,
        build_volume=(220, 220, 220),
        prints_files_of=frozenset({0x0024}),
        start_forms=ADVENTURER_5_FORMS,
    ),
    Model(
        pid=0x0024,
        name="Adventurer 5M Pro",
        protocol=Protocol.HTTP,
        features=_ADVENTURER_5M
        | Feature.LIGHT
        | Feature.CHAMBER_FAN
        | Feature.CHAMBER_SENSOR
        | Feature.FILTRATION
        | Feature.AIR_QUALITY
        | Feature.CAMERA_SWITCH,
        nozzle_max=280,
        bed_max=110,
        build_volume=(220, 220, 220),
        prints_files_of=frozenset({0x0023}),
        start_forms=ADVENTURER_5_FORMS,
    ),
    Model(
        pid=0x0026,
        name="AD5X",
        protocol=Protocol.HTTP,
        features=_ADVENTURER_5
        | Feature.LEFT_PART_FAN
        | Feature.STATION
        | Feature.STATION_FLAG
        | Feature.DIRECT_FEED
        | Feature.SLOT_EDIT
        | Feature.FILAMENT_FEED
        | Feature.MOTION
        | Feature.CLEAR_ERROR,
        nozzle_max=300,
        bed_max=110,
        speed_range=(50, 500),
        palette=AD5X_COLORS,
        materials=AD5X_MATERIALS,
        build_volume=(220, 220, 220),
        start_forms=(FULL_FORM,),
    ),
    Model(
        pid=0x0028,
        name="Creator 5",
        protocol=Protocol.HTTP,
        features=_CREATOR_5,
        tools=4,
        nozzle_max=300,
        bed_max=120,
        chamber_max=80,
        speed_range=(50, 166),
        speed_steps=(50, 100, 125, 166),
        palette=CREATOR_5_COLORS,
        materials=CREATOR_5_MATERIALS,
        build_volume=(256, 256, 256),
        start_types=(".3mf",),
        prints_files_of=frozenset({0x0029}),
        start_forms=(CREATOR_5_FORM,),
    ),
    Model(
        pid=0x0029,
        name="Creator 5 Pro",
        protocol=Protocol.HTTP,
        features=_CREATOR_5
        | Feature.CHAMBER_FAN
        | Feature.FILTRATION
        | Feature.AIR_QUALITY
        | Feature.DOOR,
        tools=4,
        nozzle_max=300,
        bed_max=120,
        chamber_max=80,
        speed_range=(50, 166),
        speed_steps=(50, 100, 125, 166),
        palette=CREATOR_5_COLORS,
        materials=CREATOR_5_MATERIALS,
        build_volume=(256, 256, 256),
        start_types=(".3mf",),
        prints_files_of=frozenset({0x0028}),
        start_forms=(CREATOR_5_FORM,),
    ),
)

GENERIC = Model(
    pid=None,
    name="FlashForge printer",
    protocol=Protocol.HTTP,
    features=Feature.PART_FAN
    | Feature.LEFT_PART_FAN
    | Feature.CHAMBER_SENSOR
    | Feature.STATION
    | Feature.STATION_FLAG
    | Feature.DIRECT_FEED
    | Feature.JOB_MATERIAL,
    start_forms=(FULL_FORM,),
    described=False,
)
"""A model that is not known: it has what its answer shows, with the lowest limits of all
models."""


def _undescribed(pid: int, name: str) -> Model:
    """Return a model of which only the name is known."""
    return replace(GENERIC, pid=pid, name=name)


_UNDESCRIBED = (
    _undescribed(0x001F, "Guider 3 Ultra"),
    _undescribed(0x0025, "Guider 4"),
    _undescribed(0x0027, "Guider 4 Pro"),
    _undescribed(0x00BB, "Adventurer A5"),
)
# Whether they support HTTP is not known; some owners report that an A5 does.

MODELS: Mapping[int, Model] = MappingProxyType(
    {
        **LINE_MODELS,
        **{
            model.pid: model
            for model in (*_MODELS, *_UNDESCRIBED)
            if model.pid is not None
        },
    }
)
"""Every known model by its USB product id."""

_HTTP_MODELS: Mapping[int, Model] = MappingProxyType(
    {
        pid: model if model.protocol is Protocol.HTTP else _undescribed(pid, model.name)
        for pid, model in MODELS.items()
    }
)
# The records of older models describe their line protocol. If such a model answers over
# HTTP, only its name is used.

_NAMES: tuple[tuple[str, int], ...] = (
    # The longer names come first: a "Creator 5 Pro" also contains "Creator 5".
    ("creator 5 pro", 0x0029),
    ("creator 5", 0x0028),
    ("ad5x", 0x0026),
    ("adventurer 4 pro", 0x001E),
    ("adventurer4 pro", 0x001E),
    ("adventurer 4", 0x0016),
    ("adventurer4", 0x0016),
    ("ad4", 0x0016),
    ("adventurer 3", 0x0008),
    ("adventurer3", 0x0008),
    ("ad3", 0x0008),
    ("5m pro", 0x0024),
    ("5m", 0x0023),
)


def by_pid(pid: int | None) -> Model:
    """Return the model with this USB product id for HTTP, the generic one if unknown."""
    return GENERIC if pid is None else _HTTP_MODELS.get(pid, GENERIC)


def by_name(name: str | None) -> Model | None:
    """Return the model that a name suggests, None if it suggests none.

    Only for printers that do not report their product id, because people rename
    printers (docs/protocol/README.md §3).
    """
    lowered = (name or "").lower()
    return next((MODELS[pid] for part, pid in _NAMES if part in lowered), None)
