"""How the rest of Home Assistant sees the entities of a printer."""

from collections.abc import Iterator
import importlib
import pkgutil

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.entity import Entity
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components import flashforge
from custom_components.flashforge.const import (
    CONF_PRODUCT_ID,
    DOMAIN,
    OPTION_CAMERA,
    OPTION_PLUG,
    OPTION_POWER_METER,
)
from simulator import Printer

from .conftest import HTTP_MODELS, PassTime, SetUp, make_entry
from .support.lookups import call, device_of, state_of

SOMEBODY_ELSES = {
    "door",
    "garage_door",
    "lock",
    "motion",
    "moving",
    "occupancy",
    "opening",
    "presence",
    "window",
}
"""Classes of binary sensors that areas, voice and the security page use for the home."""


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_nothing_of_a_printer_passes_for_a_part_of_the_house(
    hass: HomeAssistant, loaded: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    assert await async_setup_component(hass, "homeassistant", {})
    primary = [
        each
        for each in er.async_entries_for_config_entry(entity_registry, loaded.entry_id)
        if each.entity_category is None
    ]
    assert not [each.entity_id for each in primary if each.domain == Platform.FAN]
    assert not [
        each.entity_id
        for each in primary
        if each.original_device_class in SOMEBODY_ELSES
    ]
    heard = {
        each.domain
        for each in primary
        if async_should_expose(hass, "conversation", each.entity_id)
    }
    assert not heard & {Platform.FAN, Platform.BINARY_SENSOR}


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_the_plate_is_no_person(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    state = state_of(hass, "binary_sensor", printer, "plate_occupied")
    assert "device_class" not in state.attributes


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_fans_that_are_turned_off_in_a_room_go_on_cooling_the_part(
    hass: HomeAssistant, printer: Printer, entry: MockConfigEntry, set_up: SetUp
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await set_up(entry)
    area = ar.async_get(hass).async_create("Workshop")
    dr.async_get(hass).async_update_device(device_of(hass, printer), area_id=area.id)
    await call(hass, "fan", "set_percentage", printer, "part_fan", percentage=70)
    asked = len(printer.commands)

    await hass.services.async_call(
        "fan", "turn_off", target={"area_id": area.id}, blocking=True
    )

    assert len(printer.commands) == asked
    assert state_of(hass, "fan", printer, "part_fan").attributes["percentage"] == 70


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_the_device_page_names_the_makers_number(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    device = dr.async_get(hass).async_get(device_of(hass, printer))
    assert device is not None
    assert device.model_id == f"0x{printer.model.pid:04X}"


@pytest.mark.parametrize("model", ["ad5x"])
async def test_the_makers_number_is_added_once_it_is_known(
    hass: HomeAssistant, printer: Printer, set_up: SetUp
) -> None:
    entry = make_entry(printer)
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=entry.title,
        unique_id=entry.unique_id,
        data={**entry.data, CONF_PRODUCT_ID: None},
    )
    await set_up(entry)
    await hass.async_block_till_done(wait_background_tasks=True)
    device = dr.async_get(hass).async_get(device_of(hass, printer))
    assert device is not None
    assert device.model_id == f"0x{printer.model.pid:04X}"


# Renamed entities

HOOKS = (
    "async_added_to_hass",
    "async_will_remove_from_hass",
    "async_prepare_to_add_to_hass",
)


def _entities() -> Iterator[type[Entity]]:
    for module in pkgutil.walk_packages(flashforge.__path__, f"{flashforge.__name__}."):
        importlib.import_module(module.name)

    def below(kind: type[Entity]) -> Iterator[type[Entity]]:
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    yield from (each for each in below(Entity) if _is_ours(each))


def _is_ours(kind: type) -> bool:
    return kind.__module__.startswith(f"{flashforge.__name__}.")


def _readded(kind: type) -> bool:
    """Return whether 2026.11 removes an entity when it is renamed.

    This rule is missing in the version that the tests use.
    """
    ours = [
        each
        for each in kind.__mro__
        if not each.__module__.startswith("homeassistant.")
    ]
    owners = [each for each in ours if "async_entity_id_changed" in each.__dict__]
    return any(
        any(hook in each.__dict__ for hook in HOOKS)
        and not any(issubclass(owner, each) for owner in owners)
        for each in ours
    )


def test_every_entity_is_renamed_in_place() -> None:
    entities = {*_entities()}
    assert len(entities) > 10
    assert not {each.__name__ for each in entities if _readded(each)}


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_renamed_entities_go_on(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    pass_time: PassTime,
) -> None:
    olds = [
        each.entity_id
        for each in er.async_entries_for_config_entry(entity_registry, loaded.entry_id)
        if hass.states.get(each.entity_id)
    ]
    before = {each: hass.states.get(each) for each in olds}
    for old in olds:
        entity_registry.async_update_entity(old, new_entity_id=f"{old}_new")
    await hass.async_block_till_done(wait_background_tasks=True)
    for old, state in before.items():
        assert hass.states.get(old) is None
        new = hass.states.get(f"{old}_new")
        assert new is not None
        assert state is not None
        assert new.state == state.state
    printer.machine.start_job()
    await pass_time(31)
    assert state_of(hass, "sensor", printer, "status").state != "idle"


@pytest.mark.parametrize("model", ["5m_pro"])
@pytest.mark.parametrize(
    ("option", "other"),
    [
        (OPTION_CAMERA, "camera.shed"),
        (OPTION_PLUG, "switch.shed"),
        (OPTION_POWER_METER, "sensor.shed"),
    ],
)
async def test_options_follow_a_renamed_entity(
    hass: HomeAssistant,
    printer: Printer,
    set_up: SetUp,
    entity_registry: er.EntityRegistry,
    option: str,
    other: str,
) -> None:
    domain = other.partition(".")[0]
    entity_registry.async_get_or_create(
        domain, "other", "1", suggested_object_id="shed"
    )
    hass.states.async_set(other, "on", {"unit_of_measurement": "W"})
    entry = make_entry(printer, **{option: other})
    await set_up(entry)

    entity_registry.async_update_entity(other, new_entity_id=f"{domain}.barn")
    await hass.async_block_till_done(wait_background_tasks=True)

    assert entry.options[option] == f"{domain}.barn"
