"""A day in the life of ten printers, in which whatever can go wrong does, at random."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
import gc
import logging
from pathlib import Path
from random import Random
import resource
from typing import override

from homeassistant.components.camera import async_get_image
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from simulator import CAMERA, Fault, NotNowError, Printer
from tests.common import call, entity_id, has_entity
from tests.conftest import HTTP_MODELS, make_entry
from tests.networking import Network
from tests.timing import Time

from . import traces
from .truth import untruths

SEED = 20261121
HOURS = 24
STEP = 30.0
STEPS_PER_HOUR = round(3600 / STEP)
CALM = 1800
"""Seconds after the last trouble in which everybody has to be back."""

MISHAP = 1 / 60
"""How likely something goes wrong with a printer in one step."""

DEED = 1 / 20
"""How likely somebody does something to a printer in one step."""

LONGEST_TROUBLE = 40
"""Steps that a trouble lasts at the most."""

ADDRESSES = [f"127.0.92.{number}" for number in range(1, 250)]
CODE = "00412345"

FLAT = 0.05
"""By which part memory may move in the second half of the day."""

FAULTS = tuple(
    fault
    for fault in Fault
    if fault not in {Fault.IGNORE_COMMANDS, Fault.REFUSE_COMMANDS}
)
CAMERA_FAULTS = (Fault.REFUSE, Fault.HANG, Fault.CUT, Fault.HTTP_500, Fault.FLOOD)


class Life:
    """What happens to one printer: troubles that pass, and people who use it."""

    def __init__(
        self, hass: HomeAssistant, printer: Printer, random: Random, free: list[str]
    ) -> None:
        self.printer = printer
        self.mishaps = 0
        self.deeds = 0
        self._hass = hass
        self._random = random
        self._free = free
        self._steps_left = 0
        self._calls: set[asyncio.Task[None]] = set()

    async def step(self) -> None:
        """Let one step of time bring what it brings."""
        if self._steps_left:
            self._steps_left -= 1
            if not self._steps_left:
                await self.mend()
        elif self._random.random() < MISHAP:
            self.mishaps += 1
            self._steps_left = self._random.randint(1, LONGEST_TROUBLE)
            await self._random.choice(self._mishaps)()
        if self._random.random() < DEED:
            self.deeds += 1
            with suppress(NotNowError):
                self._random.choice(self._deeds)()

    async def mend(self) -> None:
        """End whatever is wrong."""
        printer = self.printer
        self._steps_left = 0
        printer.faults.clear()
        printer.lan_mode = True
        printer.check_code = CODE
        printer.machine.station_connected = True
        await printer.power_on()

    async def end(self) -> None:
        """Wait for those who still wait for the printer."""
        await asyncio.gather(*self._calls)

    @property
    def _mishaps(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        return (
            self._fault,
            self._fault,
            self._fault,
            self._camera_fault,
            self.printer.power_off,
            self.printer.power_off,
            self._move,
            self._lan_mode,
            self._code,
            self._station,
        )

    async def _fault(self) -> None:
        fault = self._random.choice(FAULTS)
        self.printer.faults.add(fault, seconds=20 if fault is Fault.DELAY else None)

    async def _camera_fault(self) -> None:
        self.printer.faults.add(self._random.choice(CAMERA_FAULTS), path=CAMERA)

    async def _move(self) -> None:
        address = self._free.pop(self._random.randrange(len(self._free)))
        self._free.append(self.printer.host)
        await self.printer.move(address)

    async def _lan_mode(self) -> None:
        self.printer.lan_mode = False

    async def _code(self) -> None:
        self.printer.check_code = "99999999"

    async def _station(self) -> None:
        self.printer.machine.station_connected = False

    @property
    def _deeds(self) -> tuple[Callable[[], object], ...]:
        machine = self.printer.machine
        return (
            machine.clear_plate,
            lambda: machine.start_job(self._random.choice(machine.files).name),
            lambda: machine.start_job(self._random.choice(machine.files).name),
            machine.pause,
            machine.resume,
            machine.cancel,
            lambda: machine.fail("E0163"),
            machine.clear_error,
            self._open_door,
            lambda: self._call("button", "press", "pause"),
            lambda: self._call("button", "press", "resume"),
            lambda: self._call("button", "press", "cancel"),
            lambda: self._call("button", "press", "clear_plate"),
            lambda: self._call("light", "turn_on", "light"),
            lambda: self._call("light", "turn_off", "light"),
            lambda: self._call("number", "set_value", "bed_target", value=40),
            self._look,
        )

    def _open_door(self) -> None:
        self.printer.machine.door_open = not self.printer.machine.door_open

    def _call(self, platform: str, service: str, key: str, **data: object) -> None:
        if has_entity(self._hass, platform, self.printer, key):
            self._try(call(self._hass, platform, service, self.printer, key, **data))

    def _look(self) -> None:
        if has_entity(self._hass, "camera", self.printer, "camera"):
            camera = entity_id(self._hass, "camera", self.printer, "camera")
            self._try(async_get_image(self._hass, camera))

    def _try(self, action: Awaitable[object]) -> None:
        async def attempt() -> None:
            with suppress(HomeAssistantError):
                await action

        task = asyncio.create_task(attempt())
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)


class Memory:
    """How much there is, after everything that can go is gone."""

    def __init__(self) -> None:
        self.objects: list[int] = []
        self.kilobytes: list[int] = []

    def look(self) -> None:
        """Remember how much it is now."""
        gc.collect()
        self.objects.append(len(gc.get_objects()))
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.kilobytes.append(pages * resource.getpagesize() // 1024)


def spread(samples: list[int]) -> float:
    """Return how far the samples of the second half lie from their mean, as a part."""
    half = samples[len(samples) // 2 :]
    mean = sum(half) / len(half)
    return max(abs(each - mean) for each in half) / mean


class Keeper(logging.Handler):
    """Keeps what the day's log says of errors, and what we say at all."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[logging.LogRecord] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        # Without the error that it is about, which would hold on to half a printer.
        said = {"msg": record.getMessage(), "args": None}
        self.records.append(logging.makeLogRecord(record.__dict__ | said))


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[list[logging.LogRecord]]:
    """Return what the log of the day says; nobody else keeps much of it."""
    caplog.set_level(logging.ERROR)
    caplog.set_level(logging.INFO, traces.OURS)
    keeper = Keeper()
    loggers = (logging.getLogger(), logging.getLogger(traces.OURS))
    # The harness keeps whatever reaches the root.
    loggers[1].propagate = False
    for logger in loggers:
        logger.addHandler(keeper)
    yield keeper.records
    for logger in loggers:
        logger.removeHandler(keeper)
    loggers[1].propagate = True


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_a_day_of_ten_printers(
    hass: HomeAssistant,
    network: Network,
    time: Time,
    log: list[logging.LogRecord],
) -> None:
    random = Random(SEED)
    free = list(ADDRESSES)
    lives = []
    for model in HTTP_MODELS * 2:
        host = free.pop()
        printer = await network.printer(model, host=host, check_code=CODE)
        entry = make_entry(printer)
        entry.add_to_hass(hass)
        await time.passes_until(hass.config_entries.async_setup(entry.entry_id))
        lives.append(Life(hass, printer, random, free))
    memory = Memory()

    for _ in range(HOURS):
        for _ in range(STEPS_PER_HOUR):
            for life in lives:
                await life.step()
            await time.passes(STEP, STEP)
        for life in lives:
            life.printer.requests.clear()
        memory.look()

    printers = [life.printer for life in lives]
    for life in lives:
        await life.mend()
    await time.passes(CALM, 15)
    for life in lives:
        await life.end()
    wrong = {each.serial: await untruths(hass, each) for each in printers}
    assert wrong == {each.serial: {} for each in printers}
    assert hass.config_entries.flow.async_progress() == []
    assert sum(life.mishaps for life in lives) > 5 * HOURS
    assert sum(life.deeds for life in lives) > 20 * HOURS
    _assert_log(log, printers)
    await traces.assert_nothing_is_left(hass, time, printers)
    assert spread(memory.objects) < FLAT
    assert spread(memory.kilobytes) < FLAT


def _assert_log(log: list[logging.LogRecord], printers: list[Printer]) -> None:
    """Each printer has gone and returned by turns, and nobody can be recognized."""
    assert traces.failures(log) == []
    lines = traces.lines(log)
    by_printer = [
        [line for line in lines if f"…{each.serial[-4:]}" in line] for each in printers
    ]
    assert sum(map(len, by_printer)) == len(lines)
    for told in map(traces.goings, by_printer):
        assert told
        assert told == [True, False] * (len(told) // 2)
    secrets = {secret for each in printers for secret in traces.private(each)}
    names = {each.name for each in printers}
    assert not [each for each in secrets - names if each in "\n".join(lines)]
