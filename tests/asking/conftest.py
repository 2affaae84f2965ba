"""A Home Assistant with its default assistant."""

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from ..conftest import make_entry


@pytest.fixture
async def assist(hass: HomeAssistant) -> None:
    """Set up what every Home Assistant has: exposure, the assistant, and its tools."""
    for component in ("homeassistant", "conversation", "llm"):
        assert await async_setup_component(hass, component, {})
    await hass.async_block_till_done()


@pytest.fixture
def entry(printer: Printer, assist: None) -> MockConfigEntry:
    """Return the entry of ``printer``, to which its owner added a light.

    In a real Home Assistant, the decision what new entities are exposed to comes first.
    """
    return make_entry(printer, light="yes")
