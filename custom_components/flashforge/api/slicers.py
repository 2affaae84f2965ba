"""What slicers write about a print into the comments of its G-code.

Each slicer has its own words, so a fact has several names, tried in the order of the
tables here: those of OrcaSlicer, PrusaSlicer and Orca-Flashforge, BambuStudio, Cura and
FlashPrint. A fact that cannot be read is None, and costs nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
import re

from .fields import amount, color as read_color, count, text as read_text
from .pictures import embedded, largest
from .state import FileTool, SlicedFile

MAX_TOOLS = 64
"""Lists longer than this are no tools of any printer."""

HEAD = 1024 * 1024
"""Bytes to read from the start: pictures and BambuStudio's settings are there."""

TAIL = 256 * 1024
"""Bytes to read from the end: the other slicers' totals and settings are there."""

type Facts = Mapping[str, str]
"""What the comments say, by name in lower case."""

_LONGEST = 2000
# A longer comment is a macro of the printer's profile or a piece of a picture.

_SLICERS = re.compile(
    r"(?:G-Code )?generated (?:by|with) (.{1,80}?)(?: on .*| at .*)?"
    r"|((?:BambuStudio|OrcaSlicer|Orca-Flashforge)[ -]?[\w.]{0,40})",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"(?:(\d{1,6})d)?\s*(?:(\d{1,6})h)?\s*(?:(\d{1,6})m)?\s*(?:(\d{1,9})s)?", re.ASCII
)
_TOOL_CHANGE = re.compile(r"(?:M108 )?T(\d{1,2})(?=[\s;]|$)", re.ASCII)
_BARE_COLOR = re.compile(r"(#?[0-9A-Fa-f]{6})(?:[0-9A-Fa-f]{2})?")

_SLICER = "slicer"
_TIMES = ("estimated printing time (normal mode)", "total estimated time", "time")
_WEIGHTS = ("filament used [g]", "total filament weight [g]")
_TOTAL_WEIGHTS = ("total filament used [g]",)
_LENGTHS = ("filament used [mm]", "total filament length [mm]")
_METERS = ("filament used",)
_LAYERS = ("total layer number", "total layers count", "layer_count")
_PRINTERS = ("printer_model", "machine_type", "target_machine.name")
_MATERIALS = "filament_type"
_SIDES = ("right_extruder_material", "left_extruder_material")
_COLORS = ("filament_colour", "extruder_colour")
_USED_TOOLS = "filament"

_WANTED = frozenset(
    {
        *(*_TIMES, *_WEIGHTS, *_TOTAL_WEIGHTS, *_LENGTHS, *_METERS, *_LAYERS),
        *(*_PRINTERS, _MATERIALS, *_SIDES, *_COLORS, _USED_TOOLS),
    }
)
_TWO_IN_ONE = "model printing time"
# The one comment that holds two facts.


def _comments(line: str) -> Iterable[str]:
    comment = line[:_LONGEST].lstrip("; \t").rstrip()
    return comment.split(";") if comment.startswith(_TWO_IN_ONE) else (comment,)


def _fact(comment: str) -> tuple[str, str]:
    """Return name and value of ``name = value`` or ``name: value``."""
    at = min((at for at in map(comment.find, "=:") if at > 0), default=len(comment))
    return comment[:at].strip().lower(), comment[at + 1 :].strip()


def read_facts(text: str) -> tuple[Facts, frozenset[int]]:
    """Return what the comments say, and which tools the commands change to.

    The first of a name counts: a slicer writes about the print before it writes out
    the settings, and whatever else has the name comes later still.
    """
    facts: dict[str, str] = {}
    changes: set[int] = set()
    for line in text.split("\n"):
        if line.startswith(";"):
            for comment in _comments(line):
                name, value = _fact(comment)
                if name in _WANTED:
                    facts.setdefault(name, value)
                elif _SLICER not in facts and (match := _SLICERS.fullmatch(comment)):
                    facts[_SLICER] = match[1] or match[2]
        elif line.startswith(("T", "M108 T")) and (match := _TOOL_CHANGE.match(line)):
            changes.add(int(match[1]))
    return facts, frozenset(changes)


def duration(raw: str) -> float | None:
    """Read a time in s, as ``1d 2h 3m 4s`` or as bare seconds; 0 is unknown."""
    match = _DURATION.fullmatch(raw.strip())
    parts = match.groups(default="0") if match and raw.strip() else None
    if parts is None:
        return amount(raw) or None
    days, hours, minutes, seconds = map(int, parts)
    return float(((days * 24 + hours) * 60 + minutes) * 60 + seconds) or None


def tool_color(raw: object) -> str | None:
    """Read a color as ``#RRGGBB``, also one with an opacity after it."""
    match = _BARE_COLOR.fullmatch(raw.strip()) if isinstance(raw, str) else None
    return read_color(match[1]) if match else None


