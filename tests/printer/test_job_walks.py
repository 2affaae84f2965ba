"""Random walks of virtual printers: every job starts and ends once, whatever is restarted."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
import json

from hypothesis import given, settings, strategies as st

from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.wire.detail import parse_detail
from custom_components.flashforge.printer.job_events import (
    PrintEvent,
    PrintEventType as Type,
    follow,
)
from custom_components.flashforge.printer.job_log import read_memory, stored_memory
from custom_components.flashforge.printer.job_marks import Reached, reached
from custom_components.flashforge.printer.job_memory import Memory
from simulator import Deed, Line, ManualClock, NotNowError, Printer, Status, StoredFile
from simulator.http.detail import detail
from simulator.machine.journal import ENDS

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FILES = [StoredFile(f"{name}.gcode", 90, 6) for name in "abcdefghijklmnopqrstuvwxyz"]
MODEL = "5m_pro"

EVENTS = {
    Deed.STARTED: Type.STARTED,
    Deed.FIRST_LAYER_DONE: Type.FIRST_LAYER_DONE,
    Deed.PAUSED: Type.PAUSED,
    Deed.RESUMED: Type.RESUMED,
    Deed.ERROR: Type.ERROR,
    Deed.FINISHED: Type.FINISHED,
    Deed.CANCELED: Type.CANCELED,
    Deed.FAILED: Type.FAILED,
    Deed.LOST: Type.ENDED,
    Deed.PLATE_CLEARED: Type.PLATE_CLEARED,
    Deed.COOLED_DOWN: Type.COOLED_DOWN,
}
OVER = {Type.FINISHED, Type.CANCELED, Type.FAILED, Type.ENDED}

DEEDS = {
    "pause": lambda machine: machine.pause(),
    "resume": lambda machine: machine.resume(),
    "cancel": lambda machine: machine.cancel(),
    "finish": lambda machine: machine.finish_job(),
    "skip the warm-up": lambda machine: machine.finish_warm_up(),
    "clear": lambda machine: machine.clear_plate(),
    "fail": lambda machine: machine.running_job and machine.fail("E0109"),
    "clear error": lambda machine: machine.clear_error(),
}
SECONDS = (10, 30)


class Walk:
    """A printer, and what the pure state machine makes of its answers."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.printer = Printer(MODEL, clock=self.clock, files=FILES)
        self.machine = self.printer.machine
        self.jump = timedelta(0)
        self.memory: Memory | None = None
        self.events: list[PrintEvent] = []
        self.steps: list[Reached] = []
        self.seen: list[int] = []
        """The jobs, by the journal, that a poll showed."""
        self.shown: set[int] = set()
        """Those whose print a poll showed on the plate."""
        self.blind: int | None = None
        """The job that was being canceled at the first poll."""
        self.begun = 0
        """How long the journal was at the first poll."""

    def poll(self) -> None:
        """Read the answer of the printer, unless its power is off."""
        if self.machine.status is Status.OFF:
            return
        state = parse_detail(detail(self.printer), MODELS[self.printer.model.pid])
        now = NOON + timedelta(seconds=self.clock.now()) + self.jump
        if self.memory is None:
            self.begun = len(self.machine.journal)
            if self.machine.status is Status.CANCELING:
                self.blind = self.journal[-1].job
        before, (self.memory, events) = self.memory, follow(self.memory, state, now)
        self.events += events
        if (step := reached(before, self.memory)) is not None:
            self.steps.append(step)
        number = self.journal[-1].job if self.journal else 0
        if self.machine.job is not None and number not in self.seen:
            self.seen.append(number)
        if self.machine.status in {Status.COMPLETED, Status.CANCELED}:
            self.shown.add(number)

    def restart(self) -> None:
        """Forget all but what is stored."""
        if self.memory is not None:
            stored = json.loads(json.dumps(stored_memory(self.memory)))
            self.memory = read_memory(stored)
            assert self.memory is not None

    @property
    def journal(self) -> Sequence[Line]:
        return self.machine.journal

    def pass_time(self, seconds: int, *, polls: bool) -> None:
        for _ in range(0, seconds, 10):
            self.clock.advance(10)
            if polls:
                self.poll()

    def start(self, name: str) -> None:
        with suppress(NotNowError):
            self.machine.start_job(name)

    def lose_power(self) -> None:
        """Cut the power for as long as a printer takes to start."""
        self.machine.switch_off()
        self.clock.advance(70)
        self.machine.boot()

    def do(self, deed: str) -> None:
        with suppress(NotNowError):
            DEEDS[deed](self.machine)


