"""What is known of one kind of printer.

The rest of the code asks a model for a feature, a limit or a palette, never for its name
(docs/protocol/README.md §2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Flag, StrEnum, auto
from types import MappingProxyType

from .palettes import Palette
from .start_forms import FILE_TYPES, StartForm


class Protocol(StrEnum):
    """The protocol of a printer."""

    HTTP = "http"
    """JSON over HTTP on port 8898."""

    TCP = "tcp"
    """The line protocol on port 8899, and nothing else."""


class Feature(Flag):
    """A part or function of a model. Readings of it exist once an answer contains them."""

    LIGHT = auto()
    """A built-in light; other models may have one as an accessory."""
    PART_FAN = auto()
    LEFT_PART_FAN = auto()
    CHAMBER_FAN = auto()
    REAR_FAN = auto()
    """A fan in the back wall; it can be switched and not read."""
    CHAMBER_SENSOR = auto()
    CHAMBER_HEATER = auto()
    FILTRATION = auto()
    AIR_QUALITY = auto()
    DOOR = auto()
    CAMERA_SWITCH = auto()
    """The camera can be switched off."""
    TOOL_CHANGER = auto()
    """Several nozzles, each with its own heater and its own spool."""
    STATION_FLAG = auto()
    """A flag reports whether the material station is plugged in."""
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
    """Heaters accept −100 for off, if a target of 0 has no effect."""
    HIDDEN_JOB = auto()
    """It may call itself ready while it prints (docs/protocol/adventurer-3-4.md §4.3)."""
    START_BY_FIRMWARE = auto()
    """Whether it starts stored files depends on the firmware (docs/protocol/http.md §6.1)."""


_NO_FEATURES = Feature(0)

NO_TRAVEL: Mapping[str, tuple[float, float]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One kind of printer.

    Temperatures are the highest targets in °C, None where nothing heats. ``speed_range``
    is the print speed factor in percent; ``speed_steps`` the only values supported, None
    for any. ``build_volume`` is X, Y, Z in mm, and ``travel`` the positions in mm between
    which each axis moves, as far as they are known. ``upload_types`` are the suffixes of
    what can be uploaded, ``start_types`` of what an upload can start. ``start_forms`` go from the
    oldest firmware to the newest. ``prints_files_of`` are the product ids of models
    with the same bed and tools, whose files it prints as well. A model that is not
    ``described`` has only a name; it is treated like a printer with an unknown id.
    ``longest_name`` counts the characters of a stored name; the printers' screens show
    fewer.
    ``commands`` are all that it takes, None where its features tell (``needs``).
    """

    pid: int | None
    name: str
    protocol: Protocol
    features: Feature = _NO_FEATURES
    tools: int = 1
    nozzle_max: int = 265
    bed_max: int = 100
    heated_bed: bool = True
    chamber_max: int | None = None
    speed_range: tuple[int, int] = (50, 150)
    speed_steps: tuple[int, ...] | None = None
    palette: Palette = ()
    materials: tuple[str, ...] = ()
    build_volume: tuple[int, int, int] | None = None
    travel: Mapping[str, tuple[float, float]] = field(default=NO_TRAVEL, hash=False)
    upload_types: tuple[str, ...] = FILE_TYPES
    start_types: tuple[str, ...] = FILE_TYPES
    start_forms: tuple[StartForm, ...] = ()
    prints_files_of: frozenset[int] = frozenset()
    longest_name: int = 100
    described: bool = True
    commands: frozenset[str] | None = None

    def shows(self, feature: Feature) -> bool:
        """Return whether a reading of this feature is used when an answer has it.

        Models send fields of parts that they do not have, so only a model that is not
        described shows everything.
        """
        return not self.described or feature in self.features

    def taken_speed(self, percent: float) -> int | None:
        """Return the speed factor in percent that is meant, None if it is not supported.

        A printer may show a step as one percent less (docs/protocol/http.md §4.2).
        """
        wanted = self.nearest_speed(percent)
        slack = 0.5 if self.speed_steps is None else 1.0
        return wanted if abs(wanted - percent) <= slack else None

    def nearest_speed(self, percent: float) -> int:
        """Return the supported speed factor in percent that is nearest to this one."""
        low, high = self.speed_range
        wanted = min(max(round(percent), low), high)
        if self.speed_steps is None:
            return wanted
        return min(self.speed_steps, key=lambda step: abs(step - wanted))
