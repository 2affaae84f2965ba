"""Polling: how often, what a missed answer means, and whose answer it is."""

from dataclasses import replace
import logging

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import (
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Fault, ManualClock, Printer

from .conftest import HTTP_MODELS, MakePrinter, PassTime, SetUp, make_entry
from .support.lookups import has_entity, state_of


def lines_of_ours(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """Return our lines in the log, without debug lines."""
    return [
        record
        for record in caplog.records
        if record.name.startswith("custom_components.flashforge")
        and record.levelno >= logging.INFO
    ]


# --- how often --------------------------------------------------------------------


async def test_idle_printer_is_polled_every_15_seconds(
    printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    before = printer.count("/detail")

    await pass_time(300)

    assert printer.count("/detail") - before == 20


async def test_printing_printer_is_polled_every_5_seconds(
    printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    await pass_time(16)
    before = printer.count("/detail")

    await pass_time(300)

    assert printer.count("/detail") - before == 60


async def test_absent_printer_is_polled_less_and_less(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.HTTP_500)
    await pass_time(60)
    assert state_of(hass, "sensor", printer, "status").state == "offline"
    await pass_time(120)
    before = printer.count("/detail")

    await pass_time(600)

    assert printer.count("/detail") - before == 10


async def test_an_hour_of_five_printers_asks_and_writes_no_more_than_needed(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    printers = [await make_printer(model) for model in HTTP_MODELS]
    for printer in printers:
        await set_up(make_entry(printer))
    await pass_time(30)
    before = [len(printer.requests) for printer in printers]
    asked = [printer.count("/detail") for printer in printers]
    changed: list[str] = []
    reported: list[str] = []

    @callback
    def on_change(event: Event[EventStateChangedData]) -> None:
        changed.append(event.data["entity_id"])

    @callback
    def on_report(event: Event[EventStateReportedData]) -> None:
        reported.append(event.data["entity_id"])

    hass.bus.async_listen(EVENT_STATE_CHANGED, on_change)
    hass.bus.async_listen(
        EVENT_STATE_REPORTED, on_report, event_filter=callback(lambda _: True)
    )
    ours = {
        state.entity_id
        for state in hass.states.async_all()
        if state.entity_id.split(".")[0] not in {"image", "camera"}
    }

    await pass_time(3600)

    assert [
        printer.count("/detail") - count
        for printer, count in zip(printers, asked, strict=True)
    ] == [240] * 5
    assert [
        len(printer.requests) - count
        for printer, count in zip(printers, before, strict=True)
    ] == [240] * 5
    # The printers are cold and idle: nothing changes, so nothing is written.
    assert [entity for entity in changed if entity in ours] == []
    assert [entity for entity in reported if entity in ours] == []


# --- what a missed answer means ---------------------------------------------------


async def test_one_or_two_missed_answers_change_nothing(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.clear()
    printer.faults.add(Fault.EMPTY, path="/detail", times=2)

    await pass_time(45)

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert state_of(hass, "binary_sensor", printer, "connectivity").state == "on"
    assert lines_of_ours(caplog) == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.GARBAGE, "unreadable"),
        (Fault.LAN_MODE_OFF, "lan_mode_off"),
        (Fault.CUT, "unreachable"),
    ],
)
async def test_three_missed_answers_make_it_offline_for_a_reason(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
    reason: str,
) -> None:
    caplog.clear()
    printer.faults.add(fault, path="/detail")

    await pass_time(60)

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "offline"
    assert status.attributes["offline_reason"] == reason
    assert state_of(hass, "sensor", printer, "progress").state == "unavailable"
    assert state_of(hass, "binary_sensor", printer, "connectivity").state == "off"

    printer.faults.clear()
    await pass_time(120)

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert (
        "offline_reason" not in state_of(hass, "sensor", printer, "status").attributes
    )
    assert len(lines_of_ours(caplog)) == 2
    assert printer.serial not in caplog.text
    assert printer.check_code not in caplog.text


async def test_refused_connection_makes_it_offline_at_once(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    await printer.power_off()

    await pass_time(16)
    assert state_of(hass, "sensor", printer, "status").state == "offline"

    await printer.power_on()
    await pass_time(60)
    assert state_of(hass, "sensor", printer, "status").state == "idle"


# --- whose answer it is -----------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [("pid", 35), ("macAddr", "88:A9:A7:FF:FF:FF")],
)
async def test_another_printer_at_the_address_is_not_shown_as_ours(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    field: str,
    value: object,
) -> None:
    printer.overrides[field] = value

    await pass_time(16)

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "offline"
    assert status.attributes["offline_reason"] == "other_printer"


async def test_code_refused_once_is_borne(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.faults.add(Fault.WRONG_CODE, times=1)

    await pass_time(31)

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert not any(loaded.async_get_active_flows(hass, {SOURCE_REAUTH}))


async def test_code_refused_twice_starts_reauthentication_and_polling_goes_on(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    code, printer.check_code = printer.check_code, "99999999"

    await pass_time(31)

    assert any(loaded.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert state_of(hass, "sensor", printer, "status").state == "offline"

    printer.check_code = code
    await pass_time(60)

    assert state_of(hass, "sensor", printer, "status").state == "idle"


async def test_code_refused_at_set_up_starts_reauthentication_and_polling_goes_on(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    pass_time: PassTime,
    set_up: SetUp,
) -> None:
    code, printer.check_code = printer.check_code, "99999999"

    await set_up(entry)
    await pass_time(31)

    assert entry.state is ConfigEntryState.LOADED
    assert any(entry.async_get_active_flows(hass, {SOURCE_REAUTH}))

    printer.check_code = code
    await pass_time(61)

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    # The printer accepts the code after all, so no other is needed.
    assert not any(entry.async_get_active_flows(hass, {SOURCE_REAUTH}))


# --- what shows up later ----------------------------------------------------------


@pytest.mark.parametrize("model", ["ad5x"])
async def test_station_that_is_plugged_in_later_adds_its_entities(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    printer.machine.station_connected = False
    await set_up(entry)
    assert not has_entity(hass, "sensor", printer, "slot_1")

    printer.machine.station_connected = True
    await pass_time(16)

    assert state_of(hass, "sensor", printer, "slot_1").attributes["material"] == "PLA"


async def test_unknown_model_shows_what_it_has(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    device_registry: dr.DeviceRegistry,
) -> None:
    printer.overrides |= {"pid": 0x7777, "model": "Adventurer 9"}
    unknown = make_entry(printer)
    unknown_data = {**unknown.data, "product_id": 0x7777}
    entry = MockConfigEntry(
        domain="flashforge",
        title=printer.name,
        unique_id=printer.serial,
        data=unknown_data,
    )

    await set_up(entry)

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert has_entity(hass, "sensor", printer, "slot_4")
    device = device_registry.async_get_device_by_identifier(
        ("flashforge", printer.serial), entry.entry_id
    )
    assert device is not None
    assert device.model == "Adventurer 9"


async def test_new_firmware_is_shown_on_the_device(
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    device_registry: dr.DeviceRegistry,
) -> None:
    printer.firmware = "9.9.9"

    await pass_time(16)

    device = device_registry.async_get_device_by_identifier(
        ("flashforge", printer.serial), loaded.entry_id
    )
    assert device is not None
    assert device.sw_version == "9.9.9"


# --- time -------------------------------------------------------------------------


async def test_finish_time_is_steady_and_remaining_stays_while_paused(
    hass: HomeAssistant,
    printer: Printer,
    clock: ManualClock,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    freezer: FrozenDateTimeFactory,
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(300)
    finish = state_of(hass, "sensor", printer, "finish_time").state

    seen = set()
    for _ in range(20):
        await pass_time(15)
        seen.add(state_of(hass, "sensor", printer, "finish_time").state)

    assert seen == {finish}
    remaining = state_of(hass, "sensor", printer, "remaining_time").state

    printer.machine.pause()
    await pass_time(60)

    assert state_of(hass, "sensor", printer, "status").state == "paused"
    assert state_of(hass, "sensor", printer, "finish_time").state == "unknown"
    assert float(
        state_of(hass, "sensor", printer, "remaining_time").state
    ) == pytest.approx(float(remaining), abs=2 / 60)


@pytest.mark.parametrize("model", ["ad5x"])
async def test_light_of_an_accessory_is_learned_when_the_printer_returns(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    printer.faults.add(Fault.HTTP_500, path="/product")
    printer.model = replace(
        printer.model, product={**printer.model.product, "lightCtrlState": 1}
    )
    await set_up(entry)
    assert not has_entity(hass, "light", printer, "light")
    printer.faults.clear()
    asked = printer.count("/product")

    await pass_time(60)
    assert printer.count("/product") == asked

    await printer.power_off()
    await pass_time(20)
    await printer.power_on()
    await pass_time(60)

    assert has_entity(hass, "light", printer, "light")


async def test_wake_asks_only_a_printer_that_is_missed(
    hass: HomeAssistant,
    printer: Printer,
    pass_time: PassTime,
    loaded: MockConfigEntry,
) -> None:
    coordinator = loaded.runtime_data
    before = printer.count("/detail")
    coordinator.async_wake()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert printer.count("/detail") == before

    await printer.power_off()
    await pass_time(130)
    await printer.power_on()
    coordinator.async_wake()
    await hass.async_block_till_done(wait_background_tasks=True)

    assert state_of(hass, "sensor", printer, "status").state == "idle"


# --- errors in words --------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "code", "shown"),
    [
        ("ad5x", "E0101", "e0101"),
        ("ad5x", "E0012", "e0012"),
        ("creator5", "E0012", "e0012_tool_changer"),
        ("creator5_pro", "e0163", "e0163"),
        ("ad5x", "E9876", "unknown"),
    ],
)
async def test_error_is_said_in_words_and_as_code(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    code: str,
    shown: str,
) -> None:
    printer.overrides["errorCode"] = code

    await pass_time(16)

    error = state_of(hass, "sensor", printer, "error")
    assert error.state == shown
    assert error.attributes["code"] == code.upper()
    assert state_of(hass, "binary_sensor", printer, "problem").state == "on"


async def test_status_nobody_knows_is_shown_as_reported(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.overrides["status"] = "warming_up_lasers"

    await pass_time(16)

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "unknown"
    assert status.attributes["reported_status"] == "warming_up_lasers"
    # It may be a job, so the buttons stay available and the polls frequent.
    assert state_of(hass, "button", printer, "cancel").state == "unknown"
    before = printer.count("/detail")
    await pass_time(60)
    assert printer.count("/detail") - before == 12
