"""Older printers that tell little about themselves: who they are, and their names."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any, override

from homeassistant.config_entries import SOURCE_DHCP, ConfigFlowResult
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.api.lines import (
    channel,
    neighbors,
    reading,
    session as line_session,
)
from custom_components.flashforge.const import (
    CONF_PRODUCT_ID,
    CONF_SERIAL_NUMBER,
    DOMAIN,
)
from simulator import Printer

from .conftest import MakePrinter, PassTime
from .support.forms import address_form
from .support.lookups import call_while, device_of, has_entity, restart, state_of
from .support.networking import Network
from .support.server import LoopbackServer

HOST = "127.0.0.65"
MAC = "88:a9:a7:00:12:34"
DIGITS = "88a9a7001234"
HEAD = (
    "IP address       HW type     Flags       HW address            Mask     Device\n"
)


@pytest.fixture
def model() -> str:
    return "adventurer4"


class Neighbors:
    """The table in which Linux shows the hosts of its networks."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def show(self, **hosts: str) -> None:
        """Show hosts by the ends of their addresses."""
        rows = (
            f"127.0.0.{end[1:]:<10} 0x1         0x2         {mac}     *        eth0\n"
            for end, mac in hosts.items()
        )
        self._path.write_text(HEAD + "".join(rows))


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Neighbors:
    path = tmp_path / "arp"
    monkeypatch.setattr(neighbors, "TABLE", path)
    return Neighbors(path)


async def enter(hass: HomeAssistant, printer: Printer) -> ConfigFlowResult:
    """Type the address of a printer."""
    manager = hass.config_entries.flow
    flow = await address_form(hass)
    place = {CONF_HOST: printer.host, "advanced": {CONF_PORT: printer.tcp_port}}
    flow = await manager.async_configure(flow["flow_id"], place)
    await hass.async_block_till_done(wait_background_tasks=True)
    return flow


@pytest.fixture
async def silent(network: Network, make_printer: MakePrinter) -> Printer:
    """Return a printer that no search finds and that reports neither serial nor MAC."""
    return await make_printer("aries", host=HOST, discovery=False)


async def test_known_by_the_mac_that_the_network_shows(
    hass: HomeAssistant, silent: Printer, table: Neighbors
) -> None:
    table.show(_64="88:a9:a7:00:00:01", _65=MAC)
    flow = await enter(hass, silent)
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    entry = flow["result"]
    assert entry.unique_id == DIGITS
    assert entry.data[CONF_SERIAL_NUMBER] == DIGITS
    assert entry.data[CONF_MAC] == MAC
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert device.model == "Aries"
    assert (dr.CONNECTION_NETWORK_MAC, MAC) in device.connections

    # Another one of its kind got the address.
    table.show(_65="88:a9:a7:00:99:99")
    await restart(hass, entry)
    assert not entry.runtime_data.online
    assert entry.runtime_data.problem is not None
    assert entry.runtime_data.problem.key == "other_printer"

    # What the network does not show proves nothing.
    table.show()
    await restart(hass, entry)
    assert entry.runtime_data.online


@pytest.mark.parametrize("shown", [None, {}, {"_65": "00:00:00:00:00:00"}, {"_6": MAC}])
async def test_not_set_up_when_nothing_tells_it_from_another(
    hass: HomeAssistant,
    silent: Printer,
    table: Neighbors,
    shown: dict[str, str] | None,
) -> None:
    if shown is not None:
        table.show(**shown)
    flow = await enter(hass, silent)
    assert (flow["type"], flow["reason"]) == (FlowResultType.ABORT, "no_identity")


async def test_found_by_a_search_and_followed(
    hass: HomeAssistant, network: Network, table: Neighbors
) -> None:
    printer = await network.printer("aries", host=HOST)
    table.show(_65=MAC, _66=MAC)
    await network.search()
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    done = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    entry = done["result"]
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.unique_id == DIGITS

    await printer.move("127.0.0.66")
    result = await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_DHCP},
        data=DhcpServiceInfo(ip="127.0.0.66", hostname="aries", macaddress=DIGITS),
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert result["reason"] == "already_configured"
    assert entry.data[CONF_HOST] == "127.0.0.66"
    assert entry.runtime_data.online


async def test_a_typed_address_of_a_printer_that_a_search_finds(
    hass: HomeAssistant, network: Network
) -> None:
    """A second Finder calls itself a Finder; only its answer to a search says more."""
    printer = await network.printer("finder2", host=HOST)
    flow = await enter(hass, printer)
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert flow["result"].data[CONF_PRODUCT_ID] == printer.model.pid
    device = dr.async_get(hass).async_get(device_of(hass, printer))
    assert device is not None
    assert device.model == "Finder 2"


async def test_a_relative_with_a_vendor_id_of_its_own(
    hass: HomeAssistant, network: Network
) -> None:
    printer = await network.printer("dreamer", host=HOST)
    printer.model = replace(
        printer.model, pid=0x00F6, vendor=0x0315, machine_type="Ultra"
    )
    await network.search()
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    done = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    device = dr.async_get(hass).async_get(device_of(hass, printer))
    assert device is not None
    assert device.model == "PowerSpec Ultra"
    assert state_of(hass, "sensor", printer, "status").state == "idle"


