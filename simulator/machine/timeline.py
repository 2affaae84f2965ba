"""The time of a machine, which moves on whenever the machine is read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..system.clock import Cancel, Clock
from .course import Course
from .feeder import Feeder
from .status import Status

_LOOK_EVERY = 60.0


class Timeline:
    """Moves a machine along the clock whenever it is read or changed.

    There is no background task. Only a machine that will switch itself off asks the
    clock for a call. `changed` is called after every change from outside, and when the
    machine has switched itself off.
    """

    def __init__(self, clock: Clock, course: Course, feeder: Feeder) -> None:
        """Take the clock, and the parts that move along it."""
        self.changed: Callable[[], None] | None = None
        self._clock = clock
        self._course = course
        self._feeder = feeder
        self._syncing = False
        self._awake = False
        self._alarm: tuple[float, Cancel] | None = None

    def wake(self) -> None:
        """Ask the clock for calls, so that the machine can switch itself off."""
        self._awake = True
        self.sync()

    def rest(self) -> None:
        """Cancel the call of the clock."""
        self._awake = False
        self.sync()

    def sync(self) -> None:
        """Bring the machine up to date."""
        if self._syncing:
            return
        before = self._course.status
        with self.undisturbed():
            self._feeder.run_to(self._clock.now())
            self._set_alarm()
        status = self._course.status
        if status is not before and status is Status.OFF:
            self._report()

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Bring the machine up to date before a change, and report it afterwards."""
        if self._syncing:
            yield
            return
        self.sync()
        with self.undisturbed():
            yield
            self._set_alarm()
        self._report()

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Read and set attributes without bringing the machine up to date."""
        before, self._syncing = self._syncing, True
        try:
            yield
        finally:
            self._syncing = before

    def _report(self) -> None:
        if self.changed is not None:
            self.changed()

    def _alarm_time(self) -> float | None:
        course = self._course
        if not (self._awake and course.body.auto_off):
            return None
        if course.status is Status.COMPLETED:
            return course.switches_off()
        return None if course.status is Status.OFF else course.time + _LOOK_EVERY

    def _set_alarm(self) -> None:
        when = self._alarm_time()
        if self._alarm is not None:
            set_for, cancel = self._alarm
            if when is not None and self._course.time < set_for <= when:
                return
            cancel()
            self._alarm = None
        if when is not None:
            self._alarm = (when, self._clock.call_at(when, self._ring))

    def _ring(self) -> None:
        self._alarm = None
        self.sync()
