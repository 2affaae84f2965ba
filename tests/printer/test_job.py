"""What a sequence of states says about a job."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.flashforge.api.state import Job, PrinterState, Status
from custom_components.flashforge.printer.job import (
    JobEnd,
    JobKey,
    JobResult,
    JobTracker,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def printing(
    file: str = "a.gcode",
    elapsed: float = 600,
    remaining: float | None = 3600,
    status: Status | None = Status.PRINTING,
) -> PrinterState:
    """Return the state of a printer with a job."""
    return PrinterState(
        status=status, job=Job(file=file, elapsed=elapsed, remaining=remaining)
    )


@pytest.mark.parametrize("jitter", [-55, -20, 0, 20, 29])
def test_finish_time_ignores_jitter(jitter: float) -> None:
    jobs = JobTracker()
    jobs.update(printing(remaining=3600), NOON)
    first = jobs.finish
    assert first == NOON + timedelta(hours=1)

    jobs.update(printing(remaining=3595 + jitter), NOON + timedelta(seconds=5))

    assert jobs.finish == first


def test_finish_time_follows_a_real_change() -> None:
    jobs = JobTracker()
    jobs.update(printing(remaining=3600), NOON)

    jobs.update(printing(remaining=4200), NOON)

    assert jobs.finish == NOON + timedelta(minutes=70)


def test_no_finish_time_while_warming_up() -> None:
    jobs = JobTracker()
    warming_up = PrinterState(
        status=Status.PRINTING, job=Job(remaining=3600, elapsed=0, warming_up=True)
    )

    jobs.update(warming_up, NOON)

    assert jobs.finish is None
    assert jobs.remaining == 3600


@pytest.mark.parametrize("status", [Status.PAUSING, Status.PAUSED])
def test_remaining_time_stays_while_held(status: Status) -> None:
    jobs = JobTracker()
    jobs.update(printing(remaining=3600), NOON)

    jobs.update(printing(remaining=None, status=status), NOON)

    assert jobs.remaining == 3600
    assert jobs.finish is None


@pytest.mark.parametrize(
    "after",
    [
        printing(elapsed=605),
        printing(elapsed=605, status=Status.PAUSED),
        printing(elapsed=605, status=Status.COMPLETED),
        PrinterState(status=Status.IDLE),
        PrinterState(status=None, raw_status="humming"),
    ],
)
def test_same_job_goes_on(after: PrinterState) -> None:
    jobs = JobTracker()
    jobs.update(printing(), NOON)
    key = jobs.key

    jobs.update(after, NOON)

    assert jobs.key == key


@pytest.mark.parametrize("after", [printing(elapsed=3), printing(file="b.gcode")])
def test_another_job_begins(after: PrinterState) -> None:
    jobs = JobTracker()
    jobs.update(printing(), NOON)
    key = jobs.key

    jobs.update(after, NOON)

    assert jobs.key != key


def test_print_on_the_plate_is_a_job_when_it_is_the_first_thing_seen() -> None:
    jobs = JobTracker()

    jobs.update(printing(status=Status.COMPLETED), NOON)

    assert jobs.key is not None
    assert jobs.key.file == "a.gcode"


# --- how a job ends ---


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (Status.COMPLETED, JobResult.COMPLETED),
        (Status.CANCELED, JobResult.CANCELED),
        (Status.ERROR, JobResult.FAILED),
        (Status.IDLE, None),
    ],
)
def test_end_of_a_job_is_told_once(status: Status, result: JobResult | None) -> None:
    jobs = JobTracker()
    assert jobs.update(printing(), NOON) is None

    end = jobs.update(printing(status=status), NOON)

    job = JobKey(number=1, file="a.gcode")
    assert end == JobEnd(job=job, result=result, time=NOON)
    assert jobs.key == job
    assert jobs.update(printing(status=status), NOON) is None
    assert jobs.update(PrinterState(status=Status.IDLE), NOON) is None


@pytest.mark.parametrize(
    "status",
    [None, Status.BUSY, Status.CALIBRATING, Status.PAUSED, Status.CANCELING],
)
def test_what_is_no_end(status: Status | None) -> None:
    jobs = JobTracker()
    jobs.update(printing(), NOON)

    assert jobs.update(printing(status=status), NOON) is None

    end = jobs.update(printing(status=Status.COMPLETED), NOON)
    assert end is not None
    assert end.job == JobKey(number=1, file="a.gcode")


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.ERROR, Status.IDLE])
def test_job_that_nobody_saw_run_does_not_end(status: Status) -> None:
    jobs = JobTracker()

    assert jobs.update(printing(status=status), NOON) is None
    assert jobs.update(printing(status=status), NOON) is None


@pytest.mark.parametrize("first", [Status.PRINTING, Status.COMPLETED])
@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CANCELED, Status.IDLE])
def test_next_job_is_another_one_with_the_same_file(
    first: Status, status: Status
) -> None:
    jobs = JobTracker()
    jobs.update(printing(elapsed=5, status=first), NOON)
    jobs.update(printing(elapsed=5, status=status), NOON)
    before = jobs.key

    # It began so soon that its first answer is later in the print.
    jobs.update(printing(elapsed=9), NOON)

    assert jobs.key != before


def test_job_goes_on_after_an_error() -> None:
    jobs = JobTracker()
    jobs.update(printing(), NOON)
    key = jobs.key
    jobs.update(printing(status=Status.ERROR), NOON)

    jobs.update(printing(elapsed=610), NOON)
    assert jobs.key == key

    end = jobs.update(printing(elapsed=900, status=Status.COMPLETED), NOON)
    assert end == JobEnd(job=key, result=JobResult.COMPLETED, time=NOON)


def test_another_print_on_the_plate_than_the_one_last_seen() -> None:
    jobs = JobTracker()
    jobs.update(printing(), NOON)

    end = jobs.update(printing(file="b.gcode", status=Status.COMPLETED), NOON)

    assert end is not None
    assert end.job == JobKey(number=2, file="b.gcode")
