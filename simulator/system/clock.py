"""The time of the virtual printers: moved by a test, or real time sped up."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
import heapq
import itertools
import time
from typing import Protocol, override

type Cancel = Callable[[], None]


class Clock(Protocol):
    """The time of a printer. All values are seconds."""

    def now(self) -> float:
        """Return the present time."""

    def call_at(self, when: float, callback: Callable[[], None]) -> Cancel:
        """Call back once at a time; the result cancels the call."""


class ManualClock(Clock):
    """A clock that stands still until a test moves it."""

    def __init__(self, start: float = 0.0) -> None:
        """Start at a time in seconds."""
        self._now = start
        self._order = itertools.count()
        self._calls: list[tuple[float, int, Callable[[], None]]] = []
        self._canceled: set[int] = set()

    @override
    def now(self) -> float:
        return self._now

    @override
    def call_at(self, when: float, callback: Callable[[], None]) -> Cancel:
        number = next(self._order)
        heapq.heappush(self._calls, (when, number, callback))
        return lambda: self._canceled.add(number)

    @property
    def due(self) -> float | None:
        """The time of the next call, None without one."""
        while self._calls and self._calls[0][1] in self._canceled:
            _, number, _ = heapq.heappop(self._calls)
            self._canceled.discard(number)
        return self._calls[0][0] if self._calls else None

    def advance(self, seconds: float) -> None:
        """Move on and make the calls that fall due, each at its own time."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        end = self._now + seconds
        while (due := self.due) is not None and due <= end:
            when, _, callback = heapq.heappop(self._calls)
            self._now = max(self._now, when)
            callback()
        self._now = end


@dataclass(slots=True, eq=False)
class _Alarm:
    """A call that a system clock owes, and what the event loop has of it."""

    when: float
    callback: Callable[[], None]
    timer: asyncio.TimerHandle | None = None


class SystemClock(Clock):
    """Real time since its creation, times a factor; a person can hold it."""

    def __init__(self, speed: float = 1.0) -> None:
        """Let time run `speed` times as fast as it does."""
        if speed <= 0:
            raise ValueError("the speed of a clock is above zero")
        self._speed = speed
        self._shown = 0.0
        self._since = time.monotonic()
        self._held = False
        self._alarms: set[_Alarm] = set()

    @override
    def now(self) -> float:
        if self._held:
            return self._shown
        return self._shown + (time.monotonic() - self._since) * self._speed

    def hold(self, *, held: bool) -> None:
        """Let the clock stand still, or run on from where it stands."""
        self._shown, self._since = self.now(), time.monotonic()
        self._held = held
        self._wind()

    def advance(self, seconds: float) -> None:
        """Move forward; calls that fall due are made soon after."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        self._shown += seconds
        self._wind()

    @override
    def call_at(self, when: float, callback: Callable[[], None]) -> Cancel:
        alarm = _Alarm(when, callback)
        self._alarms.add(alarm)
        self._set(alarm)

        def cancel() -> None:
            self._alarms.discard(alarm)
            if alarm.timer is not None:
                alarm.timer.cancel()

        return cancel

    def _wind(self) -> None:
        for alarm in self._alarms:
            self._set(alarm)

    def _set(self, alarm: _Alarm) -> None:
        """Ask the event loop for a call, unless the clock stands before its time."""
        if alarm.timer is not None:
            alarm.timer.cancel()
            alarm.timer = None
        delay = max(0.0, (alarm.when - self.now()) / self._speed)
        if not (self._held and delay):
            loop = asyncio.get_running_loop()
            alarm.timer = loop.call_later(delay, self._ring, alarm)

    def _ring(self, alarm: _Alarm) -> None:
        self._alarms.discard(alarm)
        alarm.callback()
