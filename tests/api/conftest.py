"""The library is tested without Home Assistant: nothing here starts a core."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest

from custom_components.flashforge.api.http.printer import HttpPrinter
from simulator import Printer

from ..support.loop_clock import LoopClock
from .fake import Server


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Replace the fixture of the integration, which needs a Home Assistant."""


@pytest.fixture(autouse=True)
def loopback_is_the_network() -> None:
    """Replace the fixture of the integration: no network is faked here."""


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    """Return a session that ends with the test."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def server() -> AsyncGenerator[Server]:
    """Return a server that answers as a test decides."""
    async with Server() as server:
        yield server


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
async def loop_clock(monkeypatch: pytest.MonkeyPatch) -> LoopClock:
    """Return what moves the event loop's clock."""
    return LoopClock(monkeypatch)
