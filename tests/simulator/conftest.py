"""Virtual printers on a clock that stands still, and a client that shares no code."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
import json
from typing import Any, Protocol

import aiohttp
import pytest

from simulator import ManualClock, Printer

type Json = dict[str, Any]


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """No Home Assistant here."""


@pytest.fixture(autouse=True)
def loopback_is_the_network() -> None:
    """No Home Assistant here."""


@pytest.fixture(autouse=True)
def only_platforms() -> None:
    """No Home Assistant here."""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


class Make(Protocol):
    """Switches on a printer on ports of its own."""

    async def __call__(self, model: str = ..., **options: Any) -> Printer: ...


@pytest.fixture
async def make(clock: ManualClock) -> AsyncGenerator[Make]:
    printers: list[Printer] = []

    async def switch_on(model: str = "ad5x", **options: Any) -> Printer:
        ports = {
            "http_port": 0,
            "camera_port": 0,
            "discovery_port": 0,
            "tcp_port": 0,
        }
        printer = Printer(model, **{"clock": clock, **ports, **options})
        printers.append(printer)
        await printer.start()
        return printer

    yield switch_on
    for printer in printers:
        await printer.stop()


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


async def until(reached: Callable[[], bool]) -> None:
    """Let the loop turn until something has happened."""
    async with asyncio.timeout(5):
        while not reached():  # noqa: ASYNC110
            await asyncio.sleep(0)