def _first[T](facts: Facts, names: Iterable[str], read: Callable[[str], T]) -> T | None:
    """Return what the first of these names says that says anything."""
    found = (read(facts[name]) for name in names if name in facts)
    return next((value for value in found if value is not None), None)


def _list[T](raw: str, separator: str, read: Callable[[str], T]) -> tuple[T, ...]:
    parts = raw.split(separator, MAX_TOOLS)[:MAX_TOOLS] if raw else []
    return tuple(read(part.strip().strip('"')) for part in parts)


def _amounts(raw: str | None) -> tuple[float, ...]:
    """Read a list of amounts, with or without an ``m`` for meters; all or none."""
    parts = _list(raw or "", ",", lambda part: amount(part.removesuffix("m")))
    found = tuple(each for each in parts if each is not None)
    return found if len(found) == len(parts) else ()


def _by_tool(facts: Facts, names: Iterable[str]) -> dict[int, float] | None:
    """Return the amounts of a list by tool, None when every list says 0.

    A list is of all tools from the first, those after its end print nothing; only
    BambuStudio lists the tools it prints with, and says elsewhere which these are.
    A profile without a density makes every weight 0, and no file prints nothing.
    """
    for name in names:
        amounts = _amounts(facts.get(name))
        tools: tuple[int, ...] = tuple(range(len(amounts)))
        if name.startswith("total "):
            used = _list(facts.get(_USED_TOOLS, ""), ",", count)
            tools = tuple(number - 1 for number in used if number)
        if any(amounts) and len(tools) == len(amounts):
            return dict(zip(tools, amounts, strict=True))
    return None


def _sum(facts: Facts, names: Iterable[str]) -> float | None:
    """Return the total of the first list that has one; 0 is unknown."""
    sums = (sum(_amounts(facts.get(name))) for name in names)
    return next((total for total in sums if total), None)


def _materials(facts: Facts) -> tuple[str | None, ...]:
    found = _list(facts.get(_MATERIALS, ""), ";", read_text)
    return found or tuple(read_text(facts[side]) for side in _SIDES if side in facts)


def _colors(facts: Facts) -> tuple[str | None, ...]:
    """Return the colors of the spools, where these have none those of the extruders."""
    lists = [_list(facts.get(name, ""), ";", tool_color) for name in _COLORS]
    longest = max(map(len, lists))
    padded = [each + (None,) * (longest - len(each)) for each in lists]
    return tuple(spool or other for spool, other in zip(*padded, strict=True))


def _weight_of(
    tool: int, weights: Mapping[int, float] | None, lengths: Mapping[int, float] | None
) -> float | None:
    """Return the weight of what a tool prints: 0 only if nothing says that it prints.

    A length without a weight is a profile without a density, or so little filament that
    its weight was rounded off.
    """
    weight = weights.get(tool, 0.0) if weights is not None else 0.0
    unsaid = weights is None and lengths is None
    return weight or (None if unsaid or (lengths or {}).get(tool) else 0.0)


def _tools(
    facts: Facts, changes: frozenset[int], *, whole: bool
) -> tuple[FileTool, ...] | None:
    """Return the tools, None when nothing says which there are.

    Without amounts the commands tell which tools are printed with, yet only when all of
    them were seen; else every tool may be one.
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


def _describe(facts: Facts, changes: frozenset[int], *, whole: bool) -> SlicedFile:
    length = _sum(facts, _LENGTHS)
    return SlicedFile(
        slicer=_first(facts, (_SLICER,), read_text),
        printer=_first(facts, _PRINTERS, read_text),
        print_time=_first(facts, _TIMES, duration),
        weight=_sum(facts, (*_WEIGHTS, *_TOTAL_WEIGHTS)),
        filament_length=length / 1000 if length else _sum(facts, _METERS),
        layers=_first(facts, _LAYERS, lambda raw: count(raw) or None),
        tools=_tools(facts, changes, whole=whole),
    )


def read_gcode(
    head: bytes, tail: bytes | None = None, known: Facts | None = None
) -> SlicedFile:
    """Return what G-code says about the print.

    ``tail`` is None when ``head`` is all there is. What is ``known`` from elsewhere, by
    the names of the comments, counts more. Lines that the cuts have left in part are
    dropped: half a number reads like a whole one.
    """
    text = head.decode("utf-8", "replace")
    if tail is not None:
        end = tail.decode("utf-8", "replace").partition("\n")[2]
        text = f"{text.rpartition('\n')[0]}\n{end}"
    facts, changes = read_facts(text)
    sliced = _describe({**facts, **(known or {})}, changes, whole=tail is None)
    return replace(sliced, thumbnail=largest(embedded(text)))
