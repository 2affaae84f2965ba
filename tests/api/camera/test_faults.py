"""Everything that can be wrong with a camera, for those who watch and for stills.

Each fault is survived: the hub says what is the matter, leaves the camera alone for a
while, and has pictures again as soon as the camera does.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

import aiohttp
import pytest

from custom_components.flashforge.api.camera.hub import CameraHub
from custom_components.flashforge.api.camera.mjpeg import MAX_FRAME
from custom_components.flashforge.api.camera.status import CameraStatus

from ...support.loop_clock import LoopClock
from .camera_server import HEADERS, CameraServer, Connection, picture, viewers_of

ELSEWHERE = "127.0.0.9"
ELSEWHERE_PORT = 8081
SILENCE = 10.1
"""Seconds after which a camera that shows nothing is given up."""

LONGEST_PAUSE = 31
START, END = b"\xff\xd8\xff", b"\xff\xd9"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What a camera does to a client, and what the hub makes of it.

    ``seconds`` is for how long the hub bears it.
    """

    does: Callable[[Connection], Awaitable[None] | None] | None
    status: CameraStatus = CameraStatus.UNAVAILABLE
    seconds: float = 0


def says(*texts: str | bytes) -> Callable[[Connection], Awaitable[None]]:
    """Return what sends texts and then nothing more."""

    async def send(connection: Connection) -> None:
        for text in texts:
            await connection.send(text if isinstance(text, bytes) else text.encode())

    return send


def says_and(
    end: Callable[[Connection], None], *texts: str | bytes
) -> Callable[[Connection], Awaitable[None]]:
    """Return what sends texts and then ends the connection."""

    async def send(connection: Connection) -> None:
        await says(*texts)(connection)
        end(connection)

    return send


async def repeats(connection: Connection, line: bytes) -> None:
    """Send a line until the client has enough."""
    while True:
        await connection.send(line)


async def says_headers_without_end(connection: Connection) -> None:
    await connection.send(b"HTTP/1.0 200 OK\r\n")
    await repeats(connection, b"X-More: " + b"x" * 4000 + b"\r\n")


async def says_a_header_without_end(connection: Connection) -> None:
    await connection.send(b"HTTP/1.0 200 OK\r\nX-Long: ")
    await repeats(connection, b"x" * 4000)


def with_header(line: str, version: str = "1.0") -> str:
    """Return the headers of a stream with one more, which is a lie."""
    return HEADERS.replace("1.0", version).replace("\r\n\r\n", f"\r\n{line}\r\n\r\n", 1)


FAULTS = {
    "refuses": Fault(does=None),
    "reset": Fault(does=Connection.reset, status=CameraStatus.IN_USE),
    "closed": Fault(does=Connection.close, status=CameraStatus.IN_USE),
    "silent": Fault(does=says(), seconds=SILENCE),
    "half an answer": Fault(does=says("HTTP/1.0 200 OK\r\nServer"), seconds=SILENCE),
    "answer breaks off": Fault(
        does=says_and(Connection.close, "HTTP/1.0 200 OK\r\nServer")
    ),
    "headers without end": Fault(does=says_headers_without_end),
    "header without end": Fault(does=says_a_header_without_end),
    "no http": Fault(does=says("\x00\x01 garbage\r\n\r\n")),
    "not found": Fault(does=says("HTTP/1.0 404 Not Found\r\n\r\n")),
    "server error": Fault(does=says("HTTP/1.0 500 Internal Server Error\r\n\r\n")),
    "page": Fault(does=says("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")),
    "redirect": Fault(
        does=says(
            "HTTP/1.0 302 Found\r\n"
            f"Location: http://{ELSEWHERE}:{ELSEWHERE_PORT}/?action=stream\r\n\r\n"
        )
    ),
    "lies: gzip": Fault(
        does=says(with_header("Content-Encoding: gzip"), "no zip", picture(9))
    ),
    "lies: chunked": Fault(
        does=says(with_header("Transfer-Encoding: chunked", "1.1"), picture(9))
    ),
    "lies: length": Fault(does=says(with_header("Content-Length: 3"), picture(9))),
    "no picture": Fault(does=says(HEADERS, b"text " * 9000), seconds=SILENCE),
    "half a picture": Fault(does=says(HEADERS, START + b"..."), seconds=SILENCE),
    "picture without end": Fault(
        does=says(HEADERS, START, *[bytes(1 << 20)] * 20), seconds=SILENCE
    ),
    "picture too big": Fault(
        does=says(HEADERS, START, bytes(MAX_FRAME), END), seconds=SILENCE
    ),
    "picture breaks off": Fault(
        does=says_and(Connection.close, HEADERS, START + b"...")
    ),
    "picture and reset": Fault(does=says_and(Connection.reset, HEADERS, START)),
}

