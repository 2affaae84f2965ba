"""Off is normal: what is shown while a printer is off, and what happens when it returns."""

from http import HTTPStatus
import logging

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.const import CONF_FACTS
from simulator import Fault, Printer

from .conftest import HTTP_MODELS, PassTime, SetUp
from .support.lookups import entity_id, has_entity, restart, state_of

LIVE = ("progress", "bed_temperature", "remaining_time")
KEPT = ("file", "lifetime_print_time", "lifetime_filament")


async def test_entry_loads_although_its_printer_was_never_seen(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    await printer.power_off()

    await set_up(entry)

    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, "sensor", printer, "status").state == "offline"
    assert state_of(hass, "binary_sensor", printer, "connectivity").state == "off"
    assert not has_entity(hass, "sensor", printer, "slot_1")

    await printer.power_on()
    await pass_time(61)

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert state_of(hass, "sensor", printer, "slot_1").attributes["material"] == "PLA"


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_restart_with_the_printer_off_shows_the_same_entities(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(30)
    kept = {key: state_of(hass, "sensor", printer, key).state for key in KEPT}
    before = {
        entity.entity_id: entity.disabled_by
        for entity in er.async_entries_for_config_entry(
            entity_registry, loaded.entry_id
        )
    }
    enabled = {each for each, disabled in before.items() if disabled is None}
    await printer.power_off()

    await restart(hass, loaded)

    assert loaded.state is ConfigEntryState.LOADED
    assert enabled <= set(hass.states.async_entity_ids())
    assert {key: state_of(hass, "sensor", printer, key).state for key in KEPT} == kept
    assert {state_of(hass, "sensor", printer, key).state for key in LIVE} == {
        "unavailable"
    }
    assert state_of(hass, "sensor", printer, "status").state == "offline"

    await printer.power_on()
    await pass_time(61)

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert state_of(hass, "sensor", printer, "bed_temperature").state != "unavailable"


async def test_device_keeps_what_it_is_while_the_printer_is_off(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    printer: Printer,
    loaded: MockConfigEntry,
) -> None:
    await printer.power_off()

    await restart(hass, loaded)

    device = device_registry.async_get_device_by_identifier(
        ("flashforge", printer.serial), loaded.entry_id
    )
    assert device is not None
    assert device.sw_version == printer.firmware
    assert device.model == "AD5X"
    assert ("mac", printer.mac.lower()) in device.connections


async def test_what_a_printer_learns_while_it_was_away_is_remembered(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    printer.machine.station_connected = False
    await set_up(entry)
    assert entry.data[CONF_FACTS]["slots"] == 0

    await printer.power_off()
    await pass_time(20)
    printer.firmware = "9.9.9"
    printer.machine.station_connected = True
    await printer.power_on()
    await pass_time(61)

    assert entry.data[CONF_FACTS]["slots"] == 4
    assert entry.data[CONF_FACTS]["firmware"] == "9.9.9"
    assert state_of(hass, "sensor", printer, "slot_4").attributes["material"] == "PLA"


async def test_going_and_returning_are_one_line_each(
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.clear()
    await printer.power_off()
    await pass_time(600)
    await printer.power_on()
    await pass_time(61)

    lines = [
        record
        for record in caplog.records
        if record.name.startswith("custom_components.flashforge")
        and record.levelno >= logging.INFO
    ]
    assert [record.levelname for record in lines] == ["INFO", "INFO"]
    assert "does not answer" in lines[0].message
    assert "recovered" in lines[1].message


async def test_silent_printer_does_not_hold_up_the_start(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("custom_components.flashforge.FIRST_POLL", 0.05)
    printer.faults.add(Fault.HANG, path="/detail")
    entry.add_to_hass(hass)

    assert await hass.config_entries.async_setup(entry.entry_id)

    assert state_of(hass, "sensor", printer, "status").state == "offline"
    printer.faults.clear()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hass, "sensor", printer, "status").state == "idle"


async def test_picture_of_the_last_job_outlives_a_restart(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    printer.machine.start_job()
    await pass_time(16)
    session = await hass_client()
    url = f"/api/image_proxy/{entity_id(hass, 'image', printer, 'job_thumbnail')}"
    first = await (await session.get(url)).read()
    updated = state_of(hass, "image", printer, "job_thumbnail").state
    await printer.power_off()

    await restart(hass, loaded)

    assert state_of(hass, "image", printer, "job_thumbnail").state == updated
    again = await session.get(url)
    assert again.status == HTTPStatus.OK
    assert await again.read() == first

    await hass.config_entries.async_remove(loaded.entry_id)
    await hass.async_block_till_done()
