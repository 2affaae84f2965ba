"""Framing of the line protocol, on every capture and split at every byte."""

import asyncio
from collections.abc import Iterator
import json
from typing import NamedTuple

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.flashforge.api.errors import (
    FlashForgeError,
    LineChannelTakenError,
    MissingFileError,
    RefusedError,
    UnreadableError,
)
from custom_components.flashforge.api.lines import reader as lines
from custom_components.flashforge.api.lines.reader import LineReader, LineReply
from custom_components.flashforge.api.lines.replies import failure, file_names, position

from ...support import FIXTURES

PICTURE = b"\x89PNG\r\n\x1a\n"


class Talk(NamedTuple):
    """A command of a transcript and what came back, line by line."""

    command: str
    lines: list[str]


def transcript(name: str) -> Iterator[Talk]:
    """Yield what was said in a capture that has both sides."""
    talk: Talk | None = None
    for line in (FIXTURES / name).read_text().splitlines():
        if line.startswith("> "):
            if talk is not None:
                yield talk
            command = line.removeprefix("> ").removeprefix("~").partition("   ")[0]
            talk = Talk(command, [])
        elif line.startswith("< ") and talk is not None:
            talk.lines.append(line.removeprefix("< ").removesuffix("<LF>"))
    if talk is not None:
        yield talk


CAPTURED = [
    talk
    for name in ("tcp_5m_pro.txt", "tcp_adventurer4_fw2.0.9.txt")
    for talk in transcript(name)
    if talk.lines and talk.lines[-1] == "ok" and "Control failed." not in talk.lines
]
WITHOUT_OK = [
    talk
    for talk in transcript("tcp_adventurer3_fw1.3.7_spec.txt")
    if talk.lines and talk.lines[-1] != "ok"
]


@pytest.fixture(autouse=True)
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "OK_GRACE", 0.01)


def wire(talk: Talk, end: str = "\r\n") -> bytes:
    return "".join(line + end for line in talk.lines).encode()


def stream_of(*chunks: bytes, ends: bool = False) -> asyncio.StreamReader:
    stream = asyncio.StreamReader()
    for chunk in chunks:
        stream.feed_data(chunk)
    if ends:
        stream.feed_eof()
    return stream


async def in_pieces(
    raw: bytes, code: str, *cuts: int, silence: float | None = None
) -> LineReply:
    """Read a reply that the network delivers in pieces."""
    stream = asyncio.StreamReader()
    reading = asyncio.create_task(LineReader(stream).reply(code, silence=silence))
    start = 0
    for cut in (*cuts, len(raw)):
        if raw[start:cut]:
            stream.feed_data(raw[start:cut])
        await asyncio.sleep(0)
        start = cut
    async with asyncio.timeout(60):
        return await reading


def told(talk: Talk) -> tuple[str, ...]:
    """Return what a reply has to say, by eye: neither its first line nor its last."""
    return tuple(line.strip() for line in talk.lines[1:-1] if line.strip())


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("talk", CAPTURED, ids=lambda talk: talk.command)
async def test_captured_reply(talk: Talk, end: str) -> None:
    code = talk.command.split()[0]
    reply = await in_pieces(wire(talk, end), code)
    assert reply.lines == told(talk)
    assert failure(reply) is None


@pytest.mark.parametrize("talk", CAPTURED, ids=lambda talk: talk.command)
async def test_captured_reply_split_at_every_byte(talk: Talk) -> None:
    raw, code = wire(talk), talk.command.split()[0]
    expected = told(talk)
    for cut in range(1, len(raw)):
        assert (await in_pieces(raw, code, cut)).lines == expected
    assert (await in_pieces(raw, code, *range(1, len(raw)))).lines == expected


