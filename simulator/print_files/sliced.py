"""Reads what a slicer wrote into a file: G-code of the Orca kind, and 3mf around it.

It follows the files of the slicers and shares no code with the integration. Only the
start and the end of the G-code are read, so the size of a file does not matter.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
import re
from typing import IO
from xml.etree import ElementTree as ET
import zipfile
import zlib

from ..models.files import StoredFile, Tool
from .thumbnails import is_picture

UNREADABLE = "E0029"
"""The error code of a print whose file the firmware cannot read."""

_END = 1 << 18
_LONGEST = 1 << 30
_LARGEST_ENTRY = 4 << 20
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_WHITE = "#FFFFFF"
_DEFAULT_GRAMS = 12.5
_GCODE_ENTRY = re.compile(r"Metadata/plate_(\d+)\.gcode")
_COMMAND = re.compile(r"^[GMT]\d", re.MULTILINE)
_SIGN = re.compile("[=:]")
_PART_OF_TIME = re.compile(r"(\d{1,9})\s*([dhms])")
_SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
_TIME = "estimated printing time (normal mode)"
_HEADER_TIME = ("model printing time", "total estimated time")
_LAYERS = ("total layer number", "total layers count")

type Settings = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """The facts found in a file; None or empty if a fact is missing."""

    seconds: float | None = None
    layers: int | None = None
    tools: tuple[Tool, ...] = ()
    filament_mm: float = 0.0
    fill: int | None = None
    preview: bytes = b""


def read(file: IO[bytes], name: str, size: int) -> StoredFile:
    """Return the content of a file of `size` bytes; an unreadable one has `fails_with`.

    Facts that a readable file lacks have the defaults of `StoredFile`.
    """
    read_it = _read_3mf if name.lower().endswith(".3mf") else _read_gcode
    facts = read_it(file, size)
    if facts is None:
        return StoredFile(
            name, 0, 0, (), preview=b"", size=size, fill=0, fails_with=UNREADABLE
        )
    usual = StoredFile(name)
    return StoredFile(
        name,
        print_seconds=facts.seconds or usual.print_seconds,
        layers=facts.layers or usual.layers,
        tools=facts.tools or usual.tools,
        filament_mm=facts.filament_mm,
        fill=usual.fill if facts.fill is None else facts.fill,
        needs_station=sum(tool.grams > 0 for tool in facts.tools) > 1,
        preview=facts.preview,
        size=size,
    )


def _read_gcode(file: IO[bytes], size: int) -> _Facts | None:
    file.seek(0)
    head = file.read(_END)
    file.seek(max(size - _END, min(size, _END)))
    return _facts(head, file.read(_END))


def _read_3mf(file: IO[bytes], _size: int) -> _Facts | None:
    try:
        with zipfile.ZipFile(file) as archive:
            return _read_plate(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ET.ParseError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ):
        return None


def _read_plate(archive: zipfile.ZipFile) -> _Facts | None:
    """Read the first sliced plate; facts beside the G-code have priority."""
    plates = sorted(
        (int(found[1]), entry)
        for entry in archive.namelist()
        if (found := _GCODE_ENTRY.fullmatch(entry)) is not None
    )
    if not plates:
        return None
    number, entry = plates[0]
    if archive.getinfo(entry).file_size > _LONGEST:
        return None
    with _opened(archive, entry) as gcode:
        facts = _facts(*_ends(gcode))
    if facts is None:
        return None
    facts = _with_slice_info(facts, archive, number)
    image = _entry(archive, f"Metadata/plate_{number}.png")
    return replace(facts, preview=image) if is_picture(image) else facts


def _with_slice_info(facts: _Facts, archive: zipfile.ZipFile, number: int) -> _Facts:
    if not (info := _entry(archive, "Metadata/slice_info.config")):
        return facts
    for plate in ET.fromstring(info).iter("plate"):
        settings = {
            item.get("key"): item.get("value") for item in plate.iter("metadata")
        }
        if settings.get("index") not in {None, str(number)}:
            continue
        filaments = [item.attrib for item in plate.iter("filament")]
        meters = sum(_number(each.get("used_m")) or 0 for each in filaments)
        return replace(
            facts,
            seconds=_number(settings.get("prediction")) or facts.seconds,
            tools=_filaments(filaments) or facts.tools,
            filament_mm=round(meters * 1000, 1) or facts.filament_mm,
        )
    return facts


def _filaments(filaments: Sequence[Mapping[str, str]]) -> tuple[Tool, ...]:
    """Return the tools, counted from 0, of filaments that are counted from 1."""
    tools: dict[int, Tool] = {}
    for filament in filaments:
        number = (_whole(filament.get("id")) or 0) - 1
        grams = _number(filament.get("used_g")) or 0.0
        color = (filament.get("color") or _WHITE).upper()
        if 0 <= number < 16:
            tools[number] = Tool(filament.get("type") or "PLA", color, grams)
    if not any(tool.grams > 0 for tool in tools.values()):
        return ()
    unused = Tool("PLA", _WHITE, 0.0)
    return tuple(tools.get(number, unused) for number in range(max(tools) + 1))


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return an entry, empty if it is missing or too large."""
    if name not in archive.namelist():
        return b""
    with _opened(archive, name) as entry:
        data = entry.read(_LARGEST_ENTRY + 1)
    return data if len(data) <= _LARGEST_ENTRY else b""


