"""What automations for the device and for its area get, and what they leave alone."""

from collections.abc import Callable, Mapping
import importlib
from typing import Any

from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    service,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.flashforge.condition import CONDITIONS
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.trigger import TRIGGERS
from simulator import Printer

from ..conftest import HTTP_MODELS, PassTime
from ..support.jobs import start_printing
from ..support.lookups import device_of, entity_id, has_entity, state_of

PRIMARY = {
    ("binary_sensor", None),
    ("binary_sensor", "problem"),
    ("binary_sensor", "running"),
    ("button", None),
    ("camera", None),
    ("event", None),
    ("image", None),
    ("light", None),
    ("sensor", None),
    ("sensor", "duration"),
    ("sensor", "enum"),
    ("sensor", "timestamp"),
}
"""The domains and classes that an entity without a category may have.

Before anything is added here: which triggers, conditions, pages and sentences for a room
take entities of this domain and class? A part of a printer is not a part of the room.
"""

HEARD = {("sensor", "status"), ("light", "light")}
"""What the default assistant knows from the start."""

OFFERED = {
    "triggers": {DOMAIN, "button", "event", "light"},
    "conditions": {DOMAIN, "light"},
    "services": {DOMAIN, "button", "camera", "light", "homeassistant", "image"},
}
"""The domains whose triggers, conditions and actions an automation is offered."""

OTHERS = (
    "air_quality",
    "battery",
    "climate",
    "door",
    "fan",
    "garage_door",
    "gate",
    "humidity",
    "illuminance",
    "lock",
    "moisture",
    "motion",
    "occupancy",
    "power",
    "select",
    "switch",
    "temperature",
    "window",
)
"""Integrations of Home Assistant with triggers for what is in a room."""

CROSSED = {"threshold": {"type": "above", "value": {"number": 40}}}
CROSSED_C = {
    "threshold": {
        "type": "above",
        "value": {"number": 40, "unit_of_measurement": "°C"},
    }
}

IN_THE_ROOM: Mapping[str, tuple[str, str | None, str, str, dict[str, Any]]] = {
    "occupancy.detected": ("binary_sensor", "occupancy", "off", "on", {}),
    "door.opened": ("binary_sensor", "door", "off", "on", {}),
    "temperature.crossed_threshold": ("sensor", "temperature", "20", "60", CROSSED_C),
    "fan.turned_on": ("fan", None, "off", "on", {}),
    "switch.turned_on": ("switch", None, "off", "on", {}),
}
"""A trigger for an area: of what, its class, two states between which it fires; options."""


@pytest.fixture
def workshop(hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry) -> str:
    """Put the printer into an area and return its id."""
    area = ar.async_get(hass).async_create("Workshop")
    dr.async_get(hass).async_update_device(device_of(hass, printer), area_id=area.id)
    return area.id


