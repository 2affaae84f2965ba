"""3mf files with sliced plates: a zip of G-code, pictures and facts.

A zip may come from anywhere: its list of members is not trusted, no member is unpacked
further than needed, and nothing is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
import io
from pathlib import Path
import re
from typing import override
import zipfile
import zlib

import orjson

from ..errors import NotSlicedError, UnreadableFileError
from ..prints import SlicedFile
from ..wire.fields import JsonObject, as_list, as_object, count, number
from .pictures import MAX_PICTURE, largest
from .plates import LONGEST_VALUE, Plate, read_plates
from .slicers import HEAD, TAIL, read_gcode
from .values import MAX_TOOLS

SUFFIX = ".3mf"
"""How such a file is called."""

_MOST_GCODE = 64 * 1024 * 1024
# The end of a longer G-code is not looked at, as all before it must be unpacked.

_MOST_XML = 1024 * 1024
_MOST_JSON = 512 * 1024
_MOST_IN_JSON = 20_000
# Values and lists; a profile with 16 filaments has about 5000.

_MOST_AT_ONCE = 256 * 1024
_CHUNK = 64 * 1024

_SLICE_INFO = "Metadata/slice_info.config"
_PROJECT = "Metadata/project_settings.config"
_PRINTER_SETTINGS = ("printer_model", "nozzle_diameter", "printable_area")
_BOX = ("minx", "miny", "maxx", "maxy")
_PLATE = re.compile(r"Metadata/plate_(\d{1,3})", re.ASCII)
_GCODE = ".gcode"
_PICTURES = (".png", "_small.png")

_KNOWN_PACKING = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class _TooMuchError(Exception):
    """A zip needs more data at once than any real one."""


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    _TooMuchError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
# What Python's zip reader raises for what it cannot make sense of, or does not find.


class _SmallReads(io.FileIO):
    """A file that is read in small pieces only.

    The list of members is read in one piece before anything can look at it, so this
    is what bounds their number.
    """

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        """Read like a file, but never much."""
        too_much = _MOST_AT_ONCE + 1
        asked = too_much if size is None or size < 0 else size
        data = super().read(min(asked, too_much)) or b""
        if len(data) == too_much:
            raise _TooMuchError
        return data


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Return a member piece by piece, as far as it can be unpacked."""
    try:
        info = archive.getinfo(name)
        if info.flag_bits & 1 or info.compress_type not in _KNOWN_PACKING:
            return
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                yield chunk
    except _BROKEN:
        return


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return a small member, nothing of one that is larger than ``most``."""
    data = bytearray()
    for chunk in _chunks(archive, name):
        data += chunk
        if len(data) > most:
            return b""
    return bytes(data)


def _ends(chunks: Iterable[bytes], *, to_the_end: bool) -> tuple[bytes, bytes | None]:
    """Return the start of a long text and, if wanted, its end; None for a short one."""
    head, tail, unpacked = bytearray(), bytearray(), 0
    for chunk in chunks:
        unpacked += len(chunk)
        if len(head) < HEAD:
            head += chunk
        elif to_the_end and unpacked <= _MOST_GCODE:
            tail += chunk
            del tail[:-TAIL]
        else:
            return bytes(head), b""
    return bytes(head), bytes(tail) or None


def _plate(archive: zipfile.ZipFile, number: int | None) -> Plate:
    plates = read_plates(_member(archive, _SLICE_INFO, _MOST_XML))
    own = [each for each in plates if count(each.facts.get("index")) == number]
    return next(iter(own or (plates if len(plates) == 1 else ())), Plate())


def _json(data: bytes) -> JsonObject:
    """Return an object of JSON, an empty one when it is not valid or too large."""
    if not data or sum(map(data.count, (b"[", b"{", b","))) > _MOST_IN_JSON:
        return {}
    try:
        return as_object(orjson.loads(data)) or {}
    except ValueError:
        return {}


def _settings(archive: zipfile.ZipFile, stem: str) -> dict[str, str]:
    """Return the facts about printer and plate size, with the names of the comments."""
    read = _json(_member(archive, _PROJECT, _MOST_JSON))
    found: dict[str, str] = {}
    for name in _PRINTER_SETTINGS:
        values = as_list(read.get(name)) or [read.get(name)]
        texts = [each for each in values[:MAX_TOOLS] if isinstance(each, str)]
        if texts and len(texts) == len(values[:MAX_TOOLS]):
            found[name] = ",".join(each[:LONGEST_VALUE] for each in texts)
    box = as_list(_json(_member(archive, f"{stem}.json", _MOST_JSON)).get("bbox_all"))
    ends = [number(each) for each in (box or ())[: len(_BOX)]]
    for name, end in zip(_BOX, ends, strict=False):
        if end is not None:
            found[name] = f"{end:f}"
    return found


def _both(first: SlicedFile, second: SlicedFile) -> SlicedFile:
    """Return the first, completed from the second."""
    unsaid = [each.name for each in fields(first) if not getattr(first, each.name)]
    return replace(first, **{name: getattr(second, name) for name in unsaid})


def _read(archive: zipfile.ZipFile, gcode: str) -> SlicedFile:
    stem = gcode.removesuffix(_GCODE)
    named = _PLATE.fullmatch(stem)
    sliced = _plate(archive, int(named[1]) if named else None).sliced()
    pictures = (_member(archive, f"{stem}{end}", MAX_PICTURE) for end in _PICTURES)
    sliced = replace(sliced, thumbnail=largest(pictures))
    # The slicer's XML and settings contain all that the end of the G-code does.
    settings = _settings(archive, stem)
    unsaid = sliced.tools is None or "printer_model" not in settings
    ends = _ends(_chunks(archive, gcode), to_the_end=unsaid)
    return _both(sliced, read_gcode(*ends, known=settings))


def _order(name: str) -> tuple[int, str]:
    """Return what puts the plate first that a printer prints: its lowest number."""
    named = _PLATE.fullmatch(name.removesuffix(_GCODE))
    return (int(named[1]) if named else 1000, name)


def read_threemf(path: Path) -> SlicedFile:
    """Return what a 3mf contains about its first sliced plate.

    Raises ``UnreadableFileError`` when it is no zip or has lost its end, where the list
    of members is, and ``NotSlicedError`` when there is no G-code among the members.
    """
    try:
        with _SmallReads(path) as file, zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if name.endswith(_GCODE)]
            if not names:
                raise NotSlicedError(file=path.name)
            return _read(archive, min(names, key=_order))
    except zipfile.BadZipFile as err:
        raise UnreadableFileError(file=path.name) from err
    except _TooMuchError, NotImplementedError, OverflowError, ValueError:
        # A zip that we do not understand may be one that its printer does.
        return SlicedFile()
