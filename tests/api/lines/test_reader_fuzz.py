"""Line replies that nobody thought of: never another's answer, and never for long."""

import asyncio
from contextlib import suppress

from hypothesis import given, strategies as st
import pytest

from custom_components.flashforge.api.errors import UnreadableError
from custom_components.flashforge.api.lines import reader as lines
from custom_components.flashforge.api.lines.reader import LineReader, LineReply
from custom_components.flashforge.api.lines.replies import (
    MOST_NAMES,
    failure,
    file_names,
    gives_control,
    position,
)

from ..fuzzing import fuzzed, in_time

OURS = b"CMD M114 Received.\r\nX:1 Y:2 Z:3 A:0 B:0\r\nok\r\n"
TOLD = ("X:1 Y:2 Z:3 A:0 B:0",)

STRAYS = (
    b"0:/user/Benchy.gx\r\n",
    b"0:/user/Benchy.gx\r\nok\r\n",
    b"Writing to file: 0:/user/Benchy.gx\r\n",
    b"Writing to file: 0:/user/Benchy.gx\r\nok\r\n",
    b"CMD M28 Received.\r\nWriting to file: 0:/user/Benchy.gx\r\nok\r\n",
    b"CMD M29 Received.\r\nDone saving file.\r\nok\r\n",
    b"CMD G114 Received.\r\nX:9\r\nok\r\n",
    b"CMD M1140 Received.\r\nX:9\r\nok\r\n",
    b"CMD M27 Received.\r\nSD printing byte 5/100\r\nok\r\n",
    b"CMD M27 Received.\r\nSD printing byte 5/100\r\n",
    b"N0000 ok.\r\n",
    b"N0001 ok.\r\nok\r\n",
    b"N12345 error.\r\n",
    b"X:9 Y:9 Z:9\r\nok\r\n",
    b"T0:9/9\r\n",
    b"ok\r\n",
    b"\r\n",
    b" \r\n \nok\r\n",
    b"File opened: x.gx Size: 1\r\nFile selected\r\nok\r\n",
    b"Error: File not exists\r\nok\r\n",
)
"""What a printer says to everybody, or says late: the answer to nothing of ours."""


async def read(
    *chunks: bytes, code: str = "M114", silence: float | None = None
) -> LineReply:
    stream = asyncio.StreamReader()
    reading = asyncio.create_task(LineReader(stream).reply(code, silence=silence))
    for chunk in chunks:
        await asyncio.sleep(0)
        stream.feed_data(chunk)
    stream.feed_eof()
    return await reading


@pytest.mark.parametrize("stray", STRAYS)
async def test_a_stray_is_no_answer(stray: bytes) -> None:
    assert (await read(stray + OURS)).lines == TOLD
    assert (await read(stray, OURS)).lines == TOLD
    assert (await read(stray + stray + OURS)).lines == TOLD


@pytest.mark.parametrize("stray", STRAYS)
async def test_a_stray_alone_is_no_answer(stray: bytes) -> None:
    with pytest.raises(EOFError):
        await read(stray)


@pytest.mark.parametrize(
    "stray", [b"N0007 ok.\r\n", b"0:/user/a.gx\r\n", b"Writing to file: 0:/user/a\r\n"]
)
async def test_a_stray_in_the_middle_is_left_out(stray: bytes) -> None:
    head, rest = OURS[:20], OURS[20:]
    assert (await read(head + stray + rest)).lines == TOLD


@fuzzed
@given(st.lists(st.sampled_from(STRAYS), max_size=6), st.integers(1, 40))
def test_strays_in_any_order_and_any_pieces(strays: list[bytes], size: int) -> None:
    raw = b"".join(strays) + OURS
    chunks = [raw[at : at + size] for at in range(0, len(raw), size)]
    assert asyncio.run(read(*chunks)).lines == TOLD


@pytest.mark.parametrize(
    ("code", "head", "fits"),
    [
        ("M104", "M104", True),
        ("M104", "104", True),
        ("m104", "M104", True),
        ("G1", "G1", True),
        ("G01", "G1", True),
        ("G28", "M28", False),
        ("M28", "G28", False),
        ("G1", "G11", False),
        ("T0", "T0", True),
        ("T0", "G0", False),
    ],
)
async def test_whose_head_it_is(code: str, head: str, fits: bool) -> None:
    raw = f"CMD {head} Received.\r\nmine\r\nok\r\n".encode()
    if fits:
        assert (await read(raw, code=code)).lines == ("mine",)
    else:
        with pytest.raises(EOFError):
            await read(raw, code=code)


