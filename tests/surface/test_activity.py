"""How many lines the activity of a printer has after one print."""

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from ..conftest import HTTP_MODELS, PassTime, SetUp
from ..support.glance import activity
from ..support.lookups import call, call_while, entity_id, has_entity

MOST_LINES = {
    "5m": 28,
    "5m_pro": 28,
    "ad5x": 35,
    "creator5": 30,
    "creator5_pro": 30,
}
"""Home Assistant has no means to keep a text, a number, a fan or a button out of it."""

SILENT = ("progress", "current_layer", "total_layers", "remaining_time", "active_slot")


async def _press(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime, key: str
) -> None:
    await call_while(call(hass, "button", "press", printer, key), pass_time, 30)


@pytest.mark.usefixtures("logbook")
@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_print_with_a_pause_and_a_change_of_filament(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    pass_time: PassTime,
    model: str,
) -> None:
    await set_up(entry)
    await pass_time(60)
    since = dt_util.utcnow()

    printer.machine.start_job()
    await pass_time(600)
    await _press(hass, printer, pass_time, "pause")
    await pass_time(30)
    if has_entity(hass, "button", printer, "slot_2_load"):
        printer.machine.load(2)
        await pass_time(240)
    await _press(hass, printer, pass_time, "resume")
    await pass_time(600)
    printer.machine.finish_job()
    await pass_time(60)
    await _press(hass, printer, pass_time, "clear_plate")
    await pass_time(30)

    lines = await activity(hass, entry, printer, since)
    assert 0 < len(lines) <= MOST_LINES[model], lines
    silent = {
        entity_id(hass, "sensor", printer, key)
        for key in SILENT
        if has_entity(hass, "sensor", printer, key)
    }
    assert not silent & {line.partition(":")[0] for line in lines}
    # A button writes a line when a person presses it, and at no other time.
    pressed = [line for line in lines if line.startswith("button.")]
    assert len(pressed) == 3
