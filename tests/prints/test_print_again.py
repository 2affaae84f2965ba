"""Printing the last file again: from the same slots, or refused with a reason."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import Fault, JobOptions, Printer, StoredFile, Tool

from ..conftest import HTTP_MODELS
from ..support.jobs import RED, WHITE, load
from ..support.lookups import call, device_of, entity_id, has_entity, restart, state_of
from ..support.timing import Time

TWO_COLORS = (Tool("PLA", RED, 6.0), Tool("PLA", WHITE, 9.0))
TWO = StoredFile("two.3mf", print_seconds=1200, layers=80, tools=TWO_COLORS)

type Press = Callable[[], Awaitable[None]]
type Start = Callable[..., Awaitable[None]]
type Finish = Callable[[], Awaitable[None]]


@pytest.fixture
def press(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, time: Time
) -> Press:
    """Return what presses the button while time passes."""
    return lambda: time.passes_until(
        call(hass, "button", "press", printer, "print_again")
    )


@pytest.fixture
def start(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, time: Time
) -> Start:
    """Return what starts a stored file from Home Assistant."""

    async def run(name: str, **data: Any) -> None:
        target = {"device_id": device_of(hass, printer), "file_name": name}
        await time.passes_until(
            hass.services.async_call(
                DOMAIN, "print_file", {**target, **data}, blocking=True
            )
        )

    return run


@pytest.fixture
def finish(printer: Printer, time: Time) -> Finish:
    """Return what lets a print end and takes it off the plate."""

    async def run() -> None:
        await time.passes(300, step=5)
        if printer.machine.status not in {"completed", "canceled"}:
            printer.machine.finish_job()
        await time.passes(20)
        printer.machine.clear_plate()
        await time.passes(20)

    return run


def starts(printer: Printer) -> list[dict[str, Any]]:
    """Return what the printer was asked to start."""
    bodies = [each.body for each in printer.requests if each.path == "/printGcode"]
    assert all(isinstance(body, dict) for body in bodies)
    return [dict(body) for body in bodies if isinstance(body, dict)]


def key_of(raised: pytest.ExceptionInfo[HomeAssistantError]) -> str | None:
    """Return the translation key of an error."""
    assert raised.value.translation_domain == DOMAIN
    return raised.value.translation_key


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_what_the_screen_started_is_printed_again(
    printer: Printer,
    press: Press,
    finish: Finish,
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
) -> None:
    button = entity_registry.async_get(
        entity_id(hass, "button", printer, "print_again")
    )
    assert button is not None
    assert button.entity_category is EntityCategory.CONFIG
    load(printer, *["PLA"] * len(printer.machine.slots))
    name = f"one{printer.model.suffixes[0]}"
    printer.machine.store(StoredFile(name, print_seconds=1200, layers=80))
    printer.machine.start_job(name)
    await finish()

    await press()
    assert printer.machine.running_job is not None
    assert printer.machine.running_job.name == name
    assert len(starts(printer)) == 1


@pytest.mark.parametrize("over", [False, True])
async def test_the_same_slots_and_options(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    press: Press,
    start: Start,
    finish: Finish,
    over: bool,
) -> None:
    printer.machine.store(TWO)
    load(printer, "PLA", "PLA", "PLA", "PLA")
    # Not what would be matched: the red of the first tool is in the last slot.
    await start("two.3mf", slots={1: 2, 2: 3}, leveling=False, time_lapse=True)
    if over:
        await restart(hass, loaded)
    await finish()
    assert state_of(hass, "sensor", printer, "last_print").attributes["slots"] == [2, 3]
    if over:
        await restart(hass, loaded)
    await press()

    first, again = starts(printer)
    assert again == first
    mappings = again["materialMappings"]
    assert [(each["toolId"], each["slotId"]) for each in mappings] == [(0, 2), (1, 3)]
    assert again["levelingBeforePrint"] is False
    await finish()
    await press()
    assert starts(printer)[-1] == first, "and again"


async def test_slots_that_were_matched_stay(
    printer: Printer, press: Press, start: Start, finish: Finish
) -> None:
    printer.machine.store(TWO)
    load(printer, "PLA", "PLA", "PLA", "PLA")
    await start("two.3mf")
    await finish()
    # The first slot would match better now.
    slot = printer.machine.slot(1)
    assert slot is not None
    slot.color = RED
    await press()
    first, again = starts(printer)
    pairs = [
        [(each["toolId"], each["slotId"]) for each in body["materialMappings"]]
        for body in (first, again)
    ]
    assert pairs[0] == pairs[1]
    assert pairs[0][0] == (0, 4)


async def test_without_the_station_as_before(
    printer: Printer, press: Press, start: Start, finish: Finish
) -> None:
    load(printer, "PLA", "PLA", "PLA", "PLA")
    await start("FISH_PLA.3mf", materials="none")
    printer.machine.cancel()
    await finish()
    await press()
    first, again = starts(printer)
    assert again == first
    assert again["useMatlStation"] is False


async def test_what_the_screen_started_later_counts(
    printer: Printer, press: Press, start: Start, finish: Finish
) -> None:
    printer.machine.store(TWO)
    load(printer, "PLA", "PLA", "PLA", "PLA")
    await start("two.3mf", slots={1: 2, 2: 3})
    await finish()
    printer.machine.start_job("two.3mf", options=JobOptions(slots={0: 1, 1: 2}))
    await finish()
    await press()
    # Where these slots lay is not known, so the best ones are matched.
    mappings = starts(printer)[-1]["materialMappings"]
    assert [(each["toolId"], each["slotId"]) for each in mappings] == [(0, 4), (1, 2)]


# Refusals


def _leave_print(printer: Printer) -> None:
    printer.machine.start_job("two.3mf")
    printer.machine.finish_warm_up()
    printer.machine.finish_job()


def _start(printer: Printer) -> None:
    printer.machine.start_job("two.3mf")


def _fail(printer: Printer) -> None:
    printer.machine.set_error("E0009")


def _delete(printer: Printer) -> None:
    printer.files = [each for each in printer.files if each.name != "two.3mf"]


def _other_material(printer: Printer) -> None:
    load(printer, "PLA", "PETG", "PLA", "PLA")


def _empty(printer: Printer) -> None:
    load(printer, "PLA", "", "PLA", "PLA")


def _unplug(printer: Printer) -> None:
    printer.machine.station_connected = False


def _other_file(printer: Printer) -> None:
    tools = (Tool("PETG", RED, 6.0), Tool("PLA", WHITE, 9.0))
    printer.machine.store(replace(TWO, tools=tools))


def _load_filament(printer: Printer) -> None:
    printer.machine.load(1)


@pytest.mark.parametrize(
    ("prepare", "key"),
    [
        (_leave_print, "plate_occupied"),
        (_start, "not_ready"),
        (_fail, "error_active"),
        (_delete, "file_missing"),
        (_other_material, "slot_mismatch"),
        (_empty, "chosen_slot_empty"),
        (_unplug, "station_needed"),
        (_other_file, "slot_mismatch"),
        (_load_filament, "not_ready"),
    ],
)
async def test_refusals(
    printer: Printer,
    press: Press,
    start: Start,
    finish: Finish,
    prepare: Callable[[Printer], None],
    key: str,
) -> None:
    printer.machine.store(TWO)
    load(printer, "PLA", "PLA", "PLA", "PLA")
    await start("two.3mf", slots={1: 2, 2: 3})
    await finish()
    prepare(printer)
    with pytest.raises(HomeAssistantError) as raised:
        await press()
    assert key_of(raised) == key
    assert len(starts(printer)) == 1, "only the first one was sent"


async def test_without_a_last_print(printer: Printer, press: Press) -> None:
    with pytest.raises(ServiceValidationError) as raised:
        await press()
    assert key_of(raised) == "no_last_print"
    assert starts(printer) == []


async def test_materials_that_cannot_be_matched(
    printer: Printer, press: Press, finish: Finish
) -> None:
    printer.machine.store(TWO)
    load(printer, "PLA", "PLA", "PLA", "PLA")
    printer.machine.start_job("two.3mf")
    await finish()
    load(printer, "PETG", "PETG", "PETG", "PETG")
    with pytest.raises(ServiceValidationError) as raised:
        await press()
    assert key_of(raised) == "material_mismatch"
    assert starts(printer) == []


async def test_an_offline_printer_cannot_print(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    press: Press,
    start: Start,
    finish: Finish,
    time: Time,
) -> None:
    await start("FISH_PLA.3mf", materials="none")
    printer.machine.cancel()
    await finish()
    printer.faults.add(Fault.REFUSE)
    with pytest.raises(HomeAssistantError):
        await press()
    await time.passes(60)
    again = state_of(hass, "button", printer, "print_again")
    assert again.state == "unavailable"
    assert state_of(hass, "sensor", printer, "last_print").state == "FISH_PLA.3mf"
    assert len(starts(printer)) == 1


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_the_file_describes_no_tools(
    printer: Printer, press: Press, start: Start, finish: Finish
) -> None:
    printer.machine.store(TWO)
    load(printer, "PLA", "PLA", "PLA", "PLA")
    await start("two.3mf", slots={1: 2, 2: 3})
    await finish()
    load(printer, "PLA", "PLA", "PETG", "PLA")
    with pytest.raises(ServiceValidationError) as raised:
        await press()
    assert key_of(raised) == "slot_mismatch"
    load(printer, "PLA", "PLA", "PLA", "PLA")
    await press()
    first, again = starts(printer)
    assert again == first


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_firmware_that_ignores_the_start(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    press: Press,
    finish: Finish,
) -> None:
    printer.quirks = replace(printer.quirks, starts_stored_files=False)
    load(printer, "PLA", "PLA", "PLA", "PLA")
    printer.machine.store(StoredFile("one.3mf", print_seconds=1200, layers=80))
    printer.machine.start_job("one.3mf")
    await finish()
    assert not has_entity(hass, "button", printer, "print_selected_file")
    with pytest.raises(HomeAssistantError) as raised:
        await press()
    assert key_of(raised) == "start_ignored"
    with pytest.raises(ServiceValidationError) as refused:
        await press()
    assert key_of(refused) == "start_ignored_before"
    assert len(starts(printer)) == 1
