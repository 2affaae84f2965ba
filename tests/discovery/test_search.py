"""Searching in the background: who is offered, who is followed, who is left alone."""

import asyncio
from dataclasses import replace
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_IGNORE,
    SOURCE_INTEGRATION_DISCOVERY,
    ConfigEntryDisabler,
    ConfigEntryState,
)
from homeassistant.const import (
    CONF_HOST,
    CONF_MAC,
    CONF_PORT,
    EVENT_HOMEASSISTANT_STARTED,
)
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.flashforge.const import DOMAIN, SCAN_INTERVAL
from custom_components.flashforge.discovery import search as discovery
from custom_components.flashforge.printer.pace import REFUSED_CODES
from simulator import LINES, Fault, Printer, Request

from ..conftest import MakePrinter, SetUp, make_entry
from ..support.lookups import offline_reason, state_of
from ..support.networking import Network
from ..support.place import free_port
from .conftest import AWAY, HOME


def offered(hass: HomeAssistant) -> list[str]:
    """Return the serials of the printers that wait to be set up."""
    return sorted(
        flow["context"]["unique_id"]
        for flow in hass.config_entries.flow.async_progress_by_handler(DOMAIN)
        if flow["context"]["source"] == SOURCE_INTEGRATION_DISCOVERY
    )


