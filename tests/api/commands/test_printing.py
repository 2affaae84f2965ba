"""Starting a print: when it is allowed, what shows it, what ends the wait."""

from dataclasses import replace
import socket

import aiohttp
import pytest

from custom_components.flashforge.api.commands.command import Command
from custom_components.flashforge.api.commands.printing import (
    check_upload,
    print_file,
    ready_to_print,
    upload_begins,
)
from custom_components.flashforge.api.errors import (
    EmptyFileError,
    ErrorActiveError,
    FlashForgeError,
    MissingEndpointError,
    NoSpaceError,
    NotReadyError,
    PlateOccupiedError,
    UnreachableError,
)
from custom_components.flashforge.api.http import transport
from custom_components.flashforge.api.http.printer import HttpPrinter
from custom_components.flashforge.api.prints import PrintOptions
from custom_components.flashforge.api.state import Counters, Job, PrinterState, Status

from ...support.server import HOST
from ..fake import Behavior, Server, close, cut, http, send

IDLE = PrinterState(status=Status.IDLE)

PRINT = print_file("a.gcode", PrintOptions())
UPLOAD = upload_begins("a.gcode")


def test_ready() -> None:
    assert ready_to_print(IDLE) is None


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (replace(IDLE, status=None), NotReadyError),
        (replace(IDLE, status=Status.PRINTING), NotReadyError),
        (replace(IDLE, status=Status.PAUSED), NotReadyError),
        (replace(IDLE, status=Status.BUSY), NotReadyError),
        (replace(IDLE, status=Status.CALIBRATING), NotReadyError),
        (replace(IDLE, status=Status.COMPLETED), PlateOccupiedError),
        (replace(IDLE, status=Status.CANCELED), PlateOccupiedError),
        (replace(IDLE, error_code="E0163"), ErrorActiveError),
        (replace(IDLE, status=Status.ERROR), ErrorActiveError),
    ],
)
def test_not_ready(state: PrinterState, expected: type[FlashForgeError]) -> None:
    assert type(ready_to_print(state)) is expected
    assert PRINT.refusal is ready_to_print


@pytest.mark.parametrize("command", [PRINT, UPLOAD], ids=lambda each: each.name)
@pytest.mark.parametrize(
    ("status", "file", "expected"),
    [
        (Status.IDLE, "a.gcode", False),
        (Status.COMPLETED, "a.gcode", False),
        (Status.CANCELED, "a.gcode", False),
        (None, "a.gcode", False),
        (Status.BUSY, None, True),
        (Status.CALIBRATING, None, True),
        (Status.HEATING, None, True),
        (Status.PRINTING, "b.gcode", True),
        (Status.PAUSING, "a.gcode", True),
        (Status.PAUSED, "b.gcode", False),
    ],
)
def test_proof(
    command: Command, status: Status | None, file: str | None, expected: bool
) -> None:
    state = PrinterState(status=status, job=Job(file=file))
    assert command.shown_by(state) is expected


@pytest.mark.parametrize("command", [PRINT, UPLOAD], ids=lambda each: each.name)
def test_an_error_ends_the_wait(command: Command) -> None:
    assert command.failed_by(IDLE) is None
    found = command.failed_by(replace(IDLE, error_code="E0088"))
    assert isinstance(found, ErrorActiveError)
    assert found.placeholders == {"code": "E0088"}


def test_an_error_without_a_code_has_words() -> None:
    assert ErrorActiveError(code=None).placeholders == {"code": "–"}


@pytest.mark.parametrize("free", [None, 0.5, 0.001])
def test_space(free: float | None) -> None:
    state = replace(IDLE, counters=Counters(free_storage=free))
    assert check_upload(state, 1_000_000) is None
    assert isinstance(check_upload(state, 0), EmptyFileError)


def test_no_space() -> None:
    state = replace(IDLE, counters=Counters(free_storage=0.0019))
    found = check_upload(state, 1_900_001)
    assert isinstance(found, NoSpaceError)
    assert found.placeholders == {"needs": "2", "has": "1"}


@pytest.fixture
async def printer(session: aiohttp.ClientSession, server: Server) -> HttpPrinter:
    printer = HttpPrinter(
        session, HOST, port=server.port, serial="SN1", check_code="0042"
    )
    await printer.fetch()
    return printer


@pytest.mark.parametrize(
    "silence", [close, cut(b"HTTP/1.1 200 OK\r\n"), send(http(b"<html>"))]
)
async def test_a_start_without_an_answer_may_have_begun(
    printer: HttpPrinter, server: Server, silence: Behavior
) -> None:
    server.script.append(silence)
    await PRINT.send(printer)
    assert [asked.path for asked in server.asked] == ["/detail", "/printGcode"]


async def test_a_start_that_did_not_get_there(
    printer: HttpPrinter, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script.append(send(http(b"", status="404 Not Found")))
    with pytest.raises(MissingEndpointError):
        await PRINT.send(printer)
    monkeypatch.setattr(transport, "REFUSED_PAUSE", 0)
    with socket.socket() as nobody:
        nobody.bind((HOST, 0))
        printer.move(HOST, nobody.getsockname()[1])
        with pytest.raises(UnreachableError):
            await PRINT.send(printer)
