"""What happened to the jobs of a printer: states in, events out, without a clock of its own.

All that is known between two states is in a ``Memory``, which is stored. So the same job has
the same id after a restart, and what happened meanwhile is found out from the next state.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ..api import PrinterState, Status

GAP = timedelta(seconds=90)
"""After a longer silence, the printer may have been switched off and on meanwhile."""

COLD = 40.0
"""Below this temperature, in °C, every part of a printer can be touched."""


class PrintEventType(StrEnum):
    """What can happen to a job."""

    STARTED = "started"
    FIRST_LAYER_DONE = "first_layer_done"
    PAUSED = "paused"
    RESUMED = "resumed"
    ERROR = "error"
    FINISHED = "finished"
    CANCELED = "canceled"
    FAILED = "failed"
    ENDED = "ended"
    PLATE_CLEARED = "plate_cleared"
    COOLED_DOWN = "cooled_down"


class PauseReason(StrEnum):
    """Why a job is paused, as far as the printer reports it."""

    FILAMENT = "filament"
    CLOG = "clog"
    DOOR = "door"
    ERROR = "error"
    UNKNOWN = "unknown"


class Phase(StrEnum):
    """What is known about the last job: the first three are of a job that is not over."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    ON_PLATE = "on_plate"
    NONE = "none"


OPEN = frozenset({Phase.RUNNING, Phase.PAUSED, Phase.STOPPED})
"""A job in these has not ended."""

_REASONS = {
    **dict.fromkeys(
        ("E0100", "E0101", "E0102", "E0103", "E0108"), PauseReason.FILAMENT
    ),
    **dict.fromkeys(("E0109", "E0163"), PauseReason.CLOG),
}
"""Codes that report more than an error (docs/protocol/detail.md §6)."""

