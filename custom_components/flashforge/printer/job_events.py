"""What happened to the jobs of a printer: states in, events out, without a clock of its own.

All that is known between two states is in a ``Memory``, which is stored. So the same job has
the same id after a restart, and what happened meanwhile is found out from the next state.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ..api import PrinterState, Status
from .job_memory import OPEN, Memory, Phase, updated
from .pause_reasons import PauseReason, reason_of

GAP = timedelta(seconds=60)
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


_DONE = {
    Status.COMPLETED: PrintEventType.FINISHED,
    Status.CANCELED: PrintEventType.CANCELED,
}


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
    # A clock that was set counts as a silence, too.
    gap = abs(now - memory.seen) > GAP
    if _is_another(memory, state, gap):
        for step in _close(memory, gap):
            yield step
        memory = _begun(memory, state, now)
        event = None if state.plate_occupied else PrintEventType.STARTED
        yield memory, _event(event, memory)
    if memory.phase in OPEN:
        memory = updated(memory, state)
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
    else:
        memory = replace(memory, code=state.error_code)
        yield memory, None
    if memory.coolest is not None and state.hottest is not None:
        memory = replace(memory, coolest=min(memory.coolest, state.hottest))
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
        # An error from before is none of this job.
        code=memory.code,
    )


def _open_job(memory: Memory, state: PrinterState) -> Iterator[_Step]:
    """Yield what happened to a job that has not ended before this state."""
    phase, code, known = memory.phase, state.error_code, memory.code
    if (state.job.layer or 0) > 1 and not memory.first_layer:
        memory = replace(memory, first_layer=True)
        yield memory, _event(PrintEventType.FIRST_LAYER_DONE, memory)
    if state.has_job or state.status is Status.ERROR:
        told_code = memory.told_code if memory.told_code == code else None
        memory = replace(memory, code=code, told_code=told_code)
    new_code = code is not None and code != known
    over = _result(phase, state)
    if over is not None:
        kind, after = over
        # The error that stopped it is part of its end.
        stopped_by = known if phase is Phase.STOPPED else None
        ended = replace(
            memory, phase=after, cooling=True, coolest=state.hottest, code=stopped_by
        )
        yield replace(ended, code=code), _event(kind, ended)
    elif state.status is Status.ERROR:
        told = phase is Phase.STOPPED or (code is not None and memory.told_code == code)
        memory = replace(memory, phase=Phase.STOPPED, told_code=code)
        yield memory, None if told else _event(PrintEventType.ERROR, memory)
    elif state.status is Status.PAUSED:
        memory = replace(memory, phase=Phase.PAUSED, told_code=code)
        if phase is Phase.RUNNING:
            kind = PrintEventType.PAUSED
            yield memory, PrintEvent(type=kind, job=memory, reason=reason_of(state))
        else:
            yield memory, _event(PrintEventType.ERROR if new_code else None, memory)
    elif state.has_job:
        goes_on = state.status in {Status.PRINTING, Status.HEATING}
        if goes_on and phase is not Phase.RUNNING:
            memory = replace(memory, phase=Phase.RUNNING)
            yield memory, _event(PrintEventType.RESUMED, memory)
        # With a pause that has begun, the code is the reason of the pause.
        elif goes_on and new_code:
            memory = replace(memory, told_code=code)
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
