"""Virtual printers on a clock that stands still, and a client without shared code."""

import base64
from collections.abc import AsyncGenerator, Awaitable, Callable
import json
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import pytest

from simulator import Printer, StoredFile, write_sliced

from ..conftest import MakePrinter

type Json = dict[str, Any]


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Home Assistant is not used here."""


@pytest.fixture(autouse=True)
def loopback_is_the_network() -> None:
    """Home Assistant is not used here."""


class Make(Protocol):
    """Switches on a printer on ports of its own."""

    async def __call__(self, model: str = ..., **options: Any) -> Printer: ...


@pytest.fixture
def make(make_printer: MakePrinter) -> Make:
    """Return the maker of virtual printers, which has a usual model here."""

    async def switch_on(model: str = "ad5x", **options: Any) -> Printer:
        return await make_printer(model, **options)

    return switch_on


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=5)
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as client:
        yield client


class Ask(Protocol):
    """Sends a request and reads the JSON of the answer."""

    async def __call__(self, printer: Printer, path: str, **body: Any) -> Json: ...


@pytest.fixture
def ask(session: aiohttp.ClientSession) -> Ask:
    async def post(printer: Printer, path: str, **body: Any) -> Json:
        auth = {"serialNumber": printer.serial, "checkCode": printer.check_code}
        async with session.post(url(printer, path), json=auth | body) as response:
            answer: Json = json.loads(await response.read())
        return answer

    return post


type Detail = Callable[[Printer], Awaitable[Json]]


@pytest.fixture
def detail(ask: Ask) -> Detail:
    async def read(printer: Printer) -> Json:
        answer = await ask(printer, "/detail")
        assert answer["code"] == 0
        fields: Json = answer["detail"]
        return fields

    return read


class Command(Protocol):
    """Sends a command and returns the result code."""

    async def __call__(self, printer: Printer, name: str, /, **args: Any) -> int: ...


@pytest.fixture
def command(ask: Ask) -> Command:
    async def send(printer: Printer, name: str, /, **args: Any) -> int:
        payload = {"cmd": name, "args": args}
        answer = await ask(printer, "/control", payload=payload)
        code: int = answer["code"]
        return code

    return send


def url(printer: Printer, path: str) -> str:
    return f"http://{printer.host}:{printer.http_port}{path}"


def mapping(tool: int, slot: int, material: str = "PLA") -> Json:
    """An entry of `materialMappings` as clients write it."""
    return {
        "toolId": tool,
        "slotId": slot,
        "materialName": material,
        "toolMaterialColor": "#FF0000",
        "slotMaterialColor": "#F72224",
    }


def upload_headers(
    printer: Printer, size: int, *mappings: Json, **changed: str | None
) -> dict[str, str]:
    """Headers as in the samples; None leaves one out."""
    headers = {
        "serialNumber": printer.serial,
        "checkCode": printer.check_code,
        "fileSize": str(size),
        "printNow": "false",
        "levelingBeforePrint": "false",
        "flowCalibration": "false",
        "firstLayerInspection": "false",
        "timeLapseVideo": "false",
        "useMatlStation": "true" if mappings else "false",
        "gcodeToolCnt": str(len(mappings)),
        "materialMappings": base64.b64encode(json.dumps(mappings).encode()).decode(),
        "Expect": "100-continue",
        "Content-Type": "multipart/form-data; boundary=XBOUNDARYX",
    }
    merged: dict[str, str | None] = {**headers, **changed}
    return {name: text for name, text in merged.items() if text is not None}


def form(name: str, data: bytes, part: str = "gcodeFile") -> bytes:
    """The body of an upload as in the samples."""
    head = (
        "--XBOUNDARYX\r\n"
        f'Content-Disposition: form-data; name="{part}"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    return head.encode(errors="surrogateescape") + data + b"\r\n--XBOUNDARYX--\r\n"


class Upload(Protocol):
    """Sends a file and reads the JSON of the answer; headers can be changed."""

    async def __call__(
        self,
        printer: Printer,
        name: str,
        data: bytes,
        *mappings: Json,
        **changed: str | None,
    ) -> Json: ...


@pytest.fixture
def upload(session: aiohttp.ClientSession) -> Upload:
    async def send(
        printer: Printer,
        name: str,
        data: bytes,
        *mappings: Json,
        **changed: str | None,
    ) -> Json:
        headers = upload_headers(printer, len(data), *mappings, **changed)
        async with session.post(
            url(printer, "/uploadGcode"), data=form(name, data), headers=headers
        ) as response:
            assert response.headers["Content-Type"] == "appliation/json"
            answer: Json = json.loads(await response.read())
        return answer

    return send


class Slice(Protocol):
    """Makes the bytes of a sliced file."""

    def __call__(self, name: str = ..., *, size: int = ..., **facts: Any) -> bytes: ...


@pytest.fixture
def sliced(tmp_path: Path) -> Slice:
    def write(name: str = "part.gcode", *, size: int = 0, **facts: Any) -> bytes:
        usual = {"print_seconds": 2460, "layers": 40}
        write_sliced(tmp_path / name, StoredFile(name, **usual | facts), size=size)
        return (tmp_path / name).read_bytes()

    return write