MALFORMED = {
    "no boundary": picture(1) + picture(2),
    "no part headers": b"--boundarydonotcross\r\n\r\n" + picture(1),
    "length too small": b"Content-Length: 3\r\n\r\n" + picture(1),
    "length too big": b"Content-Length: 99999999\r\n\r\n" + picture(1),
    "length negative": b"Content-Length: -1\r\n\r\n" + picture(1),
    "length is no number": b"Content-Length: many\r\n\r\n" + picture(1),
    "broken picture first": START + b"..." + picture(1),
    "end without start": END + b"\r\n" + picture(1),
    "endless picture first": START + bytes(MAX_FRAME + 1) + picture(1),
}
"""What is sent instead of a stream as it should be; the pictures in it are seen."""


@pytest.fixture(autouse=True)
async def elsewhere() -> AsyncGenerator[None]:
    """Listen at another host, which nobody is to be sent to."""
    async with CameraServer(host=ELSEWHERE, port=ELSEWHERE_PORT) as elsewhere:
        yield
        assert elsewhere.connections == 0


@pytest.fixture
async def hub(
    session: aiohttp.ClientSession, camera: CameraServer
) -> AsyncGenerator[CameraHub]:
    """Return a hub; nothing of it may be left in the end."""
    hub = CameraHub(session, lambda: camera.url)
    yield hub
    await hub.close()
    for connection in camera.kept:
        await connection.gone()
    left = [task.get_name() for task in asyncio.all_tasks()]
    assert "flashforge camera" not in left
    assert viewers_of(hub) == 0


async def watch(hub: CameraHub) -> bytes:
    """Look until there is a picture."""
    async with aclosing(hub.frames()) as viewer:
        return await anext(viewer)


async def break_down(camera: CameraServer, fault: Fault) -> None:
    """Let a camera have a fault."""
    if fault.does is None:
        await camera.stop()
    else:
        camera.on_connect = fault.does


async def mend(camera: CameraServer, fault: Fault) -> None:
    """Let a camera work as it should."""
    camera.on_connect = says(HEADERS, picture(1))
    if fault.does is None:
        await camera.start()


async def bear(camera: CameraServer, fault: Fault, loop_clock: LoopClock) -> None:
    """Let the time pass for which a fault is borne."""
    if fault.seconds:
        await camera.accept()
        for _ in range(10):
            await asyncio.sleep(0)
        loop_clock.advance(fault.seconds)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_viewer_survives(
    hub: CameraHub,
    camera: CameraServer,
    loop_clock: LoopClock,
    fault: Fault,
) -> None:
    await break_down(camera, fault)
    failed = asyncio.Event()
    hub.add_listener(lambda: hub.status is fault.status and failed.set())
    viewer = asyncio.ensure_future(watch(hub))
    await bear(camera, fault, loop_clock)
    await failed.wait()
    attempts = camera.connections

    await mend(camera, fault)
    loop_clock.advance(LONGEST_PAUSE)

    assert await viewer == picture(1)
    assert hub.status is CameraStatus.STREAMING
    assert camera.connections == attempts + 1


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_still_survives(
    hub: CameraHub,
    camera: CameraServer,
    loop_clock: LoopClock,
    fault: Fault,
) -> None:
    await break_down(camera, fault)
    still = asyncio.ensure_future(hub.still(timeout=60))
    await bear(camera, fault, loop_clock)
    assert await still is None
    assert hub.status is fault.status
    attempts = camera.connections

    await mend(camera, fault)
    loop_clock.advance(LONGEST_PAUSE)

    assert await hub.still() == picture(1)
    assert hub.status is CameraStatus.IDLE
    assert camera.connections == attempts + 1


@pytest.mark.parametrize("take", [watch, CameraHub.still], ids=["viewer", "still"])
@pytest.mark.parametrize("stream", MALFORMED.values(), ids=MALFORMED)
async def test_picture_in_a_malformed_stream(
    hub: CameraHub,
    camera: CameraServer,
    take: Callable[[CameraHub], Awaitable[bytes | None]],
    stream: bytes,
) -> None:
    camera.on_connect = says(HEADERS, stream)

    assert await take(hub) in {picture(1), picture(2)}

    assert camera.connections == 1
