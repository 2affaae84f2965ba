"""The older printers in Home Assistant: set up without a code, polled over lines."""

import asyncio
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import SOURCE_USER, ConfigEntryState, ConfigFlowResult
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge import manual_flow
from custom_components.flashforge.api.camera import mjpeg
from custom_components.flashforge.api.lines import channel
from custom_components.flashforge.const import (
    CONF_CHECK_CODE,
    CONF_LOGS_IN,
    CONF_PROTOCOL,
    CONF_SERIAL_NUMBER,
    DOMAIN,
    LIGHT_YES,
    OPTION_LIGHT,
)
from custom_components.flashforge.printer.line_entities import LINE_ENTITIES
from simulator import LINES, Fault, Printer, Status

from .conftest import MakePrinter, PassTime, SetUp, make_entry
from .support.lookups import (
    call,
    call_while,
    connection,
    device_of,
    entity_id,
    has_entity,
    offline_reason,
    restart,
    state_of,
)
from .support.networking import Network
from .support.place import free_port
from .support.timing import Time

MODELS = {
    "adventurer3": "Adventurer 3",
    "adventurer3_lite": "Adventurer 3",
    "adventurer3c": "Adventurer 3",
    "adventurer3_pro": "Adventurer 3 Pro",
    "adventurer3_pro2": "Adventurer 3 Pro 2",
    "adventurer4": "Adventurer 4",
    "adventurer4_lite": "Adventurer 4",
    "adventurer4_pro": "Adventurer 4 Pro",
    "guider2": "Guider II",
    "guider2s": "Guider IIs",
    "guider3": "Guider 3",
    "creator3": "Creator 3",
    "creator4": "Creator 4",
    "finder": "Finder",
    "finder2": "Finder 2",
    "dreamer": "Dreamer",
    "inventor": "Inventor",
}
"""The models that report who they are, and their names here."""


@pytest.fixture
def model() -> str:
    return "adventurer4"


async def answer(
    hass: HomeAssistant, flow: ConfigFlowResult, **fields: Any
) -> ConfigFlowResult:
    """Submit a form."""
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], fields)
    await hass.async_block_till_done(wait_background_tasks=True)
    return flow


async def begin(hass: HomeAssistant) -> ConfigFlowResult:
    """Choose to add the integration, and wait for the search."""
    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return await hass.config_entries.flow.async_configure(flow["flow_id"])


def address(printer: Printer) -> dict[str, Any]:
    return {CONF_HOST: printer.host, "advanced": {CONF_PORT: printer.tcp_port}}


def status(hass: HomeAssistant, printer: Printer) -> str:
    return state_of(hass, "sensor", printer, "status").state


@pytest.mark.parametrize("key", MODELS)
async def test_every_model_is_set_up_by_its_address(
    hass: HomeAssistant, network: Network, make_printer: MakePrinter, key: str
) -> None:
    printer = await make_printer(key, host="127.0.0.61", discovery=False)
    flow = await begin(hass)
    assert flow["step_id"] == "manual"

    flow = await answer(hass, flow, **address(printer))

    assert flow["type"] is FlowResultType.CREATE_ENTRY
    entry = flow["result"]
    assert entry.title == printer.name
    expected = connection(make_entry(printer))
    reported = {**connection(entry), CONF_LOGS_IN: False}
    # Some report no MAC address or no id.
    for name in ("mac", "product_id"):
        reported[name] = reported[name] or expected[name]
    if key == "finder2":
        # It calls itself a Finder; only its answer to a search says more.
        reported["product_id"] = expected["product_id"]
    assert reported == expected
    assert entry.data[CONF_LOGS_IN] is printer.quirks.login_first
    assert status(hass, printer) == "idle"
    device = dr.async_get(hass).async_get(device_of(hass, printer))
    assert device is not None
    assert device.model == ("Finder" if key == "finder2" else MODELS[key])
    assert device.sw_version == printer.firmware.split()[0]
    found = {
        each.unique_id.removeprefix(f"{printer.serial}_")
        for each in er.async_entries_for_config_entry(
            er.async_get(hass), entry.entry_id
        )
    }
    assert found <= LINE_ENTITIES.keys()
    assert ("bed_temperature" in found) is (printer.model.bed_max > 0)
    tools = {"nozzle_1_temperature", "nozzle_2_temperature"}
    assert (tools <= found) is (printer.model.tools == 2)


