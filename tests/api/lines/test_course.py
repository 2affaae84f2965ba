"""The course of a job: what many polls show and one does not."""

import pytest

from custom_components.flashforge.api.lines.course import Course
from custom_components.flashforge.api.lines.report import ProgressReport, StatusReport
from custom_components.flashforge.api.models.line_models import line_model
from custom_components.flashforge.api.state import Heater, Job, Status


class Watch:
    """A course with a clock, told in few words."""

    def __init__(self) -> None:
        """Begin at second 0."""
        self.now = 0.0
        self.course = Course(lambda: self.now)

    def poll(
        self,
        machine: str,
        mode: str = "READY",
        *,
        done: int = 0,
        total: int = 100,
        file: str | None = "box.gx",
        hot: tuple[float, float] = (210, 210),
        model: int = 0x0008,
    ) -> tuple[Status | None, Job]:
        """Let 10 s pass and return what a poll shows."""
        self.now += 10
        return self.course.follow(
            line_model(model),
            StatusReport(machine=machine, mode=mode, file=file),
            ProgressReport(done=done, total=total),
            (Heater(temperature=hot[0], target=hot[1]),),
        )


@pytest.fixture
def watch() -> Watch:
    """Return a watch of a printer that was seen ready."""
    watch = Watch()
    watch.poll("READY")
    return watch


def test_a_print_from_heating_to_its_end(watch: Watch) -> None:
    status, job = watch.poll("BUILDING_FROM_SD", "MOVING", hot=(52, 240))
    assert (status, job.file, job.elapsed) == (Status.HEATING, "box.gx", 0)
    status, job = watch.poll("BUILDING_FROM_SD", "MOVING", done=48)
    assert (status, job.progress, job.elapsed) == (Status.PRINTING, 48, 10)
    assert watch.poll("BUILDING_FROM_SD", "PAUSED", done=48)[0] is Status.PAUSED
    watch.poll("BUILDING_FROM_SD", "MOVING", done=100)
    status, job = watch.poll("READY", done=0, file=None)
    assert status is Status.COMPLETED
    assert (job.file, job.progress) == ("box.gx", 100)
    # The printer has forgotten it, and the print is still on the plate.
    assert watch.poll("READY", file=None)[0] is Status.COMPLETED
    watch.course.clear()
    assert watch.poll("READY", done=100) == (Status.IDLE, Job())


def test_a_print_that_ends_before_its_end_was_canceled(watch: Watch) -> None:
    watch.poll("BUILDING_FROM_SD", "MOVING", done=9)
    # The head moves away first.
    assert watch.poll("READY", "MOVING", done=9)[0] is Status.BUSY
    status, job = watch.poll("READY", done=9)
    assert (status, job.progress) == (Status.CANCELED, 9)
    assert watch.poll("BUILDING_FROM_SD", "MOVING", done=1)[0] is Status.PRINTING


def test_the_printers_own_word_for_a_finished_print(watch: Watch) -> None:
    watch.poll("BUILDING_FROM_SD", "MOVING", done=98)
    status, job = watch.poll("BUILDING_COMPLETED", "PAUSED", done=98)
    assert (status, job.progress) == (Status.COMPLETED, 100)
    # It was acknowledged at the screen.
    assert watch.poll("READY") == (Status.IDLE, Job())


def test_a_print_that_fails(watch: Watch) -> None:
    watch.poll("BUILDING_FROM_SD", "MOVING", done=30)
    status, job = watch.poll("ERROR", done=30)
    assert (status, job.progress) == (Status.ERROR, 30)
    assert watch.poll("READY", done=30)[0] is Status.IDLE


def test_what_is_left_of_an_old_job_is_no_job() -> None:
    # As an Adventurer 4 with firmware 2.3.3 was seen.
    assert Watch().poll("READY", done=9, file="hook.gx") == (Status.IDLE, Job())


def test_nobody_knows_when_a_job_began_that_was_found_running() -> None:
    watch = Watch()
    assert watch.poll("BUILDING_FROM_SD", "MOVING", done=50)[1].elapsed is None
    assert watch.poll("BUILDING_FROM_SD", "MOVING", done=51)[1].elapsed is None


