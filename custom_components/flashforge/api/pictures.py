"""The preview pictures that slicers put into print files."""

import base64
from collections.abc import Iterable, Iterator
import re

MAX_PICTURE = 1024 * 1024
"""Bytes. A larger picture is none that a list of files could show."""

_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_BMP = b"BM"

_BEGIN = re.compile(r"^; ?thumbnail(?:_\w{1,8})? begin .*\n", re.MULTILINE)
_END = re.compile(r"^; ?thumbnail(?:_\w{1,8})? end", re.MULTILINE)
_NOT_BASE64 = str.maketrans(dict.fromkeys("; \t\r\n\f\v"))


def is_picture(data: bytes) -> bool:
    """Return whether this is a PNG or JPEG from its first byte to its last."""
    return (data.startswith(_PNG) and data.endswith(_PNG_END)) or (
        data.startswith(_JPEG) and data.rstrip(b"\0").endswith(_JPEG_END)
    )


def bitmap(data: bytes) -> bytes | None:
    """Return the BMP that lies at the front, by the length it states; None without."""
    length = int.from_bytes(data[2:6], "little")
    whole = data.startswith(_BMP) and len(_BMP) < length <= len(data)
    return data[:length] if whole else None


def largest(pictures: Iterable[bytes]) -> bytes | None:
    """Return the largest picture that is whole and not too large, None without one."""
    fit = (each for each in pictures if len(each) <= MAX_PICTURE and is_picture(each))
    return max(fit, key=len, default=None)


def embedded(text: str) -> Iterator[bytes]:
    """Return what lies in the comments of G-code as base64 between two marks."""
    at = 0
    while (begin := _BEGIN.search(text, at)) and (
        end := _END.search(text, begin.end())
    ):
        at = end.end()
        try:
            encoded = text[begin.end() : end.start()].translate(_NOT_BASE64)
            yield base64.b64decode(encoded, validate=True)
        except ValueError:
            continue
