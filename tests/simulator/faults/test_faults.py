"""Faults on demand."""

import asyncio
from collections.abc import Callable, Coroutine
import json
import time
from typing import Any, NamedTuple

import aiohttp
import pytest

from simulator import CAMERA, Fault, Printer, Status
from simulator.faults import EFFECTS

from ...support.waiting import until
from ..conftest import Ask, Command, Make, url


class Answer(NamedTuple):
    """The answer to a request."""

    status: int
    content_type: str
    body: bytes


type Post = Callable[..., Coroutine[Any, Any, Answer]]


@pytest.fixture
def post(session: aiohttp.ClientSession) -> Post:
    async def send(printer: Printer, path: str = "/detail") -> Answer:
        request = {
            "serialNumber": printer.serial,
            "checkCode": printer.check_code,
            "payload": {"cmd": "lightControl_cmd", "args": {"status": "close"}},
        }
        async with session.post(url(printer, path), json=request) as response:
            body = await response.read()
            return Answer(response.status, response.content_type, body)

    return send


def test_every_fault_has_an_effect() -> None:
    assert set(EFFECTS) == set(Fault)


@pytest.mark.parametrize(
    ("fault", "status", "content_type"),
    [
        (Fault.GARBAGE, 200, "appliation/json"),
        (Fault.TRUNCATED, 200, "appliation/json"),
        (Fault.EMPTY, 200, "appliation/json"),
        (Fault.HTML, 200, "text/html"),
        (Fault.HTTP_500, 500, "text/html"),
        (Fault.NOT_FOUND, 404, "text/html"),
    ],
)
async def test_answers_that_are_not_json(
    make: Make, post: Post, fault: Fault, status: int, content_type: str
) -> None:
    printer = await make()

    printer.faults.add(fault)

    answer = await post(printer)
    assert (answer.status, answer.content_type) == (status, content_type)
    with pytest.raises(ValueError):
        json.loads(answer.body)
    printer.faults.clear()
    assert json.loads((await post(printer)).body)["code"] == 0


@pytest.mark.parametrize(
    ("fault", "everywhere", "on_control"),
    [
        (Fault.WRONG_SERIAL, 1, 1),
        (Fault.WRONG_CODE, 1, 1),
        (Fault.LAN_MODE_OFF, -2, -2),
        (Fault.BUSY, 0, 2),
        (Fault.REFUSE_COMMANDS, 0, -1),
        (Fault.IGNORE_COMMANDS, 0, 0),
    ],
)
async def test_refusals(
    make: Make,
    ask: Ask,
    command: Command,
    fault: Fault,
    everywhere: int,
    on_control: int,
) -> None:
    printer = await make()

    printer.faults.add(fault)

    assert (await ask(printer, "/detail"))["code"] == everywhere
    assert await command(printer, "lightControl_cmd", status="close") == on_control
    assert printer.machine.light is True
    printer.faults.clear()
    assert await command(printer, "lightControl_cmd", status="close") == 0
    assert printer.machine.light is False


async def test_a_refused_connection(make: Make, post: Post) -> None:
    printer = await make()
    await post(printer)

    printer.faults.add(Fault.REFUSE)

    with pytest.raises(aiohttp.ClientConnectionError):
        await post(printer)
    with pytest.raises(aiohttp.ClientConnectorError):
        await post(printer)
    assert printer.count() == 1
    printer.faults.clear()
    assert (await post(printer)).status == 200
    with pytest.raises(ValueError, match="count"):
        printer.faults.add(Fault.REFUSE, times=1)


async def test_a_connection_can_be_refused_for_a_while(make: Make, post: Post) -> None:
    printer = await make()
    port = printer.http_port

    printer.faults.add(Fault.REFUSE, seconds=0.02)

    await until(lambda: not printer.faults.active)
    assert (await post(printer)).status == 200
    assert printer.http_port == port


async def test_hanging_until_the_client_gives_up(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.HANG, path="/detail")

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(post(printer), 0.05)

    assert printer.count() == 1
    assert (await post(printer, "/product")).status == 200


async def test_hanging_until_the_fault_is_cleared(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.HANG, times=1)

    waiting = asyncio.create_task(post(printer))
    await until(lambda: bool(printer.requests))
    assert not printer.faults.active
    assert not waiting.done()
    printer.faults.clear()

    assert (await waiting).status == 200


async def test_hanging_until_the_printer_stops(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.HANG)
    waiting = asyncio.create_task(post(printer))
    await until(lambda: bool(printer.requests))

    await printer.stop()

    with pytest.raises(aiohttp.ClientError):
        await waiting


async def test_a_slow_answer(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.DELAY, seconds=0.05)
    started = time.monotonic()

    assert (await post(printer)).status == 200

    assert time.monotonic() - started >= 0.05


async def test_a_command_with_a_cut_answer_is_carried_out(
    make: Make, post: Post
) -> None:
    printer = await make()
    printer.faults.add(Fault.CUT, path="/control")

    with pytest.raises(aiohttp.ClientPayloadError):
        await post(printer, "/control")

    assert printer.machine.light is False
    assert printer.machine.status is Status.READY


async def test_faults_count_the_requests_that_they_meet(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.HTTP_500, path="/detail", times=2)

    paths = ("/product", "/detail", "/product", "/detail", "/detail")
    statuses = [(await post(printer, path)).status for path in paths]

    assert statuses == [200, 500, 200, 500, 200]
    assert not printer.faults.active


