"""A day with twenty jobs, three restarts, two power cuts and a clog: each event once."""

from collections import Counter
from collections.abc import AsyncGenerator
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.flashforge.trigger import TRIGGERS
from simulator import Deed, Printer, StoredFile

from .conftest import MakePrinter, make_entry
from .support.home import Home
from .support.lookups import device_of, entity_id
from .support.timing import Time

PART = StoredFile("part.gcode", 600, 40)
OTHER = StoredFile("other.gcode", 480, 30)

EVENTS = {
    Deed.STARTED: "started",
    Deed.FIRST_LAYER_DONE: "first_layer_done",
    Deed.PAUSED: "paused",
    Deed.RESUMED: "resumed",
    Deed.ERROR: "error",
    Deed.FINISHED: "finished",
    Deed.CANCELED: "canceled",
    Deed.FAILED: "failed",
    # Home Assistant sees only that the job is gone.
    Deed.LOST: "ended",
    Deed.PLATE_CLEARED: "plate_cleared",
    Deed.COOLED_DOWN: "cooled_down",
}
"""The event for each line of the simulator's journal."""


def automations(hass: HomeAssistant, *printers: Printer) -> list[dict[str, Any]]:
    """Return an automation for each trigger and printer that tells when it fired."""
    return [
        {
            "alias": f"{key} {printer.serial}",
            "mode": "queued",
            "triggers": {
                "trigger": f"flashforge.{key}",
                "target": {"device_id": device_of(hass, printer)},
                "options": OPTIONS.get(key, {}),
            },
            "actions": {
                "event": "fired",
                "event_data": {"key": key, "serial": printer.serial},
            },
        }
        for printer in printers
        for key in TRIGGERS
    ]


OPTIONS: dict[str, dict[str, Any]] = {
    "progress_reached": {"progress": 50},
    "layer_reached": {"layer": 10},
    "time_left": {"time": "00:05:00"},
}


class Day:
    """Two printers and the Home Assistant that watches them."""

    def __init__(self, home: Home, time: Time, one: Printer, two: Printer) -> None:
        self.home = home
        self.time = time
        self.one = one
        self.two = two
        self.jobs = 0
        self.restarts = 0
        self.power_cuts = 0

    async def start_both(self, file: StoredFile) -> None:
        """Start a job on both printers, and let it print for three minutes."""
        for printer in (self.one, self.two):
            printer.machine.start_job(file.name)
            self.jobs += 1
        await self.time.passes(20)
        for printer in (self.one, self.two):
            printer.machine.finish_warm_up()
        await self.time.passes(180)

    async def finish_both(self) -> None:
        """Let the jobs end, take the prints off, and let one of the printers cool."""
        await self.time.passes(900)
        await self.clear_both()

    async def clear_both(self) -> None:
        for printer in (self.one, self.two):
            printer.machine.clear_plate()
        await self.time.passes(120)

    async def stop(self, *, crash: bool = False) -> None:
        """Stop Home Assistant, or lose its power."""
        self.restarts += 1
        await (self.home.crash() if crash else self.home.stop())

    async def start(self) -> None:
        """Start it again."""
        await self.home.start()
        self.time.follow(self.home.hass)
        await self.time.passes(60)

    async def lose_power(self, printer: Printer, seconds: float) -> None:
        """Cut the power of a printer for a while."""
        self.power_cuts += 1
        await printer.power_off()
        await self.time.passes(seconds)
        await printer.power_on()
        await self.time.passes(120)


@pytest.fixture
async def day(
    hass_storage: dict[str, Any],
    hass_config_dir: str,
    make_printer: MakePrinter,
    time: Time,
) -> AsyncGenerator[Day]:
    """Return two printers in a Home Assistant that can be restarted."""
    one = await make_printer("5m_pro", files=[PART, OTHER], serial="SNMOCKDAY1")
    two = await make_printer("creator5_pro", files=[PART, OTHER], serial="SNMOCKDAY2")
    home = Home(hass_storage, hass_config_dir, lambda hass: automations(hass, one, two))
    day = Day(home, time, one, two)
    await home.start(make_entry(one), make_entry(two))
    time.follow(home.hass)
    await time.passes(60)
    yield day
    await home.stop()


