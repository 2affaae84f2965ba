"""A small server on loopback, for what a virtual printer never does."""

from abc import ABC, abstractmethod
import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
import socket
from typing import Self

HOST = "127.0.0.1"


@dataclass(kw_only=True, eq=False)
class LoopbackServer(ABC):
    """Listens from ``start`` to ``stop``, or for as long as a ``with`` block lasts.

    It can be started again on the port that it had. ``tasks`` are the connections that
    are being served.
    """

    host: str = HOST
    port: int = 0
    connections: int = 0
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _server: asyncio.Server | None = None

    @abstractmethod
    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Serve one connection; the errors of a client that disconnects may be raised."""

    async def start(self, bound: socket.socket | None = None) -> None:
        """Listen, on a given socket that is bound already or on a new one."""
        if bound is None:
            self._server = await asyncio.start_server(
                self._accept, self.host, self.port
            )
        else:
            self._server = await asyncio.start_server(self._accept, sock=bound)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening, and disconnect all clients."""
        if self._server is None:
            return
        self._server.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self._server.abort_clients()
        await self._server.wait_closed()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        self.connections += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self.serve(reader, writer)
        finally:
            self.tasks.discard(task)