async def test_one_kind_of_fault_can_be_cleared(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.DELAY, seconds=0.01)
    printer.faults.add(Fault.HTTP_500)
    assert (await post(printer)).status == 500

    printer.faults.clear(Fault.HTTP_500)

    assert [active.fault for active in printer.faults.active] == [Fault.DELAY]
    assert (await post(printer)).status == 200


async def test_answer_under_a_wrong_name(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.WRONG_TYPE)

    answer = await post(printer)

    assert answer.content_type == "text/html"
    assert json.loads(answer.body)["code"] == 0


async def test_answer_that_is_nested_too_deep(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.DEEP)

    with pytest.raises(RecursionError):
        json.loads((await post(printer)).body)


async def test_answer_that_does_not_end(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.FLOOD)

    answer = await post(printer)

    assert len(answer.body) > 50_000_000
    assert json.loads(answer.body)["code"] == 0


async def test_client_that_leaves_an_endless_answer_leaves_nothing(
    make: Make, session: aiohttp.ClientSession
) -> None:
    printer = await make()
    printer.faults.add(Fault.FLOOD, path="/detail")

    async with session.post(url(printer, "/detail"), json={}) as response:
        await response.content.readany()
        assert printer.http_clients == 1
        response.close()

    await until(lambda: printer.http_clients == 0)


async def test_impossible_numbers(make: Make, post: Post) -> None:
    printer = await make()
    truth = json.loads((await post(printer)).body)["detail"]
    printer.faults.add(Fault.NONSENSE)

    answer = json.loads((await post(printer)).body)

    assert answer["code"] == 0
    assert answer["detail"]["status"] == "ready"
    numbers = [
        answer["detail"][name]
        for name, value in truth.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    assert len(numbers) > 20
    assert not [number for number in numbers if abs(number) < 1e300]


async def test_duplicate_members(make: Make, post: Post) -> None:
    printer = await make()
    truth = json.loads((await post(printer)).body)
    printer.faults.add(Fault.DUPLICATES)

    body = (await post(printer)).body

    assert body.count(b'"platTemp"') == 2
    assert json.loads(body) == truth


async def test_text_that_is_cut_within_a_character(make: Make, post: Post) -> None:
    printer = await make()
    printer.faults.add(Fault.BROKEN_TEXT)

    body = (await post(printer)).body

    with pytest.raises(UnicodeDecodeError):
        body.decode()
    told = json.loads(body.decode(errors="replace"))
    assert told["message"] == "Success\ufffd"
    assert told["detail"]["name"] == "AD5X\ufffd"


async def test_faults_of_the_http_port_leave_the_camera_alone(
    make: Make, session: aiohttp.ClientSession
) -> None:
    printer = await make("5m_pro")
    printer.faults.add(Fault.HTTP_500)
    printer.faults.add(Fault.REFUSE)

    async with session.get(camera_url(printer)) as response:
        assert response.status == 200
        assert printer.camera_clients == 1


async def test_camera_that_refuses(
    make: Make, session: aiohttp.ClientSession, post: Post
) -> None:
    printer = await make("5m_pro")

    printer.faults.add(Fault.REFUSE, path=CAMERA)

    with pytest.raises(aiohttp.ClientConnectorError):
        await session.get(camera_url(printer))
    assert (await post(printer)).status == 200
    printer.faults.clear()
    async with session.get(camera_url(printer)) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    ("fault", "status", "content_type"),
    [
        (Fault.HTTP_500, 500, "text/html"),
        (Fault.HTML, 200, "text/html"),
        (Fault.WRONG_TYPE, 200, "text/html"),
        (Fault.EMPTY, 200, "multipart/x-mixed-replace"),
    ],
)
async def test_camera_that_answers_something_else(
    make: Make,
    session: aiohttp.ClientSession,
    fault: Fault,
    status: int,
    content_type: str,
) -> None:
    printer = await make("5m_pro")
    printer.faults.add(fault, path=CAMERA)

    async with session.get(camera_url(printer)) as response:
        assert (response.status, response.content_type) == (status, content_type)


@pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.CUT])
async def test_camera_that_breaks_off(
    make: Make, session: aiohttp.ClientSession, fault: Fault
) -> None:
    printer = await make("5m_pro")
    printer.faults.add(fault, path=CAMERA)

    async with session.get(camera_url(printer)) as response:
        body = await response.content.read()

    assert b"\xff\xd9" not in body
    await until(lambda: printer.camera_clients == 0)


async def test_camera_whose_picture_does_not_end(
    make: Make, session: aiohttp.ClientSession
) -> None:
    printer = await make("5m_pro")
    printer.faults.add(Fault.FLOOD, path=CAMERA)
    received = 0

    async with session.get(camera_url(printer)) as response:
        while received < 10 << 20:
            received += len(await response.content.readany())
        response.close()

    await until(lambda: printer.camera_clients == 0)


async def test_camera_that_hangs_notices_a_viewer_that_leaves(
    make: Make, session: aiohttp.ClientSession
) -> None:
    printer = await make("5m_pro")
    printer.faults.add(Fault.HANG, path=CAMERA)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(session.get(camera_url(printer)), 0.05)

    await until(lambda: printer.camera_clients == 0)
    printer.faults.clear()
    async with session.get(camera_url(printer)) as response:
        assert response.status == 200


def camera_url(printer: Printer) -> str:
    return f"http://{printer.host}:{printer.camera_port}{CAMERA}"
