"""A printer that only speaks the line protocol (docs/protocol/adventurer-3-4.md)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import override

from ..assumed import FanName
from ..errors import (
    FlashForgeError,
    JobRunsError,
    NotNowError,
    RefusedError,
    UnsupportedError,
    UnsupportedOptionError,
)
from ..identity import Identity
from ..models.line_models import GENERIC_LINE, reach
from ..models.model import Model
from ..models.needs import require
from ..print_files.local_file import LocalFile, Mark
from ..print_files.names import StoredName
from ..printer import Axis, Printer
from ..prints import PrintOptions, StoredFile
from ..state import PrinterState, Product, Status
from .channel import LineChannel, standard_port
from .control import FASTEST, FEED, LineControl
from .course import Course
from .neighbors import known_by_mac
from .reading import Reading, Replies
from .report import MachineReport, named, read_machine
from .summary import POLL, WHO, identify, state_of
from .told import Told, fan_line, light_line
from .upload import LineUpload, see_kept
from .who import Who

CANCEL_SILENCE = 1.0
"""Seconds of silence that end the reply to a cancel, to which some add no ``ok``."""


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
        channel = LineChannel(
            lambda: self.host,
            lambda: self.port,
            alone=True,
            # The oldest, which want a login for all, may switch themselves off.
            waits=lambda: self.logs_in,
        )
        self._reading = Reading(channel, logs_in=logs_in)
        self._lines = LineControl(lambda: self.host, channel=channel)
        self._uploads = LineUpload(channel)
        self._course = Course()
        self._told = Told()
        self._who = Who()
        self._has_light = False
        self._seen: PrinterState | None = None
        self._acts = 0
        self._receiving = False

    @property
    @override
    def logs_in(self) -> bool:
        return self._reading.logs_in

    @override
    def move(self, host: str, port: int) -> None:
        super().move(host, port)
        self._who.forget()

    # --- reading ---

    @override
    async def fetch(self, *, deadline: float | None = None) -> PrinterState:
        if self._receiving and self._seen is not None:
            # Whatever is asked now breaks the transfer.
            return self._seen
        if self._acts and self._seen is not None:
            # The printer answers nobody else until it has done what it was told.
            idle = self._seen.status is Status.IDLE
            return replace(self._seen, status=Status.BUSY) if idle else self._seen
        machine = self._who.take()
        commands = (*POLL, WHO) if machine is None else POLL
        try:
            replies = await self._reading.ask(commands, deadline)
        except FlashForgeError:
            self._told.forget()
            raise
        if machine is None:
            machine = read_machine(replies[WHO])
            machine = await known_by_mac(machine, self._reading.peer)
        state = self._state(machine, replies)
        self._who.keep(machine)
        self._seen = state
        return state

    def _state(self, machine: MachineReport, replies: Replies) -> PrinterState:
        identity, model = identify(machine, self.known)
        if not self.known.admits(identity):
            return PrinterState(identity=identity)
        self.model = model
        self.answers = {asked: dict(named(told)) for asked, told in replies.items()}
        state = state_of(identity, model, machine, replies, self._course, self._told)
        self._has_light |= state.light is not None and state.assumed.light is None
        return state

    @override
    async def fetch_product(self) -> Product:
        return Product(light=True if self._has_light else None)

    @override
    async def list_files(self) -> tuple[StoredFile, ...]:
        try:
            names = await self._teller().file_names()
        except RefusedError:
            # So says a printer without any file.
            return ()
        return tuple(StoredFile(name=name) for name in names)

    @override
    async def fetch_thumbnail(self, file: str) -> bytes | None:
        try:
            return await self._teller().thumbnail(file)
        except RefusedError:
            return None

    @override
    async def fetch_job_thumbnail(self) -> bytes | None:
        file = self._seen.job.file if self._seen else None
        return await self.fetch_thumbnail(file) if file else None

    def _teller(self) -> LineControl:
        self._lines.logs_in = self.logs_in
        return self._lines

    # --- printing ---

    @override
    async def check_start(self, options: PrintOptions) -> None:
        # Leveling is part of the file here, and there is nothing else to choose.
        for name in ("flow_calibration", "first_layer_inspection", "time_lapse"):
            if getattr(options, name):
                raise UnsupportedOptionError(option=name)
        if options.mappings:
            raise UnsupportedOptionError(option="mappings")

    @override
    async def start_file(self, file: str, options: PrintOptions) -> None:
        await self.check_start(options)
        self._course.start(file)
        await self._lines.start(file)

    @override
    async def upload(
        self,
        source: Path,
        name: StoredName,
        *,
        start: PrintOptions | None = None,
        on_progress: Callable[[int], None] | None = None,
        known: Mark | None = None,
    ) -> None:
        if self._seen is not None and self._seen.may_have_job:
            # Nothing could be read meanwhile, and the job not be paused.
            raise JobRunsError("a job runs")
        if start is not None:
            await self.check_start(start)
        file = await LocalFile.open(source, known)
        self._receiving = True
        try:
            await self._uploads.send(file, name, on_progress)
        finally:
            self._receiving = False
            file.close()
        await see_kept(name, self.list_files())
        if start is not None:
            await self.start_file(name, start)

    @override
    def cancel_upload(self) -> None:
        self._uploads.cancel()

    # --- commands ---

    @override
    async def pause(self) -> None:
        if self._course.canceling:
            # It would stop the printer in the middle of ending the job.
            raise NotNowError("the job is being canceled")
        await self._lines.order("M25")
        self._course.pause()

    @override
    async def resume(self) -> None:
        await self._lines.order("M24")
        self._course.resume()

    @override
    async def cancel(self) -> None:
        await self._lines.order("M26", silence=CANCEL_SILENCE)
        self._course.canceling = True

    @override
    async def set_light(self, on: bool) -> None:
        await self._lines.order(light_line(on))
        self._told.light(on)

    @override
    async def set_fan(self, fan: FanName, on: bool) -> None:
        require(self.model, fan)
        await self._lines.order(fan_line(fan, on))
        self._told.fan(fan, on)

    @override
    async def rename(self, name: str) -> None:
        require(self.model, "rename")
        self._who.rename()
        await self._lines.order(f"M610 {name}")

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
        wanted = FEED[axis] if feed is None else feed
        with self._acting():
            await self._lines.move(
                axis,
                millimeters,
                min(wanted, FASTEST[axis]),
                reach=reach(self.model, axis),
            )

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
