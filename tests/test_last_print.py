"""What the last print was, over restarts, offline printers and ends that nobody saw."""

from typing import Any

from homeassistant.const import STATE_UNKNOWN, EntityCategory
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import JobOptions, Printer, StoredFile, Tool

from .conftest import HTTP_MODELS, PassTime, SetUp
from .support.jobs import load, start_printing
from .support.lookups import call, device_of, entity_id, restart, state_of
from .support.timing import Time


def last(hass: HomeAssistant, printer: Printer) -> State:
    """Return what is shown of the last print."""
    return state_of(hass, "sensor", printer, "last_print")


def known(state: State) -> dict[str, Any]:
    """Return what is known about it."""
    names = ("result", "start", "end", "duration", "filament_weight", "slots")
    return {key: state.attributes[key] for key in names if key in state.attributes}


def moment(state: State, name: str) -> float:
    """Return a time of it in seconds."""
    found = dt_util.parse_datetime(state.attributes[name])
    assert found is not None
    return found.timestamp()


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_print_is_kept_until_the_next_one_ends(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    entity_registry: er.EntityRegistry,
) -> None:
    entry = entity_registry.async_get(entity_id(hass, "sensor", printer, "last_print"))
    assert entry is not None
    assert entry.entity_category is EntityCategory.DIAGNOSTIC
    await pass_time(20)
    assert last(hass, printer).state == STATE_UNKNOWN
    assert known(last(hass, printer)) == {}

    began = dt_util.utcnow().timestamp()
    start_printing(printer)
    job = printer.machine.job
    assert job is not None
    await pass_time(60)
    assert last(hass, printer).state == STATE_UNKNOWN
    printer.machine.finish_job()
    await pass_time(20)

    shown = last(hass, printer)
    assert shown.state == job.name
    assert shown.attributes["result"] == "finished"
    assert shown.attributes["filament_weight"] == pytest.approx(
        job.file.filament_g, abs=0.01
    )
    assert shown.attributes["duration"] == pytest.approx(int(job.elapsed), abs=1)
    assert moment(shown, "start") == pytest.approx(began, abs=20)
    assert moment(shown, "end") == pytest.approx(began + 60, abs=20)

    printer.machine.clear_plate()
    await restart(hass, loaded)
    await pass_time(20)
    other = printer.files[1].name
    printer.machine.start_job(other)
    printer.machine.finish_warm_up()
    await pass_time(20)
    assert last(hass, printer).attributes == shown.attributes
    assert last(hass, printer).state == job.name
    printer.machine.cancel()
    await pass_time(30)
    assert last(hass, printer).state == other
    assert last(hass, printer).attributes["result"] == "canceled"


