"""Commands: what reaches the printer, what is shown, and what is said when it fails."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.api.commands.printing import upload_begins
from custom_components.flashforge.const import DOMAIN
from simulator import Fault, JobOptions, Printer, Status

from ..conftest import HTTP_MODELS, PassTime
from ..support.jobs import start_printing
from ..support.lookups import (
    call,
    call_while,
    device_of,
    entity_id,
    has_entity,
    state_of,
)

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default", "loaded")


@pytest.fixture
async def printing(
    printer: Printer, pass_time: PassTime, loaded: MockConfigEntry
) -> None:
    """Let the printer print, and Home Assistant know it."""
    start_printing(printer)
    await pass_time(16)


# --- light ------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["5m_pro", "creator5", "creator5_pro"])
async def test_light(hass: HomeAssistant, printer: Printer) -> None:
    printer.machine.light = False

    await call(hass, "light", "turn_on", printer, "light")

    assert printer.machine.light is True
    assert state_of(hass, "light", printer, "light").state == "on"

    await call(hass, "light", "turn_off", printer, "light")

    assert printer.machine.light is False
    assert state_of(hass, "light", printer, "light").state == "off"


@pytest.mark.parametrize("model", ["5m", "ad5x"])
async def test_no_light_where_none_is_fitted(
    hass: HomeAssistant, printer: Printer
) -> None:
    assert not has_entity(hass, "light", printer, "light")


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_ignored_command_is_an_error(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.light = False
    await pass_time(16)
    printer.faults.add(Fault.IGNORE_COMMANDS)

    with pytest.raises(HomeAssistantError) as caught:
        await call_while(
            call(hass, "light", "turn_on", printer, "light"), pass_time, 10
        )

    assert caught.value.translation_key == "not_confirmed"
    assert caught.value.translation_domain == "flashforge"
    assert state_of(hass, "light", printer, "light").state == "off"
    # It was harmless to try again before giving up.
    assert [name for name, _ in printer.commands].count("lightControl_cmd") > 1


@pytest.mark.parametrize("model", ["5m_pro"])
@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (Fault.BUSY, "busy"),
        (Fault.REFUSE_COMMANDS, "refused"),
        (Fault.WRONG_CODE, "wrong_code"),
        (Fault.WRONG_SERIAL, "wrong_serial"),
        (Fault.LAN_MODE_OFF, "lan_mode_off"),
        (Fault.GARBAGE, "unreadable"),
        (Fault.HTML, "unreadable"),
        (Fault.EMPTY, "unreadable"),
        (Fault.HTTP_500, "unreadable"),
        (Fault.NOT_FOUND, "unreadable"),
        (Fault.CUT, "unreachable"),
    ],
)
async def test_each_failure_has_its_words(
    hass: HomeAssistant, printer: Printer, fault: Fault, key: str
) -> None:
    printer.faults.add(fault, path="/control")

    with pytest.raises(HomeAssistantError) as caught:
        await call(hass, "light", "turn_on", printer, "light")

    assert caught.value.translation_key == key


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_a_command_is_never_sent_twice_by_the_connection(
    hass: HomeAssistant, printer: Printer
) -> None:
    printer.faults.add(Fault.CUT, path="/control")

    with pytest.raises(HomeAssistantError):
        await call(hass, "light", "turn_on", printer, "light")

    assert printer.count("/control") == 1


# --- temperatures -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "key"),
    [
        ("5m", "nozzle_target"),
        ("5m_pro", "nozzle_target"),
        ("ad5x", "nozzle_target"),
        ("creator5", "nozzle_1_target"),
        ("creator5", "nozzle_3_target"),
        ("creator5_pro", "nozzle_4_target"),
        ("creator5_pro", "bed_target"),
        ("5m", "bed_target"),
    ],
)
async def test_targets(hass: HomeAssistant, printer: Printer, key: str) -> None:
    await call(hass, "number", "set_value", printer, key, value=60)

    assert state_of(hass, "number", printer, key).state == "60"

    await call(hass, "number", "set_value", printer, key, value=0)

    assert state_of(hass, "number", printer, key).state == "0"


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_one_nozzle_leaves_the_others_alone(
    hass: HomeAssistant, printer: Printer
) -> None:
    await call(hass, "number", "set_value", printer, "nozzle_1_target", value=200)
    await call(hass, "number", "set_value", printer, "nozzle_3_target", value=40)
    await call(hass, "number", "set_value", printer, "bed_target", value=50)

    assert [nozzle.target for nozzle in printer.machine.nozzles] == [200, 0, 40, 0]


@pytest.mark.parametrize(
    ("model", "key", "highest"),
    [
        ("5m", "nozzle_target", 280),
        ("ad5x", "nozzle_target", 300),
        ("ad5x", "bed_target", 110),
        ("creator5", "bed_target", 120),
    ],
)
async def test_limits_are_the_models(
    hass: HomeAssistant, printer: Printer, key: str, highest: float
) -> None:
    assert state_of(hass, "number", printer, key).attributes["max"] == highest
    with pytest.raises(ServiceValidationError):
        await call(hass, "number", "set_value", printer, key, value=highest + 1)
    assert printer.commands == []


# --- adjustments of a job ---------------------------------------------------------


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_fan_and_speed_of_a_job(hass: HomeAssistant, printer: Printer) -> None:
    await call(hass, "fan", "set_percentage", printer, "part_fan", percentage=40)
    await call(hass, "number", "set_value", printer, "print_speed_factor", value=125)
    await call(hass, "number", "set_value", printer, "z_offset", value=0.05)

    assert printer.machine.part_fan == 40
    assert printer.machine.speed_factor == 125
    assert printer.machine.z_offset == pytest.approx(0.05)
    assert state_of(hass, "fan", printer, "part_fan").attributes["percentage"] == 40
    assert state_of(hass, "number", printer, "print_speed_factor").state == "125"


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", ["ad5x"])
async def test_fan_on_and_off(hass: HomeAssistant, printer: Printer) -> None:
    await call(hass, "fan", "turn_on", printer, "left_part_fan")
    assert printer.machine.left_part_fan == 100

    await call(hass, "fan", "turn_off", printer, "left_part_fan")
    assert printer.machine.left_part_fan == 0


@pytest.mark.parametrize("model", ["5m"])
@pytest.mark.parametrize(
    ("platform", "service", "key", "data"),
    [
        ("fan", "set_percentage", "part_fan", {"percentage": 40}),
        ("number", "set_value", "print_speed_factor", {"value": 120}),
        ("number", "set_value", "z_offset", {"value": 0.1}),
    ],
)
async def test_adjustments_need_a_job(
    hass: HomeAssistant,
    printer: Printer,
    platform: str,
    service: str,
    key: str,
    data: dict[str, float],
) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, platform, service, printer, key, **data)

    assert caught.value.translation_key == "no_job"
    assert printer.commands == []


# --- filtration and switches ------------------------------------------------------


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", ["5m_pro", "creator5_pro"])
@pytest.mark.parametrize(
    ("option", "internal", "external"),
    [("internal", True, False), ("external", False, True), ("off", False, False)],
)
async def test_filtration(
    hass: HomeAssistant,
    printer: Printer,
    option: str,
    internal: bool,
    external: bool,
) -> None:
    await call(hass, "select", "select_option", printer, "filtration", option=option)

    assert printer.machine.internal_filter is internal
    assert printer.machine.external_filter is external
    assert state_of(hass, "select", printer, "filtration").state == option


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_filtration_ignored_while_idle_is_said(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    with pytest.raises(HomeAssistantError) as caught:
        await call_while(
            call(
                hass,
                "select",
                "select_option",
                printer,
                "filtration",
                option="internal",
            ),
            pass_time,
            15,
        )

    assert caught.value.translation_key == "not_confirmed"


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_both_filters_are_offered_only_when_reported(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    state = state_of(hass, "select", printer, "filtration")
    assert state.attributes["options"] == ["off", "internal", "external"]

    printer.machine.internal_filter = True
    printer.machine.external_filter = True
    await pass_time(16)

    state = state_of(hass, "select", printer, "filtration")
    assert state.state == "both"
    assert "both" in state.attributes["options"]


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_power_off_after_print(hass: HomeAssistant, printer: Printer) -> None:
    await call(hass, "switch", "turn_on", printer, "auto_power_off")
    assert printer.machine.auto_off is True

    await call(hass, "number", "set_value", printer, "auto_power_off_delay", value=45)
    assert printer.machine.auto_off is True
    assert printer.machine.auto_off_minutes == 45

    await call(hass, "switch", "turn_off", printer, "auto_power_off")
    assert printer.machine.auto_off is False
    assert printer.machine.auto_off_minutes == 45


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_camera_power(hass: HomeAssistant, printer: Printer) -> None:
    await call(hass, "switch", "turn_off", printer, "camera_power")
    assert state_of(hass, "switch", printer, "camera_power").state == "off"
    assert state_of(hass, "camera", printer, "camera").state == "unavailable"

    await call(hass, "switch", "turn_on", printer, "camera_power")
    assert state_of(hass, "switch", printer, "camera_power").state == "on"
    assert state_of(hass, "camera", printer, "camera").state == "idle"


# --- job control ------------------------------------------------------------------


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_pause_resume_cancel_clear(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    await call_while(call(hass, "button", "press", printer, "pause"), pass_time, 30)
    await pass_time(20)
    assert state_of(hass, "sensor", printer, "status").state == "paused"

    await call_while(call(hass, "button", "press", printer, "resume"), pass_time, 30)
    printer.machine.finish_warm_up()
    await pass_time(20)
    assert state_of(hass, "sensor", printer, "status").state == "printing"

    await call_while(call(hass, "button", "press", printer, "cancel"), pass_time, 30)
    await pass_time(20)
    assert state_of(hass, "sensor", printer, "status").state == "canceled"
    assert state_of(hass, "binary_sensor", printer, "plate_occupied").state == "on"

    await call_while(
        call(hass, "button", "press", printer, "clear_plate"), pass_time, 10
    )
    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert state_of(hass, "binary_sensor", printer, "plate_occupied").state == "off"


@pytest.mark.parametrize("model", ["ad5x"])
@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("pause", "no_job"),
        ("resume", "no_job"),
        ("cancel", "no_job"),
        ("clear_plate", "plate_clear"),
        ("clear_error", "no_active_error"),
        ("print_selected_file", "no_file_chosen"),
        ("cancel_upload", "no_upload"),
        ("cancel_filament", "nothing_to_cancel"),
    ],
)
async def test_buttons_that_make_no_sense_now_are_refused_with_their_reason(
    hass: HomeAssistant, printer: Printer, key: str, reason: str
) -> None:
    assert state_of(hass, "button", printer, key).state == "unknown"

    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "button", "press", printer, key)

    assert caught.value.translation_key == reason
    assert printer.commands == []


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", ["ad5x"])
@pytest.mark.parametrize("key", ["pause", "resume"])
async def test_a_job_that_is_being_canceled_takes_no_pause(
    hass: HomeAssistant, printer: Printer, key: str
) -> None:
    printer.machine.cancel()

    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "button", "press", printer, key)

    assert caught.value.translation_key == "not_now"
    assert printer.commands == []


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", ["ad5x", "creator5_pro"])
@pytest.mark.parametrize(
    ("key", "after"), [("resume", "printing"), ("cancel", "canceled")]
)
async def test_what_comes_while_it_pauses_is_carried_out_afterwards(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime, key: str, after: str
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS)
    printer.machine.pause()

    await call(hass, "button", "press", printer, key)

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "pausing"
    assert status.attributes["pending_command"] == key

    printer.faults.clear(Fault.IGNORE_COMMANDS)
    await pass_time(90)

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == after
    assert status.attributes["pending_command"] is None


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", ["ad5x"])
async def test_pausing_twice_sends_nothing_the_second_time(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.pause()
    printer.clock.advance(30)

    await call(hass, "button", "press", printer, "pause")

    assert printer.commands == []
    assert state_of(hass, "sensor", printer, "status").state == "paused"


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", ["ad5x"])
async def test_job_that_ended_meanwhile_is_said(
    hass: HomeAssistant, printer: Printer
) -> None:
    printer.machine.finish_job()

    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "button", "press", printer, "pause")

    assert caught.value.translation_key == "no_job"
    assert printer.commands == []


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_pause_during_warm_up_is_kept_as_a_wish(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    await pass_time(30)
    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "printing"
    assert status.attributes["pending_command"] is None

    await call(hass, "button", "press", printer, "pause")

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "printing"
    assert status.attributes["pending_command"] == "pause"

    printer.machine.finish_warm_up()
    await pass_time(30)

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "paused"
    assert status.attributes["pending_command"] is None


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_job_can_be_canceled_while_it_is_calibrated_for(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.start_job(options=JobOptions(leveling=True))
    await pass_time(30)
    assert state_of(hass, "sensor", printer, "status").state == "calibrating"

    await call(hass, "button", "press", printer, "cancel")
    await pass_time(60)

    assert state_of(hass, "sensor", printer, "status").state == "canceled"


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_cancel_that_is_dropped_during_calibration_is_kept_as_a_wish(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.start_job(options=JobOptions(leveling=True))
    await pass_time(30)

    await call(hass, "button", "press", printer, "cancel")

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "calibrating"
    assert status.attributes["pending_command"] == "cancel"

    printer.machine.finish_warm_up()
    await pass_time(60)

    status = state_of(hass, "sensor", printer, "status")
    assert status.state == "canceled"
    assert status.attributes["pending_command"] is None


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_wish_is_taken_back_by_resume(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    await pass_time(30)
    await call(hass, "button", "press", printer, "pause")

    await call(hass, "button", "press", printer, "resume")

    status = state_of(hass, "sensor", printer, "status")
    assert status.attributes["pending_command"] is None
    printer.machine.finish_warm_up()
    await pass_time(30)
    assert state_of(hass, "sensor", printer, "status").state == "printing"


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_wish_ends_with_its_job(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    await pass_time(30)
    await call(hass, "button", "press", printer, "pause")

    printer.machine.fail("E0009")
    await pass_time(16)
    before = len(printer.commands)
    await pass_time(60)

    status = state_of(hass, "sensor", printer, "status")
    assert status.attributes["pending_command"] is None
    assert len(printer.commands) == before


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", ["ad5x"])
async def test_job_control_that_is_dropped_ends_in_an_error(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS)

    with pytest.raises(HomeAssistantError) as caught:
        await call_while(call(hass, "button", "press", printer, "pause"), pass_time, 40)

    assert caught.value.translation_key == "not_confirmed"
    assert [name for name, _ in printer.commands].count("jobCtl_cmd") >= 5
    assert printer.machine.status is Status.PRINTING


@pytest.mark.parametrize("model", ["ad5x"])
async def test_clear_error(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.set_error("E0101")
    await pass_time(16)
    assert state_of(hass, "sensor", printer, "error").state == "e0101"
    assert state_of(hass, "binary_sensor", printer, "problem").state == "on"

    await call(hass, "button", "press", printer, "clear_error")

    assert state_of(hass, "sensor", printer, "error").state == "none"
    assert state_of(hass, "binary_sensor", printer, "problem").state == "off"
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, "button", "press", printer, "clear_error")
    assert caught.value.translation_key == "no_active_error"


@pytest.mark.parametrize("model", ["5m"])
async def test_only_an_ad5x_clears_errors(
    hass: HomeAssistant, printer: Printer
) -> None:
    assert not has_entity(hass, "button", printer, "clear_error")


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_newer_order_replaces_an_older_one(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS, path="/control", times=1)
    first = hass.async_create_task(call(hass, "light", "turn_off", printer, "light"))
    await pass_time(0.1, during_a_call=True)
    assert not first.done()

    await call(hass, "light", "turn_on", printer, "light")
    await first

    assert printer.machine.light is True
    assert entity_id(hass, "light", printer, "light")


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_command_that_is_checked_first_says_why_the_printer_is_silent(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    printer.machine.finish_job()
    await pass_time(16)
    printer.faults.add(Fault.LAN_MODE_OFF)

    with pytest.raises(HomeAssistantError) as caught:
        await call(hass, "button", "press", printer, "clear_plate")

    assert caught.value.translation_key == "lan_mode_off"
    assert printer.commands == []


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", ["ad5x"])
async def test_printer_that_falls_silent_after_the_command_is_the_reason(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS)
    press = hass.async_create_task(call(hass, "button", "press", printer, "pause"))
    await pass_time(2, during_a_call=True)
    printer.faults.add(Fault.EMPTY, path="/detail")

    with pytest.raises(HomeAssistantError) as caught:
        await call_while(press, pass_time, 60)

    assert caught.value.translation_key == "unreadable"


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("model", ["ad5x"])
async def test_repetition_that_fails_is_borne(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS, path="/control", times=1)
    press = hass.async_create_task(call(hass, "button", "press", printer, "pause"))
    await pass_time(2, during_a_call=True)
    assert printer.count("/control") == 1
    printer.faults.add(Fault.BUSY, path="/control", times=1)

    await call_while(press, pass_time, 30)
    await pass_time(20)

    assert printer.count("/control") == 3
    assert state_of(hass, "sensor", printer, "status").state == "paused"


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_power_off_gets_a_delay_when_the_printer_has_none(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.machine.auto_off_minutes = 0
    await pass_time(16)

    await call(hass, "switch", "turn_on", printer, "auto_power_off")

    assert printer.machine.auto_off_minutes == 30


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_filtration_nobody_reports_is_unknown(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.omit.add("internalFanStatus")
    await pass_time(16)

    assert state_of(hass, "select", printer, "filtration").state == "unknown"


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_chamber_target(hass: HomeAssistant, printer: Printer) -> None:
    await call(hass, "number", "set_value", printer, "chamber_target", value=45)

    assert state_of(hass, "number", printer, "chamber_target").state == "45"


@pytest.mark.parametrize("model", ["5m"])
async def test_heater_that_ignores_zero_is_told_off_in_its_own_word(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    await call(hass, "number", "set_value", printer, "bed_target", value=60)
    printer.faults.add(Fault.IGNORE_COMMANDS, path="/control", times=1)

    await call_while(
        call(hass, "number", "set_value", printer, "bed_target", value=0),
        pass_time,
        12,
    )

    assert [args["platform"] for _, args in printer.commands] == [60, 0, -100]
    assert printer.machine.bed.target == 0


# --- starting a print -------------------------------------------------------------


async def print_file(hass: HomeAssistant, printer: Printer, file: str) -> None:
    """Print a file that is on the printer."""
    await hass.services.async_call(
        DOMAIN,
        "print_file",
        {"device_id": device_of(hass, printer), "file_name": file},
        blocking=True,
    )


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_start(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.quirks = replace(printer.quirks, starts_stored_files=True)
    file = printer.files[-1].name

    await call_while(print_file(hass, printer, file), pass_time, 10)

    assert printer.machine.job is not None
    assert printer.machine.job.file.name == file


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_start_that_is_only_acknowledged(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.quirks = replace(printer.quirks, starts_stored_files=False)
    file = printer.files[0].name

    with pytest.raises(HomeAssistantError) as caught:
        await call_while(print_file(hass, printer, file), pass_time, 40)

    assert caught.value.translation_key == "start_ignored"
    assert printer.count("/printGcode") == 1


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_start_that_ends_in_an_error(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.quirks = replace(printer.quirks, starts_stored_files=False)
    file = printer.files[0].name
    starting = asyncio.ensure_future(print_file(hass, printer, file))
    await pass_time(3, during_a_call=True)
    assert not starting.done()
    printer.machine.set_error("E0088")
    await pass_time(2, during_a_call=True)

    assert starting.done()
    with pytest.raises(ServiceValidationError) as caught:
        await starting
    assert caught.value.translation_key == "error_active"
    assert caught.value.translation_placeholders == {"code": "E0088"}
    polls = printer.count("/detail")
    await pass_time(10)
    # Nothing waits for the printer any more, so it is polled as seldom as an idle one.
    assert printer.count("/detail") == polls


@pytest.mark.parametrize("model", ["ad5x"])
async def test_start_with_half_an_answer_may_have_begun(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.TRUNCATED, path="/printGcode")
    file = printer.files[0].name

    await call_while(print_file(hass, printer, file), pass_time, 10)

    assert printer.machine.job is not None
    assert printer.count("/printGcode") == 1


def finish(printer: Printer) -> None:
    start_printing(printer)
    printer.machine.finish_job()


@pytest.mark.parametrize("model", ["ad5x"])
@pytest.mark.parametrize(
    ("prepare", "key"),
    [
        (start_printing, "not_ready"),
        (lambda printer: printer.machine.set_error("E0009"), "error_active"),
        (finish, "plate_occupied"),
    ],
)
async def test_start_is_refused(
    hass: HomeAssistant,
    printer: Printer,
    prepare: Callable[[Printer], None],
    key: str,
) -> None:
    prepare(printer)
    file = printer.files[0].name

    with pytest.raises(ServiceValidationError) as caught:
        await print_file(hass, printer, file)

    assert caught.value.translation_key == key
    assert printer.count("/printGcode") == 0


@pytest.mark.parametrize("model", ["5m"])
async def test_upload_that_begins_nothing(
    pass_time: PassTime, loaded: MockConfigEntry
) -> None:
    begins = loaded.runtime_data.async_command(upload_begins("a.gcode"))
    with pytest.raises(HomeAssistantError) as caught:
        await call_while(begins, pass_time, 40)

    assert caught.value.translation_key == "start_not_shown"