def _opened(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    if archive.getinfo(name).compress_type not in _PACKED:
        raise zipfile.BadZipFile(f"{name} is packed in an unknown way")
    return archive.open(name)


def _ends(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Return the start and the end of a stream that cannot seek."""
    head, tail = stream.read(_END), b""
    while piece := stream.read(_END):
        tail = (tail + piece)[-_END:]
    return head, tail


def _facts(head: bytes, tail: bytes) -> _Facts | None:
    """Read G-code from its start and end; None if it is not G-code."""
    start, end = (part.decode(errors="replace") for part in (head, tail))
    if "\0" in start or _COMMAND.search(start) is None:
        return None
    settings, pictures = _remarks(start)
    settings |= _remarks(end)[0]
    lengths = _numbers(settings.get("filament used [mm]", ""))
    return _Facts(
        seconds=_seconds(settings),
        layers=next(
            (_whole(settings[key]) for key in _LAYERS if key in settings), None
        ),
        tools=_tools(settings),
        filament_mm=round(sum(lengths), 1),
        fill=_whole(settings.get("sparse_infill_density", "").rstrip("%")),
        preview=_preview(pictures),
    )


def _remarks(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the values in the comments by their names, and the pictures."""
    settings: dict[str, str] = {}
    pictures: list[str] = []
    image: list[str] | None = None
    for line in text.splitlines():
        remark = line[1:].strip() if line.startswith(";") else ""
        if remark.startswith("thumbnail begin"):
            image = []
        elif remark == "thumbnail end" and image is not None:
            pictures.append("".join(image))
            image = None
        elif image is not None:
            image.append(remark)
        elif _SIGN.search(remark) is not None:
            name, value = _SIGN.split(remark, maxsplit=1)
            settings[name.strip().lower()] = value.strip()
    return settings, pictures


def _seconds(settings: Settings) -> float:
    """Return the seconds; in the header they may come second on their line."""
    header = " ".join(settings.get(name, "") for name in _HEADER_TIME)
    text = settings.get(_TIME) or header.rpartition(":")[2]
    parts = _PART_OF_TIME.finditer(text)
    return float(sum(int(part[1]) * _SECONDS[part[2]] for part in parts))


def _tools(settings: Settings) -> tuple[Tool, ...]:
    """Return the tools from lists with one value per filament."""
    grams = _numbers(settings.get("filament used [g]", ""))
    materials = [text.strip() for text in settings.get("filament_type", "").split(";")]
    colors = [text.strip() for text in settings.get("filament_colour", "").split(";")]
    named = len(materials) if materials[0] else 0
    if not any(grams):
        grams = [_DEFAULT_GRAMS] * named
    return tuple(
        Tool(
            _at(materials, number) or "PLA",
            (_at(colors, number) or _WHITE).upper(),
            grams[number] if number < len(grams) else 0.0,
        )
        for number in range(max(len(grams), named))
    )


def _at(texts: Sequence[str], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value < 1e9 else None


def _whole(text: str | None) -> int | None:
    value = _number(text)
    return None if value is None else int(value)


def _numbers(text: str) -> list[float]:
    return [_number(part.strip()) or 0.0 for part in text.split(",")]


def _preview(pictures: Sequence[str]) -> bytes:
    """Return the largest valid picture; empty if there is none."""
    for text in sorted(pictures, key=len, reverse=True):
        try:
            image = base64.b64decode(text, validate=True)
        except ValueError:
            continue
        if is_picture(image):
            return image
    return b""
