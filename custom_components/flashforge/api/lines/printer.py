"""A printer that only speaks the line protocol (docs/protocol/adventurer-3-4.md)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from typing import override

from ..errors import NotNowError, OtherPrinterError, UnreadableError, UnsupportedError
from ..identity import Identity
from ..models.catalog import by_name
from ..models.line_models import GENERIC_LINE, line_model
from ..models.model import Model, Protocol
from ..models.needs import require
from ..printer import Axis, Printer
from ..prints import StoredFile
from ..state import Heater, PrinterState, Product, Status
from .channel import LineChannel, standard_port
from .control import LineControl
from .course import Course
from .reading import Reading, Replies
from .report import (
    MachineReport,
    named,
    read_machine,
    read_progress,
    read_status,
    read_temperatures,
)

CANCEL_SILENCE = 1.0
"""Seconds of silence that end the reply to a cancel, to which some add no ``ok``."""

WHO_EVERY = 20
"""After so many polls a printer is asked again who it is."""

_WHO = "M115"
_STATUS = "M119"
_TEMPERATURES = "M105"
_PROGRESS = "M27"
_POLL = (_STATUS, _TEMPERATURES, _PROGRESS)


class TcpPrinter(Printer):
    """A printer whose only interface is the line protocol.

    Each poll is one short connection, which takes no control from anybody.
    """

    def __init__(
        self,
        host: str,
        *,
        port: int | None = None,
        model: Model = GENERIC_LINE,
        known: Identity | None = None,
        logs_in: bool = False,
    ) -> None:
        """Keep how to reach the printer.

        ``logs_in`` is known of a printer that is silent before a login.
        """
        super().__init__(host, standard_port() if port is None else port, model)
        self.known = known or Identity()
        channel = LineChannel(lambda: self.host, lambda: self.port)
        self._reading = Reading(channel, logs_in=logs_in)
        self._lines = LineControl(lambda: self.host, channel=channel)
        self._course = Course(monotonic)
        self._machine: MachineReport | None = None
        self._polls = 0
        self._has_light = False
        self._seen: PrinterState | None = None
        self._acts = 0

    @property
    @override
    def logs_in(self) -> bool:
        return self._reading.logs_in

    @override
    def move(self, host: str, port: int) -> None:
        super().move(host, port)
        self._machine = None

    # --- reading ---

    @override
    async def fetch(self, *, deadline: float | None = None) -> PrinterState:
        if self._acts and self._seen is not None:
            # The printer answers nobody else until it has done what it was told.
            idle = self._seen.status is Status.IDLE
            return replace(self._seen, status=Status.BUSY) if idle else self._seen
        asks_who = self._machine is None or self._polls >= WHO_EVERY
        commands = (*_POLL, _WHO) if asks_who else _POLL
        machine = None if asks_who else self._machine
        # Whoever answers after a failure may be another printer.
        self._machine = None
        replies = await self._reading.ask(commands, deadline)
        self._polls = 0 if asks_who else self._polls + 1
        if machine is None:
            machine = read_machine(replies[_WHO])
        state = self._state(machine, replies)
        self._machine = machine
        self._seen = state
        return state

    def _state(self, machine: MachineReport, replies: Replies) -> PrinterState:
        identity, model = self._identify(machine)
        if not self.known.admits(identity):
            return PrinterState(identity=identity)
        self.model = model
        self.answers = {asked: dict(named(told)) for asked, told in replies.items()}
        report = read_status(replies[_STATUS])
        if report.machine is None:
            raise UnreadableError("no status in the reply")
        heaters = read_temperatures(replies[_TEMPERATURES])
        nozzles = _nozzles(heaters, machine.tools or model.tools)
        progress = read_progress(replies[_PROGRESS])
        status, job = self._course.follow(model, report, progress, nozzles)
        self._has_light = self._has_light or report.light is not None
        unread = {"nozzles": not heaters, "job.progress": progress is None}
        return PrinterState(
            identity=identity,
            status=status,
            raw_status=" ".join(filter(None, (report.machine, report.mode))),
            job=job,
            nozzles=nozzles,
            bed=_bed(heaters, model),
            light=report.light,
            build_volume=machine.size or model.build_volume,
            unread=tuple(name for name, missing in unread.items() if missing),
        )

    def _identify(self, machine: MachineReport) -> tuple[Identity, Model]:
        """Return who answered, and its model. Raises ``errors.OtherPrinterError``."""
        modern = by_name(machine.machine_type)
        if modern is not None and modern.protocol is not Protocol.TCP:
            raise OtherPrinterError("a printer with another interface answers")
        model = line_model(self.known.pid, machine.machine_type, machine.size)
        identity = Identity(
            pid=model.pid or self.known.pid,
            name=machine.name,
            model_name=machine.machine_type,
            firmware=machine.firmware,
            mac=machine.mac,
            serial=machine.serial,
        )
        return identity, model

    @override
    async def fetch_product(self) -> Product:
        return Product(light=True if self._has_light else None)

    @override
    async def list_files(self) -> tuple[StoredFile, ...]:
        names = await self._lines.file_names()
        return tuple(StoredFile(name=name) for name in names)

    @override
    async def fetch_thumbnail(self, file: str) -> bytes | None:
        return None

    # --- commands ---

    @override
    async def pause(self) -> None:
        if self._course.canceling:
            # It would stop the printer in the middle of ending the job.
            raise NotNowError("the job is being canceled")
        await self._lines.order("M25")

    @override
    async def resume(self) -> None:
        await self._lines.order("M24")

    @override
    async def cancel(self) -> None:
        await self._lines.order("M26", silence=CANCEL_SILENCE)
        self._course.canceling = True

    @override
    async def set_light(self, on: bool) -> None:
        level = 255 if on else 0
        await self._lines.order(f"M146 r{level} g{level} b{level} F0")

    @override
    async def set_nozzle_target(
        self, tool: int, celsius: int, *, off_marker: bool = False
    ) -> None:
        if not 0 <= tool < self.model.tools:
            raise UnsupportedError("nozzle_target")
        wanted = min(max(celsius, 0), self.model.nozzle_max)
        await self._lines.order(f"M104 S{wanted} T{tool}")

    @override
    async def set_bed_target(self, celsius: int, *, off_marker: bool = False) -> None:
        if not self.model.heated_bed:
            raise UnsupportedError("bed_target")
        wanted = min(max(celsius, 0), self.model.bed_max)
        await self._lines.order(f"M140 S{wanted} T0")

    @override
    async def home(self) -> None:
        require(self.model, "home")
        with self._acting():
            await self._lines.home()

    @override
    async def move_axis(
        self, axis: Axis, millimeters: float, *, feed: int | None = None
    ) -> None:
        require(self.model, "move")
        with self._acting():
            await self._lines.move(axis, millimeters, feed)

    @override
    async def extrude(self, millimeters: float) -> None:
        require(self.model, "extrude")
        with self._acting():
            await self._lines.move("e", millimeters)

    @override
    async def send_gcode(self, lines: Sequence[str]) -> tuple[str, ...]:
        require(self.model, "send_gcode")
        with self._acting():
            return await self._lines.send(lines)

    @contextmanager
    def _acting(self) -> Iterator[None]:
        """Note that the only connection is in use, which may take a minute."""
        self._acts += 1
        try:
            yield
        finally:
            self._acts -= 1

    @override
    async def clear_plate(self) -> None:
        # The printer does not know that there is a print on its plate.
        self._course.clear()


def _nozzles(heaters: dict[str, Heater], tools: int) -> tuple[Heater, ...]:
    """Return the nozzles that exist; a printer reports more than it has."""
    found = (heaters.get(f"T{tool}") for tool in range(tools))
    return tuple(each or Heater() for each in found)


def _bed(heaters: dict[str, Heater], model: Model) -> Heater | None:
    """Return the bed; a printer without one reports 0 for ever."""
    bed = heaters.get("B")
    nothing = replace(Heater(), temperature=0.0, target=0.0)
    if not model.heated_bed or (bed == nothing and not model.described):
        return None
    return bed
