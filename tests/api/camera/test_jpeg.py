"""Where a picture ends: by its structure, whatever is in it and around it."""

from hypothesis import given, strategies as st
import pytest

from custom_components.flashforge.api.camera.jpeg import MAX_FRAME, FrameSplitter

from ...support import FIXTURES
from ..fuzzing import fuzzed, in_time
from ..pictures import EOI, JFIF, PICTURES, SCAN, SMALL, SOI, held, jpeg, part, segment

SIZES = (1, 2, 3, 7, 1000, 1 << 20)
PER_PIECE = 0.0001
"""Seconds for which one piece of a stream may hold the event loop, if it is a small one."""


def split(stream: bytes, size: int, limit: int = MAX_FRAME) -> list[bytes]:
    """Return the pictures of a stream that comes in pieces."""
    splitter = FrameSplitter(limit)
    return [
        frame
        for at in range(0, len(stream), size)
        for frame in splitter.feed(stream[at : at + size])
    ]


@pytest.mark.parametrize("size", SIZES)
def test_captured_kind(size: int) -> None:
    stream = (FIXTURES / "cases" / "stream_pictures_with_thumbnail.bin").read_bytes()
    frames = split(stream, size)
    assert len(frames) == 3
    assert all(len(frame) > 900 for frame in frames)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_every_make(picture: bytes, size: int) -> None:
    assert split(picture, size) == [picture]
    assert split(picture * 3, size) == [picture] * 3


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
@pytest.mark.parametrize("length", ["right", None, 0, 3, 10**12])
def test_any_length_of_its_part(picture: bytes, length: int | str | None) -> None:
    told = len(picture) if isinstance(length, str) else length
    assert split(part(picture, told) * 3, 1000) == [picture] * 3


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_picture_that_broke_off_spoils_no_other(picture: bytes, size: int) -> None:
    for cut in {2, 3, 4, 5, 9, 21, len(picture) // 3, len(picture) - 2}:
        stream = part(picture[:cut]) + part(SMALL) + part(SMALL)
        frames = split(stream, size)
        assert frames[-1] == SMALL
        assert len(frames) >= 1


@pytest.mark.parametrize("size", SIZES)
def test_a_length_that_is_a_lie_swallows_nothing(size: int) -> None:
    liar = SOI + b"\xff\xe1\xff\xffExif\0\0" + bytes(100) + EOI
    frames = split(part(liar) + part(SMALL) + part(SMALL), size)
    assert frames == [liar, SMALL, SMALL]


@pytest.mark.parametrize("size", SIZES[1:])
def test_a_picture_that_is_too_long_is_dropped_with_what_is_in_it(size: int) -> None:
    long = jpeg(segment(0xE1, b"Exif\0\0" + SMALL + bytes(20_000) + SMALL))
    assert split(long + SMALL + long + SMALL, size, limit=10_000) == [SMALL, SMALL]


PARTS = st.sampled_from(
    [
        SOI,
        EOI,
        JFIF,
        SCAN,
        SMALL,
        b"\xff",
        b"\xff\xe0",
        b"\xff\xe1\0\x10",
        b"\xff\xe0\xff\xff",
        b"\r\n--b\r\n",
        b"\r\n\r\n",
        *PICTURES.values(),
    ]
)


@fuzzed
@given(st.lists(PARTS | st.binary(max_size=60), max_size=30), st.integers(1, 5000))
def test_anything(parts: list[bytes], size: int) -> None:
    stream = b"".join(parts)
    pieces = len(stream) // size
    with in_time(0.1 + pieces * PER_PIECE):
        frames = split(stream, size)
        assert frames == split(stream, len(stream) or 1)
    assert all(frame.startswith(SOI) and frame.endswith(EOI) for frame in frames)
    assert all(frame in stream for frame in frames)


@fuzzed
@given(st.lists(st.sampled_from(list(PICTURES.values())), max_size=5), st.data())
def test_whole_pictures_come_whole(pictures: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 3000))
    told = st.sampled_from([None, 0, 7, 10**9])
    stream = b"".join(part(each, data.draw(told)) for each in pictures)
    assert split(stream, size) == pictures


WORST = {
    "pictures": SOI + EOI,
    "starts": SOI,
    "segments": b"\xff\xe1\0\2",
    "named segments": b"\xff\xe0\0\2",
    "fill": b"\xff",
    "stuffed": b"\xff\0",
    "heads": b"\r\n\r\n\xff\xd8\xff",
    "thumbnails": b"\xff\xe1\xff\xff" + SOI + EOI,
    "doubted": b"\xff\xe0\xff\xff",
    "doubted thumbnails": b"\xff\xe0\xff\xff\xff" + SOI,
    "nothing": b"\0",
}


@pytest.mark.parametrize("size", [64, 8192])
@pytest.mark.parametrize("unit", WORST.values(), ids=WORST)
def test_the_worst_takes_its_share_of_time(unit: bytes, size: int) -> None:
    stream = (unit * 65536)[:65536]
    splitter = FrameSplitter()
    splitter.feed(SOI)
    for at in range(0, len(stream), size):
        with in_time():
            splitter.feed(stream[at : at + size])
    assert held(splitter) <= MAX_FRAME


@pytest.mark.parametrize("unit", WORST.values(), ids=WORST)
def test_memory_is_bounded(unit: bytes) -> None:
    splitter = FrameSplitter(limit=1000)
    for _ in range(20):
        splitter.feed(SOI + unit * 4000)
    assert held(splitter) <= 1000 + 16
