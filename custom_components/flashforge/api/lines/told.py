"""What an older printer was told and never reports: its fans, on some its light.

Its ``ok`` is all that is known (docs/protocol/adventurer-3-4.md §4.3 and §5).
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ..assumed import Assumed, FanName
from ..state import JOB_STATUSES, Status
from .report import StatusReport

_FANS: Mapping[FanName, tuple[str, str]] = MappingProxyType(
    {"part_fan": ("M107", "M106"), "rear_fan": ("M652", "M651")}
)
"""The commands that switch a fan off and on; they take no number."""


def fan_line(fan: FanName, on: bool) -> str:
    """Return the command that switches a fan."""
    return _FANS[fan][on]


def light_line(on: bool) -> str:
    """Return the command that switches the light, where it has colors to white."""
    level = 255 if on else 0
    return f"M146 r{level} g{level} b{level} F0"


class Told:
    """What one printer was told, as long as nothing else can have changed it."""

    def __init__(self) -> None:
        """Begin with a printer that was told nothing."""
        self._now = Assumed()

    def forget(self) -> None:
        """Forget all: the printer did not answer, so it may have been switched off."""
        self._now = Assumed()

    def fan(self, fan: FanName, on: bool) -> None:
        """Note that the printer has acknowledged a command for a fan."""
        if fan == "part_fan":
            self._now = replace(self._now, part_fan=on)
        else:
            self._now = replace(self._now, rear_fan=on)

    def light(self, on: bool) -> None:
        """Note that the printer has acknowledged a command for its light."""
        self._now = replace(self._now, light=on)

    def beside(self, report: StatusReport, status: Status | None) -> Assumed:
        """Return what is assumed beside a report; a job sets the part fan itself."""
        if status in JOB_STATUSES:
            self._now = replace(self._now, part_fan=None)
        if report.light is not None:
            self._now = replace(self._now, light=None)
        return self._now
