"""Another program at the line port, such as FlashPrint (docs/protocol/tcp.md §2)."""

import asyncio
from contextlib import suppress
from typing import Self

from ..machine.device import Device

_HARMLESS = "M17"
"""A command that needs control and changes nothing."""


class FlashPrint:
    """A program on a connection of its own, over real sockets.

    It can take control, keep it, and find out whether it has lost it. An async context
    manager; leaving it disconnects without releasing control.
    """

    def __init__(self, device: Device) -> None:
        """Prepare for a printer; the connection is made later."""
        self._device = device
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def __aenter__(self) -> Self:
        """Connect. OSError if the port is closed."""
        self._reader, self._writer = await asyncio.open_connection(
            self._device.host, self._device.tcp_port
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Disconnect."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    async def ask(self, line: str) -> list[str]:
        """Send a command and return the lines of its reply, head and `ok` left out.

        EOFError if the printer closes the connection.
        """
        self.say(line)
        reply = (await self._reader.readuntil(b"ok\r\n")).decode()
        return reply.splitlines()[1:-1]

    def say(self, line: str) -> None:
        """Send a command without waiting; during an upload nobody is answered."""
        self._writer.write(f"~{line}\r\n".encode())

    async def take(self) -> bool:
        """Take control; False if another client has it."""
        return not _refused(await self.ask("M601 S1"))

    async def holds(self) -> bool:
        """Return whether it still has control, by a command that needs it."""
        return not _refused(await self.ask(_HARMLESS))

    async def release(self) -> None:
        """Release control."""
        await self.ask("M602")


def _refused(reply: list[str]) -> bool:
    return "Control failed." in reply
