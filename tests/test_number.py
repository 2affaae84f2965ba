"""Numbers and fans: a new value takes effect, or an error explains why not."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from .conftest import HTTP_MODELS, PassTime
from .support.lookups import call, state_of

SPEED = "print_speed_factor"
STEPPED = ["creator5", "creator5_pro"]

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default", "loaded")


@pytest.fixture(autouse=True)
async def printing(
    printer: Printer, pass_time: PassTime, loaded: MockConfigEntry
) -> None:
    """Let the printer print, and Home Assistant show it."""
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(16)


async def set_speed(hass: HomeAssistant, printer: Printer, value: float) -> None:
    await call(hass, "number", "set_value", printer, SPEED, value=value)


@pytest.mark.parametrize("model", STEPPED)
async def test_a_speed_between_the_steps_is_refused_with_those_taken(
    hass: HomeAssistant, printer: Printer
) -> None:
    before = printer.commands
    for value in (51.5, 80, 98.5, 110, 123, 127, 150, 160):
        with pytest.raises(ServiceValidationError) as caught:
            await set_speed(hass, printer, value)
        assert caught.value.translation_key == "speed_not_taken"
        assert f"{value} %" in str(caught.value)
        assert "50, 100, 125, 166" in str(caught.value)
    assert printer.commands == before
    assert printer.machine.speed_factor == 100


@pytest.mark.parametrize("model", STEPPED)
async def test_a_step_is_taken(hass: HomeAssistant, printer: Printer) -> None:
    for value, taken in ((50, 50), (124, 125), (166, 166), (126, 125), (100, 100)):
        await set_speed(hass, printer, value)
        assert printer.machine.speed_factor == taken
        assert state_of(hass, "number", printer, SPEED).state == str(taken)


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_steps_are_typed_and_ranges_are_slid(
    hass: HomeAssistant, printer: Printer
) -> None:
    shown = state_of(hass, "number", printer, SPEED).attributes
    assert shown["mode"] == ("box" if printer.model.speeds.steps else "auto")
    assert (shown["min"], shown["max"]) == (
        50,
        {"ad5x": 500, "creator5": 166, "creator5_pro": 166}.get(printer.model.key, 150),
    )


@pytest.mark.parametrize("model", ["5m", "5m_pro", "ad5x"])
async def test_one_percent_is_a_change(hass: HomeAssistant, printer: Printer) -> None:
    for value in (101, 102, 100, 99, 50, 150):
        await set_speed(hass, printer, value)
        assert printer.machine.speed_factor == value
        assert state_of(hass, "number", printer, SPEED).state == str(value)


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_one_percent_of_a_fan_is_a_change(
    hass: HomeAssistant, printer: Printer
) -> None:
    for wanted in (40, 41, 43, 42, 40):
        await call(
            hass, "fan", "set_percentage", printer, "part_fan", percentage=wanted
        )
        assert printer.machine.part_fan == wanted


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_what_is_in_force_is_not_sent_again(
    hass: HomeAssistant, printer: Printer
) -> None:
    await set_speed(hass, printer, 125)
    before = printer.commands
    await set_speed(hass, printer, 125)
    assert printer.commands == before


NUMBERS = ("bed_target", SPEED, "z_offset")


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_both_ends_of_a_number_take_effect(
    hass: HomeAssistant, printer: Printer
) -> None:
    """What a number offers is sent as it is, neither clamped nor rounded."""
    several = printer.model.tools > 1
    for key in ("nozzle_1_target" if several else "nozzle_target", *NUMBERS):
        for end in ("max", "min"):
            wanted = state_of(hass, "number", printer, key).attributes[end]
            await call(hass, "number", "set_value", printer, key, value=wanted)
            assert float(state_of(hass, "number", printer, key).state) == wanted
        with pytest.raises(ServiceValidationError):
            await call(hass, "number", "set_value", printer, key, value=9999)
