"""The printers there are: one record per model, by USB product id.

A new model is a new record. Nothing else in the code asks for a model by name; it asks
for a feature, a limit or a palette of the record (docs/protocol/README.md §2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Flag, StrEnum, auto
from types import MappingProxyType

from .palettes import (
    AD5X_COLORS,
    AD5X_MATERIALS,
    CREATOR_5_COLORS,
    CREATOR_5_MATERIALS,
    Palette,
)
from .start_forms import (
    ADVENTURER_5_FORMS,
    CREATOR_5_FORM,
    FILE_TYPES,
    FULL_FORM,
    StartForm,
)

USB_VENDOR = 0x2B71
"""USB vendor id of every FlashForge printer."""

MODERN_PRODUCT_TYPE = 0x5A02
"""Product type in the discovery answer of every modern printer; it names no model."""


class Protocol(StrEnum):
    """How a printer is talked to."""

    HTTP = "http"
    """JSON over HTTP on port 8898."""

    TCP = "tcp"
    """The line protocol on port 8899."""

    NONE = "none"
    """Known by name only."""


class Feature(Flag):
    """What a model has. A reading of it still has to be in the answer to exist."""

    LIGHT = auto()
    """A light that is built in; other models may have one as an accessory."""
    PART_FAN = auto()
    LEFT_PART_FAN = auto()
    CHAMBER_FAN = auto()
    CHAMBER_SENSOR = auto()
    CHAMBER_HEATER = auto()
    FILTRATION = auto()
    AIR_QUALITY = auto()
    DOOR = auto()
    CAMERA_SWITCH = auto()
    """Switching the camera off really does so."""
    TOOL_CHANGER = auto()
    """Several nozzles, each with its own heater and its own spool."""
    STATION_FLAG = auto()
    """The printer says by a flag whether its material station is plugged in."""
    STATION = auto()
    DIRECT_FEED = auto()
    JOB_MATERIAL = auto()
    """The material of the single spool is in the answer."""
    SLOT_EDIT = auto()
    """Material and color of a slot can be written."""
    FILAMENT_FEED = auto()
    """Filament can be loaded and unloaded over the network."""
    MOTION = auto()
    """Homing, jogging and extruding over HTTP."""
    LINES = auto()
    """The line channel beside HTTP, for what HTTP lacks (docs/protocol/tcp.md)."""
    LINE_FILES = auto()
    """The line channel lists all files, where HTTP lists the newest ten."""
    RUNOUT_SWITCH = auto()
    """The runout sensor can be switched over the line channel."""
    CLEAR_ERROR = auto()
    OFF_MARKER = auto()
    """Heaters know −100 for off, should a plain target of 0 have no effect."""
    START_BY_FIRMWARE = auto()
    """Whether it starts stored files depends on the firmware (docs/protocol/http.md §6.1)."""


_NO_FEATURES = Feature(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One kind of printer.

    Temperatures are the highest targets in °C, None where nothing heats. ``speed_range``
    is the print speed factor in percent; ``speed_steps`` the only values taken, None for
    any. ``build_volume`` is X, Y, Z in mm. ``upload_types`` are the suffixes of what can
    be uploaded, ``start_types`` of what an upload can start. ``start_forms`` go from the
    oldest firmware to the newest. ``prints_files_of`` are the product ids of models
    with the same bed and tools, whose files it prints as well. A model that is not
    ``described`` has a name and no more: it is read and commanded like a printer with an
    id that nobody knows.
    """

    pid: int | None
    name: str
    protocol: Protocol
    features: Feature = _NO_FEATURES
    tools: int = 1
    nozzle_max: int = 265
    bed_max: int = 100
    chamber_max: int | None = None
    speed_range: tuple[int, int] = (50, 150)
    speed_steps: tuple[int, ...] | None = None
    palette: Palette = ()
    materials: tuple[str, ...] = ()
    build_volume: tuple[int, int, int] | None = None
    upload_types: tuple[str, ...] = FILE_TYPES
    start_types: tuple[str, ...] = FILE_TYPES
    start_forms: tuple[StartForm, ...] = ()
    prints_files_of: frozenset[int] = frozenset()
    described: bool = True

    def shows(self, feature: Feature) -> bool:
        """Return whether a reading of this feature is believed when an answer has it.

        Models send fields of parts that they do not have; only of a printer nobody has
        described yet everything is believed.
        """
        return not self.described or feature in self.features

    def taken_speed(self, percent: float) -> int | None:
        """Return the speed factor in percent that is meant, None when it is not taken.

        A printer may show a step as one percent less (docs/protocol/http.md §4.2).
        """
        wanted = self.nearest_speed(percent)
        slack = 0.5 if self.speed_steps is None else 1.0
        return wanted if abs(wanted - percent) <= slack else None

    def nearest_speed(self, percent: float) -> int:
        """Return the speed factor in percent that the printer takes for this one."""
        low, high = self.speed_range
        wanted = min(max(round(percent), low), high)
        if self.speed_steps is None:
            return wanted
        return min(self.speed_steps, key=lambda step: abs(step - wanted))


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
    Model(
        pid=0x0008,
        name="Adventurer 3",
        protocol=Protocol.TCP,
        build_volume=(150, 150, 150),
    ),
    Model(
        pid=0x0016,
        name="Adventurer 4 Lite",
        protocol=Protocol.TCP,
        features=Feature.LIGHT,
        bed_max=110,
        build_volume=(220, 200, 250),
    ),
    Model(
        pid=0x001E,
        name="Adventurer 4 Pro",
        protocol=Protocol.TCP,
        features=Feature.LIGHT,
        bed_max=110,
        build_volume=(220, 200, 250),
    ),
    Model(pid=0x0001, name="Dreamer", protocol=Protocol.NONE),
    Model(pid=0x0002, name="Finder", protocol=Protocol.NONE),
    Model(pid=0x0004, name="Guider II", protocol=Protocol.NONE),
    Model(pid=0x0005, name="Inventor", protocol=Protocol.NONE),
    Model(pid=0x0007, name="Finder 2", protocol=Protocol.NONE),
    Model(pid=0x0009, name="Guider IIs", protocol=Protocol.NONE),
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
"""A printer nobody has described yet: what its answer shows is what exists, with the
lowest limits of all models."""


