"""What sensors show: a slot its spool, an error its words."""

from urllib.parse import unquote

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.template import Template
from homeassistant.helpers.translation import async_get_translations
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.sensor_spool_rows import swatch
from simulator import Printer

from .conftest import PassTime, SetUp
from .support.jobs import start_printing
from .support.lookups import state_of


@pytest.mark.parametrize("model", ["ad5x", "creator5_pro"])
async def test_a_slot_shows_material_color_and_a_swatch(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    slot = printer.machine.slots[1]
    slot.material, slot.color = "PLA", "#F98D33"
    await pass_time(16)
    shown = state_of(hass, "sensor", printer, "slot_2")
    assert shown.state == "PLA · Orange"
    assert shown.attributes["material"] == "PLA"
    assert shown.attributes["color"] == "#F98D33"
    assert shown.attributes["color_name"] == "orange"
    begin, _, drawing = shown.attributes["entity_picture"].partition(",")
    assert begin == "data:image/svg+xml"
    # Nothing in it ends an address in CSS or HTML.
    assert not set(drawing) & set("()'\"<> #;")
    assert "fill='#F98D33'" in unquote(drawing)

    slot.has_filament = False
    await pass_time(16)

    shown = state_of(hass, "sensor", printer, "slot_2")
    assert shown.state == "empty"
    assert {shown.attributes[key] for key in ("material", "color", "color_name")} == {
        None
    }
    assert "entity_picture" not in shown.attributes
    assert shown.attributes["loaded"] is False
    texts = await async_get_translations(hass, "en", "entity", [DOMAIN])
    assert texts["component.flashforge.entity.sensor.slot.state.empty"] == "Empty"

    slot.has_filament, slot.color = True, "#FFFFFF"
    await pass_time(16)

    shown = state_of(hass, "sensor", printer, "slot_2")
    assert shown.state == "PLA · White"
    await printer.stop()
    await pass_time(60)
    assert (
        "entity_picture" not in state_of(hass, "sensor", printer, "slot_2").attributes
    )


@pytest.mark.parametrize(
    "color", [None, "", "red", "#12345", "url(x)", "#12345G", "#F98D33'/><script>"]
)
def test_only_a_color_has_a_swatch(color: str | None) -> None:
    assert swatch(color) is None


@pytest.mark.parametrize("model", ["5m"])
async def test_durations_are_shown_to_the_minute(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    def as_frontend(key: str) -> tuple[int, int]:
        """Return hours and minutes as Home Assistant's frontend calculates them."""
        shown = state_of(hass, "sensor", printer, key)
        assert shown.attributes["unit_of_measurement"] == "h"
        options = entity_registry.async_get(shown.entity_id).options["sensor"]
        exact = round(float(shown.state), options["suggested_display_precision"])
        return int(exact), int(60 * (exact - int(exact)))

    entity_registry = er.async_get(hass)
    start_printing(printer)
    seen = set()
    for _ in range(35):
        await pass_time(60, step=5)
        elapsed = loaded.runtime_data.data.job.elapsed
        assert as_frontend("elapsed_time") == (0, elapsed // 60)
        seen.add(as_frontend("remaining_time"))
    assert len(seen) > 30


@pytest.mark.parametrize("model", ["5m"])
async def test_durations_of_an_existing_installation_stay_in_minutes(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    pass_time: PassTime,
    entity_registry: er.EntityRegistry,
) -> None:
    entry.add_to_hass(hass)
    known = entity_registry.async_get_or_create(
        "sensor", DOMAIN, f"{printer.serial}_elapsed_time", config_entry=entry
    )
    entity_registry.async_update_entity_options(
        known.entity_id, "sensor.private", {"suggested_unit_of_measurement": "min"}
    )
    await set_up(entry)
    start_printing(printer)
    await pass_time(310)

    shown = hass.states.get(known.entity_id)
    assert shown is not None
    assert shown.attributes["unit_of_measurement"] == "min"
    assert float(shown.state) == pytest.approx(5, abs=0.01)


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
