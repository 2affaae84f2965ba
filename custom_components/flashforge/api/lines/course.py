"""The course of a job, followed over many polls, because one reply does not show it.

The printer forgets at once how a job ended and when it began, and some call themselves
ready while they print (docs/protocol/adventurer-3-4.md §4.3 and §8).
"""

from collections.abc import Callable
from dataclasses import replace
from math import inf
from time import monotonic

from ..models.model import Feature, Model
from ..state import JOB_STATUSES, Heater, Job, Status
from .report import ProgressReport, StatusReport
from .vocabulary import status_of

COLD_BY = 5.0
"""Degrees below its target from which on a nozzle still heats, in °C."""

START_HOLDS = 60.0
"""Seconds in which heat shows that a file was started, on a printer that shows no job."""

PAUSE_SETTLES = 10.0
"""Seconds in which such a printer may still count what it had in its memory."""

_NO_REPORT = ProgressReport()


def _clock() -> float:
    return monotonic()


class Course:
    """What the job of one printer does, and what became of the last one."""

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        """Begin without a job; ``now`` is a clock in seconds."""
        self._now = now or _clock
        self._seen = False
        self._running = False
        self._began: float | None = None
        self._hidden = False
        self._progress = _NO_REPORT
        self._last = Job()
        self._ended: Status | None = None
        self._started: str | None = None
        self._started_at = self._paused_at = -inf
        self._held = False
        self.canceling = False
        """Whether the running job was told to end."""

    def clear(self) -> None:
        """Forget how the last job ended: its print was taken off the plate."""
        self._ended = None

    def start(self, file: str) -> None:
        """Take note of a file that is about to print; not every printer names it."""
        self._started, self._started_at = file, self._now()

    def pause(self) -> None:
        """Take note of a pause that was acknowledged; not every printer shows it."""
        self._held, self._paused_at = True, self._now()

    def resume(self) -> None:
        """Take note that the job goes on."""
        self._held = False

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
            status = self._hidden_status(told, nozzles)
        cold = any(
            nozzle.temperature is not None
            and nozzle.target is not None
            and nozzle.target - nozzle.temperature > COLD_BY
            for nozzle in nozzles
        )
        if status is Status.PRINTING and not told.percent and cold:
            return Status.HEATING
        return status

    def _hidden_status(
        self, told: ProgressReport, nozzles: tuple[Heater, ...]
    ) -> Status:
        """Return what a printer does that calls itself ready, whatever it does.

        It prints while it is hot and counts. Before it counts, only we know that it was
        told to; a pause holds until it counts again.
        """
        hot = any(nozzle.target for nozzle in nozzles)
        before, now = self._progress, self._now()
        climbs = self._seen and told.total == before.total and told.done > before.done
        begins = self._started is not None and now - self._started_at < START_HOLDS
        self._hidden = (
            hot and told.percent != 100 and (climbs or begins or self._hidden)
        )
        if not self._hidden:
            return Status.IDLE
        if climbs and now - self._paused_at > PAUSE_SETTLES:
            self._held = False
        return Status.PAUSED if self._held else Status.PRINTING

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
        self._running, self._started = False, None
        self._held = self.canceling = False
        done = 100 in {told.percent, self._last.progress}
        if status is Status.IDLE:
            self._ended = Status.COMPLETED if done else Status.CANCELED
        if done or status is Status.COMPLETED:
            self._last = replace(self._last, progress=100)
