"""The printer as its callers see it, whatever it speaks underneath."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Literal

from .assumed import FanName
from .errors import UnsupportedError
from .identity import Identity
from .models.model import Model
from .print_files.local_file import Mark
from .print_files.names import StoredName
from .prints import PrintOptions, StoredFile
from .state import PrinterState, Product

type AdjustmentName = Literal[
    "speed_factor", "z_offset", "part_fan", "left_part_fan", "chamber_fan"
]
"""A field of ``state.Adjustments``."""


type Axis = Literal["x", "y", "z"]
"""An axis that can be moved."""


class FilamentAction(IntEnum):
    """What to do with a spool (docs/protocol/material-station.md §4)."""

    LOAD = 0
    UNLOAD = 1
    CANCEL = 2


class Printer(ABC):
    """One printer: a state to fetch and one method per thing a person can do.

    A method returns when the printer has acknowledged, which proves nothing: the caller
    checks the next state (docs/design.md, law 6; ``commands.command.Command`` has the
    proof). Every method raises ``errors.FlashForgeError``, and
    ``errors.UnsupportedError`` is what a model answers that has no such function.
    """

    def __init__(self, host: str, port: int, model: Model) -> None:
        """Keep where the printer is and what it is."""
        self.host = host
        self.port = port
        self.model = model
        self.known = Identity()
        """The printer that has to answer; answers of another one change nothing here."""
        self.answers: dict[str, object] = {}
        """The last answers about state and product as sent, by what was asked.

        For diagnostics, which show their shape only.
        """

    @property
    def logs_in(self) -> bool:
        """Whether it answers only to a program with control, as far as that is known."""
        return False

    def move(self, host: str, port: int) -> None:
        """Follow the printer to another address; the next request goes there."""
        self.host = host
        self.port = port

    @abstractmethod
    async def fetch(self, *, deadline: float | None = None) -> PrinterState:
        """Return the state as of now, within ``deadline`` seconds or the usual time."""

    @abstractmethod
    async def fetch_product(self) -> Product:
        """Return what the printer lists as controllable."""

    @abstractmethod
    async def list_files(self) -> tuple[StoredFile, ...]:
        """Return the stored files, newest first, as far as the printer lists them."""

    @abstractmethod
    async def fetch_thumbnail(self, file: str) -> bytes | None:
        """Return the picture of a stored file, None when it has none."""

    async def fetch_job_thumbnail(self) -> bytes | None:
        """Return the picture of the running job, None when there is none."""
        return None

    async def check_start(self, options: PrintOptions) -> None:
        """Raise ``errors.UnsupportedError`` when a print cannot be started like this."""
        raise UnsupportedError("print_file")

    async def start_file(self, file: str, options: PrintOptions) -> None:
        """Start a stored file; whether it begins is for the next states to show.

        Never to be repeated on silence: it may have begun (docs/protocol/http.md §6.1).
        """
        raise UnsupportedError("print_file")

    async def upload(
        self,
        source: Path,
        name: StoredName,
        *,
        start: PrintOptions | None = None,
        on_progress: Callable[[int], None] | None = None,
        known: Mark | None = None,
    ) -> None:
        """Store a local file under a name of ``stored_name``; ``start`` also prints it.

        The caller checks first that there is room (``commands.printing.check_upload``).
        ``on_progress`` gets the number of bytes of the file sent so far. ``known`` is
        the mark of the file from before it was read: a file with another mark is not
        sent. A second upload waits for the first. Raises ``errors.UploadError`` when
        the upload breaks off: nothing was stored or started then, except that
        ``errors.UploadUnansweredError`` leaves it open.
        """
        raise UnsupportedError("upload_file")

    def cancel_upload(self) -> None:  # noqa: B027 - most printers take no uploads
        """Let the upload that runs, if any, end with an ``UploadCanceledError``."""

    async def pause(self) -> None:
        """Pause the job."""
        raise UnsupportedError("pause")

    async def resume(self) -> None:
        """Resume the paused job."""
        raise UnsupportedError("resume")

    async def cancel(self) -> None:
        """Cancel the job."""
        raise UnsupportedError("cancel")

    async def clear_plate(self) -> None:
        """Confirm that the finished print was taken off the plate."""
        raise UnsupportedError("clear_plate")

    async def set_light(self, on: bool) -> None:
        """Switch the light."""
        raise UnsupportedError("light")

    async def set_fan(self, fan: FanName, on: bool) -> None:
        """Switch a fan that has no speeds and is not reported."""
        raise UnsupportedError(fan)

    async def set_nozzle_target(
        self, tool: int, celsius: int, *, off_marker: bool = False
    ) -> None:
        """Set the target of a nozzle, ``tool`` from 0, in °C; 0 is off.

        ``off_marker`` sends the printer's other word for off, for firmware on which a
        plain 0 has no effect (docs/protocol/http.md §4.3).
        """
        raise UnsupportedError("nozzle_target")

    async def set_bed_target(self, celsius: int, *, off_marker: bool = False) -> None:
        """Set the target of the bed in °C; 0 is off."""
        raise UnsupportedError("bed_target")

    async def set_chamber_target(
        self, celsius: int, *, off_marker: bool = False
    ) -> None:
        """Set the target of the chamber in °C; 0 is off."""
        raise UnsupportedError("chamber_target")

    async def adjust(self, name: AdjustmentName, value: float) -> None:
        """Set one of the adjustments of a running job, the others as just read.

        Raises ``errors.NoJobError`` when no job runs, because the printer acknowledges
        and ignores it then (docs/protocol/http.md §4.2).
        """
        raise UnsupportedError(name)

    async def restore_adjustments(  # noqa: B027 - most printers change nothing else
        self, state: PrinterState
    ) -> None:
        """Send back, once, what the last ``adjust`` changed without being asked to."""

    async def set_filtration(
        self, *, internal: bool | None = None, external: bool | None = None
    ) -> None:
        """Switch the filter fans; None leaves a side as just read."""
        raise UnsupportedError("filtration")

    async def set_power_off(self, *, enabled: bool, delay: int) -> None:
        """Set turning off after a print, ``delay`` in minutes."""
        raise UnsupportedError("power_off")

    async def set_camera(self, on: bool) -> None:
        """Switch the camera."""
        raise UnsupportedError("camera_power")

    async def rename(self, name: str) -> None:
        """Give the printer another name."""
        raise UnsupportedError("rename")

    async def calibrate(self, *, leveling: bool, vibration: bool) -> None:
        """Level the bed and measure vibration."""
        raise UnsupportedError("calibrate")

    async def clear_error(self, code: str) -> None:
        """Clear the active error; ``code`` has to be exactly the active one."""
        raise UnsupportedError("clear_error")

    async def set_slot(self, slot: int, material: str, color: str) -> None:
        """Write what a slot holds: material name and palette color ``#RRGGBB``."""
        raise UnsupportedError("set_slot")

    async def set_direct_feed(self, material: str, color: str) -> None:
        """Write what the direct feed holds."""
        raise UnsupportedError("set_direct_feed")

    async def feed_slot(self, slot: int, action: FilamentAction) -> None:
        """Load or unload a slot, or cancel that."""
        raise UnsupportedError("feed_slot")

    async def feed_direct(self, action: FilamentAction) -> None:
        """Load or unload the direct feed, or cancel that."""
        raise UnsupportedError("feed_direct")

    async def home(self) -> None:
        """Home all axes."""
        raise UnsupportedError("home")

    async def move_axis(
        self, axis: Axis, millimeters: float, *, feed: int | None = None
    ) -> None:
        """Move an axis by a distance; ``feed`` is in mm/min, if the printer takes one."""
        raise UnsupportedError("move")

    async def extrude(self, millimeters: float) -> None:
        """Push filament through the nozzle, pull it back when negative."""
        raise UnsupportedError("extrude")

    async def send_gcode(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Send lines of G-code and return the reply to each."""
        raise UnsupportedError("send_gcode")

    async def set_runout_sensor(self, on: bool) -> None:
        """Switch the sensor that notices the end of the filament."""
        raise UnsupportedError("runout_sensor")
