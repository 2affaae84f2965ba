"""Found by DHCP: also before the first printer is set up, and without believing anybody."""

from dataclasses import replace
import importlib.util
from ipaddress import ip_address
import logging
import sys
from types import ModuleType
from typing import Any

from homeassistant.components.device_tracker import (
    ATTR_HOST_NAME,
    ATTR_IP,
    ATTR_MAC,
    CONNECTED_DEVICE_REGISTERED,
)
from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_IGNORE,
    SOURCE_INTEGRATION_DISCOVERY,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.const import CONF_HOST
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.api.network.discovery import probe
from custom_components.flashforge.api.network.packet import DiscoveredPrinter
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.discovery import search as discovery
from custom_components.flashforge.discovery.offers import MOST_OFFERS
from simulator import Printer

from ..conftest import SetUp, make_entry
from ..support.networking import Network

HOME, AWAY = "127.0.0.131", "127.0.0.132"
MAC = "88:A9:A7:97:12:34"
LEASED = "192.168.1.77"
"""An address of a lease; Home Assistant's component drops those on loopback."""


@pytest.fixture
async def printer(network: Network) -> Printer:
    return await network.printer("5m_pro", host=HOME, mac=MAC)


# --- Home Assistant's own component on a fresh configuration ----------------------


def _module(name: str, **contents: object) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(contents)
    return module


