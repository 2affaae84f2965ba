"""A client of the line port that sends and expects bytes; it shares no code with ours."""

import asyncio
from collections.abc import Iterator
import struct
from typing import Self
import zlib

import pytest

from simulator import ManualClock, Printer, Status

from ...support.waiting import PATIENCE, settle, until


def reply(code: str, *lines: str) -> bytes:
    """The bytes of a usual reply."""
    said = (f"CMD {code} Received.", *lines, "ok")
    return "".join(f"{line}\r\n" for line in said).encode()


def frames(data: bytes) -> Iterator[bytes]:
    """The old form of an upload, as `tcp_a3_upload_chunks.bin` shows it."""
    for number, start in enumerate(range(0, len(data), 4096)):
        block = data[start : start + 4096]
        head = (b"\x5a\x5a\xa5\xa5", number, len(block), zlib.crc32(block))
        yield struct.pack(">4s3I", *head) + block.ljust(4096, b"\0")


class Talker:
    """A client that sends bytes and expects bytes."""

    def __init__(self, printer: Printer, clock: ManualClock) -> None:
        self.printer, self.clock = printer, clock
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def connect(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection(
            self.printer.host, self.printer.tcp_port
        )
        return self

    async def hears(self, expected: bytes) -> None:
        async with asyncio.timeout(PATIENCE):
            assert await self.reader.readexactly(len(expected)) == expected

    async def ask(self, command: str, expected: bytes) -> None:
        said = len(self.printer.lines)
        self.writer.write(f"~{command}\r\n".encode())
        await until(lambda: len(self.printer.lines) > said)
        if self.printer.machine.status is Status.BUSY:
            self.clock.advance(15)
        await self.hears(expected)

    async def hears_nothing(self) -> None:
        """Check that everything sent so far stays unanswered."""
        await settle()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await self.reader.read(1)

    async def send(self, data: bytes) -> None:
        """Send bytes that are no line, and let the printer read them."""
        self.writer.write(data)
        await self.writer.drain()
        await settle()

    async def take(self, success: str = "Control Success V2.1.") -> None:
        await self.ask("M601 S1", reply("M601", success))

    async def send_box(self, data: bytes, pieces: list[bytes]) -> None:
        for piece, answer in zip(frames(data), pieces, strict=True):
            self.writer.write(piece)
            await self.hears(answer)