@pytest.mark.parametrize("key", ["adventurer3", "adventurer4", "finder"])
async def test_found_printer_needs_no_code(
    hass: HomeAssistant, network: Network, key: str
) -> None:
    printer = await network.printer(key, host="127.0.0.62", name="Attic")
    flow = await begin(hass)
    assert flow["step_id"] == "user"

    flow = await answer(hass, flow, printer=printer.serial)

    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert flow["title"] == "Attic"
    assert flow["result"].unique_id == printer.serial
    assert flow["result"].data[CONF_PROTOCOL] == "tcp"
    assert status(hass, printer) == "idle"


async def test_printer_found_in_the_background_is_confirmed(
    hass: HomeAssistant, network: Network
) -> None:
    printer = await network.printer("adventurer4", host="127.0.0.63")
    await network.search()
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["step_id"] == "confirm"

    await printer.power_off()
    result = await answer(hass, flow)
    assert (result["step_id"], result["errors"]) == ("confirm", {"base": "unreachable"})

    await printer.power_on()
    result = await answer(hass, flow)
    assert result["type"] is FlowResultType.CREATE_ENTRY

    # It is known now, and is not asked again who it is while it is polled.
    before = printer.lines.count("M115")
    await network.search()
    assert printer.lines.count("M115") == before
    assert not hass.config_entries.flow.async_progress_by_handler(DOMAIN)


async def test_printer_without_a_serial_number_is_known_by_its_mac(
    hass: HomeAssistant, network: Network, make_printer: MakePrinter
) -> None:
    printer = await make_printer("adventurer4", host="127.0.0.64", discovery=False)
    dialect = printer.quirks.dialect.without("SN:")
    printer.machine.quirks = replace(printer.quirks, dialect=dialect)
    flow = await answer(hass, await begin(hass), **address(printer))
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    digits = printer.mac.replace(":", "").lower()
    assert flow["result"].unique_id == digits
    assert flow["result"].data[CONF_SERIAL_NUMBER] == digits


async def test_finder_that_another_program_controls(
    hass: HomeAssistant, network: Network, make_printer: MakePrinter
) -> None:
    printer = await make_printer("finder", host="127.0.0.66", discovery=False)
    printer.seize_control()
    # The other program has the only ear that it has.
    printer.faults.add(Fault.HANG, path=f"{LINES}/M119")
    flow = await answer(hass, await begin(hass), **address(printer))
    assert flow["errors"] == {"base": "line_channel_taken"}

    printer.faults.clear()
    await printer.power_off()
    await printer.power_on()
    flow = await answer(hass, flow, **address(printer))
    assert flow["type"] is FlowResultType.CREATE_ENTRY


