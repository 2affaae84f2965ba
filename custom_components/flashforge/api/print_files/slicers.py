"""Facts about a print in the comments of its G-code.

Each slicer has its own words, so a fact has several names, tried in the order of the
tables here: those of OrcaSlicer, PrusaSlicer and Orca-Flashforge, BambuStudio, Cura and
FlashPrint. A fact that cannot be read is None, and costs nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
import re

from ..prints import FileTool, SlicedFile
from ..wire.fields import amount, count, number, text as read_text
from .pictures import Thumbnails, largest
from .slices import decoded, lines
from .values import amounts, diameters, duration, outline, parts, tool_color, unquoted

HEAD = 1024 * 1024
"""Bytes to read from the start: pictures and BambuStudio's settings are there."""

TAIL = 256 * 1024
"""Bytes to read from the end: the other slicers' totals and settings are there."""

type Facts = Mapping[str, str]
"""The values in the comments, by name in lower case."""

_TOOL_CHANGE = re.compile(r"(?:M108 )?T(\d{1,2})(?=[\s;]|$)", re.ASCII)
_TIMES = ("estimated printing time (normal mode)", "total estimated time", "time")
_WEIGHTS = ("filament used [g]", "total filament weight [g]")
_TOTAL_WEIGHTS = ("total filament used [g]",)
_LENGTHS = ("filament used [mm]", "total filament length [mm]")
_METERS = ("filament used",)
_PRINTERS = ("printer_model", "machine_type", "target_machine.name")
_NOZZLES = ("nozzle_diameter",)
_BEDS = ("printable_area", "bed_shape")
_HEIGHTS = ("max_z_height", "maxz")
_MATERIALS = "filament_type"
_SIDES = ("right_extruder_material", "left_extruder_material")
_COLORS = ("filament_colour", "extruder_colour")
_USED_TOOLS = "filament"

_WANTED = frozenset(
    {
        *(*_TIMES, *_WEIGHTS, *_TOTAL_WEIGHTS, *_LENGTHS, *_METERS),
        *(*_PRINTERS, _MATERIALS, *_SIDES, *_COLORS, _USED_TOOLS),
        *(*_NOZZLES, *_BEDS, *_HEIGHTS, "minx", "maxx", "miny", "maxy"),
    }
)
_TWO_IN_ONE = "model printing time"
# The one comment that holds two facts.


def _comments(line: str) -> Iterable[str]:
    comment = line.lstrip("; \t").rstrip()
    return comment.split(";") if comment.startswith(_TWO_IN_ONE) else (comment,)


def _fact(comment: str) -> tuple[str, str]:
    """Return name and value of ``name = value`` or ``name: value``."""
    at = min((at for at in map(comment.find, "=:") if at > 0), default=len(comment))
    return comment[:at].strip().lower(), comment[at + 1 :].strip()


