"""The hardware of a machine: heaters, fans, spools, air."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
import math

from ..models.quirks import Chamber
from ..models.spec import ModelSpec
from .motion import Motion
from .physics import BED, CHAMBER, NOZZLE, ROOM, Heater, Thermal, relax

_AIR_SECONDS = 180.0
_AIR_PRINTING = 23.0
_FILTER_EFFECT = 0.5
_CHAMBER_FROM_BED = 0.25
_COARSE_STEP = 10.0
_UNHEATED = Thermal(reach=0, heating=900, cooling=900)
_CHAMBERS: Mapping[Chamber, Thermal] = {
    Chamber.SENSOR: _UNHEATED,
    Chamber.HEATED: CHAMBER,
}


@dataclass(slots=True)
class Spool:
    """Filament in a slot, in a head or on the external spool (number 0).

    An empty material or color is unknown; the color is `#RRGGBB`. Filament that is
    `jammed` does not move.
    """

    number: int
    material: str = ""
    color: str = ""
    has_filament: bool = False
    jammed: bool = False


class Body:
    """The parts of a machine and what the passing of time does to them.

    Temperatures are °C, fans percent, `z_offset` mm, `speed_factor` percent,
    `lifetime_meters` meters of filament, `free_storage_gb` gigabytes.
    """

    def __init__(
        self, spec: ModelSpec, chamber: Chamber, look: Callable[[], None]
    ) -> None:
        """Assemble the parts of a model; heaters call `look` before they are read."""
        self.spec = spec
        self.nozzles = tuple(
            Heater(NOZZLE, spec.nozzle_max, look) for _ in range(spec.tools)
        )
        self.bed = Heater(BED, spec.bed_max, look)
        thermal = _CHAMBERS.get(chamber)
        self.chamber = (
            None if thermal is None else Heater(thermal, spec.chamber_max, look)
        )
        self.slots = tuple(
            Spool(number, material, color, has_filament=True)
            for number, (material, color) in enumerate(spec.slots, start=1)
        )
        self.direct_feed = Spool(0)
        self.motion = Motion(spec.volume)
        self.light = True
        self.door_open = False
        self.internal_filter = self.external_filter = False
        self.part_fan = self.left_part_fan = self.chamber_fan = 0
        self.speed_factor = 100
        self.z_offset = 0.0
        self.auto_off = False
        self.auto_off_minutes = 30
        self.stream_on = True
        self.runout_sensor = True
        self.station_connected = True
        self.lifetime_minutes = 1314.0
        self.lifetime_meters = 49.77
        self.free_storage_gb = spec.storage_gb
        self._fumes = 0.0

    @property
    def fumes(self) -> float:
        """The `tvoc` reading, without a unit; about 23 in a print (docs/protocol/detail.md §2)."""
        return self._fumes * (1 + 0.1 * math.sin(self.lifetime_minutes * 2))

    def slot(self, number: int) -> Spool | None:
        """Return a slot by its number from 1, None if there is none."""
        return next((s for s in self.slots if s.number == number), None)

    def cool_down(self) -> None:
        """Switch off the heaters and the fans, as after a print."""
        for heater in self._heaters():
            heater.target = 0
        self.part_fan = self.left_part_fan = self.chamber_fan = 0

    def longest_step(self, *, printing: bool) -> float:
        """Return how many seconds may pass in one step without loss of accuracy."""
        # The chamber follows the bed, so the two need steps while they move.
        still = all(part.is_still() for part in (*self.nozzles, self.bed))
        if self.chamber is not None:
            still &= self.chamber.is_still(self._chamber_surroundings())
        still &= abs(self._fumes - self._fumes_goal(printing=printing)) < 0.01
        return math.inf if still else _COARSE_STEP

    def let_pass(self, seconds: float, *, printing: bool) -> None:
        """Heat, cool and filter the air for some seconds."""
        if self.chamber is not None:
            self.chamber.step(seconds, self._chamber_surroundings())
        for part in (*self.nozzles, self.bed):
            part.step(seconds)
        goal = self._fumes_goal(printing=printing)
        self._fumes = relax(self._fumes, goal, seconds, _AIR_SECONDS)

    def _heaters(self) -> Iterator[Heater]:
        yield from self.nozzles
        yield self.bed
        if self.chamber is not None:
            yield self.chamber

    def _chamber_surroundings(self) -> float:
        return ROOM + _CHAMBER_FROM_BED * (self.bed.temperature - ROOM)

    def _fumes_goal(self, *, printing: bool) -> float:
        if not printing:
            return 0.0
        filtered = self.internal_filter or self.external_filter
        return _AIR_PRINTING * (_FILTER_EFFECT if filtered else 1.0)
