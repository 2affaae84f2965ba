"""What a job is, followed over many polls: a single answer does not show it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ..api import PrinterState, Status

HELD_STATUSES = frozenset({Status.PAUSING, Status.PAUSED})
"""The printer's own estimate is frozen in these, so the last one stays."""

STEADY = timedelta(minutes=1)
"""The finish time changes only when the estimate differs by more than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKey:
    """Which job it is; ``number`` tells two prints of the same file apart."""

    number: int
    file: str | None


class JobResult(StrEnum):
    """How a job ended."""

    COMPLETED = "completed"
    CANCELED = "canceled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnd:
    """The end of a job: which one, how and when.

    ``result`` is None when the plate was cleared before a poll showed how the job ended.
    A job that is continued after it failed ends a second time.
    """

    job: JobKey
    result: JobResult | None
    time: datetime


_ENDS: dict[Status | None, JobResult | None] = {
    Status.COMPLETED: JobResult.COMPLETED,
    Status.CANCELED: JobResult.CANCELED,
    Status.ERROR: JobResult.FAILED,
    Status.IDLE: None,
}
"""The statuses that a running job can end in."""

_OVER = frozenset({Status.COMPLETED, Status.CANCELED, Status.IDLE})
"""After these the next job is another one, even if its file is the same."""


class JobTracker:
    """Follows the job of one printer from state to state."""

    def __init__(self) -> None:
        """Start without any job."""
        self.key: JobKey | None = None
        """The current job, or the last one until the next begins."""
        self.remaining: float | None = None
        """Seconds left; stays as it was while the job is paused."""
        self.finish: datetime | None = None
        """When the job will be done, steady to the minute; None unless it prints."""
        self._elapsed: float | None = None
        self._running = False
        self._over = False
        self._on_begin: list[Callable[[JobKey], None]] = []
        self._on_end: list[Callable[[JobEnd], None]] = []

    def on_begin(self, listener: Callable[[JobKey], None]) -> None:
        """Call a listener when a poll shows a new job."""
        self._on_begin.append(listener)

    def on_end(self, listener: Callable[[JobEnd], None]) -> Callable[[], None]:
        """Call a listener in the poll that shows the end of a job; return what stops that.

        It must not wait for anything: the poll continues after it.
        """
        self._on_end.append(listener)
        return lambda: self._on_end.remove(listener)

    def update(self, state: PrinterState, now: datetime) -> JobEnd | None:
        """Take in the next state, read at the time ``now``, and call the listeners.

        Returns how the job ended if earlier states showed it running and this one shows
        its end: once, and never for a job that was over in the first state.
        """
        before = self.key
        self._follow(state)
        end = self._end(state, now)
        if state.status not in HELD_STATUSES:
            self.remaining = state.job.remaining
        self.finish = self._steady_finish(state, now)
        if self.key is not None and self.key != before:
            for began in self._on_begin:
                began(self.key)
        if end is not None:
            for ended in tuple(self._on_end):
                ended(end)
        return end

    def _follow(self, state: PrinterState) -> None:
        """Give the job a new key unless it is still the same one."""
        job = state.job
        if not (state.has_job or (state.plate_occupied and self._is_new(job.file))):
            return
        same = (
            self.key is not None
            and not self._over
            and self.key.file == job.file
            and (job.elapsed is None or job.elapsed >= (self._elapsed or 0))
        )
        if not same:
            number = self.key.number + 1 if self.key else 1
            self.key = JobKey(number=number, file=job.file)
        self._elapsed = job.elapsed

    def _is_new(self, file: str | None) -> bool:
        """Return whether a print on the plate belongs to a job that no poll showed."""
        return self.key is None or (file is not None and file != self.key.file)

    def _end(self, state: PrinterState, now: datetime) -> JobEnd | None:
        """Return the end of the job if this is where it ends."""
        self._over = state.status in _OVER or (self._over and not state.has_job)
        if state.status not in _ENDS:
            self._running = self._running or state.has_job
            return None
        was_running, self._running = self._running, False
        if not was_running or self.key is None:
            return None
        return JobEnd(job=self.key, result=_ENDS[state.status], time=now)

    def _steady_finish(self, state: PrinterState, now: datetime) -> datetime | None:
        """Return the finish time, moved only by more than jitter."""
        remaining = state.job.remaining
        if remaining is None or state.status is not Status.PRINTING:
            return None
        # Warm-up and calibration do not advance the job, so the time would move on and on.
        if state.warming_up:
            return None
        estimate = now + timedelta(seconds=remaining)
        if self.finish is not None and abs(estimate - self.finish) <= STEADY:
            return self.finish
        return (estimate + timedelta(seconds=30)).replace(second=0, microsecond=0)
