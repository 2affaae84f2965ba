"""Only what the printer acknowledged may wait, be repeated or change anything."""

import asyncio

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Fault, Printer, Status

from ..conftest import MakePrinter, PassTime, SetUp, make_entry
from ..support.lookups import call, entity_id, state_of
from ..support.timing import Time


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("button", ["pause", "cancel"])
async def test_a_command_that_failed_is_not_carried_out_later(
    hass: HomeAssistant, printer: Printer, time: Time, button: str
) -> None:
    printer.machine.start_job()
    await time.passes(20)
    assert printer.machine.warming_up
    printer.faults.add(Fault.HANG, path="/control", times=1)
    printer.faults.add(Fault.CUT, path="/control", times=1)

    pressed = asyncio.ensure_future(call(hass, "button", "press", printer, button))
    with pytest.raises(HomeAssistantError):
        await time.passes_until(pressed)

    printer.faults.clear()
    sent = len(printer.commands)
    status = state_of(hass, "sensor", printer, "status")
    assert status.attributes["pending_command"] is None
    await time.passes(120)
    assert len(printer.commands) == sent
    assert printer.machine.running_job is not None
    assert printer.machine.status not in {Status.PAUSED, Status.CANCELED}


@pytest.mark.usefixtures("loaded")
async def test_a_command_on_its_way_is_sent_once(
    hass: HomeAssistant, printer: Printer, time: Time
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await time.passes(20)
    printer.faults.add(Fault.HANG, path="/control", seconds=12, times=1)

    pressed = asyncio.ensure_future(call(hass, "button", "press", printer, "pause"))
    await time.passes_until(pressed)

    assert [name for name, _ in printer.commands] == ["jobCtl_cmd"]
    assert printer.machine.status in {Status.PAUSING, Status.PAUSED}


@pytest.mark.parametrize("model", ["5m"])
async def test_a_stranger_teaches_nothing(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    device_registry: dr.DeviceRegistry,
    printer: Printer,
    make_printer: MakePrinter,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    entry = make_entry(printer)
    await set_up(entry)
    before = {each.unique_id for each in entity_registry.entities.values()}
    stranger = await make_printer(
        "creator5_pro", serial=printer.serial, check_code=printer.check_code
    )
    await printer.power_off()
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "port": stranger.http_port}
    )
    await hass.config_entries.async_reload(entry.entry_id)

    await pass_time(60)

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "offline"
    assert status.attributes["offline_reason"] == "other_printer"
    assert {each.unique_id for each in entity_registry.entities.values()} == before
    device = device_registry.async_get_device_by_identifier(
        ("flashforge", printer.serial), entry.entry_id
    )
    assert device is not None
    assert device.model == "Adventurer 5M"
    assert entry.data["facts"]["tools"] == 1


async def test_clear_error_clears_the_code_of_now(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.set_error("E0101")
    await pass_time(16)
    printer.machine.set_error("E0102")

    await hass.services.async_call(
        "button",
        "press",
        {"entity_id": entity_id(hass, "button", printer, "clear_error")},
        blocking=True,
    )

    assert printer.machine.error_code is None
    assert printer.commands[-1][1]["errorCode"] == "E0102"
