"""A job: the print of a stored file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..models.files import StoredFile, Tool

_LEVELING_SECONDS = 750.0
_FLOW_SECONDS_PER_TOOL = 210.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOptions:
    """The options of a start.

    `slots` maps a tool of the file (from 0) to a slot or head (from 1); a tool
    that is missing takes the slot from the slicer, or else the slot with its number.
    `use_station` is for a station that can be unplugged: None uses it if the file or
    `slots` need it.
    """

    leveling: bool = False
    flow_calibration: bool = False
    time_lapse: bool = False
    first_layer_inspection: bool = False
    use_station: bool | None = None
    slots: Mapping[int, int] = field(default_factory=dict)

    def preparation(self, tools: int) -> float:
        """Return the seconds that the options take before the heating (docs/protocol/http.md §7)."""
        flow = _FLOW_SECONDS_PER_TOOL * tools if self.flow_calibration else 0.0
        return flow + (_LEVELING_SECONDS if self.leveling else 0.0)


class Job:
    """The progress of a print, 0 to 1. Times are seconds."""

    def __init__(
        self, file: StoredFile, options: JobOptions, look: Callable[[], None]
    ) -> None:
        """Take the file; `look` brings the machine up to date."""
        self.file = file
        self.options = options
        self._look = look
        self._done = 0.0
        self._elapsed = 0.0
        self._started = False

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.file.name

    @property
    def started(self) -> bool:
        """The first extrusion has been reached."""
        self._look()
        return self._started

    @property
    def elapsed(self) -> float:
        """The seconds of printing, without pauses and warm-up."""
        self._look()
        return self._elapsed

    @property
    def progress(self) -> float:
        """The part of the file that is printed, 0 to 1."""
        self._look()
        return min(self._done / (self.file.print_seconds or 1.0), 1.0)

    @property
    def layers(self) -> int:
        """The layers of the file."""
        return self.file.layers

    @property
    def layer(self) -> int:
        """The layer being printed, from 1; 0 before the first extrusion."""
        if not self.started:
            return 0
        return min(1 + int(self.progress * self.layers), self.layers)

    @property
    def remaining(self) -> float:
        """The remaining seconds at normal speed."""
        self._look()
        return max(self.file.print_seconds - self._done, 0.0)

    @property
    def tool(self) -> int:
        """The tool in use, from 0; the tools print one after the other."""
        printed = self.progress * sum(tool.grams for tool in self.file.used.values())
        for number, tool in self.file.used.items():
            printed -= tool.grams
            if printed < 0:
                return number
        return max(self.file.used)

    def slot_of(self, number: int, tool: Tool) -> int:
        """Return the slot or head, from 1, that feeds a tool of the file."""
        return self.options.slots.get(number) or tool.slot or number + 1

    def begin(self) -> None:
        """Extrude for the first time."""
        self._started = True

    def work(self, seconds: float, speed_factor: float) -> float:
        """Print for some seconds and return the meters of filament it took."""
        before = self.progress
        self._elapsed += seconds
        self._done += seconds * speed_factor / 100
        return (self.progress - before) * self.file.filament_mm / 1000