async def test_the_line_port_of_a_newer_printer_leads_to_its_other_one(
    hass: HomeAssistant,
    network: Network,
    make_printer: MakePrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printer = await make_printer("5m", host="127.0.0.67", discovery=False)
    monkeypatch.setattr(manual_flow, "HTTP_PORT", printer.http_port)
    flow = await answer(hass, await begin(hass), **address(printer))
    assert flow["step_id"] == "serial"


async def test_the_usual_port_leads_to_the_line_port(
    hass: HomeAssistant,
    network: Network,
    make_printer: MakePrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printer = await make_printer("adventurer3c", host="127.0.0.67")
    monkeypatch.setattr(manual_flow, "HTTP_PORT", free_port())
    flow = await answer(
        hass,
        await begin(hass),
        host=printer.host,
        advanced={CONF_PORT: manual_flow.HTTP_PORT},
    )
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert flow["data"][CONF_PORT] == printer.tcp_port


async def test_the_line_port_says_nothing_of_a_newer_printer_that_is_silent(
    hass: HomeAssistant,
    network: Network,
    make_printer: MakePrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printer = await make_printer("5m", host="127.0.0.67", discovery=False)
    monkeypatch.setattr(manual_flow, "HTTP_PORT", free_port())
    flow = await answer(
        hass,
        await begin(hass),
        host=printer.host,
        advanced={CONF_PORT: manual_flow.HTTP_PORT},
    )
    assert flow["step_id"] == "manual"
    assert flow["errors"] == {"base": "unreachable"}
    assert printer.lines.count("M115") > 0


async def test_nobody_at_either_port(
    hass: HomeAssistant, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, lines = free_port(), free_port()
    monkeypatch.setattr(manual_flow, "HTTP_PORT", port)
    monkeypatch.setattr(channel, "PORT", lines)
    flow = await begin(hass)
    for typed in (port, lines):
        place = {CONF_HOST: "127.0.0.67", "advanced": {CONF_PORT: typed}}
        flow = await answer(hass, flow, **place)
        assert flow["errors"] == {"base": "unreachable"}


async def test_a_print_from_start_to_end(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    assert status(hass, printer) == "idle"
    job = printer.machine.start_job()
    await pass_time(20)
    assert status(hass, printer) == "heating"
    assert state_of(hass, "sensor", printer, "file").state == job.file.name

    printer.machine.finish_warm_up()
    await pass_time(600, step=5)
    assert status(hass, printer) == "printing"
    progress = float(state_of(hass, "sensor", printer, "progress").state)
    assert 0 < progress < 100
    assert state_of(hass, "sensor", printer, "current_layer").state.isdigit()

    printer.machine.pause()
    await pass_time(20)
    assert status(hass, printer) == "paused"
    printer.machine.resume()
    await pass_time(20)
    assert status(hass, printer) == "printing"

    printer.machine.finish_job()
    await pass_time(20)
    assert status(hass, printer) == "completed"
    assert state_of(hass, "binary_sensor", printer, "plate_occupied").state == "on"
    assert state_of(hass, "event", printer, "print").attributes["event_type"] == (
        "finished"
    )

    await call(hass, "button", "press", printer, "clear_plate")
    assert status(hass, printer) == "idle"
    assert state_of(hass, "binary_sensor", printer, "plate_occupied").state == "off"


async def test_canceled_at_the_screen(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(60)
    printer.machine.cancel()
    await pass_time(60)
    assert status(hass, printer) == "canceled"


async def test_each_poll_is_one_connection_without_control(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    connections, lines = printer.line_connections, len(printer.lines)
    await pass_time(60)
    polls = printer.line_connections - connections
    assert 3 <= polls <= 5
    heard = printer.lines[lines:]
    assert heard == ["M119", "M105", "M27"] * polls
    assert printer.line_clients == 0


@pytest.mark.parametrize("model", ["finder"])
async def test_a_printer_that_answers_only_after_a_login_is_remembered(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    assert loaded.data[CONF_LOGS_IN] is True
    assert status(hass, printer) == "idle"
    printer.lines.clear()
    await restart(hass, loaded)
    assert printer.lines[0] == "M601 S1"
    assert not printer.controlled


async def test_off_and_on_again(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    await printer.power_off()
    await pass_time(30)
    assert offline_reason(hass, printer) == "unreachable"
    await printer.power_on()
    await pass_time(61)
    assert status(hass, printer) == "idle"


async def test_a_silent_printer_costs_a_poll_and_no_more(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.HANG, path=LINES)
    await pass_time(120)
    assert offline_reason(hass, printer) == "unreachable"
    printer.faults.clear()
    await pass_time(90)
    assert status(hass, printer) == "idle"


async def test_another_printer_at_the_address(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    known, printer.serial = printer.serial, "SNMOCKOTHER0001"
    await restart(hass, loaded)
    printer.serial, other = known, printer.serial
    assert offline_reason(hass, printer) == "other_printer"
    assert other not in str(hass.states.async_all())


async def test_reconfigure_asks_for_no_code(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    flow = await loaded.start_reconfigure_flow(hass)
    assert flow["step_id"] == "reconfigure_address"
    flow = await answer(
        hass, flow, host=printer.host, advanced={CONF_PORT: free_port()}
    )
    assert flow["errors"] == {"base": "unreachable"}
    flow = await answer(hass, flow, **address(printer))
    assert (flow["type"], flow["reason"]) == (
        FlowResultType.ABORT,
        "reconfigure_successful",
    )
    assert loaded.state is ConfigEntryState.LOADED
    assert status(hass, printer) == "idle"


@pytest.mark.parametrize("discovery", [True, False])
@pytest.mark.parametrize(
    ("model", "there"),
    [
        ("adventurer3", "ad5x"),
        ("adventurer3", "adventurer4"),
        ("5m", "creator5"),
    ],
)
async def test_reconfigure_refuses_a_printer_of_another_kind(
    hass: HomeAssistant,
    printer: Printer,
    network: Network,
    loaded: MockConfigEntry,
    there: str,
    discovery: bool,
) -> None:
    before = dict(loaded.data)
    other = await network.printer(
        there, host="127.0.0.42", serial="SNMOCKOTHER", discovery=discovery
    )
    for port in {other.tcp_port, other.http_port} - {0}:
        flow = await loaded.start_reconfigure_flow(hass)
        code = {CONF_CHECK_CODE: "12345678"} if flow["step_id"] == "reconfigure" else {}
        flow = await answer(
            hass, flow, host=other.host, advanced={CONF_PORT: port}, **code
        )
        assert flow["type"] is FlowResultType.FORM, flow
        assert flow["errors"]
    assert dict(loaded.data) == before


async def test_reconfigure_waits_for_no_upload(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    before = dict(loaded.data)
    other = channel.LineChannel(lambda: printer.host, printer.tcp_port)
    with other.reserved_for("box.gcode"):
        flow = await loaded.start_reconfigure_flow(hass)
        flow = await answer(hass, flow, **address(printer))
    assert flow["errors"] == {"base": "busy"}
    assert dict(loaded.data) == before


async def test_moved_printer_is_followed(
    hass: HomeAssistant, network: Network, set_up: SetUp
) -> None:
    printer = await network.printer("adventurer4", host="127.0.0.68")
    entry = make_entry(printer)
    await set_up(entry)
    await printer.move("127.0.0.69")
    await network.search()
    assert entry.data[CONF_HOST] == "127.0.0.69"
    assert status(hass, printer) == "idle"


async def test_nothing_is_offered_that_is_not_there(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    for platform, key in (
        ("sensor", "remaining_time"),
        ("sensor", "lifetime_print_time"),
        ("sensor", "current_layer"),
        ("fan", "left_part_fan"),
        ("fan", "rear_fan"),
        ("button", "clear_error"),
    ):
        assert not has_entity(hass, platform, printer, key)
    assert entity_id(hass, "sensor", printer, "status")


@pytest.mark.parametrize(
    "fault",
    [
        Fault.REFUSE,
        Fault.HANG,
        Fault.CUT,
        Fault.GARBAGE,
        Fault.TRUNCATED,
        Fault.EMPTY,
        Fault.HTML,
        Fault.FLOOD,
        Fault.NOT_FOUND,
    ],
)
@pytest.mark.parametrize("model", ["adventurer3", "adventurer4", "creator4"])
async def test_faults_of_the_line_port(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
) -> None:
    """Whatever the port does, nothing wrong is shown, and it is read again after it."""
    printer.faults.add(fault, path=LINES)
    await pass_time(120, step=5)
    shown = status(hass, printer)
    assert shown in {"idle", "offline"}
    if shown == "offline":
        assert offline_reason(hass, printer) in {"unreachable", "unreadable", "refused"}
    printer.faults.clear()
    await pass_time(120, step=5)
    assert status(hass, printer) == "idle"
    assert not [each for each in caplog.records if each.levelname == "ERROR"]


# --- doing ------------------------------------------------------------------------

DOERS = ("adventurer3", "adventurer4", "adventurer4_pro", "guider3", "creator4")


HIDING = ("finder2", "guider2", "guider2s")
"""These call themselves ready while they print."""


@pytest.mark.parametrize("model", [*sorted(MODELS.keys() - HIDING), "aries"])
async def test_job_control(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(20)
    assert status(hass, printer) == "printing"
    for key, expected in (
        ("pause", "paused"),
        ("resume", "printing"),
        ("pause", "paused"),
        ("cancel", "canceled"),
    ):
        pressed = call(hass, "button", "press", printer, key)
        await call_while(pressed, pass_time, 60)
        await pass_time(20)
        assert status(hass, printer) == expected, key
        assert not printer.controlled
    sent = [line for line in printer.lines if line[:3] in {"M24", "M25", "M26"}]
    assert sent == ["M25", "M24", "M25", "M26"]


@pytest.mark.parametrize("model", HIDING)
async def test_job_control_of_a_job_that_does_not_show(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    name = printer.files[0].name
    await call_while(act(hass, printer, "print_file", file_name=name), pass_time, 60)
    job = printer.machine.running_job
    assert job is not None
    assert status(hass, printer) == "heating"
    assert state_of(hass, "sensor", printer, "file").state == name
    printer.machine.finish_warm_up()
    await pass_time(300, step=5)
    assert status(hass, printer) == "printing"

    for key, expected in (("pause", "paused"), ("resume", "printing")):
        await call_while(call(hass, "button", "press", printer, key), pass_time, 60)
        await pass_time(60, step=5)
        assert status(hass, printer) == expected

    # Somebody resumes it at the screen.
    await call_while(call(hass, "button", "press", printer, "pause"), pass_time, 60)
    await pass_time(20)
    printer.machine.resume()
    for _ in range(60):
        await pass_time(20, step=5)
        if status(hass, printer) == "printing":
            break
    assert status(hass, printer) == "printing"

    await call_while(call(hass, "button", "press", printer, "cancel"), pass_time, 60)
    await pass_time(60, step=5)
    assert status(hass, printer) == "canceled"
    sent = [line for line in printer.lines if line[:3] in {"M25", "M26"}]
    assert sent == ["M25", "M25", "M26"]


async def test_a_job_is_canceled_that_somebody_else_controls(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(20)
    printer.seize_control()
    with pytest.raises(HomeAssistantError) as caught:
        await call_while(
            call(hass, "button", "press", printer, "cancel"), pass_time, 60
        )
    assert caught.value.translation_key == "line_channel_taken"
    assert status(hass, printer) == "printing"


@pytest.mark.parametrize("model", DOERS)
async def test_light(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    for service, on in (("turn_off", False), ("turn_on", True), ("turn_off", False)):
        switched = call(hass, "light", service, printer, "light")
        await call_while(switched, pass_time, 20)
        assert printer.machine.light is on
        assert state_of(hass, "light", printer, "light").state == (
            "on" if on else "off"
        )


NO_LIGHT_LINE = [
    ("adventurer3", "1.1.7"),
    ("adventurer3_pro", "2.2.1"),
    ("finder", None),
]


@pytest.mark.parametrize(("model", "firmware"), NO_LIGHT_LINE)
async def test_light_that_is_not_reported(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    shown = state_of(hass, "light", printer, "light")
    assert (shown.state, shown.attributes["assumed_state"]) == ("unknown", True)
    for service, on in (("turn_on", True), ("turn_off", False), ("turn_on", True)):
        switched = call(hass, "light", service, printer, "light")
        await call_while(switched, pass_time, 20)
        assert printer.machine.light is on
        shown = state_of(hass, "light", printer, "light")
        word = service.removeprefix("turn_")
        assert (shown.state, shown.attributes["assumed_state"]) == (word, True)


@pytest.mark.parametrize(("model", "firmware"), NO_LIGHT_LINE[:1])
async def test_what_was_told_is_unknown_after_a_restart(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    await call(hass, "light", "turn_on", printer, "light")
    await call(hass, "fan", "turn_on", printer, "rear_fan")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hass, "light", printer, "light").state == "on"
    assert state_of(hass, "fan", printer, "rear_fan").state == "on"
    await restart(hass, loaded)
    assert state_of(hass, "light", printer, "light").state == "unknown"
    assert state_of(hass, "fan", printer, "rear_fan").state == "unknown"


@pytest.mark.parametrize(("model", "firmware"), NO_LIGHT_LINE[:1])
async def test_identify_with_a_light_that_is_not_reported(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    with pytest.raises(HomeAssistantError) as caught:
        await call(hass, "button", "press", printer, "identify")
    assert caught.value.translation_key == "light_unknown"
    await call_while(call(hass, "light", "turn_on", printer, "light"), pass_time, 20)
    before = len(printer.lines)
    pressed = call(hass, "button", "press", printer, "identify")
    await call_while(pressed, pass_time, 60)
    lit = [line for line in printer.lines[before:] if line.startswith("M146")]
    assert [line.split()[1] for line in lit] == ["r0", "r255"] * 3
    assert printer.machine.light is True


@pytest.mark.parametrize("model", ["dreamer"])
async def test_light_of_which_only_its_owner_knows(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    assert not has_entity(hass, "light", printer, "light")
    hass.config_entries.async_update_entry(loaded, options={OPTION_LIGHT: LIGHT_YES})
    await restart(hass, loaded)
    await call(hass, "light", "turn_on", printer, "light")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert printer.machine.light is True
    assert state_of(hass, "light", printer, "light").state == "on"


async def test_a_light_that_is_reported_is_not_assumed(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    await call_while(call(hass, "light", "turn_on", printer, "light"), pass_time, 20)
    assert "assumed_state" not in state_of(hass, "light", printer, "light").attributes
    printer.machine.light = False
    await pass_time(20)
    assert state_of(hass, "light", printer, "light").state == "off"


@pytest.mark.parametrize(
    ("model", "fan"),
    [("adventurer3", "part_fan"), ("adventurer3", "rear_fan"), ("finder", "part_fan")],
)
async def test_fan(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    fan: str,
) -> None:
    def shown() -> str:
        return state_of(hass, "fan", printer, fan).state

    def speed() -> int:
        machine = printer.machine
        return machine.part_fan if fan == "part_fan" else machine.chamber_fan

    state = state_of(hass, "fan", printer, fan)
    assert (state.state, state.attributes["assumed_state"]) == ("unknown", True)
    for service, percent in (("turn_on", 100), ("turn_off", 0), ("turn_on", 100)):
        await call_while(call(hass, "fan", service, printer, fan), pass_time, 20)
        assert speed() == percent
        assert shown() == service.removeprefix("turn_")
    assert not printer.controlled

    printer.seize_control()
    with pytest.raises(HomeAssistantError) as caught:
        await call_while(call(hass, "fan", "turn_off", printer, fan), pass_time, 60)
    assert caught.value.translation_key == "line_channel_taken"
    assert shown() == "on"

    # Whoever switched the printer off switched its fans off as well.
    await printer.power_off()
    await pass_time(30)
    await printer.power_on()
    await pass_time(120)
    assert shown() == "unknown"


async def test_a_job_switches_the_part_fan_itself(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    await call_while(call(hass, "fan", "turn_off", printer, "part_fan"), pass_time, 20)
    assert state_of(hass, "fan", printer, "part_fan").state == "off"
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(20)
    assert printer.machine.part_fan == 100
    assert state_of(hass, "fan", printer, "part_fan").state == "unknown"


@pytest.mark.parametrize("model", DOERS)
async def test_temperatures(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    tools = printer.model.tools
    nozzle = "nozzle_target" if tools == 1 else "nozzle_2_target"
    for key, celsius in ((nozzle, 200), ("bed_target", 60), (nozzle, 0)):
        done = call(hass, "number", "set_value", printer, key, value=celsius)
        await call_while(done, pass_time, 20)
        assert float(state_of(hass, "number", printer, key).state) == celsius
    assert printer.machine.nozzles[tools - 1].target == 0
    assert printer.machine.bed.target == 60
    await call_while(call(hass, "button", "press", printer, "cool_down"), pass_time, 20)
    assert printer.machine.bed.target == 0


async def act(hass: HomeAssistant, printer: Printer, action: str, **data: Any) -> Any:
    """Call one of our actions for the printer."""
    return await hass.services.async_call(
        DOMAIN,
        action,
        {"device_id": device_of(hass, printer), **data},
        blocking=True,
        return_response=action == "send_gcode",
    )


@pytest.mark.parametrize("model", [*sorted(MODELS.keys() - {"creator3"}), "aries"])
@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_home(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    homed = call(hass, "button", "press", printer, "home")
    await call_while(homed, pass_time, 120)
    assert printer.machine.motion.homed
    assert not printer.controlled
    await pass_time(20)
    assert status(hass, printer) == "idle"


@pytest.mark.parametrize("model", DOERS)
@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_motion(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    homed = call(hass, "button", "press", printer, "home")
    await call_while(homed, pass_time, 120)
    assert "G28" in printer.lines
    await pass_time(20)
    assert status(hass, printer) == "idle"
    moved = act(hass, printer, "move", x=-5)
    await call_while(moved, pass_time, 60)
    assert "G1 X-5 F3000" in printer.lines
    moved = act(hass, printer, "move", z=-5, feed_rate=12000)
    await call_while(moved, pass_time, 60)
    assert "G1 Z-5 F1200" in printer.lines
    answers: list[Any] = []

    async def send() -> None:
        answers.append(await act(hass, printer, "send_gcode", gcode="M105"))

    await call_while(send(), pass_time, 60)
    assert "T0:" in str(answers)
    assert not printer.controlled


@pytest.mark.parametrize(
    ("model", "key"),
    [("creator3", "home"), ("guider2", "move"), ("finder2", "move")],
)
async def test_motion_that_a_printer_does_not_know(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, key: str
) -> None:
    before = len(printer.lines)
    assert has_entity(hass, "button", printer, "home") is (key != "home")
    data = {"z": 5} if key == "move" else {}
    with pytest.raises(HomeAssistantError) as caught:
        await act(hass, printer, key, **data)
    assert caught.value.translation_key == "unsupported"
    assert not {"M601 S1", "G28", "G91"} & {*printer.lines[before:]}


async def test_polls_wait_for_a_long_command(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.faults.add(Fault.HANG, path=f"{LINES}/G28", seconds=25)
    homing = asyncio.ensure_future(act(hass, printer, "home"))
    await pass_time(20, during_a_call=True)
    assert status(hass, printer) == "busy"
    assert printer.line_clients == 1
    await call_while(homing, pass_time, 60)
    await pass_time(15)
    assert status(hass, printer) == "idle"


@pytest.mark.parametrize("line", ["M6 S200", "M7 S60", "M702", "M30 a.gx", "M112"])
async def test_gcode_that_is_never_sent(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, line: str
) -> None:
    before = len(printer.lines)
    with pytest.raises(HomeAssistantError):
        await act(hass, printer, "send_gcode", gcode=line)
    assert line not in printer.lines[before:]


# --- around it --------------------------------------------------------------------


async def test_the_camera_is_found(
    hass: HomeAssistant, make_printer: MakePrinter, set_up: SetUp
) -> None:
    printer = await make_printer(
        "adventurer3",
        host="127.0.80.81",
        camera_port=mjpeg.DEFAULT_PORT,
        camera=True,
    )
    await set_up(make_entry(printer))
    assert state_of(hass, "camera", printer, "camera").state == "idle"


async def test_no_camera_where_none_is_fitted(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    assert not has_entity(hass, "camera", printer, "camera")


async def test_the_file_for_bug_reports_tells_nothing_private(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    set_up: SetUp,
    hass_client: ClientSessionGenerator,
) -> None:
    assert await async_setup_component(hass, "diagnostics", {})
    printer = await make_printer(
        "adventurer4",
        host="127.0.0.72",
        serial="SNMOCKSECRET98",
        name="Quincy's printer",
        mac="88:A9:A7:12:34:57",
    )
    printer.machine.start_job()
    entry = make_entry(printer)
    await set_up(entry)
    facts = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    told = str(facts).lower()
    for private in ("secret98", "quincy", "127.0.0.72", "12:34:57", "a7123457"):
        assert private not in told
    assert printer.machine.job is not None
    assert printer.machine.job.file.name.lower() not in told
    assert facts["answers"]["M119"].keys() >= {"machinestatus", "movemode"}


async def test_the_doctor_does_not_disturb(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A second conversation would break an upload, and switch a Finder off."""
    monkeypatch.setattr(loaded.runtime_data.printer, "_receiving", True)
    before = printer.line_connections
    found = await hass.services.async_call(
        DOMAIN,
        "diagnose",
        {"device_id": device_of(hass, printer)},
        blocking=True,
        return_response=True,
    )
    assert found is not None
    assert "answer_readable" in str(found)
    assert printer.line_connections == before


async def test_the_doctor_asks_for_no_code(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    found = await hass.services.async_call(
        DOMAIN,
        "diagnose",
        {"device_id": device_of(hass, printer)},
        blocking=True,
        return_response=True,
    )
    assert found is not None
    assert "check_code_accepted" not in str(found)
    assert "lan_mode_on" not in str(found)


@pytest.mark.parametrize("model", ["finder"])
async def test_a_finder_that_hangs_is_not_switched_off(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    await time.aligned(20)
    printer.faults.add(Fault.HANG, path=f"{LINES}/M104")
    setting = call(hass, "number", "set_value", printer, "nozzle_target", value=200)
    with pytest.raises(HomeAssistantError):
        await time.passes_until(setting)
    printer.faults.clear()
    await time.aligned(120, 5)
    assert printer.machine.status is Status.READY
    assert status(hass, printer) == "idle"


@pytest.mark.parametrize("model", ["finder"])
async def test_a_print_without_a_name_has_a_progress_to_its_end(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(60, step=5)
    assert state_of(hass, "sensor", printer, "file").state == "unknown"
    printer.machine.finish_job()
    await pass_time(20)
    assert status(hass, printer) == "completed"
    assert state_of(hass, "sensor", printer, "progress").state == "100"


TRAVEL = [
    # Its X and Y count from the middle of the bed, and one end is further than the other.
    ("adventurer3", {"x": 78.0}, {"x": 3}, ("X", "78", "-75", "80")),
    ("adventurer3", {"y": -75.0}, {"y": -1.5}, ("Y", "-75", "-76", "75")),
    ("adventurer3", {"z": 2.0}, {"z": -3}, ("Z", "2", "-0.5", "154")),
    # Of the others only the build volume is known.
    ("adventurer4", {"z": 200.0}, {"z": 56}, ("Z", "200", "-0.5", "255")),
    ("adventurer4", {"y": -60.0}, {"y": -46}, ("Y", "-60", "-105", "205")),
    ("finder", {"x": -70.0}, {"x": -6}, ("X", "-70", "-75", "145")),
]
"""Where an axis stands, a move beyond its end, and what is said about it."""


@pytest.mark.parametrize(("model", "place", "move", "facts"), TRAVEL)
async def test_a_move_beyond_the_end_of_an_axis(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    place: dict[str, float],
    move: dict[str, float],
    facts: tuple[str, str, str, str],
) -> None:
    printer.machine.motion.position |= place
    with pytest.raises(HomeAssistantError) as caught:
        await call_while(act(hass, printer, "move", **move), pass_time, 30)
    assert caught.value.translation_key == "beyond_travel"
    told = caught.value.translation_placeholders
    shown = (fact.replace("-", "\N{MINUS SIGN}") for fact in facts)
    assert told == dict(zip(("axis", "place", "low", "high"), shown, strict=True))
    assert printer.machine.motion.position.items() >= place.items()
    assert not [line for line in printer.lines if line.startswith(("G1", "G91"))]
    assert not printer.controlled

    # The way back is free.
    back = {axis: -distance for axis, distance in move.items()}
    await call_while(act(hass, printer, "move", **back), pass_time, 30)
    (axis, distance), *_ = back.items()
    assert printer.machine.motion.position[axis] == place[axis] + distance


@pytest.mark.parametrize("model", ["creator3"])
async def test_two_heads_may_stand_beyond_the_bed(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.motion.position["x"] = 10
    await call_while(act(hass, printer, "move", x=5), pass_time, 30)
    assert printer.machine.motion.position["x"] == 15
