"""Print files on our side, read before they are uploaded.

What cannot be read of a file costs that fact and never the file: the printer may well
print what we do not understand. Memory and time are bounded whatever a file holds. All
of this blocks on the disk, so it belongs into a thread.
"""

from collections.abc import Iterator
from dataclasses import replace
from io import SEEK_END
from itertools import pairwise
from pathlib import Path
from stat import S_ISREG
import struct
from typing import BinaryIO

from ..errors import LocalFileError, UnreadableFileError
from ..prints import SlicedFile
from .pictures import MAX_PICTURE, bitmap, largest
from .slicers import HEAD, TAIL, Facts, read_gcode
from .threemf import SUFFIX as THREEMF, read_threemf

_ZIP = b"PK"
_XGCODE = b"xgcode"
_BINARY_GCODE = b"GCDE"

_GX_HEADER = struct.Struct("<6I")
_GX_AT = 16
# A .gx says where its bitmap, a second picture or already the G-code, and the G-code
# begin, then the print time in s and the filament of the right and left nozzle in mm.


def _text(
    file: BinaryIO, start: int, size: int, known: Facts | None = None
) -> SlicedFile:
    """Read the ends of the G-code that begins at ``start``."""
    file.seek(start)
    if size - start <= HEAD + TAIL:
        return read_gcode(file.read(HEAD + TAIL), known=known)
    head = file.read(HEAD)
    file.seek(-TAIL, SEEK_END)
    return read_gcode(head, file.read(TAIL), known)


def _gx_pictures(file: BinaryIO, starts: tuple[int, int, int]) -> Iterator[bytes]:
    for start, end in pairwise(starts):
        if 0 < end - start <= MAX_PICTURE:
            file.seek(start)
            yield file.read(end - start)


def _gx(file: BinaryIO, size: int) -> SlicedFile:
    """Read FlashPrint's own format: a binary header, pictures and then G-code."""
    file.seek(_GX_AT)
    bitmap_at, second, gcode, seconds, right, left = _GX_HEADER.unpack(
        file.read(_GX_HEADER.size)
    )
    known: dict[str, str] = {}
    if seconds:
        known["time"] = str(seconds)
    if right or left:
        known["filament used [mm]"] = f"{right},{left}" if left else str(right)
    sliced = _text(file, max(second, gcode), size, known)
    pictures = [*_gx_pictures(file, (bitmap_at, second, gcode))]
    bitmaps = (bitmap(each) for each in pictures)
    return replace(
        sliced,
        thumbnail=largest(pictures)
        or sliced.thumbnail
        or next((each for each in bitmaps if each), None),
    )


def read_print_file(path: Path, name: str | None = None) -> SlicedFile:
    """Return what a print file says about itself.

    ``name`` is the one it is to have, if another: a printer goes by it.
    Raises ``LocalFileError`` when it is not there or may not be read, and
    ``UnreadableFileError`` when it is surely no print file: when it is empty, when it is
    a zip by its name or its content but not by both or has lost its end, and when it is
    binary G-code, which no FlashForge printer takes. ``NotSlicedError`` is a 3mf that
    holds no G-code.
    """
    try:
        if not S_ISREG(path.stat().st_mode):
            # Opening a pipe would wait for a writer.
            raise LocalFileError(file=path.name)
        with path.open("rb") as file:
            return _read(path, name or path.name, file)
    except OSError as err:
        raise LocalFileError(file=path.name) from err


def _read(path: Path, name: str, file: BinaryIO) -> SlicedFile:
    start = file.read(_GX_AT + _GX_HEADER.size)
    is_zip = start.startswith(_ZIP)
    if not start or start.startswith(_BINARY_GCODE):
        raise UnreadableFileError(file=path.name)
    for each in (path.name, name):
        if each.lower().endswith(THREEMF) is not is_zip:
            raise UnreadableFileError(file=each)
    if is_zip:
        return read_threemf(path)
    size = file.seek(0, SEEK_END)
    if not start.startswith(_XGCODE):
        return _text(file, 0, size)
    if len(start) < _GX_AT + _GX_HEADER.size:
        raise UnreadableFileError(file=path.name)
    return _gx(file, size)
