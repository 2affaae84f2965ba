"""One connection to port 8899: commands are answered one after the other."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
import re
from typing import override

from ..faults import DATA, LINES, SUCCESS, ActiveFault, Answer, Effect, combined
from ..machine.status import Status
from ..system.clock import Cancel
from ..system.net import reset
from . import intake
from .commands import command_of, run
from .desk import Desk
from .reads import LineError, Reply

_LONGEST_LINE = 4096
_LINE_ENDS = re.compile(rb"[\r\n]+")
_NOTHING = b"\0" * (1 << 16)
_BABBLE_SECONDS = 0.02
_MEGABYTE = 1 << 20

type Begin = Callable[[Coroutine[None, None, None]], asyncio.Task[None]]


class Connection(asyncio.Protocol):
    """A client of the line port."""

    def __init__(self, desk: Desk, begin: Begin) -> None:
        """Take what all connections share; `begin` starts a task."""
        self._desk = desk
        self._device = desk.device
        self._begin = begin
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._answering = False
        self._silence: Cancel | None = None
        self._read = 0

    # What arrives

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self._desk.is_away:
            reset(transport)
        elif isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._desk.arrive(self)
            self._task = self._begin(self._serve())
            self._await_more()

    @override
    def data_received(self, data: bytes) -> None:
        self._await_more()
        if (upload := self._desk.intake) is not None:
            if upload.client is not self:
                # Nobody is heard while a file is received.
                upload.broken |= self._device.quirks.breaks_when_asked
                return
            data = self._receive(upload, data)
        *lines, self._received = _LINE_ENDS.split(self._received + data)
        texts = [line.decode("utf-8", "replace").strip() for line in lines if line]
        if self._hurried(texts):
            self._device.machine.switch_off()
            return
        for text in texts:
            self._lines.put_nowait(text)
        if len(self._received) > _LONGEST_LINE and self._transport is not None:
            self._transport.close()

    def _receive(self, upload: intake.Intake, data: bytes) -> bytes:
        """Take the bytes of a file and return the part that is lines."""
        met = self._device.faults.take(DATA)
        if combined(active.effect for active in met).resets:
            reset(self._transport)
            return b""
        self._desk.note(self)
        self._drag(met, len(data))
        answers, lines = upload.feed(data)
        if answers and not any(active.effect.waits for active in met):
            self._desk.tell(self, answers)
        return lines

    def _drag(self, met: Iterable[ActiveFault], size: int) -> None:
        """Stop reading after each megabyte, for as long as a fault requires."""
        self._read += size
        slow = next((active for active in met if active.effect.drags), None)
        if slow is None or self._read < _MEGABYTE or self._transport is None:
            return
        self._read = 0
        self._transport.pause_reading()
        self._begin(self._go_on(slow.seconds))

    async def _go_on(self, seconds: float | None) -> None:
        await self._device.faults.hold(seconds)
        if self._transport is not None:
            self._transport.resume_reading()

    def _hurried(self, texts: list[str]) -> bool:
        """Return whether a command came before the last one was answered."""
        waiting = self._lines.qsize() + self._answering
        return (
            self._device.quirks.hurry_switches_off
            and bool(texts)
            and len(texts) + waiting > 1
        )

    @override
    def eof_received(self) -> bool:
        # Commands sent before the client left are still carried out.
        self._lines.put_nowait(None)
        return True

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._desk.leave(self)
        if self._silence is not None:
            self._silence()
        if self._task is not None:
            self._task.cancel()

    def _await_more(self) -> None:
        """Close the connection after the silence that the firmware bears."""
        if self._silence is not None:
            self._silence()
            self._silence = None
        if (seconds := self._device.quirks.line_idle) is not None:
            clock = self._device.clock
            self._silence = clock.call_at(clock.now() + seconds, self._give_up)

    def _give_up(self) -> None:
        if self._answering:
            self._await_more()
        elif self._transport is not None:
            self._transport.close()

    # What is answered

    def write(self, data: bytes) -> None:
        """Send bytes, if it is still open."""
        if self._transport is not None:
            self._transport.write(data)

    async def _serve(self) -> None:
        while (line := await self._lines.get()) is not None:
            if line.startswith("~"):
                self._desk.lines.append(line[1:])
                self._answering = True
                await self._answer(line[1:])
                self._answering = False
        if self._transport is not None:
            self._transport.close()

    async def _answer(self, line: str) -> None:
        code, _, rest = line.partition(" ")
        code = code.upper()
        self._desk.note(self)
        met = self._device.faults.take(f"{LINES}/{code}")
        await self._device.faults.delay(met)
        effect = combined(active.effect for active in met)
        if isinstance(effect.instead, Answer):
            reply = effect.instead.body
        elif effect.instead is SUCCESS:
            reply = self._worded(code, rest.strip(), Reply())
        elif self._ignores(code, line):
            reply = b""
        else:
            reply = await self._reply(code, rest.strip())
        if code == "M610" and (away := self._device.quirks.rename_seconds):
            self._desk.go_away(away)
            reset(self._transport)
            return
        self._desk.note(self)
        await self._send(reply[: int(len(reply) * effect.keep)])
        if self._device.quirks.line_babbles:
            await self._babble(reply)
        self._go_wrong(effect)

    def _ignores(self, code: str, line: str) -> bool:
        """Return whether a command stays without an answer."""
        quirks = self._device.quirks
        if quirks.drops_remarks and ";" in line:
            return True
        return quirks.login_first and code != "M601" and not self._desk.controlled

    def _go_wrong(self, effect: Effect) -> None:
        """Do what a fault does behind a reply."""
        if (transport := self._transport) is None:
            return
        for _ in range(effect.excess // len(_NOTHING)):
            transport.write(_NOTHING)
        if effect.resets:
            reset(transport)
        elif effect.keep < 1:
            transport.close()

    async def _babble(self, reply: bytes) -> None:
        """Repeat a part of the reply until the client leaves or the quirk ends."""
        lines = reply.splitlines(keepends=True)
        again = lines[1] if len(lines) > 1 else b"T0:22/0 B:20/0\r\n"
        while self._transport is not None and self._device.quirks.line_babbles:
            self._desk.tell(self, again)
            await asyncio.sleep(_BABBLE_SECONDS)

    async def _reply(self, code: str, rest: str) -> bytes:
        """Carry a command out and return what the printer answers."""
        try:
            reply = await self._run(code, rest)
        except LineError as err:
            reply = Reply(lines=(str(err),))
        return self._worded(code, rest, reply)

    def _worded(self, code: str, rest: str, reply: Reply) -> bytes:
        """Return the bytes of a reply, in the form of the firmware."""
        quirks = self._device.quirks
        dialect = quirks.dialect
        if code in dialect.unanswered:
            return b""
        lines = [f"CMD {code} Received."] * (code not in dialect.without_head)
        lines += reply.lines
        if code in dialect.echoed:
            lines = [f'ack: "{f"{code} {rest}".strip()}"']
        elif not quirks.line_babbles and code not in dialect.without_ok:
            lines.append("ok")
        text = "".join(line + quirks.line_end for line in (*quirks.line_noise, *lines))
        return text.encode() + reply.data

    async def _run(self, code: str, rest: str) -> Reply:
        device, desk = self._device, self._desk
        if code == "M601":
            return Reply(lines=self._take())
        if code == "M602":
            desk.release()
            return Reply(lines=("Control Release.",))
        command = command_of(device, code)
        if command.writes and not desk.may_write(self):
            raise LineError("Control failed.")
        if code in device.model.lines and code in {"M28", "M29"}:
            return self._begin_upload(rest) if code == "M28" else self._end_upload()
        reply = run(device, command, rest)
        if command.blocks:
            await self._done()
        return reply

    def _take(self) -> tuple[str, ...]:
        quirks, again = self._device.quirks, self._desk.may_write(self)
        if not self._desk.take(self):
            return ("Control failed.",)
        said = quirks.line_again if again and quirks.line_again else quirks.line_control
        return (said,) if said else ()

    def _begin_upload(self, rest: str) -> Reply:
        upload = intake.begin(self._device, self, rest)
        self._desk.intake = upload
        return Reply(lines=(f"Writing to file: {upload.path}",))

    def _end_upload(self) -> Reply:
        if (upload := self._desk.intake) is not None:
            upload.finish()
            self._desk.intake = None
        return Reply(lines=("Done saving file.",))

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
            self._desk.tell(self, reply[start : start + size])
            await asyncio.sleep(0)
