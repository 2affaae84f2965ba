"""Control of the line port: ours only for as long as the printer said so, never others'."""

import asyncio
from contextlib import suppress
from dataclasses import replace
import socket
from typing import override

import pytest

from custom_components.flashforge.api.errors import (
    FlashForgeError,
    LineChannelError,
    LineChannelTakenError,
)
from custom_components.flashforge.api.lines import (
    control as line_control,
    leaving,
    session as line_session,
)
from custom_components.flashforge.api.lines.channel import LineChannel
from custom_components.flashforge.api.lines.control import LineControl
from simulator import LINES, Fault, FlashPrint, ManualClock, Printer

from ...support.server import LoopbackServer
from ...support.waiting import until

GAVE = b"CMD M601 Received.\r\nControl Success V2.1.\r\nok\r\n"
FAILED = b"CMD M601 Received.\r\nControl failed.\r\nok\r\n"


@pytest.fixture(autouse=True)
def short_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_session, "REPLY_TIMEOUT", 0.2)
    monkeypatch.setattr(line_session, "LATE_TIMEOUT", 0.5)
    monkeypatch.setattr(line_control, "GCODE_TIMEOUT", 0.2)
    monkeypatch.setattr(line_control, "HOMING_TIMEOUT", 0.2)


async def clients_gone(printer: Printer) -> None:
    await until(lambda: not printer.line_clients)


async def trouble(printer: Printer, control: LineControl, step: str, what: str) -> None:
    """Let one command go wrong at a step."""
    path = f"{LINES}/{step}"
    if what == "canceled":
        printer.faults.add(Fault.HANG, path=path)
        sending = asyncio.create_task(control.send(["M104 S0"]))
        await until(lambda: any(line.startswith(step) for line in printer.lines))
        sending.cancel()
        await asyncio.wait((sending,))
    else:
        seconds = 0.3 if what == "delay" else None
        printer.faults.add(Fault(what), path=path, seconds=seconds)
        with suppress(FlashForgeError):
            await control.send(["M104 S0"])
    printer.faults.clear()
    await clients_gone(printer)


STEPS = ("M601", "M104", "M602")
WHATS = ("hang", "delay", "cut", "truncated", "empty", "garbage", "canceled")


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("step", STEPS)
async def test_what_another_program_took_is_left_to_it(
    printer: Printer,
    control: LineControl,
    clock: ManualClock,
    step: str,
    what: str,
    keeps: bool,
) -> None:
    printer.quirks = replace(printer.quirks, keeps_line_control=keeps)
    await trouble(printer, control, step, what)
    # If it kept what the broken connection had, it lets go after a while.
    clock.advance(30)
    async with FlashPrint(printer) as other:
        assert await other.take()
        printer.lines.clear()

        for _ in range(2):
            with pytest.raises(LineChannelTakenError):
                await control.send(["M104 S0"])

        assert set(printer.lines) == {"M601 S1"}
        assert await other.holds()
        await other.release()
    assert await control.send(["M105"])


UNTOLD = {("M601", "hang"), ("M601", "canceled"), ("M602", "garbage")}
"""Where we cannot know of control that the printer gave, or kept. A broken connection is
such a case as well. The printer lets go of it after a while."""


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("step", STEPS)
async def test_nobody_is_locked_out_for_long(
    printer: Printer,
    control: LineControl,
    clock: ManualClock,
    step: str,
    what: str,
) -> None:
    await trouble(printer, control, step, what)
    if what in {"cut", "truncated", "empty"} or (step, what) in UNTOLD:
        clock.advance(30)
    await until(lambda: not printer.controlled)
    assert await control.send(["M105"])


