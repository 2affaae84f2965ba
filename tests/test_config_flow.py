"""Setting up, repairing and configuring a printer, as a person does it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_IGNORE,
    SOURCE_INTEGRATION_DISCOVERY,
    SOURCE_USER,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.translation import async_get_translations
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.api.errors import (
    BusyError,
    FlashForgeError,
    LanModeError,
    OtherPrinterError,
    RefusedError,
    UnreachableError,
    UnreadableError,
    WrongCodeError,
    WrongSerialError,
)
from custom_components.flashforge.api.network import moonraker
from custom_components.flashforge.const import (
    CONF_CHECK_CODE,
    CONF_PRODUCT_ID,
    CONF_SERIAL_NUMBER,
    DOMAIN,
    OPTION_CAMERA,
    OPTION_PLUG,
    OPTION_POWER_METER,
)
from custom_components.flashforge.discovery import search as discovery
from custom_components.flashforge.discovery.candidate import Candidate
from simulator import LINES, Fault, Printer
from simulator.faults import EFFECTS, Effect, Envelope

from .conftest import MakePrinter, SetUp, make_entry
from .support.lookups import connection, offline_reason
from .support.networking import Network
from .support.place import free_port

pytestmark = pytest.mark.usefixtures("network")

type Start = Callable[[], Awaitable[ConfigFlowResult]]
type Flow = ConfigFlowResult


@pytest.fixture
async def printer(network: Network) -> Printer:
    return await network.printer(
        "ad5x", host="127.0.0.33", name="Workshop", serial="SNMOCKAD5X0033"
    )


@pytest.fixture
async def silent(make_printer: MakePrinter) -> Printer:
    """Return a printer that no search finds."""
    return await make_printer("creator5", host="127.0.0.44", discovery=False)


async def answer(hass: HomeAssistant, flow: Flow, **fields: Any) -> Flow:
    """Submit a form."""
    return await hass.config_entries.flow.async_configure(flow["flow_id"], fields)


async def start(hass: HomeAssistant) -> Flow:
    """Choose to add the integration, and wait for the search."""
    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert flow["type"] is FlowResultType.SHOW_PROGRESS
    assert (flow["step_id"], flow["progress_action"]) == ("scan", "scan")
    await hass.async_block_till_done(wait_background_tasks=True)
    return await hass.config_entries.flow.async_configure(flow["flow_id"])


async def start_manual(hass: HomeAssistant) -> Flow:
    """Go to the form for the address."""
    flow = await start(hass)
    assert (flow["type"], flow["step_id"]) == (FlowResultType.FORM, "manual")
    return flow


def address(printer: Printer) -> dict[str, Any]:
    """Return what a person types into the form for the address."""
    return {CONF_HOST: printer.host, "advanced": {CONF_PORT: printer.http_port}}


def suggested(flow: Flow) -> dict[str, Any]:
    """Return the suggested values of a form."""
    schema = flow["data_schema"]
    assert schema is not None
    return {
        str(key.schema): key.description["suggested_value"]
        for key in schema.schema
        if key.description
    }


def is_form(flow: Flow, step: str, **errors: str) -> bool:
    """Return whether a form is shown, with just these errors."""
    return (flow["type"], flow["step_id"], flow["errors"] or {}) == (
        FlowResultType.FORM,
        step,
        errors,
    )


def assert_created(flow: Flow, printer: Printer) -> None:
    """Check the entry that a flow has made."""
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    entry = flow["result"]
    assert entry.unique_id == printer.serial
    assert entry.title == printer.name
    assert connection(entry) == connection(make_entry(printer))
    assert dict(entry.options) == {}
    assert (entry.version, entry.minor_version) == (1, 2)
    assert entry.state is ConfigEntryState.LOADED


# --- found ------------------------------------------------------------------------


async def test_found_printer_needs_only_its_code(
    hass: HomeAssistant, printer: Printer
) -> None:
    flow = await start(hass)

    assert is_form(flow, "user")
    assert flow["data_schema"]({"printer": printer.serial})
    selector = flow["data_schema"].schema["printer"]
    assert selector.config["options"] == [
        {
            "value": "SNMOCKAD5X0033",
            "label": "AD5X · Workshop · 127.0.0.33 · …0033",
        },
        {"value": "manual", "label": "manual"},
    ]

    flow = await answer(hass, flow, printer=printer.serial)
    assert is_form(flow, "code")
    assert flow["description_placeholders"] == {
        "printer": "AD5X · Workshop",
        "host": "127.0.0.33",
    }

    flow = await answer(hass, flow, check_code=f" {printer.check_code} ")
    assert_created(flow, printer)


async def test_form_is_shown_again_when_it_is_opened_again(
    hass: HomeAssistant, printer: Printer
) -> None:
    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    again = await hass.config_entries.flow.async_configure(flow["flow_id"])
    assert again["type"] is FlowResultType.SHOW_PROGRESS
    await hass.async_block_till_done(wait_background_tasks=True)
    await hass.config_entries.flow.async_configure(flow["flow_id"])

    flow = await hass.config_entries.flow.async_configure(flow["flow_id"])
    assert is_form(flow, "user")

    flow = await answer(hass, flow, printer=printer.serial)
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"])
    assert is_form(flow, "code")

    flow = await answer(hass, flow, check_code=printer.check_code)
    assert_created(flow, printer)


async def test_list_leaves_out_what_is_added(
    hass: HomeAssistant, printer: Printer, network: Network, set_up: SetUp
) -> None:
    configured = await network.printer("5m", host="127.0.0.34")
    old = await network.printer("adventurer3", host="127.0.0.35")
    ignored = await network.printer("5m_pro", host="127.0.0.36")
    MockConfigEntry(
        domain=DOMAIN, unique_id=ignored.serial, source=SOURCE_IGNORE
    ).add_to_hass(hass)
    await set_up(make_entry(configured))

    flow = await start(hass)

    options = flow["data_schema"].schema["printer"].config["options"]
    assert {option["value"] for option in options} == {
        printer.serial,
        old.serial,
        ignored.serial,
        "manual",
    }

    flow = await answer(hass, flow, printer=ignored.serial)
    flow = await answer(hass, flow, check_code=ignored.check_code)
    assert_created(flow, ignored)


async def test_added_elsewhere_while_the_list_was_open(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    flow = await start(hass)
    await set_up(make_entry(printer))

    flow = await answer(hass, flow, printer=printer.serial)

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "already_configured"


async def test_address_can_be_typed_although_printers_were_found(
    hass: HomeAssistant, printer: Printer, silent: Printer
) -> None:
    flow = await start(hass)
    flow = await answer(hass, flow, printer="manual")
    assert is_form(flow, "manual")

    flow = await answer(hass, flow, **address(silent))
    flow = await answer(hass, flow, serial_number=silent.serial)
    flow = await answer(hass, flow, check_code=silent.check_code)
    assert_created(flow, silent)


async def test_typed_address_is_kept_although_the_printer_is_found_elsewhere(
    hass: HomeAssistant, printer: Printer, network: Network
) -> None:
    second = await network.printer(
        "ad5x", host="127.0.0.38", serial=printer.serial, name="Workshop"
    )
    flow = await start(hass)
    flow = await answer(hass, flow, printer="manual")
    typed = [
        address(each)
        for each in (printer, second)
        if each.host != discovery.async_get_scanner(hass).found[printer.serial].host
    ]
    flow = await answer(hass, flow, **typed[0])
    flow = await answer(hass, flow, check_code=printer.check_code)

    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert flow["data"][CONF_HOST] == typed[0][CONF_HOST]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("", "AD5X"),
        ("ad5x", "AD5X"),
        ("Workshop", "AD5X · Workshop"),
    ],
)
def test_title_says_nothing_twice(name: str, title: str) -> None:
    assert Candidate(host="127.0.0.1", name=name, model="AD5X").title == title


@pytest.mark.parametrize(
    ("overrides", "title", "pid"),
    [
        ({"name": "Kitchen"}, "Kitchen", 38),
        ({"name": ""}, "Workshop", 38),
        ({"name": "", "pid": None}, "Workshop", 38),
    ],
)
async def test_what_the_answer_says_comes_first(
    hass: HomeAssistant,
    printer: Printer,
    overrides: dict[str, object],
    title: str,
    pid: int,
) -> None:
    printer.overrides |= overrides
    flow = await start(hass)
    flow = await answer(hass, flow, printer=printer.serial)
    flow = await answer(hass, flow, check_code=printer.check_code)

    assert flow["title"] == title
    assert flow["data"][CONF_PRODUCT_ID] == pid


@pytest.mark.parametrize(
    ("overrides", "title", "pid"),
    [
        ({"name": ""}, "Creator 5", 40),
        ({"name": "", "pid": 4711}, "Creator 5", 4711),
        ({"name": "", "pid": 4711, "model": ""}, "FlashForge printer", 4711),
        ({"name": "", "pid": None, "macAddr": None}, "Creator 5", None),
    ],
)
async def test_nameless_printer_is_called_by_its_model(
    hass: HomeAssistant,
    silent: Printer,
    overrides: dict[str, object],
    title: str,
    pid: int | None,
) -> None:
    silent.overrides |= overrides
    flow = await start_manual(hass)
    flow = await answer(hass, flow, **address(silent))
    flow = await answer(hass, flow, serial_number=silent.serial)
    flow = await answer(hass, flow, check_code=silent.check_code)

    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert flow["title"] == title
    assert flow["data"][CONF_PRODUCT_ID] == pid


# --- typed in ---------------------------------------------------------------------


async def test_printer_is_asked_for_its_serial(
    hass: HomeAssistant, network: Network
) -> None:
    flow = await start_manual(hass)
    assert flow["errors"] == {"base": "nothing_found"}
    printer = await network.printer("creator5_pro", host="127.0.0.45")

    flow = await answer(hass, flow, **address(printer))
    assert is_form(flow, "code")

    flow = await answer(hass, flow, check_code=printer.check_code)
    assert_created(flow, printer)


async def test_set_up_by_hand_takes_three_requests(
    hass: HomeAssistant, silent: Printer
) -> None:
    flow = await start_manual(hass)
    flow = await answer(hass, flow, **address(silent))
    flow = await answer(hass, flow, serial_number=silent.serial)
    flow = await answer(hass, flow, check_code=silent.check_code)

    assert_created(flow, silent)
    assert flow["result"].runtime_data.online
    asked = [request.path for request in silent.requests]
    assert asked == ["/detail", "/detail", "/product"]


@pytest.mark.parametrize(
    "typed", ["SNMOCKC5000044", "mockc5000044", "  sn mock c5000044 "]
)
async def test_typed_serial_is_put_right(
    hass: HomeAssistant, silent: Printer, typed: str
) -> None:
    silent.serial = "SNMOCKC5000044"
    flow = await start_manual(hass)
    flow = await answer(hass, flow, **address(silent))
    assert is_form(flow, "serial")
    assert flow["description_placeholders"] == {"host": "127.0.0.44"}

    flow = await answer(hass, flow, serial_number="  ")
    assert is_form(flow, "serial")

    flow = await answer(hass, flow, serial_number=typed)
    assert is_form(flow, "code")
    assert flow["description_placeholders"] == {
        "printer": "FlashForge printer",
        "host": "127.0.0.44",
    }

    flow = await answer(hass, flow, check_code=silent.check_code)
    assert_created(flow, silent)


async def test_wrong_serial_is_typed_again(
    hass: HomeAssistant, silent: Printer
) -> None:
    flow = await start_manual(hass)
    flow = await answer(hass, flow, **address(silent))
    flow = await answer(hass, flow, serial_number="SNMOCKWRONG")
    flow = await answer(hass, flow, check_code=silent.check_code)

    assert is_form(flow, "serial", serial_number="wrong_serial")
    assert suggested(flow) == {CONF_SERIAL_NUMBER: "SNMOCKWRONG"}

    flow = await answer(hass, flow, serial_number=silent.serial)
    assert is_form(flow, "code")
    assert suggested(flow) == {CONF_CHECK_CODE: silent.check_code}

    flow = await answer(hass, flow, check_code=silent.check_code)
    assert_created(flow, silent)


async def test_typed_printer_that_is_set_up_says_so(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    await set_up(make_entry(printer))
    flow = await start_manual(hass)

    flow = await answer(hass, flow, **address(printer))

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "already_configured"


async def test_typed_serial_is_of_a_printer_that_is_set_up(
    hass: HomeAssistant, silent: Printer, set_up: SetUp
) -> None:
    await set_up(make_entry(silent))
    flow = await start_manual(hass)

    flow = await answer(hass, flow, **address(silent))
    flow = await answer(hass, flow, serial_number=silent.serial)

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "already_configured"


async def test_typed_printer_is_of_a_model_without_the_interface(
    hass: HomeAssistant, network: Network
) -> None:
    printer = await network.printer("adventurer4_pro", host="127.0.0.47")
    printer.faults.add(Fault.REFUSE, path=LINES)
    flow = await start_manual(hass)

    flow = await answer(
        hass, flow, host=printer.host, advanced={CONF_PORT: free_port()}
    )

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "unsupported_model"
    assert flow["description_placeholders"] == {"model": "Adventurer 4 Pro"}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.REFUSE, "unreachable"),
        (Fault.HTML, "wrong_device"),
        (Fault.NOT_FOUND, "wrong_device"),
        (Fault.HTTP_500, "wrong_device"),
        (Fault.GARBAGE, "wrong_device"),
        (Fault.EMPTY, "wrong_device"),
        (Fault.LAN_MODE_OFF, "lan_mode_off"),
    ],
)
async def test_address_is_checked_before_anything_else_is_asked(
    hass: HomeAssistant, silent: Printer, fault: Fault, error: str
) -> None:
    typed = address(silent)
    flow = await start_manual(hass)
    silent.faults.add(fault)

    flow = await answer(hass, flow, **typed)

    assert is_form(flow, "manual", base=error)
    assert suggested(flow) == {CONF_HOST: silent.host}

    silent.faults.clear()
    flow = await answer(hass, flow, **typed)
    flow = await answer(hass, flow, serial_number=silent.serial)
    flow = await answer(hass, flow, check_code=silent.check_code)
    assert_created(flow, silent)


async def test_klipper_firmware_is_pointed_to_moonraker(
    hass: HomeAssistant, silent: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def info(_: web.Request) -> web.Response:
        return web.json_response({"result": {"klippy_state": "ready"}})

    app = web.Application()
    app.router.add_get("/server/info", info)
    typed = address(silent)
    flow = await start_manual(hass)
    silent.faults.add(Fault.REFUSE)

    async with TestServer(app, host=silent.host) as server:
        monkeypatch.setattr(moonraker, "PORT", server.port)
        flow = await answer(hass, flow, **typed)
    assert is_form(flow, "manual", base="moonraker")
    texts = await async_get_translations(hass, "en", "config", [DOMAIN])
    assert texts["component.flashforge.config.error.moonraker"]

    silent.faults.clear()
    flow = await answer(hass, flow, **typed)
    flow = await answer(hass, flow, serial_number=silent.serial)
    flow = await answer(hass, flow, check_code=silent.check_code)
    assert_created(flow, silent)


@pytest.mark.parametrize(
    ("host", "error"),
    [
        ("", {"host": "invalid_address"}),
        ("no such host", {"host": "invalid_address"}),
    ],
)
async def test_what_is_no_address_is_told_apart(
    hass: HomeAssistant,
    silent: Printer,
    network: Network,
    host: str,
    error: dict[str, str],
) -> None:
    network.resolves_no_names()
    flow = await start_manual(hass)

    flow = await answer(hass, flow, **address(silent) | {CONF_HOST: host})
    assert is_form(flow, "manual", **error)

    flow = await answer(hass, flow, **address(silent))
    flow = await answer(hass, flow, serial_number=silent.serial)
    flow = await answer(hass, flow, check_code=silent.check_code)
    assert_created(flow, silent)


async def test_port_is_checked_by_the_form(
    hass: HomeAssistant, silent: Printer
) -> None:
    flow = await start_manual(hass)
    with pytest.raises(InvalidData):
        await answer(hass, flow, host=silent.host, advanced={CONF_PORT: 65536})


async def test_printer_that_takes_an_empty_code_is_a_printer(
    hass: HomeAssistant, silent: Printer
) -> None:
    silent.serial, silent.check_code = "", ""
    flow = await start_manual(hass)

    flow = await answer(hass, flow, **address(silent))

    assert is_form(flow, "serial")
    silent.serial, silent.check_code = "SNMOCKC5", "1"
    flow = await answer(hass, flow, serial_number=silent.serial)
    flow = await answer(hass, flow, check_code=silent.check_code)
    assert_created(flow, silent)


# --- the check code ---------------------------------------------------------------

CODE_FAULTS = [
    (Fault.REFUSE, "unreachable"),
    (Fault.WRONG_CODE, "wrong_code"),
    (Fault.WRONG_SERIAL, "other_printer"),
    (Fault.LAN_MODE_OFF, "lan_mode_off"),
    (Fault.GARBAGE, "unreadable"),
    (Fault.HTTP_500, "unreadable"),
    (Fault.NOT_FOUND, "unreadable"),
    (Fault.TRUNCATED, "unreadable"),
]


@pytest.mark.parametrize(("fault", "error"), CODE_FAULTS)
async def test_every_failure_can_be_mended(
    hass: HomeAssistant, printer: Printer, fault: Fault, error: str
) -> None:
    flow = await start(hass)
    flow = await answer(hass, flow, printer=printer.serial)
    printer.faults.add(fault)

    flow = await answer(hass, flow, check_code="00000000")

    assert is_form(flow, "code", base=error)
    assert suggested(flow) == {CONF_CHECK_CODE: "00000000"}

    printer.faults.clear()
    flow = await answer(hass, flow, check_code="1")
    assert is_form(flow, "code", base="wrong_code")

    flow = await answer(hass, flow, check_code=printer.check_code)
    assert_created(flow, printer)


async def test_refusal_is_shown_in_the_words_of_the_printer(
    hass: HomeAssistant, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    effect = Effect(instead=Envelope(code=7, message="not today"))
    monkeypatch.setitem(EFFECTS, Fault.GARBAGE, effect)
    flow = await start(hass)
    flow = await answer(hass, flow, printer=printer.serial)
    printer.faults.add(Fault.GARBAGE)

    flow = await answer(hass, flow, check_code=printer.check_code)

    assert is_form(flow, "code", base="refused")
    assert flow["description_placeholders"] == {
        "printer": "AD5X · Workshop",
        "host": "127.0.0.33",
        "code": "7",
        "reason": "not today",
    }

    printer.faults.clear()
    flow = await answer(hass, flow, check_code=printer.check_code)
    assert_created(flow, printer)


@pytest.mark.parametrize(
    "error",
    [
        UnreachableError,
        UnreadableError,
        RefusedError,
        WrongCodeError,
        WrongSerialError,
        LanModeError,
        BusyError,
        OtherPrinterError,
    ],
)
async def test_every_error_has_its_text(
    hass: HomeAssistant, error: type[FlashForgeError]
) -> None:
    texts = await async_get_translations(hass, "en", "config", [DOMAIN])

    assert texts[f"component.flashforge.config.error.{error.key}"]


# --- discovered -------------------------------------------------------------------


async def discover(hass: HomeAssistant, found: Candidate) -> Flow:
    """Start the flow that the search in the background starts."""
    return await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_INTEGRATION_DISCOVERY},
        data=found.as_discovery_info(),
    )


@pytest.fixture
def found(printer: Printer) -> Candidate:
    return Candidate(
        host=printer.host,
        port=printer.http_port,
        serial=printer.serial,
        name=printer.name,
        model="AD5X",
        pid=38,
    )


async def test_discovered_printer_needs_only_its_code(
    hass: HomeAssistant, printer: Printer, found: Candidate
) -> None:
    flow = await discover(hass, found)
    assert is_form(flow, "code")
    (shown,) = hass.config_entries.flow.async_progress()
    assert shown["context"]["unique_id"] == printer.serial
    assert shown["context"]["title_placeholders"] == {
        "name": "AD5X · Workshop",
        "model": "AD5X",
    }

    flow = await answer(hass, flow, check_code=printer.check_code)
    assert_created(flow, printer)
    assert hass.config_entries.flow.async_progress() == []


async def test_discovered_twice_is_offered_once(
    hass: HomeAssistant, found: Candidate
) -> None:
    await discover(hass, found)

    flow = await discover(hass, found)

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "already_in_progress"


async def test_discovered_although_set_up(
    hass: HomeAssistant, printer: Printer, found: Candidate, set_up: SetUp
) -> None:
    await set_up(make_entry(printer))

    flow = await discover(hass, found)

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "already_configured"


async def test_ignored_stays_ignored(
    hass: HomeAssistant, printer: Printer, found: Candidate
) -> None:
    await discover(hass, found)
    await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_IGNORE},
        data={"unique_id": printer.serial, "title": "AD5X"},
    )
    assert hass.config_entries.flow.async_progress() == []

    flow = await discover(hass, found)

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "already_configured"


async def test_discovered_printer_may_move_before_it_is_set_up(
    hass: HomeAssistant, printer: Printer, network: Network, found: Candidate
) -> None:
    flow = await discover(hass, found)
    await printer.move("127.0.0.39")
    await network.search()

    flow = await answer(hass, flow, check_code=printer.check_code)
    assert is_form(flow, "code", base="address_changed")
    assert flow["description_placeholders"]["host"] == "127.0.0.39"
    assert printer.count() == 0

    flow = await answer(hass, flow, check_code=printer.check_code)
    assert_created(flow, printer)


# --- DHCP -------------------------------------------------------------------------


async def dhcp(hass: HomeAssistant, mac: str, ip: str) -> Flow:
    """Report that a device was given an address."""
    return await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_DHCP},
        data=DhcpServiceInfo(
            ip=ip, hostname="ff", macaddress=mac.replace(":", "").lower()
        ),
    )


async def test_unknown_device_is_none_of_ours(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    await set_up(make_entry(printer))

    flow = await dhcp(hass, "88:A9:A7:FF:FF:FF", "127.0.0.40")

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "unknown_device"


async def test_known_device_is_followed_without_a_reload(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    entry = make_entry(printer)
    await set_up(entry)
    coordinator = entry.runtime_data
    await printer.move("127.0.0.40")
    polls = printer.count("/detail")

    flow = await dhcp(hass, printer.mac, "127.0.0.40")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "already_configured"
    assert entry.data[CONF_HOST] == "127.0.0.40"
    assert entry.runtime_data is coordinator
    assert printer.count("/detail") > polls
    assert offline_reason(hass, printer) is None


# --- mending ----------------------------------------------------------------------


@pytest.mark.parametrize(("fault", "error"), CODE_FAULTS)
async def test_reauth_takes_what_the_printer_takes(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    fault: Fault,
    error: str,
) -> None:
    printer.check_code = "00007777"
    flow = await loaded.start_reauth_flow(hass)
    assert is_form(flow, "reauth_confirm")
    assert flow["description_placeholders"]["printer"] == "Workshop"
    printer.faults.add(fault)

    flow = await answer(hass, flow, check_code="00008888")
    assert is_form(flow, "reauth_confirm", base=error)
    assert suggested(flow) == {CONF_CHECK_CODE: "00008888"}

    printer.faults.clear()
    flow = await answer(hass, flow, check_code=" 00007777 ")
    await hass.async_block_till_done()

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "reauth_successful"
    assert connection(loaded) == connection(make_entry(printer))
    assert loaded.state is ConfigEntryState.LOADED


@pytest.mark.parametrize(("fault", "error"), CODE_FAULTS)
async def test_reconfigure_takes_what_the_printer_takes(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    fault: Fault,
    error: str,
) -> None:
    coordinator = loaded.runtime_data
    await printer.move("127.0.0.41")
    flow = await loaded.start_reconfigure_flow(hass)
    assert is_form(flow, "reconfigure")
    assert suggested(flow) == {CONF_HOST: "127.0.0.33"}
    typed = address(printer)
    printer.faults.add(fault)

    flow = await answer(hass, flow, **typed)
    assert is_form(flow, "reconfigure", base=error)
    assert suggested(flow) == {CONF_HOST: "127.0.0.41"}

    printer.faults.clear()
    flow = await answer(hass, flow, **typed)
    await hass.async_block_till_done()

    assert flow["type"] is FlowResultType.ABORT
    assert flow["reason"] == "reconfigure_successful"
    assert connection(loaded) == connection(make_entry(printer))
    assert loaded.state is ConfigEntryState.LOADED
    assert loaded.runtime_data is not coordinator


async def test_reconfigure_changes_the_code(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    printer.check_code = "00007777"
    flow = await loaded.start_reconfigure_flow(hass)

    flow = await answer(hass, flow, **address(printer))
    assert is_form(flow, "reconfigure", base="wrong_code")

    flow = await answer(hass, flow, **address(printer), check_code="00007777")
    await hass.async_block_till_done()

    assert flow["reason"] == "reconfigure_successful"
    assert connection(loaded) == connection(make_entry(printer))


@pytest.mark.parametrize("field", [{"pid": 36}, {"macAddr": "88:A9:A7:FF:FF:FF"}])
async def test_reconfigure_refuses_another_printer(
    hass: HomeAssistant,
    printer: Printer,
    network: Network,
    loaded: MockConfigEntry,
    field: dict[str, object],
) -> None:
    before = dict(loaded.data)
    here = {"host": "127.0.0.42"}
    other = await network.printer(
        "ad5x", **here, serial=printer.serial, mac=printer.mac, discovery=False
    )
    other.overrides |= field
    flow = await loaded.start_reconfigure_flow(hass)

    flow = await answer(hass, flow, **address(other))
    assert is_form(flow, "reconfigure", base="other_printer")

    await network.printer("ad5x", **here, serial="SNMOCKOTHER")
    flow = await answer(hass, flow, **address(other))
    assert is_form(flow, "reconfigure", base="other_printer")
    assert dict(loaded.data) == before

    flow = await answer(hass, flow, **address(printer))
    await hass.async_block_till_done()
    assert flow["reason"] == "reconfigure_successful"


async def test_reconfigure_believes_the_serial_more_than_the_mac(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    await printer.move("127.0.0.43")
    printer.mac = "88:A9:A7:00:00:77"
    flow = await loaded.start_reconfigure_flow(hass)

    flow = await answer(hass, flow, **address(printer))
    await hass.async_block_till_done()

    assert flow["reason"] == "reconfigure_successful"
    assert loaded.data[CONF_MAC] == "88:a9:a7:00:00:77"
    assert loaded.state is ConfigEntryState.LOADED


# --- options ----------------------------------------------------------------------


async def test_options_ask_for_the_light(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    coordinator = loaded.runtime_data
    flow = await hass.config_entries.options.async_init(loaded.entry_id)
    assert (flow["type"], flow["step_id"]) == (FlowResultType.FORM, "init")
    assert flow["data_schema"]({}) == {"light": "auto"}

    flow = await hass.config_entries.options.async_configure(
        flow["flow_id"], {"light": "yes"}
    )
    await hass.async_block_till_done()

    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert dict(loaded.options) == {"light": "yes"}
    assert loaded.runtime_data is not coordinator

    flow = await hass.config_entries.options.async_init(loaded.entry_id)
    assert suggested(flow) == {"light": "yes"}


@pytest.mark.parametrize("option", [OPTION_CAMERA, OPTION_PLUG, OPTION_POWER_METER])
async def test_options_offer_no_entity_of_a_printer(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    option: str,
) -> None:
    domain = {OPTION_CAMERA: "camera", OPTION_PLUG: "switch"}.get(option, "sensor")
    entity_registry.async_get_or_create(
        domain, DOMAIN, "another", config_entry=loaded, suggested_object_id="another"
    )
    flow = await hass.config_entries.options.async_init(loaded.entry_id)
    selectors = {str(key): value for key, value in flow["data_schema"].schema.items()}
    config = selectors[option].config
    own = {
        each.entity_id
        for each in er.async_entries_for_config_entry(entity_registry, loaded.entry_id)
        if each.domain == domain
    }

    assert f"{domain}.another" in own
    assert own <= set(config["exclude_entities"])
    with pytest.raises(InvalidData):
        await hass.config_entries.options.async_configure(
            flow["flow_id"], {"light": "auto", option: f"{domain}.another"}
        )
