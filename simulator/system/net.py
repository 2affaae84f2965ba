"""Network ports that open and close at once, without awaiting."""

import asyncio
from collections.abc import Callable
import socket
import struct

_HOLDS = 128 * 1024
# Bytes that a connection buffers before they are read. A printer has little memory; the
# default of this computer may be megabytes.

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def bound_socket(kind: socket.SocketKind, host: str, port: int) -> socket.socket:
    """Return a socket at an address, listening if it is TCP.

    An empty host is every address. OSError, with the address, if it is taken.
    """
    bound = socket.socket(socket.AF_INET, kind)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setblocking(False)
        bound.bind((host, port))
        if kind is socket.SOCK_STREAM:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _HOLDS)
            bound.listen(128)
    except OSError as err:
        bound.close()
        raise OSError(err.errno, f"{host or '*'}:{port}: {err.strerror}") from err
    return bound


class TcpPort:
    """A listening socket. Clients can connect as soon as `open` has returned."""

    def __init__(self, factory: Callable[[], asyncio.Protocol]) -> None:
        """Take the factory of the protocol of each connection."""
        self._factory = factory
        self._server: asyncio.Server | None = None
        self._closing: set[asyncio.Server] = set()
        self._opening: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        """Clients can connect."""
        return self._server is not None

    def open(self, host: str, port: int) -> int:
        """Listen; port 0 takes a free one. Return the port. OSError if it is taken."""
        listener = bound_socket(socket.SOCK_STREAM, host, port)
        # The eager task creates the server before its first pause.
        loop = asyncio.get_running_loop()
        self._opening = loop.create_task(self._serve(listener), eager_start=True)
        bound: int = listener.getsockname()[1]
        return bound

    def close(self) -> None:
        """Refuse new clients and disconnect the present ones."""
        if self._server is not None:
            self._server.close()
            self._server.abort_clients()
            self._closing.add(self._server)
            self._server = None

    async def wait_closed(self) -> None:
        """Wait until all connections are closed."""
        if self._opening is not None:
            await self._opening
        while self._closing:
            await self._closing.pop().wait_closed()

    async def _serve(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            self._factory, sock=listener, start_serving=False
        )
        self._server = server
        await server.start_serving()


def reset(transport: asyncio.BaseTransport | None) -> None:
    """Break a connection with RST instead of a normal close."""
    if not isinstance(transport, asyncio.WriteTransport):
        return
    if (connection := transport.get_extra_info("socket")) is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    transport.abort()