async def test_a_day(day: Day) -> None:
    one, two, time = day.one, day.two, day.time
    # Two whole jobs of the same file, one after the other.
    for _ in range(2):
        await day.start_both(PART)
        await day.finish_both()

    # A clog, and a pause in which a person cancels.
    await day.start_both(OTHER)
    one.machine.set_error("E0163")
    one.machine.pause()
    two.machine.pause()
    await time.passes(120)
    one.machine.resume()
    two.machine.cancel()
    await day.finish_both()

    # Home Assistant restarts while both print.
    await day.start_both(OTHER)
    await day.stop()
    await time.passes(40)
    await day.start()
    await day.finish_both()

    # One loses its power for ten minutes.
    await day.start_both(PART)
    await day.lose_power(one, 600)
    await time.passes(600)
    two.machine.clear_plate()
    await time.passes(60)

    # Both jobs end while Home Assistant is stopped.
    await day.start_both(OTHER)
    await day.stop()
    await time.passes(900)
    await day.start()
    await day.clear_both()

    # An error that is over, and one that ends the job.
    await day.start_both(PART)
    one.machine.fail("E0109")
    two.machine.fail("E0009")
    await time.passes(60)
    one.machine.clear_error()
    await time.passes(60)
    one.machine.resume()
    two.machine.cancel()
    await day.finish_both()

    # The computer of Home Assistant loses its power while one is paused.
    await day.start_both(PART)
    one.machine.pause()
    await time.passes(60)
    await day.stop(crash=True)
    await time.passes(40)
    await day.start()
    one.machine.resume()
    await day.finish_both()

    # The other one loses its power, so shortly that few polls are missed.
    await day.start_both(OTHER)
    await day.lose_power(two, 20)
    await time.passes(900)
    one.machine.clear_plate()
    await time.passes(60)

    # Filament runs out, and a pause with the door open.
    await day.start_both(PART)
    one.machine.set_error("E0108")
    one.machine.pause()
    two.machine.door_open = True
    two.machine.pause()
    await time.passes(60)
    two.machine.door_open = False
    one.machine.resume()
    two.machine.resume()
    await day.finish_both()
    await time.passes(3600)

    assert (day.jobs, day.restarts, day.power_cuts) == (20, 3, 2)
    for printer in (one, two):
        journal = printer.machine.journal
        expected = [EVENTS[line.deed] for line in journal]
        happened = [
            (kind, job)
            for entity, kind, job in day.home.happened
            if entity == entity_id(day.home.hass, "event", printer, "print")
        ]
        assert [kind for kind, _ in happened] == expected
        # Each job of the printer has one id, and each id is of one job.
        ids = list(zip((line.job for line in journal), happened, strict=True))
        assert len({(number, job) for number, (_, job) in ids}) == 10
        assert len({job for _, (_, job) in ids}) == 10
        fired = Counter(
            each["key"] for each in day.home.fired if each["serial"] == printer.serial
        )
        counts = Counter(line.deed for line in journal)
        assert {key: fired[key] for key in _FIRE} == {
            key: sum(counts[deed] for deed in deeds) for key, deeds in _FIRE.items()
        }
        # Every job but those that lost power came that far; none was told twice.
        for key in ("progress_reached", "layer_reached", "time_left"):
            assert 7 <= fired[key] <= 10, key


_FIRE = {
    "print_started": (Deed.STARTED,),
    "first_layer_done": (Deed.FIRST_LAYER_DONE,),
    "print_paused": (Deed.PAUSED,),
    "print_resumed": (Deed.RESUMED,),
    "print_error": (Deed.ERROR,),
    "print_finished": (Deed.FINISHED,),
    "print_canceled": (Deed.CANCELED,),
    "print_failed": (Deed.FAILED,),
    "plate_cleared": (Deed.PLATE_CLEARED,),
    "cooled_down": (Deed.COOLED_DOWN,),
}
"""How often each trigger has to fire: as often as the printer noted this."""