def test_a_busy_printer_keeps_its_job(watch: Watch) -> None:
    watch.poll("BUILDING_FROM_SD", "MOVING", done=50)
    assert watch.poll("BUSY", done=50)[1].file == "box.gx"
    assert watch.poll("BUILDING_FROM_SD", "MOVING", done=51)[1].elapsed == 20


def test_a_file_that_the_printer_does_not_name(watch: Watch) -> None:
    watch.course.start("mine.gx")
    job = watch.poll("BUILDING_FROM_SD", "MOVING", done=1, file=None)[1]
    assert job.file == "mine.gx"
    watch.poll("READY", file=None)
    watch.course.clear()
    assert watch.poll("BUILDING_FROM_SD", done=1, file=None)[1].file is None


def test_a_guider_2_that_calls_itself_ready_while_it_prints() -> None:
    watch = Watch()
    ready = {"model": 0x0004, "total": 1000}
    assert watch.poll("READY", done=10, **ready)[0] is Status.IDLE
    assert watch.poll("READY", done=12, **ready)[0] is Status.PRINTING
    # It does not climb with every poll.
    assert watch.poll("READY", done=12, **ready)[0] is Status.PRINTING
    assert watch.poll("READY", done=1000, **ready)[0] is Status.COMPLETED


@pytest.mark.parametrize("hot", [(25.0, 0.0), (210.0, 210.0)])
def test_an_adventurer_3_that_is_ready_prints_nothing(hot: tuple[float, float]) -> None:
    watch = Watch()
    watch.poll("READY", done=10, hot=hot)
    assert watch.poll("READY", done=12, hot=hot)[0] is Status.IDLE


GUIDER_2 = 0x0004
COLD = (25, 0)


def test_a_start_that_a_guider_2_does_not_show() -> None:
    watch = Watch()
    assert watch.poll("READY", model=GUIDER_2, hot=COLD)[0] is Status.IDLE
    watch.course.start("box.gx")
    assert watch.poll("READY", model=GUIDER_2, hot=COLD)[0] is Status.IDLE
    status, job = watch.poll("READY", model=GUIDER_2, hot=(40, 210), file=None)
    assert (status, job.file) == (Status.HEATING, "box.gx")
    # It heats for longer than a start counts.
    for _ in range(10):
        assert watch.poll("READY", model=GUIDER_2, hot=(90, 210))[0] is Status.HEATING
    assert watch.poll("READY", model=GUIDER_2, done=3)[0] is Status.PRINTING
    assert watch.poll("READY", model=GUIDER_2, hot=COLD)[0] is Status.CANCELED


def test_a_start_that_a_guider_2_ignores() -> None:
    watch = Watch()
    watch.course.start("box.gx")
    for _ in range(6):
        assert watch.poll("READY", model=GUIDER_2, hot=COLD)[0] is Status.IDLE
    # Somebody heats it by hand.
    assert watch.poll("READY", model=GUIDER_2, hot=(25, 210))[0] is Status.IDLE


def test_a_pause_that_a_guider_2_does_not_show() -> None:
    watch = Watch()
    watch.poll("READY", model=GUIDER_2)
    watch.poll("READY", model=GUIDER_2, done=3)
    watch.course.pause()
    watch.now -= 5
    # What was in its memory is still counted.
    assert watch.poll("READY", model=GUIDER_2, done=4)[0] is Status.PAUSED
    assert watch.poll("READY", model=GUIDER_2, done=4)[0] is Status.PAUSED
    assert watch.poll("READY", model=GUIDER_2, done=5)[0] is Status.PRINTING
    assert watch.poll("READY", model=GUIDER_2, done=5)[0] is Status.PRINTING
    watch.course.pause()
    assert watch.poll("READY", model=GUIDER_2, done=5)[0] is Status.PAUSED
    watch.course.resume()
    assert watch.poll("READY", model=GUIDER_2, done=5)[0] is Status.PRINTING
