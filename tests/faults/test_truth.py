"""Without faults every entity of every model shows its printer."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer
from tests.conftest import HTTP_MODELS
from tests.support.timing import Time

from .truth import untruths

LINE_MODELS = (
    *("adventurer3", "adventurer4", "guider2"),
    *("creator4", "finder", "dreamer"),
)
"""Older printers with replies of their own."""


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("model", [*HTTP_MODELS, *LINE_MODELS])
async def test_every_entity_shows_its_printer(
    hass: HomeAssistant, printer: Printer, entry: MockConfigEntry, time: Time
) -> None:
    machine = printer.machine
    entry.add_to_hass(hass)
    # Some are silent at first, before a login.
    await time.passes_until(hass.config_entries.async_setup(entry.entry_id))
    await time.settle()
    seen = {"idle": await untruths(hass, printer, time)}

    machine.start_job()
    machine.finish_warm_up()
    await time.passes(600, step=5)
    seen["printing"] = await untruths(hass, printer, time)

    machine.pause()
    machine.light = not machine.light
    await time.passes(60, step=5)
    seen["paused"] = await untruths(hass, printer, time)

    machine.resume()
    machine.finish_job()
    await time.passes(60, step=5)
    seen["completed"] = await untruths(hass, printer, time)

    machine.fail("E0101")
    await time.passes(60, step=5)
    seen["failed"] = await untruths(hass, printer, time)

    assert {moment for moment, wrong in seen.items() if wrong} == set(), seen
