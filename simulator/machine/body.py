"""The hardware of a machine: heaters, fans, spools, air."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
import math
from typing import Protocol, overload

from ..models.catalog import ModelSpec
from ..models.quirks import Chamber, Quirks
from .motion import Motion
from .physics import BED, CHAMBER, NOZZLE, ROOM, Heater, Thermal, relax

_AIR_SECONDS = 180.0
_AIR_PRINTING = 23.0
_FILTER_EFFECT = 0.5
_CHAMBER_FROM_BED = 0.25
_COARSE_STEP = 10.0
_UNHEATED = Thermal(reach=0, heating=900, cooling=900)


class Lively(Protocol):
    """Something whose attributes depend on the time."""

    def sync(self) -> None:
        """Bring everything up to date."""

    def touched(self) -> None:
        """Take note that somebody changed an attribute."""


class Synced[T]:
    """An attribute that is brought up to date before it is read or set."""

    def __init__(self, default: T) -> None:
        """Take the value to begin with."""
        self._default = default
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember where the value is kept."""
        self._name = f"_{name}"

    @overload
    def __get__(self, machine: None, owner: type) -> Synced[T]: ...
    @overload
    def __get__(self, machine: Lively, owner: type) -> T: ...
    def __get__(self, machine: Lively | None, owner: type) -> T | Synced[T]:
        """Read the value as it is now."""
        if machine is None:
            return self
        machine.sync()
        value: T = machine.__dict__.get(self._name, self._default)
        return value

    def __set__(self, machine: Lively, value: T) -> None:
        """Set the value from now on."""
        machine.sync()
        machine.__dict__[self._name] = value
        machine.touched()


@dataclass(slots=True)
class Spool:
    """Filament in a slot, in a head or on the direct feed (number 0).

    An empty material or color is unknown; the color is `#RRGGBB`. Filament that is
    `jammed` does not move.
    """

    number: int
    material: str = ""
    color: str = ""
    has_filament: bool = False
    jammed: bool = False


class Body(ABC):
    """The parts of a machine and what time does to them.

    Temperatures are °C, fans percent, `z_offset` mm, `speed_factor` percent,
    `lifetime_meters` meters of filament, `free_storage_gb` gigabytes.
    """

    light = Synced(True)
    door_open = Synced(False)
    internal_filter = Synced(False)
    external_filter = Synced(False)
    chamber_fan = Synced(0)
    part_fan = Synced(0)
    left_part_fan = Synced(0)
    speed_factor = Synced(100)
    z_offset = Synced(0.0)
    auto_off = Synced(False)
    auto_off_minutes = Synced(30)
    stream_on = Synced(True)
    runout_sensor = Synced(True)
    station_connected = Synced(True)
    lifetime_minutes = Synced(1314.0)
    lifetime_meters = Synced(49.77)
    free_storage_gb = Synced(0.0)

    def __init__(self, spec: ModelSpec, quirks: Quirks) -> None:
        """Assemble the parts that the model has."""
        self.spec = spec
        self.nozzles = tuple(
            Heater(NOZZLE, spec.nozzle_max, self.sync) for _ in range(spec.tools)
        )
        self.bed = Heater(BED, spec.bed_max, self.sync)
        self.chamber = self._chamber(quirks.chamber)
        self.slots = tuple(
            Spool(number, material, color, has_filament=True)
            for number, (material, color) in enumerate(spec.slots, start=1)
        )
        self.direct_feed = Spool(0)
        self._motion = Motion(spec.volume)
        self._fumes = 0.0
        self.free_storage_gb = spec.storage_gb

    @abstractmethod
    def sync(self) -> None:
        """Bring everything up to date."""

    @abstractmethod
    def touched(self) -> None:
        """Take note that somebody changed an attribute."""

    @property
    @abstractmethod
    def printing(self) -> bool:
        """Plastic is being melted."""

    @property
    def fumes(self) -> float:
        """The `tvoc` reading, without a unit; about 23 in a print (docs/protocol/detail.md §2)."""
        self.sync()
        return self._fumes * (1 + 0.1 * math.sin(self.lifetime_minutes * 2))

    @property
    def motion(self) -> Motion:
        """The axes, as they stand now."""
        self.sync()
        return self._motion

    def slot(self, number: int) -> Spool | None:
        """Return a slot by its number from 1, if there is one."""
        self.sync()
        return next((s for s in self.slots if s.number == number), None)

    def cool_down(self) -> None:
        """Switch off what a finished print no longer needs."""
        for heater in self._heaters():
            heater.target = 0
        self.stop_fans()

    def stop_fans(self) -> None:
        """Let every fan stand."""
        self.part_fan = self.left_part_fan = self.chamber_fan = 0

    def _chamber(self, kind: Chamber) -> Heater | None:
        thermals = {Chamber.SENSOR: _UNHEATED, Chamber.HEATED: CHAMBER}
        if (thermal := thermals.get(kind)) is None:
            return None
        return Heater(thermal, self.spec.chamber_max, self.sync)

    def _heaters(self) -> Iterator[Heater]:
        yield from self.nozzles
        yield self.bed
        if self.chamber is not None:
            yield self.chamber

    def _chamber_surroundings(self) -> float:
        return ROOM + _CHAMBER_FROM_BED * (self.bed.temperature - ROOM)

    def _fumes_goal(self) -> float:
        if not self.printing:
            return 0.0
        filtered = self.internal_filter or self.external_filter
        return _AIR_PRINTING * (_FILTER_EFFECT if filtered else 1.0)

    def _longest_step(self) -> float:
        # The chamber follows the bed, so the two need steps while they move.
        still = all(part.is_still() for part in (*self.nozzles, self.bed))
        if self.chamber is not None:
            still &= self.chamber.is_still(self._chamber_surroundings())
        still &= abs(self._fumes - self._fumes_goal()) < 0.01
        return math.inf if still else _COARSE_STEP

    def _let_pass(self, seconds: float) -> None:
        if self.chamber is not None:
            self.chamber.step(seconds, self._chamber_surroundings())
        for part in (*self.nozzles, self.bed):
            part.step(seconds)
        self._fumes = relax(self._fumes, self._fumes_goal(), seconds, _AIR_SECONDS)
