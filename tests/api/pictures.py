"""JPEG pictures of every make, as far as a splitter can tell them apart."""

import gc

from custom_components.flashforge.api.camera.jpeg import FrameSplitter

SOI, EOI = b"\xff\xd8", b"\xff\xd9"
NOISE = b"\x11\xff\x00\x22\xff\xd3\x33\xff\x00" * 40
"""Compressed data: stuffed bytes and a restart marker, and no end."""


def segment(code: int, body: bytes) -> bytes:
    """Return a segment with its length."""
    return bytes((0xFF, code)) + (len(body) + 2).to_bytes(2) + body


JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
TABLE = segment(0xDB, bytes(65))
SCAN = segment(0xDA, b"\x01\x01\0\0?\0") + NOISE


def jpeg(*segments: bytes, scans: bytes = TABLE + SCAN, end: bytes = EOI) -> bytes:
    """Return a picture with these segments in front."""
    return SOI + b"".join(segments) + scans + end


SMALL = jpeg(JFIF)
"""A picture that lies within another one."""

PICTURES = {
    "plain": jpeg(JFIF),
    "bare": SOI + TABLE + SCAN + EOI,
    "exif": jpeg(segment(0xE1, b"Exif\0\0II*\0" + SMALL)),
    "exif and jfif": jpeg(JFIF, segment(0xE1, b"Exif\0\0" + SMALL + SMALL)),
    "jfxx": jpeg(JFIF, segment(0xE0, b"JFXX\0\x10" + SMALL)),
    "jfxx first": jpeg(segment(0xE0, b"JFXX\0\x10" + SMALL)),
    "mpf": jpeg(JFIF, segment(0xE2, b"MPF\0" + EOI * 9)),
    "profile": jpeg(JFIF, segment(0xE2, b"ICC_PROFILE\0" + EOI + bytes(9) + SOI)),
    "comment": jpeg(JFIF, segment(0xFE, b"an end " + EOI + b" in words")),
    "long": jpeg(segment(0xE1, b"Exif\0\0" + SMALL + bytes(64_000))),
    "nested twice": jpeg(
        segment(0xE1, b"Exif\0\0" + jpeg(segment(0xE1, b"Exif\0\0" + SMALL)))
    ),
    "unnamed app0": jpeg(segment(0xE0, b"\0\0\0\0" + SMALL + EOI)),
    **{
        f"app{number}": jpeg(JFIF, segment(0xE0 + number, b"Any." + SMALL))
        for number in range(16)
    },
    "restarts": jpeg(
        JFIF,
        segment(0xDD, b"\0\4"),
        scans=TABLE
        + SCAN
        + b"".join(bytes((0xFF, 0xD0 + turn % 8)) + NOISE for turn in range(20)),
    ),
    "fill bytes": jpeg(b"\xff\xff\xff" + JFIF, end=b"\xff\xff\xff" + EOI),
    "progressive": jpeg(
        JFIF,
        segment(0xC2, bytes(15)),
        scans=(segment(0xC4, EOI + bytes(17)) + SCAN) * 10,
    ),
    "late application data": jpeg(
        JFIF, scans=SCAN + segment(0xE1, b"Exif\0\0" + SMALL) + SCAN
    ),
    "lines counted later": jpeg(JFIF, scans=SCAN + segment(0xDC, b"\1\0")),
    "empty segments": jpeg(segment(0xE1, b""), segment(0xE0, b""), segment(0xFE, b"")),
}
"""Whole pictures."""


def part(picture: bytes, length: int | None = None) -> bytes:
    """Return a picture as a part of a stream, with the length that is told."""
    told = b"" if length is None else b"Content-Length: %d\r\n" % length
    return b"--b\r\nContent-Type: image/jpeg\r\n" + told + b"\r\n" + picture + b"\r\n"


def held(splitter: FrameSplitter) -> int:
    """Return how many bytes of a stream a splitter keeps for later."""
    (kept,) = (each for each in gc.get_referents(splitter) if type(each) is bytearray)
    return len(kept)
