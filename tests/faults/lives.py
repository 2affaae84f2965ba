"""What can happen to a printer in a day: troubles, and what people do with it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from homeassistant.components.camera import async_get_image
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from custom_components.flashforge.const import DOMAIN
from simulator import CAMERA, Fault, NotNowError, Printer
from simulator.faults import UPLOAD
from tests.support.lookups import call, device_of, entity_id, has_entity

from .orders import PRINT

STEP = 30.0
"""Seconds in one step of time."""

MISHAP = 1 / 60
"""The probability of a trouble of one printer in one step."""

DEED = 1 / 20
"""The probability that a person uses one printer in one step."""

LONGEST_TROUBLE = 40
"""Steps that a trouble lasts at the most."""

CODE = "00412345"

FAULTS = tuple(
    fault
    for fault in Fault
    if fault not in {Fault.IGNORE_COMMANDS, Fault.REFUSE_COMMANDS}
)
CAMERA_FAULTS = (Fault.REFUSE, Fault.HANG, Fault.CUT, Fault.HTTP_500, Fault.FLOOD)


class Life:
    """What happens to one printer: troubles that pass, and people who use it."""

    def __init__(
        self,
        hass: HomeAssistant,
        printer: Printer,
        random: Random,
        free: list[str],
        file: Path,
    ) -> None:
        self.printer = printer
        self.mishaps = 0
        self.deeds = 0
        self.orders = 0
        """The requests that all calls for an upload or a print need at the most."""
        self.starts = 0
        """The requests for uploads and prints that the printer received."""
        self._file = file
        self._hass = hass
        self._random = random
        self._free = free
        self._steps_left = 0
        self._calls: set[asyncio.Task[None]] = set()

    @property
    def stride(self) -> float:
        """The seconds by which the clock may move at once."""
        return STEP

    async def step(self) -> None:
        """Do what happens in one step of time."""
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

    def count(self) -> None:
        """Note the requests that the printer received, and clear its list."""
        self.starts += self.printer.count(UPLOAD) + self.printer.count(PRINT)
        self.printer.requests.clear()

    async def end(self) -> None:
        """Wait for the calls that still wait for the printer."""
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
            *self._own_mishaps,
        )

    @property
    def _own_mishaps(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        """What happens only to this kind of printer."""
        return (self._lan_mode, self._code, self._station)

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
            lambda: self._order("upload_file", path=str(self._file)),
            lambda: self._order(
                "upload_file", path=str(self._file), print_now=True, leveling=False
            ),
            lambda: self._order(
                "print_file", file_name=machine.files[0].name, leveling=False
            ),
            lambda: self._call("button", "press", "cancel_upload"),
        )

    def _open_door(self) -> None:
        self.printer.machine.door_open = not self.printer.machine.door_open

    def _call(self, platform: str, service: str, key: str, **data: object) -> None:
        if has_entity(self._hass, platform, self.printer, key):
            self._try(call(self._hass, platform, service, self.printer, key, **data))

    def _order(self, action: str, **data: object) -> None:
        self.orders += self._requests(**data)
        device = device_of(self._hass, self.printer)
        self._try(
            self._hass.services.async_call(
                DOMAIN, action, {"device_id": device, **data}, blocking=True
            )
        )

    def _requests(self, **_: object) -> int:
        """Return how many requests a call for an upload or a print needs at the most."""
        return 1

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
