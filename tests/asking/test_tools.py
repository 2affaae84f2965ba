"""What a language model gets of the printers, and what it may do."""

import asyncio
from collections.abc import Mapping
from typing import Any

from homeassistant.auth.permissions import PermissionLookup, PolicyPermissions
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components.homeassistant.const import DATA_EXPOSED_ENTITIES
from homeassistant.components.homeassistant.exposed_entities import (
    async_expose_entity,
    async_should_expose,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    APIInstance,
    LLMContext,
    ToolInput,
    ToolResult,
    async_get_api,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from simulator import Printer

from ..conftest import MakePrinter, PassTime, SetUp, make_entry
from ..support.jobs import start_printing
from ..support.lookups import entity_id, restart

pytestmark = pytest.mark.usefixtures("assist")

BY_DEFAULT = {
    "get_status",
    "get_temperatures",
    "list_files",
    "pause_print",
    "resume_print",
    "cancel_print",
    "set_light",
}


async def api(hass: HomeAssistant, user_id: str | None = None) -> APIInstance:
    """Return what an assistant offers to a language model."""
    return await async_get_api(
        hass,
        LLM_API_ASSIST,
        LLMContext(
            platform="test",
            context=Context(user_id=user_id),
            language="en",
            assistant="conversation",
            device_id=None,
        ),
    )


def ours(instance: APIInstance) -> set[str]:
    """Return the names of our tools."""
    return {
        tool.name.removeprefix("flashforge__")
        for tool in instance.tools
        if tool.integration == "flashforge"
    }


async def use(
    hass: HomeAssistant,
    pass_time: PassTime,
    tool: str,
    user_id: str | None = None,
    **arguments: Any,
) -> ToolResult:
    """Call a tool of ours, and let time pass until it answers."""
    instance = await api(hass, user_id)
    call = asyncio.ensure_future(
        instance.async_call_tool(ToolInput(f"flashforge__{tool}", arguments))
    )
    for _ in range(60):
        if call.done():
            break
        await pass_time(1, during_a_call=True)
    return await call


def expose(hass: HomeAssistant, entry: MockConfigEntry, exposed: bool) -> None:
    """Expose all entities of a printer, or none."""
    for entity in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id):
        async_expose_entity(hass, "conversation", entity.entity_id, exposed)


def limited(hass: HomeAssistant, policy: Mapping[str, Any]) -> MockUser:
    """Return a person with a policy about entities."""
    user = MockUser(groups=[]).add_to_hass(hass)
    user.permissions = PolicyPermissions(
        {"entities": policy}, PermissionLookup(er.async_get(hass), dr.async_get(hass))
    )
    return user


