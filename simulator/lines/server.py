"""Port 8899: lines of text, one controller at a time (docs/protocol/tcp.md)."""

import asyncio
from collections.abc import Coroutine

from ..machine.device import Device
from ..system.net import TcpPort
from .connection import Connection
from .desk import Desk


class LineServer:
    """The line port of a printer."""

    def __init__(self, device: Device) -> None:
        """Prepare the line port of a device; it is closed at first."""
        self.desk = Desk(device)
        self._port = TcpPort(lambda: Connection(self.desk, self._begin))
        self._tasks: set[asyncio.Task[None]] = set()

    def follow(self, port: int, *, wanted: bool) -> int:
        """Open or close the port; return its number. OSError if it is taken."""
        if wanted and not self._port.is_open:
            return self._port.open(self.desk.device.host, port)
        if not wanted:
            self._port.close()
        return port

    async def wait_closed(self) -> None:
        """Wait until all connections are closed and their tasks have ended."""
        await self._port.wait_closed()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _begin(self, conversation: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Start the task that answers a client."""
        task = asyncio.create_task(conversation)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
