"""Cutting pictures out of streams, opening streams, and finding them."""

import asyncio
from collections.abc import Callable
from itertools import batched, chain
import socket
from time import process_time

import aiohttp
from hypothesis import given, settings, strategies as st
import pytest

from custom_components.flashforge.api.camera.mjpeg import (
    DEFAULT_PORT,
    MAX_FRAME,
    CameraPresence,
    FrameSplitter,
    NotAStreamError,
    TakenError,
    default_url,
    open_stream,
    probe_stream,
    stream_url,
)

from ..pictures import held
from .camera_server import CameraServer, Connection

START, END = b"\xff\xd8", b"\xff\xd9"
ONE = START + b"\xff\xe0one\xff\x00\xff" + END
TWO = START + b"\xff\xe0two" + END


def chunked(stream: bytes, size: int) -> list[bytes]:
    return [bytes(chunk) for chunk in batched(stream, size, strict=False)]


def split(*chunks: bytes, limit: int = MAX_FRAME) -> list[bytes]:
    splitter = FrameSplitter(limit)
    return list(chain.from_iterable(splitter.feed(chunk) for chunk in chunks))


# --- the splitter ---


@pytest.mark.parametrize(
    ("stream", "frames"),
    [
        (b"", []),
        (ONE, [ONE]),
        (ONE + TWO, [ONE, TWO]),
        (
            b"--b\r\nContent-Length: 99\r\n\r\n" + ONE + b"\r\n--b\r\n\r\n" + TWO,
            [ONE, TWO],
        ),
        (b"middle of a picture" + END + ONE, [ONE]),
        (ONE + b"\xff" + TWO, [ONE, TWO]),
        (START + END, [START + END]),
        # The two marks share no byte, and an end does not count before a start.
        (b"\xff\xd8\xd9", []),
        (END + START, []),
        (ONE[:-1], []),
        # A picture that broke off gives way to the whole one behind it.
        (ONE[:-2] + b"\r\n--b\r\n\r\n" + TWO, [TWO]),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_split(stream: bytes, frames: list[bytes], size: int) -> None:
    assert split(*chunked(stream, size)) == frames


@given(
    st.lists(st.binary(max_size=40).filter(lambda body: b"\xff" not in body)),
    st.lists(st.binary(max_size=9).filter(lambda junk: b"\xff" not in junk)),
    st.integers(1, 60),
)
@settings(deadline=None, database=None)
def test_split_any_stream(bodies: list[bytes], junk: list[bytes], size: int) -> None:
    frames = [START + body + END for body in bodies]
    between = (junk + [b""] * len(frames))[: len(frames)]
    stream = b"".join(chain.from_iterable(zip(between, frames, strict=True)))

    assert split(*chunked(stream, size)) == frames


@given(st.lists(st.binary(max_size=50) | st.sampled_from([START, END, ONE])))
@settings(deadline=None, database=None)
def test_split_anything(chunks: list[bytes]) -> None:
    frames = split(*chunks)

    assert all(frame.startswith(START) and frame.endswith(END) for frame in frames)
    assert split(b"".join(chunks)) == frames


@pytest.mark.parametrize("size", [4, 5, 1000])
def test_picture_that_is_too_long(size: int) -> None:
    endless = START + bytes(50)
    stream = endless + END + ONE + endless + END + TWO + endless + ONE

    assert split(*chunked(stream, size), limit=len(ONE)) == [ONE, TWO, ONE]


@pytest.mark.parametrize(
    "junk", [bytes(65536), START + bytes(65534)], ids=["no start", "no end"]
)
def test_memory_is_bounded(junk: bytes) -> None:
    splitter = FrameSplitter()

    sizes = [held(splitter) for _ in range(200) if not splitter.feed(junk)]

    assert len(sizes) == 200
    assert max(sizes) <= MAX_FRAME
    assert splitter.feed(END + ONE)[-1] == ONE


def test_small_chunks_of_a_big_picture_are_searched_once() -> None:
    picture = START + bytes(4 * 1024 * 1024) + END
    chunks = chunked(picture, 64)
    began = process_time()

    frames = split(*chunks)

    assert frames == [picture]
    # Searching everything again for each of the 65536 chunks would take minutes.
    assert process_time() - began < 5


# --- opening ---


@pytest.mark.parametrize(
    "content_type",
    [
        "Content-Type: multipart/x-mixed-replace;boundary=b",
        "content-type: VIDEO/x-motion-jpeg",
        "Content-Type: application/mjpeg",
        "X-Nothing: at all",
    ],
)
async def test_open_stream(
    session: aiohttp.ClientSession, camera: CameraServer, content_type: str
) -> None:
    camera.greet(f"HTTP/1.0 200 OK\r\n{content_type}\r\n\r\n")

    async with open_stream(session, camera.url) as response:
        assert response.status == 200
        connection = await camera.accept()

    await connection.gone()
    assert connection.request.startswith("GET /?action=stream HTTP/1.1\r\n")
    assert "Connection: close" in connection.request


@pytest.mark.parametrize(
    "answer",
    [
        "HTTP/1.0 404 Not Found\r\nContent-Type: text/html\r\n\r\n",
        "HTTP/1.0 503 Busy\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html>",
        "HTTP/1.0 200 OK\r\nContent-Type: image/jpeg\r\n\r\n",
    ],
)
async def test_open_what_is_no_stream(
    session: aiohttp.ClientSession, camera: CameraServer, answer: str
) -> None:
    camera.greet(answer)

    with pytest.raises(NotAStreamError):
        async with open_stream(session, camera.url):
            pytest.fail("opened")

    await (await camera.accept()).gone()


async def test_redirects_are_not_followed(
    session: aiohttp.ClientSession, camera: CameraServer
) -> None:
    camera.greet(
        f"HTTP/1.0 302 Found\r\nLocation: {camera.url}\r\nContent-Length: 0\r\n\r\n"
    )

    with pytest.raises(NotAStreamError, match="302"):
        async with open_stream(session, camera.url):
            pytest.fail("opened")

    assert camera.connections == 1


@pytest.mark.parametrize("drop", [Connection.reset, Connection.close])
async def test_taken_camera_is_asked_once(
    session: aiohttp.ClientSession,
    camera: CameraServer,
    drop: Callable[[Connection], None],
) -> None:
    camera.on_connect = drop

    with pytest.raises(TakenError):
        async with open_stream(session, camera.url):
            pytest.fail("opened")

    assert camera.connections == 1


# --- finding ---


@pytest.mark.parametrize(
    ("given_url", "url"),
    [
        (None, None),
        ("", None),
        ("  ", None),
        ("http://10.0.0.7:8080/?action=stream", "http://192.0.2.9:8080/?action=stream"),
        (" HTTP://10.0.0.7:8080/stream\n", "http://192.0.2.9:8080/stream"),
        ("http://10.0.0.7/a/b?c=d&e", "http://192.0.2.9/a/b?c=d&e"),
        ("http://user:word@10.0.0.7:81/", "http://192.0.2.9:81/"),
        ("http://[fe80::1]:81/", "http://192.0.2.9:81/"),
        ("https://10.0.0.7/stream", None),
        ("rtsp://10.0.0.7/stream", None),
        ("10.0.0.7:8080/stream", None),
        ("http://", None),
        ("http:///stream", None),
        ("http://[10.0.0.7/", None),
        ("http://10.0.0.7:camera/", None),
        ("http://10.0.0.7:99999/", None),
    ],
)
def test_stream_url(given_url: str | None, url: str | None) -> None:
    assert stream_url(given_url, "192.0.2.9") == url


def test_default_url() -> None:
    assert (
        default_url("192.0.2.9", DEFAULT_PORT) == "http://192.0.2.9:8080/?action=stream"
    )


async def test_probe_finds_a_camera(
    session: aiohttp.ClientSession, camera: CameraServer
) -> None:
    presence = await probe_stream(session, camera.host, camera.port)

    assert presence is CameraPresence.PRESENT
    await (await camera.accept()).gone()
    assert camera.connections == 1


@pytest.mark.parametrize("drop", [Connection.reset, Connection.close])
async def test_probe_of_a_taken_camera(
    session: aiohttp.ClientSession,
    camera: CameraServer,
    drop: Callable[[Connection], None],
) -> None:
    camera.on_connect = drop

    presence = await probe_stream(session, camera.host, camera.port)

    assert presence is CameraPresence.TAKEN
    assert camera.connections == 1


@pytest.mark.parametrize(
    "answer",
    [
        "HTTP/1.0 404 Not Found\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n",
        "no HTTP at all\r\n\r\n",
    ],
)
async def test_probe_of_something_else(
    session: aiohttp.ClientSession, camera: CameraServer, answer: str
) -> None:
    camera.greet(answer)

    presence = await probe_stream(session, camera.host, camera.port)

    assert presence is CameraPresence.ABSENT
    await (await camera.accept()).gone()


async def test_probe_of_silence(
    session: aiohttp.ClientSession, camera: CameraServer
) -> None:
    camera.greet("")

    presence = await probe_stream(session, camera.host, camera.port, timeout=0.05)

    assert presence is CameraPresence.ABSENT
    await (await camera.accept()).gone()


@pytest.mark.parametrize("host", ["127.0.0.8", "not a host"])
async def test_probe_of_nothing(session: aiohttp.ClientSession, host: str) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.8", 0))
        port = sock.getsockname()[1]

    async with asyncio.timeout(60):
        assert await probe_stream(session, host, port) is CameraPresence.ABSENT
