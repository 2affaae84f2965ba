"""A printer that is away, for minutes, for a week, in the middle of a job, or busy."""

import gc
import logging

from homeassistant.config_entries import SOURCE_DHCP
from homeassistant.core import HomeAssistant
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.api import FlashForgeError
from custom_components.flashforge.const import DOMAIN
from simulator import Fault, Printer

from .conftest import PassTime, SetUp
from .support.lookups import state_of
from .support.timing import Time

HOUR = 3600
DAY = 24 * HOUR


def status(hass: HomeAssistant, printer: Printer) -> str:
    """Return the state of the status sensor."""
    return state_of(hass, "sensor", printer, "status").state


async def sighted(hass: HomeAssistant, printer: Printer) -> None:
    """Let Home Assistant's DHCP watcher see the printer."""
    await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_DHCP},
        data=DhcpServiceInfo(
            ip=printer.host,
            hostname="",
            macaddress=printer.mac.replace(":", "").lower(),
        ),
    )


async def start_printing(printer: Printer, time: Time) -> None:
    """Let the printer print, and Home Assistant know it."""
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await time.passes(20)


@pytest.mark.usefixtures("loaded")
async def test_an_hour_off_keeps_no_errors(printer: Printer, time: Time) -> None:
    await printer.power_off()

    await time.passes(HOUR, step=60)

    gc.collect()
    assert sum(isinstance(each, FlashForgeError) for each in gc.get_objects()) < 5


@pytest.mark.usefixtures("loaded")
async def test_a_week_off_leaves_one_line_and_ends_within_two_seconds(
    hass: HomeAssistant,
    printer: Printer,
    time: Time,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await printer.power_off()
    caplog.clear()

    await time.passes(HOUR, step=60)
    await time.passes(7 * DAY, step=4 * HOUR)

    ours = [each for each in caplog.records if DOMAIN in each.name]
    said = [each for each in ours if each.levelno >= logging.INFO]
    assert [each.levelno for each in said] == [logging.INFO]
    assert not [
        each
        for each in caplog.records
        # asyncio warns about a slow machine.
        if each.levelno > logging.INFO and each.name != "asyncio"
    ]
    assert status(hass, printer) == "offline"

    await printer.power_on()
    await sighted(hass, printer)
    await time.passes(2)

    assert status(hass, printer) == "idle"


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.HANG, Fault.GARBAGE, Fault.CUT])
async def test_polling_survives_any_number_of_misses(
    hass: HomeAssistant, printer: Printer, time: Time, fault: Fault
) -> None:
    printer.faults.add(fault)
    await time.passes(3 * HOUR, step=60)
    assert status(hass, printer) == "offline"

    printer.faults.clear()
    await time.passes(66)

    assert status(hass, printer) == "idle"


@pytest.mark.usefixtures("loaded")
async def test_a_disturbance_in_a_print_is_over_soon_after_it_ends(
    hass: HomeAssistant, printer: Printer, time: Time
) -> None:
    await start_printing(printer, time)
    printer.faults.add(Fault.HANG)
    await time.passes(28)
    assert status(hass, printer) == "offline"

    printer.faults.clear()
    await time.passes(6)

    assert status(hass, printer) == "printing"


@pytest.mark.usefixtures("loaded")
async def test_a_hang_in_a_print_is_seen_within_25_seconds(
    hass: HomeAssistant, printer: Printer, time: Time
) -> None:
    await start_printing(printer, time)
    printer.faults.add(Fault.HANG)

    await time.passes(25)

    assert status(hass, printer) == "offline"


@pytest.mark.usefixtures("loaded")
async def test_one_slow_answer_is_no_hang(
    hass: HomeAssistant, printer: Printer, time: Time
) -> None:
    await start_printing(printer, time)
    printer.faults.add(Fault.DELAY, seconds=12, times=1)

    await time.passes(90)

    assert status(hass, printer) == "printing"


@pytest.mark.usefixtures("loaded")
async def test_a_lost_job_is_looked_for_every_five_seconds_for_ten_minutes(
    hass: HomeAssistant, printer: Printer, time: Time
) -> None:
    await start_printing(printer, time)
    await printer.power_off()
    await time.passes(9 * 60)
    await printer.power_on()

    await time.passes(6)

    assert status(hass, printer) != "offline"


@pytest.mark.usefixtures("loaded")
async def test_a_busy_printer_keeps_what_it_showed(
    hass: HomeAssistant, printer: Printer, time: Time
) -> None:
    await start_printing(printer, time)
    before = state_of(hass, "sensor", printer, "file").state
    printer.faults.add(Fault.ALL_BUSY)

    await time.passes(15 * 60)

    assert status(hass, printer) == "printing"
    assert state_of(hass, "sensor", printer, "file").state == before
    assert state_of(hass, "binary_sensor", printer, "connectivity").state == "on"

    printer.faults.clear()
    printer.machine.pause()
    await time.passes(11)

    assert status(hass, printer) == "paused"


async def test_a_printer_that_is_busy_from_the_start_says_so(
    hass: HomeAssistant, printer: Printer, entry: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.ALL_BUSY)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    shown = state_of(hass, "sensor", printer, "status")
    assert shown.state == "offline"
    assert shown.attributes["offline_reason"] == "busy"

    printer.faults.clear()
    await pass_time(61)

    assert status(hass, printer) == "idle"


async def test_a_success_without_a_state_is_no_answer(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    time: Time,
) -> None:
    printer.faults.add(Fault.HOLLOW)
    await set_up(entry)

    shown = state_of(hass, "sensor", printer, "status")
    assert shown.state == "offline"
    assert shown.attributes["offline_reason"] == "unreadable"

    printer.faults.clear()
    await time.passes(61)
    assert status(hass, printer) == "idle"

    printer.faults.add(Fault.HOLLOW)
    await time.passes(61)

    assert status(hass, printer) == "offline"
