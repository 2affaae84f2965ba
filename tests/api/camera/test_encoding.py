"""Answers that are packed, and streams that are too much: refused, bounded, quick."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from time import perf_counter
import zlib

import aiohttp
import pytest

from custom_components.flashforge.api.camera import hub as hub_module, mjpeg
from custom_components.flashforge.api.camera.hub import CameraHub
from custom_components.flashforge.api.camera.mjpeg import (
    CameraPresence,
    NotAStreamError,
    open_stream,
    probe_stream,
)
from custom_components.flashforge.api.camera.status import CameraStatus
from custom_components.flashforge.api.errors import FlashForgeError, UnreadableError
from custom_components.flashforge.api.http.printer import HttpPrinter
from custom_components.flashforge.api.network import moonraker

from ..pictures import PICTURES, SMALL, part
from .camera_server import HEADERS, CameraServer, Connection, viewers_of

BOMB = zlib.compress(bytes(200 << 20), 9, wbits=31)
"""200 KB that are 200 MB when they are unpacked."""

ENCODINGS = (
    "gzip",
    "x-gzip",
    "deflate",
    "br",
    "zstd",
    "compress",
    "identity, gzip",
    "?",
)


def packed(encoding: str, content_type: str = "multipart/x-mixed-replace") -> bytes:
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n"
        f"Content-Encoding: {encoding}\r\nContent-Length: {len(BOMB)}\r\n\r\n"
    )
    return head.encode() + BOMB


@pytest.fixture
async def hub(
    session: aiohttp.ClientSession, camera: CameraServer
) -> AsyncGenerator[CameraHub]:
    hub = CameraHub(session, lambda: camera.url)
    yield hub
    await hub.close()


def sends(*answers: bytes) -> Callable[[Connection], Awaitable[None]]:
    async def send(connection: Connection) -> None:
        with suppress(ConnectionError):
            for answer in answers:
                await connection.send(answer)

    return send


@asynccontextmanager
async def responsive(most: float = 0.5) -> AsyncGenerator[None]:
    """Fail when the loop was held for longer; generous, as the machine is busy."""
    worst = 0.0

    async def watch() -> None:
        nonlocal worst
        while True:
            before = perf_counter()
            await asyncio.sleep(0)
            worst = max(worst, perf_counter() - before)

    watching = asyncio.create_task(watch())
    yield
    watching.cancel()
    assert worst < most, f"held for {worst:.2f} s"


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_packed_stream_is_none(
    session: aiohttp.ClientSession, camera: CameraServer, encoding: str
) -> None:
    camera.on_connect = sends(packed(encoding))
    async with responsive():
        with pytest.raises(NotAStreamError):
            async with open_stream(session, camera.url):
                pytest.fail("opened")
    connection = await camera.accept()
    assert "Accept-Encoding: identity\r\n" in connection.request
    assert connection.request.lower().count("accept-encoding") == 1


async def test_hub_and_probe_refuse_it_too(
    session: aiohttp.ClientSession, camera: CameraServer, hub: CameraHub
) -> None:
    camera.on_connect = sends(packed("gzip"))
    async with responsive():
        assert await hub.still() is None
        found = await probe_stream(session, camera.host, camera.port)
    assert hub.status is CameraStatus.UNAVAILABLE
    assert found is CameraPresence.ABSENT


@pytest.mark.parametrize("told", ["identity", "", " Identity "])
async def test_a_stream_as_it_is(
    session: aiohttp.ClientSession, camera: CameraServer, told: str
) -> None:
    camera.greet(
        HEADERS.replace("\r\n\r\n", f"\r\nContent-Encoding: {told}\r\n\r\n", 1)
    )
    async with open_stream(session, camera.url) as response:
        assert response.status == 200


def client(session: aiohttp.ClientSession, camera: CameraServer) -> HttpPrinter:
    return HttpPrinter(
        session, camera.host, port=camera.port, serial="SN1", check_code="1"
    )


READS: dict[str, Callable[[HttpPrinter], Awaitable[object]]] = {
    "state": lambda printer: printer.fetch(),
    "product": lambda printer: printer.fetch_product(),
    "files": lambda printer: printer.list_files(),
    "picture": lambda printer: printer.fetch_thumbnail("a.gcode"),
    "picture of the job": lambda printer: printer.fetch_job_thumbnail(),
    "command": lambda printer: printer.pause(),
}


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd", "?"])
@pytest.mark.parametrize("read", READS.values(), ids=READS)
async def test_a_packed_answer_is_unreadable(
    session: aiohttp.ClientSession,
    camera: CameraServer,
    read: Callable[[HttpPrinter], Awaitable[object]],
    encoding: str,
) -> None:
    camera.on_connect = sends(packed(encoding, "application/json"))
    async with responsive():
        with pytest.raises(UnreadableError):
            await read(client(session, camera))
    assert "Accept-Encoding: identity\r\n" in (await camera.accept()).request


async def test_moonraker_is_asked_for_plain_words(
    session: aiohttp.ClientSession,
    camera: CameraServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(moonraker, "PORT", camera.port)
    camera.on_connect = sends(packed("gzip", "application/json"))
    async with responsive():
        assert not await moonraker.answers(session, camera.host)
    assert "Accept-Encoding: identity\r\n" in (await camera.accept()).request


async def test_a_long_answer_is_read_to_no_end(
    session: aiohttp.ClientSession, camera: CameraServer
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    camera.on_connect = sends(head, *[b" " * (1 << 20)] * 64)
    async with responsive():
        with pytest.raises(FlashForgeError):
            await client(session, camera).fetch()


# --- too much of a stream ---


async def test_pictures_in_a_second_are_bounded(
    session: aiohttp.ClientSession, camera: CameraServer, hub: CameraHub
) -> None:
    stop = asyncio.Event()

    async def flood(connection: Connection) -> None:
        await connection.send(HEADERS.encode())
        with suppress(ConnectionError):
            while not stop.is_set():
                await connection.send(part(SMALL) * 20)

    camera.on_connect = flood
    seen = 0
    async with responsive(), aclosing(hub.frames()) as frames:
        began = perf_counter()
        async for _ in frames:
            seen += 1
            if (passed := perf_counter() - began) > 1.5:
                break
    stop.set()
    assert seen <= mjpeg.MOST_FRAMES * (passed + 1)


@pytest.mark.parametrize(
    "junk",
    [
        b"X-Header: " + b"x" * 65536,
        b"\r\n" * 32768,
        b"--" + b"b" * 65536,
        b"\xff\xd8\xff\xd9" * 16384,
        b"\xff\xe1\0\2" * 16384,
        b"\xff\xd8\xff\xe1\xff\xff" + bytes(65536),
    ],
    ids=["header", "line ends", "boundary", "pictures", "segments", "segment"],
)
async def test_junk_holds_nobody_up(
    session: aiohttp.ClientSession,
    camera: CameraServer,
    hub: CameraHub,
    junk: bytes,
) -> None:
    whole = PICTURES["exif"]

    async def send(connection: Connection) -> None:
        with suppress(ConnectionError):
            await connection.send(HEADERS.encode())
            for _ in range(64):
                await connection.send(junk)
            await connection.send(b"\r\n" + part(whole) * 2)

    camera.on_connect = send
    async with responsive(), asyncio.timeout(30), aclosing(hub.frames()) as frames:
        async for frame in frames:
            if frame == whole:
                break


async def test_a_long_boundary_is_a_boundary(
    session: aiohttp.ClientSession, camera: CameraServer, hub: CameraHub
) -> None:
    boundary = "b" * 7000
    camera.on_connect = sends(
        HEADERS.replace("boundarydonotcross", boundary).encode(), part(SMALL)
    )
    assert await hub.still() == SMALL


async def test_viewers_are_bounded(
    hub: CameraHub, camera: CameraServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "MOST_VIEWERS", 3)
    camera.on_connect = sends(HEADERS.encode(), part(SMALL))
    viewers = [hub.frames() for _ in range(5)]
    seen = [[frame async for frame in _one(viewer)] for viewer in viewers]
    assert [len(each) for each in seen] == [1, 1, 1, 0, 0]
    assert hub.is_full
    for viewer in viewers:
        await viewer.aclose()
    assert not hub.is_full
    assert viewers_of(hub) == 0
    assert camera.connections == 1


async def _one(viewer: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """Yield the first picture that a viewer sees, without ending it."""
    with suppress(StopAsyncIteration):
        yield await anext(viewer)
