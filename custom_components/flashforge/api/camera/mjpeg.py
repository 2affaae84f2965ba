"""A camera's stream on the wire: finding it, opening it, reading pictures from it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from time import perf_counter
from urllib.parse import urlsplit

import aiohttp

from ..encoding import IDENTITY, foreign_encoding
from .jpeg import MAX_FRAME, FrameSplitter

__all__ = ["MAX_FRAME", "FrameSplitter"]

DEFAULT_PORT = 8080
"""Port of the camera on every model (docs/protocol/README.md §5)."""

PROBE_TIMEOUT = 3.0
"""Seconds that a probe waits (docs/protocol/camera.md, finding the URL)."""

CONNECT_TIMEOUT = 5.0
"""Seconds to connect (docs/protocol/camera.md, load limits)."""

FIRST_FRAME_TIMEOUT = 10.0
"""Seconds from the start of a connection to its first picture."""

STALL_TIMEOUT = 10.0
"""Seconds without another picture after which the stream is opened again."""

MOST_FRAMES = 30
"""Pictures in a second that are shown; of more, the newest ones."""

MOST_BYTES = 32 * 1024 * 1024
"""Bytes in a second that are read, many times what a printer's camera sends."""

_PIECE = 8 * 1024
_TURN = 0.005
# Bytes, and seconds, after which others have their turn: a picture takes no time at all,
# but a chunk can hold thousands of them.
_BURST = 0.5
# Seconds by which a stream may be ahead before it has to wait.

_REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=CONNECT_TIMEOUT)
# Without keep-alive nothing of a camera is ever in the session's pool, where it would
# keep the only place that the printer has for a viewer.
_REQUEST_HEADERS = {"Connection": "close", **IDENTITY}


class CameraPresence(StrEnum):
    """What a probe found."""

    PRESENT = "present"
    TAKEN = "taken"
    """There is a camera, and another viewer has its only place."""
    ABSENT = "absent"


class TakenError(aiohttp.ClientError):
    """The camera took the connection and dropped it without a word.

    That is what it does while another viewer has its only place (docs/protocol/camera.md).
    """


class NotAStreamError(aiohttp.ClientError):
    """Something answered, but not with a stream of pictures."""


@asynccontextmanager
async def open_stream(
    session: aiohttp.ClientSession, url: str
) -> AsyncGenerator[aiohttp.ClientResponse]:
    """Connect to a stream, yield the response with its headers read, and disconnect.

    Raises ``TakenError``, ``NotAStreamError`` and what aiohttp raises. Redirects are not
    followed: a camera has no reason to send anyone elsewhere.
    """
    response = await session.get(
        url,
        allow_redirects=False,
        raise_for_status=False,
        headers=_REQUEST_HEADERS,
        timeout=_REQUEST_TIMEOUT,
        middlewares=(_once,),
        auto_decompress=False,
    )
    try:
        if not _is_stream(response) or foreign_encoding(response):
            raise NotAStreamError(f"status {response.status}")
        yield response
    finally:
        # Unlike release, this does not wait for an end that a stream does not have.
        response.close()


async def _once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Send a request once: aiohttp itself would ask a camera that is taken again."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except aiohttp.ServerDisconnectedError as err:
        if not isinstance(err.message, str):
            # It had begun to answer, which a camera that is taken does not.
            raise NotAStreamError("the answer broke off") from err
        raise TakenError(str(err)) from err
    except aiohttp.ClientOSError as err:
        raise TakenError(str(err)) from err


def _is_stream(response: aiohttp.ClientResponse) -> bool:
    """Return whether this is a stream (docs/protocol/camera.md, finding the URL)."""
    content_type = response.headers.get("Content-Type", "").strip().lower()
    return response.status == 200 and (
        not content_type
        or content_type.startswith(("multipart/", "video/"))
        or "mjpeg" in content_type
    )


async def read_stream(
    session: aiohttp.ClientSession, url: str, show: Callable[[bytes], bool]
) -> bool:
    """Show the newest picture whenever some came, while ``show`` returns True.

    Return True when it does not, False when the stream ends. A stream that comes faster
    than ``MOST_FRAMES`` and ``MOST_BYTES`` allow has to wait. Raises ``TakenError``,
    ``aiohttp.ClientError``, OSError (a stream without pictures times out) and ValueError.
    """
    loop = asyncio.get_running_loop()
    splitter = FrameSplitter()
    rested = loop.time()
    async with (
        asyncio.timeout(FIRST_FRAME_TIMEOUT) as patience,
        open_stream(session, url) as response,
    ):
        async for chunk in response.content.iter_any():
            earned = len(chunk) / MOST_BYTES
            if (frame := await _newest(splitter, chunk)) is not None:
                if not show(frame):
                    return True
                patience.reschedule(loop.time() + STALL_TIMEOUT)
                earned = max(earned, 1 / MOST_FRAMES)
            rested = max(rested, loop.time()) + earned
            if (ahead := rested - loop.time()) > _BURST:
                await asyncio.sleep(ahead)
    return False


async def _newest(splitter: FrameSplitter, chunk: bytes) -> bytes | None:
    """Return the last picture that ends in a chunk, others taking their turn meanwhile."""
    frame: bytes | None = None
    turn = perf_counter()
    for start in range(0, len(chunk), _PIECE):
        if frames := splitter.feed(chunk[start : start + _PIECE]):
            frame = frames[-1]
        if perf_counter() - turn > _TURN:
            await asyncio.sleep(0)
            turn = perf_counter()
    return frame


def default_url(host: str, port: int | None = None) -> str:
    """Return where every model with a camera serves it (docs/protocol/camera.md)."""
    return f"http://{host}:{DEFAULT_PORT if port is None else port}/?action=stream"


def stream_url(state_url: str | None, host: str) -> str | None:
    """Return the printer's stream address at the host that we know it by.

    ``state_url`` is ``cameraStreamUrl``, which holds the printer's own idea of its
    address, outdated after a move (docs/protocol/camera.md, finding the URL). Port and path
    stay. None when it is empty or no HTTP address.
    """
    try:
        parts = urlsplit((state_url or "").strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "http" or not parts.hostname:
        return None
    return parts._replace(netloc=host if port is None else f"{host}:{port}").geturl()


async def probe_stream(
    session: aiohttp.ClientSession,
    host: str,
    port: int | None = None,
    *,
    timeout: float = PROBE_TIMEOUT,
) -> CameraPresence:
    """Return whether a camera is at ``host``, reading no more than the headers.

    This takes the camera's only place for a moment, so it must not be done while a hub
    streams. There is no HEAD first: its answer does not depend on the stream, and
    asking twice takes the place twice. A host that does not answer has no camera.
    """
    try:
        async with (
            asyncio.timeout(timeout),
            open_stream(session, default_url(host, port)),
        ):
            return CameraPresence.PRESENT
    except TakenError:
        return CameraPresence.TAKEN
    except aiohttp.ClientError, OSError, ValueError:
        return CameraPresence.ABSENT
