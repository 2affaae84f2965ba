"""The buttons that cool a printer down and that let its light blink."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from .conftest import HTTP_MODELS
from .support.jobs import start_printing
from .support.lookups import call, has_entity, state_of
from .support.timing import Time


def targets(printer: Printer) -> list[float]:
    """Return the targets of all heaters of a printer."""
    machine = printer.machine
    heaters = [*machine.nozzles, machine.bed, machine.chamber]
    return [each.target for each in heaters if each is not None]


async def press(hass: HomeAssistant, printer: Printer, time: Time, key: str) -> None:
    await time.passes_until(call(hass, "button", "press", printer, key))


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_cool_down_switches_every_heater_off(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    machine = printer.machine
    for nozzle in machine.nozzles:
        nozzle.target = 200
    machine.bed.target = 60
    if machine.chamber is not None and printer.model.chamber_max:
        machine.chamber.target = 50
    assert any(targets(printer))
    await press(hass, printer, time, "cool_down")
    assert not any(targets(printer))
    sent = printer.commands
    await press(hass, printer, time, "cool_down")
    assert printer.commands == sent, "what is off is not switched off again"


@pytest.mark.parametrize("paused", [False, True])
async def test_a_job_keeps_its_heat(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    paused: bool,
) -> None:
    start_printing(printer)
    if paused:
        printer.machine.pause()
    before = targets(printer)
    assert any(before)
    with pytest.raises(ServiceValidationError) as caught:
        await press(hass, printer, time, "cool_down")
    assert caught.value.translation_key == "job_runs"
    assert targets(printer) == before


async def test_filament_on_its_way_keeps_its_heat(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    printer.machine.load(2)
    with pytest.raises(ServiceValidationError) as caught:
        await press(hass, printer, time, "cool_down")
    assert caught.value.translation_key == "station_busy"
    assert any(targets(printer))


class Lamp:
    """Keeps what a light was switched to."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer

    @property
    def switched(self) -> list[bool]:
        """Every switching so far."""
        bodies = [each.body for each in self._printer.requests]
        payloads = [body.get("payload") for body in bodies if isinstance(body, dict)]
        return [
            payload["args"]["status"] == "open"
            for payload in payloads
            if payload and payload["cmd"] == "lightControl_cmd"
        ]


@pytest.mark.parametrize("model", ["5m_pro", "creator5"])
@pytest.mark.parametrize("was", [True, False])
async def test_identify_blinks_and_leaves_the_light_as_it_was(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    was: bool,
) -> None:
    # Home Assistant has seen the other state: only a fresh one is right.
    printer.machine.light = was
    shown = state_of(hass, "button", printer, "identify")
    assert shown.attributes["device_class"] == "identify"
    await press(hass, printer, time, "identify")
    assert Lamp(printer).switched == [not was, was] * 3
    assert printer.machine.light is was


@pytest.mark.parametrize("model", ["creator5"])
async def test_identify_again_while_it_blinks(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    first = hass.async_create_task(call(hass, "button", "press", printer, "identify"))
    await time.settle()
    assert printer.machine.light is False
    await press(hass, printer, time, "identify")
    await time.passes_until(first)
    assert Lamp(printer).switched == [False, True] * 3
    assert printer.machine.light is True


@pytest.mark.parametrize("model", ["creator5"])
async def test_identify_that_is_interrupted_leaves_the_light_as_it_was(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    first = hass.async_create_task(call(hass, "button", "press", printer, "identify"))
    await time.settle()
    assert printer.machine.light is False
    await hass.config_entries.async_unload(loaded.entry_id)
    with pytest.raises(HomeAssistantError):
        await time.passes_until(first)
    assert printer.machine.light is True


@pytest.mark.parametrize("model", ["ad5x"])
async def test_no_light_nothing_to_identify_with(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    assert not has_entity(hass, "light", printer, "light")
    assert has_entity(hass, "button", printer, "cool_down")
    assert not has_entity(hass, "button", printer, "identify")
