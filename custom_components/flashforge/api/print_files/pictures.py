"""The preview pictures that slicers put into print files."""

import base64
from collections.abc import Iterable

MAX_PICTURE = 1024 * 1024
"""Bytes. A larger picture is not for a list of files."""

_MOST_ENCODED = MAX_PICTURE * 4 // 3 + 4

_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_BMP = b"BM"

_MARKS = ("; thumbnail", ";thumbnail")
_NOT_BASE64 = str.maketrans(dict.fromkeys("; \t\r\n\f\v"))


def is_picture(data: bytes) -> bool:
    """Return whether this is a PNG or JPEG from its first byte to its last."""
    return (data.startswith(_PNG) and data.endswith(_PNG_END)) or (
        data.startswith(_JPEG) and data.rstrip(b"\0").endswith(_JPEG_END)
    )


def bitmap(data: bytes) -> bytes | None:
    """Return the BMP at the front, with the length in its head; None without one."""
    length = int.from_bytes(data[2:6], "little")
    whole = data.startswith(_BMP) and len(_BMP) < length <= len(data)
    return data[:length] if whole else None


def type_of(picture: bytes) -> str:
    """Return the media type of a PNG, a BMP or a JPEG."""
    if picture.startswith(_PNG):
        return "image/png"
    return "image/bmp" if picture.startswith(_BMP) else "image/jpeg"


def largest(pictures: Iterable[bytes]) -> bytes | None:
    """Return the largest picture that is whole and not too large, None without one."""
    fit = (each for each in pictures if len(each) <= MAX_PICTURE and is_picture(each))
    return max(fit, key=len, default=None)


def _mark(line: str) -> str | None:
    """Return ``begin`` or ``end`` of a line that is one of the marks."""
    words = line[:80].lstrip("; ").split(maxsplit=2) if line.startswith(_MARKS) else []
    kind, verb = words[:2] if len(words) > 1 else ("", "")
    named = kind == "thumbnail" or kind.startswith("thumbnail_")
    return verb if named and verb in {"begin", "end"} else None


class Thumbnails:
    """Collects the base64 between two marks in the comments of G-code."""

    def __init__(self) -> None:
        """Begin outside of any picture."""
        self._encoded: list[str] | None = None
        self._length = 0

    def cut(self) -> None:
        """Drop an unfinished picture: lines are missing here."""
        self._encoded = None

    def feed(self, line: str) -> bytes | None:
        """Take the next comment; return the picture that ends with it."""
        mark = _mark(line)
        if mark is not None:
            begun, self._encoded = self._encoded, [] if mark == "begin" else None
            self._length = 0
            return _decoded("".join(begun)) if mark == "end" and begun else None
        if self._encoded is not None:
            text = line.translate(_NOT_BASE64)
            self._length += len(text)
            if self._length > _MOST_ENCODED:
                self._encoded = None
            else:
                self._encoded.append(text)
        return None


def _decoded(encoded: str) -> bytes | None:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError:
        return None
