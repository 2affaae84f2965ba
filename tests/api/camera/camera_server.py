"""A camera on a real socket that does what a test tells it, and nothing by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
import socket
import struct
from typing import Self

import pytest

from custom_components.flashforge.api.camera import hub as hub_module
from custom_components.flashforge.api.camera.hub import CameraHub

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
    """Return how many look: as many as make the hub full, were that all it takes."""
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
        """Break the connection off, as a printer does with a second viewer."""
        sock: socket.socket = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


class CameraServer:
    """Listens on a loopback address of its own.

    ``on_connect`` is done to each new client; it greets with a stream's headers unless a
    test sets something else. ``kept`` are the clients that were greeted.
    """

    host = "127.0.0.8"

    def __init__(self, host: str = host, port: int = 0) -> None:
        self.host = host
        self.port = port
        self.connections = 0
        self.on_connect: Callable[[Connection], Awaitable[None] | None]
        self.kept: list[Connection] = []
        self._accepted: asyncio.Queue[Connection] = asyncio.Queue()
        self._server: asyncio.Server
        self.greet(HEADERS)

    @property
    def url(self) -> str:
        """Return the address of the stream."""
        return f"http://{self.host}:{self.port}/?action=stream"

    def greet(self, answer: str) -> None:
        """Answer new clients with this text and keep them."""
        self.on_connect = lambda connection: connection.send(answer.encode())

    async def accept(self) -> Connection:
        """Return the next client, once it has been greeted."""
        return await self._accepted.get()

    async def listen(self) -> None:
        """Take clients, on the same port as before if there was one."""
        self._server = await asyncio.start_server(self._serve, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse clients and drop those that are there."""
        self._server.close()
        self._server.abort_clients()
        await self._server.wait_closed()

    async def __aenter__(self) -> Self:
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            request = await reader.readuntil(b"\r\n\r\n")
            connection = Connection(reader, writer, request.decode())
            if (greeting := self.on_connect(connection)) is not None:
                await greeting
                self.kept.append(connection)
            self._accepted.put_nowait(connection)
