"""The event entity of the prints, in a running Home Assistant."""

from collections.abc import Iterator
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.translation import async_translate_state
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator import Printer

from .conftest import PassTime
from .support.jobs import start_printing
from .support.lookups import entity_id, restart, state_of


@pytest.fixture
def happened(hass: HomeAssistant) -> Iterator[list[str]]:
    """Return the types of all events of prints, as they are written."""
    found: list[str] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        new, old = event.data["new_state"], event.data["old_state"]
        # The state of a restored entity is no event.
        if new and old and new.domain == "event" and old.state != "unavailable":
            found.append(new.attributes["event_type"])

    stop = hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    yield found
    stop()


async def test_a_print_with_a_pause_and_restarts(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    happened: list[str],
) -> None:
    await pass_time(30)
    start_printing(printer)
    await pass_time(30)
    assert happened == ["started"]
    started = state_of(hass, "event", printer, "print").attributes

    await restart(hass, loaded)
    printer.machine.set_error("E0163")
    printer.machine.pause()
    await pass_time(60)
    paused = state_of(hass, "event", printer, "print").attributes
    assert paused["reason"] == "clog"
    assert paused["error_code"] == "E0163"

    assert await hass.config_entries.async_unload(loaded.entry_id)
    printer.machine.resume()
    printer.machine.finish_warm_up()
    printer.machine.finish_job()
    assert await hass.config_entries.async_setup(loaded.entry_id)
    await pass_time(30)

    assert happened[0:2] == ["started", "paused"]
    assert happened[-1] == "finished"
    assert happened.count("finished") == 1
    assert "error" not in happened
    finished = state_of(hass, "event", printer, "print").attributes
    assert finished["job_id"] == paused["job_id"] == started["job_id"]
    assert finished["file"] == started["file"]

    printer.machine.clear_plate()
    await pass_time(20)
    assert happened[-1] == "plate_cleared"
    await restart(hass, loaded)
    await pass_time(30)
    assert happened.count("plate_cleared") == 1


async def test_a_printer_that_is_lost_over_the_end_of_a_job(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    happened: list[str],
) -> None:
    await pass_time(16)
    start_printing(printer)
    await pass_time(16)

    await printer.stop()
    await pass_time(200)
    assert hass.states.get(entity_id(hass, "event", printer, "print")) is not None
    printer.machine.finish_job()
    await printer.start()
    await pass_time(120)

    assert [each for each in happened if each != "first_layer_done"] == [
        "started",
        "finished",
    ]


@pytest.mark.parametrize("model", ["ad5x", "creator5_pro"])
@pytest.mark.parametrize(
    ("code", "opens_door", "reason", "words"),
    [
        (None, False, "person", "Somebody paused the print"),
        (None, True, "door", "The door is open"),
        ("E0100", False, "filament", ""),
        ("E0163", False, "clog", ""),
        ("E0009", False, "error", ""),
        ("E9999", False, "error", "an error whose meaning is not known"),
    ],
)
async def test_a_pause_says_why_and_what_to_do(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    code: str | None,
    opens_door: bool,
    reason: str,
    words: str,
) -> None:
    if opens_door and not printer.model.door_sensor:
        pytest.skip("it has no door sensor")
    await pass_time(16)
    start_printing(printer)
    await pass_time(16)
    printer.machine.set_error(code)
    printer.machine.door_open = opens_door
    printer.machine.pause()
    await pass_time(20)

    paused = state_of(hass, "event", printer, "print").attributes
    assert (paused["event_type"], paused["reason"]) == ("paused", reason)
    assert paused.get("error_code") == code
    assert words in paused["cause"]
    assert paused["cause"].endswith(".")
    assert paused["cure"].endswith(".")
    # A known code has the same words as the sensor, in the language of Home Assistant.
    known = code if code != "E9999" else None
    assert ("error" in paused) is (known is not None)
    if known is not None:
        shown = state_of(hass, "sensor", printer, "error")
        assert paused["error"] == async_translate_state(
            hass, shown.state, "sensor", "flashforge", "error", None
        )

    printer.machine.set_error(None)
    printer.machine.resume()
    await pass_time(20)
    resumed = state_of(hass, "event", printer, "print").attributes
    assert not {"reason", "error", "cause", "cure", "error_code"} & set(resumed)


async def test_what_is_known_of_a_job_goes_with_its_entry(
    hass: HomeAssistant, hass_storage: dict[str, Any], loaded: MockConfigEntry
) -> None:
    key = f"flashforge.job.{loaded.entry_id}"
    assert await hass.config_entries.async_unload(loaded.entry_id)
    assert key in hass_storage

    await hass.config_entries.async_remove(loaded.entry_id)
    await hass.async_block_till_done()

    assert key not in hass_storage
