"""How a firmware words its replies at port 8899, as data (docs/protocol/adventurer-3-4.md §4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

type Words = Mapping[str, tuple[str, str]]
"""`MachineStatus` and `MoveMode` of each state of a machine, by its name."""

JOB = "BUILDING_FROM_SD"
MODERN_WORDS: Words = {
    "ready": ("READY", "READY"),
    "error": ("READY", "READY"),
    "canceled": ("READY", "READY"),
    "busy": ("BUSY", "HOMING"),
    "calibrating": ("BUSY", "MOVING"),
    "starting": ("BUSY", "READY"),
    "canceling": ("BUSY", "MOVING"),
    "heating": (JOB, "WAIT_ON_TOOL"),
    "printing": (JOB, "MOVING"),
    "pausing": (JOB, "PAUSED"),
    "paused": ("PAUSED", "PAUSED"),
    "completed": ("BUILDING_COMPLETED", "PAUSED"),
}
"""The words of the 5M family."""

BED_FIRST = "heating the bed"
"""The key of the words while the bed is the part that is still cold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """How `M662` sends a picture: its mark, its format, bytes behind it that mean nothing."""

    mark: bytes = b"\xa2\xa2**"
    image_format: str = "PNG"
    excess: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The replies of one firmware; every text is the template of a line.

    `identity` is `M115`, `state` is `M119`, `temperatures` is `M105`, `position` is
    `M114`, `version` is `M650`, `opened` is `M23`. `progress` is `M27` while a job runs
    and `progress_idle` at other times; `total` is what it counts to, None stands for the
    bytes of the file, and then the last value is one more than there are.

    With `whole_degrees` temperatures have no decimals. `keeps_file` shows the file of
    the last job too. `lost_axis` is an axis whose position is -1000 during a job.
    The replies to some commands are not whole: `without_head` lack the first line,
    `without_ok` the last one, `echoed` have only the command itself, `unanswered` nothing.
    With `lists_lines` the list of files is text.
    """

    identity: tuple[str, ...] = (
        "Machine Type: {machine_type}",
        "Machine Name: {name}",
        "Firmware: v{firmware}",
        "SN: {serial}",
        "X: {x} Y: {y} Z: {z}",
        "Tool Count: {tools}",
        "Mac Address:{mac}",
    )
    state: tuple[str, ...] = (
        "Endstop: X-max: {x_end} Y-max: {y_end} Z-min: 0",
        "MachineStatus: {status}",
        "MoveMode: {mode}",
        "Status: S:1 L:0 J:0 F:0",
        "LED: {light}",
        "CurrentFile: {file}",
    )
    words: Words = field(default_factory=lambda: MODERN_WORDS)
    temperatures: str = "T0:{t0.now}/{t0.target} T1:0.0/0.0 B:{bed.now}/{bed.target}"
    whole_degrees: bool = False
    progress: tuple[str, ...] = (
        "SD printing byte {done}/{total}",
        "Layer: {layer}/{layers}",
    )
    progress_idle: tuple[str, ...] = (
        "SD printing byte {done}/{total}",
        "Layer: {layer}/{layers}",
    )
    total: int | None = 100
    position: str = "X:{x:.3f} Y:{y:.3f} Z:{z:.3f} A:{a:.3f} B:0"
    version: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    keeps_file: bool = True
    lost_axis: str | None = None
    without_head: frozenset[str] = frozenset()
    without_ok: frozenset[str] = frozenset()
    echoed: frozenset[str] = frozenset()
    unanswered: frozenset[str] = frozenset()
    lists_lines: bool = False
    picture: Picture = Picture()
    list_folder: str = "/data/"

    def without(self, *names: str) -> Dialect:
        """Return the dialect without some lines of `M115` and `M119`, such as `SN:`."""

        def kept(lines: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(line for line in lines if not line.startswith(names))

        return replace(self, identity=kept(self.identity), state=kept(self.state))


MODERN = Dialect()
"""The dialect of the 5M family."""
