"""Port 8899, byte for byte as the reference captured it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace
import json
import struct

import pytest

from simulator import LINES, Fault, ManualClock, Printer, Status, StoredFile, thumbnail
from simulator.models.catalog import MODELS

from ...support import FIXTURES
from ...support.waiting import until
from ..conftest import Command, Detail, Make

SAMPLES = FIXTURES


class Client:
    """A client of the line port that uses sockets only."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.reader, self.writer = reader, writer

    async def ask(self, line: str, *, end: str = "\r\n") -> list[str]:
        """Return the reply without its last line, which is ``ok``."""
        self.writer.write(f"~{line}{end}".encode())
        lines = []
        async with asyncio.timeout(60):
            while (told := await self.reader.readline()) not in {b"ok\r\n", b""}:
                lines.append(told.decode().rstrip("\r\n"))
        return lines

    async def close(self) -> None:
        self.writer.close()
        await self.writer.wait_closed()


type Connect = Callable[[Printer], Awaitable[Client]]


@pytest.fixture
async def connect() -> AsyncGenerator[Connect]:
    clients: list[Client] = []

    async def open_one(printer: Printer) -> Client:
        clients.append(
            Client(*await asyncio.open_connection(printer.host, printer.tcp_port))
        )
        return clients[-1]

    yield open_one
    for client in clients:
        client.writer.close()


async def in_control(connect: Connect, printer: Printer) -> Client:
    client = await connect(printer)
    assert (await client.ask("M601 S1"))[1] == "Control Success V2.1."
    return client


async def test_replies_are_those_of_the_capture(make: Make, connect: Connect) -> None:
    printer = await make(
        "5m_pro",
        serial="SNMOCK5P000032",
        firmware="3.1.5",
        mac="88:A9:A7:00:00:32",
    )
    client = await connect(printer)
    sample = (SAMPLES / "tcp_5m_pro.txt").read_text().splitlines()
    captured: dict[str, list[str]] = {}
    for line in sample:
        if line.startswith("> ~"):
            told = captured.setdefault(line[3:].split("  ")[0], [])
            told.clear()
        elif line.startswith("< ") and line != "< ok":
            told.append(line[2:])

    assert await client.ask("M115") == captured["M115"]
    assert await client.ask("M601 S1") == captured["M601 S1"]
    assert await client.ask("M602") == captured["M602"]
    idle = await client.ask("M119")
    assert idle == [
        "CMD M119 Received.",
        "Endstop: X-max: 110 Y-max: 110 Z-min: 0",
        "MachineStatus: READY",
        "MoveMode: READY",
        "Status: S:1 L:0 J:0 F:0",
        "LED: 1",
        "CurrentFile: ",
    ]
    assert await client.ask("M105") == [
        "CMD M105 Received.",
        "T0:25.0/0.0 T1:0.0/0.0 B:25.0/0.0",
    ]
    assert await client.ask("M27") == [
        "CMD M27 Received.",
        "SD printing byte 0/100",
        "Layer: 0/0",
    ]


