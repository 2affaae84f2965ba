"""How many lines the activity of a printer has after one print, and which."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.flashforge.const import EVENT_PRINT
from custom_components.flashforge.logbook import async_describe_events
from simulator import Printer

from ..conftest import HTTP_MODELS, PassTime, SetUp
from ..support.glance import activity
from ..support.jobs import start_printing
from ..support.lookups import call, call_while, has_entity

type Read = Callable[[datetime], Awaitable[list[str]]]

EVENTS = [
    "started",
    "first_layer_done",
    "paused",
    "resumed",
    "finished",
    "plate_cleared",
]
"""All that an owner needs to read about a print."""

OTHERS = {
    "5m": {"sensor": 10, "number": 4, "fan": 2, "binary_sensor": 2},
    "5m_pro": {"sensor": 10, "number": 4, "fan": 2, "binary_sensor": 2},
    "ad5x": {"sensor": 10, "number": 4, "fan": 4, "binary_sensor": 2},
    "creator5": {"sensor": 10, "number": 8, "fan": 2, "binary_sensor": 2},
    "creator5_pro": {"sensor": 8, "number": 10, "fan": 2, "binary_sensor": 2},
}
"""Lines that Home Assistant has no means to leave out without a loss: the status and the
file, whose history is drawn as a band, targets of heaters, part cooling fans and the build
plate. A Creator 5 has a print speed only while it prints."""


@pytest.fixture
async def read(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    pass_time: PassTime,
    logbook: None,
    hass_ws_client: WebSocketGenerator,
    freezer: FrozenDateTimeFactory,
) -> Read:
    """Set up the printer; return what reads its activity since a time."""
    await set_up(entry)
    await pass_time(60)

    @callback
    def take_time(_: Event) -> None:
        """Let the state of the entity come after the event, as on a real clock."""
        freezer.tick(0.001)

    hass.bus.async_listen(EVENT_PRINT, take_time)

    async def lines(since: datetime) -> list[str]:
        # One that was open before would not survive the time that passed.
        client = await hass_ws_client(hass)
        return await activity(hass, client, entry, printer, since)

    return lines


def _told(lines: list[str]) -> list[str]:
    """Return the types of events among some lines, which all have a sentence."""
    events = [line for line in lines if line.startswith("event print ")]
    return [line.split()[2].strip(":") for line in events]


def _count(lines: list[str]) -> dict[str, int]:
    """Return how many lines there are of each domain but the event's."""
    domains = [line.partition(" ")[0] for line in lines]
    return {each: domains.count(each) for each in domains if each != "event"}


def _sensors(lines: list[str]) -> set[str]:
    """Return the keys of the sensors among some lines."""
    sensors = [line for line in lines if line.startswith("sensor ")]
    return {line.split()[1].strip(":") for line in sensors}


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_print_with_a_pause_and_a_change_of_filament(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime, model: str, read: Read
) -> None:
    since = dt_util.utcnow()

    printer.machine.start_job()
    await pass_time(600)
    printer.machine.pause()
    await pass_time(30)
    if has_entity(hass, "button", printer, "slot_2_load"):
        printer.machine.load(2)
        await pass_time(240)
    printer.machine.resume()
    await pass_time(600)
    printer.machine.finish_job()
    await pass_time(60)
    printer.machine.clear_plate()
    await pass_time(30)

    lines = await read(since)
    assert _told(lines) == EVENTS
    assert _count(lines) == OTHERS[model], lines
    assert _sensors(lines) <= {"status", "file"}
    (finished,) = [line for line in lines if "print finished" in line]
    assert finished.endswith(" g of filament")


@pytest.mark.parametrize("model", ["ad5x"])
async def test_a_press_adds_one_line_beside_the_status(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime, read: Read
) -> None:
    start_printing(printer)
    await pass_time(60)
    since = dt_util.utcnow()

    await call_while(call(hass, "button", "press", printer, "pause"), pass_time, 30)
    await pass_time(15)

    lines = await read(since)
    assert [line for line in lines if not line.startswith("sensor status")] == [
        "button pause: pressed",
        "event print paused: AD5X paused FISH_PLA",
    ]


@pytest.mark.parametrize("model", ["ad5x"])
async def test_cooling_down_adds_one_line(
    printer: Printer, pass_time: PassTime, read: Read
) -> None:
    start_printing(printer)
    await pass_time(60)
    printer.machine.finish_job()
    printer.machine.clear_plate()
    await pass_time(30)
    since = dt_util.utcnow()

    await pass_time(1500, step=5)

    assert await read(since) == ["event print cooled_down: AD5X cooled down"]


@pytest.mark.parametrize("model", ["ad5x"])
async def test_a_print_that_fails(
    hass: HomeAssistant, printer: Printer, pass_time: PassTime, read: Read
) -> None:
    start_printing(printer)
    await pass_time(60)
    since = dt_util.utcnow()

    printer.machine.fail("E0163")
    await pass_time(30)
    printer.machine.cancel()
    await pass_time(30)

    lines = await read(since)
    assert _told(lines) == ["error", "failed"]
    assert "binary_sensor problem: on" in lines
    assert _sensors(lines) <= {"status", "error"}
    said = "stopped FISH_PLA before it was done: "
    assert said in next(line for line in lines if "print failed" in line), lines


@pytest.mark.parametrize("model", ["ad5x"])
async def test_a_printer_that_is_switched_off(
    printer: Printer, pass_time: PassTime, read: Read
) -> None:
    since = dt_util.utcnow()

    await printer.stop()
    await pass_time(60)

    lines = await read(since)
    assert "binary_sensor connectivity: off" in lines
    assert "sensor finish_time" not in "".join(lines)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"event_type": "started", "file": None}, "started a print"),
        ({"event_type": "paused", "reason": "unknown"}, "paused Fish"),
        (
            {"event_type": "paused", "reason": "filament"},
            "paused Fish: the filament ran out",
        ),
        (
            {"event_type": "paused", "reason": "error", "error_code": "E9999"},
            "paused Fish: E9999",
        ),
        ({"event_type": "paused", "reason": "error"}, "paused Fish"),
        ({"event_type": "finished"}, "finished Fish"),
        ({"event_type": "finished", "duration": 59 * 60}, "finished Fish after 59 min"),
        (
            {"event_type": "finished", "duration": 8100, "filament_weight": 11.4},
            "finished Fish after 2 h 15 min with 11 g of filament",
        ),
        ({"event_type": "canceled", "duration": True}, "canceled Fish"),
        ({"event_type": "canceled", "duration": 60}, "canceled Fish after 1 min"),
        ({"event_type": "failed"}, "stopped Fish before it was done"),
        ({"event_type": "ended"}, "ended Fish while not observed"),
        ({"event_type": "of_another_version"}, "of_another_version"),
        ({}, "None"),
    ],
)
@pytest.mark.parametrize("model", ["5m"])
async def test_sentences(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    told: dict[str, object],
    said: str,
) -> None:
    described: list[Callable[[Event], dict[str, str]]] = []
    async_describe_events(hass, lambda _domain, _type, read: described.append(read))
    data = {"printer": "AD5X", "file": "data/Fish.gcode", **told}

    assert described[0](Event(EVENT_PRINT, data)) == {
        "name": "AD5X",
        "message": said,
        "icon": "mdi:printer-3d",
    }