class _Gathered:
    """What was found in the lines of a file so far.

    The first of a name counts: a slicer writes about the print before it writes out
    the settings, and whatever else has the name comes later still.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.facts: dict[str, str] = {}
        self.changes: set[int] = set()
        self.thumbnail: bytes | None = None
        self._thumbnails = Thumbnails()

    def take(self, part: Iterable[str]) -> None:
        """Take the lines of a file, or of a part of it without a gap."""
        self._thumbnails.cut()
        for line in part:
            if line.startswith(";"):
                self._take_comment(line)
            elif line.startswith(("T", "M108 T")):
                if (match := _TOOL_CHANGE.match(line)) is not None:
                    self.changes.add(int(match[1]))

    def _take_comment(self, line: str) -> None:
        if (picture := self._thumbnails.feed(line)) is not None:
            self.thumbnail = largest((self.thumbnail or b"", picture))
        for comment in _comments(line):
            name, value = _fact(comment)
            if name in _WANTED:
                self.facts.setdefault(name, value)


def _first[T](facts: Facts, names: Iterable[str], read: Callable[[str], T]) -> T | None:
    """Return the value of the first of these names that has one."""
    found = (read(facts[name]) for name in names if name in facts)
    return next((value for value in found if value is not None), None)


def _by_tool(facts: Facts, names: Iterable[str]) -> dict[int, float] | None:
    """Return the amounts of a list by tool, None when every list has only 0.

    A list is of all tools from the first, those after its end print nothing; only
    BambuStudio lists only the tools it prints with, and their numbers elsewhere.
    A profile without a density makes every weight 0, and no file prints nothing.
    """
    for name in names:
        found = amounts(facts.get(name))
        tools: tuple[int, ...] = tuple(range(len(found)))
        if name.startswith("total "):
            used = parts(facts.get(_USED_TOOLS, ""), ",", count)
            tools = tuple(number - 1 for number in used if number)
        if any(found) and len(tools) == len(found):
            return dict(zip(tools, found, strict=True))
    return None


def _sum(facts: Facts, names: Iterable[str]) -> float | None:
    """Return the total of the first list that has one; 0 is unknown."""
    sums = (sum(amounts(facts.get(name))) for name in names)
    return next((total for total in sums if total), None)


def _materials(facts: Facts) -> tuple[str | None, ...]:
    found = parts(facts.get(_MATERIALS, ""), ";", read_text)
    return found or tuple(read_text(facts[side]) for side in _SIDES if side in facts)


def _colors(facts: Facts) -> tuple[str | None, ...]:
    """Return the colors of the spools, where these have none those of the extruders."""
    lists = [parts(facts.get(name, ""), ";", tool_color) for name in _COLORS]
    longest = max(map(len, lists))
    padded = [each + (None,) * (longest - len(each)) for each in lists]
    return tuple(spool or other for spool, other in zip(*padded, strict=True))


def _weight_of(
    tool: int, weights: Mapping[int, float] | None, lengths: Mapping[int, float] | None
) -> float | None:
    """Return the weight of what a tool prints: 0 only if the file does not use it.

    A length without a weight is a profile without a density, or so little filament that
    its weight was rounded off.
    """
    weight = weights.get(tool, 0.0) if weights is not None else 0.0
    unsaid = weights is None and lengths is None
    return weight or (None if unsaid or (lengths or {}).get(tool) else 0.0)


def _tools(
    facts: Facts, changes: frozenset[int], *, whole: bool
) -> tuple[FileTool, ...] | None:
    """Return the tools, None when the file names none.

    Without amounts the commands show which tools print, if all commands were read;
    otherwise every tool may print.
    """
    weights = _by_tool(facts, _WEIGHTS)
    lengths = _by_tool(facts, (*_LENGTHS, *_METERS))
    materials, colors = _materials(facts), _colors(facts)
    named = {*range(len(materials)), *range(len(colors)), *(weights or lengths or ())}
    if weights is None and lengths is None:
        # The first tool needs no change to it.
        named = {*(changes or (named and {0}))} if whole else named | changes
    return (
        tuple(
            FileTool(
                tool=tool,
                material=materials[tool] if tool < len(materials) else None,
                color=colors[tool] if tool < len(colors) else None,
                weight=_weight_of(tool, weights, lengths),
            )
            for tool in sorted(named)
        )
        or None
    )


def _extent(facts: Facts) -> tuple[float, float, float] | None:
    """Return how far the print reaches in X, Y and Z in mm, 0 for what is not known."""
    sides: list[float] = []
    for axis in "xy":
        ends = [number(facts.get(f"{end}{axis}")) for end in ("min", "max")]
        low, high = ends
        sides.append(high - low if low is not None and high is not None else 0.0)
    height = _first(facts, _HEIGHTS, amount) or 0.0
    if height <= 0 and not any(side > 0 for side in sides):
        return None
    return (max(sides[0], 0.0), max(sides[1], 0.0), height)


def _describe(
    facts: Facts, changes: frozenset[int], thumbnail: bytes | None, *, whole: bool
) -> SlicedFile:
    return SlicedFile(
        printer=_first(facts, _PRINTERS, unquoted),
        nozzles=_first(facts, _NOZZLES, diameters) or (),
        bed=_first(facts, _BEDS, outline),
        extent=_extent(facts),
        print_time=_first(facts, _TIMES, duration),
        weight=_sum(facts, (*_WEIGHTS, *_TOTAL_WEIGHTS)),
        tools=_tools(facts, changes, whole=whole),
        thumbnail=thumbnail,
    )


def read_gcode(
    head: bytes, tail: bytes | None = None, known: Facts | None = None
) -> SlicedFile:
    """Return what G-code contains about the print.

    ``tail`` is None when ``head`` is all there is. What is ``known`` from elsewhere, by
    the names of the comments, counts more. Lines that the cuts have left in part are
    dropped: half a number reads like a whole one.
    """
    gathered = _Gathered()
    if tail is None:
        gathered.take(lines(decoded(head)))
    else:
        gathered.take(lines(decoded(head[: head.rfind(b"\n") + 1])))
        gathered.take(lines(decoded(tail[tail.find(b"\n") + 1 or len(tail) :])))
    return _describe(
        {**gathered.facts, **(known or {})},
        frozenset(gathered.changes),
        gathered.thumbnail,
        whole=tail is None,
    )