async def test_a_print_shows(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    client = await in_control(connect, printer)
    file = printer.files[0].name

    assert await client.ask(f"M23 0:/user/{file}") == ["CMD M23 Received."]
    printer.machine.finish_warm_up()

    told = await client.ask("M119")
    assert "MachineStatus: BUILDING_FROM_SD" in told
    assert f"CurrentFile: {file}" in told
    await client.ask("M25")
    assert printer.machine.status is Status.PAUSING
    await client.ask("M26")
    assert printer.machine.status is Status.CANCELING


async def test_a_missing_file_is_an_error(make: Make, connect: Connect) -> None:
    client = await in_control(connect, await make("5m"))
    assert (await client.ask("M23 0:/user/none.gx"))[1] == "Error: File not exists"
    assert (await client.ask("M662 /data/none.gx"))[1] == "Error: File not exists"


async def test_one_controller_at_a_time(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    first = await in_control(connect, printer)
    second = await connect(printer)

    assert (await second.ask("M601 S1"))[1] == "Control failed."
    assert (await second.ask("M104 S200"))[1] == "Control failed."
    assert len(await second.ask("M105")) == 2
    assert printer.machine.nozzles[0].target == 0

    await first.ask("M602")
    assert (await second.ask("M601 S1"))[1] == "Control Success V2.1."
    await second.ask("M104 S200")
    await second.ask("M140 S60")
    assert printer.machine.nozzles[0].target == 200
    assert printer.machine.bed.target == 60


@pytest.mark.parametrize("keeps", [True, False])
async def test_leaving_with_control(make: Make, connect: Connect, keeps: bool) -> None:
    printer = await make("5m")
    printer.quirks = replace(printer.quirks, keeps_line_control=keeps)
    client = await in_control(connect, printer)

    await client.close()
    await until(lambda: printer.line_clients == 0)

    assert printer.controlled is keeps
    other = await connect(printer)
    await other.ask("M602")
    assert not printer.controlled


async def test_commands_sent_before_leaving_are_carried_out(
    make: Make, connect: Connect
) -> None:
    printer = await make("5m")
    client = await in_control(connect, printer)
    client.writer.write(b"~M602\r\n")
    await client.close()
    await until(lambda: printer.line_clients == 0)
    assert not printer.controlled


async def test_all_files_are_listed(make: Make, connect: Connect) -> None:
    names = json.loads((SAMPLES / "tcp_m661_5m.expected.json").read_text())
    printer = await make("5m", files=[StoredFile(name) for name in names])
    client = await connect(printer)

    client.writer.write(b"~M661\n")
    sample = (SAMPLES / "tcp_m661_5m.bin").read_bytes()
    assert await client.reader.readexactly(len(sample)) == sample


async def test_a_picture(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    client = await connect(printer)
    file = printer.files[0]

    assert await client.ask(f"M662 /data/{file.name}") == ["CMD M662 Received."]
    mark, size = struct.unpack(">4sI", await client.reader.readexactly(8))
    assert mark == b"\xa2\xa2**"
    assert await client.reader.readexactly(size) == thumbnail(file)


async def test_homing_takes_its_time(
    make: Make, connect: Connect, clock: ManualClock
) -> None:
    printer = await make("5m")
    client = await in_control(connect, printer)

    homing = asyncio.create_task(client.ask("G28"))
    await until(lambda: printer.machine.status is Status.BUSY)
    clock.advance(14)
    await asyncio.sleep(0)
    assert not homing.done()
    clock.advance(1)

    assert await homing == ["CMD G28 Received."]
    assert (await client.ask("M114"))[1] == (
        "X:110.000 Y:110.000 Z:200.000 A:0.000 B:0"
    )


async def test_moves_end_at_the_edge(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    client = await in_control(connect, printer)
    for line in ("G91", "G1 X10 Y-5.5 F3000", "G1 X5", "G90", "G1 Z900", "G92 E3"):
        await client.ask(line)
    assert (await client.ask("M114"))[1] == "X:15.000 Y:-5.500 Z:220.000 A:3.000 B:0"


async def test_a_cold_nozzle_moves_no_filament(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    client = await in_control(connect, printer)
    await client.ask("G91")
    await client.ask("G1 E10 F300")
    assert printer.machine.motion.extruded == 0
    printer.machine.nozzles[0].temperature = 210
    await client.ask("G1 E10 F300")
    assert printer.machine.motion.extruded == 10


async def test_moves_may_need_homing(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    printer.quirks = replace(printer.quirks, moves_need_homing=True)
    client = await in_control(connect, printer)
    await client.ask("G1 X5")
    assert printer.machine.motion.position["x"] == 0
    printer.machine.motion.homed = True
    await client.ask("G1 X5")
    assert printer.machine.motion.position["x"] == 5


async def test_light_fan_and_runout(make: Make, connect: Connect) -> None:
    printer = await make("5m_pro")
    client = await in_control(connect, printer)
    machine = printer.machine

    await client.ask("M146 r0 g0 b0 F0")
    assert machine.light is False
    await client.ask("M146 r255 g255 b255 F0")
    assert machine.light is True
    await client.ask("M106 S128")
    assert machine.part_fan == 50
    await client.ask("M107")
    assert machine.part_fan == 0
    await client.ask("M406")
    assert machine.runout_sensor is False
    await client.ask("M405")
    assert machine.runout_sensor is True


async def test_unknown_commands_are_acknowledged(make: Make, connect: Connect) -> None:
    client = await in_control(connect, await make("ad5x"))
    assert await client.ask("M999") == ["CMD M999 Received."]
    # An AD5X has no file list here.
    assert await client.ask("M661") == ["CMD M661 Received."]


async def test_motors_stay_on_while_printing(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    client = await in_control(connect, printer)
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    assert (await client.ask("M18"))[1] == "printing can not send M18"


async def test_pieces_and_line_ends(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    printer.quirks = replace(printer.quirks, line_pieces=3, line_end="\n")
    client = await connect(printer)
    client.writer.write(b"~M105\r\n")
    expected = b"CMD M105 Received.\nT0:25.0/0.0 T1:0.0/0.0 B:25.0/0.0\nok\n"
    assert await client.reader.readexactly(len(expected)) == expected


async def test_faults(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    printer.faults.add(Fault.GARBAGE, path=LINES, times=1)
    client = await connect(printer)
    client.writer.write(b"~M105\r\n")
    assert await client.reader.readexactly(17) == b"\x00\xffOrca\x9d{[not JSON"
    printer.faults.add(Fault.CUT, path=f"{LINES}/M27")
    with pytest.raises(ConnectionError):
        await client.ask("M27")
    printer.faults.clear()

    printer.faults.add(Fault.HANG, path=f"{LINES}/M27")
    client = await connect(printer)
    assert len(await client.ask("M105")) == 2
    waiting = asyncio.create_task(client.ask("M27"))
    await until(lambda: printer.lines[-1] == "M27")
    assert not waiting.done()
    printer.faults.clear()
    assert len(await waiting) == 3


async def test_the_port_is_refused_alone(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    printer.faults.add(Fault.REFUSE, path=LINES)
    with pytest.raises(ConnectionRefusedError):
        await connect(printer)
    printer.faults.clear()
    # A fault of the HTTP port does not affect this one.
    printer.faults.add(Fault.HANG)
    assert len(await (await connect(printer)).ask("M105")) == 2


@pytest.mark.parametrize(
    "model", [key for key, spec in MODELS.items() if not spec.lines]
)
async def test_a_creator_does_not_listen(make: Make, model: str) -> None:
    printer = await make(model)
    assert printer.tcp_port == 0


async def test_ad5x_moves_over_http(
    make: Make, command: Command, detail: Detail, clock: ManualClock
) -> None:
    printer = await make("ad5x")

    await command(printer, "homingCtrl_cmd")
    assert (await detail(printer))["status"] == "busy"
    clock.advance(15)
    told = await detail(printer)
    assert told["status"] == "ready"
    assert told["coordinate"] == [110, 110, 200]

    await command(printer, "moveCtrl_cmd", axis="z", delta=-12.5)
    assert (await detail(printer))["coordinate"] == [110, 110, 187.5]
    await command(printer, "moveCtrl_cmd", axis="E", delta=5)
    assert (await detail(printer))["coordinate"] == [110, 110, 187.5]


async def test_ad5x_heats_to_extrude(
    make: Make, command: Command, clock: ManualClock
) -> None:
    printer = await make("ad5x")
    machine = printer.machine

    await command(printer, "extrudeCtrl_cmd", axis="e", delta=10)
    assert machine.nozzles[0].target == 220
    assert machine.motion.extruded == 0
    clock.advance(300)

    assert machine.motion.extruded == 10
    assert machine.nozzles[0].target == 0
    assert machine.status is Status.READY


async def test_the_others_do_not_move_over_http(make: Make, command: Command) -> None:
    printer = await make("5m")
    assert await command(printer, "homingCtrl_cmd") == 0
    assert printer.machine.status is Status.READY


async def test_power_ends_everything(make: Make, connect: Connect) -> None:
    printer = await make("5m")
    await in_control(connect, printer)
    printer.machine.motion.home()

    await printer.power_off()
    assert printer.line_clients == 0
    await printer.power_on()

    assert not printer.controlled
    assert not printer.machine.motion.homed
