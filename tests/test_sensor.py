"""What sensors show: a slot its spool, an error its words."""

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers.template import Template
from homeassistant.helpers.translation import async_get_translations
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import Printer

from .conftest import PassTime
from .support.lookups import state_of


@pytest.mark.parametrize("model", ["ad5x", "creator5_pro"])
async def test_an_empty_slot_shows_no_material(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    shown = state_of(hass, "sensor", printer, "slot_2")
    assert shown.state == printer.machine.slots[1].material
    assert shown.attributes["color"] is not None

    printer.machine.slots[1].has_filament = False
    await pass_time(16)

    shown = state_of(hass, "sensor", printer, "slot_2")
    assert shown.state == STATE_UNKNOWN
    assert shown.attributes["color"] is None
    assert shown.attributes["loaded"] is False

    printer.machine.slots[1].has_filament = True
    await pass_time(16)

    assert state_of(hass, "sensor", printer, "slot_2").state != STATE_UNKNOWN


@pytest.mark.parametrize(
    ("model", "code", "key"),
    [
        ("ad5x", "E0029", "e0029_clearable"),
        ("5m", "E0029", "e0029"),
        ("5m_pro", "E0012", "e0012"),
        ("creator5_pro", "E0012", "e0012_tool_changer"),
    ],
)
async def test_an_error_shows_its_cause_and_what_to_do(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    code: str,
    key: str,
) -> None:
    printer.machine.fail(code)
    await pass_time(16)

    shown = state_of(hass, "sensor", printer, "error")
    assert shown.state == key
    assert shown.attributes["code"] == code
    words = {
        name: Template(
            f"{{{{ state_attr_translated('{shown.entity_id}', '{name}') }}}}", hass
        ).async_render()
        for name in ("cause", "cure")
    }
    texts = await async_get_translations(hass, "en", "entity", {DOMAIN})
    for name, text in words.items():
        path = f"entity.sensor.error.state_attributes.{name}.state.{key}"
        assert text == texts[f"component.{DOMAIN}.{path}"]


async def test_an_unknown_code_shows_nothing_but_itself(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.fail("E0999")
    await pass_time(16)

    shown = state_of(hass, "sensor", printer, "error")
    assert shown.state == STATE_UNKNOWN
    assert shown.attributes["code"] == "E0999"
    assert shown.attributes["cause"] is None
    assert shown.attributes["cure"] is None
