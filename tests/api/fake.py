"""A server that answers requests as a test decides, for what no virtual printer does."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
import json
from typing import Any, override

from ..support.server import LoopbackServer

OK = b'{"code":0,"message":"Success","detail":{"status":"ready"},"product":{}}'
"""An answer that satisfies every request: a code for commands, a state for polls."""

type Behavior = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""What happens to one request that has arrived."""


def http(
    body: bytes,
    *,
    status: str = "200 OK",
    content_type: str = "appliation/json",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """Return an HTTP answer as bytes, by default with the printers' content type."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def send(answer: bytes) -> Behavior:
    """Answer with these bytes."""

    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)

    return behave


async def close(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Close the connection without an answer."""
    writer.close()


async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Break the connection without an answer."""
    writer.transport.abort()


async def hang(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Send nothing until the client gives up."""
    await reader.read()


def cut(answer: bytes) -> Behavior:
    """Begin to answer and close."""

    async def behave(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        writer.close()

    return behave


async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer with a body that never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    block = b" " * 65536
    while not writer.is_closing():
        writer.write(b"10000\r\n" + block + b"\r\n")
        await writer.drain()


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        """The body as JSON."""
        found: dict[str, object] = json.loads(self.body)
        return found

    @property
    def command(self) -> tuple[str, dict[str, Any]]:
        """Command and arguments of a control request."""
        payload = self.json["payload"]
        assert isinstance(payload, dict)
        return payload["cmd"], payload["args"]


@dataclass(kw_only=True, eq=False)
class Server(LoopbackServer):
    """Answers the requests one after another with ``script``, then with ``rest``."""

    script: deque[Behavior] = field(default_factory=deque)
    rest: Behavior = field(default_factory=lambda: send(http(OK)))
    asked: list[Asked] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    @override
    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while (asked := await _read(reader)) is not None:
                self.asked.append(asked)
                self.arrived.set()
                behavior = self.script.popleft() if self.script else self.rest
                await behavior(reader, writer)
        finally:
            writer.close()
            self.left.set()


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    """Return the next request on a connection, None at its end."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    except asyncio.IncompleteReadError:
        return None
    method, path, _ = head[0].split(" ")
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, path, headers, body)
