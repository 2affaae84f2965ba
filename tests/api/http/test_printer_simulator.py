"""The client against virtual printers, which were written without looking at it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import aiohttp
import pytest

from custom_components.flashforge.api.errors import (
    BusyError,
    FlashForgeError,
    LanModeError,
    MissingEndpointError,
    NoJobError,
    RefusedError,
    UnreachableError,
    UnreadableError,
    WrongCodeError,
    WrongSerialError,
)
from custom_components.flashforge.api.http import transport
from custom_components.flashforge.api.http.printer import HttpPrinter
from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.state import PrinterState, Status
from simulator import Fault, ManualClock, Printer
from tests.conftest import HTTP_MODELS, MakePrinter

from ..conftest import client


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_every_model_is_read_whole(
    printer: Printer, printer_client: HttpPrinter
) -> None:
    state = await printer_client.fetch()
    assert printer_client.model is MODELS[printer.model.pid]
    assert state.identity.name == printer.name
    assert state.identity.mac == printer.mac
    assert state.identity.firmware == printer.firmware
    assert state.status is Status.IDLE
    assert len(state.nozzles) == printer.model.tools
    assert (state.station is not None) is bool(printer.model.slots)
    assert state.unread == ()
    assert state.unknown_fields == ()
    assert state == await printer_client.fetch()


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_job_from_start_to_plate(
    printer: Printer, printer_client: HttpPrinter, clock: ManualClock
) -> None:
    printer.machine.start_job()
    clock.advance(1)
    assert (await printer_client.fetch()).status in {Status.BUSY, Status.HEATING}
    clock.advance(5)
    state = await printer_client.fetch()
    assert state.numbers_trusted
    assert state.warming_up
    printer.machine.finish_warm_up()
    clock.advance(600)
    state = await printer_client.fetch()
    assert state.status is Status.PRINTING
    assert not state.warming_up
    assert state.job.elapsed == pytest.approx(600, abs=2)
    assert state.job.remaining is not None
    assert state.job.layer
    printer.machine.finish_job()
    state = await printer_client.fetch()
    assert state.status is Status.COMPLETED
    assert state.job.progress == 100
    await printer_client.clear_plate()
    assert (await printer_client.fetch()).status is Status.IDLE


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_garbage_after_a_start_is_kept_out(
    printer: Printer, printer_client: HttpPrinter, clock: ManualClock
) -> None:
    printer.machine.start_job()
    seen: list[PrinterState] = []
    for _ in range(8):
        clock.advance(0.5)
        seen.append(await printer_client.fetch())
    distrusted = [state for state in seen if not state.numbers_trusted]
    assert distrusted
    assert {state.job.layer for state in distrusted} == {None}
    assert {state.adjustments.part_fan for state in distrusted} == {None}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.REFUSE, UnreachableError),
        (Fault.CUT, UnreachableError),
        (Fault.GARBAGE, UnreadableError),
        (Fault.TRUNCATED, UnreadableError),
        (Fault.HTML, UnreadableError),
        (Fault.EMPTY, UnreadableError),
        (Fault.HTTP_500, UnreadableError),
        (Fault.NOT_FOUND, MissingEndpointError),
        (Fault.WRONG_SERIAL, WrongSerialError),
        (Fault.WRONG_CODE, WrongCodeError),
        (Fault.LAN_MODE_OFF, LanModeError),
    ],
)
async def test_faults_in_reads(
    printer: Printer,
    printer_client: HttpPrinter,
    fault: Fault,
    error: type[FlashForgeError],
) -> None:
    await printer_client.fetch()
    printer.faults.add(fault)
    with pytest.raises(FlashForgeError) as raised:
        await printer_client.fetch()
    assert type(raised.value) is error
    assert getattr(raised.value, "refused", False) is (fault is Fault.REFUSE)
    printer.faults.clear()
    assert (await printer_client.fetch()).status is Status.IDLE


@pytest.mark.parametrize(
    ("fault", "error"),
    [(Fault.BUSY, BusyError), (Fault.REFUSE_COMMANDS, RefusedError)],
)
async def test_faults_in_commands(
    printer: Printer,
    printer_client: HttpPrinter,
    fault: Fault,
    error: type[FlashForgeError],
) -> None:
    printer.faults.add(fault)
    with pytest.raises(FlashForgeError) as raised:
        await printer_client.set_light(True)
    assert type(raised.value) is error
    assert printer.count("/control") == 1


async def test_a_hanging_printer(
    printer: Printer, printer_client: HttpPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "DEADLINE", 0.05)
    printer.faults.add(Fault.HANG)
    with pytest.raises(UnreachableError):
        await printer_client.fetch()


async def test_off_and_on_again(printer: Printer, printer_client: HttpPrinter) -> None:
    await printer_client.fetch()
    await printer.power_off()
    with pytest.raises(UnreachableError) as raised:
        await printer_client.fetch()
    assert raised.value.refused
    await printer.power_on()
    assert (await printer_client.fetch()).status is Status.IDLE


async def test_credentials(session: aiohttp.ClientSession, printer: Printer) -> None:
    before = client(session, printer)
    await before.fetch()
    printer.check_code = "changed"
    with pytest.raises(WrongCodeError):
        await before.fetch()
    await client(session, printer).fetch()
    with pytest.raises(WrongSerialError):
        await client(session, printer, serial="OTHER").fetch()
    label = printer.serial.removeprefix("SN").lower()
    ours = client(session, printer, serial=label)
    await ours.fetch()
    printer.lan_mode = False
    with pytest.raises(LanModeError):
        await ours.fetch()


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_product_and_files(printer: Printer, printer_client: HttpPrinter) -> None:
    product = await printer_client.fetch_product()
    assert product.nozzle is True
    assert product.light is not None
    files = await printer_client.list_files()
    assert {file.name for file in files} == {file.name for file in printer.files}
    picture = await printer_client.fetch_thumbnail(files[0].name)
    assert picture is not None
    assert picture.startswith(b"\x89PNG")
    assert await printer_client.fetch_thumbnail("no such file.gcode") is None


type Order = Callable[[HttpPrinter], Awaitable[None]]


@pytest.mark.parametrize(
    ("model", "order", "shown", "expected"),
    [
        ("ad5x", lambda p: p.set_light(True), lambda s: s.light, True),
        (
            "5m",
            lambda p: p.set_nozzle_target(0, 210),
            lambda s: s.nozzles[0].target,
            210,
        ),
        ("5m", lambda p: p.set_bed_target(60), lambda s: s.bed.target, 60),
        (
            "creator5",
            lambda p: p.set_nozzle_target(2, 210),
            lambda s: [nozzle.target for nozzle in s.nozzles],
            [0, 0, 210, 0],
        ),
        ("creator5", lambda p: p.set_bed_target(60), lambda s: s.bed.target, 60),
        (
            "5m_pro",
            lambda p: p.set_filtration(internal=True, external=False),
            lambda s: (s.filtration.internal, s.filtration.external),
            (True, False),
        ),
        ("5m_pro", lambda p: p.set_camera(False), lambda s: s.camera_url, None),
        (
            "5m",
            lambda p: p.set_power_off(enabled=True, delay=45),
            lambda s: (s.power_off.enabled, s.power_off.delay),
            (True, 45),
        ),
        ("5m", lambda p: p.rename("Werkstatt"), lambda s: s.identity.name, "Werkstatt"),
        (
            "ad5x",
            lambda p: p.set_slot(2, "PETG", "#0080FF"),
            lambda s: (s.station.slot(2).material, s.station.slot(2).color),
            ("PETG", "#45A8F9"),
        ),
        (
            "creator5_pro",
            lambda p: p.set_slot(4, "ABS", "#FFFFFF"),
            lambda s: s.station.slot(4).material,
            "ABS",
        ),
        (
            "ad5x",
            lambda p: p.set_direct_feed("TPU", "#000000"),
            lambda s: (s.direct_feed.material, s.direct_feed.color),
            ("TPU", "#161616"),
        ),
    ],
)
async def test_commands_show(
    printer: Printer,
    printer_client: HttpPrinter,
    order: Order,
    shown: Callable[[PrinterState], object],
    expected: object,
) -> None:
    await printer_client.fetch()
    await order(printer_client)
    assert shown(await printer_client.fetch()) == expected


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_adjusting_a_job(printer: Printer, printer_client: HttpPrinter) -> None:
    await printer_client.fetch()
    with pytest.raises(NoJobError):
        await printer_client.adjust("speed_factor", 125)
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    before = (await printer_client.fetch()).adjustments
    await printer_client.adjust("speed_factor", 125)
    await printer_client.adjust("z_offset", 0.1)
    await printer_client.adjust("part_fan", 60)
    state = await printer_client.fetch()
    expected = replace(before, speed_factor=125, z_offset=0.1, part_fan=60)
    assert state.adjustments == expected
    commands = len(printer.commands)
    await printer_client.restore_adjustments(state)
    assert len(printer.commands) == commands


async def test_a_firmware_that_resets_what_is_left_out(
    printer: Printer, printer_client: HttpPrinter
) -> None:
    printer.quirks = replace(printer.quirks, resets_omitted_controls=True)
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await printer_client.fetch()
    before = (await printer_client.fetch()).adjustments
    await printer_client.adjust("z_offset", 0.2)
    assert (await printer_client.fetch()).adjustments == replace(before, z_offset=0.2)


async def test_many_commands_arrive_in_order(
    printer: Printer, printer_client: HttpPrinter
) -> None:
    names = [f"name {number}" for number in range(30)]
    await asyncio.gather(*(printer_client.rename(name) for name in names))
    assert [args["name"] for _, args in printer.commands] == names
    assert printer.name == names[-1]


async def test_two_printers_share_a_session(
    session: aiohttp.ClientSession, make_printer: MakePrinter
) -> None:
    printers = [await make_printer(model) for model in HTTP_MODELS]
    clients = [client(session, printer) for printer in printers]
    states = await asyncio.gather(*(one.fetch() for one in clients))
    assert [state.identity.pid for state in states] == [
        printer.model.pid for printer in printers
    ]
