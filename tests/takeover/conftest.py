"""Virtual printers with the serial number and the code of the stored entries."""

from collections.abc import Awaitable, Callable

import pytest

from custom_components.flashforge.takeover import shapes
from simulator import Printer

from ..support.networking import Network, free_port
from .left import CODE, SERIAL

type StoredPrinter = Callable[[str], Awaitable[Printer]]


@pytest.fixture(autouse=True)
def no_real_port(lasting: pytest.MonkeyPatch) -> None:
    """Give printers a port that nobody has, as the one that is always the same."""
    lasting.setattr(shapes, "HTTP_PORT", free_port())


@pytest.fixture
def stored_printer(network: Network, lasting: pytest.MonkeyPatch) -> StoredPrinter:
    """Return the maker of the printer that the stored entries are for."""

    async def make(model: str) -> Printer:
        printer = await network.printer(model, serial=SERIAL, check_code=CODE)
        # Other integrations store no port; real printers all have the same.
        lasting.setattr(shapes, "HTTP_PORT", printer.http_port)
        return printer

    return make
