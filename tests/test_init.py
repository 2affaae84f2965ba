"""Setting up, unloading and the device of an entry."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .conftest import HTTP_MODELS


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_every_model_loads_and_unloads(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    assert loaded.state is ConfigEntryState.LOADED

    assert await hass.config_entries.async_unload(loaded.entry_id)
    await hass.async_block_till_done()

    assert loaded.state is ConfigEntryState.NOT_LOADED
