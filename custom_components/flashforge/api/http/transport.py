"""One exchange with a printer over HTTP: bytes out, bytes in, and nothing left over.

What may be sent a second time is decided here and nowhere else (docs/protocol/http.md §8): a
refused connection never reached the printer, so any request may; a request that died on
a kept-alive connection may have been carried out, so only a read may.
"""

import asyncio
from dataclasses import dataclass
import errno
from functools import lru_cache

import aiohttp
from yarl import URL

from ..encoding import IDENTITY, foreign_encoding
from ..errors import (
    FlashForgeError,
    MissingEndpointError,
    UnreachableError,
    UnreadableError,
)

DEADLINE = 15.0
"""Seconds that an exchange has, repetitions included."""

CONNECT_DEADLINE = 5.0
"""Seconds that a connection has to come up."""

REFUSED_PAUSE = 1.0
"""Seconds until a refused connection is tried once more."""

JSON_LIMIT = 1 << 20
"""Bytes that an answer may have."""

PICTURE_LIMIT = 3 << 20
"""Bytes that an answer with a picture may have."""

_HEADERS = {**IDENTITY, "Content-Type": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request: a body makes it a POST, ``repeatable`` means that it changes nothing.

    ``limit`` is in bytes of the answer, ``deadline`` in s, ``DEADLINE`` unless it is given.
    """

    path: str
    body: bytes | None = None
    repeatable: bool = False
    limit: int = JSON_LIMIT
    deadline: float | None = None


def is_refused(err: BaseException) -> bool:
    """Return whether a connection was refused, so that nothing got through."""
    return isinstance(err, OSError) and err.errno == errno.ECONNREFUSED


@lru_cache(maxsize=64)
def address(host: str, port: int, path: str) -> URL:
    """Return where to send a request; raise when the host is not valid."""
    try:
        return URL.build(scheme="http", host=host, port=port, path=path)
    except ValueError as err:
        raise UnreachableError("the address is no host name", unresolved=True) from err


async def read_answer(
    response: aiohttp.ClientResponse, path: str, limit: int = JSON_LIMIT
) -> bytes:
    """Return the body of an answer; raise for a status that no printer's answer has."""
    if response.status == 404:
        raise MissingEndpointError(f"{path} does not exist")
    if response.status != 200:
        raise UnreadableError(f"{path} answered HTTP {response.status}")
    if foreign_encoding(response):
        raise UnreadableError(f"{path} answered in an encoding that nobody asked for")
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise UnreadableError(f"the answer to {path} does not end")
    return bytes(body)


async def _attempt(
    session: aiohttp.ClientSession, url: URL, request: Exchange
) -> bytes:
    async with session.request(
        "GET" if request.body is None else "POST",
        url,
        data=request.body,
        headers=IDENTITY if request.body is None else _HEADERS,
        allow_redirects=False,
        raise_for_status=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_DEADLINE),
        auto_decompress=False,
    ) as response:
        return await read_answer(response, request.path, request.limit)


async def _attempts(
    session: aiohttp.ClientSession, url: URL, request: Exchange
) -> bytes:
    """Send a request, and a second time where that is harmless."""
    refused = dropped = False
    while True:
        try:
            return await _attempt(session, url, request)
        except aiohttp.ClientConnectorError as err:
            if refused or not is_refused(err):
                raise
            refused = True
            await asyncio.sleep(REFUSED_PAUSE)
        except (
            aiohttp.ServerDisconnectedError,
            aiohttp.ClientOSError,
            ConnectionResetError,
        ):
            if dropped or not request.repeatable:
                raise
            dropped = True


def translated(path: str, err: Exception) -> FlashForgeError:
    """Return what a failed request to ``path`` means."""
    if isinstance(err, TimeoutError):
        connected = not isinstance(err, aiohttp.ConnectionTimeoutError)
        return UnreachableError(f"{path} took too long", silent=connected)
    if isinstance(err, aiohttp.ClientResponseError):
        return UnreadableError(f"{path} answered no HTTP")
    return UnreachableError(
        f"{path} got no answer ({type(err).__name__})",
        refused=is_refused(err),
        unresolved=isinstance(
            err, aiohttp.ClientConnectorDNSError | aiohttp.InvalidURL
        ),
    )


async def exchange(
    session: aiohttp.ClientSession, host: str, port: int, request: Exchange
) -> bytes:
    """Send a request and return the body of its answer.

    Raises ``errors.UnreachableError`` when nothing answered in time,
    ``errors.MissingEndpointError`` for HTTP 404 and ``errors.UnreadableError`` for
    anything else that is no answer of a printer. Their texts name neither the printer
    nor what was sent.
    """
    url = address(host, port, request.path)
    if session.closed:
        raise UnreachableError("the session is closed")
    try:
        async with asyncio.timeout(request.deadline or DEADLINE):
            return await _attempts(session, url, request)
    except (aiohttp.ClientError, OSError) as err:
        raise translated(request.path, err) from err
