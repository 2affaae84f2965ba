"""How a machine gets from one state to the next as time passes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
import math
from typing import ClassVar, override

from ..clock import Cancel, Clock
from ..models.catalog import ModelSpec
from ..models.quirks import Quirks
from .body import Body, Synced
from .files import material_of
from .job import Job
from .physics import Heater
from .status import Status

_HEATING_AT_LEAST = 5.0
_CALIBRATION_NOZZLE = 120.0
_LOOK_EVERY = 60.0
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


class Course(Body):
    """A machine whose state is a function of the clock.

    There is no background task: whoever looks brings it up to date first, state by
    state and in bounded steps. Only a machine that will switch itself off asks the
    clock to be called. `changed` is called when somebody turned a knob or when the
    machine switched itself off.
    """

    error_code: Synced[str | None] = Synced(None)

    def __init__(self, spec: ModelSpec, quirks: Quirks, clock: Clock) -> None:
        """Put the machine together and switch it on."""
        self.quirks = quirks
        self.changed: Callable[[], None] | None = None
        self._clock = clock
        self._time = self._since = clock.now()
        self._status = Status.READY
        self._job: Job | None = None
        self._calibration = 0.0
        self._chore: Chore | None = None
        self._syncing = False
        self._awake = False
        self._alarm: tuple[float, Cancel] | None = None
        super().__init__(spec, quirks)

    @property
    @override
    def printing(self) -> bool:
        return self._status is Status.PRINTING

    def switch_off(self) -> None:
        """Lose the power: the job and all targets are gone, the counters stay."""
        self.sync()
        self._enter(Status.OFF)

    def wake(self) -> None:
        """Let the clock tell when the machine switches itself off."""
        self._awake = True
        self.sync()

    def rest(self) -> None:
        """Leave no timer with the clock."""
        self._awake = False
        self.sync()

    @override
    def sync(self) -> None:
        if self._syncing:
            return
        before = self._status
        with self.undisturbed():
            self._run_to(self._clock.now())
            self._set_alarm()
        if self._status is not before and self._status is Status.OFF:
            self._tell()

    @override
    def touched(self) -> None:
        if not self._syncing:
            with self.undisturbed():
                self._set_alarm()
            self._tell()

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Read and change attributes without being brought up to date by that."""
        before, self._syncing = self._syncing, True
        try:
            yield
        finally:
            self._syncing = before

    def _tell(self) -> None:
        if self.changed is not None:
            self.changed()

    def _run_to(self, now: float) -> None:
        while True:
            stage = self._STAGES.get(self._status)
            due = math.inf if stage is None else stage.ends(self)
            until = min(now, max(due, self._time), self._time + self._longest_step())
            if until > self._time:
                self._pass(until - self._time)
                self._time = until
            if stage is not None and due <= until:
                self._enter(stage.then(self))
            elif until >= now:
                return

    def _pass(self, seconds: float) -> None:
        self._let_pass(seconds)
        if self._job is not None and self.printing:
            self._print(self._job, seconds)

    def _print(self, job: Job, seconds: float) -> None:
        self.lifetime_meters += job.work(seconds, self.speed_factor)
        self.lifetime_minutes += seconds / 60

    def _enter(self, status: Status) -> None:
        self._status = status
        self._since = self._time
        if (action := self._ON_ENTRY.get(status)) is not None:
            with self.undisturbed():
                action(self)
        self.touched()

    # What a stage asks

    def _after(self, seconds: float) -> float:
        return self._since + seconds

    def _start_ends(self) -> float:
        return self._after(sum(w.seconds for w in self.quirks.start_windows))

    def _calibration_ends(self) -> float:
        return self._after(self._calibration)

    def _chore_ends(self) -> float:
        return self._after(0.0 if self._chore is None else self._chore.seconds)

    def _pausing_ends(self) -> float:
        return self._after(self.quirks.pausing_seconds)

    def _canceling_ends(self) -> float:
        return self._after(self.quirks.canceling_seconds)

    def _heating_ends(self) -> float:
        wait = max((h.seconds_to_target() for h in self._job_heaters()), default=0.0)
        return max(self._time + wait, self._after(_HEATING_AT_LEAST))

    def _printing_ends(self) -> float:
        if self._job is None or self.speed_factor <= 0:
            return math.inf
        return self._time + self._job.remaining * 100 / self.speed_factor

    def _switches_off(self) -> float:
        return self._after(self.auto_off_minutes * 60) if self.auto_off else math.inf

    def _after_start(self) -> Status:
        if self._job is not None and self._job.file.fails_with is not None:
            return self._failed(self._job.file.fails_with)
        return Status.CALIBRATING if self._calibration else Status.HEATING

    def _after_calibration(self) -> Status:
        return Status.READY if self._job is None else Status.HEATING

    def _after_heating(self) -> Status:
        code = None if self._job is None else self._feed_trouble(self._job)
        return Status.PRINTING if code is None else self._failed(code)

    def _failed(self, code: str) -> Status:
        self.error_code = code
        return Status.ERROR

    def _feed_trouble(self, job: Job) -> str | None:
        """Return the error code of a mapped slot that cannot feed its tool."""
        mapped = {} if job.options.use_station is False else job.options.slots
        for number, tool in job.file.used.items():
            slot = self.slot(mapped.get(number, 0))
            if slot is None:
                continue
            if not (self.station_connected and slot.has_filament):
                return f"E{_FEED_TIMEOUT + slot.number - 1:04}"
            if slot.material.upper() not in {"", "?", tool.material.upper()}:
                return _WRONG_MATERIAL
        return None

    def _after_chore(self) -> Status:
        chore, self._chore = self._chore, None
        if chore is None:
            return Status.READY
        chore.finish()
        return chore.then

    # What a stage does first

    def _targets(self, job: Job) -> dict[int, float]:
        """Return what each nozzle at work is heated to, by its index."""
        targets: dict[int, float] = {}
        for number, tool in job.file.used.items():
            head = (job.slot_of(number, tool) - 1) % self.spec.tools
            needed = material_of(tool.material).nozzle
            targets[head] = max(needed, targets.get(head, 0.0))
        return targets

    def _job_heaters(self) -> list[Heater]:
        if self._job is None:
            return []
        return [self.bed, *(self.nozzles[head] for head in self._targets(self._job))]

    def _calibrate(self) -> None:
        if self._job is not None:
            for head in self._targets(self._job):
                self.nozzles[head].target = _CALIBRATION_NOZZLE

    def _heat(self) -> None:
        if (job := self._job) is None:
            return
        used = job.file.used.values()
        bed = max((material_of(tool.material).bed for tool in used), default=0.0)
        wanted = {self.nozzles[head]: t for head, t in self._targets(job).items()}
        for heater, target in {**wanted, self.bed: bed}.items():
            # A resumed print keeps what was set by hand in the meantime.
            if not job.started or not heater.target:
                heater.target = target

    def _begin(self) -> None:
        if self._job is not None and not self._job.started:
            self._job.begin()
            self.part_fan = 100
            self.left_part_fan = 100 if self.spec.left_fan else 0

    def _lose_power(self) -> None:
        self._job = None
        self._chore = None
        self.motion.forget()
        self.error_code = None
        self.internal_filter = self.external_filter = False
        self.cool_down()

    # The alarm that switches the machine off in time, even if nobody looks

    def _alarm_time(self) -> float | None:
        if not (self._awake and self.auto_off):
            return None
        if self._status is Status.COMPLETED:
            return self._switches_off()
        return None if self._status is Status.OFF else self._time + _LOOK_EVERY

    def _set_alarm(self) -> None:
        when = self._alarm_time()
        if self._alarm is not None:
            set_for, cancel = self._alarm
            if when is not None and self._time < set_for <= when:
                return
            cancel()
            self._alarm = None
        if when is not None:
            self._alarm = (when, self._clock.call_at(when, self._ring))

    def _ring(self) -> None:
        self._alarm = None
        self.sync()

    _STAGES: ClassVar[Mapping[Status, Stage]] = {
        Status.STARTING: Stage(ends=_start_ends, then=_after_start),
        Status.BUSY: Stage(ends=_chore_ends, then=_after_chore),
        Status.CALIBRATING: Stage(ends=_calibration_ends, then=_after_calibration),
        Status.HEATING: Stage(ends=_heating_ends, then=_after_heating),
        Status.PRINTING: Stage(ends=_printing_ends, then=lambda _: Status.COMPLETED),
        Status.PAUSING: Stage(ends=_pausing_ends, then=lambda _: Status.PAUSED),
        Status.CANCELING: Stage(ends=_canceling_ends, then=lambda _: Status.CANCELED),
        Status.COMPLETED: Stage(ends=_switches_off, then=lambda _: Status.OFF),
    }
    _ON_ENTRY: ClassVar[Mapping[Status, Callable[[Course], None]]] = {
        Status.CALIBRATING: _calibrate,
        Status.HEATING: _heat,
        Status.PRINTING: _begin,
        Status.CANCELED: Body.cool_down,
        Status.COMPLETED: Body.cool_down,
        Status.OFF: _lose_power,
    }
