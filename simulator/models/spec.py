"""The record of a model: what differs from one printer to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .files import BASIC_FILES, StoredFile
from .quirks import Quirks


class Camera(StrEnum):
    """Where the camera of a model comes from (docs/protocol/camera.md)."""

    BUILT_IN = "built in"
    ACCESSORY = "accessory"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortPacket:
    """What differs in the 140 bytes of an older printer (docs/protocol/adventurer-3-4.md §6).

    `status` are its words for ready, busy and error; `group` are the bytes 0x80 to 0x83.
    """

    status: tuple[int, int, int] = (0, 1, 2)
    group: bytes = bytes(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedRange:
    """The speed factors that a model accepts, in percent (docs/protocol/http.md §4.2)."""

    lowest: int = 50
    highest: int = 150
    steps: tuple[int, ...] = ()

    def fit(self, percent: float) -> int:
        """Return the nearest possible factor to a percentage."""
        value = int(min(max(percent, self.lowest), self.highest))
        return min(self.steps, key=lambda step: abs(step - value), default=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """One model (docs/protocol/README.md §2).

    Temperatures are the highest targets in °C, `volume` is mm, `mm_per_second` the
    usual speed of a print. `firmwares` maps each known version to its quirks; the
    first one is the default. `fields` are the /detail
    keys in their order, `commands` are those of `/control`, `lines` those of port 8899,
    which a model without them does not open. `slots` is (material, color) of each
    slot at first. `machine_type` is what `M115` calls it, `vendor` its USB vendor id. `suffixes` are the file types that an upload may have, `storage_gb` is the
    free storage beside the first files.
    """

    key: str
    name: str
    pid: int
    serial_tag: str
    firmwares: Mapping[str, Quirks]
    volume: tuple[int, int, int]
    nozzle_max: float
    bed_max: float
    chamber_max: float = 0
    tools: int = 1
    slots: tuple[tuple[str, str], ...] = ()
    camera: Camera = Camera.ACCESSORY
    speeds: SpeedRange = SpeedRange()
    mm_per_second: int = 180
    vendor: int = 0x2B71
    http: bool = True
    machine_type: str = ""
    short_packet: ShortPacket = ShortPacket()
    answers_search: bool = True
    head_temperatures: bool = False
    nozzle_style: int = 0
    left_fan: bool = False
    chamber_fan: bool = False
    filtration: bool = False
    air_sensor: bool = False
    door_sensor: bool = False
    station_detachable: bool = False
    product: Mapping[str, int] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    commands: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    files: tuple[StoredFile, ...] = BASIC_FILES
    suffixes: tuple[str, ...] = (".gcode", ".gx", ".g", ".3mf")
    storage_gb: float = 4.91

    @property
    def firmware(self) -> str:
        """The default version."""
        return next(iter(self.firmwares))

    @property
    def measure(self) -> str:
        """The build volume as /detail writes it."""
        return "X".join(str(side) for side in self.volume)

    def quirks(self, firmware: str) -> Quirks:
        """Return the quirks of a firmware; an unknown one behaves like the first."""
        return self.firmwares.get(firmware, self.firmwares[self.firmware])
