"""The line channel against virtual printers: opened for the need and closed after."""

import asyncio
from dataclasses import replace

import aiohttp
import pytest

from custom_components.flashforge.api.errors import (
    FlashForgeError,
    LineChannelError,
    LineChannelTakenError,
    MissingFileError,
    NotMovedError,
    UnreadableError,
)
from custom_components.flashforge.api.http.printer import HttpPrinter
from custom_components.flashforge.api.lines import (
    control as line_control,
    session as line_session,
)
from custom_components.flashforge.api.lines.channel import LineChannel
from custom_components.flashforge.api.lines.control import LineControl
from simulator import LINES, Fault, ManualClock, Printer, StoredFile
from tests.conftest import MakePrinter


@pytest.fixture(autouse=True)
def short_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up soon; nothing that these tests wait for takes as long."""
    monkeypatch.setattr(line_session, "REPLY_TIMEOUT", 0.2)
    monkeypatch.setattr(line_session, "LATE_TIMEOUT", 0.1)
    monkeypatch.setattr(line_control, "GCODE_TIMEOUT", 0.2)
    monkeypatch.setattr(line_control, "LIST_TIMEOUT", 0.2)
    monkeypatch.setattr(line_control, "LIST_SILENCE", 0.05)


async def left_alone(printer: Printer) -> None:
    """Wait until nobody is connected, and nobody has control."""
    async with asyncio.timeout(60):
        while printer.line_clients or printer.controlled:  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_a_session_logs_in_acts_and_logs_out(
    printer: Printer, control: LineControl
) -> None:
    assert await control.send(["M105"]) == ("T0:25.0/0.0 T1:0.0/0.0 B:25.0/0.0",)
    assert printer.lines == ["M601 S1", "M105", "M602"]
    await left_alone(printer)


@pytest.mark.parametrize("pieces", [1, 2, 7])
async def test_replies_come_in_pieces(
    printer: Printer, control: LineControl, pieces: int
) -> None:
    printer.quirks = replace(printer.quirks, line_pieces=pieces)
    assert await control.send(["M114", "M27"]) == (
        "X:0.000 Y:0.000 Z:0.000 A:0.000 B:0",
        "SD printing byte 0/100\nLayer: 0/0",
    )


async def test_one_session_at_a_time(printer: Printer, control: LineControl) -> None:
    await asyncio.gather(*(control.send(["M105"]) for _ in range(5)))
    assert printer.lines == ["M601 S1", "M105", "M602"] * 5


async def test_files_are_read_without_control(
    make_printer: MakePrinter,
) -> None:
    names = [f"File ok {number}.gx" for number in range(300)]
    printer = await make_printer("5m", files=[StoredFile(name) for name in names])
    control = LineControl(lambda: printer.host, printer.tcp_port)
    printer.seize_control()

    assert await control.file_names() == tuple(names)
    assert printer.lines == ["M661"]


async def test_a_printer_without_a_list_has_none(make_printer: MakePrinter) -> None:
    printer = await make_printer("ad5x")
    assert await LineControl(lambda: printer.host, printer.tcp_port).file_names() == ()


# --- control that somebody has -----------------------------------------------------


async def test_taken_channel_is_not_taken_away(
    printer: Printer, control: LineControl
) -> None:
    printer.seize_control()
    with pytest.raises(LineChannelTakenError):
        await control.send(["M105"])
    assert printer.lines == ["M601 S1"] * 4
    assert printer.controlled
    assert await _clients_gone(printer)


async def test_another_program_that_lets_go_is_waited_for(
    printer: Printer, control: LineControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, slicer = await asyncio.open_connection(printer.host, printer.tcp_port)
    slicer.write(b"~M601 S1\r\n")
    waited = asyncio.Event()

    async def let_go(_seconds: float) -> None:
        slicer.write(b"~M602\r\n")
        while printer.controlled:
            await pause(0)
        waited.set()

    pause = asyncio.sleep
    while not printer.controlled:
        await pause(0)
    monkeypatch.setattr(line_session.asyncio, "sleep", let_go)
    await control.send(["M105"])
    monkeypatch.undo()

    assert waited.is_set()
    slicer.close()
    await slicer.wait_closed()


async def test_an_error_does_not_tell_the_address(printer: Printer) -> None:
    control = LineControl(lambda: printer.host, printer.tcp_port)
    await printer.stop()
    with pytest.raises(LineChannelError) as caught:
        await control.send(["M105"])
    assert printer.host not in str(caught.value)


# --- trouble -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.HANG, LineChannelError),
        (Fault.CUT, LineChannelError),
        (Fault.EMPTY, LineChannelError),
        (Fault.TRUNCATED, LineChannelError),
        (Fault.GARBAGE, UnreadableError),
    ],
)
@pytest.mark.parametrize("command", ["M601", "M105", "M661"])
async def test_trouble_is_an_error_of_ours_and_leaves_nothing(
    printer: Printer,
    control: LineControl,
    clock: ManualClock,
    fault: Fault,
    error: type[FlashForgeError],
    command: str,
) -> None:
    printer.faults.add(fault, path=f"{LINES}/{command}")
    with pytest.raises(error):
        await (control.file_names() if command == "M661" else control.send(["M105"]))
    printer.faults.clear()
    assert await _clients_gone(printer)
    # It works again as soon as the printer does, and has let go of a lost connection.
    clock.advance(30)
    assert len(await control.send(["M105"])) == 1
    await left_alone(printer)


async def test_refused_connection(printer: Printer, control: LineControl) -> None:
    printer.faults.add(Fault.REFUSE, path=LINES)
    with pytest.raises(LineChannelError):
        await control.send(["M105"])


async def test_a_flood_is_not_read_to_its_end(
    printer: Printer, control: LineControl
) -> None:
    printer.faults.add(Fault.FLOOD, path=f"{LINES}/M601")
    with pytest.raises(UnreadableError):
        await control.send(["M105"])
    assert await _clients_gone(printer)


async def test_a_hanging_printer_is_told_to_release(
    printer: Printer, control: LineControl
) -> None:
    printer.faults.add(Fault.HANG, path=f"{LINES}/M104")
    with pytest.raises(LineChannelError):
        await control.send(["M104 S0"])
    printer.faults.clear()
    await left_alone(printer)
    assert printer.lines == ["M601 S1", "M104 S0", "M602"]


async def test_canceled_session_leaves_nothing(
    printer: Printer, control: LineControl
) -> None:
    printer.faults.add(Fault.HANG, path=f"{LINES}/M104")
    sending = asyncio.create_task(control.send(["M104 S0"]))
    while "M104 S0" not in printer.lines:  # noqa: ASYNC110
        await asyncio.sleep(0)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    printer.faults.clear()
    await left_alone(printer)
    assert len(await control.send(["M105"])) == 1


async def test_a_doubtful_session_asks_nothing_more(printer: Printer) -> None:
    channel = LineChannel(lambda: printer.host, printer.tcp_port)
    printer.faults.add(Fault.HANG, path=f"{LINES}/M105")
    async with channel.session(control=False) as session:
        with pytest.raises(LineChannelError):
            await session.ask("M105")
        assert session.in_doubt
        with pytest.raises(LineChannelError):
            await session.ask("M114")
    assert printer.lines == ["M105"]


async def test_errors_of_the_printer_end_no_session(printer: Printer) -> None:
    channel = LineChannel(lambda: printer.host, printer.tcp_port)
    async with channel.session(control=True) as session:
        with pytest.raises(MissingFileError):
            await session.ask("M23 0:/user/none.gx")
        assert (await session.ask("M27")).lines
    await left_alone(printer)


async def test_already_connected_is_success(
    printer: Printer, control: LineControl
) -> None:
    printer.quirks = replace(printer.quirks, line_control="Error: have been connected")
    assert len(await control.send(["M105"])) == 1
    # Nobody knows whose control that is, so it is not ours to give back.
    assert printer.lines == ["M601 S1", "M105"]


# --- moving ------------------------------------------------------------------------


async def test_move(printer: Printer, control: LineControl) -> None:
    await control.move("x", 12.5)
    await control.move("z", 3, 120)
    assert printer.machine.motion.position == {"x": 12.5, "y": 0, "z": 3}
    assert not printer.machine.motion.relative
    assert [line for line in printer.lines if line.startswith("G1")] == [
        "G1 X12.5 F3000",
        "G1 Z3 F120",
    ]


async def test_extrude(printer: Printer, control: LineControl) -> None:
    printer.machine.nozzles[0].temperature = 200
    await control.move("e", -4)
    assert printer.machine.motion.extruded == -4


async def test_a_move_that_does_not_happen(
    printer: Printer, control: LineControl
) -> None:
    printer.quirks = replace(printer.quirks, moves_need_homing=True)
    with pytest.raises(NotMovedError):
        await control.move("y", 5)
    assert printer.lines.count("M114") == 1 + line_control.LOOKS
    await left_alone(printer)


async def test_home_returns_when_it_is_done(
    printer: Printer, control: LineControl, clock: ManualClock
) -> None:
    homing = asyncio.create_task(control.home())
    while "G28" not in printer.lines:  # noqa: ASYNC110
        await asyncio.sleep(0)
    clock.advance(10)
    await asyncio.sleep(0)
    assert not homing.done()
    clock.advance(10)
    await homing
    assert printer.machine.motion.homed


# --- the files of a printer --------------------------------------------------------


def many(count: int) -> list[StoredFile]:
    return [StoredFile(f"part {number}.gcode") for number in range(count)]


@pytest.mark.parametrize("model", ["5m", "5m_pro"])
@pytest.mark.parametrize(("count", "sessions"), [(3, 0), (10, 1), (37, 1)])
async def test_all_files_are_listed(
    session: aiohttp.ClientSession,
    make_printer: MakePrinter,
    model: str,
    count: int,
    sessions: int,
) -> None:
    printer = await make_printer(model, files=many(count))
    client = client_of(session, printer)
    await client.fetch()

    files = await client.list_files()

    assert [file.name for file in files] == [file.name for file in printer.files]
    assert printer.line_connections == sessions


async def test_the_newest_files_are_better_than_none(
    session: aiohttp.ClientSession, make_printer: MakePrinter
) -> None:
    printer = await make_printer("5m", files=many(20))
    client = client_of(session, printer)
    await client.fetch()
    printer.faults.add(Fault.HANG, path=LINES)
    assert len(await client.list_files()) == 10


@pytest.mark.parametrize("model", ["ad5x", "creator5", "creator5_pro"])
async def test_others_list_over_http_only(
    session: aiohttp.ClientSession, make_printer: MakePrinter, model: str
) -> None:
    printer = await make_printer(model, files=many(20))
    client = client_of(session, printer)
    await client.fetch()
    assert len(await client.list_files()) == 10
    assert printer.line_connections == 0


def client_of(session: aiohttp.ClientSession, printer: Printer) -> HttpPrinter:
    return HttpPrinter(
        session,
        printer.host,
        port=printer.http_port,
        serial=printer.serial,
        check_code=printer.check_code,
        line_port=printer.tcp_port,
    )


async def _clients_gone(printer: Printer) -> bool:
    async with asyncio.timeout(60):
        while printer.line_clients:  # noqa: ASYNC110
            await asyncio.sleep(0)
    return True