@pytest.mark.parametrize("step", ["M601", "M104"])
async def test_what_was_taken_while_the_printer_hung_is_left_alone(
    printer: Printer,
    control: LineControl,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    """The printer's own time-out is over, another program came, and only then we give up."""
    monkeypatch.setattr(line_session, "CLAIM_HOLDS", 0.1)
    printer.faults.add(Fault.HANG, path=f"{LINES}/{step}", times=1)
    sending = asyncio.create_task(control.send(["M104 S0"]))
    await until(lambda: any(line.startswith(step) for line in printer.lines))
    clock.advance(30)
    async with FlashPrint(printer) as other:
        assert await other.take()
        with pytest.raises(LineChannelError):
            await sending
        printer.faults.clear()
        await until(lambda: printer.line_clients == 1)
        assert await other.holds()
    assert "M602" not in printer.lines


async def test_control_lost_in_the_middle_is_not_given_back(
    printer: Printer, clock: ManualClock
) -> None:
    channel = LineChannel(lambda: printer.host, printer.tcp_port)
    async with FlashPrint(printer) as other:

        async def session() -> None:
            async with channel.session(control=True) as session:
                assert session.has_control
                clock.advance(30)
                assert await other.take()
                await session.ask("M104 S0")

        with pytest.raises(LineChannelTakenError):
            await session()
        await until(lambda: printer.line_clients == 1)
        assert await other.holds()
    assert "M602" not in printer.lines


async def test_control_lost_in_a_move_is_not_given_back(
    printer: Printer, control: LineControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program takes control between two of our lines."""
    printer.quirks = replace(printer.quirks, line_patience=1e9)
    printer.faults.add(Fault.DELAY, path=f"{LINES}/G91", seconds=0.05, times=1)
    moving = asyncio.create_task(control.move("x", 5))
    await until(lambda: "G91" in printer.lines)
    printer.seize_control()
    with pytest.raises(LineChannelTakenError):
        await moving
    await clients_gone(printer)
    assert printer.controlled
    assert "M602" not in printer.lines


async def test_a_refused_farewell_spoils_nothing(printer: Printer) -> None:
    replies = {"M602": b"CMD M602 Received.\r\nControl failed.\r\nok\r\n"}
    async with Scripted(replies) as server:
        assert await server.control.send(["M105"]) == ("T0:1/0",)


async def test_a_move_that_broke_off_is_followed_by_absolute_ones(
    printer: Printer, control: LineControl
) -> None:
    printer.faults.add(Fault.HANG, path=f"{LINES}/G1")
    with pytest.raises(LineChannelError):
        await control.move("x", 5)
    printer.faults.clear()
    await clients_gone(printer)
    assert printer.lines[-1] == "M602"
    assert printer.machine.motion.relative
    printer.lines.clear()

    await control.send(["G1 X1"])

    assert printer.lines == ["M601 S1", "G90", "G1 X1", "M602"]
    assert not printer.machine.motion.relative


async def test_two_commands_of_ours_wait_for_each_other(
    printer: Printer, control: LineControl
) -> None:
    printer.faults.add(Fault.DELAY, path=f"{LINES}/M104", seconds=0.05)
    await asyncio.gather(*(control.send([f"M104 S{n}"]) for n in range(3)))
    turns = [("M601 S1", f"M104 S{n}", "M602") for n in range(3)]
    assert printer.lines == [line for turn in turns for line in turn]
    # One that is given up while it waits for its turn takes nothing from the other.
    first = asyncio.create_task(control.send(["M104 S7"]))
    second = asyncio.create_task(control.send(["M104 S8"]))
    await asyncio.sleep(0)
    second.cancel()
    assert await first == ("",)
    assert "M104 S8" not in printer.lines
    assert not printer.controlled


class Scripted(LoopbackServer):
    """A line port that answers as a test decides, and keeps the lines it receives."""

    def __init__(self, replies: dict[str, bytes]) -> None:
        super().__init__()
        self._replies = {
            "M601": GAVE,
            "M105": b"CMD M105 Received.\r\nT0:1/0\r\nok\r\n",
            "M602": b"CMD M602 Received.\r\nControl Release.\r\nok\r\n",
            **replies,
        }
        self.lines: list[str] = []
        self.control: LineControl
        self._gone = asyncio.Event()

    async def gone(self) -> None:
        """Wait until a client has left."""
        async with asyncio.timeout(60):
            await self._gone.wait()

    @override
    async def start(self, bound: socket.socket | None = None) -> None:
        await super().start(bound)
        self.control = LineControl(lambda: self.host, self.port)

    @override
    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while line := await reader.readline():
                told = line.decode().strip().removeprefix("~")
                self.lines.append(told)
                writer.write(self._replies.get(told.partition(" ")[0], b""))
                await writer.drain()
        finally:
            writer.close()
            self._gone.set()


@pytest.mark.parametrize(
    ("reply", "ours"),
    [
        (GAVE[:-4], True),
        (GAVE[:-6], True),
        (GAVE[: GAVE.index(b" V2")], True),
        (GAVE[: GAVE.index(b"ess")], False),
        (b"", False),
        (b"CMD M601 Received.\r\n", False),
        (FAILED[:-4], False),
        (b"CMD M601 Received.\r\nControl failed.\r\n", False),
        # Somebody else's reply, however well it sounds.
        (b"CMD M27 Received.\r\nSD\r\nok\r\n", False),
        (b"\0" * 10, False),
        (b"x\r\n" * 5000, False),
    ],
)
async def test_half_a_reply_to_the_login(
    monkeypatch: pytest.MonkeyPatch, reply: bytes, ours: bool
) -> None:
    """Only whoever was told of control gives it back."""
    monkeypatch.setattr(line_session, "LATE_TIMEOUT", 0.05)
    async with Scripted({"M601": reply}) as server:
        with pytest.raises(FlashForgeError):
            await server.control.send(["M105"])
        await server.gone()
        assert server.lines == ["M601 S1", *(["M602"] if ours else [])]


@pytest.mark.parametrize(
    ("reply", "ours"),
    [
        (b"CMD M601 Received.\r\nok\r\n", False),
        (b"CMD M601 Received.\r\nError: have been connected\r\nok\r\n", False),
        (b"CMD M601 Received.\r\nControl Success.\r\nok\r\n", True),
        (b"CMD 601 Received.\ncontrol success v9\nok\n", True),
    ],
)
async def test_who_gives_control_back(reply: bytes, ours: bool) -> None:
    async with Scripted({"M601": reply}) as server:
        assert await server.control.send(["M105"]) == ("T0:1/0",)
        await server.gone()
        assert server.lines == ["M601 S1", "M105", *(["M602"] if ours else [])]


async def test_refusals_are_never_answered_with_a_release() -> None:
    async with Scripted({"M601": FAILED}) as server:
        with pytest.raises(LineChannelTakenError):
            await server.control.send(["M105"])
        assert server.lines == ["M601 S1"] * line_session.LOGIN_TRIES


async def test_a_printer_that_does_not_read_keeps_no_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leaving, "CLOSE_TIMEOUT", 0.05)
    monkeypatch.setattr(line_session, "LATE_TIMEOUT", 0.05)
    stuck = asyncio.Event()

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await stuck.wait()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    control = LineControl(lambda: "127.0.0.1", server.sockets[0].getsockname()[1])
    async with asyncio.timeout(60):
        with pytest.raises(LineChannelError):
            await control.send(["M105"])
    stuck.set()
    server.close()
    server.close_clients()
    await server.wait_closed()


@pytest.mark.parametrize("host", ["", "127.0.0.1\0"])
async def test_an_address_that_is_none(host: str) -> None:
    control = LineControl(lambda: host, 1)
    with pytest.raises(LineChannelError):
        await control.send(["M105"])
