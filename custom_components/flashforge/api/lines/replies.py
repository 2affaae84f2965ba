"""The meaning of the replies of the line protocol (docs/protocol/tcp.md §1, §3 and §5)."""

from collections.abc import Callable, Iterable
import re

from ..errors import (
    FlashForgeError,
    LineChannelTakenError,
    MissingFileError,
    RefusedError,
)
from .reader import LineReply

_LIST_HEAD = re.compile(rb"\s*D..D(.{4})", re.DOTALL)
_NAME_MARK = b"::\xa3\xa3"
_NO_NAME = frozenset({b"\0", b"\r", b"\n"})
_SIZE = 4
MOST_NAMES = 4096
"""So many files of a list are read, many more than a printer has room for."""

_FOLDERS = ("/data/", "[FLASH]/")

_POSITION = re.compile(r"\b([XYZA]\d?):\s*(-?\d+(?:\.\d+)?)")

_NOWHERE = -1000.0
"""Position in mm of an axis that is not known (docs/protocol/adventurer-3-4.md §4.4)."""

_CONTROL = re.compile(r"control success", re.IGNORECASE)

_FORM = re.compile(r"control success(\s+V)?", re.IGNORECASE)
_PICTURE_MARKS = frozenset({b"\xa2\xa2\x2a\x2a", b"\x2a\x2a\xa2\xa2"})
_PNG, _BMP, _BMP_HEAD = b"\x89PNG\r\n\x1a\n", b"BM", 6

type _Failure = Callable[[str], FlashForgeError]

_FAILURES: tuple[tuple[re.Pattern[str], _Failure], ...] = (
    (re.compile(r"control failed", re.IGNORECASE), LineChannelTakenError),
    (
        re.compile(r"error: file (not exists|is not available)", re.IGNORECASE),
        lambda line: MissingFileError(None, line),
    ),
    (
        re.compile(r"error:|CMD\s+\S+\s+error", re.IGNORECASE),
        lambda line: RefusedError(None, line),
    ),
)
"""How a line begins that is an error, and what it means; the first one that fits."""


def failure(reply: LineReply) -> FlashForgeError | None:
    """Return what the printer refused, None when it did not."""
    for line in reply.lines:
        for pattern, error in _FAILURES:
            if pattern.match(line):
                return error(line)
    return None


def gives_control(lines: Iterable[str]) -> bool:
    """Return whether a reply means that its connection has control now."""
    return any(_CONTROL.match(line) for line in lines)


def wants_frames(lines: Iterable[str]) -> bool | None:
    """Return whether files go in frames, None when the reply does not say.

    A version behind the success means that the bare bytes go, whichever it is.
    """
    for line in lines:
        if match := _FORM.match(line):
            return match[1] is None
    return None


def picture(data: bytes) -> tuple[bytes | None, bool]:
    """Return the picture in the data behind a reply, and whether it is complete.

    It may have a mark and a size before it. A BMP tells its own size, which counts more.
    """
    start = data.lstrip(b"\r\n")
    size: int | None = None
    if start[:_SIZE] in _PICTURE_MARKS:
        if len(start) < 2 * _SIZE:
            return None, False
        size = int.from_bytes(start[_SIZE : 2 * _SIZE])
        start = start[2 * _SIZE :]
    if start.startswith(_BMP) and len(start) >= _BMP_HEAD:
        size = int.from_bytes(start[2:6], "little")
    found = start if size is None else start[:size]
    known = found.startswith((_PNG, _BMP))
    return (found if known else None), size is not None and len(start) >= size


def listed_names(reply: LineReply) -> tuple[str, ...] | None:
    """Return the files of a list in plain lines, None when it is none."""
    if not any(line.startswith("info_list.size") for line in reply.lines):
        return None
    names = reply.lines[1 : MOST_NAMES + 1]
    return tuple(_file_name(name.encode()) for name in names)


def position(reply: LineReply) -> dict[str, float]:
    """Return where the axes stand in mm by their letter, ``A`` is the extruder.

    ``X1`` and ``X2`` are those of two heads that move apart.
    Axes that are not reported are not in it, nor those that the printer does not know.
    """
    told = {axis: float(value) for axis, value in _POSITION.findall(reply.text)}
    return {axis: value for axis, value in told.items() if value > _NOWHERE}


def file_names(data: bytes) -> tuple[tuple[str, ...], bool]:
    """Return the files of a list, and whether the list is complete.

    A length that does not fit is not believed: the name ends where the next begins.
    """
    head = _LIST_HEAD.match(data)
    if head is None:
        return (), False
    total = min(int.from_bytes(head[1]), MOST_NAMES)
    names: list[str] = []
    at, whole = head.end(), True
    while len(names) < total and data.startswith(_NAME_MARK, at):
        start = at + len(_NAME_MARK) + _SIZE
        end = start + int.from_bytes(data[start - _SIZE : start])
        whole = end == len(data) or data.startswith(_NAME_MARK, end)
        # What a printer adds behind the last name is not part of it.
        whole |= len(names) + 1 == total and data[end : end + 1] in _NO_NAME
        if not whole:
            end = data.find(_NAME_MARK, start)
            end, whole = (end, True) if end >= 0 else (len(data), False)
        names.append(_file_name(data[start:end]))
        at = end
    return tuple(name for name in names if name), whole and len(names) == total


def _file_name(raw: bytes) -> str:
    name = raw.decode("utf-8", "replace").strip("\0\r\n ")
    for folder in _FOLDERS:
        name = name.removeprefix(folder)
    return name
