"""Without faults every entity of every model shows its printer."""

from homeassistant.core import HomeAssistant
import pytest

from simulator import Printer
from tests.conftest import HTTP_MODELS, SetUp, make_entry
from tests.support.timing import Time

from .truth import untruths


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_every_entity_shows_its_printer(
    hass: HomeAssistant, printer: Printer, set_up: SetUp, time: Time
) -> None:
    machine = printer.machine
    await set_up(make_entry(printer))
    seen = {"idle": await untruths(hass, printer)}

    machine.start_job()
    machine.finish_warm_up()
    await time.passes(600, step=5)
    seen["printing"] = await untruths(hass, printer)

    machine.pause()
    machine.light = not machine.light
    await time.passes(60, step=5)
    seen["paused"] = await untruths(hass, printer)

    machine.resume()
    machine.finish_job()
    await time.passes(60, step=5)
    seen["completed"] = await untruths(hass, printer)

    machine.fail("E0101")
    await time.passes(60, step=5)
    seen["failed"] = await untruths(hass, printer)

    assert {moment for moment, wrong in seen.items() if wrong} == set(), seen
