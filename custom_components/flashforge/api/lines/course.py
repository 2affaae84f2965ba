"""The course of a job, followed over many polls, because one reply does not show it.

The printer forgets at once how a job ended and when it began, and some call themselves
ready while they print (docs/protocol/adventurer-3-4.md §4.3 and §8).
"""

from collections.abc import Callable
from dataclasses import replace

from ..models.model import Feature, Model
from ..state import JOB_STATUSES, Heater, Job, Status
from .report import ProgressReport, StatusReport
from .vocabulary import status_of

COLD_BY = 5.0
"""Degrees below its target from which on a nozzle still heats, in °C."""

_NO_REPORT = ProgressReport()


class Course:
    """What the job of one printer does, and what became of the last one."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Begin without a job; ``now`` is a clock in seconds."""
        self._now = now
        self._seen = False
        self._running = False
        self._began: float | None = None
        self._hidden = False
        self._progress = _NO_REPORT
        self._last = Job()
        self._ended: Status | None = None
        self._started: str | None = None
        self.canceling = False
        """Whether the running job was told to end."""

    def clear(self) -> None:
        """Forget how the last job ended: its print was taken off the plate."""
        self._ended = None

    def start(self, file: str) -> None:
        """Take note of a file that is about to print; not every printer names it."""
        self._started = file

    def follow(
        self,
        model: Model,
        report: StatusReport,
        progress: ProgressReport | None,
        nozzles: tuple[Heater, ...],
    ) -> tuple[Status | None, Job]:
        """Return status and job as of now."""
        told = progress or _NO_REPORT
        status = self._status(model, report, told, nozzles)
        if status in JOB_STATUSES:
            self._run(report, told)
        elif status in {Status.IDLE, Status.COMPLETED, Status.ERROR} and self._running:
            self._end(status, told)
        self._seen, self._progress = True, told
        if status is Status.IDLE and self._ended is not None:
            status = self._ended
        if self._running or status in {self._ended, Status.COMPLETED, Status.ERROR}:
            return status, self._last
        return status, Job()

    def _status(
        self,
        model: Model,
        report: StatusReport,
        told: ProgressReport,
        nozzles: tuple[Heater, ...],
    ) -> Status | None:
        status = status_of(report.machine, report.mode)
        if status is Status.IDLE and Feature.HIDDEN_JOB in model.features:
            self._hidden = self._prints_secretly(told, nozzles)
            status = Status.PRINTING if self._hidden else Status.IDLE
        cold = any(
            nozzle.temperature is not None
            and nozzle.target is not None
            and nozzle.target - nozzle.temperature > COLD_BY
            for nozzle in nozzles
        )
        if status is Status.PRINTING and not told.percent and cold:
            return Status.HEATING
        return status

    def _prints_secretly(
        self, told: ProgressReport, nozzles: tuple[Heater, ...]
    ) -> bool:
        """Return whether a printer that is ready prints: only then both are true."""
        hot = any(nozzle.target for nozzle in nozzles)
        before = self._progress
        climbs = self._seen and told.total == before.total and told.done > before.done
        return hot and told.percent != 100 and (climbs or self._hidden)

    def _run(self, report: StatusReport, told: ProgressReport) -> None:
        if not self._running:
            # Of a job that was found running, nobody knows when it began.
            watched = self._seen or not told.percent
            self._began = self._now() if watched else None
            self._running, self._ended = True, None
        elapsed = None if self._began is None else self._now() - self._began
        self._last = Job(
            file=report.file or self._started,
            progress=told.percent,
            layer=told.layer,
            total_layers=told.total_layers,
            elapsed=elapsed,
        )

    def _end(self, status: Status, told: ProgressReport) -> None:
        """Note how the job ended, which the printer itself may show."""
        self._running, self._started, self.canceling = False, None, False
        done = 100 in {told.percent, self._last.progress}
        if status is Status.IDLE:
            self._ended = Status.COMPLETED if done else Status.CANCELED
        if done or status is Status.COMPLETED:
            self._last = replace(self._last, progress=100)
