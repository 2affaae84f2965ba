"""Unavailable means that the printer does not answer, and nothing else."""

from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from ..conftest import HTTP_MODELS, PassTime
from ..support.glance import enabled, unavailable
from ..support.jobs import start_printing
from ..support.lookups import call, call_while, entity_id, has_entity, state_of

OF_THE_JOB = (
    "progress",
    "current_layer",
    "total_layers",
    "elapsed_time",
    "remaining_time",
    "finish_time",
    "print_speed",
    "filament_used",
    "filament_weight_used",
    "job_filament",
    "job_filament_weight",
    "infill",
)

STAYS = {
    ("sensor", "status"),
    ("sensor", "offline_reason"),
    ("sensor", "file"),
    ("sensor", "last_print"),
    ("sensor", "lifetime_print_time"),
    ("sensor", "lifetime_filament"),
    ("binary_sensor", "connectivity"),
    ("image", "job_thumbnail"),
    ("event", "print"),
}
"""What is shown of a printer that is off."""


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_printer_that_answers_has_no_orange_mark(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    assert unavailable(hass, loaded) == []

    start_printing(printer)
    await pass_time(31)
    assert unavailable(hass, loaded) == []

    printer.machine.pause()
    await pass_time(31)
    assert unavailable(hass, loaded) == []

    printer.machine.cancel()
    await pass_time(31)
    assert unavailable(hass, loaded) == []


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_printer_that_is_off_keeps_its_last_print_and_counters(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    assert state_of(hass, "sensor", printer, "offline_reason").state == "none"
    await printer.stop()
    await pass_time(60)

    stays = {entity_id(hass, *each_of(printer, each)) for each in STAYS}
    marks = {each.entity_id for each in enabled(hass, loaded)} - stays
    assert set(unavailable(hass, loaded)) == marks
    assert state_of(hass, "sensor", printer, "status").state == "offline"
    assert state_of(hass, "sensor", printer, "offline_reason").state == "unreachable"


def each_of(printer: Printer, each: tuple[str, str]) -> tuple[Any, ...]:
    """Return what names an entity of a printer."""
    platform, key = each
    return platform, printer, key


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_values_of_a_job_that_does_not_exist_are_unknown(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    def shown() -> set[str]:
        return {
            state_of(hass, "sensor", printer, key).state
            for key in OF_THE_JOB
            if has_entity(hass, "sensor", printer, key)
        }

    assert shown() == {"unknown"}

    start_printing(printer)
    await pass_time(301)
    assert "unknown" not in shown()

    printer.machine.finish_job()
    await pass_time(31)
    assert state_of(hass, "sensor", printer, "progress").state == "100"

    printer.machine.clear_plate()
    await pass_time(31)
    assert shown() == {"unknown"}


@pytest.mark.parametrize("model", ["ad5x"])
async def test_a_select_that_may_not_be_changed_shows_its_value(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    before = state_of(hass, "select", printer, "slot_1_material").state
    start_printing(printer)
    await pass_time(31)
    assert state_of(hass, "select", printer, "slot_1_material").state == before


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_switching_off_what_is_off_is_no_error(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    await call(hass, "fan", "turn_off", printer, "part_fan")
    await call(hass, "light", "turn_off", printer, "light")
    await call_while(call(hass, "light", "turn_on", printer, "light"), pass_time, 10)
    await call_while(call(hass, "light", "turn_on", printer, "light"), pass_time, 10)
    assert state_of(hass, "light", printer, "light").state == "on"
    start_printing(printer)
    await pass_time(31)
    setting = call(hass, "fan", "set_percentage", printer, "part_fan", percentage=40)
    await call_while(setting, pass_time, 10)
    asked = len(printer.commands)

    await call(hass, "fan", "turn_on", printer, "part_fan")

    assert len(printer.commands) == asked
    assert state_of(hass, "fan", printer, "part_fan").attributes["percentage"] == 40
