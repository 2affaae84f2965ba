"""A camera's stream on the wire: finding it, opening it, cutting pictures out of it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from urllib.parse import urlsplit

import aiohttp

DEFAULT_PORT = 8080
"""Port of the camera on every model (protocol/README.md §5)."""

PROBE_TIMEOUT = 3.0
"""Seconds that a probe waits (protocol/camera.md, finding the URL)."""

MAX_FRAME = 8 * 1024 * 1024
"""Bytes that one picture may have; printers send some ten thousand."""

CONNECT_TIMEOUT = 5.0
"""Seconds to connect (protocol/camera.md, load limits)."""

FIRST_FRAME_TIMEOUT = 10.0
"""Seconds from the start of a connection to its first picture."""

STALL_TIMEOUT = 10.0
"""Seconds without another picture after which the stream is opened again."""

_START = b"\xff\xd8"
_NEXT_START = b"\xff\xd8\xff"
_END = b"\xff\xd9"

_REQUEST_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=CONNECT_TIMEOUT)
# Without keep-alive nothing of a camera ever lies in the session's pool, where it would
# keep the only place that the printer has for a viewer.
_REQUEST_HEADERS = {"Connection": "close"}


class CameraPresence(StrEnum):
    """What a probe found."""

    PRESENT = "present"
    TAKEN = "taken"
    """There is a camera, and another viewer has its only place."""
    ABSENT = "absent"


class TakenError(aiohttp.ClientError):
    """The camera took the connection and dropped it without a word.

    That is what it does while another viewer has its only place (protocol/camera.md).
    """


class NotAStreamError(aiohttp.ClientError):
    """Something answered, but not with a stream of pictures."""


class FrameSplitter:
    """Cuts JPEG pictures out of a stream of bytes.

    It looks for the marks that begin and end a picture and needs neither part headers
    nor lengths, which may be missing or wrong. Everything between pictures is dropped,
    and so is a picture of more than ``limit`` bytes.
    """

    def __init__(self, limit: int = MAX_FRAME) -> None:
        """Start between two pictures."""
        self._limit = limit
        self._buffer = bytearray()
        self._inside = False
        self._searched = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take the next bytes, return the pictures that end in them, oldest first."""
        self._buffer += chunk
        frames: list[bytes] = []
        while self._find_start():
            end = self._find_end()
            if end is None and len(self._buffer) <= self._limit:
                break
            if end is not None and len(frame := self._cut(end)) <= self._limit:
                frames.append(frame)
            self._drop(end or len(self._buffer))
        return frames

    def _find_start(self) -> bool:
        """Bring the start of a picture to the start of the buffer."""
        if self._inside:
            return True
        start = self._buffer.find(_START)
        if start < 0:
            # The first half of the mark may be the last byte that has come so far.
            half = self._buffer.endswith(_START[:1])
            self._drop(len(self._buffer) - half)
            return False
        self._drop(start)
        self._inside = True
        self._searched = len(_START)
        return True

    def _find_end(self) -> int | None:
        """Return where the picture at the start of the buffer ends, if that has come."""
        found = self._buffer.find(_END, self._searched)
        if found >= 0:
            return found + len(_END)
        # Only the last byte is looked at again, so no byte is searched many times over.
        self._searched = max(len(_START), len(self._buffer) - 1)
        return None

    def _cut(self, end: int) -> bytes:
        # A picture that broke off is followed by the start of the next one, which is whole.
        start = max(self._buffer.rfind(_NEXT_START, 0, end), 0)
        with memoryview(self._buffer) as view:
            return bytes(view[start:end])

    def _drop(self, count: int) -> None:
        del self._buffer[:count]
        self._inside = False


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
    )
    try:
        if not _is_stream(response):
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
    """Return whether this is a stream (protocol/camera.md, finding the URL)."""
    content_type = response.headers.get("Content-Type", "").strip().lower()
    return response.status == 200 and (
        not content_type
        or content_type.startswith(("multipart/", "video/"))
        or "mjpeg" in content_type
    )


async def read_stream(
    session: aiohttp.ClientSession, url: str, show: Callable[[bytes], bool]
) -> bool:
    """Show the newest picture whenever some came, while ``show`` wants more.

    Return True when it does not, False when the stream ends. Raises ``TakenError``,
    ``aiohttp.ClientError``, OSError (a stream without pictures times out) and ValueError.
    """
    loop = asyncio.get_running_loop()
    splitter = FrameSplitter()
    async with (
        asyncio.timeout(FIRST_FRAME_TIMEOUT) as patience,
        open_stream(session, url) as response,
    ):
        async for chunk in response.content.iter_any():
            if frames := splitter.feed(chunk):
                if not show(frames[-1]):
                    return True
                patience.reschedule(loop.time() + STALL_TIMEOUT)
    return False


def default_url(host: str, port: int | None = None) -> str:
    """Return where every model with a camera serves it (protocol/camera.md)."""
    return f"http://{host}:{DEFAULT_PORT if port is None else port}/?action=stream"


def stream_url(state_url: str | None, host: str) -> str | None:
    """Return the printer's stream address at the host that we know it by.

    ``state_url`` is ``cameraStreamUrl``, which holds the printer's own idea of its
    address, outdated after a move (protocol/camera.md, finding the URL). Port and path
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
    streams. There is no HEAD first: its answer would say nothing about the stream, and
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
