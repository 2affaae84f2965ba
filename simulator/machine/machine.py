"""The machine: what a person at its screen can do and see."""

from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet

from ..models.files import StoredFile
from ..models.quirks import Quirks, StartWindow
from ..models.spec import ModelSpec
from ..system.clock import Clock
from .body import Body, Spool
from .course import Chore, Course
from .feeder import Feed, FeedAction, Feeder
from .job import Job, JobOptions
from .journal import Line
from .knob import Knob, Reading
from .motion import Motion
from .status import JOB_RUNS, PLATE_TO_CLEAR, WARM_UP, NotNowError, Status
from .timeline import Timeline

_STANDS = PLATE_TO_CLEAR | {Status.READY}
_COLDEST_EXTRUSION = 170.0
_EXTRUSION_TARGET = 220.0
_EXTRUSION_SPEED = 5.0


class Machine:
    """A printer without its network: a body, its course, a feeder, and their time.

    Attributes are up to date whenever they are read, in the units of `Body`. Methods raise
    `NotNowError` if the machine cannot do this in its present state.
    """

    status = Reading[Status]("course")
    job = Reading[Job | None]("course")
    """The job, also a finished one, until the plate is cleared."""
    start_window = Reading[StartWindow | None]("course")
    fumes = Reading[float]("body")
    motion = Reading[Motion]("body")
    feed = Reading[Feed | None]("feeder")
    current_slot = Reading[int]("feeder")
    light = Knob[bool]("body")
    door_open = Knob[bool]("body")
    internal_filter = Knob[bool]("body")
    external_filter = Knob[bool]("body")
    part_fan = Knob[int]("body")
    left_part_fan = Knob[int]("body")
    chamber_fan = Knob[int]("body")
    speed_factor = Knob[int]("body")
    z_offset = Knob[float]("body")
    auto_off = Knob[bool]("body")
    auto_off_minutes = Knob[int]("body")
    stream_on = Knob[bool]("body")
    runout_sensor = Knob[bool]("body")
    station_connected = Knob[bool]("body")
    lifetime_minutes = Knob[float]("body")
    lifetime_meters = Knob[float]("body")
    free_storage_gb = Knob[float]("body")
    error_code = Knob[str | None]("course")
    quirks = Knob[Quirks]("course")
    loaded_slot = Knob[int]("feeder")
    station_blocked = Knob[bool]("feeder")

    def __init__(
        self, spec: ModelSpec, quirks: Quirks, clock: Clock, files: list[StoredFile]
    ) -> None:
        """Put the machine together, with files in its memory, and switch it on."""
        self.files = files
        self.body = Body(spec, quirks.chamber, self._look)
        self.course = Course(self.body, quirks, clock.now())
        self.feeder = Feeder(self.body, self.course)
        self.timeline = Timeline(clock, self.course, self.feeder)
        self.nozzles = self.body.nozzles
        self.bed = self.body.bed
        self.chamber = self.body.chamber
        self.slots = self.body.slots
        self.direct_feed = self.body.direct_feed

    # State

    @property
    def journal(self) -> Sequence[Line]:
        """What happened to its jobs so far."""
        self._look()
        return tuple(self.course.journal.lines)

    @property
    def running_job(self) -> Job | None:
        """The job while it is running or paused."""
        return self.job if self.status in JOB_RUNS else None

    @property
    def warming_up(self) -> bool:
        """A job is running that has not extruded yet."""
        job = self.running_job
        return job is not None and self.status in WARM_UP and not job.started

    @property
    def busy_until(self) -> float:
        """When, on the clock, homing or extruding ends."""
        return self.course.chore_ends()

    def slot(self, number: int) -> Spool | None:
        """Return a slot by its number from 1, None if there is none."""
        self._look()
        return self.body.slot(number)

    # Actions of a person

    def start_job(
        self, file: str | None = None, *, options: JobOptions | None = None
    ) -> Job:
        """Print a stored file, the first one unless named; KeyError if unknown."""
        self._require({Status.READY}, "start a job")
        self.feeder.require_still("start a job")
        stored = {entry.name: entry for entry in self.files}
        found = self.files[0] if file is None else stored[file]
        job = Job(found, options or JobOptions(), self._look)
        with self.timeline.acting():
            self.course.job = job
            self.feeder.begin(job)
            self.course.calibration = job.options.preparation(len(found.used))
            self.body.speed_factor = 100
            self.course.enter(Status.STARTING)
        self._look()
        return job

    def store(self, file: StoredFile) -> None:
        """Put a file first in the memory; it replaces a file of the same name.

        The free storage never grows, as on a printer that keeps unpacked files.
        """
        replaced = sum(each.size for each in self.files if each.name == file.name)
        self.files = [file, *(each for each in self.files if each.name != file.name)]
        self.free_storage_gb -= max(file.size - replaced, 0) / 1e9

    def pause(self) -> None:
        """Pause the job; it takes a few seconds."""
        self._require_job(WARM_UP | {Status.PRINTING}, "pause")
        self._enter(Status.PAUSING)

    def resume(self) -> None:
        """Resume after a pause; this clears the error code."""
        self._require({Status.PAUSED}, "resume")
        self.feeder.require_still("resume")
        self.course.error_code = None
        self._enter(Status.HEATING)

    def cancel(self) -> None:
        """Cancel the job; it takes a few seconds."""
        self._require_job(JOB_RUNS | {Status.ERROR}, "cancel")
        self._enter(Status.CANCELING)

    def clear_plate(self) -> None:
        """Remove the print, so that a new job can start."""
        self._require(PLATE_TO_CLEAR | {Status.READY}, "clear the plate")
        self.course.job = None
        self._enter(Status.READY)

    def calibrate(self, seconds: float = 300.0) -> None:
        """Level the bed or measure vibrations for some seconds."""
        self._require({Status.READY}, "calibrate")
        self.feeder.require_still("calibrate")
        self.course.calibration = seconds
        self._enter(Status.CALIBRATING)

    def load(self, slot: int) -> None:
        """Bring the filament of a slot into the nozzle; 0 is the external spool."""
        with self.timeline.acting():
            self.feeder.start(slot, FeedAction.LOADING)

    def unload(self, slot: int) -> None:
        """Pull the filament of a slot back; 0 is the external spool."""
        with self.timeline.acting():
            self.feeder.start(slot, FeedAction.UNLOADING)

    def cancel_feed(self, slot: int) -> None:
        """Cancel loading or unloading; `NotNowError` unless it is still heating."""
        with self.timeline.acting():
            self.feeder.cancel(slot)

    def home(self) -> None:
        """Home all axes; it takes some seconds."""
        self._begin_chore("home", self.quirks.homing_seconds, self.motion.home)

    def move(self, targets: Mapping[str, float], *, relative: bool = True) -> None:
        """Move axes `x`, `y` and `z` in mm, by a distance or to a position."""
        self._require(_STANDS, "move")
        if self.motion.homed or not self.quirks.moves_need_homing:
            self.motion.go(targets, relative=relative)

    def extrude(self, millimeters: float) -> None:
        """Push filament without heating; nothing moves in a cold nozzle."""
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
            self._enter(Status.READY if self.job is None else Status.PAUSED)

    def boot(self) -> None:
        """Switch the power on."""
        if self.status is Status.OFF:
            self._enter(Status.READY)

    def switch_off(self) -> None:
        """Switch the power off: job and targets are lost, the counters stay."""
        self._enter(Status.OFF)

    # Events

    def fail(self, code: str) -> None:
        """Stop with an error such as `E0009` (docs/protocol/detail.md §6)."""
        self._require(frozenset(Status) - {Status.OFF}, "fail")
        with self.timeline.acting():
            self.course.fail(code)

    def set_error(self, code: str | None) -> None:
        """Show an error code, or none, without a change of the status."""
        self.error_code = code

    def finish_warm_up(self) -> None:
        """Reach the first layer at once, without moving the clock."""
        job = self._require_job(WARM_UP, "finish the warm-up")
        with self.timeline.acting():
            self.course.finish_warm_up(job)

    def finish_job(self) -> None:
        """Complete the job at once, without moving the clock; the counters count it."""
        if self.warming_up:
            self.finish_warm_up()
        job = self._require_job(JOB_RUNS, "finish the job")
        with self.timeline.acting():
            self.course.finish_job(job)
        self._look()

    def _enter(self, status: Status) -> None:
        with self.timeline.acting():
            self.course.enter(status)

    def _look(self) -> None:
        self.timeline.sync()

    def _begin_chore(
        self, what: str, seconds: float, finish: Callable[[], None]
    ) -> None:
        self._require(_STANDS, what)
        self.course.chore = Chore(seconds=seconds, finish=finish, then=self.status)
        self._enter(Status.BUSY)

    def _require(self, allowed: AbstractSet[Status], what: str) -> None:
        if (status := self.status) not in allowed:
            raise NotNowError(f"cannot {what} while {status}")

    def _require_job(self, allowed: AbstractSet[Status], what: str) -> Job:
        self._require(allowed, what)
        if (job := self.job) is None:
            raise NotNowError(f"cannot {what} without a job")
        return job
