"""Watch the print: an AI looks at the camera, tells once, and pauses only if allowed."""

from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
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

pytestmark = pytest.mark.parametrize("model", ["5m_pro"])


class Ai:
    """An AI that answers what a test says, and remembers what it was asked."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Take the place of the action of AI tasks."""
        self.failed = False
        self.asked: list[ServiceCall] = []
        hass.services.async_register(
            "ai_task",
            "generate_data",
            self._answer,
            supports_response=SupportsResponse.ONLY,
        )

    async def _answer(self, call: ServiceCall) -> dict[str, object]:
        self.asked.append(call)
        return {"data": {"failed": self.failed, "reason": "Spaghetti."}}


def _inputs(hass: HomeAssistant, printer: Printer) -> dict[str, object]:
    return {
        "printer": entity_id(hass, "sensor", printer, "status"),
        "camera": entity_id(hass, "camera", printer, "camera"),
        "pause": entity_id(hass, "button", printer, "pause"),
        "ai": "ai_task.watcher",
        "minutes": 1,
        "others": ["notify.family"],
    }


async def test_a_failure_is_told_once_and_nothing_is_paused(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
) -> None:
    ai = Ai(hass)
    told = async_mock_service(hass, "notify", "send_message")
    inputs = _inputs(hass, printer)
    await use_blueprint("watch", inputs)
    await pass_time(130)
    assert ai.asked == []

    start_printing(printer)
    await pass_time(130)
    assert len(ai.asked) == 2
    (picture,) = ai.asked[0].data["attachments"]
    assert picture["media_content_id"] == f"media-source://camera/{inputs['camera']}"
    assert ai.asked[0].data["entity_id"] == "ai_task.watcher"
    assert told == []

    ai.failed = True
    await pass_time(180)
    assert [call.data["message"] for call in told] == [
        "The print may have failed: Spaghetti."
    ]
    assert state_of(hass, "sensor", printer, "status").state == "printing"

    ai.failed = False
    await pass_time(60)
    ai.failed = True
    await pass_time(60)
    assert len(told) == 2

    printer.machine.finish_job()
    await pass_time(90)
    asked = len(ai.asked)
    await pass_time(180)
    assert len(ai.asked) == asked


async def test_it_pauses_if_it_may(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
) -> None:
    ai = Ai(hass)
    told = async_mock_service(hass, "notify", "send_message")
    await use_blueprint("watch", {**_inputs(hass, printer), "may_pause": True})
    start_printing(printer)
    await pass_time(20)
    ai.failed = True
    await pass_time(90)
    assert state_of(hass, "sensor", printer, "status").state == "paused"
    assert len(told) == 1
    asked = len(ai.asked)
    await pass_time(130)
    assert len(ai.asked) == asked


async def test_a_reload_of_automations_goes_on_watching(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
) -> None:
    ai = Ai(hass)
    start_printing(printer)
    await pass_time(20)
    await use_blueprint("watch", _inputs(hass, printer))
    await pass_time(70)
    assert ai.asked == []
    hass.bus.async_fire("automation_reloaded")
    await pass_time(70)
    assert len(ai.asked) == 1
