"""What the table of faults needs."""

import asyncio
from collections.abc import Iterator
import gc
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from tests.conftest import MakePrinter
from tests.networking import Network


@pytest.fixture(scope="package", autouse=True)
def what_is_loaded_stays() -> Iterator[None]:
    """Spare each cell of the table the search through all of Home Assistant's code."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
async def enable_event_loop_debug() -> None:
    """Leave the loop as it is at home: hundreds of cells need not know who called what."""
    assert not asyncio.get_running_loop().get_debug()


@pytest.fixture
def network(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    make_printer: MakePrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> Network:
    """Return a network in which printers are found."""
    return Network(hass, hass_storage, make_printer, monkeypatch)
