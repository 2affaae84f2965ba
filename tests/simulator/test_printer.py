"""The printer as a whole: power, addresses, ports and what remains after stopping."""

import asyncio
import gc
import subprocess
import sys

import aiohttp
import pytest

from simulator import ManualClock, Printer, Status

from ..support import ROOT
from .conftest import Ask, Detail, Make


async def connects(printer: Printer, port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(printer.host, port)
    except ConnectionRefusedError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def test_off_and_on_again(make: Make, ask: Ask, clock: ManualClock) -> None:
    printer = await make("creator5_pro")
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    clock.advance(600)
    before = (await ask(printer, "/detail"))["detail"]
    ports = printer.http_port, printer.camera_port, printer.discovery_port

    await printer.power_off()

    assert printer.machine.status is Status.OFF
    assert not await connects(printer, printer.http_port)
    assert not await connects(printer, printer.camera_port)
    with pytest.raises(aiohttp.ClientConnectionError):
        await ask(printer, "/detail")
    await printer.power_on()
    after = (await ask(printer, "/detail"))["detail"]
    assert (printer.http_port, printer.camera_port, printer.discovery_port) == ports
    assert after["status"] == "ready"
    assert after["printFileName"] == ""
    assert after["cumulativePrintTime"] == before["cumulativePrintTime"]
    assert after["cumulativePrintTime"] > 1314


async def test_switching_off_cuts_streams_and_connections(make: Make) -> None:
    printer = await make("creator5_pro")
    reader, writer = await asyncio.open_connection(printer.host, printer.camera_port)
    writer.write(b"GET /?action=stream HTTP/1.0\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    idle, idle_writer = await asyncio.open_connection(printer.host, printer.http_port)

    await printer.power_off()

    async with asyncio.timeout(60):
        await reader.read()
        assert await idle.read() == b""
    assert printer.camera_clients == 0
    for open_writer in (writer, idle_writer):
        open_writer.close()


async def test_it_switches_itself_off_after_a_print(
    make: Make, detail: Detail, clock: ManualClock
) -> None:
    printer = await make()
    printer.machine.auto_off = True
    printer.machine.auto_off_minutes = 10
    job = printer.machine.start_job()
    printer.machine.finish_warm_up()

    clock.advance(job.file.print_seconds + 599)
    assert (await detail(printer))["status"] == "completed"
    clock.advance(2)

    assert not await connects(printer, printer.http_port)
    assert printer.machine.status is Status.OFF
    await printer.power_on()
    assert (await detail(printer))["status"] == "ready"


async def test_it_stays_on_if_the_plate_is_cleared(
    make: Make, detail: Detail, clock: ManualClock
) -> None:
    printer = await make()
    printer.machine.auto_off = True
    printer.machine.start_job()
    printer.machine.finish_job()

    printer.machine.clear_plate()
    clock.advance(7200)

    assert (await detail(printer))["status"] == "ready"


async def test_it_moves_to_another_address(make: Make, detail: Detail) -> None:
    printer = await make("creator5_pro", host="127.0.9.1")
    port = printer.http_port
    serial = printer.serial

    await printer.move("127.0.9.2")

    fields = await detail(printer)
    assert (printer.host, printer.http_port, printer.serial) == (
        "127.0.9.2",
        port,
        serial,
    )
    assert fields["ipAddr"] == "127.0.9.2"
    assert "127.0.9.2" in fields["cameraStreamUrl"]
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.9.1", port)


async def test_an_off_printer_stays_off_when_it_moves(make: Make) -> None:
    printer = await make(host="127.0.9.3")
    await printer.power_off()

    await printer.move("127.0.9.4")

    assert not await connects(printer, printer.http_port)
    await printer.stop()
    await printer.start()
    assert await connects(printer, printer.http_port)


async def test_identity_can_change_at_any_time(make: Make, detail: Detail) -> None:
    printer = await make()

    printer.name, printer.firmware, printer.mac = "Blue", "9.9.9", "88:A9:A7:00:00:99"
    printer.serial, printer.check_code = "SNMOCKOTHER001", "new code"

    fields = await detail(printer)
    assert fields["name"] == "Blue"
    assert fields["firmwareVersion"] == "9.9.9"
    assert fields["macAddr"] == "88:A9:A7:00:00:99"


def test_the_same_address_gives_the_same_identity() -> None:
    one, same, other = (
        Printer("ad5x", host=host) for host in ("127.0.0.5", "127.0.0.5", "127.0.0.6")
    )

    assert (one.serial, one.mac) == (same.serial, same.mac)
    assert one.serial == "SNMOCKAX000005"
    assert (one.serial, one.mac) != (other.serial, other.mac)
    assert Printer("5m", host="127.0.0.5").mac != one.mac


async def test_a_taken_port_is_an_error_and_nothing_stays_open(make: Make) -> None:
    first = await make("5m_pro")
    second = Printer(
        "5m_pro",
        http_port=0,
        camera_port=first.camera_port,
        discovery_port=0,
        tcp_port=0,
    )

    with pytest.raises(OSError, match="in use"):
        await second.start()

    assert not await connects(second, second.http_port)


async def test_legacy_models_have_no_http(make: Make) -> None:
    printer = await make("adventurer4_pro")

    assert printer.http_port == 0
    assert printer.discovery_port != 0


async def test_nothing_is_left_behind(make: Make, ask: Ask) -> None:
    tasks = asyncio.all_tasks()
    printer = await make("creator5_pro")
    printer.machine.auto_off = True
    await ask(printer, "/detail")
    reader, writer = await asyncio.open_connection(printer.host, printer.camera_port)
    writer.write(b"GET /?action=stream HTTP/1.0\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")

    await printer.stop()
    await printer.stop()

    assert asyncio.all_tasks() == tasks
    writer.close()
    gc.collect()


async def test_it_can_be_started_again(make: Make, detail: Detail) -> None:
    printer = await make()

    await printer.stop()
    await printer.start()

    assert (await detail(printer))["status"] == "ready"


def test_it_knows_neither_home_assistant_nor_the_integration() -> None:
    code = (
        "import simulator, simulator.__main__, sys\n"
        "foreign = {name.split('.')[0] for name in sys.modules}\n"
        "assert not foreign & {'homeassistant', 'custom_components'}, foreign\n"
    )

    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
