"""Models of which only the name is known, from the search to their entities."""

from dataclasses import replace

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
import pytest

from custom_components.flashforge.api.models.catalog import MODELS, by_pid
from custom_components.flashforge.const import DOMAIN
from simulator import Fault, Printer
from simulator.discovery import packet

from ..conftest import SetUp, make_entry
from ..support import ROOT
from ..support.lookups import device_of, has_entity
from ..support.networking import Network

UNDESCRIBED = [each for each in MODELS.values() if not each.described]


@pytest.fixture
async def printer(network: Network, request: pytest.FixtureRequest) -> Printer:
    printer = await network.printer("ad5x", host="127.0.0.171")
    printer.model = replace(printer.model, pid=request.param.pid)
    printer.overrides["pid"] = request.param.pid
    return printer


@pytest.mark.parametrize("printer", UNDESCRIBED, indirect=True, ids=lambda m: m.name)
async def test_offered_and_set_up(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    await network.search()

    (flow,) = hass.config_entries.flow.async_progress()
    result = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"check_code": printer.check_code}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    entry = result["result"]
    device = dr.async_get(hass).async_get(device_of(hass, printer))
    assert device is not None
    assert device.model == by_pid(printer.model.pid).name
    assert device.model_id == f"0x{printer.model.pid:04X}"
    assert has_entity(hass, "sensor", printer, "status")
    assert any("slot" in each.entity_id for each in hass.states.async_all("sensor"))
    issue = ir.async_get(hass).async_get_issue(
        DOMAIN, f"unknown_model_{entry.entry_id}"
    )
    assert issue is not None


@pytest.mark.parametrize(
    "printer",
    [MODELS[pid] for pid in (0x001E, 0x0001)],
    indirect=True,
    ids=lambda m: m.name,
)
async def test_other_model_with_a_port_for_http_is_asked_there(
    hass: HomeAssistant, network: Network, printer: Printer
) -> None:
    assert len(packet(printer)) == 276
    printer.faults.add(Fault.REFUSE)
    await network.search()
    assert hass.config_entries.flow.async_progress() == []

    printer.faults.clear()
    await network.search()
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["unique_id"] == printer.serial
    assert printer.check_code not in str(printer.requests)


@pytest.mark.parametrize("printer", [MODELS[0x00BB]], indirect=True)
async def test_typed_address(hass: HomeAssistant, printer: Printer) -> None:
    manager = hass.config_entries.flow
    flow = await manager.async_init(DOMAIN, context={"source": SOURCE_USER})
    await hass.async_block_till_done(wait_background_tasks=True)
    await manager.async_configure(flow["flow_id"])
    await manager.async_configure(flow["flow_id"], {"printer": "manual"})

    flow = await manager.async_configure(
        flow["flow_id"],
        {"host": printer.host, "advanced": {"port": printer.http_port}},
    )

    assert flow["step_id"] == "code"


@pytest.mark.parametrize("printer", [MODELS[0x00BB]], indirect=True)
async def test_offline_keeps_its_name(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    entry = make_entry(printer)
    await printer.power_off()
    await set_up(entry)

    device = dr.async_get(hass).async_get(device_of(hass, printer))
    assert device is not None
    assert device.model == "Adventurer A5"


def test_no_text_says_that_lan_mode_excludes_the_cloud() -> None:
    """A Creator 5 with firmware 2.0.0 keeps both on."""
    folder = ROOT / "custom_components/flashforge/translations"
    for path in folder.glob("*.json"):
        words = path.read_text(encoding="utf-8").lower()
        assert "lan only" not in words
        assert "lan-only" not in words
        assert "cloud" not in words
