"""What a slot shows: its spool, and nothing when it is empty."""

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from .conftest import PassTime
from .support.lookups import state_of


@pytest.mark.parametrize("model", ["ad5x", "creator5_pro"])
async def test_an_empty_slot_shows_no_material(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    shown = state_of(hass, "sensor", printer, "slot_2")
    assert shown.state == printer.machine.slots[1].material
    assert shown.attributes["color"] is not None

    printer.machine.slots[1].has_filament = False
    await pass_time(16)

    shown = state_of(hass, "sensor", printer, "slot_2")
    assert shown.state == STATE_UNKNOWN
    assert shown.attributes["color"] is None
    assert shown.attributes["loaded"] is False

    printer.machine.slots[1].has_filament = True
    await pass_time(16)

    assert state_of(hass, "sensor", printer, "slot_2").state != STATE_UNKNOWN
