"""The command line and the line commands."""

import asyncio
from collections.abc import Callable
import os
import signal
import sys
from typing import override

import pytest

from simulator import MODELS, Fault, ManualClock, Printer, Status, SystemClock
from simulator.__main__ import main
from simulator.console import COMMANDS, execute
from simulator.system.clock import Cancel, Clock

from ..support import ROOT
from .conftest import Detail, Make


class StoppedClock(Clock):
    """A clock that nobody can move."""

    @override
    def now(self) -> float:
        return 0.0

    @override
    def call_at(self, when: float, callback: Callable[[], None]) -> Cancel:
        return lambda: None


PORTS = ("--http-port", "0", "--camera-port", "0", "--discovery-port", "0")


async def run(*args: str, **options: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        *args,
        cwd=ROOT,
        stdin=options.get("stdin", asyncio.subprocess.DEVNULL),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.fixture
async def printers(make: Make) -> list[Printer]:
    return [await make("creator5_pro"), await make("ad5x", host="127.0.0.2")]


async def test_it_starts_and_stops_on_a_signal() -> None:
    models = ("--model", "ad5x", "--model", "creator5_pro", "--name", "First")
    models += ("--model", "adventurer3")
    process = await run(*models, "--host", "127.0.6.1", "--speed", "60", *PORTS)
    assert process.stdout is not None

    lines = [await process.stdout.readline() for _ in range(4)]
    process.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(process.communicate(), 60)

    assert process.returncode == 0
    assert errors == b""
    assert b"First" in lines[1]
    assert b"127.0.6.1:" in lines[1]
    assert b"127.0.6.2:" in lines[2]
    assert b"SNMOCKCP000002" in lines[2]
    address = lines[3].split()[4]
    assert address.startswith(b"127.0.6.3:")
    assert not address.endswith(b":0")
    assert lines[3].split()[-1] == b"none"


async def test_it_takes_commands_from_a_terminal() -> None:
    ours, theirs = os.openpty()
    process = await run("--host", "127.0.6.4", "--print", *PORTS, stdin=theirs)
    os.close(theirs)

    os.write(ours, b"status\nquit\n")
    output, errors = await asyncio.wait_for(process.communicate(), 60)

    os.close(ours)
    assert process.returncode == 0
    assert errors == b""
    assert b"1 AD5X: heating" in output


async def test_a_taken_port_is_explained(make: Make) -> None:
    printer = await make("5m")

    process = await run(
        "--host", "127.0.0.1", "--http-port", str(printer.http_port), *PORTS[2:]
    )
    _, errors = await asyncio.wait_for(process.communicate(), 60)

    assert process.returncode == 1
    assert b"AD5X cannot start: 127.0.0.1:" in errors
    assert b"in use" in errors
    assert b"Traceback" not in errors


def test_it_lists_the_models(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(MODELS)


async def test_a_job_from_the_keyboard(printers: list[Printer]) -> None:
    clock = printers[0].clock
    assert isinstance(clock, ManualClock)
    machine = printers[1].machine

    assert "prints single_direct.gcode" in await execute(
        printers, "print 2 single_direct.gcode"
    )
    assert "printing" in await execute(printers, "skip 2")
    assert "pausing" in await execute(printers, "pause 2")
    clock.advance(5)
    assert "cannot pause while paused" in await execute(printers, "pause 2")
    assert "heating" in await execute(printers, "resume 2")
    clock.advance(10)
    assert "canceling" in await execute(printers, "cancel 2")
    clock.advance(10)
    assert "ready" in await execute(printers, "clear 2")
    assert machine.status is Status.READY
    assert "no such file" in await execute(printers, "print 2 nothing")


async def test_time_from_the_keyboard(printers: list[Printer]) -> None:
    clock = SystemClock()
    async with Printer(
        "ad5x", http_port=0, discovery_port=0, tcp_port=0, camera_port=0, clock=clock
    ) as printer:
        await execute([printer], "print")
        assert "stands still" in await execute([printer], "hold on")
        now = clock.now()
        assert "heating" in await execute([printer], "wait 1 20")
        assert clock.now() == now + 20
        assert "runs" in await execute([printer], "hold off")
        assert clock.now() >= now + 20
    assert "calibrating" in await execute(printers, "calibrate 2")
    assert "ready" in await execute(printers, "wait 2 600")
    assert "moved by hand" in await execute(printers, "hold 2 on")
    assert "seconds" in await execute(printers, "wait 2")
    printers[1].clock = StoppedClock()
    assert "cannot be moved" in await execute(printers, "wait 2 5")


async def test_faults_from_the_keyboard(
    printers: list[Printer], detail: Detail
) -> None:
    first = printers[0]

    assert "E0163" in await execute(printers, "error e0163")
    assert "E0163" not in await execute(printers, "error")
    assert "error, " in await execute(printers, "fail 1 E0009")
    assert "ready" in await execute(printers, "dismiss 1")
    assert "door open" in await execute(printers, "door")
    assert "light off" in await execute(printers, "light")
    assert "unplugged" in await execute(printers, "station 2")
    assert "hang" in await execute(printers, "fault 1 hang /detail 3")
    assert [(a.fault, a.path, a.seconds) for a in first.faults.active] == [
        (Fault.HANG, "/detail", 3)
    ]
    assert "no faults" in await execute(printers, "fault clear")
    assert "one of refuse, hang" in await execute(printers, "fault 1 fire")
    assert "off" in await execute(printers, "off 1")
    assert "ready" in await execute(printers, "on 1")
    assert "it is on" in await execute(printers, "on 1")
    assert "12345678" in await execute(printers, "code 1 12345678")
    assert (await detail(first))["status"] == "ready"
    assert "LAN mode off" in await execute(printers, "lan 1 off")
    assert first.lan_mode is False


async def test_an_unknown_command_is_explained(printers: list[Printer]) -> None:
    assert "no such command" in await execute(printers, "dance")
    assert "no printer 7" in await execute(printers, "status 7")
    assert "is needed" in await execute(printers, "lan 1")
    assert "is needed" in await execute(printers, "fail 1")
    assert "is needed" in await execute(printers, "code 1")
    assert "path" in await execute(printers, "fault 1 refuse /detail")
    text = await execute(printers, "help")
    assert all(name in text for name in COMMANDS)
    assert "FISH_PLA.3mf" in await execute(printers, "files 2")
