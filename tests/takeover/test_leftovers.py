"""Entries that cannot become ours yet, or never: nothing is lost, and nothing breaks."""

from collections.abc import Callable
from functools import partial
import sys
from typing import Any

from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_USER,
    ConfigEntryDisabler,
    ConfigEntryState,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.api import MODELS, DiscoveredPrinter
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.takeover import leftovers
from custom_components.flashforge.takeover.importing import async_move_from
from custom_components.flashforge.takeover.move import async_migrate
from custom_components.flashforge.takeover.report import Report

from ..conftest import SetUp, make_entry
from ..discovery.conftest import AWAY, ELSEWHERE, HOME
from ..support.networking import Network
from .conftest import StoredPrinter
from .left import CODE, SERIAL, leave
from .test_shapes import heard, start, told

HUGE = "x" * 100_000

UNKNOWN: dict[str, dict[str, Any]] = {
    "empty": {},
    "other keys": {"address": "192.0.2.1", "token": "secret"},
    "no address": {"ip_address": "", "serial_number": SERIAL, "check_code": CODE},
    "address of another type": {"ip_address": ["192.0.2.1"], "check_code": CODE},
    "huge key": {HUGE: HUGE},
    "only an address": {"ip_address": "192.0.2.1"},
    "half of ours": {"host": "192.0.2.1"},
}


def problem(hass: HomeAssistant, entry: MockConfigEntry) -> str | None:
    """Return the key of the repair about an entry."""
    found = [
        each.translation_key
        for (domain, key), each in ir.async_get(hass).issues.items()
        if domain == DOMAIN and key.endswith(entry.entry_id)
    ]
    assert len(found) < 2
    return found[0] if found else None


