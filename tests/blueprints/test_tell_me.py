"""Tell me about my prints: what is sent, and what the buttons of a message press."""

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from simulator import Printer

from ..conftest import PassTime
from ..support.jobs import start_printing
from ..support.lookups import entity_id, state_of
from .conftest import UseBlueprint

PRESSED = "mobile_app_notification_action"


@pytest.fixture
def phone(hass: HomeAssistant) -> str:
    """Return the device of a phone."""
    entry = MockConfigEntry(domain="mobile_app")
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={("mobile_app", "phone")},
        name="My Phone",
    )
    return device.id


@pytest.fixture
def messages(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what the phone was sent."""
    return async_mock_service(hass, "notify", "mobile_app_my_phone")


def _everything(hass: HomeAssistant, printer: Printer, phone: str) -> dict[str, object]:
    return {
        "printer": entity_id(hass, "sensor", printer, "status"),
        "events": ["started", "finished", "paused", "resumed", "canceled", "failed"],
        "phones": [phone],
        "file": entity_id(hass, "sensor", printer, "file"),
        "error": entity_id(hass, "sensor", printer, "error"),
        "camera": entity_id(hass, "camera", printer, "camera"),
        "pause": entity_id(hass, "button", printer, "pause"),
        "resume": entity_id(hass, "button", printer, "resume"),
        "cancel": entity_id(hass, "button", printer, "cancel"),
        "light": entity_id(hass, "light", printer, "light"),
    }


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_a_print_is_told_and_controlled_from_the_phone(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
    phone: str,
    messages: list[ServiceCall],
) -> None:
    inputs = _everything(hass, printer, phone)
    await use_blueprint("tell_me", inputs)
    start_printing(printer)
    await pass_time(20)
    file = state_of(hass, "sensor", printer, "file").state
    assert [call.data["message"].strip() for call in messages] == [
        f"{file} has started."
    ]
    details = messages[0].data["data"]
    assert details["image"] == f"/api/camera_proxy/{inputs['camera']}"
    actions = {each["title"]: each["action"] for each in details["actions"]}
    assert list(actions) == ["Pause", "Cancel", "Light"]

    lit = state_of(hass, "light", printer, "light").state
    hass.bus.async_fire(PRESSED, {"action": actions["Light"]})
    await pass_time(10)
    assert state_of(hass, "light", printer, "light").state != lit
    hass.bus.async_fire(PRESSED, {"action": actions["Pause"]})
    await pass_time(40)
    assert messages[-1].data["message"].strip() == f"{file} is paused."
    actions = {
        each["title"]: each["action"] for each in messages[-1].data["data"]["actions"]
    }
    hass.bus.async_fire(PRESSED, {"action": actions["Resume"]})
    await pass_time(40)
    assert messages[-1].data["message"].strip() == f"{file} goes on."
    hass.bus.async_fire(PRESSED, {"action": actions["Cancel"]})
    await pass_time(60)
    assert messages[-1].data["message"].strip() == f"{file} was canceled."
    assert len(messages) == 4


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_an_error_is_told_with_its_cause_and_what_to_do(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
    phone: str,
    messages: list[ServiceCall],
) -> None:
    await use_blueprint("tell_me", _everything(hass, printer, phone))
    printer.machine.fail("E0108")
    await pass_time(20)
    (message,) = messages
    for words in ("does not reach the extruder", "is tangled", "check the filament"):
        assert words in message.data["message"]


async def test_nothing_that_was_not_chosen_is_used(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
    phone: str,
    messages: list[ServiceCall],
) -> None:
    others = async_mock_service(hass, "notify", "send_message")
    status = entity_id(hass, "sensor", printer, "status")
    inputs = {"printer": status, "events": ["finished"], "phones": [phone]}
    await use_blueprint("tell_me", {**inputs, "others": ["notify.family"]})
    start_printing(printer)
    await pass_time(20)
    for action in ("pause", "cancel", "light"):
        hass.bus.async_fire(PRESSED, {"action": f"{action} {status}"})
    await pass_time(20)
    assert state_of(hass, "sensor", printer, "status").state == "printing"
    assert messages == []

    printer.machine.finish_job()
    await pass_time(20)
    (message,) = messages
    assert message.data["message"].strip() == "The print is done."
    assert message.data["data"] == {"tag": f"print {status}", "actions": []}
    (other,) = others
    assert other.data["entity_id"] == ["notify.family"]
    assert other.data["message"].strip() == "The print is done."
