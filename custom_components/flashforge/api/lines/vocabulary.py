"""What the two words of ``M119`` mean together (docs/protocol/adventurer-3-4.md §8)."""

from collections.abc import Mapping
import re
from types import MappingProxyType

from ..state import Status

_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{0,9})?", re.ASCII)

_READY = frozenset({"READY", "IDLE"})
_AT_REST = frozenset({"READY", "PAUSED"})
# Modes of a machine that is ready and does nothing; a number and none at all mean it, too.

_HEATING = frozenset({"WAIT_ON_TOOL", "WAIT_ON_PLATFORM"})

_WORDS: Mapping[str, Status] = MappingProxyType(
    {
        "BUSY": Status.BUSY,
        "HOMING": Status.BUSY,
        "PAUSED": Status.PAUSED,
        "PAUSE": Status.PAUSED,
        "CANCEL_BUILD": Status.CANCELING,
        "BUILDING_COMPLETED": Status.COMPLETED,
        "ERROR": Status.ERROR,
        "HEAT_SHUTDOWN": Status.ERROR,
    }
)
"""The words of the machine that decide alone."""


def status_of(machine: str | None, mode: str | None) -> Status | None:
    """Return the status that the words of machine and motion mean, None if unknown."""
    if machine is None:
        return None
    if machine in _WORDS:
        return _WORDS[machine]
    if machine in _READY:
        rests = mode is None or mode in _AT_REST or _NUMBER.fullmatch(mode)
        return Status.IDLE if rests else Status.BUSY
    if machine == "PRINTING" or machine.startswith("BUILDING"):
        if mode in _HEATING:
            return Status.HEATING
        return Status.PAUSED if mode == "PAUSED" else Status.PRINTING
    return None
