"""What an action is aimed at, in every way in which Home Assistant lets people aim."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.components import camera, fan, light
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import ENTITY_MATCH_ALL
from homeassistant.core import HomeAssistant, SupportsResponse
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
    label_registry as lr,
    service,
)
from homeassistant.helpers.translation import async_get_translations
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.services import ACTIONS
from simulator import Printer, StoredFile

from ..conftest import HTTP_MODELS, MakePrinter, SetUp, make_entry
from ..support.every_action import registered, sample
from ..support.lookups import device_of, entity_id

type Data = Mapping[str, Any]


@dataclass
class Farm:
    """Two printers in two rooms, and a lamp that is none."""

    first: Printer
    second: Printer
    lamp: str
    """The device of the lamp."""


@pytest.fixture
async def farm(hass: HomeAssistant, make_printer: MakePrinter, set_up: SetUp) -> Farm:
    first = await make_printer("5m", host="127.0.0.21", name="Big one")
    second = await make_printer(
        "5m", host="127.0.0.22", name="Small one", tcp_port=first.tcp_port
    )
    for printer in (first, second):
        await set_up(make_entry(printer))
    floor = fr.async_get(hass).async_create("Cellar")
    areas = ar.async_get(hass)
    workshop = areas.async_create("Workshop", floor_id=floor.floor_id)
    store = areas.async_create("Store", floor_id=floor.floor_id)
    areas.async_create("Kitchen")
    label = lr.async_get(hass).async_create("Fast")
    devices = dr.async_get(hass)
    other = MockConfigEntry(domain="other")
    other.add_to_hass(hass)
    lamp = devices.async_get_or_create(
        config_entry_id=other.entry_id, identifiers={("other", "1")}
    )
    devices.async_update_device(lamp.id, area_id=workshop.id)
    devices.async_update_device(
        device_of(hass, first), area_id=workshop.id, labels={label.label_id}
    )
    devices.async_update_device(device_of(hass, second), area_id=store.id)
    er.async_get(hass).async_get_or_create(
        "light", "other", "1", suggested_object_id="lamp", device_id=lamp.id
    )
    return Farm(first, second, lamp=lamp.id)


def entry_of(hass: HomeAssistant, printer: Printer) -> str:
    """Return the id of the entry of a printer."""
    entry = hass.config_entries.async_entry_for_domain_unique_id(DOMAIN, printer.serial)
    assert entry is not None
    return entry.entry_id


def _group(hass: HomeAssistant, farm: Farm) -> Data:
    status = entity_id(hass, "sensor", farm.first, "status")
    hass.states.async_set("group.mine", "on", {"entity_id": [status, "light.lamp"]})
    return {"entity_id": "group.mine"}


FIRST: Mapping[str, Callable[[HomeAssistant, Farm], Data]] = {
    "device": lambda hass, farm: {"device_id": device_of(hass, farm.first)},
    "list of devices": lambda hass, farm: {"device_id": [device_of(hass, farm.first)]},
    "entity": lambda hass, farm: {
        "entity_id": entity_id(hass, "sensor", farm.first, "status")
    },
    "two entities": lambda hass, farm: {
        "entity_id": [
            entity_id(hass, "sensor", farm.first, "status"),
            entity_id(hass, "binary_sensor", farm.first, "problem"),
        ]
    },
    "setting of the printer": lambda hass, farm: {
        "entity_id": entity_id(hass, "binary_sensor", farm.first, "connectivity")
    },
    "group": _group,
    "device and its area": lambda hass, farm: {
        "device_id": device_of(hass, farm.first),
        "area_id": "workshop",
    },
    "area with a lamp": lambda hass, farm: {"area_id": "workshop"},
    "areas": lambda hass, farm: {"area_id": ["workshop", "kitchen"]},
    "label": lambda hass, farm: {"label_id": "fast"},
}
BOTH: Mapping[str, Callable[[HomeAssistant, Farm], Data]] = {
    "devices": lambda hass, farm: {
        "device_id": [device_of(hass, farm.first), device_of(hass, farm.second)]
    },
    "device and entity": lambda hass, farm: {
        "device_id": device_of(hass, farm.first),
        "entity_id": entity_id(hass, "sensor", farm.second, "status"),
    },
    "areas": lambda hass, farm: {"area_id": ["workshop", "store"]},
    "floor": lambda hass, farm: {"floor_id": "cellar"},
    "all": lambda hass, farm: {"entity_id": ENTITY_MATCH_ALL},
}
NOBODY: Mapping[str, tuple[Callable[[HomeAssistant, Farm], Data], str]] = {
    "unknown device": (lambda hass, farm: {"device_id": "nobody"}, "no_such_printer"),
    "lamp": (lambda hass, farm: {"device_id": farm.lamp}, "no_such_printer"),
    "printer and lamp": (
        lambda hass, farm: {"device_id": [device_of(hass, farm.first), farm.lamp]},
        "no_such_printer",
    ),
    "light": (lambda hass, farm: {"entity_id": "light.lamp"}, "no_printers_entity"),
    "unknown entity": (
        lambda hass, farm: {"entity_id": "sensor.nobody"},
        "no_printers_entity",
    ),
    "area without": (lambda hass, farm: {"area_id": "kitchen"}, "no_printer_meant"),
    "unknown area": (lambda hass, farm: {"area_id": "moon"}, "no_printer_meant"),
    "unknown label": (lambda hass, farm: {"label_id": "moon"}, "no_printer_meant"),
    "empty list": (lambda hass, farm: {"device_id": []}, "no_printer_meant"),
    "none": (lambda hass, farm: {"device_id": "none"}, "no_printer_meant"),
}


async def _files(hass: HomeAssistant, target: Data) -> object:
    return await hass.services.async_call(
        DOMAIN, "list_files", target, blocking=True, return_response=True
    )


@pytest.mark.parametrize("how", FIRST)
@pytest.mark.parametrize("in_target", [False, True])
async def test_one_printer_answers_however_it_is_meant(
    hass: HomeAssistant, farm: Farm, how: str, in_target: bool
) -> None:
    farm.first.files = [StoredFile("only_here.gcode")]
    meant = dict(FIRST[how](hass, farm))
    response = await hass.services.async_call(
        DOMAIN,
        "list_files",
        {} if in_target else meant,
        target=meant if in_target else None,
        blocking=True,
        return_response=True,
    )
    assert response is not None
    assert "only_here.gcode" in str(response["files"])


@pytest.mark.parametrize("how", BOTH)
async def test_several_printers_act_in_one_call(
    hass: HomeAssistant, farm: Farm, how: str
) -> None:
    await hass.services.async_call(
        DOMAIN,
        "send_gcode",
        {**BOTH[how](hass, farm), "gcode": "M119"},
        blocking=True,
    )
    for printer in (farm.first, farm.second):
        assert "M119" in " ".join(printer.lines)


@pytest.mark.parametrize("how", NOBODY)
async def test_what_is_no_printer_is_refused(
    hass: HomeAssistant, farm: Farm, how: str
) -> None:
    aim, key = NOBODY[how]
    with pytest.raises(ServiceValidationError) as refused:
        await _files(hass, aim(hass, farm))
    assert (refused.value.translation_domain, refused.value.translation_key) == (
        DOMAIN,
        key,
    )
    texts = await async_get_translations(hass, "en", "exceptions", [DOMAIN])
    text = texts[f"component.{DOMAIN}.exceptions.{key}.message"]
    text.format_map(refused.value.translation_placeholders or {})


async def test_without_any_target(hass: HomeAssistant, farm: Farm) -> None:
    with pytest.raises(probatio.Invalid):
        await _files(hass, {})


@pytest.mark.parametrize(
    "action",
    [each for each in ACTIONS if not each.several],
    ids=lambda action: action.name,
)
async def test_what_is_for_one_printer_names_them_all(
    hass: HomeAssistant, farm: Farm, action: Any
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(
            DOMAIN,
            action.name,
            {"floor_id": "cellar", **sample(action.name)},
            blocking=True,
            return_response=action.responds is not SupportsResponse.NONE,
        )
    assert refused.value.translation_key == "one_printer_only"
    assert refused.value.translation_placeholders == {"printers": "Big one, Small one"}


async def test_a_response_is_that_of_one_printer(
    hass: HomeAssistant, farm: Farm
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(
            DOMAIN,
            "send_gcode",
            {"floor_id": "cellar", "gcode": "M119"},
            blocking=True,
            return_response=True,
        )
    assert refused.value.translation_key == "one_printer_only"


async def test_the_others_go_on_when_one_refuses(
    hass: HomeAssistant, farm: Farm
) -> None:
    farm.first.machine.start_job()
    farm.first.machine.finish_warm_up()
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(
            DOMAIN,
            "send_gcode",
            {"floor_id": "cellar", "gcode": "M106 S255"},
            blocking=True,
        )
    assert refused.value.translation_key == "some_refused"
    told = refused.value.translation_placeholders
    assert told is not None
    assert told["reasons"].startswith("Big one: A job is running")
    assert "Small one" not in told["reasons"]
    assert "M106" in " ".join(farm.second.lines)
    assert "M106" not in " ".join(farm.first.lines)


async def test_one_that_is_not_set_up_is_named(hass: HomeAssistant, farm: Farm) -> None:
    await hass.config_entries.async_unload(entry_of(hass, farm.first))
    with pytest.raises(HomeAssistantError) as refused:
        await hass.services.async_call(
            DOMAIN,
            "send_gcode",
            {"area_id": ["workshop", "store"], "gcode": "M119"},
            blocking=True,
        )
    assert refused.value.translation_key == "some_refused"
    assert "M119" in " ".join(farm.second.lines)


async def test_one_that_is_disabled_is_passed_over(
    hass: HomeAssistant, farm: Farm
) -> None:
    device = device_of(hass, farm.first)
    await hass.config_entries.async_set_disabled_by(
        entry_of(hass, farm.first), ConfigEntryDisabler.USER
    )
    assert await _files(hass, {"floor_id": "cellar"})
    with pytest.raises(ServiceValidationError):
        await _files(hass, {"device_id": device})


@pytest.fixture
def what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Home Assistant look at features of the components that can be imported here.

    It looks at those of assistants too, whose libraries the tests do without.
    """
    monkeypatch.setattr(
        service,
        "_base_components",
        lambda: {"camera": camera, "fan": fan, "light": light},
    )


@pytest.mark.usefixtures("what_is_installed")
@pytest.mark.parametrize("model", HTTP_MODELS)
@pytest.mark.parametrize("printing", [False, True])
async def test_home_assistant_offers_every_action_for_the_printer(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    printing: bool,
) -> None:
    if printing:
        printer.machine.start_job()
    await set_up(entry)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": "get_services_for_target",
            "target": {"device_id": [device_of(hass, printer)]},
        }
    )
    answer = await client.receive_json()
    assert answer["success"], answer
    offered = {name for name in answer["result"] if name.startswith(f"{DOMAIN}.")}
    assert offered == {f"{DOMAIN}.{name}" for name in registered(hass)}
    assert len(offered) == len(ACTIONS)
