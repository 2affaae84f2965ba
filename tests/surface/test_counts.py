"""How much an owner sees, counted for each model."""

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import Printer

from ..conftest import HTTP_MODELS, SetUp
from ..support.glance import primary
from ..support.lookups import entity_id, has_entity

MOST_PRIMARY = {
    "5m": 20,
    "5m_pro": 20,
    "ad5x": 20,
    "creator5": 24,
    "creator5_pro": 24,
}

SETTINGS = (
    ("button", "clear_plate"),
    ("button", "clear_error"),
    ("button", "print_selected_file"),
    ("button", "print_again"),
    ("button", "cancel_upload"),
    ("button", "cancel_filament"),
    ("fan", "part_fan"),
    ("number", "nozzle_target"),
    ("number", "bed_target"),
    ("number", "print_speed_factor"),
    ("number", "z_offset"),
    ("select", "print_file"),
    ("select", "slot_1_material"),
    ("switch", "auto_power_off"),
)


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_few_entities_are_primary(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, model: str
) -> None:
    shown = primary(hass, loaded)
    assert len(shown) <= MOST_PRIMARY[model], shown
    for platform, key in (
        ("sensor", "status"),
        ("sensor", "progress"),
        ("sensor", "remaining_time"),
        ("sensor", "finish_time"),
        ("sensor", "file"),
        ("sensor", "bed_temperature"),
        ("image", "job_thumbnail"),
        ("button", "pause"),
        ("button", "resume"),
        ("button", "cancel"),
        ("binary_sensor", "problem"),
        ("binary_sensor", "plate_occupied"),
    ):
        assert entity_id(hass, platform, printer, key) in shown


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_what_changes_a_print_is_a_setting(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
) -> None:
    settings = [
        each for each in SETTINGS if has_entity(hass, each[0], printer, each[1])
    ]
    assert len(settings) > 5
    for platform, key in settings:
        found = entity_registry.async_get(entity_id(hass, platform, printer, key))
        assert found is not None
        assert found.entity_category is EntityCategory.CONFIG


@pytest.mark.parametrize("known", [True, False])
async def test_what_is_off_at_first_stays_on_where_it_was_on(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    entity_registry: er.EntityRegistry,
    known: bool,
) -> None:
    entry.add_to_hass(hass)
    if known:
        entity_registry.async_get_or_create(
            "binary_sensor",
            DOMAIN,
            f"{printer.serial}_printing",
            config_entry=entry,
            suggested_object_id="old_name",
        )

    await set_up(entry)

    found = entity_registry.async_get(
        entity_id(hass, "binary_sensor", printer, "printing")
    )
    assert found is not None
    assert (found.disabled_by is None) is known
    state = hass.states.get("binary_sensor.old_name")
    assert (state is not None and state.state == "off") is known
