"""How slicers write values: times, colors, lists and outlines."""

from collections.abc import Callable
import re

from ..models.colors import read_color
from ..wire.fields import amount, number, text as read_text

MAX_TOOLS = 64
"""Lists longer than this are no tools of any printer."""

_LONGEST_DURATION = 60
_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_BARE_COLOR = re.compile(r"#?0?([0-9A-Fa-f]{6})(?:[0-9A-Fa-f]{2})?")
# Some firmware writes one zero too many in front.


def duration(raw: str) -> float | None:
    """Read a time in s, as ``1d 2h 3m 4s`` or as bare seconds; 0 is unknown."""
    said = raw.strip()
    if not said or len(said) > _LONGEST_DURATION:
        return None
    if said[-1] not in _UNITS:
        return amount(said) or None
    seconds, left = 0, "".join(said.split())
    for unit, length in _UNITS.items():
        number, found, rest = left.partition(unit)
        if found:
            if not (number.isascii() and number.isdecimal() and len(number) < 10):
                return None
            seconds, left = seconds + int(number) * length, rest
    return None if left else float(seconds) or None


def tool_color(raw: object) -> str | None:
    """Read a color as ``#RRGGBB``, also one with an opacity after it."""
    match = _BARE_COLOR.fullmatch(raw.strip()) if isinstance(raw, str) else None
    return read_color(match[1]) if match else None


def parts[T](raw: str, separator: str, read: Callable[[str], T]) -> tuple[T, ...]:
    """Read a list of at most ``MAX_TOOLS`` parts, each perhaps in quotation marks."""
    found = raw.split(separator, MAX_TOOLS)[:MAX_TOOLS] if raw else []
    return tuple(read(part.strip().strip('"')) for part in found)


def amounts(raw: str | None) -> tuple[float, ...]:
    """Read a list of amounts, with or without an ``m`` for meters; all or none."""
    each = parts(raw or "", ",", lambda part: amount(part.removesuffix("m")))
    found = tuple(one for one in each if one is not None)
    return found if len(found) == len(each) else ()


def unquoted(raw: str) -> str | None:
    """Read a text, perhaps in quotation marks."""
    return read_text(raw.strip().strip("\"'"))


def diameters(raw: str) -> tuple[float, ...]:
    """Read the diameters of nozzles in mm."""
    found = parts(raw.replace(";", ","), ",", amount)
    return tuple(each for each in found if each)


def outline(raw: str) -> tuple[float, float] | None:
    """Read width and depth in mm of an outline, ``0x0,220x0,220x220,0x220``."""
    points = [point.split("x") for point in raw.split(",", MAX_TOOLS)[:MAX_TOOLS]]
    read = [[number(each.strip()) for each in point] for point in points]
    xs = [point[0] for point in read if len(point) == 2 and point[0] is not None]
    ys = [point[1] for point in read if len(point) == 2 and point[1] is not None]
    if len(xs) != len(read) or len(ys) != len(read) or len(read) < 3:
        return None
    return (max(xs) - min(xs), max(ys) - min(ys))
