"""First-order heat: exact for any step, so it does not matter who looks how often."""

from collections.abc import Callable
from dataclasses import dataclass
import math

ROOM = 25.0
"""The temperature of the room, in °C."""

_CLOSE_ENOUGH = 1.0
_STILL = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Thermal:
    """How a part heats up and cools down.

    `reach` is how far above its surroundings full power would get it in the end, in
    °C; `heating` and `cooling` are time constants in seconds.
    """

    reach: float
    heating: float
    cooling: float


NOZZLE = Thermal(reach=550, heating=150, cooling=130)
BED = Thermal(reach=160, heating=300, cooling=600)
CHAMBER = Thermal(reach=70, heating=900, cooling=900)


def relax(value: float, goal: float, seconds: float, constant: float) -> float:
    """Let a value approach its goal for some seconds."""
    return goal + (value - goal) * math.exp(-seconds / constant)


class Heater:
    """A heated part with a thermostat. Temperatures are °C, a target of 0 is off."""

    def __init__(
        self, thermal: Thermal, limit: float, look: Callable[[], None]
    ) -> None:
        """Take the limit of the target, and what brings the machine up to date."""
        self.limit = limit
        self._thermal = thermal
        self._look = look
        self._temperature = ROOM
        self._target = 0.0

    @property
    def temperature(self) -> float:
        """The temperature now."""
        self._look()
        return self._temperature

    @temperature.setter
    def temperature(self, value: float) -> None:
        self._look()
        self._temperature = value

    @property
    def target(self) -> float:
        """The target; what is set is kept between 0 and the limit of the machine."""
        self._look()
        return self._target

    @target.setter
    def target(self, value: float) -> None:
        self._look()
        self._target = min(max(value, 0.0), self.limit)

    def reach_target(self) -> None:
        """Stand at the target at once."""
        self.temperature = self._target or self._temperature

    def step(self, seconds: float, surroundings: float = ROOM) -> None:
        """Heat or cool for some seconds."""
        if self._temperature < self._target and self._target > surroundings:
            full = surroundings + self._thermal.reach
            warmer = relax(self._temperature, full, seconds, self._thermal.heating)
            self._temperature = min(warmer, self._target)
            return
        cooler = relax(self._temperature, surroundings, seconds, self._thermal.cooling)
        above = self._temperature >= self._target
        self._temperature = max(cooler, self._target) if above else cooler

    def seconds_to_target(self, surroundings: float = ROOM) -> float:
        """Return how long full power takes to come close to the target."""
        goal = self._target - _CLOSE_ENOUGH
        full = surroundings + self._thermal.reach
        if self._temperature >= goal:
            return 0.0
        if goal >= full:
            return math.inf
        return self._thermal.heating * math.log(
            (full - self._temperature) / (full - goal)
        )

    def is_still(self, surroundings: float = ROOM) -> bool:
        """Say whether nothing moves any more."""
        return abs(self._temperature - max(self._target, surroundings)) < _STILL