class Asked(list[Request]):
    """The requests to a printer, which tell when the first one arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = asyncio.Event()

    @override
    def append(self, request: Request) -> None:
        super().append(request)
        self.arrived.set()


async def settle(hass: HomeAssistant) -> None:
    """Wait until everything that was started has ended."""
    await hass.async_block_till_done(wait_background_tasks=True)


# --- when -------------------------------------------------------------------------


async def test_searches_when_home_assistant_has_started(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    hass.set_state(CoreState.starting)
    assert await async_setup_component(hass, DOMAIN, {})
    await settle(hass)
    assert network.searches == 0

    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await settle(hass)

    assert network.searches == 1
    assert offered(hass) == [printer.serial]


async def test_searches_again_and_again(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    await settle(hass)
    late = await network.printer("5m", host="127.0.0.63")

    async_fire_time_changed(hass, dt_util.utcnow() + SCAN_INTERVAL * 0.9)
    await settle(hass)
    assert network.searches == 1

    async_fire_time_changed(hass, dt_util.utcnow() + SCAN_INTERVAL * 1.1)
    await settle(hass)
    assert network.searches == 2
    assert offered(hass) == sorted([printer.serial, late.serial])


async def test_one_search_at_a_time(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    scanner = discovery.async_get_scanner(hass)

    first, second = await asyncio.gather(scanner.async_scan(), scanner.async_scan())

    assert network.searches == 1
    assert first is second
    assert set(first) == {printer.serial}


async def test_whoever_gives_up_does_not_end_the_search_of_others(
    hass: HomeAssistant, printer: Printer
) -> None:
    scanner = discovery.async_get_scanner(hass)
    impatient = hass.async_create_task(scanner.async_scan())
    patient = hass.async_create_task(scanner.async_scan())

    impatient.cancel()

    assert set(await patient) == {printer.serial}


async def test_stops_with_home_assistant(hass: HomeAssistant, network: Network) -> None:
    network.seconds = 600
    assert await async_setup_component(hass, DOMAIN, {})
    await network.searching.wait()

    await hass.async_stop(force=True)

    assert not network.searching.is_set()


async def test_loopback_is_left_alone_unless_it_was_chosen(
    hass: HomeAssistant,
    network: Network,
    printer: Printer,
    hass_storage: dict[str, Any],
) -> None:
    del hass_storage["core.network"]

    await network.search()

    assert network.searches == 1
    assert offered(hass) == []


# --- who is offered ---------------------------------------------------------------


async def test_new_printers_are_offered_once(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    await network.search()
    await network.search()
    assert offered(hass) == [printer.serial]

    (flow,) = hass.config_entries.flow.async_progress()
    result = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": printer.check_code}
    )
    assert result["result"].unique_id == printer.serial
    assert result["result"].source == SOURCE_INTEGRATION_DISCOVERY


async def test_unknown_model_of_the_family_is_offered(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    printer.model = replace(printer.model, pid=0x0777)

    await network.search()

    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["title_placeholders"]["name"] == (
        "FlashForge printer · Workshop"
    )


@pytest.mark.parametrize("model", ["adventurer3", "adventurer4_lite"])
async def test_older_printers_are_offered_if_they_answer(
    hass: HomeAssistant, network: Network, model: str
) -> None:
    printer = await network.printer(model, host=HOME)
    printer.faults.add(Fault.REFUSE, path=LINES)
    await network.search()
    assert offered(hass) == []

    printer.faults.clear()
    await network.search()

    assert offered(hass) == [printer.serial]


async def test_printer_without_a_serial_is_not_offered(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    printer.serial = ""

    await network.search()

    assert offered(hass) == []


async def test_ignored_printer_is_not_offered(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    await network.search()
    await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_IGNORE},
        data={"unique_id": printer.serial, "title": "AD5X"},
    )

    await network.search()

    assert offered(hass) == []
    assert printer.requests == []


async def test_deleted_printer_is_offered_again_at_once(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    await settle(hass)
    (flow,) = hass.config_entries.flow.async_progress()
    result = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": printer.check_code}
    )
    await settle(hass)
    assert offered(hass) == []

    await hass.config_entries.async_remove(result["result"].entry_id)
    await settle(hass)

    assert offered(hass) == [printer.serial]


# --- who is followed --------------------------------------------------------------


async def test_printer_that_moved_is_followed_without_a_reload(
    hass: HomeAssistant, network: Network, printer: Printer, loaded: MockConfigEntry
) -> None:
    coordinator = loaded.runtime_data
    await printer.move(AWAY)
    polls = printer.count("/detail")

    await network.search()

    assert loaded.data[CONF_HOST] == AWAY
    assert loaded.runtime_data is coordinator
    assert printer.count("/detail") > polls
    assert offline_reason(hass, printer) is None
    assert offered(hass) == []


async def test_another_cable_brings_another_mac(
    hass: HomeAssistant, network: Network, printer: Printer, loaded: MockConfigEntry
) -> None:
    await printer.move(AWAY)
    printer.mac = "88:A9:A7:00:00:77"

    await network.search()

    assert loaded.data[CONF_MAC] == "88:a9:a7:00:00:77"
    assert offline_reason(hass, printer) is None


async def test_answer_without_a_mac_changes_none(
    network: Network, printer: Printer, loaded: MockConfigEntry
) -> None:
    before = dict(loaded.data)
    await printer.move(AWAY)
    printer.omit.add("macAddr")

    await network.search()

    assert dict(loaded.data) == before | {CONF_HOST: AWAY}


@pytest.mark.parametrize("faults", [[], [Fault.LAN_MODE_OFF], [Fault.WRONG_CODE]])
async def test_second_interface_is_not_followed(
    hass: HomeAssistant,
    network: Network,
    printer: Printer,
    loaded: MockConfigEntry,
    faults: list[Fault],
) -> None:
    before = dict(loaded.data)
    second = await network.printer("ad5x", host=AWAY, serial=printer.serial)
    for fault in faults:
        printer.faults.add(fault)

    await discovery.async_get_scanner(hass).async_seen(loaded, AWAY)

    assert dict(loaded.data) == before
    assert second.requests == []


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.GARBAGE, Fault.WRONG_SERIAL])
async def test_address_where_the_printer_does_not_answer_is_not_believed(
    network: Network, printer: Printer, loaded: MockConfigEntry, fault: Fault
) -> None:
    before = dict(loaded.data)
    await printer.move(AWAY)
    printer.faults.add(fault)

    await network.search()
    assert dict(loaded.data) == before

    printer.faults.clear()
    await network.search()
    assert loaded.data[CONF_HOST] == AWAY


async def test_printer_that_refuses_the_code_is_known_by_its_serial(
    hass: HomeAssistant, network: Network, printer: Printer, loaded: MockConfigEntry
) -> None:
    await printer.move(AWAY)
    printer.check_code = "00007777"

    await network.search()

    assert loaded.data[CONF_HOST] == AWAY
    for _ in range(REFUSED_CODES):
        await loaded.runtime_data.async_refresh()
    assert offline_reason(hass, printer) == "wrong_code"


@pytest.mark.parametrize(
    ("serial", "host"), [("SNMOCKOTHER", HOME), (None, AWAY), ("", HOME)]
)
async def test_mac_alone_proves_nothing(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    serial: str | None,
    host: str,
) -> None:
    ours = printer.serial
    await printer.move(AWAY)
    printer.serial = ours if serial is None else serial
    printer.faults.add(Fault.WRONG_CODE)

    await discovery.async_get_scanner(hass).async_seen(loaded, AWAY)

    assert loaded.data[CONF_HOST] == host


async def test_silent_printer_is_not_believed_by_its_mac(
    hass: HomeAssistant, make_printer: MakePrinter, set_up: SetUp, network: Network
) -> None:
    printer = await make_printer("ad5x", host=HOME, discovery=False)
    entry = make_entry(printer)
    await set_up(entry)
    await printer.move(AWAY)
    printer.faults.add(Fault.WRONG_CODE)

    await discovery.async_get_scanner(hass).async_seen(entry, AWAY)

    assert entry.data[CONF_HOST] == HOME


async def test_printer_at_its_place_is_woken(
    hass: HomeAssistant, network: Network, printer: Printer, loaded: MockConfigEntry
) -> None:
    await printer.power_off()
    await loaded.runtime_data.async_refresh()
    assert offline_reason(hass, printer) == "unreachable"
    await printer.power_on()

    await network.search()
    assert offline_reason(hass, printer) is None

    asked = printer.count()
    await network.search()
    assert printer.count() == asked


@pytest.mark.parametrize("host", [HOME, AWAY])
async def test_printer_that_was_off_at_the_start_is_followed(
    hass: HomeAssistant,
    network: Network,
    printer: Printer,
    set_up: SetUp,
    host: str,
) -> None:
    entry = make_entry(printer)
    await printer.power_off()
    await set_up(entry)
    assert state_of(hass, "sensor", printer, "status").state == "offline"
    await printer.move(host)
    await printer.power_on()

    await network.search()

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert entry.data[CONF_HOST] == host


async def test_disabled_entry_keeps_quiet_and_up_to_date(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    entry = make_entry(printer)
    entry.add_to_hass(hass)
    await hass.config_entries.async_set_disabled_by(
        entry.entry_id, ConfigEntryDisabler.USER
    )
    await printer.move(AWAY)

    await network.search()
    await network.search()

    assert (entry.data[CONF_HOST], entry.data[CONF_PORT]) == (AWAY, printer.http_port)
    assert entry.state is ConfigEntryState.NOT_LOADED
    assert printer.count() == 1


async def test_entry_is_deleted_while_its_printer_is_asked(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
) -> None:
    await printer.move(AWAY)
    printer.faults.add(Fault.HANG)
    asked = Asked()
    printer.requests = asked
    seen = hass.async_create_task(
        discovery.async_get_scanner(hass).async_seen(loaded, AWAY)
    )
    await asked.arrived.wait()

    await hass.config_entries.async_remove(loaded.entry_id)
    printer.faults.clear()
    await seen

    assert loaded.data[CONF_HOST] == HOME


async def test_stranger_at_the_address_is_handed_to_its_own_entry(
    hass: HomeAssistant, network: Network, set_up: SetUp
) -> None:
    port = free_port()
    one = await network.printer("ad5x", host="127.0.0.71", http_port=port)
    other = await network.printer("5m", host="127.0.0.72", http_port=port)
    entries = [make_entry(one), make_entry(other)]
    for entry in entries:
        await set_up(entry)

    # The router gave the second one the first one's address.
    await one.power_off()
    await other.move("127.0.0.71")
    await hass.config_entries.async_reload(entries[0].entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert entries[1].data["host"] == "127.0.0.71"
    assert state_of(hass, "sensor", other, "status").state == "idle"
    assert state_of(hass, "sensor", one, "status").state == "offline"
