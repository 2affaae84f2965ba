"""How a machine gets from one state to the next as time passes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
import math
from typing import ClassVar

from ..models.files import material_of
from ..models.quirks import Quirks, StartWindow
from .body import Body
from .job import Job
from .journal import Journal
from .physics import Heater
from .status import Status

_HEATING_AT_LEAST = 5.0
_CALIBRATION_NOZZLE = 120.0
_FEED_TIMEOUT = 100
_WRONG_MATERIAL = "E0110"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Something short that is no job: how long it takes, and what has come of it."""

    seconds: float
    finish: Callable[[], None]
    then: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """When a state ends by itself, on the clock, and what follows."""

    ends: Callable[[Course], float]
    then: Callable[[Course], Status]


class Course:
    """The state of a machine, moved on by whoever knows the time.

    `time` is how far it has come on the clock and `since` when the present state began,
    both in seconds. `before_entry` is called with each state before it begins.
    """

    def __init__(self, body: Body, quirks: Quirks, now: float) -> None:
        """Switch a body on at a moment of the clock."""
        self.body = body
        self.quirks = quirks
        self.time = self.since = now
        self.status = Status.READY
        self.job: Job | None = None
        self.chore: Chore | None = None
        self.calibration = 0.0
        self.error_code: str | None = None
        self.before_entry: Callable[[Status], None] = lambda _: None
        self.journal = Journal()

    @property
    def printing(self) -> bool:
        """Plastic is being melted."""
        return self.status is Status.PRINTING

    @property
    def start_window(self) -> StartWindow | None:
        """What the firmware reports right after a start (docs/protocol/detail.md §3.2)."""
        if self.status is not Status.STARTING:
            return None
        end = self.since
        for window in self.quirks.start_windows:
            end += window.seconds
            if self.time < end:
                return window
        return None

    def fail(self, code: str) -> None:
        """Stop with an error code."""
        self.error_code = code
        self.enter(Status.ERROR)

    def finish_warm_up(self, job: Job) -> None:
        """Reach the first layer of a job, or its error, without moving the clock."""
        if job.file.fails_with is not None:
            self.fail(job.file.fails_with)
            return
        self.enter(Status.HEATING)
        for heater in self._job_heaters():
            heater.reach_target()
        self.enter(self._after_heating())

    def finish_job(self, job: Job) -> None:
        """Complete a job without moving the clock; the counters count it."""
        self._print(job, job.remaining * 100 / max(self.body.speed_factor, 1))
        self.enter(Status.COMPLETED)

    def run_to(self, now: float) -> None:
        """Go through the states up to a moment of the clock, in bounded steps."""
        while True:
            stage = self._STAGES.get(self.status)
            due = math.inf if stage is None else stage.ends(self)
            until = min(
                now,
                max(due, self.time),
                self.time + self.body.longest_step(printing=self.printing),
            )
            if until > self.time:
                self._pass(until - self.time)
                self.time = until
            if stage is not None and due <= until:
                self.enter(stage.then(self))
            elif until >= now:
                self.journal.look(self.time, self.body)
                return

    def _pass(self, seconds: float) -> None:
        self.body.let_pass(seconds, printing=self.printing)
        if self.job is not None and self.printing:
            self._print(self.job, seconds)

    def _print(self, job: Job, seconds: float) -> None:
        self.body.lifetime_meters += job.work(seconds, self.body.speed_factor)
        self.body.lifetime_minutes += seconds / 60

    def enter(self, status: Status) -> None:
        """Begin a state, with what the machine does first in it."""
        self.before_entry(status)
        self.journal.look(self.time, self.body)
        self.status = status
        self.since = self.time
        self.journal.enter(self.time, status, self.job, self.error_code)
        if (action := self._ON_ENTRY.get(status)) is not None:
            action(self)

    # When a stage ends, and what follows

    def _after(self, seconds: float) -> float:
        return self.since + seconds

    def _start_ends(self) -> float:
        return self._after(sum(w.seconds for w in self.quirks.start_windows))

    def _calibration_ends(self) -> float:
        return self._after(self.calibration)

    def chore_ends(self) -> float:
        """Return when, on the clock, the present chore is over."""
        return self._after(0.0 if self.chore is None else self.chore.seconds)

    def _pausing_ends(self) -> float:
        return self._after(self.quirks.pausing_seconds)

    def _canceling_ends(self) -> float:
        return self._after(self.quirks.canceling_seconds)

    def _heating_ends(self) -> float:
        wait = max((h.seconds_to_target() for h in self._job_heaters()), default=0.0)
        return max(self.time + wait, self._after(_HEATING_AT_LEAST))

    def _printing_ends(self) -> float:
        if self.job is None or self.body.speed_factor <= 0:
            return math.inf
        return self.time + self.job.remaining * 100 / self.body.speed_factor

    def switches_off(self) -> float:
        """Return when, on the clock, a completed machine switches itself off."""
        return (
            self._after(self.body.auto_off_minutes * 60)
            if self.body.auto_off
            else math.inf
        )

    def _after_start(self) -> Status:
        if self.job is not None and self.job.file.fails_with is not None:
            return self._failed(self.job.file.fails_with)
        return Status.CALIBRATING if self.calibration else Status.HEATING

    def _after_calibration(self) -> Status:
        return Status.READY if self.job is None else Status.HEATING

    def _after_heating(self) -> Status:
        code = None if self.job is None else self._feed_trouble(self.job)
        return Status.PRINTING if code is None else self._failed(code)

    def _failed(self, code: str) -> Status:
        self.error_code = code
        return Status.ERROR

    def _feed_trouble(self, job: Job) -> str | None:
        """Return the error code of a mapped slot that cannot feed its tool."""
        mapped = {} if job.options.use_station is False else job.options.slots
        for number, tool in job.file.used.items():
            slot = self.body.slot(mapped.get(number, 0))
            if slot is None:
                continue
            if not (self.body.station_connected and slot.has_filament):
                return f"E{_FEED_TIMEOUT + slot.number - 1:04}"
            if slot.material.upper() not in {"", "?", tool.material.upper()}:
                return _WRONG_MATERIAL
        return None

    def _after_chore(self) -> Status:
        chore, self.chore = self.chore, None
        if chore is None:
            return Status.READY
        chore.finish()
        return chore.then

    # What a stage begins with

    def _targets(self, job: Job) -> dict[int, float]:
        """Return what each nozzle at work is heated to, by its index."""
        targets: dict[int, float] = {}
        for number, tool in job.file.used.items():
            head = (job.slot_of(number, tool) - 1) % self.body.spec.tools
            needed = material_of(tool.material).nozzle
            targets[head] = max(needed, targets.get(head, 0.0))
        return targets

    def _job_heaters(self) -> list[Heater]:
        if self.job is None:
            return []
        return [
            self.body.bed,
            *(self.body.nozzles[head] for head in self._targets(self.job)),
        ]

    def _calibrate(self) -> None:
        if self.job is not None:
            for head in self._targets(self.job):
                self.body.nozzles[head].target = _CALIBRATION_NOZZLE

    def _heat(self) -> None:
        if (job := self.job) is None:
            return
        used = job.file.used.values()
        bed = max((material_of(tool.material).bed for tool in used), default=0.0)
        wanted = {self.body.nozzles[head]: t for head, t in self._targets(job).items()}
        for heater, target in {**wanted, self.body.bed: bed}.items():
            # A resumed print keeps what was set by hand in the meantime.
            if not job.started or not heater.target:
                heater.target = target

    def _begin(self) -> None:
        if self.job is not None and not self.job.started:
            self.job.begin()
            self.body.part_fan = 100
            self.body.left_part_fan = 100 if self.body.spec.left_fan else 0

    def _cool_down(self) -> None:
        self.body.cool_down()

    def _lose_power(self) -> None:
        self.job = None
        self.chore = None
        self.error_code = None
        self.body.motion.forget()
        self.body.internal_filter = self.body.external_filter = False
        self.body.cool_down()

    _STAGES: ClassVar[Mapping[Status, Stage]] = {
        Status.STARTING: Stage(ends=_start_ends, then=_after_start),
        Status.BUSY: Stage(ends=chore_ends, then=_after_chore),
        Status.CALIBRATING: Stage(ends=_calibration_ends, then=_after_calibration),
        Status.HEATING: Stage(ends=_heating_ends, then=_after_heating),
        Status.PRINTING: Stage(ends=_printing_ends, then=lambda _: Status.COMPLETED),
        Status.PAUSING: Stage(ends=_pausing_ends, then=lambda _: Status.PAUSED),
        Status.CANCELING: Stage(ends=_canceling_ends, then=lambda _: Status.CANCELED),
        Status.COMPLETED: Stage(ends=switches_off, then=lambda _: Status.OFF),
    }
    _ON_ENTRY: ClassVar[Mapping[Status, Callable[[Course], None]]] = {
        Status.CALIBRATING: _calibrate,
        Status.HEATING: _heat,
        Status.PRINTING: _begin,
        Status.CANCELED: _cool_down,
        Status.COMPLETED: _cool_down,
        Status.OFF: _lose_power,
    }