@pytest.fixture
async def component(
    hass: HomeAssistant, network: Network, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Set up the component; return the addresses that are asked because of it.

    What captures packets is replaced where it is not installed: sightings come from a
    router's integration here, and are matched by the component itself.
    """
    replaced = (
        _module("aiodhcpwatcher", DHCPRequest=object),
        _module("aiodiscover", DiscoverHosts=object),
        _module(
            "aiodiscover.discovery",
            HOSTNAME="hostname",
            IP_ADDRESS="ip",
            MAC_ADDRESS="macaddress",
        ),
        _module("cached_ipaddress", cached_ip_addresses=ip_address),
    )
    missing = {
        package
        for package in (each.__name__.partition(".")[0] for each in replaced)
        if importlib.util.find_spec(package) is None
    }
    for module in replaced:
        if module.__name__.partition(".")[0] in missing:
            monkeypatch.setitem(sys.modules, module.__name__, module)
    asked: list[str] = []

    async def ask(host: str) -> DiscoveredPrinter | None:
        """Ask the printer on loopback that stands for the one with the lease."""
        asked.append(host)
        answer = await probe(HOME, port=network.port, timeout=1)
        return answer and replace(answer, host=host)

    monkeypatch.setattr(discovery, "probe", ask)
    hass.config.skip_pip = True
    assert await async_setup_component(hass, "dhcp", {})
    await hass.async_block_till_done()
    return asked


async def lease(hass: HomeAssistant, mac: str, ip: str = LEASED) -> None:
    """Tell the component that a device was given an address."""
    async_dispatcher_send(
        hass,
        CONNECTED_DEVICE_REGISTERED,
        {ATTR_IP: ip, ATTR_HOST_NAME: "unknown", ATTR_MAC: mac},
    )
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_first_printer_is_found(
    hass: HomeAssistant, printer: Printer, component: list[str]
) -> None:
    assert not hass.config_entries.async_entries(DOMAIN)
    assert DOMAIN not in hass.config.components

    await lease(hass, MAC)

    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_DHCP
    assert flow["context"]["unique_id"] == printer.serial
    assert flow["context"]["title_placeholders"]["name"] == "Adventurer 5M Pro"
    form = await hass.config_entries.flow.async_configure(flow["flow_id"])
    assert form["step_id"] == "code"
    assert form["description_placeholders"]["host"] == LEASED
    assert component == [LEASED]
    assert printer.requests == []


@pytest.mark.parametrize(
    ("mac", "asked"),
    [
        ("88:A9:A7:91:00:01", True),
        ("88:a9:a7:9f:ff:ff", True),
        # Home Assistant compares the first three bytes only; that the fourth is not the
        # makers' costs one question.
        ("88:A9:A8:91:00:01", False),
        ("02:00:00:00:00:01", False),
    ],
)
async def test_only_the_block_of_the_makers_is_asked(
    hass: HomeAssistant, component: list[str], mac: str, asked: bool
) -> None:
    await lease(hass, mac)

    assert component == ([LEASED] if asked else [])
    # Nobody answered, which ends it without a word.
    assert hass.config_entries.flow.async_progress() == []


@pytest.mark.parametrize("ip", ["8.8.8.8", "169.254.3.4", "100.64.0.1", "225.0.0.9"])
async def test_only_near_addresses_are_asked(
    hass: HomeAssistant, printer: Printer, component: list[str], ip: str
) -> None:
    await lease(hass, MAC, ip)

    assert component == []
    assert hass.config_entries.flow.async_progress() == []


async def test_registered_printer_is_followed_whatever_its_block(
    hass: HomeAssistant, network: Network, component: list[str], set_up: SetUp
) -> None:
    printer = await network.printer("ad5x", host=HOME, mac="02:00:00:00:00:77")
    entry = make_entry(printer)
    await set_up(entry)

    await lease(hass, printer.mac)

    assert LEASED in component
    assert entry.data[CONF_HOST] == HOME


# --- what the flow makes of it ----------------------------------------------------


async def seen(hass: HomeAssistant, ip: str, mac: str = MAC) -> ConfigFlowResult:
    """Tell that a device was given an address."""
    flow = await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_DHCP},
        data=DhcpServiceInfo(
            ip=ip, hostname="printer", macaddress=mac.replace(":", "").lower()
        ),
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return flow


async def test_set_up_with_the_code_alone(
    hass: HomeAssistant, printer: Printer
) -> None:
    flow = await seen(hass, HOME)
    assert flow["step_id"] == "code"

    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": printer.check_code}
    )

    assert flow["result"].unique_id == printer.serial
    assert flow["result"].state is ConfigEntryState.LOADED


async def test_found_by_both_ways_is_offered_once(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    await network.search()
    flow = await seen(hass, HOME)
    assert flow["reason"] == "already_in_progress"

    (flow,) = hass.config_entries.flow.async_progress()
    hass.config_entries.flow.async_abort(flow["flow_id"])
    await seen(hass, HOME)
    await network.search()
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_DHCP


async def test_ignored_printer_stays_ignored(
    hass: HomeAssistant, printer: Printer
) -> None:
    MockConfigEntry(
        domain=DOMAIN, unique_id=printer.serial, source=SOURCE_IGNORE
    ).add_to_hass(hass)

    flow = await seen(hass, HOME)

    assert flow["reason"] == "already_configured"


async def test_known_printer_with_another_mac(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    entry = make_entry(printer)
    await set_up(entry)
    await printer.move(AWAY)
    printer.mac = "88:A9:A7:97:99:99"

    flow = await seen(hass, AWAY, printer.mac)

    assert flow["reason"] == "already_configured"
    assert entry.data[CONF_HOST] == AWAY


@pytest.mark.parametrize("model", ["adventurer3", "adventurer4_lite"])
async def test_older_printer_is_offered(
    hass: HomeAssistant, network: Network, model: str
) -> None:
    await network.printer(model, host=HOME, mac=MAC)

    flow = await seen(hass, HOME)

    assert flow["step_id"] == "confirm"


async def test_dhcp_drowns_nobody(hass: HomeAssistant, network: Network) -> None:
    for number in range(MOST_OFFERS + 2):
        each = await network.printer("5m", host=f"127.0.0.{140 + number}")
        await seen(hass, each.host, f"88:A9:A7:90:00:{number:02X}")

    assert len(hass.config_entries.flow.async_progress()) == MOST_OFFERS


async def test_sighting_without_anybody_ends_silently(
    hass: HomeAssistant, network: Network, caplog: pytest.LogCaptureFixture
) -> None:
    flow: Any = await seen(hass, HOME)

    assert flow["reason"] == "unknown_device"
    assert not [
        each
        for each in caplog.records
        if "custom_components" in each.name and each.levelno > logging.DEBUG
    ]
    assert SOURCE_INTEGRATION_DISCOVERY not in {
        each["context"]["source"] for each in hass.config_entries.flow.async_progress()
    }


async def test_second_printer_is_offered_beside_the_first(
    hass: HomeAssistant, network: Network, set_up: SetUp
) -> None:
    first = await network.printer("5m", host="127.0.0.44")
    await set_up(make_entry(first))
    second = await network.printer("5m_pro", host=HOME, mac=MAC)

    flow = await seen(hass, second.host)

    assert flow["type"] is FlowResultType.FORM
    assert flow["step_id"] == "code"
