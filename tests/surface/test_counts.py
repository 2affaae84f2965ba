"""How much an owner sees, counted for each model."""

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_system import (
    METRIC_SYSTEM,
    US_CUSTOMARY_SYSTEM,
    UnitSystem,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from simulator import Printer

from ..conftest import HTTP_MODELS, PassTime, SetUp
from ..support import ROOT
from ..support.glance import primary, unavailable
from ..support.jobs import start_printing
from ..support.lookups import entity_id, has_entity, restart, state_of

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
async def test_the_paper_counts_what_an_owner_sees(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    model: str,
) -> None:
    shown = primary(hass, loaded)
    marks = [unavailable(hass, loaded)]
    start_printing(printer)
    await pass_time(31)
    assert state_of(hass, "sensor", printer, "status").state == "printing"
    marks.append(unavailable(hass, loaded))
    await printer.stop()
    await pass_time(61)
    assert state_of(hass, "sensor", printer, "status").state == "offline"
    marks.append([each for each in unavailable(hass, loaded) if each in shown])

    numbers = [len(shown), MOST_PRIMARY[model], *map(len, marks)]
    row = f"| {printer.model.name} | {' | '.join(map(str, numbers))} |"
    names = "| Model | Primary | At most | idle | printing | off |"
    seen = "\n".join([names, row, *map(str, marks), str(shown)])
    assert numbers[2:4] == [0, 0], seen
    stay = {
        entity_id(hass, "sensor", printer, "status"),
        entity_id(hass, "sensor", printer, "file"),
        entity_id(hass, "image", printer, "job_thumbnail"),
        entity_id(hass, "event", printer, "print"),
    }
    assert set(shown) - stay == set(marks[2]), seen
    assert row in (ROOT / "docs" / "entities.md").read_text().splitlines(), seen


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


@pytest.mark.parametrize("model", ["ad5x"])
async def test_the_external_spool_is_asked_about_while_it_feeds(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    pass_time: PassTime,
) -> None:
    def category() -> EntityCategory | None:
        spool = entity_id(hass, "sensor", printer, "direct_feed")
        return entity_registry.entities[spool].entity_category

    assert category() is EntityCategory.DIAGNOSTIC

    await printer.stop()
    await restart(hass, loaded)
    assert category() is EntityCategory.DIAGNOSTIC, "it had a station before"

    printer.machine.station_connected = False
    await printer.start()
    await pass_time(61)
    await restart(hass, loaded)
    assert category() is None


@pytest.mark.parametrize(
    ("units", "expected"),
    [(METRIC_SYSTEM, ("25", "°C")), (US_CUSTOMARY_SYSTEM, ("77", "°F"))],
)
async def test_temperatures_have_the_unit_of_the_house(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    units: UnitSystem,
    expected: tuple[str, str],
) -> None:
    hass.config.units = units
    await set_up(entry)
    state = state_of(hass, "sensor", printer, "bed_temperature")
    assert (state.state, state.attributes["unit_of_measurement"]) == expected
    target = state_of(hass, "number", printer, "bed_target")
    assert target.attributes["unit_of_measurement"] == expected[1]


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
