"""Whether the job numbers of an answer can be true (docs/protocol/detail.md §3.2).

For some seconds after a start, a Creator 5 Pro fills them with raw memory. Some of these
numbers look possible, so one impossible number makes all of them useless.
"""

from dataclasses import dataclass
from math import inf

from .estimate import LONGEST
from .fields import Reader, Wire, integer, number
from .vocabulary import GARBAGE_WORDS


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a number is read, and its limits.

    Its absolute value is 0 or at least ``smallest``.
    """

    low: float = 0.0
    high: float = inf
    smallest: float = 0.0
    reader: Reader[float] = number

    def allows(self, value: float) -> bool:
        """Return whether the number is possible."""
        return self.low <= value <= self.high and (
            value == 0 or abs(value) >= self.smallest
        )


_ANY = _Rule()
_TIME = _Rule(high=LONGEST)
_LAYER = _Rule(high=50_000, reader=integer)
_FAN = _Rule(high=255)

LEFT_FAN = "coolingFanLeftSpeed"
LEFT_FAN_OTHER = "coolingLeftFanSpeed"
# Two spellings of one field (docs/protocol/README.md §8 no. 59).

# The numbers of the left tool's filament are missing: single-nozzle printers send them
# too, and they are not read.
_RULES: dict[str, _Rule] = {
    "printProgress": _Rule(high=100, smallest=1e-6),
    "printDuration": _TIME,
    "estimatedTime": _TIME,
    "printLayer": _LAYER,
    "targetPrintLayer": _LAYER,
    "currentPrintSpeed": _ANY,
    "printSpeedAdjust": _Rule(high=1000),
    "zAxisCompensation": _Rule(low=-5, high=5, smallest=1e-6),
    "chamberFanSpeed": _FAN,
    "coolingFanSpeed": _FAN,
    LEFT_FAN: _FAN,
    LEFT_FAN_OTHER: _FAN,
    "estimatedRightLen": _ANY,
    "estimatedRightWeight": _ANY,
    "fillAmount": _ANY,
}

type Numbers = dict[str, float | None]
"""The job numbers by wire name, in the wire's units."""


def job_numbers(wire: Wire, word: str) -> Numbers | None:
    """Return the job numbers, None when they cannot be trusted.

    ``word`` is the status, trimmed and in lower case. One impossible number makes
    all of them useless; one that cannot be read is only missing itself.
    """
    if word in GARBAGE_WORDS:
        return None
    numbers: Numbers = {}
    for name, rule in _RULES.items():
        value = numbers[name] = wire.read(name, rule.reader)
        if value is not None and not rule.allows(value):
            return None
    return numbers
