"""The triggers and conditions of printers, in real automations."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.flashforge.condition import CONDITIONS
from custom_components.flashforge.trigger import TRIGGERS
from simulator import Printer

from .conftest import PassTime
from .support.jobs import start_printing
from .support.lookups import device_of, restart

OPTIONS: dict[str, dict[str, Any]] = {
    "progress_reached": {"progress": 50},
    "layer_reached": {"layer": 10},
    "time_left": {"time": "00:05:00"},
}


async def automate(
    hass: HomeAssistant, printer: Printer, *, conditions: tuple[str, ...] = ()
) -> list[Any]:
    """Note each trigger of ours that fires while all conditions are met."""
    target = {"device_id": device_of(hass, printer)}
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": [
                {
                    "alias": key,
                    "mode": "queued",
                    "triggers": {
                        "trigger": f"flashforge.{key}",
                        "target": target,
                        "options": OPTIONS.get(key, {}),
                    },
                    "conditions": [
                        {"condition": f"flashforge.{each}", "target": target}
                        for each in conditions
                    ],
                    "actions": {"event": "fired", "event_data": {"key": key}},
                }
                for key in TRIGGERS
            ]
        },
    )
    await hass.async_block_till_done()
    return async_capture_events(hass, "fired")


def keys(fired: list[Any]) -> list[str]:
    return [each.data["key"] for each in fired]


@pytest.mark.parametrize(
    ("kind", "known"), [("triggers", TRIGGERS), ("conditions", CONDITIONS)]
)
async def test_the_editor_offers_all_for_the_device(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    kind: str,
    known: dict[str, Any],
) -> None:
    assert await async_setup_component(hass, "automation", {"automation": []})
    client = await hass_ws_client(hass)
    # Home Assistant loads the descriptions for those who subscribed to them.
    await client.send_json_auto_id(
        {"type": f"{kind.removesuffix('s')}_platforms/subscribe"}
    )
    await client.receive_json()
    await client.receive_json()

    await client.send_json_auto_id(
        {
            "type": f"get_{kind}_for_target",
            "target": {"device_id": [device_of(hass, printer)]},
        }
    )
    offered = (await client.receive_json())["result"]

    assert {each for each in offered if each.startswith("flashforge.")} == {
        f"flashforge.{key}" for key in known
    }


async def test_a_print_fires_each_trigger_once(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    fired = await automate(hass, printer)
    await pass_time(16)

    start_printing(printer)
    await pass_time(20)
    assert keys(fired) == ["print_started"]

    printer.machine.set_error("E0100")
    printer.machine.pause()
    await pass_time(30)
    assert sorted(keys(fired)[1:]) == ["filament_ran_out", "print_paused"]

    printer.machine.resume()
    printer.machine.finish_warm_up()
    await pass_time(20)
    assert keys(fired)[3:] == ["print_resumed"]

    await restart(hass, loaded)
    assert keys(fired)[4:] == []

    printer.machine.finish_job()
    await pass_time(20)
    printer.machine.clear_plate()
    await pass_time(20)
    ends = [each for each in keys(fired) if each in {"print_finished", "plate_cleared"}]
    assert ends == ["print_finished", "plate_cleared"]
    assert "print_failed" not in keys(fired)
    assert "print_error" not in keys(fired)


async def test_a_printer_goes_and_comes(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    fired = await automate(hass, printer)

    await printer.stop()
    await pass_time(90)
    assert keys(fired) == ["printer_offline"]

    await printer.start()
    await pass_time(90)
    assert keys(fired) == ["printer_offline", "printer_online"]
