"""Whether the job numbers of an answer can be true (protocol/detail.md §3.2).

For some seconds after a start a Creator 5 Pro fills them with raw memory, partly in
range, so that one impossible number condemns all of them.
"""

from dataclasses import dataclass

from .fields import Wire, number
from .vocabulary import GARBAGE_WORDS

type Numbers = dict[str, float | None]
"""The job numbers by wire name, in the wire's units."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What a number can be; nearer to 0 than ``smallest`` it has to be 0 itself."""

    low: float
    high: float
    smallest: float = 0.0

    def hold(self, value: float) -> bool:
        return self.low <= value <= self.high and (
            value == 0 or abs(value) >= self.smallest
        )


_ANY_POSITIVE = _Bounds(0, float("inf"))
_TIME = _Bounds(0, 2_592_000)
_LAYER = _Bounds(0, 50_000)
_FAN = _Bounds(0, 255)

LEFT_FAN = "coolingFanLeftSpeed"
LEFT_FAN_OTHER = "coolingLeftFanSpeed"
# Two spellings of one field (protocol/README.md §8 no. 59).

# The left tool's filament is part of the group but not of the judgement: single-nozzle
# printers send it too, and nothing here reads it.
_BOUNDS: dict[str, _Bounds] = {
    "printProgress": _Bounds(0, 100, smallest=1e-6),
    "printDuration": _TIME,
    "estimatedTime": _TIME,
    "printLayer": _LAYER,
    "targetPrintLayer": _LAYER,
    "currentPrintSpeed": _ANY_POSITIVE,
    "printSpeedAdjust": _Bounds(0, 1000),
    "zAxisCompensation": _Bounds(-5, 5, smallest=1e-6),
    "chamberFanSpeed": _FAN,
    "coolingFanSpeed": _FAN,
    LEFT_FAN: _FAN,
    LEFT_FAN_OTHER: _FAN,
    "estimatedRightLen": _ANY_POSITIVE,
    "estimatedRightWeight": _ANY_POSITIVE,
    "fillAmount": _ANY_POSITIVE,
}


def job_numbers(wire: Wire, word: str) -> Numbers | None:
    """Return the job numbers, None when they cannot be trusted.

    ``word`` is the status, trimmed and in lower case. One number that cannot be true
    condemns all of them; one that cannot be read costs only itself.
    """
    if word in GARBAGE_WORDS:
        return None
    numbers: Numbers = {}
    for name, bounds in _BOUNDS.items():
        value = numbers[name] = wire.read(name, number)
        if value is not None and not bounds.hold(value):
            return None
    return numbers
