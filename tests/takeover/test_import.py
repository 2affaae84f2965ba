"""Entries of integrations with another domain: taken over when a person wants it."""

from homeassistant.components.sensor import SensorEntity
from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
)
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
import pytest
from pytest_homeassistant_custom_component.common import (
    MockModule,
    MockPlatform,
    mock_config_flow,
    mock_integration,
    mock_platform,
)

from custom_components.flashforge.api.camera import mjpeg
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.takeover.importing import CONF_IMPORT
from simulator import Printer

from ..conftest import MakePrinter
from ..support.networking import Network
from .conftest import StoredPrinter
from .left import CODE, SERIAL, Left, leave, shape
from .test_shapes import heard, told

OTHERS = ("jmccumberio", "kruzhkov", "modrzew")


async def add(hass: HomeAssistant, printer: Printer, choice: str | None) -> ConfigEntry:
    """Add the printer as a person does, and choose in the menu if there is one."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    result = await hass.config_entries.flow.async_configure(result["flow_id"])
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"printer": SERIAL}
    )
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"check_code": CODE}
    )
    if choice is None:
        assert result["type"] is FlowResultType.CREATE_ENTRY
    else:
        assert result["type"] is FlowResultType.MENU
        assert result["menu_options"] == ["take_over", "begin_anew"]
        result = await hass.config_entries.flow.async_configure(
            result["flow_id"], {"next_step_id": choice}
        )
    await hass.async_block_till_done(wait_background_tasks=True)
    return result["result"]


@pytest.mark.parametrize("name", OTHERS)
async def test_all_goes_on(
    hass: HomeAssistant,
    stored_printer: StoredPrinter,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, name)
    entry = await add(hass, printer, "take_over")
    assert entry.state is ConfigEntryState.LOADED
    assert CONF_IMPORT not in entry.data
    assert hass.config_entries.async_get_entry(left.entry.entry_id) is None
    heirs = shape(name)["heirs"]
    issue = told(hass, Left(entry, left.entities, left.device))
    kept = 0
    for kind, before in left.entities.items():
        heir = left.heir(hass, kind)
        if heir is None:
            assert f"- {before.entity_id} → " in issue["gone"]
            assert hass.states.get(before.entity_id) is None
            continue
        kept += 1
        assert heir.entity_id == before.entity_id
        assert heir.platform == DOMAIN
        assert heir.config_entry_id == entry.entry_id
        assert heir.unique_id == f"{SERIAL}_{heirs[kind]['key']}"
        state = hass.states.get(heir.entity_id)
        assert state is not None
        assert not state.attributes.get("restored")
    assert kept >= 3
    mine = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert {each.device_id for each in mine} == {device.id}
    if left.device is not None:
        assert device.id == left.device
        assert device.name_by_user == "Old friend"
        assert device.area_id == "cellar"
    assert device.identifiers == {(DOMAIN, SERIAL)}
    ids = {each.entity_id for each in mine}
    assert [each for each in ids if f"{each}_2" in ids] == []
    assert heard(caplog) == []


@pytest.mark.parametrize("name", OTHERS)
async def test_nothing_happens_without_the_wish(
    hass: HomeAssistant, stored_printer: StoredPrinter, name: str
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, name)
    entry = await add(hass, printer, "begin_anew")
    assert entry.state is ConfigEntryState.LOADED
    assert hass.config_entries.async_get_entry(left.entry.entry_id) is not None
    assert all(left.heir(hass, kind) == each for kind, each in left.entities.items())


async def test_another_printer_is_not_offered(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    printer = await stored_printer("5m_pro")
    leave(hass, "jmccumberio", data={"serial_number": "SNOTHER"})
    leave(hass, "modrzew", host="127.0.0.77")
    entry = await add(hass, printer, None)
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("serial", [None, 5, [], "", "\n", "x" * 100_000])
@pytest.mark.parametrize("host", [None, 7, "", "x" * 100_000])
async def test_a_broken_entry_of_another_domain_is_passed_over(
    hass: HomeAssistant,
    network: Network,
    stored_printer: StoredPrinter,
    serial: object,
    host: object,
) -> None:
    network.resolves_no_names()
    printer = await stored_printer("5m_pro")
    left = leave(hass, "jmccumberio", data={"serial_number": serial})
    hass.config_entries.async_update_entry(
        left.entry, data={"serial_number": serial, "host": host}
    )
    entry = await add(hass, printer, None)
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("releases", [True, False])
async def test_one_that_runs_is_stopped_first(
    hass: HomeAssistant, stored_printer: StoredPrinter, releases: bool
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, "jmccumberio")
    domain, status = left.entry.domain, left.entities["sensor/status"]

    class Status(SensorEntity):
        _attr_unique_id = status.unique_id
        _attr_native_value = "ready"

    async def set_up(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        await hass.config_entries.async_forward_entry_setups(entry, ["sensor"])
        return True

    async def unload(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        return releases and await hass.config_entries.async_unload_platforms(
            entry, ["sensor"]
        )

    async def add_status(
        hass: HomeAssistant,
        entry: ConfigEntry,
        add_entities: AddConfigEntryEntitiesCallback,
    ) -> None:
        add_entities([Status()])

    mock_integration(
        hass,
        MockModule(domain, async_setup_entry=set_up, async_unload_entry=unload),
    )
    mock_platform(hass, f"{domain}.config_flow")
    mock_platform(hass, f"{domain}.sensor", MockPlatform(async_setup_entry=add_status))
    with mock_config_flow(domain, ConfigFlow):
        assert await hass.config_entries.async_setup(left.entry.entry_id)
        await hass.async_block_till_done()
        assert hass.states.get(status.entity_id).state == "ready"  # type: ignore[union-attr] # it was just added
        entry = await add(hass, printer, "take_over")

    heir = left.heir(hass, "sensor/status")
    assert heir is not None
    assert heir.entity_id == status.entity_id
    if releases:
        assert entry.state is ConfigEntryState.LOADED
        assert heir.platform == DOMAIN
        state = hass.states.get(heir.entity_id)
        assert state is not None
        assert state.state == "idle"
        return
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "other_still_runs"
    assert entry.data[CONF_IMPORT] == left.entry.entry_id
    assert (heir.platform, heir.unique_id) == (domain, status.unique_id)


@pytest.mark.parametrize("name", ["kruzhkov", "modrzew"])
async def test_an_older_printer_that_is_added_by_its_address_is_offered(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    """These entries have no serial number, and their printers speak only lines."""
    host = "127.0.0.61"
    printer = await make_printer(
        "adventurer3",
        host=host,
        discovery=False,
        camera=True,
        camera_port=mjpeg.DEFAULT_PORT,
    )
    left = leave(hass, name, host=host)
    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    for answer in (
        None,
        {CONF_HOST: host, "advanced": {CONF_PORT: printer.tcp_port}},
        {"next_step_id": "take_over"},
    ):
        await hass.async_block_till_done(wait_background_tasks=True)
        flow = await hass.config_entries.flow.async_configure(flow["flow_id"], answer)
    await hass.async_block_till_done(wait_background_tasks=True)
    entry = flow["result"]
    assert entry.state is ConfigEntryState.LOADED
    assert hass.config_entries.async_get_entry(left.entry.entry_id) is None
    heirs = shape(name)["heirs"]
    gone = told(hass, Left(entry, left.entities, left.device))["gone"]
    for kind, before in left.entities.items():
        # An Adventurer 3 does not tell its layers.
        if heirs[kind] is None or kind == "sensor/layer":
            assert left.heir(hass, kind) is None
            assert f"- {before.entity_id} → " in gone
            continue
        heir = left.heir(hass, kind)
        assert heir is not None, kind
        assert heir.entity_id == before.entity_id
        state = hass.states.get(heir.entity_id)
        assert state is not None
        assert not state.attributes.get("restored")
        if heirs[kind]["key"] == "status":
            assert state.state == "idle"
    assert heard(caplog) == []