@pytest.fixture
async def printing(
    printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    """Let the printer print."""
    start_printing(printer)
    await pass_time(20)


async def test_a_start_has_to_be_exposed(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    assert ours(await api(hass)) == BY_DEFAULT
    button = entity_id(hass, "button", printer, "print_selected_file")
    assert not async_should_expose(hass, "conversation", button)
    async_expose_entity(hass, "conversation", button, True)
    assert ours(await api(hass)) == BY_DEFAULT | {"start_print"}


@pytest.mark.parametrize("new", [True, False])
async def test_a_new_printer_is_exposed_as_new_entities_are(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    new: bool,
) -> None:
    hass.data[DATA_EXPOSED_ENTITIES].async_set_expose_new_entities("conversation", new)
    await set_up(entry)
    status = entity_id(hass, "sensor", printer, "status")
    assert async_should_expose(hass, "conversation", status) is new

    # Home Assistant asks once; what a person decides stays.
    async_expose_entity(hass, "conversation", status, not new)
    await restart(hass, entry)
    assert async_should_expose(hass, "conversation", status) is not new


async def test_a_printer_that_is_not_exposed_is_not_there(
    hass: HomeAssistant, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    before = await api(hass)
    expose(hass, loaded, exposed=False)
    assert ours(await api(hass)) == set()
    # What got its tools before does not get any further with them.
    result = await before.async_call_tool(ToolInput("flashforge__get_status", {}))
    assert result.error
    assert "not clear which printer" in str(result.data["error"])


async def test_a_light_that_is_hidden_meanwhile_stays_as_it_is(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    before = await api(hass)
    light = entity_id(hass, "light", printer, "light")
    async_expose_entity(hass, "conversation", light, False)
    assert "set_light" not in ours(await api(hass))
    asked = len(printer.requests)
    call = ToolInput("flashforge__set_light", {"on": True})
    result = await before.async_call_tool(call)
    assert "is not exposed" in str(result.data["error"])
    assert len(printer.requests) == asked


async def test_honest_annotations(hass: HomeAssistant, loaded: MockConfigEntry) -> None:
    expose(hass, loaded, exposed=True)
    tools = {
        tool.name.removeprefix("flashforge__"): tool.annotations
        for tool in (await api(hass)).tools
        if tool.integration == "flashforge"
    }
    assert {name for name, each in tools.items() if each.read_only} == {
        "get_status",
        "get_temperatures",
        "list_files",
    }
    assert {name for name, each in tools.items() if each.destructive} == {
        "start_print",
        "cancel_print",
    }
    assert {name for name, each in tools.items() if not each.idempotent} == {
        "start_print"
    }
    assert not any(each.open_world for each in tools.values())


@pytest.mark.usefixtures("printing")
async def test_status_of_a_print(hass: HomeAssistant, pass_time: PassTime) -> None:
    result = await use(hass, pass_time, "get_status")
    assert not result.error
    told = result.data
    assert told["status"] == "printing"
    assert told["file"]
    assert isinstance(told["minutes_left"], int)
    assert {"nozzle", "bed"} <= set(told["temperatures"])
    assert [slot["slot"] for slot in told["slots"]] == [1, 2, 3, 4]
    assert not {"serial", "host", "check_code"} & set(told)


@pytest.mark.usefixtures("printing")
async def test_temperatures_of_a_print(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    told = (await use(hass, pass_time, "get_temperatures")).data
    bed, nozzle = printer.machine.bed, printer.machine.nozzles[0]
    for part, heater in (("bed", bed), ("nozzle", nozzle)):
        assert told[part]["target_celsius"] == heater.target
        assert told[part]["celsius"] == pytest.approx(heater.temperature, abs=2)
    assert set(told) <= {"bed", "nozzle", "chamber"}

    await printer.stop()
    await pass_time(120)
    told = (await use(hass, pass_time, "get_temperatures")).data
    assert told == {"status": "offline"}


@pytest.mark.usefixtures("printing")
async def test_pause_and_resume(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime
) -> None:
    result = await use(hass, pass_time, "pause_print")
    assert result.data["status"] in {"pausing", "paused"}
    await pass_time(30)
    result = await use(hass, pass_time, "resume_print")
    assert result.data["status"] in {"heating", "printing"}


@pytest.mark.usefixtures("printing")
async def test_a_cancel_needs_a_yes(hass: HomeAssistant, pass_time: PassTime) -> None:
    for arguments in ({}, {"confirmed": False}):
        result = await use(hass, pass_time, "cancel_print", **arguments)
        assert result.error
    assert (await use(hass, pass_time, "get_status")).data["status"] == "printing"
    result = await use(hass, pass_time, "cancel_print", confirmed=True)
    assert result.data["status"] in {"canceling", "canceled"}


async def test_nothing_to_pause(
    hass: HomeAssistant, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    result = await use(hass, pass_time, "pause_print")
    assert result.error
    assert isinstance(result.data["error"], str)


async def test_light(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    for on in (False, True):
        result = await use(hass, pass_time, "set_light", on=on)
        assert result.data == {"light_on": on}


async def test_a_file_is_found_by_a_part_of_its_name_and_printed(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    expose(hass, loaded, exposed=True)
    listed = (await use(hass, pass_time, "list_files")).data["files"]
    assert [each["file"] for each in listed] == [each.name for each in printer.files]
    wanted = str(listed[0]["file"])
    result = await use(hass, pass_time, "start_print", file=wanted, confirmed=False)
    assert result.error
    result = await use(
        hass, pass_time, "start_print", file="no such file", confirmed=True
    )
    assert "0 files" in str(result.data["error"])
    result = await use(
        hass, pass_time, "start_print", file=wanted.upper(), confirmed=True
    )
    assert not result.error, result.data
    assert result.data["file"] == wanted
    await pass_time(10)
    assert (await use(hass, pass_time, "get_status")).data["file"] == wanted


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize(
    ("policy", "reads"),
    [({}, False), ({"all": {POLICY_READ: True}}, True)],
    ids=["stranger", "guest"],
)
async def test_rights_of_the_person(
    hass: HomeAssistant,
    printer: Printer,
    pass_time: PassTime,
    policy: Mapping[str, Any],
    reads: bool,
) -> None:
    user = limited(hass, policy).id
    assert (await use(hass, pass_time, "get_status", user)).error is not reads
    result = await use(hass, pass_time, "pause_print", user)
    assert result.error
    assert ("not allowed to control" in str(result.data["error"])) is reads
    assert (await use(hass, pass_time, "get_status")).data["status"] == "printing"


@pytest.mark.usefixtures("printing")
async def test_who_was_given_the_printer_may_pause(
    hass: HomeAssistant, pass_time: PassTime
) -> None:
    user = limited(hass, {"all": {POLICY_READ: True, POLICY_CONTROL: True}}).id
    assert not (await use(hass, pass_time, "pause_print", user)).error


async def test_the_one_of_several_that_prints_is_meant(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    make_printer: MakePrinter,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    other = await make_printer("creator5", name="Big one")
    await set_up(make_entry(other))
    result = await use(hass, pass_time, "get_status")
    assert result.error, "a model has to name one of several"
    named = await use(hass, pass_time, "get_status", printer="Big one")
    assert not named.error
    assert "slots" in named.data
    wrong = await use(hass, pass_time, "get_status", printer="Kitchen")
    assert wrong.error


async def test_a_printer_that_is_off(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    await printer.stop()
    await pass_time(120)
    assert (await use(hass, pass_time, "get_status")).data == {"status": "offline"}
    assert (await use(hass, pass_time, "list_files")).error
