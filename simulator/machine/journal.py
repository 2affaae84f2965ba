"""What happened to the jobs of a machine, as the machine itself knows it."""

from dataclasses import dataclass
from enum import StrEnum

from .body import Body
from .job import Job
from .status import Status

_COLD = 40.0


class Deed(StrEnum):
    """Something that happened to a job, or to the machine after it."""

    STARTED = "started"
    FIRST_LAYER_DONE = "first layer done"
    PAUSED = "paused"
    RESUMED = "resumed"
    ERROR = "error"
    FINISHED = "finished"
    CANCELED = "canceled"
    FAILED = "failed"
    LOST = "lost"
    PLATE_CLEARED = "plate cleared"
    COOLED_DOWN = "cooled down"


ENDS = frozenset({Deed.FINISHED, Deed.CANCELED, Deed.FAILED, Deed.LOST})
"""The ways in which a job is over; it is lost when the power goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a journal; jobs count from 1, `time` is of the clock."""

    time: float
    job: int
    file: str
    deed: Deed
    code: str | None = None


class Journal:
    """The journal of a machine; it survives a loss of power, unlike the job."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.lines: list[Line] = []
        self._job: Job | None = None
        self._file = ""
        self._number = 0
        self._over = self._stopped = self._held = False
        self._first_layer = self._hot = False

    def enter(
        self, time: float, status: Status, job: Job | None, code: str | None
    ) -> None:
        """Note what the begin of a state means for the job."""
        if status is Status.STARTING and job is not None:
            self._job, self._number = job, self._number + 1
            self._over = self._stopped = self._held = self._first_layer = False
            self._hot = False
            self._write(time, Deed.STARTED)
        elif self._job is None:
            return
        elif self._over:
            if status is Status.READY:
                self._write(time, Deed.PLATE_CLEARED)
            if status in {Status.READY, Status.OFF}:
                self._job = None
        else:
            self._go_on(time, status, code)

    def _go_on(self, time: float, status: Status, code: str | None) -> None:
        if status is Status.PAUSED:
            if not (self._held or self._stopped):
                self._write(time, Deed.PAUSED, code)
            # An error that was dismissed does not stop it any more.
            self._held, self._stopped = True, False
        elif status is Status.ERROR and not self._stopped:
            self._stopped = True
            self._write(time, Deed.ERROR, code)
        elif status in {Status.HEATING, Status.PRINTING} and (
            self._held or self._stopped
        ):
            self._held = self._stopped = False
            self._write(time, Deed.RESUMED)
        elif status is Status.COMPLETED:
            self._end(time, Deed.FINISHED)
        elif status is Status.CANCELED:
            self._end(time, Deed.FAILED if self._stopped else Deed.CANCELED)
        elif status is Status.OFF:
            self._end(time, Deed.FAILED if self._stopped else Deed.LOST)
            self._job = None

    def look(self, time: float, body: Body) -> None:
        """Note what the passing of time has come to."""
        job = self._job
        if job is not None and not self._over and job.layer > 1:
            if not self._first_layer:
                self._first_layer = True
                self._write(time, Deed.FIRST_LAYER_DONE)
        elif self._hot:
            parts = (*body.nozzles, body.bed, *([body.chamber] if body.chamber else []))
            if all(part.temperature < _COLD for part in parts):
                self._hot = False
                self._write(time, Deed.COOLED_DOWN)

    def _end(self, time: float, deed: Deed) -> None:
        self._over = self._hot = True
        self._write(time, deed)

    def _write(self, time: float, deed: Deed, code: str | None = None) -> None:
        if self._job is not None:
            self._file = self._job.name
        self.lines.append(
            Line(time=time, job=self._number, file=self._file, deed=deed, code=code)
        )
