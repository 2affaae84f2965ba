"""How far a job has come since it was last told: marks that only move on, and are stored."""

from dataclasses import dataclass
from datetime import timedelta
import math

from .job_memory import OPEN, Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a job reached between two states, also across a restart.

    ``before`` is None for a job that no state before showed. Marks never go back, so each
    limit lies between two of them once per job.
    """

    before: Memory | None
    job: Memory

    def progress(self, percent: float) -> bool:
        """Return whether the progress has come to this."""
        before = None if self.before is None else self.before.progress
        return _rose(before, self.job.progress, percent)

    def layer(self, layer: int) -> bool:
        """Return whether this layer, from 1, has begun."""
        before = None if self.before is None else self.before.layer
        return _rose(before, self.job.layer, layer)

    def time_left(self, time: timedelta) -> bool:
        """Return whether no more than this is left; never of a job that is over."""
        before = None if self.before is None else self.before.remaining
        return self.job.phase in OPEN and _fell(
            before, self.job.remaining, time.total_seconds()
        )

    def cooled(self, degrees: float) -> bool:
        """Return whether all parts have become colder than this after the job."""
        before = None if self.before is None else self.before.coolest
        now = self.job.coolest
        return now is not None and now < degrees <= (
            math.inf if before is None else before
        )

    def since(self, earlier: Reached) -> Reached:
        """Return both as one step of the same job."""
        return Reached(before=earlier.before, job=self.job)


def reached(before: Memory | None, after: Memory) -> Reached | None:
    """Return what a job reached, None when it reached nothing."""
    if before is None:
        # What the very first state shows happened at an unknown time.
        return None
    same = before.number == after.number
    if same and _marks(before) == _marks(after):
        return None
    return Reached(before=before if same else None, job=after)


def _marks(memory: Memory) -> tuple[float | None, ...]:
    return memory.progress, memory.layer, memory.remaining, memory.coolest


def _rose(before: float | None, now: float | None, limit: float) -> bool:
    return now is not None and (-math.inf if before is None else before) < limit <= now


def _fell(before: float | None, now: float | None, limit: float) -> bool:
    return now is not None and now <= limit < (math.inf if before is None else before)
