"""The machine: what a person at its screen could do and see."""

from collections.abc import Callable, Mapping, Set as AbstractSet

from ..clock import Clock
from ..models.catalog import ModelSpec
from ..models.quirks import Quirks, StartWindow
from .course import Chore
from .feeder import Feeder
from .files import StoredFile
from .job import Job, JobOptions
from .status import JOB_RUNS, PLATE_TO_CLEAR, WARM_UP, NotNowError, Status

_FEEDS = frozenset(
    {Status.HEATING, Status.PRINTING, Status.PAUSING, Status.PAUSED, Status.ERROR}
)
_STANDS = PLATE_TO_CLEAR | {Status.READY}
_COLDEST_EXTRUSION = 170.0
_EXTRUSION_TARGET = 220.0
_EXTRUSION_SPEED = 5.0


class Machine(Feeder):
    """A printer without its network.

    Methods raise `NotNowError` where the screen would not offer them.
    """

    def __init__(
        self, spec: ModelSpec, quirks: Quirks, clock: Clock, files: list[StoredFile]
    ) -> None:
        """Put the machine together, with files in its memory, and switch it on."""
        super().__init__(spec, quirks, clock)
        self.files = files

    # What can be seen

    @property
    def status(self) -> Status:
        """What the machine is doing."""
        self.sync()
        return self._status

    @property
    def job(self) -> Job | None:
        """The job, also one that is over, until the plate is cleared."""
        self.sync()
        return self._job

    @property
    def running_job(self) -> Job | None:
        """The job while it can still go on."""
        return self.job if self._status in JOB_RUNS else None

    @property
    def warming_up(self) -> bool:
        """A job is under way that has not extruded yet."""
        job = self.running_job
        return job is not None and self._status in WARM_UP and not job.started

    @property
    def start_window(self) -> StartWindow | None:
        """What the firmware tells right after a start (docs/protocol/detail.md §3.2)."""
        if self.status is not Status.STARTING:
            return None
        end = self._since
        for window in self.quirks.start_windows:
            end += window.seconds
            if self._time < end:
                return window
        return None

    @property
    def busy_until(self) -> float:
        """When, on the clock, that is over which is no job."""
        return self._chore_ends()

    @property
    def current_slot(self) -> int:
        """The slot or head that feeds the print, from 1; 0 for none."""
        job = self.job
        if job is None or not job.started or self._status not in _FEEDS:
            return self.loaded_slot
        if not self._feeds_from_slots(job):
            return 0
        return job.slot_of(job.tool, job.file.used[job.tool])

    # What a person can do

    def start_job(
        self, file: str | None = None, *, options: JobOptions | None = None
    ) -> Job:
        """Print a stored file, the first one unless named; KeyError if unknown."""
        self._require({Status.READY}, "start a job")
        self.require_still("start a job")
        stored = {entry.name: entry for entry in self.files}
        found = self.files[0] if file is None else stored[file]
        self._job = job = Job(found, options or JobOptions(), self.sync)
        if self._feeds_from_slots(job):
            self.loaded_slot = 0
        self._calibration = job.options.preparation(len(found.used))
        self.speed_factor = 100
        self._enter(Status.STARTING)
        self.sync()
        return job

    def store(self, file: StoredFile) -> None:
        """Put a file first in the memory; one with the same name goes.

        The free storage never grows, as little as on a printer that keeps what it
        unpacked: what a smaller file leaves over stays taken.
        """
        replaced = sum(each.size for each in self.files if each.name == file.name)
        self.files = [file, *(each for each in self.files if each.name != file.name)]
        self.free_storage_gb -= max(file.size - replaced, 0) / 1e9

    def pause(self) -> None:
        """Pause the job; it takes a few seconds."""
        self._require_job(WARM_UP | {Status.PRINTING}, "pause")
        self._enter(Status.PAUSING)

    def resume(self) -> None:
        """Go on after a pause; the error code that came with it goes."""
        self._require({Status.PAUSED}, "resume")
        self.require_still("resume")
        self.error_code = None
        self._enter(Status.HEATING)

    def cancel(self) -> None:
        """Give the job up; it takes a few seconds."""
        self._require_job(JOB_RUNS | {Status.ERROR}, "cancel")
        self._enter(Status.CANCELING)

    def clear_plate(self) -> None:
        """Take the print off, after which a new job can start."""
        self._require(PLATE_TO_CLEAR | {Status.READY}, "clear the plate")
        self._job = None
        self._enter(Status.READY)

    def calibrate(self, seconds: float = 300.0) -> None:
        """Level the bed or measure vibrations for some time."""
        self._require({Status.READY}, "calibrate")
        self.require_still("calibrate")
        self._calibration = seconds
        self._enter(Status.CALIBRATING)

    def home(self) -> None:
        """Home all axes; it takes a while."""
        self._begin_chore("home", self.quirks.homing_seconds, self.motion.home)

    def move(self, targets: Mapping[str, float], *, relative: bool = True) -> None:
        """Move axes `x`, `y` and `z` in mm, by a distance or to a place."""
        self._require(_STANDS, "move")
        if self.motion.homed or not self.quirks.moves_need_homing:
            self.motion.go(targets, relative=relative)

    def extrude(self, millimeters: float) -> None:
        """Push filament through the nozzle as it is; nothing moves when it is cold."""
        self._require(_STANDS, "extrude")
        if self.nozzles[0].temperature >= _COLDEST_EXTRUSION:
            self.motion.extrude(millimeters)

    def heat_and_extrude(self, millimeters: float) -> None:
        """Heat the nozzle, push filament and let it cool (docs/protocol/http.md §5)."""
        nozzle = self.nozzles[0]

        def finish() -> None:
            self.motion.extrude(millimeters)
            nozzle.target = before

        self._require(_STANDS, "extrude")
        before = nozzle.target
        nozzle.target = max(before, _EXTRUSION_TARGET)
        moving = abs(millimeters) / _EXTRUSION_SPEED
        seconds = nozzle.seconds_to_target() + moving
        self._begin_chore("extrude", seconds, finish)

    def clear_error(self) -> None:
        """Dismiss an error; a job that it stopped can then be resumed."""
        self.error_code = None
        if self.status is Status.ERROR:
            self._enter(Status.READY if self._job is None else Status.PAUSED)

    def boot(self) -> None:
        """Get power again."""
        if self.status is Status.OFF:
            self._enter(Status.READY)

    # What can happen

    def fail(self, code: str) -> None:
        """Stop with an error such as `E0009` (docs/protocol/detail.md §6)."""
        self._require(frozenset(Status) - {Status.OFF}, "fail")
        self.error_code = code
        self._enter(Status.ERROR)

    def set_error(self, code: str | None) -> None:
        """Show an error code, or none, without a change of the status."""
        self.error_code = code

    def finish_warm_up(self) -> None:
        """Stand at the first layer at once, without moving the clock."""
        job = self._require_job(WARM_UP, "finish the warm-up")
        if job.file.fails_with is not None:
            self.fail(job.file.fails_with)
            return
        self._enter(Status.HEATING)
        for heater in self._job_heaters():
            heater.reach_target()
        self._enter(self._after_heating())

    def finish_job(self) -> None:
        """Be done at once, without moving the clock; the counters count it."""
        if self.warming_up:
            self.finish_warm_up()
        job = self._require_job(JOB_RUNS, "finish the job")
        with self.undisturbed():
            self._print(job, job.remaining * 100 / max(self.speed_factor, 1))
        self._enter(Status.COMPLETED)
        self.sync()

    def _begin_chore(
        self, what: str, seconds: float, finish: Callable[[], None]
    ) -> None:
        self._require(_STANDS, what)
        self._chore = Chore(seconds=seconds, finish=finish, then=self._status)
        self._enter(Status.BUSY)

    def _feeds_from_slots(self, job: Job) -> bool:
        if not self.spec.station_detachable:
            return bool(self.slots)
        # An AD5X prints from its direct feed unless the job asks for the station.
        wanted = job.options.use_station
        if wanted is None:
            wanted = job.file.needs_station or bool(job.options.slots)
        return self.station_connected and wanted

    def _require(self, allowed: AbstractSet[Status], what: str) -> None:
        if (status := self.status) not in allowed:
            raise NotNowError(f"cannot {what} while {status}")

    def _require_job(self, allowed: AbstractSet[Status], what: str) -> Job:
        self._require(allowed, what)
        if self._job is None:
            raise NotNowError(f"cannot {what} without a job")
        return self._job
