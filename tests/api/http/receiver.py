"""A server that takes uploads as bytes, as well or as badly as a test decides."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
import socket
from typing import override

from ...support.server import LoopbackServer
from ..fake import OK, http

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
        """Whether all of it has arrived."""
        return self.taken == self.length

    async def take(
        self, reader: asyncio.StreamReader, count: int, *, keep: bool = False
    ) -> None:
        """Take so many bytes more, or as many as there are."""
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
    """Answer after so many bytes, and take the rest as it arrives."""

    async def take(
        upload: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await upload.take(reader, after)
        writer.write(http(body))
        await upload.take(reader, upload.length)

    return take


def waiting(after: int) -> Take:
    """Take so many bytes, and the rest only when the test sets ``go_on``."""

    async def take(
        upload: Received, reader: asyncio.StreamReader, _: asyncio.StreamWriter
    ) -> None:
        await upload.take(reader, after)
        await upload.go_on.wait()
        await upload.take(reader, upload.length)
        await reader.read()

    return take


def broken(after: int) -> Take:
    """Reset the connection after so many bytes."""

    async def take(
        upload: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await upload.take(reader, after)
        writer.transport.abort()

    return take


@dataclass(kw_only=True, eq=False)
class Receiver(LoopbackServer):
    """Takes uploads one after another with ``take``; anything else gets a detail."""

    take: Take = field(default_factory=answer)
    detail: bytes = OK
    uploads: list[Received] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    began: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @override
    async def start(self, bound: socket.socket | None = None) -> None:
        """Listen, with a small buffer for what is not taken yet."""
        if bound is None:
            bound = socket.socket()
            bound.bind((self.host, 0))
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, CHUNK)
        await super().start(bound)

    @override
    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while True:
                await self._request(reader, writer)
        finally:
            writer.close()

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