async def test_raw_capture_with_odd_line_ends() -> None:
    raw = (FIXTURES / "tcp_adventurer4_m115_raw.bin").read_bytes()
    for cut in range(1, len(raw)):
        reply = await in_pieces(raw, "M115", cut)
        assert reply.lines[-1] == "Mac Address:88:A9:A7:00:00:42"
        assert "SN: SNMOCKA4000042" in reply.lines


@pytest.mark.parametrize("talk", WITHOUT_OK, ids=lambda talk: talk.lines[0])
async def test_replies_without_ok_end_by_silence(talk: Talk) -> None:
    reply = await in_pieces(wire(talk), talk.command.split()[0], 3, silence=0.01)
    assert len(reply.lines) >= 1
    assert not any(word in reply.text for word in ("echo:", "ack:", '"', "Received"))


async def test_a_reply_of_one_line_without_its_end() -> None:
    reply = await in_pieces(b"ok T0:185/200 B:60/60", "M105", silence=0.01)
    assert reply.lines == ("ok T0:185/200 B:60/60",)


async def test_ok_within_a_name_ends_nothing() -> None:
    raw = b"CMD M661 Received.\r\nBook ok.gx\r\nok then.gx\r\nok\r\n"
    for cut in range(1, len(raw)):
        reply = await in_pieces(raw, "M661", cut)
        assert reply.lines == ("Book ok.gx", "ok then.gx")


async def test_the_last_ok_may_lack_its_line_end() -> None:
    reply = await in_pieces(b"CMD M105 Received.\nT0:1/0\nok", "M105")
    assert reply.lines == ("T0:1/0",)


async def test_the_line_end_that_comes_late_spoils_nothing() -> None:
    stream = stream_of(b"CMD M105 Received.\r\nok")
    reader = LineReader(stream)
    await reader.reply("M105")
    stream.feed_data(b"\r\nCMD M114 Received.\r\nX:1 Y:2 Z:3 A:0 B:0\r\nok\r\n")
    assert (await reader.reply("M114")).lines == ("X:1 Y:2 Z:3 A:0 B:0",)


async def test_replies_to_others_are_left_out() -> None:
    raw = b"CMD M27 Received.\r\nSD\r\nok\r\nCMD 104 Received.\r\nmine\r\nok\r\n"
    assert (await in_pieces(raw, "M104")).lines == ("mine",)