@pytest.mark.parametrize("line", [b"Control failed.", b"Control Failed"])
async def test_a_refusal_needs_no_head(line: bytes) -> None:
    reply = await read(line + b"\r\nok\r\n", code="M601")
    assert failure(reply) is not None


async def test_an_upload_of_ours_would_hear_of_itself() -> None:
    raw = b"CMD M28 Received.\r\nWriting to file: 0:/user/a.gx\r\nok\r\n"
    assert (await read(raw, code="M28")).lines == ("Writing to file: 0:/user/a.gx",)


async def test_a_reply_can_be_waited_for_twice() -> None:
    stream = asyncio.StreamReader()
    reader = LineReader(stream)
    stream.feed_data(OURS[:25])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await reader.reply("M114")
    assert reader.begun == ("CMD M114 Received.", "X:1 Y")
    stream.feed_data(OURS[25:])
    assert (await reader.reply("M114")).lines == TOLD


PARTS = st.sampled_from(
    [*STRAYS, OURS, b"CMD ", b"Received.", b"ok", b"\r", b"\n", b'ack: "', b"echo: "]
)


@fuzzed
@given(
    st.lists(PARTS | st.binary(max_size=200), max_size=40),
    st.sampled_from(["M114", "M661", "G28", "", "~", "M"]),
    st.sampled_from([None, 0.0]),
)
def test_no_reply_is_too_odd(
    chunks: list[bytes], code: str, silence: float | None
) -> None:
    async def attempt() -> None:
        stream = asyncio.StreamReader()
        for chunk in chunks:
            stream.feed_data(chunk)
        stream.feed_eof()
        with in_time():
            try:
                reply = await LineReader(stream).reply(code, silence=silence)
            except UnreadableError, EOFError:
                return
            failure(reply)
            position(reply)
            gives_control(reply.lines)

    asyncio.run(attempt())


WORST = {
    "empty lines": b"\n" * 65536,
    "one line": b"x" * 65536,
    "blanks": b" " * 65536,
    "short lines": b"a\n" * 32768,
    "heads of others": b"CMD M27 Received.\nok\n" * 3000,
    "oks": b"ok\n" * 20000,
    "numbers": b"CMD M114 Received.\r\n" + b"X:" + b"1" * 60000 + b"\r\nok\r\n",
    "letters": b"CMD M114 Received.\r\n" + b"X: " * 20000 + b"\r\nok\r\n",
    "zeros in a code": b"CMD M" + b"0" * 60000 + b"\r\nok\r\n",
    "decoration": b'echo: "' * 9000 + b"\nok\n",
}


@pytest.mark.parametrize("raw", WORST.values(), ids=WORST)
async def test_the_worst_reply_is_judged_at_once(raw: bytes) -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(raw)
    stream.feed_eof()
    with in_time(), suppress(UnreadableError, EOFError):
        position(await LineReader(stream).reply("M114"))


def test_the_worst_list_is_judged_at_once() -> None:
    entry = b"::\xa3\xa3\0\0\0\1a"
    many = b"D\xaa\xaaD" + (1 << 30).to_bytes(4) + entry * 30_000
    odd = b"D\xaa\xaaD" + (1 << 30).to_bytes(4) + b"::\xa3\xa3\xff\xff\xff\xff" * 30_000
    for data in (many, odd, many[:-1]):
        with in_time():
            names, _ = file_names(data)
        assert len(names) <= MOST_NAMES


@fuzzed
@given(st.lists(st.binary(max_size=20) | st.just(b"::\xa3\xa3"), max_size=60))
def test_no_list_is_too_odd(parts: list[bytes]) -> None:
    with in_time():
        file_names(b"D\xaa\xaaD\0\0\0\x09" + b"".join(parts))


def test_lines_are_bounded() -> None:
    with pytest.raises(UnreadableError):
        asyncio.run(read(b"x\r\n" * (lines.LINE_LIMIT + 1)))
