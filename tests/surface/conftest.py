"""A recorder for the tests of the activity; it has to be there before Home Assistant."""

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import RecorderInstanceContextManager


@pytest.fixture
def mock_recorder_before_hass(
    async_test_recorder: RecorderInstanceContextManager,
) -> None:
    """Prepare the database."""


@pytest.fixture
async def logbook(recorder_mock: object, hass: HomeAssistant) -> None:
    """Set up Home Assistant's logbook, without the pages of its frontend."""
    hass.config.components.add("frontend")
    assert await async_setup_component(hass, "logbook", {})


@pytest.fixture
async def exposing(hass: HomeAssistant) -> None:
    """Set up what decides on exposure, which in reality is there before any integration."""
    assert await async_setup_component(hass, "homeassistant", {})
