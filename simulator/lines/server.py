"""Port 8899: lines of text, one controller at a time (docs/protocol/tcp.md)."""

import asyncio
from collections.abc import Coroutine
from typing import override

from ..faults import LINES, Answer, combined
from ..machine.device import Device
from ..machine.status import Status
from ..system.net import TcpPort, reset
from .commands import LineError, Reply, command_of, run

_LONGEST_LINE = 4096
_NOTHING = b"\0" * (1 << 16)
_OTHER = object()
_GONE = object()


class LineServer:
    """The line port of a printer."""

    def __init__(self, device: Device) -> None:
        """Prepare the line port of a device; it is closed at first."""
        self.device = device
        self.lines: list[str] = []
        self.connections = 0
        self.clients: set[_Client] = set()
        self._port = TcpPort(lambda: _Client(self))
        self._tasks: set[asyncio.Task[None]] = set()
        self._owner: object | None = None
        self._heard = 0.0

    @property
    def owner(self) -> object | None:
        """The client in control; a silent client loses control after some seconds."""
        silence = self.device.clock.now() - self._heard
        if self._owner is not _OTHER and silence >= self.device.quirks.line_patience:
            self._owner = None
        return self._owner

    @property
    def controlled(self) -> bool:
        """A client has control, or left without releasing it."""
        return self.owner is not None

    def note(self, client: object) -> None:
        """Note that a client sent something just now."""
        if self.owner is client:
            self._heard = self.device.clock.now()

    def follow(self, port: int, *, wanted: bool) -> int:
        """Open or close the port; return its number. OSError if it is taken."""
        if wanted and not self._port.is_open:
            return self._port.open(self.device.host, port)
        if not wanted:
            self._port.close()
        return port

    async def wait_closed(self) -> None:
        """Wait until all connections are closed and their tasks have ended."""
        await self._port.wait_closed()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def begin(self, conversation: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Start the task that answers a client."""
        task = asyncio.create_task(conversation)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def restart(self) -> None:
        """Forget the client in control, as after the power was off."""
        self._owner = None

    def seize(self) -> None:
        """Let another program take control and keep it."""
        self._owner = _OTHER

    def take(self, client: object) -> bool:
        """Give control to a client, unless another one has it."""
        if self.owner not in {None, client}:
            return False
        self._owner = client
        self._heard = self.device.clock.now()
        return True

    def release(self) -> None:
        """End the control of whichever client has it."""
        self._owner = None

    def may_write(self, client: object) -> bool:
        """Return whether a client has control."""
        return self.owner is client

    def leave(self, client: _Client) -> None:
        """Remove a client; its control may stay taken."""
        self.clients.discard(client)
        if self.owner is client:
            kept = self.device.quirks.keeps_line_control
            self._owner = _GONE if kept else None


class _Client(asyncio.Protocol):
    """One connection: commands are answered one after the other."""

    def __init__(self, server: LineServer) -> None:
        self._server = server
        self._device = server.device
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._server.clients.add(self)
            self._server.connections += 1
            self._task = self._server.begin(self._serve())

    @override
    def data_received(self, data: bytes) -> None:
        *lines, self._received = (self._received + data).split(b"\n")
        for line in lines:
            self._lines.put_nowait(line.decode("utf-8", "replace").strip())
        if len(self._received) > _LONGEST_LINE and self._transport is not None:
            self._transport.close()

    @override
    def eof_received(self) -> bool:
        # Commands sent before the client left are still carried out.
        self._lines.put_nowait(None)
        return True

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._server.leave(self)
        if self._task is not None:
            self._task.cancel()

    async def _serve(self) -> None:
        while (line := await self._lines.get()) is not None:
            if line.startswith("~"):
                self._server.lines.append(line[1:])
                await self._answer(line[1:])
        if self._transport is not None:
            self._transport.close()

    async def _answer(self, line: str) -> None:
        code, _, rest = line.partition(" ")
        code = code.upper()
        self._server.note(self)
        met = self._device.faults.take(f"{LINES}/{code}")
        await self._device.faults.delay(met)
        effect = combined(active.effect for active in met)
        if isinstance(effect.instead, Answer):
            reply = effect.instead.body
        else:
            reply = await self._reply(code, rest.strip())
        self._server.note(self)
        await self._send(reply[: int(len(reply) * effect.keep)])
        if (transport := self._transport) is None:
            return
        for _ in range(effect.excess // len(_NOTHING)):
            transport.write(_NOTHING)
        if effect.resets:
            reset(transport)
        elif effect.keep < 1:
            transport.close()

    async def _reply(self, code: str, rest: str) -> bytes:
        """Carry a command out and return what the printer answers."""
        try:
            reply = await self._run(code, rest)
        except LineError as err:
            reply = Reply(lines=(str(err),))
        end = self._device.quirks.line_end
        text = "".join(
            line + end for line in (f"CMD {code} Received.", *reply.lines, "ok")
        )
        return text.encode() + reply.data

    async def _run(self, code: str, rest: str) -> Reply:
        device, server = self._device, self._server
        if code == "M601":
            taken = server.take(self)
            success = device.quirks.line_control
            return Reply(lines=(success if taken else "Control failed.",))
        if code == "M602":
            server.release()
            return Reply(lines=("Control Release.",))
        command = command_of(device, code)
        if command.writes and not server.may_write(self):
            raise LineError("Control failed.")
        reply = run(device, command, rest)
        if command.blocks:
            await self._done()
        return reply

    async def _done(self) -> None:
        """Wait on the printer's clock until the machine is no longer busy."""
        machine, clock = self._device.machine, self._device.clock
        while machine.status is Status.BUSY:
            moment = asyncio.Event()
            cancel = clock.call_at(machine.busy_until, moment.set)
            try:
                await moment.wait()
            finally:
                cancel()

    async def _send(self, reply: bytes) -> None:
        size = self._device.quirks.line_pieces or len(reply) or 1
        for start in range(0, len(reply), size):
            if self._transport is None:
                return
            self._transport.write(reply[start : start + size])
            await asyncio.sleep(0)
