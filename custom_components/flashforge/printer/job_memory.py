"""What is known about the last job of a printer; all of it is stored."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ..api import PrinterState, Status


class Phase(StrEnum):
    """What is known about the last job: the first three are of a job that is not over."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    ON_PLATE = "on_plate"
    NONE = "none"


OPEN = frozenset({Phase.RUNNING, Phase.PAUSED, Phase.STOPPED})
"""A job in these has not ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known about a printer's jobs at the time ``seen``.

    ``number`` counts the jobs, ``began`` is when the first poll of this one was, less the
    time that it had printed then. ``progress`` and ``layer`` are the highest of the job,
    ``remaining`` (s) the lowest while it printed, and ``coolest`` (°C) the lowest
    temperature of the hottest part since it ended. ``cooling`` is True from the end of a
    job until the printer is cold or prints again. ``code`` is what the last poll showed,
    ``told_code`` the error that an event of this job was about.
    """

    seen: datetime
    began: datetime
    number: int = 0
    phase: Phase = Phase.NONE
    file: str | None = None
    elapsed: float | None = None
    progress: float | None = None
    layer: int | None = None
    weight: float | None = None
    remaining: float | None = None
    coolest: float | None = None
    first_layer: bool = False
    cooling: bool = False
    code: str | None = None
    told_code: str | None = None

    @property
    def job_id(self) -> str:
        """The id of the job, the same after every restart."""
        return f"{self.began:%Y%m%d%H%M%S}-{self.number}"


def updated(memory: Memory, state: PrinterState) -> Memory:
    """Return the memory with the newest numbers; the last known ones stay."""
    job = state.job
    if not (state.has_job or state.plate_occupied or state.status is Status.ERROR):
        return memory

    def newest[T](new: T | None, old: T | None) -> T | None:
        return old if new is None else new

    # Before the first layer, the time that is left is no more than a guess.
    prints = state.status is Status.PRINTING and not state.warming_up
    return replace(
        memory,
        file=newest(job.file, memory.file),
        elapsed=newest(job.elapsed, memory.elapsed),
        progress=_highest(job.progress, memory.progress),
        layer=_highest(job.layer, memory.layer),
        weight=newest(job.filament_weight, memory.weight),
        remaining=_lowest(job.remaining if prints else None, memory.remaining),
    )


def _highest[T: (int, float)](new: T | None, old: T | None) -> T | None:
    # Some firmware shows 0 again at the end of a job.
    return new if old is None else max(old, old if new is None else new)


def _lowest(new: float | None, old: float | None) -> float | None:
    return new if old is None else min(old, old if new is None else new)
