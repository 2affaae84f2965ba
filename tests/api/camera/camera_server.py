"""A camera on a real socket that does only what a test decides."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
import socket
import struct
from typing import override

import pytest

from custom_components.flashforge.api.camera import hub as hub_module
from custom_components.flashforge.api.camera.hub import CameraHub

from ...support.server import LoopbackServer

HEADERS = (
    "HTTP/1.0 200 OK\r\n"
    "Content-Type: multipart/x-mixed-replace;boundary=boundarydonotcross\r\n"
    "\r\n"
    "--boundarydonotcross\r\n"
)


def picture(number: int) -> bytes:
    """Return something that looks like a JPEG from outside."""
    return b"\xff\xd8\xff\xe0" + str(number).encode() + b"\xff\xd9"


def viewers_of(hub: CameraHub) -> int:
    """Return the number of viewers: the least limit at which the hub is full."""
    with pytest.MonkeyPatch.context() as patch:
        for count in range(hub_module.MOST_VIEWERS):
            patch.setattr(hub_module, "MOST_VIEWERS", count + 1)
            if not hub.is_full:
                return count
    raise AssertionError("the hub is full")


class Connection:
    """One client of the camera."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: str
    ) -> None:
        self._reader = reader
        self._writer = writer
        self.request = request

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._writer.write(data)
        await self._writer.drain()

    async def show(self, frame: bytes) -> None:
        """Send a picture as a part of the stream."""
        await self.send(
            b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(frame)
            + frame
            + b"\r\n--boundarydonotcross\r\n"
        )

    async def gone(self) -> None:
        """Wait until the client has closed the connection."""
        with suppress(ConnectionError):
            while await self._reader.read(65536):
                pass
        self._writer.close()

    def close(self) -> None:
        """Send no more, and let the client close its side."""
        self._writer.write_eof()

    def reset(self) -> None:
        """Reset the connection, as a printer does with a second viewer."""
        sock: socket.socket = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


type OnConnect = Callable[[Connection], Awaitable[None] | None]
"""What is done with a new client; with something to await, the client is kept."""


def greeting(text: str) -> OnConnect:
    """Answer a new client with a text."""
    return lambda connection: connection.send(text.encode())


@dataclass(kw_only=True, eq=False)
class CameraServer(LoopbackServer):
    """Listens on a loopback address of its own.

    It greets with a stream's headers unless a test sets another ``on_connect``. ``kept``
    are the clients that were greeted.
    """

    host: str = "127.0.0.8"
    on_connect: OnConnect = field(default_factory=lambda: greeting(HEADERS))
    kept: list[Connection] = field(default_factory=list)
    _accepted: asyncio.Queue[Connection] = field(default_factory=asyncio.Queue)

    @property
    def url(self) -> str:
        """Return the address of the stream."""
        return f"http://{self.host}:{self.port}/?action=stream"

    def greet(self, answer: str) -> None:
        """Answer new clients with this text and keep them."""
        self.on_connect = greeting(answer)

    async def accept(self) -> Connection:
        """Return the next client, once it has been greeted."""
        return await self._accepted.get()

    @override
    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        connection = Connection(reader, writer, request.decode())
        if (greeted := self.on_connect(connection)) is not None:
            await greeted
            self.kept.append(connection)
        self._accepted.put_nowait(connection)