async def test_a_relative_that_nobody_knows(
    hass: HomeAssistant, network: Network, make_printer: MakePrinter
) -> None:
    printer = await make_printer("adventurer4", host=HOST, discovery=False)
    printer.model = replace(
        printer.model, pid=0, machine_type="Brand New", volume=(111, 112, 113)
    )
    flow = await enter(hass, printer)
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    device = dr.async_get(hass).async_get(device_of(hass, printer))
    assert device is not None
    assert device.model == "Brand New"
    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert has_entity(hass, "light", printer, "light")
    # Nothing shows whether it has one.
    assert not has_entity(hass, "fan", printer, "part_fan")


async def test_a_printer_that_is_polled_is_not_disturbed(
    hass: HomeAssistant,
    network: Network,
    make_printer: MakePrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printer = await make_printer("adventurer3", host=HOST, discovery=False)
    first = await enter(hass, printer)
    assert first["type"] is FlowResultType.CREATE_ENTRY
    before = printer.line_connections
    second = await enter(hass, printer)
    assert (second["type"], second["reason"]) == (
        FlowResultType.ABORT,
        "already_configured",
    )
    assert printer.line_connections == before

    # Another one behind the same address, with a port of its own, can be added.
    forwarded = await make_printer("5m", host=HOST, discovery=False)
    monkeypatch.setattr(channel, "PORT", printer.tcp_port)
    flow = await address_form(hass)
    place = {CONF_HOST: HOST, "advanced": {CONF_PORT: forwarded.http_port}}
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], place)
    assert flow["step_id"] == "serial"


class Foreign(LoopbackServer):
    """A device that is no printer, and says so or says nothing."""

    def __init__(self, told: bytes) -> None:
        super().__init__()
        self._told = told

    @override
    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while await reader.readline():
            writer.write(self._told)
        writer.close()


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "wrong_device"),
        (b"\0\1\2 SSH-2.0-OpenSSH_9.6\r\n", "wrong_device"),
        (b"", "unreachable"),
    ],
)
async def test_another_device_on_the_line_port(
    hass: HomeAssistant,
    network: Network,
    monkeypatch: pytest.MonkeyPatch,
    told: bytes,
    error: str,
) -> None:
    monkeypatch.setattr(reading, "FIRST_PATIENCE", 0.2)
    monkeypatch.setattr(line_session, "REPLY_TIMEOUT", 0.2)
    async with Foreign(told) as device:
        monkeypatch.setattr(channel, "PORT", device.port)
        flow = await address_form(hass)
        place = {CONF_HOST: device.host, "advanced": {CONF_PORT: device.port}}
        flow = await hass.config_entries.flow.async_configure(flow["flow_id"], place)
    assert flow["errors"] == {"base": error}


async def test_what_a_printer_reports_counts_more(
    hass: HomeAssistant, network: Network, make_printer: MakePrinter, table: Neighbors
) -> None:
    printer = await make_printer("adventurer3", host=HOST, discovery=False)
    table.show(_65=MAC)
    flow = await enter(hass, printer)
    assert flow["result"].unique_id == printer.serial
    assert flow["result"].data[CONF_MAC] == printer.mac.lower()


@pytest.mark.parametrize(
    "table_text", ["", "\0" * 5000, "a b\n127.0.0.65\n127.0.0.65 1 2 x\n", HEAD * 9]
)
async def test_a_table_that_makes_no_sense(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table_text: str
) -> None:
    path = tmp_path / "arp"
    path.write_text(table_text)
    monkeypatch.setattr(neighbors, "TABLE", path)
    machine = neighbors.MachineReport(machine_type="Voxelab Aries")
    assert await neighbors.known_by_mac(machine, "127.0.0.65") == machine
    assert await neighbors.known_by_mac(machine, None) == machine


# --- names ------------------------------------------------------------------------


async def rename(hass: HomeAssistant, printer: Printer, name: str) -> Any:
    return await hass.services.async_call(
        DOMAIN,
        "rename",
        {"device_id": device_of(hass, printer), "name": name},
        blocking=True,
    )


@pytest.mark.parametrize("model", ["adventurer3", "adventurer4", "guider3"])
async def test_rename(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    """An Adventurer 3 leaves the network for a moment and does not answer."""
    done = rename(hass, printer, "Attic #2")
    await call_while(done, pass_time, 60)
    assert printer.name == "Attic #2"
    assert loaded.title == "Attic #2"
    assert loaded.runtime_data.online
    assert [line for line in printer.lines if line.startswith("M610")] == [
        "M610 Attic #2"
    ]


@pytest.mark.parametrize("name", ["Küche", "a;b", "杯子"])
async def test_names_that_it_cannot_have(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, name: str
) -> None:
    with pytest.raises(HomeAssistantError) as caught:
        await rename(hass, printer, name)
    assert caught.value.translation_key == "printer_name"
    assert not [line for line in printer.lines if line.startswith("M610")]


async def test_a_rename_that_has_no_effect(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    title = loaded.title
    printer.model = replace(printer.model, lines=printer.model.lines - {"M610"})
    with pytest.raises(HomeAssistantError) as caught:
        await call_while(rename(hass, printer, "Attic"), pass_time, 60)
    assert caught.value.translation_key == "not_confirmed"
    assert loaded.title == title
