"""What a job is, seen across polls: one answer of a printer cannot tell."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .api.state import PrinterState, Status

HELD_STATUSES = frozenset({Status.PAUSING, Status.PAUSED})
"""The printer's own estimate is frozen in these, so the last one stays."""

STEADY = timedelta(minutes=1)
"""The finish time moves only when the estimate leaves it by more than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKey:
    """Which job it is: the file alone does not tell a second print of it apart."""

    number: int
    file: str | None


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

    def update(self, state: PrinterState, now: datetime) -> None:
        """Take in the next state, read at this moment."""
        self._follow(state)
        if state.status not in HELD_STATUSES:
            self.remaining = state.job.remaining
        self.finish = self._steady_finish(state, now)

    def _follow(self, state: PrinterState) -> None:
        """Tell whether this is still the same job."""
        job = state.job
        if not (state.has_job or (state.plate_occupied and self.key is None)):
            return
        same = (
            self.key is not None
            and self.key.file == job.file
            and (job.elapsed is None or job.elapsed >= (self._elapsed or 0))
        )
        if not same:
            number = self.key.number + 1 if self.key else 1
            self.key = JobKey(number=number, file=job.file)
        self._elapsed = job.elapsed

    def _steady_finish(self, state: PrinterState, now: datetime) -> datetime | None:
        """Return the finish time, moved only by more than jitter."""
        remaining = state.job.remaining
        if remaining is None or state.status is not Status.PRINTING:
            return None
        # Warm-up and calibration do not advance the job: the time would walk away.
        if state.warming_up:
            return None
        estimate = now + timedelta(seconds=remaining)
        if self.finish is not None and abs(estimate - self.finish) <= STEADY:
            return self.finish
        return (estimate + timedelta(seconds=30)).replace(second=0, microsecond=0)
