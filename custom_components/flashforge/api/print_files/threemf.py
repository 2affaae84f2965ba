"""3mf files with sliced plates: a zip of G-code, pictures and what the slicer knows.

Nobody vouches for a zip: what it claims about its members is not believed, no member is
unpacked further than needed, and nothing is written anywhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
import io
from pathlib import Path
import re
from typing import override
from xml.parsers import expat
import zipfile
import zlib

import orjson

from ..errors import NotSlicedError, UnreadableFileError
from ..prints import FileTool, SlicedFile
from ..wire.fields import (
    JsonObject,
    amount,
    as_list,
    as_object,
    count,
    number,
    text as read_text,
)
from .pictures import MAX_PICTURE, largest
from .slicers import HEAD, MAX_TOOLS, TAIL, duration, read_gcode, tool_color
from .slices import slices

SUFFIX = ".3mf"
"""How such a file is called."""

_MOST_GCODE = 64 * 1024 * 1024
# The end of a longer G-code is not looked at, as all before it must be unpacked.

_MOST_XML = 1024 * 1024
_XML_SLICE = 16 * 1024
_LONGEST_TAG = 48 * 1024
_LONGEST_VALUE = 200
_MOST_PLATES = 256
# A tag is one step for the reader of XML, in which no other thread runs.

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
    """A zip wants more read at once than any real one does."""


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


class _XmlRefusedError(ValueError):
    """What a slicer never writes: a document type, or plates without an end."""


def _refuse(*_: object) -> None:
    raise _XmlRefusedError


_PLATE_FACTS = frozenset({"index", "prediction", "weight"})
_FILAMENT_FACTS = frozenset({"id", "type", "color", "used_m", "used_g"})


def _known(pairs: Iterable[tuple[str, str]], names: frozenset[str]) -> dict[str, str]:
    """Return the facts of these names, without those too long for any."""
    return {
        name: value
        for name, value in pairs
        if name in names and len(value) <= _LONGEST_VALUE
    }


class _Plate:
    """What the slicer knows of one plate, as written."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.facts: dict[str, str] = {}
        self.filaments: list[dict[str, str]] = []

    def tool(self, filament: dict[str, str]) -> FileTool | None:
        """Return a tool, they count from 1 here; its weight only if that is sure."""
        number = count(filament.get("id"))
        if not number or number > MAX_TOOLS:
            return None
        weight = amount(filament.get("used_g"))
        if amount(filament.get("used_m")):
            # A profile without a density, or less than a hundredth of a gram.
            weight = weight or None
        return FileTool(
            tool=number - 1,
            material=read_text(filament.get("type")),
            color=tool_color(filament.get("color")),
            weight=weight,
        )

    def sliced(self) -> SlicedFile:
        """Return what is known of the plate."""
        found = map(self.tool, self.filaments)
        tools = {each.tool: each for each in found if each is not None}
        if not any(each.weight != 0 for each in tools.values()):
            # No print uses nothing.
            tools = {at: replace(each, weight=None) for at, each in tools.items()}
        lengths = (amount(each.get("used_m")) or 0.0 for each in self.filaments)
        return SlicedFile(
            print_time=duration(self.facts.get("prediction", "")),
            weight=amount(self.facts.get("weight")) or None,
            filament_length=sum(lengths) or None,
            tools=tuple(tools[number] for number in sorted(tools)) or None,
        )


def read_plates(data: bytes) -> list[_Plate]:
    """Return the plates of a slicer's XML, none of one that is not in order.

    It is read as it comes, without a tree and without a document type, so there is
    nothing that could grow. Half a list of filaments would be worse than none.
    """
    plates: list[_Plate] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "plate":
            if len(plates) == _MOST_PLATES:
                raise _XmlRefusedError
            plates.append(_Plate())
        elif plates and name == "metadata":
            said = (attributes.get("key", ""), attributes.get("value", ""))
            plates[-1].facts |= _known((said,), _PLATE_FACTS)
        elif plates and name == "filament" and len(plates[-1].filaments) < MAX_TOOLS:
            plates[-1].filaments.append(_known(attributes.items(), _FILAMENT_FACTS))

    parser = expat.ParserCreate("utf-8")
    # Else it keeps to itself what it was given, and nothing bounds one step.
    parser.SetReparseDeferralEnabled(False)
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    given = 0
    try:
        for piece in slices(data, _XML_SLICE):
            parser.Parse(piece, False)
            given += len(piece)
            if given - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                return []
        parser.Parse(b"", True)
    except expat.ExpatError, ValueError:
        return []
    return plates


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


def _plate(archive: zipfile.ZipFile, number: int | None) -> _Plate:
    plates = read_plates(_member(archive, _SLICE_INFO, _MOST_XML))
    own = [each for each in plates if count(each.facts.get("index")) == number]
    return next(iter(own or (plates if len(plates) == 1 else ())), _Plate())


def _json(data: bytes) -> JsonObject:
    """Return an object of JSON, an empty one when it is none or holds too much."""
    if not data or sum(map(data.count, (b"[", b"{", b","))) > _MOST_IN_JSON:
        return {}
    try:
        return as_object(orjson.loads(data)) or {}
    except ValueError:
        return {}


def _settings(archive: zipfile.ZipFile, stem: str) -> dict[str, str]:
    """Return what is said of the printer and of the plate's size, as comments would."""
    read = _json(_member(archive, _PROJECT, _MOST_JSON))
    found: dict[str, str] = {}
    for name in _PRINTER_SETTINGS:
        values = as_list(read.get(name)) or [read.get(name)]
        texts = [each for each in values[:MAX_TOOLS] if isinstance(each, str)]
        if texts and len(texts) == len(values[:MAX_TOOLS]):
            found[name] = ",".join(each[:_LONGEST_VALUE] for each in texts)
    box = as_list(_json(_member(archive, f"{stem}.json", _MOST_JSON)).get("bbox_all"))
    ends = [number(each) for each in (box or ())[: len(_BOX)]]
    for name, end in zip(_BOX, ends, strict=False):
        if end is not None:
            found[name] = f"{end:f}"
    return found


def _both(first: SlicedFile, second: SlicedFile) -> SlicedFile:
    """Return what the first says, and what only the second says."""
    unsaid = [each.name for each in fields(first) if not getattr(first, each.name)]
    return replace(first, **{name: getattr(second, name) for name in unsaid})


def _read(archive: zipfile.ZipFile, gcode: str) -> SlicedFile:
    stem = gcode.removesuffix(_GCODE)
    named = _PLATE.fullmatch(stem)
    sliced = _plate(archive, int(named[1]) if named else None).sliced()
    pictures = (_member(archive, f"{stem}{end}", MAX_PICTURE) for end in _PICTURES)
    sliced = replace(sliced, thumbnail=largest(pictures))
    # The slicer's XML and settings say all that the end of the G-code would.
    settings = _settings(archive, stem)
    unsaid = sliced.tools is None or "printer_model" not in settings
    ends = _ends(_chunks(archive, gcode), to_the_end=unsaid)
    return _both(sliced, read_gcode(*ends, known=settings))


def _order(name: str) -> tuple[int, str]:
    """Return what puts the plate first that a printer prints: its lowest number."""
    named = _PLATE.fullmatch(name.removesuffix(_GCODE))
    return (int(named[1]) if named else 1000, name)


def read_threemf(path: Path) -> SlicedFile:
    """Return what a 3mf says about its first sliced plate.

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
