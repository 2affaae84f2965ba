"""First-order heat: exact for any step, so it does not matter how often it is read."""

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

    `reach` is how many °C above its surroundings full power would bring it in the end;
    `heating` and `cooling` are time constants in seconds.
    """

    reach: float
    heating: float
    cooling: float


NOZZLE = Thermal(reach=550, heating=150, cooling=130)
BED = Thermal(reach=160, heating=300, cooling=600)
CHAMBER = Thermal(reach=70, heating=900, cooling=900)


def relax(value: float, goal: float, seconds: float, constant: float) -> float:
    """Return a value after it approached its goal for some seconds."""
    return goal + (value - goal) * math.exp(-seconds / constant)


class Heater:
    """A heated part with a thermostat. Temperatures are °C, a target of 0 is off."""

    def __init__(
        self, thermal: Thermal, limit: float, look: Callable[[], None]
    ) -> None:
        """Take the limit of the target in °C; `look` brings the machine up to date."""
        self.limit = limit
        self._thermal = thermal
        self._look = look
        self._temperature = ROOM
        self._target = 0.0

    @property
    def temperature(self) -> float:
        """The present temperature."""
        self._look()
        return self._temperature

    @temperature.setter
    def temperature(self, value: float) -> None:
        self._look()
        self._temperature = value

    @property
    def target(self) -> float:
        """The target; a set value is limited to 0 and the limit of the machine."""
        self._look()
        return self._target

    @target.setter
    def target(self, value: float) -> None:
        self._look()
        self._target = min(max(value, 0.0), self.limit)

    def reach_target(self) -> None:
        """Reach the target at once."""
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
        """Return the seconds that full power needs to come close to the target."""
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
        """Return whether the temperature no longer changes."""
        return abs(self._temperature - max(self._target, surroundings)) < _STILL
