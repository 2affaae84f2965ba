"""What is said about a room, during a print in it."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, intent
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from ..conftest import HTTP_MODELS, PassTime
from ..support.jobs import start_printing
from ..support.lookups import device_of, state_of


@pytest.mark.parametrize("model", HTTP_MODELS)
@pytest.mark.parametrize(
    "what",
    [{"domain": {"value": "fan"}}, {"domain": {"value": "switch"}}, {}],
    ids=["fans", "switches", "everything"],
)
async def test_what_is_turned_off_in_a_room_changes_nothing_of_a_print(
    hass: HomeAssistant,
    printer: Printer,
    exposing: None,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    what: dict[str, dict[str, str]],
) -> None:
    assert await async_setup_component(hass, "intent", {})
    area = ar.async_get(hass).async_create("Workshop")
    dr.async_get(hass).async_update_device(device_of(hass, printer), area_id=area.id)
    start_printing(printer)
    await pass_time(61)
    fan = state_of(hass, "fan", printer, "part_fan")
    assert fan.state == "on"

    try:
        await intent.async_handle(
            hass,
            "test",
            intent.INTENT_TURN_OFF,
            {"area": {"value": "Workshop"}, **what},
            assistant="conversation",
        )
    except intent.MatchFailedError:
        # Nothing of that kind is in the room, as far as voice is concerned.
        assert "domain" in what or not loaded.runtime_data.record.has_light
    await pass_time(31)

    assert {name for name, _ in printer.commands} <= {"lightControl_cmd"}
    assert state_of(hass, "fan", printer, "part_fan") == fan
    assert state_of(hass, "sensor", printer, "status").state == "printing"
