"""Time as the virtual printers see it: driven by a test, or the real one sped up."""

import asyncio
from collections.abc import Callable
import heapq
import itertools
import time
from typing import Protocol, override

type Cancel = Callable[[], None]


class Clock(Protocol):
    """What a printer asks of time. All values are seconds."""

    def now(self) -> float:
        """Return the present moment."""

    def call_at(self, when: float, callback: Callable[[], None]) -> Cancel:
        """Call back once when the moment comes; the result cancels that."""


class ManualClock(Clock):
    """A clock that stands still until somebody moves it."""

    def __init__(self, start: float = 0.0) -> None:
        """Start at a moment of your choice, in seconds."""
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
        """The moment of the next call, None when nobody waits for one."""
        while self._calls and self._calls[0][1] in self._canceled:
            _, number, _ = heapq.heappop(self._calls)
            self._canceled.discard(number)
        return self._calls[0][0] if self._calls else None

    def advance(self, seconds: float) -> None:
        """Move on, and run what falls due on the way, each at its own moment."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        end = self._now + seconds
        while (due := self.due) is not None and due <= end:
            when, _, callback = heapq.heappop(self._calls)
            self._now = max(self._now, when)
            callback()
        self._now = end


class SystemClock(Clock):
    """Real time since its creation, times a factor."""

    def __init__(self, speed: float = 1.0) -> None:
        """Let time run `speed` times as fast as it does."""
        if speed <= 0:
            raise ValueError("the speed of a clock is above zero")
        self._speed = speed
        self._start = time.monotonic()

    @override
    def now(self) -> float:
        return (time.monotonic() - self._start) * self._speed

    @override
    def call_at(self, when: float, callback: Callable[[], None]) -> Cancel:
        delay = max(0.0, (when - self.now()) / self._speed)
        return asyncio.get_running_loop().call_later(delay, callback).cancel