@pytest.mark.parametrize("case", UNKNOWN)
async def test_what_nobody_knows_stays(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    entry = MockConfigEntry(
        domain=DOMAIN, title="Old", data=UNKNOWN[case], unique_id="abc"
    )
    entry.add_to_hass(hass)
    kept = er.async_get(hass).async_get_or_create(
        "sensor", DOMAIN, "abc_status", config_entry=entry
    )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "unknown_entry"
    assert problem(hass, entry) == "unknown_entry"
    assert entry.data == UNKNOWN[case]
    assert (entry.version, entry.minor_version, entry.unique_id) == (1, 1, "abc")
    assert er.async_get(hass).entities.get_entry(kept.id) == kept
    assert heard(caplog) == []

    await hass.config_entries.async_remove(entry.entry_id)
    assert problem(hass, entry) is None


HOSTILE: dict[str, dict[str, Any]] = {
    "numbers": {"serial_number": 5, "check_code": 7, "name": 9},
    "lists": {"serial_number": [], "check_code": {}, "name": None},
    "huge": {"serial_number": HUGE, "check_code": HUGE, "name": HUGE},
    "lines": {"serial_number": "SN\n\x00\u202e1", "check_code": "1\n2", "name": "\n"},
    "port": {"port": "x" * 5000, "api_type": HUGE},
    "port out of range": {"port": 2**62, "api_type": None},
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("unique_id", [None, "\n", HUGE])
async def test_hostile_values_raise_nothing(
    hass: HomeAssistant,
    caplog: pytest.LogCaptureFixture,
    network: Network,
    case: str,
    unique_id: str | None,
) -> None:
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=HUGE,
        data={"ip_address": "127.0.0.9", "check_code": "", **HOSTILE[case]},
        options={"override_led_availability": HUGE, "scan_interval": []},
        unique_id=unique_id,
    )
    entry.add_to_hass(hass)
    for number in range(40):
        er.async_get(hass).async_get_or_create(
            "sensor", DOMAIN, f"{'y' * 3000}{number}", config_entry=entry
        )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state in {ConfigEntryState.SETUP_RETRY, ConfigEntryState.LOADED}
    for flow in hass.config_entries.flow.async_progress():
        hass.config_entries.flow.async_abort(flow["flow_id"])
    result = await entry.start_reconfigure_flow(hass)
    assert result["type"] is FlowResultType.FORM
    hass.config_entries.flow.async_abort(result["flow_id"])
    assert [each for each in heard(caplog) if "longer than" not in each] == []


MANY = 300


@pytest.mark.parametrize("name", ["ghosttypes", "cestmoiroma", "pcartwright81"])
async def test_a_hostile_registry_costs_no_more_than_its_entities(
    hass: HomeAssistant, stored_printer: StoredPrinter, name: str
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, name, port=printer.http_port)
    registry = er.async_get(hass)
    for number in range(MANY):
        strange: Any = (f"{SERIAL}_{number}", number, f"{HUGE}{number}")[number % 3]
        registry.async_get_or_create(
            "sensor", DOMAIN, strange, config_entry=left.entry, device_id=left.device
        )
    before = len(registry.entities)
    await start(hass, left)
    assert left.entry.state is ConfigEntryState.LOADED
    assert len(registry.entities) < before - MANY + 60
    report = Report.of(left.entry)
    assert report is not None
    assert len(report.gone) <= 500
    gone = told(hass, left)["gone"].splitlines()
    assert len(gone) == 101
    assert gone[-1].startswith("- … (+")


STRANGE: dict[str, Callable[[int], str]] = {
    "unknown": lambda number: f"{SERIAL}_{number}",
    "long": lambda number: f"{HUGE}{number}",
    "known, each with its own beginning": lambda number: f"{number}_status",
}


def calls_of(action: Callable[[], None]) -> int:
    """Return how many functions are called, those of Python itself too."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize(
    "name", ["ghosttypes", "cestmoiroma", "pcartwright81", "jmccumberio", "kruzhkov"]
)
async def test_the_work_grows_no_faster_than_a_hostile_registry(
    hass: HomeAssistant, stored_printer: StoredPrinter, name: str, strange: str
) -> None:
    """Counted are calls, in Home Assistant's registry too: no machine is measured."""
    printer = await stored_printer("5m_pro")
    registry = er.async_get(hass)
    calls = []
    for many in (100, 200, 400):
        left = leave(hass, name, port=printer.http_port)
        for number in range(many):
            registry.async_get_or_create(
                "sensor",
                left.entry.domain,
                STRANGE[strange](number),
                config_entry=left.entry,
                device_id=left.device,
            )
        ours = left.entry
        if left.entry.domain != DOMAIN:
            ours = make_entry(printer)
            ours.add_to_hass(hass)
        with_it = partial(async_move_from, hass, ours, left.entry)
        calls.append(
            calls_of(
                partial(async_migrate, hass, ours) if ours is left.entry else with_it
            )
        )
        for each in {ours.entry_id, left.entry.entry_id}:
            await hass.config_entries.async_remove(each)
        await hass.async_block_till_done()
        registry.deleted_entities.clear()
    first, second = calls[1] - calls[0], calls[2] - calls[1]
    assert calls[0] > 100
    assert second < 2.3 * first, calls


NO_SERIAL = {
    "joseffallman": {"unique_id": None, "title": "", "data": {"serial_number": None}},
    "cestmoiroma": {
        "unique_id": None,
        "title": "",
        "data": {"serial_number": None, "api_type": "legacy", "port": 8899},
        "without": ("check_code",),
    },
    "pcartwright81": {
        "unique_id": "",
        "title": "",
        "data": {"serial_number": "", "check_code": ""},
    },
}


@pytest.mark.parametrize("by", ["reauth", "reconfigure"])
@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("name", NO_SERIAL)
async def test_a_missing_serial_is_asked_for(
    hass: HomeAssistant,
    stored_printer: StoredPrinter,
    caplog: pytest.LogCaptureFixture,
    name: str,
    typed: bool,
    by: str,
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, name, **NO_SERIAL[name])
    await start(hass, left)
    assert left.entry.state is ConfigEntryState.SETUP_RETRY
    assert left.entry.error_reason_translation_key == "serial_missing"
    assert all(left.heir(hass, kind) == each for kind, each in left.entities.items())
    (flow,) = left.entry.async_get_active_flows(hass, {"reauth"})
    flow_id = flow["flow_id"]
    if by == "reconfigure":
        hass.config_entries.flow.async_abort(flow_id)
        flow_id = (await left.entry.start_reconfigure_flow(hass))["flow_id"]
    entered = {
        "host": printer.host,
        "check_code": "wrong",
        "advanced": {"port": printer.http_port},
        **({"serial_number": SERIAL.removeprefix("SN")} if typed else {}),
    }
    result = await hass.config_entries.flow.async_configure(flow_id, entered)
    assert result["errors"] == {"base": "wrong_code"}
    assert left.entry.minor_version == 1
    result = await hass.config_entries.flow.async_configure(
        flow_id, {**entered, "host": "not an address!"}
    )
    assert result["errors"] == {"host": "invalid_address"}
    result = await hass.config_entries.flow.async_configure(
        flow_id, {**entered, "check_code": f" {CODE} "}
    )
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == f"{by}_successful"
    await hass.async_block_till_done(wait_background_tasks=True)

    assert left.entry.state is ConfigEntryState.LOADED
    assert left.entry.unique_id == SERIAL
    kind = next(kind for kind in left.entities if kind == "sensor/status")
    state = hass.states.get(left.entities[kind].entity_id)
    assert state is not None
    assert state.state == "idle"
    assert heard(caplog) == []


async def test_a_silent_printer_needs_its_serial_typed(
    hass: HomeAssistant, network: Network
) -> None:
    printer = await network.printer("5m_pro", check_code=CODE, discovery=False)
    left = leave(hass, "pcartwright81", **NO_SERIAL["pcartwright81"])
    await start(hass, left)
    (flow,) = left.entry.async_get_active_flows(hass, {"reauth"})
    entered = {
        "host": printer.host,
        "check_code": CODE,
        "advanced": {"port": printer.http_port},
    }
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], entered)
    assert result["errors"] == {"serial_number": "serial_needed"}
    result = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {**entered, "serial_number": printer.serial}
    )
    assert result["reason"] == "reauth_successful"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert left.entry.unique_id == printer.serial


