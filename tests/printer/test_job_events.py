"""Which events a sequence of states makes, whatever is restarted or lost between them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json

from homeassistant.core import HomeAssistant
from hypothesis import given, strategies as st
import pytest

from custom_components.flashforge.api.state import Heater, Job, PrinterState, Status
from custom_components.flashforge.printer.job_events import (
    PrintEvent,
    PrintEventType as Type,
    follow,
)
from custom_components.flashforge.printer.job_log import (
    JobLog,
    read_memory,
    stored_memory,
)
from custom_components.flashforge.printer.job_memory import Memory
from custom_components.flashforge.printer.pause_reasons import PauseReason

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
IDLE = PrinterState(status=Status.IDLE)
ENDS = {Type.FINISHED, Type.CANCELED, Type.FAILED, Type.ENDED}


def at(
    status: Status,
    elapsed: float = 60,
    file: str = "a.gcode",
    layer: int | None = 1,
    **more: object,
) -> PrinterState:
    """Return a state of a printer with a job."""
    job = Job(file=file, elapsed=elapsed, layer=layer)
    return replace(PrinterState(status=status, job=job), **more)


def printing(elapsed: float = 60, **more: object) -> PrinterState:
    return at(Status.PRINTING, elapsed, **more)


def told(
    *states: PrinterState, seconds: float = 5, memory: Memory | None = None
) -> list[PrintEvent]:
    """Return the events that states so many seconds apart make."""
    now, found = NOON, []
    for state in states:
        memory, events = follow(memory, state, now)
        found += events
        now += timedelta(seconds=seconds)
    return found


def types(*states: PrinterState, seconds: float = 5) -> list[Type]:
    return [each.type for each in told(*states, seconds=seconds)]


@pytest.mark.parametrize(
    "first",
    [
        IDLE,
        printing(600, layer=9),
        at(Status.PAUSED),
        at(Status.COMPLETED),
        at(Status.ERROR, error_code="E0009"),
    ],
)
def test_the_first_state_is_no_event(first: PrinterState) -> None:
    assert types(first, first, first) == []


def test_a_whole_job() -> None:
    assert types(
        IDLE,
        at(Status.HEATING, 0, layer=0),
        printing(60, layer=1),
        printing(120, layer=2),
        at(Status.PAUSING, 130),
        at(Status.PAUSED, 130),
        at(Status.HEATING, 130),
        printing(140, layer=3),
        at(Status.COMPLETED, 200, bed=Heater(temperature=60)),
        PrinterState(status=Status.IDLE, bed=Heater(temperature=50)),
        PrinterState(status=Status.IDLE, bed=Heater(temperature=39)),
        PrinterState(status=Status.IDLE, bed=Heater(temperature=30)),
    ) == [
        Type.STARTED,
        Type.FIRST_LAYER_DONE,
        Type.PAUSED,
        Type.RESUMED,
        Type.FINISHED,
        Type.PLATE_CLEARED,
        Type.COOLED_DOWN,
    ]


def test_canceling_a_paused_job_is_one_cancellation() -> None:
    assert types(
        printing(), at(Status.PAUSED), at(Status.CANCELING), at(Status.CANCELED)
    ) == [Type.PAUSED, Type.CANCELED]


def test_a_job_that_goes_on_after_an_error_ends_once() -> None:
    found = told(
        printing(),
        at(Status.ERROR, error_code="E0109"),
        at(Status.PAUSED),
        printing(90),
        at(Status.COMPLETED, 200),
    )
    assert [each.type for each in found] == [Type.ERROR, Type.RESUMED, Type.FINISHED]
    assert found[0].job.code == "E0109"
    assert len({each.job.job_id for each in found}) == 1


@pytest.mark.parametrize(
    "after", [IDLE, at(Status.CANCELED), printing(0, file="b.gcode")]
)
def test_a_job_that_an_error_stopped_has_failed(after: PrinterState) -> None:
    found = told(printing(), at(Status.ERROR, error_code="E0009"), after)
    assert [each.type for each in found[:2]] == [Type.ERROR, Type.FAILED]
    assert found[1].job.code == "E0009"


@pytest.mark.parametrize(
    ("paused", "reason"),
    [
        (at(Status.PAUSED), PauseReason.PERSON),
        (at(Status.PAUSED, error_code="E0163"), PauseReason.CLOG),
        (at(Status.PAUSED, error_code="E0100"), PauseReason.FILAMENT),
        (at(Status.PAUSED, error_code="E0009"), PauseReason.ERROR),
        (at(Status.PAUSED, door_open=True), PauseReason.DOOR),
    ],
)
def test_the_reason_of_a_pause(paused: PrinterState, reason: PauseReason) -> None:
    begun = replace(paused, status=Status.PAUSING)
    (found,) = told(printing(), begun, paused, paused)
    assert (found.type, found.reason) == (Type.PAUSED, reason)


def test_an_error_of_a_job_that_prints_on_is_told_once() -> None:
    wrong = printing(error_code="E0110")
    assert types(printing(), wrong, wrong, printing(), wrong) == [Type.ERROR] * 2


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (printing(7000), []),
        (at(Status.COMPLETED, 7000), [Type.FINISHED]),
        (at(Status.CANCELED, 900), [Type.CANCELED]),
        (IDLE, [Type.ENDED]),
        (printing(30), [Type.ENDED, Type.STARTED]),
        (printing(900, file="b.gcode"), [Type.ENDED, Type.STARTED]),
        (at(Status.COMPLETED, 900, "b.gcode"), [Type.ENDED, Type.FINISHED]),
    ],
)
def test_what_happened_in_an_outage(after: PrinterState, expected: list[Type]) -> None:
    assert types(printing(600), after, seconds=7200) == expected


def test_the_plate_of_a_printer_that_was_off_was_not_seen_cleared() -> None:
    assert types(printing(), at(Status.COMPLETED), IDLE, seconds=600) == [Type.FINISHED]


@pytest.mark.parametrize(
    "between",
    [
        PrinterState(status=None),
        PrinterState(status=Status.BUSY),
        at(Status.CALIBRATING, 0),
    ],
)
def test_a_status_that_shows_no_job_ends_none(between: PrinterState) -> None:
    assert types(printing(), replace(between, job=Job()), printing(70)) == []


# --- random lives ---------------------------------------------------------------


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[PrinterState], list[Type]]:
    """Return every state of some jobs one after the other, and how each of them ends."""
    states, ends = [IDLE], []
    for number in range(draw(st.integers(1, 4))):
        file = draw(st.sampled_from(["a.gcode", "b.gcode"]))
        elapsed = 100.0 * (number + 1)
        states.append(at(Status.HEATING, 0, file, 0))
        for held in draw(
            st.lists(st.sampled_from(["on", "pause", "error"]), max_size=4)
        ):
            states.append(at(Status.PRINTING, elapsed, file, 2))
            if held == "error":
                states.append(at(Status.ERROR, elapsed, file, error_code="E0109"))
            if held != "on":
                states.append(at(Status.PAUSED, elapsed, file))
            elapsed += 100
        states.append(at(Status.PRINTING, elapsed, file, 2))
        end = draw(st.sampled_from([Status.COMPLETED, Status.CANCELED]))
        states += [at(end, elapsed, file), IDLE]
        ends.append(Type.FINISHED if end is Status.COMPLETED else Type.CANCELED)
    return states, ends


@given(lives(), st.data())
def test_every_job_starts_and_ends_once_whatever_is_restarted_when(
    life: tuple[list[PrinterState], list[Type]], data: st.DataObject
) -> None:
    states, ends = life
    memory, now, found = None, NOON, []
    for state in states:
        for _ in range(data.draw(st.integers(1, 3))):
            memory, events = follow(memory, state, now)
            found += events
            now += timedelta(seconds=data.draw(st.sampled_from([5, 15, 40, 3600])))
            if data.draw(st.booleans()):
                memory = read_memory(json.loads(json.dumps(stored_memory(memory))))
                assert memory is not None

    assert [each.type for each in found if each.type in ENDS] == ends
    started = [each.job.job_id for each in found if each.type is Type.STARTED]
    assert started == [each.job.job_id for each in found if each.type in ENDS]
    assert len(set(started)) == len(ends)


@given(lives(), st.data())
def test_no_end_is_lost_or_told_twice_whatever_polls_are_missed(
    life: tuple[list[PrinterState], list[Type]], data: st.DataObject
) -> None:
    states, _ = life
    seen = [states[0], *(each for each in states[1:] if data.draw(st.booleans()))]
    found = told(*seen, seconds=3600)

    ended = [each.job.job_id for each in found if each.type in ENDS]
    assert len(set(ended)) == len(ended)
    began = {each.job.job_id for each in found if each.type is Type.STARTED}
    assert len(began - set(ended)) <= 1


@pytest.mark.parametrize(
    "change",
    [
        {"seen": "yesterday"},
        # Home Assistant raises an error for a date that no calendar has.
        {"began": "2026-13-45T12:00:00+00:00"},
        {"began": "2026-11-20T12:00:00"},
        {"phase": "dancing"},
        {"number": "1"},
        {"cooling": None},
    ],
)
def test_a_store_that_cannot_be_read_is_none(change: dict[str, object]) -> None:
    memory, _ = follow(None, printing(), NOON)
    assert read_memory(stored_memory(memory)) == memory
    assert read_memory(stored_memory(memory) | change) is None


async def test_events_wait_for_their_listener(hass: HomeAssistant) -> None:
    log = JobLog(hass, "entry")
    found: list[Type] = []
    log.update(IDLE, NOON)
    log.update(printing(), NOON + timedelta(seconds=5))

    log.async_listen(lambda event: found.append(event.type))
    await hass.async_block_till_done()
    assert found == []
    stop = log.async_tell()
    await hass.async_block_till_done()
    assert found == [Type.STARTED]

    stop()
    log.update(at(Status.COMPLETED), NOON + timedelta(seconds=10))
    await hass.async_block_till_done()
    assert found == [Type.STARTED]
