"""What the replies to the reading commands say, line by line.

Lines are found by their names, because their order differs from model to model
(docs/protocol/adventurer-3-4.md §4). What cannot be read is None.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import re

from ..state import Heater
from ..wire.fields import NO_SENSOR, file_name, firmware, mac, text

_HEATER = re.compile(
    r"\b(T\d?|B)\)?\s*:\s*(-?\d{1,4}(?:\.\d{1,8})?)\s*/\s*(-?\d{1,4}(?:\.\d{1,8})?)"
)
# Of a text in lower case: ignoring the case takes 20 times as long.
_PROGRESS = re.compile(r"byte\s{1,9}(\d{1,15})\s{0,9}/\s{0,9}(\d{1,15})")
_LAYER = re.compile(r"layer:\s{0,9}(\d{1,7})\s{0,9}/\s{0,9}(\d{1,7})")
_SIZE = re.compile(
    r"X:\s*(\d{1,4}(?:\.\d{1,4})?)\s+Y:\s*(\d{1,4}(?:\.\d{1,4})?)\s+Z:\s*(\d{1,4}(?:\.\d{1,4})?)"
)
_PLUGIN = re.compile(r"VER: ?(\S{1,64})")
_SERIAL = re.compile(r"[\x21-\x7e]{4,64}")
_TOOLS = re.compile(r"[1-4]")
_SWITCH = {"1": True, "on": True, "0": False, "off": False}

HOTTEST = 600.0
"""Degrees in °C that no printer reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """The reply to ``M119``: the two words, the light and the file."""

    machine: str | None = None
    mode: str | None = None
    light: bool | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """The reply to ``M27``: how many of how many, percent, bytes or another unit."""

    done: int = 0
    total: int = 0
    layer: int | None = None
    total_layers: int | None = None

    @property
    def percent(self) -> int | None:
        """How much is done, 100 only when all of it is."""
        return min(100 * self.done // self.total, 100) if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineReport:
    """The reply to ``M115``: who the printer is."""

    machine_type: str | None = None
    name: str | None = None
    firmware: str | None = None
    serial: str | None = None
    mac: str | None = None
    tools: int | None = None
    size: tuple[float, float, float] | None = None


def read_status(lines: Iterable[str]) -> StatusReport:
    """Return what ``M119`` reports."""
    told = named(lines)
    light = told.get("led") or told.get("ledstatus") or ""
    return StatusReport(
        machine=_word(told.get("machinestatus")),
        mode=_word(told.get("movemode")),
        light=_SWITCH.get(light.lower()),
        file=file_name(told.get("currentfile") or told.get("printfilename")),
    )


def read_temperatures(lines: Iterable[str]) -> dict[str, Heater]:
    """Return the heaters of ``M105`` by their letter, a single nozzle as ``T0``."""
    found: dict[str, Heater] = {}
    for part, temperature, target in _HEATER.findall("\n".join(lines)):
        name = "T0" if part == "T" else part
        found.setdefault(
            name, Heater(temperature=_degrees(temperature), target=_degrees(target))
        )
    return found


def read_progress(lines: Iterable[str]) -> ProgressReport | None:
    """Return how far ``M27`` says that the job is."""
    told = "\n".join(lines).lower()
    if (match := _PROGRESS.search(told)) is None:
        return None
    layer, total_layers = None, None
    if (layers := _LAYER.search(told)) is not None and int(layers[2]):
        layer, total_layers = min(int(layers[1]), int(layers[2])), int(layers[2])
    return ProgressReport(
        done=int(match[1]),
        total=int(match[2]),
        layer=layer,
        total_layers=total_layers,
    )


def read_machine(lines: Iterable[str]) -> MachineReport:
    """Return what ``M115`` reports."""
    lines = tuple(lines)
    told = named(lines)
    size = next((match for line in lines if (match := _SIZE.match(line))), None)
    version = firmware(told.get("firmware") or _plugin_version(told))
    tools = told.get("toolcount", "")
    serial = (told.get("sn") or told.get("serialnumber") or "").upper()
    return MachineReport(
        machine_type=text(told.get("machinetype")),
        name=text(told.get("machinename")),
        # What follows the version are the hardware and a date.
        firmware=version.split()[0] if version else None,
        serial=serial if _SERIAL.fullmatch(serial) else None,
        mac=mac(told.get("macaddress")),
        tools=int(tools) if _TOOLS.fullmatch(tools) else None,
        size=(float(size[1]), float(size[2]), float(size[3])) if size else None,
    )


def named(lines: Iterable[str]) -> Mapping[str, str]:
    """Return the values by their names, in lower case and without blanks."""
    told: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            told.setdefault("".join(name.split()).lower(), value.strip())
    return told


def _plugin_version(told: Mapping[str, str]) -> str | None:
    """Return the version in the line as an OctoPrint plugin rewrites it."""
    found = _PLUGIN.search(told.get("firmware_name") or "")
    return found[1] if found else None


def _word(raw: str | None) -> str | None:
    value = text(raw)
    return value.upper() if value else None


def _degrees(raw: str) -> float | None:
    value = float(raw)
    return value if NO_SENSOR < value < HOTTEST else None
