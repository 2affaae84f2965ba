"""Who is believed to be a printer that moved, and who is not."""

import asyncio
from collections.abc import AsyncGenerator
import logging
import socket
import struct
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_INTEGRATION_DISCOVERY,
    SOURCE_USER,
    ConfigFlowResult,
)
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.api.network.packet import DiscoveredPrinter
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.discovery import search as discovery
from custom_components.flashforge.discovery.moves import async_get_former_places
from custom_components.flashforge.discovery.offers import MOST_OFFERS, MOST_UNCONFIRMED
from simulator import Fault, Printer
from simulator.discovery import GROUP

from ..conftest import MakePrinter, SetUp, make_entry
from ..support.lookups import offline_reason
from ..support.networking import Network
from .conftest import AWAY, ELSEWHERE, HOME


async def forger(network: Network, printer: Printer, host: str = AWAY) -> Printer:
    """Switch on somebody who claims to be a printer, and takes its code."""
    return await network.printer("ad5x", host=host, serial=printer.serial)


def warned(hass: HomeAssistant, entry: MockConfigEntry) -> bool:
    """Return whether a repair tells of two addresses."""
    issue = ir.async_get(hass).async_get_issue(
        DOMAIN, f"two_addresses_{entry.entry_id}"
    )
    return issue is not None and issue.active


async def dhcp(hass: HomeAssistant, printer: Printer, ip: str) -> ConfigFlowResult:
    """Tell that a printer was given an address."""
    flow = await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_DHCP},
        data=DhcpServiceInfo(
            ip=ip,
            hostname="printer",
            macaddress=printer.mac.replace(":", "").lower(),
        ),
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return flow


# --- two who claim to be one ------------------------------------------------------


@pytest.mark.parametrize("how", ["search", "dhcp"])
async def test_no_code_for_a_second_one(
    hass: HomeAssistant,
    network: Network,
    printer: Printer,
    loaded: MockConfigEntry,
    how: str,
) -> None:
    other = await forger(network, printer)

    if how == "dhcp":
        await dhcp(hass, printer, AWAY)
    else:
        await network.search()

    assert loaded.data[CONF_HOST] == HOME
    assert other.requests == []
    assert warned(hass, loaded)
    issue = ir.async_get(hass).async_get_issue(
        DOMAIN, f"two_addresses_{loaded.entry_id}"
    )
    assert issue is not None
    assert issue.translation_placeholders == {
        "printer": "Workshop",
        "model": "AD5X",
        "host": HOME,
        "others": AWAY,
    }

    await other.stop()
    await network.search()
    assert not warned(hass, loaded)


async def test_printer_whose_interface_hangs_is_still_there(
    hass: HomeAssistant, network: Network, printer: Printer, loaded: MockConfigEntry
) -> None:
    other = await forger(network, printer)
    printer.faults.add(Fault.REFUSE)
    await loaded.runtime_data.async_refresh()
    assert offline_reason(hass, printer) == "unreachable"

    await network.search()

    assert loaded.data[CONF_HOST] == HOME
    assert other.requests == []
    assert warned(hass, loaded)


async def test_two_claims_for_one_that_is_off(
    hass: HomeAssistant, network: Network, printer: Printer, loaded: MockConfigEntry
) -> None:
    one = await forger(network, printer)
    other = await forger(network, printer, ELSEWHERE)
    await printer.power_off()
    await loaded.runtime_data.async_refresh()

    await network.search()

    assert loaded.data[CONF_HOST] == HOME
    assert one.requests == other.requests == []
    assert warned(hass, loaded)

    await other.stop()
    await network.search()
    assert loaded.data[CONF_HOST] == AWAY
    assert not warned(hass, loaded)


# --- addresses that nobody is followed to -----------------------------------------


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",
        "8.8.8.8",
        "169.254.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "127.255.255.255",
        "240.0.0.1",
        "fe80::1",
        "2001:db8::1",
    ],
)
@pytest.mark.parametrize("known", [True, False])
async def test_address_that_is_not_even_asked(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    ip: str,
    known: bool,
) -> None:
    asked: list[str] = []

    async def probe(host: str) -> DiscoveredPrinter | None:
        asked.append(host)
        return None

    monkeypatch.setattr(discovery, "probe", probe)
    if not known:
        printer.mac = "88:A9:A7:90:00:01"
    await printer.power_off()

    flow = await dhcp(hass, printer, ip)

    assert flow["reason"] == ("already_configured" if known else "unknown_device")
    assert ip not in asked
    assert loaded.data[CONF_HOST] == HOME