def marks(walk: Walk) -> Iterator[tuple[int, str, float]]:
    """Yield the job and each limit that it reached, as often as it did."""
    for step in walk.steps:
        for limit in (1, 25, 50, 75, 100):
            if step.progress(limit):
                yield step.job.number, "progress", limit
        for limit in range(1, 7):
            if step.layer(limit):
                yield step.job.number, "layer", limit
        for limit in (10, 45, 80):
            if step.time_left(timedelta(seconds=limit)):
                yield step.job.number, "time left", limit
        for limit in (30, 40, 100):
            if step.cooled(limit):
                yield step.job.number, "cooled", limit


def expected(walk: Walk) -> list[Type]:
    """Return the events that the journal asks for since the first poll."""
    over = {line.job for line in walk.journal[: walk.begun] if line.deed in ENDS}
    return [
        # Why somebody canceled before the first poll is not known.
        Type.CANCELED
        if line.job == walk.blind and line.deed is Deed.FAILED
        else EVENTS[line.deed]
        for line in walk.journal[walk.begun :]
        # What was over at the first poll is no job of which anything is known.
        if not (line.deed is Deed.COOLED_DOWN and line.job in over)
    ]


@settings(max_examples=40)
@given(st.data())
def test_all_that_is_seen_is_what_the_printer_noted(data: st.DataObject) -> None:
    """Restarts between polls, a clock that is set, and a first poll in mid-job."""
    walk = Walk()
    first = data.draw(st.integers(0, 6))
    for number in range(25):
        polls = number >= first
        deed = data.draw(
            st.sampled_from(
                [*DEEDS, "start a", "start b", "pass", "pass", "restart", "set", "cut"]
            )
        )
        if deed in DEEDS:
            walk.do(deed)
        elif deed.startswith("start"):
            # The same file can be printed several times in a row.
            walk.start(f"{deed[-1]}.gcode")
        elif deed == "pass":
            walk.pass_time(data.draw(st.sampled_from(SECONDS)), polls=polls)
        elif deed == "restart":
            walk.restart()
        elif deed == "cut":
            walk.lose_power()
        else:
            walk.jump += timedelta(seconds=data.draw(st.sampled_from([-50, 50])))
        if polls:
            walk.poll()

    happened = [each.type for each in walk.events]
    assert happened == expected(walk)
    assert len(set(marks(walk))) == len([*marks(walk)])
    jobs = {line.job for line in walk.journal[walk.begun :]}
    assert len({each.job.job_id for each in walk.events}) == len(jobs)


@settings(max_examples=40)
@given(st.data())
def test_every_job_ends_once_over_any_outage(data: st.DataObject) -> None:
    """While nobody looks, jobs end and others begin, and the clock is set."""
    walk = Walk()
    walk.poll()
    names = iter(FILES)
    looks, used = True, FILES[0].name
    for _ in range(25):
        deed = data.draw(
            st.sampled_from([*DEEDS, "start", "pass", "pass", "look", "set", "cut"])
        )
        if deed in DEEDS:
            walk.do(deed)
        elif deed == "start":
            # Two prints of one file in an outage cannot be told from one.
            used = used if looks else next(names).name
            walk.start(used)
        elif deed == "pass":
            walk.pass_time(data.draw(st.sampled_from(SECONDS)), polls=looks)
        elif deed == "look":
            looks = not looks
            walk.restart()
            used = next(names).name
        elif deed == "cut":
            walk.lose_power()
        else:
            hours = data.draw(st.sampled_from([-24, -1, 1, 24]))
            walk.jump += timedelta(hours=hours)
        if looks:
            walk.poll()
    # At last, somebody looks until all is over.
    walk.do("clear error")
    walk.do("resume")
    walk.poll()
    walk.pass_time(400, polls=True)

    over = {line.job: line.deed for line in walk.journal if line.deed in ENDS}
    ends = [each for each in walk.events if each.type in OVER]
    assert len({each.job.job_id for each in ends}) == len(ends)
    assert [walk.seen[each.job.number - 1] for each in ends] == [
        number for number in walk.seen if number in over
    ]
    for end in ends:
        number = walk.seen[end.job.number - 1]
        if number in walk.shown:
            assert end.type in SHOWN[over[number]]
    assert len(set(marks(walk))) == len([*marks(walk)])


SHOWN = {
    Deed.FINISHED: {Type.FINISHED},
    # Whether an error or a person ended it can be hidden in an outage.
    Deed.CANCELED: {Type.CANCELED, Type.FAILED},
    Deed.FAILED: {Type.CANCELED, Type.FAILED},
}
"""The ends of a job whose print a poll showed on the plate."""
