"""Another program at the line port, such as FlashPrint (docs/protocol/tcp.md §2)."""

import asyncio
from contextlib import suppress
from typing import Self

from ..machine.device import Device

_HARMLESS = "M17"
"""A command that only the one in control may send, and that changes nothing."""


class FlashPrint:
    """A program on a connection of its own, over real sockets.

    It takes control, keeps it for as long as it likes and finds out when it has lost it.
    An async context manager; leaving it disconnects without giving control back.
    """

    def __init__(self, device: Device) -> None:
        """Prepare; nobody is connected yet."""
        self._device = device
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def __aenter__(self) -> Self:
        """Connect. OSError when nobody listens."""
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

        EOFError when the printer hangs up.
        """
        self._writer.write(f"~{line}\r\n".encode())
        reply = (await self._reader.readuntil(b"ok\r\n")).decode()
        return reply.splitlines()[1:-1]

    async def take(self) -> bool:
        """Take control; False when somebody else has it."""
        return not _refused(await self.ask("M601 S1"))

    async def holds(self) -> bool:
        """Say whether it still has control, by a command that needs it."""
        return not _refused(await self.ask(_HARMLESS))

    async def release(self) -> None:
        """Give control back."""
        await self.ask("M602")


def _refused(reply: list[str]) -> bool:
    return "Control failed." in reply