def _undescribed(pid: int, name: str) -> Model:
    """Return a model of which only the name is known."""
    return replace(GENERIC, pid=pid, name=name)


_UNDESCRIBED = (
    _undescribed(0x001F, "Guider 3 Ultra"),
    _undescribed(0x0025, "Guider 4"),
    _undescribed(0x0027, "Guider 4 Pro"),
    _undescribed(0x00BB, "Adventurer A5"),
)
# Whether they speak HTTP is for them to show: some owners say that an A5 does.

MODELS: Mapping[int, Model] = MappingProxyType(
    {model.pid: model for model in (*_MODELS, *_UNDESCRIBED) if model.pid is not None}
)
"""Every known model by its USB product id."""

_HTTP_MODELS: Mapping[int, Model] = MappingProxyType(
    {
        pid: model if model.protocol is Protocol.HTTP else _undescribed(pid, model.name)
        for pid, model in MODELS.items()
    }
)
# What is known of the older models is said of their line protocol; one of them that
# speaks HTTP all the same is as good as new.

_NAMES: tuple[tuple[str, int], ...] = (
    # The longer names come first: a "Creator 5 Pro" also contains "Pro" and "Creator 5".
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
    """Return the model with this USB product id as HTTP shows it, or the generic one."""
    return GENERIC if pid is None else _HTTP_MODELS.get(pid, GENERIC)


def by_name(name: str | None) -> Model | None:
    """Return the model that a name suggests, None if it suggests none.

    Only for printers that do not say their product id: people rename printers
    (docs/protocol/README.md §3).
    """
    lowered = (name or "").lower()
    return next((MODELS[pid] for part, pid in _NAMES if part in lowered), None)
