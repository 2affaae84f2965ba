"""What the table of faults needs."""

from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from tests.conftest import MakePrinter
from tests.networking import Network


@pytest.fixture
def network(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    make_printer: MakePrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> Network:
    """Return a network in which printers are found."""
    return Network(hass, hass_storage, make_printer, monkeypatch)