@pytest.fixture
def what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out assistants, whose libraries the tests do without.

    Home Assistant looks at the features of all platforms to describe actions.
    """
    parts = {
        name: importlib.import_module(f"homeassistant.components.{name}")
        for name in (*OTHERS, "camera", "light")
    }
    monkeypatch.setattr(service, "_base_components", lambda: parts)


@pytest.mark.usefixtures("what_is_installed")
@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_automations_are_offered_ours_and_nothing_of_a_room(
    hass: HomeAssistant,
    printer: Printer,
    workshop: str,
    hass_ws_client: WebSocketGenerator,
) -> None:
    for each in (*OTHERS, "homeassistant", "automation"):
        assert await async_setup_component(hass, each, {})
    await hass.async_block_till_done(wait_background_tasks=True)
    client = await hass_ws_client(hass)
    # Home Assistant loads the descriptions for those who subscribed to them.
    for kind in ("trigger", "condition"):
        await client.send_json_auto_id({"type": f"{kind}_platforms/subscribe"})
        await client.receive_json()
        await client.receive_json()
    ours = {
        "triggers": {f"{DOMAIN}.{key}" for key in TRIGGERS},
        "conditions": {f"{DOMAIN}.{key}" for key in CONDITIONS},
        "services": {
            f"{DOMAIN}.{key}" for key in hass.services.async_services_for_domain(DOMAIN)
        },
    }
    for target in ({"device_id": device_of(hass, printer)}, {"area_id": workshop}):
        for kind, expected in ours.items():
            await client.send_json_auto_id(
                {"type": f"get_{kind}_for_target", "target": target}
            )
            answer = await client.receive_json()
            assert answer["success"], answer
            offered = set(answer["result"])
            assert offered >= expected, f"{kind} of {target}"
            others = {
                each for each in offered if each.split(".")[0] not in OFFERED[kind]
            }
            assert not others, f"{kind} of {target}"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_every_kind_of_primary_entity_was_thought_about(
    hass: HomeAssistant, loaded: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    kinds = {
        (each.domain, each.original_device_class): each.entity_id
        for each in er.async_entries_for_config_entry(entity_registry, loaded.entry_id)
        if each.entity_category is None
    }
    assert {("sensor", "enum"), ("button", None)} <= kinds.keys()
    assert not kinds.keys() - PRIMARY, kinds


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_voice_knows_the_status_and_the_light(
    hass: HomeAssistant,
    printer: Printer,
    exposing: None,
    loaded: MockConfigEntry,
    entity_registry: er.EntityRegistry,
) -> None:
    heard = {
        each.entity_id
        for each in er.async_entries_for_config_entry(entity_registry, loaded.entry_id)
        if async_should_expose(hass, "conversation", each.entity_id)
    }
    assert heard == {
        entity_id(hass, *(platform, printer, key))
        for platform, key in HEARD
        if has_entity(hass, platform, printer, key)
    }


@pytest.fixture
async def furnish(
    hass: HomeAssistant, workshop: str, entity_registry: er.EntityRegistry
) -> Callable[[int], None]:
    """Put other things into the area, and return what changes all of them."""
    things: dict[str, tuple[str, str | None, str, str, dict[str, Any]]] = {}
    for key, thing in IN_THE_ROOM.items():
        found = entity_registry.async_get_or_create(
            thing[0], "other", key, original_device_class=thing[1]
        )
        entity_registry.async_update_entity(found.entity_id, area_id=workshop)
        things[found.entity_id] = thing

    def change(index: int) -> None:
        for thing_id, (_, kind, *states, _) in things.items():
            attributes = {"device_class": kind} if kind else {}
            if kind == "temperature":
                attributes["unit_of_measurement"] = "°C"
            hass.states.async_set(thing_id, states[index], attributes)

    change(0)
    return change


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_print_fires_no_automation_for_the_room(
    hass: HomeAssistant,
    printer: Printer,
    workshop: str,
    furnish: Callable[[int], None],
    pass_time: PassTime,
) -> None:
    for each in ("occupancy", "door", "temperature", "fan", "switch"):
        assert await async_setup_component(hass, each, {})
    fired = async_capture_events(hass, "fired")
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": [
                {
                    "alias": key,
                    "triggers": {
                        "trigger": key,
                        "target": {"area_id": workshop},
                        "options": thing[4],
                    },
                    "actions": {"event": "fired", "event_data": {"key": key}},
                }
                for key, thing in IN_THE_ROOM.items()
            ]
        },
    )
    await hass.async_block_till_done(wait_background_tasks=True)

    start_printing(printer)
    printer.machine.door_open = True
    await pass_time(61)
    assert state_of(hass, "fan", printer, "part_fan").state == "on"
    assert float(state_of(hass, "sensor", printer, "bed_temperature").state) > 40
    printer.machine.finish_job()
    await pass_time(61)
    assert state_of(hass, "binary_sensor", printer, "plate_occupied").state == "on"
    assert [event.data["key"] for event in fired] == []

    # What is a part of the room fires all of them.
    furnish(1)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert sorted(event.data["key"] for event in fired) == sorted(IN_THE_ROOM)
