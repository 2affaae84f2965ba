"""A server that takes uploads as bytes, and as badly as a test tells it to."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
import socket
from typing import Self

from ..fake import HOST, OK, http

type Take = Callable[
    ["Received", asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]
]
"""What happens to an upload whose head has arrived."""

CHUNK = 1 << 16


@dataclass
class Received:
    """One upload as it arrived."""

    head: bytes
    length: int
    body: bytearray = field(default_factory=bytearray)
    taken: int = 0
    gone: bool = False
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def whole(self) -> bool:
        """Whether all of it is here."""
        return self.taken == self.length

    async def take(
        self, reader: asyncio.StreamReader, count: int, *, keep: bool = False
    ) -> None:
        """Take so many bytes more, as far as there are any."""
        end = min(self.taken + count, self.length)
        while self.taken < end:
            block = await reader.read(min(CHUNK, end - self.taken))
            if not block:
                self.gone = True
                return
            self.taken += len(block)
            if keep:
                self.body += block


def answer(body: bytes = OK, *, status: str = "200 OK") -> Take:
    """Take all and answer."""

    async def take(
        upload: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await upload.take(reader, upload.length, keep=True)
        writer.write(http(body, status=status))

    return take


def early(body: bytes, after: int = 0) -> Take:
    """Answer when so much has come, and take the rest as it comes."""

    async def take(
        upload: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await upload.take(reader, after)
        writer.write(http(body))
        await upload.take(reader, upload.length)

    return take


def waiting(after: int) -> Take:
    """Take so much, and the rest only when the test lets it go on."""

    async def take(
        upload: Received, reader: asyncio.StreamReader, _: asyncio.StreamWriter
    ) -> None:
        await upload.take(reader, after)
        await upload.go_on.wait()
        await upload.take(reader, upload.length)
        await reader.read()

    return take


def broken(after: int) -> Take:
    """Reset the connection when so much has come."""

    async def take(
        upload: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await upload.take(reader, after)
        writer.transport.abort()

    return take


@dataclass
class Receiver:
    """Takes uploads one after another with ``take``; anything else gets a detail."""

    take: Take = field(default_factory=answer)
    detail: bytes = OK
    uploads: list[Received] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    port: int = 0
    at_once: int = 0
    most_at_once: int = 0
    began: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self, bound: socket.socket | None = None) -> None:
        """Listen on loopback, with little room for what nobody takes."""
        if bound is None:
            bound = socket.socket()
            bound.bind((HOST, 0))
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, CHUNK)
        self._server = await asyncio.start_server(self._serve, sock=bound)
        self.port = bound.getsockname()[1]

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop, with everything that is still open."""
        if self._server is None:
            return
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while True:
                await self._request(reader, writer)
        except ConnectionError, asyncio.IncompleteReadError:
            # The other side has had enough, as some tests want it.
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _request(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ")[1].decode()
        self.asked.append(path)
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        if path != "/uploadGcode":
            await reader.readexactly(length)
            writer.write(http(self.detail))
            return
        upload = Received(head=head, length=length)
        self.uploads.append(upload)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.began.set()
        try:
            await self.take(upload, reader, writer)
        finally:
            self.at_once -= 1
            self.ended.set()