async def test_loopback_is_no_network_unless_it_was_chosen(
    hass: HomeAssistant,
    network: Network,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_storage: dict[str, Any],
) -> None:
    await printer.move(AWAY)
    hass.data.pop("network", None)
    hass_storage.pop("core.network")

    await dhcp(hass, printer, AWAY)

    assert loaded.data[CONF_HOST] == HOME
    assert printer.count() == 1


async def test_nobody_is_followed_who_does_not_tell_the_serial(
    hass: HomeAssistant, make_printer: MakePrinter, printer: Printer, set_up: SetUp
) -> None:
    entry = make_entry(printer)
    await set_up(entry)
    await printer.power_off()
    silent = await make_printer(
        "ad5x", host=AWAY, serial=printer.serial, discovery=False
    )

    await dhcp(hass, printer, AWAY)

    assert entry.data[CONF_HOST] == HOME
    assert silent.requests == []


async def test_answer_of_another_port_is_not_believed(
    hass: HomeAssistant,
    network: Network,
    make_printer: MakePrinter,
    set_up: SetUp,
) -> None:
    forwarded = await make_printer("ad5x", host=HOME, discovery=False)
    entry = make_entry(forwarded)
    await set_up(entry)
    await forwarded.power_off()
    neighbor = await network.printer("ad5x", host=HOME, serial=forwarded.serial)
    assert neighbor.http_port != forwarded.http_port

    await network.search()
    await network.search()

    assert entry.data[CONF_PORT] == forwarded.http_port
    assert neighbor.requests == []
    assert not warned(hass, entry)


# --- a move -----------------------------------------------------------------------


async def test_move_is_in_the_log_once(
    network: Network,
    printer: Printer,
    loaded: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await printer.move(AWAY)

    await network.search()
    await network.search()

    (line,) = [each for each in caplog.records if " moved to " in each.getMessage()]
    assert line.levelno == logging.INFO
    assert HOME not in line.getMessage()
    assert AWAY not in line.getMessage()
    assert printer.serial not in line.getMessage()


@pytest.mark.parametrize("restart", [False, True])
async def test_entry_goes_back_from_somebody_who_refuses(
    hass: HomeAssistant,
    network: Network,
    printer: Printer,
    loaded: MockConfigEntry,
    caplog: pytest.LogCaptureFixture,
    restart: bool,
) -> None:
    other = await forger(network, printer)
    other.check_code = "somebody else's"
    await printer.power_off()
    await network.search()
    assert loaded.data[CONF_HOST] == AWAY

    await printer.power_on()
    if restart:
        # What was read from the disk is read again.
        del hass.data["flashforge_former_places"]
        await hass.config_entries.async_reload(loaded.entry_id)
    await network.search()

    assert loaded.data[CONF_HOST] == HOME
    assert offline_reason(hass, printer) is None
    assert any(" went back to " in each.getMessage() for each in caplog.records)

    await network.search()
    assert loaded.data[CONF_HOST] == HOME


async def test_entry_stays_with_somebody_who_takes_its_code(
    hass: HomeAssistant, network: Network, printer: Printer, loaded: MockConfigEntry
) -> None:
    other = await forger(network, printer)
    await printer.power_off()
    await network.search()
    assert loaded.data[CONF_HOST] == AWAY
    asked = printer.count()

    await printer.power_on()
    await network.search()

    assert loaded.data[CONF_HOST] == AWAY
    assert other.count() > 0
    assert printer.count() == asked
    assert warned(hass, loaded)


async def test_former_address_is_asked_although_no_search_reaches_it(
    hass: HomeAssistant,
    network: Network,
    printer: Printer,
    loaded: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def nobody(_: object) -> tuple[DiscoveredPrinter, ...]:
        return ()

    await printer.move(AWAY)
    await network.search()
    assert loaded.data[CONF_HOST] == AWAY

    await printer.stop()
    await network.printer(
        "ad5x", host=HOME, serial=printer.serial, http_port=printer.http_port
    )
    monkeypatch.setattr(discovery, "scan", nobody)
    await loaded.runtime_data.async_refresh()
    await network.search()

    assert loaded.data[CONF_HOST] == HOME


@pytest.mark.parametrize(
    "stored",
    [None, [], {"x": 1}, {"x": ["h"]}, {"x": ["h", "p"]}, {"x": ["h", 8898]}],
)
async def test_memory_of_former_places_reads_anything(
    hass: HomeAssistant, hass_storage: dict[str, Any], stored: object
) -> None:
    hass_storage[f"{DOMAIN}.former_places"] = {"version": 1, "data": stored}

    place = await async_get_former_places(hass).async_get("x")

    assert (place is not None) is (stored == {"x": ["h", 8898]})


# --- an open form -----------------------------------------------------------------


async def offered(hass: HomeAssistant, network: Network) -> ConfigFlowResult:
    """Come to the form for the check code of a printer that was found."""
    await network.search()
    (flow,) = hass.config_entries.flow.async_progress()
    return await hass.config_entries.flow.async_configure(flow["flow_id"])


async def test_open_form_stays_with_a_printer_that_is_there(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    flow = await offered(hass, network)
    other = await forger(network, printer)
    await network.search()
    await network.search()

    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": printer.check_code}
    )

    assert flow["data"][CONF_HOST] == HOME
    assert other.requests == []


async def test_open_form_shows_another_address_before_the_code_goes_there(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    flow = await offered(hass, network)
    assert flow["description_placeholders"]["host"] == HOME
    await printer.move(AWAY)
    await network.search()

    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": printer.check_code}
    )
    assert flow["errors"] == {"base": "address_changed"}
    assert flow["description_placeholders"]["host"] == AWAY
    assert printer.requests == []

    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": printer.check_code}
    )
    assert flow["data"][CONF_HOST] == AWAY


async def test_open_form_of_a_known_printer_shows_another_address(
    hass: HomeAssistant, network: Network, printer: Printer, loaded: MockConfigEntry
) -> None:
    printer.check_code = "00007777"
    flow = await loaded.start_reauth_flow(hass)
    assert flow["description_placeholders"]["host"] == HOME
    await printer.move(AWAY)
    await loaded.runtime_data.async_refresh()
    await network.search()
    assert loaded.data[CONF_HOST] == AWAY

    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": "00007777"}
    )
    assert flow["errors"] == {"base": "address_changed"}
    assert flow["description_placeholders"]["host"] == AWAY

    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": "00007777"}
    )
    await hass.async_block_till_done()
    assert flow["reason"] == "reauth_successful"


