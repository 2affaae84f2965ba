"""Files sent to virtual printers, which were written without looking at the client."""

from pathlib import Path

import aiohttp
import pytest

from custom_components.flashforge.api.commands.printing import (
    ready_to_print,
    upload_begins,
)
from custom_components.flashforge.api.errors import (
    BusyError,
    FlashForgeError,
    LanModeError,
    MissingFileError,
    RefusedError,
    UploadError,
    WrongCodeError,
)
from custom_components.flashforge.api.http.printer import HttpPrinter
from custom_components.flashforge.api.print_files.names import stored_name
from custom_components.flashforge.api.prints import MaterialMapping, PrintOptions
from custom_components.flashforge.api.state import Status
from simulator import Fault, Printer, StoredFile, write_sliced
from tests.conftest import HTTP_MODELS, MakePrinter

from ..conftest import client

NAME = "part.gcode.3mf"
START = PrintOptions()


@pytest.fixture
def part(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    write_sliced(path, StoredFile(name=NAME, layers=7), size=3 << 20)
    return path


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_storing(
    printer: Printer, printer_client: HttpPrinter, part: Path
) -> None:
    name = stored_name(printer_client.model, "My part.gcode.3mf", start=False)
    await printer_client.upload(part, name)
    assert (await printer_client.list_files())[0].name == "My_part.gcode.3mf"
    assert await printer_client.fetch_thumbnail("My_part.gcode.3mf") is not None
    state = await printer_client.fetch()
    assert ready_to_print(state) is None
    assert not upload_begins(NAME).shown_by(state)


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_storing_and_starting(
    printer: Printer, printer_client: HttpPrinter, part: Path
) -> None:
    await printer_client.upload(part, NAME, start=START)
    state = await printer_client.fetch()
    assert upload_begins(NAME).shown_by(state)
    assert ready_to_print(state) is not None
    assert printer.machine.job is not None
    assert printer.machine.job.options.leveling


@pytest.mark.parametrize("firmware", ["2.7.6", "3.2.7"])
async def test_each_firmware_takes_its_own_form(
    session: aiohttp.ClientSession,
    make_printer: MakePrinter,
    part: Path,
    firmware: str,
) -> None:
    printer = await make_printer("5m_pro", firmware=firmware)
    await client(session, printer).upload(part, NAME)
    await client(session, printer).start_file(NAME, START)
    assert printer.machine.job is not None
    [told] = [each.body for each in printer.requests if each.path == "/printGcode"]
    assert isinstance(told, dict)
    assert ("gcodeToolCnt" in told) is (firmware == "3.2.7")


@pytest.mark.parametrize("model", ["ad5x", "creator5"])
async def test_materials_and_options(
    printer: Printer, printer_client: HttpPrinter, part: Path
) -> None:
    mappings = (
        MaterialMapping(
            tool=0, slot=3, material="PLA", tool_color="#FFFFFF", slot_color="#161616"
        ),
        MaterialMapping(
            tool=1, slot=1, material="PLA", tool_color="#FF0000", slot_color="#F72224"
        ),
    )
    options = PrintOptions(
        leveling=False, flow_calibration=True, time_lapse=True, mappings=mappings
    )
    await printer_client.upload(part, NAME, start=options)
    assert printer.machine.job is not None
    told = printer.machine.job.options
    assert told.slots == {0: 3, 1: 1}
    assert told.flow_calibration
    assert told.time_lapse
    assert not told.leveling


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_file_that_is_not_there(
    printer: Printer, printer_client: HttpPrinter
) -> None:
    with pytest.raises(MissingFileError):
        await printer_client.start_file("none.gcode", START)


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_busy_printer(
    printer: Printer, printer_client: HttpPrinter, part: Path
) -> None:
    printer.machine.start_job()
    for sent in (
        printer_client.upload(part, NAME, start=START),
        printer_client.start_file(printer.files[0].name, START),
    ):
        with pytest.raises(BusyError):
            await sent
    await printer_client.upload(part, NAME)
    assert printer.files[0].name == NAME


@pytest.mark.parametrize("model", ["ad5x"])
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.CUT_UPLOAD, UploadError),
        (Fault.WRONG_CODE, WrongCodeError),
        (Fault.LAN_MODE_OFF, LanModeError),
        (Fault.REFUSE_UPLOAD, RefusedError),
    ],
)
async def test_faults(
    printer: Printer,
    printer_client: HttpPrinter,
    part: Path,
    fault: Fault,
    expected: type[FlashForgeError],
) -> None:
    await printer_client.fetch()
    printer.faults.add(fault, path="/uploadGcode")
    before = printer.files
    with pytest.raises(expected):
        await printer_client.upload(part, NAME, start=START)
    assert printer.count("/uploadGcode") == 1
    assert printer.files == before
    printer.faults.clear()
    assert (await printer_client.fetch()).status is Status.IDLE
    await printer_client.upload(part, NAME, start=START)
    assert printer.machine.job is not None