async def test_it_stays_while_the_printer_is_off_over_a_restart(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    start_printing(printer)
    await pass_time(30)
    printer.machine.finish_job()
    await pass_time(20)
    before = last(hass, printer)
    assert before.attributes["result"] == "finished"

    await printer.stop()
    await pass_time(200)
    assert state_of(hass, "sensor", printer, "status").state == "offline"
    assert last(hass, printer).state == before.state
    await restart(hass, loaded)
    await pass_time(200)

    assert state_of(hass, "sensor", printer, "status").state == "offline"
    assert last(hass, printer).state == before.state
    assert last(hass, printer).attributes == before.attributes


async def test_a_print_that_ended_while_home_assistant_was_off(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    time: Time,
) -> None:
    start_printing(printer)
    await pass_time(30)
    assert await hass.config_entries.async_unload(loaded.entry_id)
    job = printer.machine.job
    assert job is not None
    printer.machine.finish_job()
    await time.passes(600)
    assert await hass.config_entries.async_setup(loaded.entry_id)
    await pass_time(20)

    shown = known(last(hass, printer))
    assert last(hass, printer).state == job.name
    assert shown["result"] == "finished"
    assert shown["filament_weight"] == pytest.approx(job.file.filament_g, abs=0.01)
    assert {"start", "duration"} <= set(shown)
    assert "end" not in shown, "it is not known when it ended"


async def test_a_print_whose_plate_was_cleared_meanwhile(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    time: Time,
) -> None:
    start_printing(printer)
    await pass_time(30)
    assert await hass.config_entries.async_unload(loaded.entry_id)
    job = printer.machine.job
    assert job is not None
    printer.machine.finish_job()
    printer.machine.clear_plate()
    await time.passes(600)
    assert await hass.config_entries.async_setup(loaded.entry_id)
    await pass_time(20)

    shown = known(last(hass, printer))
    assert last(hass, printer).state == job.name
    assert shown["result"] == "ended"
    assert set(shown) <= {"result", "start", "slots"}, "the rest is not known"


async def test_a_print_that_nobody_saw_begin(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    time: Time,
) -> None:
    await pass_time(20)
    assert await hass.config_entries.async_unload(loaded.entry_id)
    start_printing(printer)
    job = printer.machine.job
    assert job is not None
    await time.passes(600)
    printer.machine.finish_job()
    assert await hass.config_entries.async_setup(loaded.entry_id)
    await pass_time(20)

    shown = known(last(hass, printer))
    assert last(hass, printer).state == job.name
    assert shown["result"] == "finished"
    assert not {"start", "end", "slots"} & set(shown)


async def test_what_lies_on_the_plate_of_a_new_printer(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    start_printing(printer)
    job = printer.machine.job
    assert job is not None
    printer.machine.finish_job()
    await set_up(entry)
    await pass_time(20)

    assert last(hass, printer).state == job.name
    assert known(last(hass, printer))["result"] == "finished"
    assert not {"start", "end"} & set(known(last(hass, printer)))
    event = state_of(hass, "event", printer, "print")
    assert event.state == STATE_UNKNOWN, "nothing has happened"


async def test_a_print_that_failed(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    start_printing(printer)
    job = printer.machine.job
    assert job is not None
    await pass_time(900)
    printer.machine.fail("E0101")
    await pass_time(30)
    assert last(hass, printer).state == STATE_UNKNOWN, "it may be continued"
    printer.machine.cancel()
    await pass_time(30)

    shown = known(last(hass, printer))
    assert shown["result"] == "failed"
    assert 0 < shown["filament_weight"] < job.file.filament_g


@pytest.mark.parametrize("model", ["ad5x", "creator5"])
async def test_the_slots_that_were_seen(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    load(printer, "PLA", "PLA", "PLA", "PLA")
    file = StoredFile("one color.3mf", print_seconds=1200, layers=80)
    printer.machine.store(file)
    printer.machine.start_job(file.name, options=JobOptions(slots={0: 3}))
    printer.machine.finish_warm_up()
    await pass_time(60)
    await restart(hass, loaded)
    printer.machine.finish_job()
    await pass_time(20)
    assert last(hass, printer).attributes["slots"] == [3]


@pytest.mark.parametrize("over", [False, True])
async def test_the_slots_that_it_was_started_with(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    time: Time,
    over: bool,
) -> None:
    name = "two colors.3mf"
    tools = (Tool("PLA", "#FFFFFF", 6.0), Tool("PLA", "#F72224", 9.0))
    printer.machine.store(StoredFile(name, print_seconds=1200, layers=80, tools=tools))
    load(printer, "PLA", "PLA", "PLA", "PLA")
    await time.passes_until(
        hass.services.async_call(
            DOMAIN,
            "print_file",
            {
                "device_id": device_of(hass, printer),
                "file_name": name,
                "slots": {1: 3, 2: 1},
            },
            blocking=True,
        )
    )
    await pass_time(20)
    if over:
        await restart(hass, loaded)
    await time.passes_until(call(hass, "button", "press", printer, "cancel"))
    await pass_time(20)
    assert last(hass, printer).state == name
    assert last(hass, printer).attributes["slots"] == [1, 3]
