"""Preheating, as an automation starts it and as it ends."""

from datetime import timedelta
from typing import Any

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import Fault, Printer

from ..conftest import SetUp
from ..support.jobs import start_printing
from ..support.lookups import call, device_of, restart, state_of
from ..support.timing import Time


async def preheat(
    hass: HomeAssistant, printer: Printer, time: Time, **data: object
) -> None:
    """Call the action."""
    await time.passes_until(
        hass.services.async_call(
            DOMAIN,
            "preheat",
            {"device_id": device_of(hass, printer), **data},
            blocking=True,
        )
    )


def targets(printer: Printer) -> tuple[float, float]:
    """Return the targets of the first nozzle and of the bed."""
    return printer.machine.nozzles[0].target, printer.machine.bed.target


def left(hass: HomeAssistant, printer: Printer) -> str:
    """Return the minutes that Home Assistant shows."""
    return state_of(hass, "sensor", printer, "preheat_remaining").state


async def test_everything_is_off_after_the_time(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    assert left(hass, printer) == STATE_UNKNOWN
    await preheat(hass, printer, time, nozzle=220, bed=60, minutes=3)
    assert targets(printer) == (220, 60)
    assert left(hass, printer) == "3"
    await time.passes(100)
    assert left(hass, printer) == "2"
    assert targets(printer) == (220, 60)
    await time.passes(90)
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


@pytest.mark.parametrize("over", [60, 600])
async def test_it_ends_after_a_restart(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    over: int,
) -> None:
    await preheat(hass, printer, time, bed=60, minutes=5)
    await hass.config_entries.async_unload(loaded.entry_id)
    await time.passes(over)
    assert targets(printer) == (0, 60)
    await hass.config_entries.async_setup(loaded.entry_id)
    await time.settle()
    if over < 300:
        assert left(hass, printer) == "4"
        assert targets(printer) == (0, 60)
        await time.passes(250)
    await time.passes(5)
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


async def test_a_print_keeps_its_heat(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=180, minutes=2)
    start_printing(printer)
    await time.passes(20)
    assert left(hass, printer) == STATE_UNKNOWN
    await time.passes(180)
    assert min(targets(printer)) > 0
    await restart(hass, loaded)
    await time.passes(60)
    assert min(targets(printer)) > 0


async def test_cool_down_ends_it(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=180, bed=50)
    await time.passes_until(call(hass, "button", "press", printer, "cool_down"))
    await time.passes(20)
    assert left(hass, printer) == STATE_UNKNOWN
    printer.machine.bed.target = 40
    await time.passes(2000)
    assert targets(printer) == (0, 40), "the time of the old preheating is over"


async def test_switching_off_is_tried_until_it_works(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, bed=60, minutes=1)
    printer.faults.add(Fault.IGNORE_COMMANDS)
    await time.passes(120)
    assert targets(printer) == (0, 60)
    printer.faults.clear()
    await time.passes(120)
    assert targets(printer) == (0, 0)


async def offline(hass: HomeAssistant, printer: Printer, time: Time) -> None:
    """Let time pass until a printer without power is known to be off."""
    await time.passes(60)
    assert state_of(hass, "sensor", printer, "status").state == "offline"


@pytest.mark.parametrize("set_by", ["screen", "home assistant"])
async def test_what_a_person_changed_meanwhile_stays(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    set_by: str,
) -> None:
    await preheat(hass, printer, time, nozzle=200, bed=60, minutes=5)
    if set_by == "screen":
        printer.machine.bed.target = 80
        await time.passes(20)
    else:
        await time.passes_until(
            call(hass, "number", "set_value", printer, "bed_target", value=80)
        )
    await restart(hass, loaded)
    assert left(hass, printer) == "5"
    await time.passes(320)
    assert targets(printer) == (0, 80)
    assert left(hass, printer) == STATE_UNKNOWN
    await time.passes(600)
    assert targets(printer) == (0, 80)


async def test_what_a_person_changed_in_the_last_moment_stays(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=200, bed=60, minutes=5)
    await time.passes(296)
    # No poll shows it before the time is over.
    printer.machine.bed.target = 80
    await time.passes(60)
    assert targets(printer) == (0, 80)


async def test_nothing_is_left_when_a_person_changed_everything(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=200, minutes=5)
    printer.machine.nozzles[0].target = 230
    await time.passes(20)
    assert left(hass, printer) == STATE_UNKNOWN
    printer.machine.nozzles[0].target = 200
    await time.passes(600)
    assert targets(printer) == (200, 0)


async def test_what_was_hot_before_is_switched_off_as_well(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    printer.machine.bed.target = 55
    await preheat(hass, printer, time, nozzle=200, minutes=2)
    assert targets(printer) == (200, 55)
    await time.passes(140)
    assert targets(printer) == (0, 0)


@pytest.mark.parametrize("over", [False, True])
async def test_a_power_cut_ends_it(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    over: bool,
) -> None:
    await preheat(hass, printer, time, nozzle=200, bed=60, minutes=5)
    await printer.power_off()
    await offline(hass, printer, time)
    if over:
        await restart(hass, loaded)
        await time.passes(400)
    await printer.power_on()
    await time.passes(70)
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN
    # A person heats by hand, even with the same target.
    printer.machine.bed.target = 60
    await restart(hass, loaded)
    await time.passes(600)
    assert targets(printer) == (0, 60)


async def test_what_a_person_set_after_a_power_cut_stays(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=200, bed=60, minutes=2)
    await printer.power_off()
    await offline(hass, printer, time)
    await time.passes(120)
    await printer.power_on()
    # Before the first poll, and after the time is over.
    printer.machine.bed.target = 70
    await time.passes(600)
    assert targets(printer) == (0, 70)
    assert left(hass, printer) == STATE_UNKNOWN


async def test_a_printer_that_was_lost_is_switched_off_when_it_answers(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=200, bed=60, minutes=2)
    await printer.stop()
    await offline(hass, printer, time)
    await restart(hass, loaded)
    await time.passes(120)
    assert targets(printer) == (200, 60)
    await printer.start()
    await time.passes(90)
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


@pytest.mark.parametrize("over", [False, True])
async def test_a_print_that_nobody_saw_ends_it(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    over: bool,
) -> None:
    await preheat(hass, printer, time, nozzle=200, bed=60, minutes=5)
    if over:
        await hass.config_entries.async_unload(loaded.entry_id)
    else:
        await printer.stop()
    start_printing(printer)
    await time.passes(120)
    printer.machine.finish_job()
    # After the print, a person heats by hand to the same target.
    printer.machine.bed.target = 60
    if over:
        await hass.config_entries.async_setup(loaded.entry_id)
    else:
        await printer.start()
    await time.passes(600)
    assert targets(printer)[1] == 60
    assert left(hass, printer) == STATE_UNKNOWN


async def test_a_print_that_begins_when_the_time_is_over(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=220, bed=60, minutes=2)
    await time.passes(117)
    printer.machine.start_job()
    before = printer.commands
    await time.passes(120)
    assert printer.commands == before, "nothing is switched off"
    assert left(hass, printer) == STATE_UNKNOWN


@pytest.mark.parametrize("model", ["5m", "ad5x"])
async def test_what_a_calibration_needs_is_switched_off_after_it(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=200, bed=60, minutes=2)
    printer.machine.calibrate(300)
    await time.passes(200)
    assert targets(printer) == (200, 60)
    assert left(hass, printer) == "0"
    await time.passes(200)
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


async def test_another_one_takes_its_place(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=200, minutes=2)
    await preheat(hass, printer, time, bed=60, minutes=10)
    await time.passes(300)
    assert targets(printer) == (200, 60)
    assert left(hass, printer) == "5"
    await time.passes(310)
    assert targets(printer) == (0, 0)


@pytest.mark.parametrize(
    "heats",
    [
        {},
        {"heats": None, "job": 0},
        {"heats": {"bed": "hot"}, "job": 0},
        {"heats": {str(n): 5 for n in range(100)}, "job": None},
    ],
)
async def test_a_store_that_another_version_wrote(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    time: Time,
    heats: dict[str, object],
) -> None:
    until = dt_util.utcnow() + timedelta(minutes=2)
    key = f"flashforge.preheat.{entry.entry_id}"
    hass_storage[key] = {
        "key": key,
        "version": 1,
        "minor_version": 1,
        "data": {"until": until.isoformat(), **heats},
    }
    printer.machine.bed.target = 60
    await set_up(entry)
    assert left(hass, printer) == "2"
    await time.passes(150)
    assert targets(printer) == (0, 0)


@pytest.mark.parametrize("until", [None, 5, "soon", "2026-99-99T00:00:00+00:00"])
async def test_a_store_that_cannot_be_read(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    time: Time,
    until: object,
) -> None:
    key = f"flashforge.preheat.{entry.entry_id}"
    hass_storage[key] = {
        "key": key,
        "version": 1,
        "minor_version": 1,
        "data": {"until": until},
    }
    printer.machine.bed.target = 60
    await set_up(entry)
    assert left(hass, printer) == STATE_UNKNOWN
    await time.passes(150)
    assert targets(printer) == (0, 60)


@pytest.mark.parametrize(
    ("model", "data", "key"),
    [
        ("ad5x", {"nozzle": 301}, "target_too_high"),
        ("ad5x", {"bed": 111, "nozzle": 200}, "target_too_high"),
        ("ad5x", {"chamber": 40}, "unsupported"),
        ("ad5x", {"nozzle": 200, "toolhead": 2}, "unsupported"),
        ("creator5_pro", {"chamber": 81, "bed": 60}, "target_too_high"),
    ],
)
async def test_limits_are_checked_before_anything_heats(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    data: dict[str, int],
    key: str,
) -> None:
    with pytest.raises(HomeAssistantError) as raised:
        await preheat(hass, printer, time, **data)
    assert raised.value.translation_key == key
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


async def test_a_job_is_not_disturbed(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    start_printing(printer)
    before = targets(printer)
    with pytest.raises(HomeAssistantError) as raised:
        await preheat(hass, printer, time, nozzle=250)
    assert raised.value.translation_key == "job_runs"
    assert targets(printer) == before


async def test_what_fails_leaves_nothing_hot(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    printer.faults.add(Fault.IGNORE_COMMANDS)
    with pytest.raises(HomeAssistantError) as raised:
        await preheat(hass, printer, time, nozzle=200, bed=60)
    assert raised.value.translation_key == "not_confirmed"
    printer.faults.clear()
    await time.passes(60)
    assert targets(printer) == (0, 0)
    assert left(hass, printer) == STATE_UNKNOWN


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_another_toolhead(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await preheat(hass, printer, time, nozzle=210, toolhead=3, chamber=45, minutes=1)
    assert [each.target for each in printer.machine.nozzles] == [0, 0, 210, 0]
    assert printer.machine.chamber is not None
    assert printer.machine.chamber.target == 45
    await time.passes(75)
    assert not any(each.target for each in printer.machine.nozzles)
    assert printer.machine.chamber.target == 0


@pytest.mark.parametrize("data", [{}, {"minutes": 5}, {"bed": 0}, {"bed": 60.5}])
async def test_what_is_no_wish(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    data: dict[str, float],
) -> None:
    with pytest.raises(probatio.Invalid):
        await preheat(hass, printer, time, **data)
