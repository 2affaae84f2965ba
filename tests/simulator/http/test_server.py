"""Port 8898: result codes, refusals and missing endpoints."""

import asyncio
from dataclasses import replace

import aiohttp
import pytest

from simulator import ManualClock, Printer

from ..conftest import Ask, Command, Make, url

ENDPOINTS = ("/checkCode", "/detail", "/product", "/control", "/gcodeList")


async def test_answers_carry_the_misspelled_content_type(
    make: Make, session: aiohttp.ClientSession
) -> None:
    printer = await make()

    async with session.post(url(printer, "/detail"), data=b"{}") as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == "appliation/json"
        assert response.headers["Server"] == "OrcaServer"
        assert await response.json(content_type=None) == {
            "code": -1,
            "message": "Parameters is error",
        }


@pytest.mark.parametrize("path", ENDPOINTS)
async def test_a_refusal_is_an_answer(make: Make, ask: Ask, path: str) -> None:
    printer = await make()
    payload = {"cmd": "lightControl_cmd", "args": {"status": "close"}}

    async def answer(**body: object) -> tuple[int, str]:
        told = await ask(printer, path, payload=payload, **body)
        return told["code"], told["message"]

    assert await answer() == (0, "Success")
    assert await answer(serialNumber="MOCKAX000001") == (1, "SN is different")
    assert await answer(checkCode="412345") == (1, "Access code is different")
    assert await answer(checkCode=412345) == (-1, "Parameters is error")
    printer.check_code = "87654321"
    assert await answer(checkCode="00412345") == (1, "Access code is different")
    assert await answer() == (0, "Success")
    printer.lan_mode = False
    assert await answer() == (-2, "Lan mode error")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/detail"),
        ("POST", "/deleteGcode"),
        ("GET", "/printGcode"),
        ("GET", "/uploadGcode"),
        ("POST", "/downloadGcode"),
        ("GET", "/"),
    ],
)
async def test_an_unknown_endpoint_is_an_html_page(
    make: Make, session: aiohttp.ClientSession, method: str, path: str
) -> None:
    printer = await make()

    async with session.request(method, url(printer, path)) as response:
        assert response.status == 404
        assert response.content_type == "text/html"
        assert "404" in await response.text()


async def test_a_firmware_can_lack_an_endpoint(
    make: Make, session: aiohttp.ClientSession
) -> None:
    printer = await make()
    printer.quirks = replace(printer.quirks, missing_paths=frozenset({"/checkCode"}))

    async with session.post(url(printer, "/checkCode"), json={}) as response:
        assert response.status == 404


async def test_a_firmware_can_name_the_result_differently(make: Make, ask: Ask) -> None:
    printer = await make()
    printer.quirks = replace(
        printer.quirks, code_key="err", message_key="msg", top_level_fields=True
    )

    answer = await ask(printer, "/detail")

    assert (answer["err"], answer["msg"]) == (0, "Success")
    assert "code" not in answer
    assert "detail" not in answer
    assert answer["pid"] == 38


@pytest.mark.parametrize(
    ("model", "light", "filtration", "chamber"),
    [
        ("5m", 0, 0, 0),
        ("5m_pro", 1, 1, 0),
        ("ad5x", 0, 0, 0),
        ("creator5", 1, 0, 1),
        ("creator5_pro", 1, 0, 1),
    ],
)
async def test_product_flags(
    make: Make, ask: Ask, model: str, light: int, filtration: int, chamber: int
) -> None:
    printer = await make(model)

    answer = await ask(printer, "/product")

    assert answer["product"] == {
        "nozzleTempCtrlState": 1,
        "chamberTempCtrlState": chamber,
        "platformTempCtrlState": 1,
        "lightCtrlState": light,
        "internalFanCtrlState": filtration,
        "externalFanCtrlState": filtration,
    }


async def test_every_request_is_remembered(
    make: Make, ask: Ask, command: Command, clock: ManualClock
) -> None:
    printer = await make()
    clock.advance(7)

    await ask(printer, "/detail")
    await command(printer, "inventedByTests_cmd", answer=42)

    assert printer.count() == 1
    assert printer.count("/control") == 1
    assert printer.commands == [("inventedByTests_cmd", {"answer": 42})]
    request = printer.requests[0]
    assert (request.method, request.path, request.time) == ("POST", "/detail", 7)
    assert request.command is None
    assert request.args == {}


@pytest.mark.parametrize(
    "payload",
    [None, "pause", {}, {"cmd": 7}, {"cmd": "jobCtl_cmd", "args": []}],
)
async def test_an_invalid_command_is_refused(
    make: Make, ask: Ask, payload: object
) -> None:
    printer = await make()

    answer = await ask(printer, "/control", payload=payload)

    assert answer["code"] == -1


async def test_idle_connections_are_closed_by_the_printer(make: Make) -> None:
    printer = await make()
    await printer.power_off()
    printer.quirks = replace(printer.quirks, keep_alive_seconds=0.05)
    await printer.power_on()

    reader, writer = await asyncio.open_connection(printer.host, printer.http_port)
    writer.write(b"GET / HTTP/1.1\r\nHost: printer\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 60)

    assert answer.startswith(b"HTTP/1.1 404 Not Found")
    writer.close()
    await writer.wait_closed()


async def test_many_printers_share_a_machine(make: Make, ask: Ask) -> None:
    printers: list[Printer] = [
        await make(host=f"127.0.7.{number}") for number in range(1, 6)
    ]

    answers = await asyncio.gather(*(ask(printer, "/detail") for printer in printers))

    assert [answer["detail"]["ipAddr"] for answer in answers] == [
        f"127.0.7.{number}" for number in range(1, 6)
    ]
    assert len({printer.serial for printer in printers}) == 5
    assert len({printer.mac for printer in printers}) == 5
