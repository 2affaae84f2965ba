"""The library is tested without Home Assistant: nothing here starts a core."""

import asyncio
from collections.abc import AsyncGenerator, Callable

import aiohttp
import pytest

from custom_components.flashforge.api.http.printer import HttpPrinter
from simulator import Printer


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Leave out what the tests of the integration start for every test."""


@pytest.fixture(autouse=True)
def loopback_is_the_network() -> None:
    """Leave the network as it is."""


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    """Return a session that ends with the test."""
    async with aiohttp.ClientSession() as session:
        yield session


def client(
    session: aiohttp.ClientSession, printer: Printer, serial: str | None = None
) -> HttpPrinter:
    return HttpPrinter(
        session,
        printer.host,
        port=printer.http_port,
        serial=printer.serial if serial is None else serial,
        check_code=printer.check_code,
    )


@pytest.fixture
def printer_client(session: aiohttp.ClientSession, printer: Printer) -> HttpPrinter:
    return client(session, printer)


@pytest.fixture
async def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return what moves the event loop's clock, so that no test waits for it."""
    loop = asyncio.get_running_loop()
    time = loop.time
    passed = 0.0

    def move(seconds: float) -> None:
        nonlocal passed
        passed += seconds

    monkeypatch.setattr(loop, "time", lambda: time() + passed)
    return move