# --- made-up printers -------------------------------------------------------------


class Flood(asyncio.DatagramProtocol):
    """Answers everything with printers that are not there."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._next = 0
        self.transport: asyncio.DatagramTransport

    @override
    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self.transport = transport

    @override
    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        for _ in range(self._count):
            self._next += 1
            words = (8899, 0x2B71, 0x0026, 0, 0x5A02, 8898)
            serial = f"SNFAKE{self._next:05d}".encode()
            self.transport.sendto(
                struct.pack(">128s4x6H2x128s2x", b"Free", *words, serial), addr
            )


@pytest.fixture
async def flood(network: Network) -> AsyncGenerator[Flood]:
    """Return somebody who drowns the network in made-up answers."""
    ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ear.bind(("", network.port))
    membership = socket.inet_aton(GROUP) + socket.inet_aton("127.0.0.1")
    ear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
    transport, flood = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: Flood(60), sock=ear
    )
    yield flood
    transport.close()


def waiting(hass: HomeAssistant) -> set[str]:
    """Return the serials of the printers that are offered."""
    return {
        flow["context"]["unique_id"]
        for flow in hass.config_entries.flow.async_progress_by_handler(DOMAIN)
        if flow["context"]["source"] == SOURCE_INTEGRATION_DISCOVERY
    }


async def test_made_up_printers_do_not_hide_real_ones(
    hass: HomeAssistant, network: Network, flood: Flood
) -> None:
    await network.search()
    real = [
        await network.printer("ad5x", host=f"127.0.0.{110 + number}")
        for number in range(3)
    ]

    for _ in range(4):
        await network.search()

    assert len(discovery.async_get_scanner(hass).found) <= discovery.MOST_KNOWN
    assert {each.serial for each in real} <= waiting(hass)
    assert len(waiting(hass)) <= MOST_UNCONFIRMED + len(real)


async def test_offers_that_are_not_there_make_room(
    hass: HomeAssistant, network: Network
) -> None:
    first = [
        await network.printer("5m", host=f"127.0.0.{120 + number}")
        for number in range(MOST_OFFERS + 2)
    ]
    await network.search()
    assert len(waiting(hass)) == MOST_OFFERS
    for each in first:
        await each.stop()
    late = await network.printer("ad5x", host="127.0.0.110")

    await network.search()

    assert late.serial in waiting(hass)
    assert len(waiting(hass)) <= MOST_OFFERS


async def test_list_of_found_printers_is_still_whole(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"])

    options = flow["data_schema"].schema["printer"].config["options"]
    assert [each["value"] for each in options] == [printer.serial, "manual"]