async def test_only_replies_to_others_are_an_error() -> None:
    with pytest.raises(UnreadableError):
        await in_pieces(b"CMD M27 Received.\r\nok\r\n" * 20, "M104")


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\xffOrca\x9d{[not JSON",
        b"\0" * 10,
        b"x" * (lines.TEXT_LIMIT + 1),
        b"x\r\n" * lines.TEXT_LIMIT,
    ],
    ids=["garbage", "zeros", "one long line", "many lines"],
)
async def test_what_is_no_text_is_unreadable(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        await LineReader(stream_of(raw)).reply("M105")


async def test_a_closed_connection_is_no_reply() -> None:
    with pytest.raises(EOFError):
        await LineReader(stream_of(b"CMD M105 Rec", ends=True)).reply("M105")


# --- data after ok ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["tcp_m661_5m", "tcp_adventurer3_m661"])
async def test_captured_list_split_at_every_byte(name: str) -> None:
    names = tuple(json.loads((FIXTURES / f"{name}.expected.json").read_text()))
    captured = (FIXTURES / f"{name}.bin").read_bytes()
    for cut in range(1, len(captured)):
        stream = asyncio.StreamReader()
        reader = LineReader(stream)

        async def read(reader: LineReader = reader) -> bytes:
            await reader.reply("M661")
            return await reader.data(
                lambda data: file_names(data)[1], silence=5, limit=10_000
            )

        reading = asyncio.create_task(read())
        stream.feed_data(captured[:cut])
        await asyncio.sleep(0)
        stream.feed_data(captured[cut:])
        async with asyncio.timeout(60):
            assert file_names(await reading) == (names, True)


@pytest.mark.parametrize("name", ["tcp_m662_framed.bin", "tcp_m662_raw_png.bin"])
async def test_captured_picture_follows_its_ok(name: str) -> None:
    raw = (FIXTURES / name).read_bytes()
    reader = LineReader(stream_of(raw))
    await reader.reply("M662")
    data = await reader.data(lambda _: False, silence=0.01, limit=10_000)
    assert data[data.index(PICTURE) :].endswith(b"IEND\xaeB`\x82")


async def test_data_is_bounded() -> None:
    reader = LineReader(stream_of(b"x" * 5000))
    with pytest.raises(UnreadableError):
        await reader.data(lambda _: False, silence=0.01, limit=1000)


def entry(path: bytes, length: int | None = None) -> bytes:
    size = len(path) if length is None else length
    return b"::\xa3\xa3" + size.to_bytes(4) + path


def listing(*entries: bytes, total: int | None = None) -> bytes:
    count = len(entries) if total is None else total
    return b"D\xaa\xaaD" + count.to_bytes(4) + b"".join(entries)


@pytest.mark.parametrize(
    ("data", "names", "whole"),
    [
        (listing(), (), True),
        (listing(entry("/data/Größe.gx".encode())), ("Größe.gx",), True),
        (listing(entry(b"[FLASH]/a.gx")), ("a.gx",), True),
        (
            listing(entry(b"/data/a.gx", 99), entry(b"/data/b.gx")),
            ("a.gx", "b.gx"),
            True,
        ),
        (
            listing(entry(b"/data/a.gx", 2), entry(b"/data/b.gx")),
            ("a.gx", "b.gx"),
            True,
        ),
        (listing(entry(b"/data/a.gx", 99)), ("a.gx",), False),
        (listing(entry(b"/data/a.gx"), total=5), ("a.gx",), False),
        # What comes behind the last name waits for no more.
        (listing(entry(b"/data/a.gx")) + b"\0\0\0", ("a.gx",), True),
        (listing(entry(b"/data/a.gx")) + b"\r\nok\r\n", ("a.gx",), True),
        (listing(entry(b"/data/\xff.gx")), ("\ufffd.gx",), True),
        (b"\r\n" + listing(entry(b"/data/a.gx")), ("a.gx",), True),
        (b"", (), False),
        (b"nothing of the kind", (), False),
    ],
)
def test_lists(data: bytes, names: tuple[str, ...], whole: bool) -> None:
    assert file_names(data) == (names, whole)


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_no_list_is_too_odd(data: bytes) -> None:
    file_names(b"D\xaa\xaaD" + data)


# --- meaning ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Control failed.", LineChannelTakenError),
        ("Control Failed", LineChannelTakenError),
        ("Error: File not exists", MissingFileError),
        ("Error: File Is Not Available", MissingFileError),
        ("Error: have been connected", RefusedError),
        ("CMD M661 Error.", RefusedError),
        ("Control Success V2.1.", type(None)),
        ("File opened: Error: x.gx Size: 1", type(None)),
    ],
)
def test_failures(line: str, kind: type[FlashForgeError]) -> None:
    assert type(failure(LineReply(lines=(line,)))) is kind


def test_position() -> None:
    captured = LineReply(lines=("X:36.900 Y:7.760 Z:33.000 A:486.511 B:0",))
    assert position(captured) == {"X": 36.9, "Y": 7.76, "Z": 33.0, "A": 486.511}
    assert position(LineReply(lines=("nothing",))) == {}
    two = LineReply(lines=("X1:-230 X2:230 Y:-1000 Z:0 A:5 B:0",))
    assert position(two) == {"X1": -230, "X2": 230, "Z": 0, "A": 5}


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=150)
def test_no_bytes_are_too_odd(raw: bytes) -> None:
    async def read() -> None:
        try:
            await LineReader(stream_of(raw, ends=True)).reply("M105", silence=0)
        except UnreadableError, EOFError:
            return

    asyncio.run(read())