_DONE = {
    Status.COMPLETED: PrintEventType.FINISHED,
    Status.CANCELED: PrintEventType.CANCELED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known about a printer's jobs at the time ``seen``.

    ``number`` counts the jobs, ``began`` is when the first poll of this one was, less the
    time that it had printed then. ``cooling`` is True from the end of a job until the
    printer is cold or prints again.
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
    first_layer: bool = False
    cooling: bool = False
    code: str | None = None

    @property
    def job_id(self) -> str:
        """The id of the job, the same after every restart."""
        return f"{self.began:%Y%m%d%H%M%S}-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintEvent:
    """Something that happened to a job, and what was known about it then."""

    type: PrintEventType
    job: Memory
    reason: PauseReason | None = None


def follow(
    memory: Memory | None, state: PrinterState, now: datetime
) -> tuple[Memory, tuple[PrintEvent, ...]]:
    """Return what is known after a state, and what happened before it.

    Nothing has happened before the very first state.
    """
    if memory is None:
        unseen = Memory(seen=now, began=now)
        events = tuple(_steps(unseen, state, now))
        return _kept(unseen, events, state, now), ()
    events = tuple(_steps(memory, state, now))
    return (
        _kept(memory, events, state, now),
        tuple(event for _, event in events if event is not None),
    )


type _Step = tuple[Memory, PrintEvent | None]


def _kept(
    memory: Memory, steps: tuple[_Step, ...], state: PrinterState, now: datetime
) -> Memory:
    last = steps[-1][0] if steps else memory
    return replace(last, seen=now)


def _steps(memory: Memory, state: PrinterState, now: datetime) -> Iterator[_Step]:
    """Yield the memory after each thing that happened, in this order."""
    gap = now - memory.seen > GAP
    if _is_another(memory, state, gap):
        for step in _close(memory, gap):
            yield step
        memory = _begun(memory, state, now)
        event = None if state.plate_occupied else PrintEventType.STARTED
        yield memory, _event(event, memory)
    if memory.phase in OPEN:
        memory = _updated(memory, state)
        yield memory, None
        for step in _open_job(memory, state):
            memory = step[0]
            yield step
    elif memory.phase is Phase.ON_PLATE and state.status is Status.IDLE:
        cleared = None if gap else PrintEventType.PLATE_CLEARED
        event_of = _event(cleared, memory)
        memory = replace(memory, phase=Phase.NONE)
        yield memory, event_of
    elif memory.phase is Phase.NONE and state.plate_occupied:
        memory = replace(memory, phase=Phase.ON_PLATE)
        yield memory, None
    if memory.cooling and (state.hottest or COLD) < COLD:
        memory = replace(memory, cooling=False)
        yield memory, _event(PrintEventType.COOLED_DOWN, memory)


def _event(kind: PrintEventType | None, job: Memory) -> PrintEvent | None:
    return None if kind is None else PrintEvent(type=kind, job=job)


def _is_another(memory: Memory, state: PrinterState, gap: bool) -> bool:
    """Return whether a state shows another job than the one that is known."""
    job, stopped = (
        state.job,
        state.status is Status.ERROR and state.job.file is not None,
    )
    if not (state.has_job or state.plate_occupied or stopped):
        return False
    if memory.number == 0:
        return True
    renamed = (
        job.file is not None and memory.file is not None and job.file != memory.file
    )
    passed = (job.elapsed or 0.0) - (memory.elapsed or 0.0)
    if memory.phase in OPEN:
        return renamed or (job.elapsed is not None and passed < -1)
    if state.has_job:
        return True
    # A print on the plate is the known one unless a number shows that it is not.
    sure = gap or memory.phase is Phase.NONE
    return renamed or (
        sure and not stopped and job.elapsed is not None and abs(passed) > 1
    )


def _close(memory: Memory, gap: bool) -> Iterator[_Step]:
    """End the job before another one, with what is known."""
    if memory.phase in OPEN:
        stopped = memory.phase is Phase.STOPPED
        kind = PrintEventType.FAILED if stopped else PrintEventType.ENDED
        yield memory, _event(kind, memory)
    elif memory.phase is Phase.ON_PLATE and not gap:
        yield memory, _event(PrintEventType.PLATE_CLEARED, memory)


def _begun(memory: Memory, state: PrinterState, now: datetime) -> Memory:
    """Return the memory of a job that no state before showed."""
    job = state.job
    return Memory(
        seen=now,
        began=now - timedelta(seconds=job.elapsed or 0),
        number=memory.number + 1,
        phase=Phase.RUNNING,
        file=job.file,
        first_layer=(job.layer or 0) > 1,
    )


def _updated(memory: Memory, state: PrinterState) -> Memory:
    """Return the memory with the newest numbers; the last known ones stay."""
    job = state.job
    if not (state.has_job or state.plate_occupied or state.status is Status.ERROR):
        return memory

    def newest[T](new: T | None, old: T | None) -> T | None:
        return old if new is None else new

    return replace(
        memory,
        file=newest(job.file, memory.file),
        elapsed=newest(job.elapsed, memory.elapsed),
        progress=newest(job.progress, memory.progress),
        layer=newest(job.layer, memory.layer),
        weight=newest(job.filament_weight, memory.weight),
    )


def _open_job(memory: Memory, state: PrinterState) -> Iterator[_Step]:
    """Yield what happened to a job that has not ended before this state."""
    phase, code, known = memory.phase, state.error_code, memory.code
    if (state.job.layer or 0) > 1 and not memory.first_layer:
        memory = replace(memory, first_layer=True)
        yield memory, _event(PrintEventType.FIRST_LAYER_DONE, memory)
    if state.has_job or state.status is Status.ERROR:
        memory = replace(memory, code=code)
    new_code = code is not None and code != known
    over = _result(phase, state)
    if over is not None:
        kind, after = over
        # The error that stopped it is part of its end.
        ended = replace(memory, phase=after, cooling=True, code=known)
        yield replace(ended, code=None), _event(kind, ended)
    elif state.status is Status.ERROR:
        memory = replace(memory, phase=Phase.STOPPED)
        told = phase is Phase.STOPPED or (code is not None and not new_code)
        yield memory, None if told else _event(PrintEventType.ERROR, memory)
    elif state.status is Status.PAUSED:
        memory = replace(memory, phase=Phase.PAUSED)
        if phase is Phase.RUNNING:
            kind = PrintEventType.PAUSED
            yield memory, PrintEvent(type=kind, job=memory, reason=_reason(state))
        else:
            yield memory, _event(PrintEventType.ERROR if new_code else None, memory)
    elif state.has_job:
        goes_on = state.status in {Status.PRINTING, Status.HEATING}
        if goes_on and phase is not Phase.RUNNING:
            memory = replace(memory, phase=Phase.RUNNING)
            yield memory, _event(PrintEventType.RESUMED, memory)
        # With a pause that has begun, the code is the reason of the pause.
        elif goes_on and new_code:
            yield memory, _event(PrintEventType.ERROR, memory)
        elif not goes_on:
            yield replace(memory, code=known), None
        else:
            yield memory, None


def _result(phase: Phase, state: PrinterState) -> tuple[PrintEventType, Phase] | None:
    """Return how a job ended in this state, and what is known then."""
    stopped = phase is Phase.STOPPED
    if state.status in _DONE:
        canceled = state.status is Status.CANCELED
        kind = PrintEventType.FAILED if stopped and canceled else _DONE[state.status]
        return kind, Phase.ON_PLATE
    if state.status is Status.IDLE:
        kind = PrintEventType.FAILED if stopped else PrintEventType.ENDED
        return kind, Phase.NONE
    return None


def _reason(state: PrinterState) -> PauseReason:
    """Return why a job is paused."""
    if state.error_code is not None:
        return _REASONS.get(state.error_code, PauseReason.ERROR)
    return PauseReason.DOOR if state.door_open else PauseReason.UNKNOWN
