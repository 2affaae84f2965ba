"""Repairs: issues that appear, are fixed and disappear."""

from collections.abc import AsyncGenerator
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.config_entries import SOURCE_REAUTH, SOURCE_RECONFIGURE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.api.network import moonraker
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.issues import ISSUES
from simulator import Fault, Printer

from .conftest import MakePrinter, PassTime, SetUp, make_entry
from .support.lookups import is_online, offline_reason
from .support.place import free_port

OFFLINE = 60
"""Seconds after which every problem makes a printer offline."""


@pytest.fixture(autouse=True)
def no_klipper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moonraker, "PORT", free_port())


def issue_of(
    hass: HomeAssistant, entry: MockConfigEntry, key: str
) -> ir.IssueEntry | None:
    """Return an issue of a printer."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{key}_{entry.entry_id}")


def issues_of(hass: HomeAssistant, entry: MockConfigEntry) -> list[str]:
    """Return the keys of all issues of a printer."""
    return [
        issue.key for issue in ISSUES if issue_of(hass, entry, issue.key) is not None
    ]


def make_unknown(printer: Printer) -> MockConfigEntry:
    """Return the entry of a printer with an unknown product id."""
    known = make_entry(printer)
    return MockConfigEntry(
        domain=DOMAIN,
        title=known.title,
        unique_id=known.unique_id,
        data={**known.data, "product_id": 77},
    )


# --- coming and going -------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (Fault.LAN_MODE_OFF, "lan_mode_off"),
        (Fault.WRONG_SERIAL, "wrong_serial"),
    ],
)
async def test_refusal_is_an_issue_until_it_ends(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    fault: Fault,
    key: str,
) -> None:
    printer.faults.add(fault)
    await pass_time(OFFLINE)

    assert issues_of(hass, loaded) == [key]
    issue = issue_of(hass, loaded, key)
    assert issue is not None
    assert issue.translation_key == key
    assert issue.translation_placeholders == {"printer": "AD5X", "model": "AD5X"}
    assert issue.severity is ir.IssueSeverity.ERROR
    assert issue.is_fixable

    printer.faults.clear()
    await pass_time(120)
    assert issues_of(hass, loaded) == []


async def test_one_refusal_is_no_issue(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.LAN_MODE_OFF)
    polls = printer.count("/detail")
    await pass_time(16)
    assert printer.count("/detail") > polls
    assert offline_reason(hass, printer) is None
    assert issues_of(hass, loaded) == []


@pytest.mark.parametrize("field", [{"pid": 36}, {"macAddr": "88:A9:A7:FF:FF:FF"}])
async def test_another_printer_is_an_issue_until_ours_is_back(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    field: dict[str, object],
) -> None:
    printer.overrides |= field
    await pass_time(16)
    assert issues_of(hass, loaded) == ["other_printer"]

    printer.overrides.clear()
    await pass_time(60)
    assert issues_of(hass, loaded) == []


async def test_issue_follows_the_reason_while_the_printer_stays_offline(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.LAN_MODE_OFF)
    await pass_time(OFFLINE)
    assert issues_of(hass, loaded) == ["lan_mode_off"]

    printer.faults.clear()
    printer.faults.add(Fault.WRONG_SERIAL)
    await pass_time(OFFLINE)
    assert issues_of(hass, loaded) == ["wrong_serial"]


async def test_switching_off_mends_nothing(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.LAN_MODE_OFF)
    await pass_time(OFFLINE)

    await printer.power_off()
    await pass_time(OFFLINE)

    assert offline_reason(hass, printer) == "unreachable"
    assert issues_of(hass, loaded) == ["lan_mode_off"]


async def test_printer_that_is_off_is_no_issue(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    await printer.power_off()
    await pass_time(300)
    assert offline_reason(hass, printer) == "unreachable"
    assert issues_of(hass, loaded) == []


async def test_model_nobody_knows(
    hass: HomeAssistant,
    printer: Printer,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    printer.overrides |= {"pid": 77, "model": "Adventurer 9"}
    printer.name = "Shed"
    entry = make_unknown(printer)
    await set_up(entry)

    issue = issue_of(hass, entry, "unknown_model")
    assert issue is not None
    assert issue.severity is ir.IssueSeverity.WARNING
    assert not issue.is_fixable
    assert issue.learn_more_url is not None
    assert issue.learn_more_url.endswith("?template=new_model.yml")
    assert issue.translation_placeholders == {
        "printer": "Shed",
        "model": "Adventurer 9",
    }

    await printer.power_off()
    await pass_time(60)
    assert issues_of(hass, entry) == ["unknown_model"]


async def test_ignored_issue_stays_ignored_over_a_reload_and_goes_with_its_entry(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    printer.overrides |= {"pid": 77}
    entry = make_unknown(printer)
    await set_up(entry)
    issue_id = f"unknown_model_{entry.entry_id}"

    ir.async_ignore_issue(hass, DOMAIN, issue_id, True)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    issue = issue_of(hass, entry, "unknown_model")
    assert issue is not None
    assert issue.dismissed_version is not None

    await hass.config_entries.async_remove(entry.entry_id)
    assert issues_of(hass, entry) == []


async def test_unloading_takes_the_issues_along(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.LAN_MODE_OFF)
    await pass_time(OFFLINE)
    assert issues_of(hass, loaded) == ["lan_mode_off"]

    await hass.config_entries.async_unload(loaded.entry_id)
    assert issues_of(hass, loaded) == []


# --- Moonraker --------------------------------------------------------------------


class Klipper:
    """Moonraker at the address of a printer; it counts the requests."""

    def __init__(self) -> None:
        self.asked = 0
        self.runs = True

    async def answer(self, _: web.Request) -> web.Response:
        self.asked += 1
        return web.json_response(
            {"result": {"klippy_state": "ready"} if self.runs else {}}
        )


@pytest.fixture
async def klipper(
    printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Klipper]:
    klipper = Klipper()
    app = web.Application()
    app.router.add_get("/server/info", klipper.answer)
    async with TestServer(app, host=printer.host) as server:
        assert server.port is not None
        monkeypatch.setattr(moonraker, "PORT", server.port)
        yield klipper


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.HTML])
async def test_klipper_firmware_points_to_moonraker_until_it_is_gone(
    hass: HomeAssistant,
    printer: Printer,
    klipper: Klipper,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    fault: Fault,
) -> None:
    await pass_time(300)
    assert klipper.asked == 0

    printer.faults.add(fault)
    await pass_time(OFFLINE)

    assert issues_of(hass, loaded) == ["moonraker"]
    issue = issue_of(hass, loaded, "moonraker")
    assert issue is not None
    assert not issue.is_fixable
    assert issue.learn_more_url is not None
    assert "moonraker" in issue.learn_more_url

    printer.faults.clear()
    await pass_time(120)
    assert issues_of(hass, loaded) == []


async def test_klipper_is_asked_for_once_an_hour_and_not_with_each_poll(
    hass: HomeAssistant,
    printer: Printer,
    klipper: Klipper,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    klipper.runs = False
    printer.faults.add(Fault.REFUSE)

    await pass_time(1800, step=15)
    assert klipper.asked == 1
    assert issues_of(hass, loaded) == []

    klipper.runs = True
    await pass_time(7200, step=15)
    assert klipper.asked <= 3
    assert issues_of(hass, loaded) == ["moonraker"]


async def test_klipper_is_not_asked_for_while_the_printer_speaks(
    hass: HomeAssistant,
    printer: Printer,
    klipper: Klipper,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.faults.add(Fault.LAN_MODE_OFF)
    await pass_time(OFFLINE)
    assert klipper.asked == 0


# --- fixing ----------------------------------------------------------------------


@pytest.fixture
async def browser(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> TestClient[Any, Any]:
    """Return a client that opens the list of repairs."""
    # No further addresses can be registered once the test client exists.
    for component in (REPAIRS, DOMAIN):
        assert await async_setup_component(hass, component, {})
    return await hass_client()


async def open_fix(
    browser: TestClient[Any, Any], entry: MockConfigEntry, key: str
) -> dict[str, Any]:
    """Open the dialog of an issue."""
    issue = {"handler": DOMAIN, "issue_id": f"{key}_{entry.entry_id}"}
    return await post(browser, "/api/repairs/issues/fix", issue)


async def submit(browser: TestClient[Any, Any], flow: dict[str, Any]) -> dict[str, Any]:
    """Choose Submit in a dialog."""
    return await post(browser, f"/api/repairs/issues/fix/{flow['flow_id']}", {})


async def post(
    browser: TestClient[Any, Any], path: str, body: dict[str, Any]
) -> dict[str, Any]:
    """Send what the browser sends."""
    response = await browser.post(path, json=body)
    assert response.status == 200, await response.text()
    flow: dict[str, Any] = await response.json()
    return flow


async def test_lan_mode_is_checked_again(
    hass: HomeAssistant,
    browser: TestClient[Any, Any],
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.faults.add(Fault.LAN_MODE_OFF)
    await pass_time(OFFLINE)

    flow = await open_fix(browser, loaded, "lan_mode_off")
    assert (flow["type"], flow["step_id"]) == ("form", "confirm")
    assert flow["description_placeholders"]["printer"] == "AD5X"

    again = await submit(browser, flow)
    assert (again["type"], again["errors"]) == ("form", {"base": "lan_mode_off"})

    printer.faults.clear()
    printer.faults.add(Fault.REFUSE)
    again = await submit(browser, flow)
    assert again["errors"] == {"base": "unreachable"}

    printer.faults.clear()
    done = await submit(browser, flow)
    assert done["type"] == "create_entry"
    assert issues_of(hass, loaded) == []
    assert is_online(hass, printer)


async def test_lan_mode_that_brought_a_new_code_is_mended(
    hass: HomeAssistant,
    browser: TestClient[Any, Any],
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.faults.add(Fault.LAN_MODE_OFF)
    await pass_time(OFFLINE)
    flow = await open_fix(browser, loaded, "lan_mode_off")

    printer.faults.clear()
    printer.check_code = "00007777"
    done = await submit(browser, flow)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert done["type"] == "create_entry"
    await pass_time(OFFLINE)
    assert issues_of(hass, loaded) == []
    assert loaded.async_get_active_flows(hass, {SOURCE_REAUTH})


async def test_lan_mode_of_a_printer_that_is_unloaded_meanwhile(
    hass: HomeAssistant,
    browser: TestClient[Any, Any],
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.faults.add(Fault.LAN_MODE_OFF)
    await pass_time(OFFLINE)
    flow = await open_fix(browser, loaded, "lan_mode_off")
    await hass.config_entries.async_unload(loaded.entry_id)

    done = await submit(browser, flow)

    assert done["type"] == "create_entry"


async def test_issue_of_a_printer_that_is_deleted_meanwhile(
    hass: HomeAssistant,
    browser: TestClient[Any, Any],
    loaded: MockConfigEntry,
) -> None:
    await hass.config_entries.async_remove(loaded.entry_id)
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"lan_mode_off_{loaded.entry_id}",
        data={"entry_id": loaded.entry_id, "key": "lan_mode_off"},
        is_fixable=True,
        severity=ir.IssueSeverity.ERROR,
        translation_key="lan_mode_off",
        translation_placeholders={"printer": "AD5X", "model": "AD5X"},
    )
    flow = await open_fix(browser, loaded, "lan_mode_off")
    done = await submit(browser, flow)
    assert done["type"] == "create_entry"
    assert issues_of(hass, loaded) == []


async def test_refused_code_is_one_repair_which_is_the_reauthentication(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    def repairs() -> list[tuple[str, str]]:
        registry = ir.async_get(hass)
        return [key for key, issue in registry.issues.items() if issue.active]

    own = ("homeassistant", f"config_entry_reauth_{DOMAIN}_{loaded.entry_id}")
    assert repairs() == []

    printer.check_code = "00007777"
    await pass_time(OFFLINE)
    assert repairs() == [own]

    # A person closes the dialog, and the printer still refuses the code.
    (closed,) = loaded.async_get_active_flows(hass, {SOURCE_REAUTH})
    hass.config_entries.flow.async_abort(closed["flow_id"])
    assert repairs() == []
    await pass_time(OFFLINE)
    assert repairs() == [own]

    (dialog,) = loaded.async_get_active_flows(hass, {SOURCE_REAUTH})
    mended = await hass.config_entries.flow.async_configure(
        dialog["flow_id"], {"check_code": "00007777"}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert mended["reason"] == "reauth_successful"
    assert repairs() == []


@pytest.mark.parametrize(
    ("key", "faults", "overrides"),
    [
        ("wrong_serial", [Fault.WRONG_SERIAL], {}),
        ("other_printer", [], {"pid": 36}),
    ],
)
async def test_lost_printer_is_handed_over_to_its_address(
    hass: HomeAssistant,
    browser: TestClient[Any, Any],
    make_printer: MakePrinter,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    key: str,
    faults: list[Fault],
    overrides: dict[str, object],
) -> None:
    printer.overrides |= overrides
    for fault in faults:
        printer.faults.add(fault)
    await pass_time(OFFLINE)
    moved = await make_printer(
        "ad5x", host="127.0.0.95", serial=printer.serial, mac=printer.mac
    )

    asked = printer.count()

    flow = await open_fix(browser, loaded, key)
    done = await submit(browser, flow)

    assert (done["type"], done["reason"]) == ("abort", "continued")
    (dialog,) = loaded.async_get_active_flows(hass, {SOURCE_RECONFIGURE})
    assert done["next_flow"] == ["config_flow", dialog["flow_id"]]
    assert issues_of(hass, loaded) == [key]
    # Nothing was typed yet, so the code was not sent to the other printer again.
    assert printer.count() == asked

    mended = await hass.config_entries.flow.async_configure(
        dialog["flow_id"],
        {"host": moved.host, "advanced": {"port": moved.http_port}},
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert mended["reason"] == "reconfigure_successful"
    assert issues_of(hass, loaded) == []


# --- words ------------------------------------------------------------------------


@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.key)
async def test_every_issue_has_its_texts(hass: HomeAssistant, issue: Any) -> None:
    texts = await async_get_translations(hass, "en", "issues", [DOMAIN])
    start = f"component.{DOMAIN}.issues.{issue.key}."
    wanted = {
        True: [
            "title",
            "fix_flow.step.confirm.title",
            "fix_flow.step.confirm.description",
        ],
        False: ["title", "description"],
    }
    for key in wanted[issue.fixable]:
        assert texts[start + key]


async def test_every_word_of_the_fix_flows_is_there(hass: HomeAssistant) -> None:
    texts = await async_get_translations(hass, "en", "issues", [DOMAIN])
    start = f"component.{DOMAIN}.issues."
    for error in ("lan_mode_off", "unreachable", "unreadable", "switched_off"):
        assert texts[f"{start}lan_mode_off.fix_flow.error.{error}"]
    for issue in ("wrong_serial", "other_printer"):
        assert texts[f"{start}{issue}.fix_flow.abort.continued"]