async def test_an_unknown_entry_can_be_reconfigured(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    printer = await stored_printer("ad5x")
    entry = MockConfigEntry(domain=DOMAIN, title="Old", data={"x": 1}, unique_id=SERIAL)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    result = await entry.start_reconfigure_flow(hass)
    assert result["step_id"] == "adopt"
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"],
        {
            "host": printer.host,
            "serial_number": SERIAL,
            "check_code": CODE,
            "advanced": {"port": printer.http_port},
        },
    )
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    assert problem(hass, entry) is None


async def test_a_printer_that_another_entry_has_is_not_taken_twice(
    hass: HomeAssistant, stored_printer: StoredPrinter, set_up: SetUp
) -> None:
    printer = await stored_printer("5m_pro")
    ours = make_entry(printer)
    await set_up(ours)
    left = leave(hass, "ghosttypes", unique_id="test0000001")
    await start(hass, left)
    assert left.entry.state is ConfigEntryState.SETUP_RETRY
    assert problem(hass, left.entry) == "entry_twice"
    assert all(left.heir(hass, kind) == each for kind, each in left.entities.items())

    result = await left.entry.start_reconfigure_flow(hass)
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"],
        {
            "host": printer.host,
            "serial_number": SERIAL,
            "check_code": CODE,
            "advanced": {"port": printer.http_port},
        },
    )
    assert result["reason"] == "already_configured"

    await hass.config_entries.async_remove(ours.entry_id)
    await hass.config_entries.async_reload(left.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert left.entry.state is ConfigEntryState.LOADED
    assert left.entry.unique_id == SERIAL


async def test_a_printer_that_is_off_is_kept_until_it_says_what_it_speaks(
    hass: HomeAssistant,
    network: Network,
    caplog: pytest.LogCaptureFixture,
) -> None:
    left = leave(hass, "joseffallman")
    await start(hass, left)
    assert left.entry.state is ConfigEntryState.SETUP_RETRY
    assert left.entry.error_reason_translation_key == "unreachable"
    assert problem(hass, left.entry) is None
    status = left.heir(hass, "sensor/status")
    assert status is not None
    assert status.entity_id == left.entities["sensor/status"].entity_id
    assert heard(caplog) == []


async def test_one_leftover_breaks_nothing_for_the_others(
    hass: HomeAssistant,
    network: Network,
    set_up: SetUp,
    caplog: pytest.LogCaptureFixture,
) -> None:
    printer = await network.printer("ad5x", host=HOME)
    stranger = await network.printer("5m", host=ELSEWHERE, serial=SERIAL)
    disabled = MockConfigEntry(
        domain=DOMAIN,
        data={"ip_address": stranger.host},
        unique_id=SERIAL,
        disabled_by=ConfigEntryDisabler.USER,
    )
    disabled.add_to_hass(hass)
    unknown = MockConfigEntry(domain=DOMAIN, data={"mac": []}, unique_id="abc")
    unknown.add_to_hass(hass)
    good = make_entry(printer)
    await set_up(good)
    await printer.move(AWAY)
    await network.search()
    assert good.data["host"] == AWAY
    assert dict(disabled.data) == {"ip_address": stranger.host}

    result = await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_DHCP},
        data=DhcpServiceInfo(
            ip=AWAY, hostname="", macaddress=printer.mac.replace(":", "").lower()
        ),
    )
    assert result["reason"] == "already_configured"
    third = await network.printer("5m_pro", host="127.0.0.104")
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    result = await hass.config_entries.flow.async_configure(result["flow_id"])
    assert result["step_id"] == "user"
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"printer": third.serial}
    )
    result = await hass.config_entries.flow.async_configure(
        result["flow_id"], {"check_code": third.check_code}
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert heard(caplog) == []


@pytest.mark.parametrize("answers_search", [True, False])
async def test_a_printer_of_lines_alone_goes_on(
    hass: HomeAssistant,
    network: Network,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    answers_search: bool,
) -> None:
    left = leave(hass, "joseffallman", host=HOME)
    serial = left.entry.unique_id
    assert serial is not None
    printer = await network.printer(
        "adventurer4", host=HOME, serial=serial, discovery=answers_search
    )
    monkeypatch.setattr(leftovers, "standard_port", lambda: printer.tcp_port)
    await start(hass, left)

    assert left.entry.state is ConfigEntryState.LOADED
    assert left.entry.data["protocol"] == "tcp"
    assert left.entry.data["port"] == printer.tcp_port
    status = left.heir(hass, "sensor/status")
    assert status is not None
    assert status.entity_id == left.entities["sensor/status"].entity_id
    state = hass.states.get(status.entity_id)
    assert state is not None
    assert state.state == "idle"
    assert not list(hass.config_entries.flow.async_progress())
    assert heard(caplog) == []


async def test_a_printer_that_announces_another_protocol_is_named(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # No virtual printer has the packet of one protocol and the model of the other.
    async def answer(host: str) -> DiscoveredPrinter:
        return DiscoveredPrinter(
            host=host,
            http_port=None,
            command_port=8899,
            name="Old",
            serial=None,
            pid=0x0023,
            model=MODELS[0x0023],
        )

    monkeypatch.setattr(leftovers, "probe", answer)
    left = leave(hass, "joseffallman")
    await start(hass, left)
    assert left.entry.state is ConfigEntryState.SETUP_RETRY
    assert problem(hass, left.entry) == "line_printer"
    entities = er.async_get(hass).entities
    for kind, entity in left.entities.items():
        kept = left.heir(hass, kind)
        assert (kept is None) == (entity.entity_id not in entities)
    assert heard(caplog) == []
    await hass.config_entries.async_remove(left.entry.entry_id)
    assert problem(hass, left.entry) is None


@pytest.mark.parametrize("case", [case for case in UNKNOWN if case != "huge key"])
async def test_diagnostics_of_a_leftover_tell_nothing_private(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, case: str
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    entry = MockConfigEntry(
        domain=DOMAIN,
        data=UNKNOWN[case],
        options={"area": "attic of Anna"},
        unique_id="abc",
    )
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    shown = str(await get_diagnostics_for_config_entry(hass, hass_client, entry))
    assert "Anna" not in shown
    for private in ("192.0.2.1", SERIAL, CODE, "secret"):
        assert private not in shown
