"""Time that passes while something hangs, and jumps to the next timer."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from math import ceil, inf
from time import get_clock_info
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import event
from homeassistant.util import dt as dt_util
from homeassistant.util.async_ import get_scheduled_timer_handles
import pytest

from simulator import ManualClock

from .internals import has_work, hears, run
from .threads import watch_threads
from .wire import is_carrying

QUIET = 3
"""After so many turns of the loop without work, everything waits for the clock."""

EARLY = event.RANDOM_MICROSECOND_MAX / 10**6
"""Seconds by which timers fire early, as coordinators spread their polls."""

RESOLUTION = get_clock_info("monotonic").resolution

ALIGNED = 0.05
"""The part of a second at which a coordinator, which rounds down, is never late."""

MOMENT = 0.001
"""Seconds in which other threads and the kernel may use the processor."""


class Time:
    """The time of Home Assistant and of the printers; only tests move it.

    It moves also while an answer is missing: a step ends when nothing is left to do but
    to wait for the clock. Steps in which no timer is due are taken as one.
    """

    def __init__(
        self, hass: HomeAssistant, clock: ManualClock, freezer: FrozenDateTimeFactory
    ) -> None:
        self._hass = hass
        self._clock = clock
        self._freezer = freezer
        # The loop must not report a jump of the clock as a slow callback.
        hass.loop.slow_callback_duration = inf
        self._at_work: set[asyncio.Future[Any]] = set()

    def watch_threads(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Keep track of everything that threads do for the loop."""
        self._at_work = watch_threads(self._hass.loop, monkeypatch)

    def follow(self, hass: HomeAssistant) -> None:
        """Fire the timers of another Home Assistant from now on."""
        self._hass = hass

    @property
    def now(self) -> float:
        """The printers' time in seconds."""
        return self._clock.now()

    async def settle(self) -> None:
        """Wait until nothing happens any more without the clock."""
        quiet = 0
        while quiet < QUIET:
            await asyncio.sleep(0)
            quiet = 0 if self._is_busy() else quiet + 1

    def _is_busy(self) -> bool:
        loop = self._hass.loop
        if has_work(loop) or hears(loop):
            return True
        if self._at_work or is_carrying(loop):
            # Another thread or the kernel has to work for that.
            hears(loop, MOMENT)
            return True
        return False

    async def passes(self, seconds: float, step: float = 1.0) -> None:
        """Let so many seconds pass."""
        await self.settle()
        await self._pass(seconds, step)

    async def passes_until[T](self, awaited: Awaitable[T], seconds: float = 60) -> T:
        """Let time pass until something is done, for so many seconds at the most."""
        task = asyncio.ensure_future(awaited)
        await self.settle()
        left = seconds
        while left > 0 and not task.done():
            left -= await self._jump(left, 1)
        assert task.done(), "not done in time"
        return await task

    async def aligned(self, seconds: float, step: float = 1.0) -> None:
        """Let so many seconds pass from the next second that begins.

        A coordinator rounds to whole seconds; between them a step could fall short.
        """
        self.move(1 + ALIGNED - self._hass.loop.time() % 1)
        await self._pass(seconds, step)

    async def _pass(self, seconds: float, step: float) -> None:
        left = seconds
        while left > 0:
            left -= await self._jump(left, step)

    async def _jump(self, most: float, step: float) -> float:
        """Move on by whole steps up to the next timer; return the seconds."""
        steps = max(1, ceil(self._seconds_to_next() / step - 1e-6))
        seconds = min(most, steps * step)
        self.move(seconds)
        self._fire()
        await self.settle()
        # A rest of less than a microsecond is a rounding error.
        return seconds if most - seconds > 1e-6 else most

    def _fire(self) -> None:
        """Fire the timers that are due, as ``async_fire_time_changed`` does.

        That makes two mocks for each of them, a fifth of the work of a simulated day.
        """
        loop = self._hass.loop
        shown = dt_util.utcnow() + timedelta(seconds=EARLY)
        due = loop.time() + RESOLUTION + EARLY
        with (
            patch.object(event, "time_tracker_utcnow", lambda: shown),
            patch.object(event, "time_tracker_timestamp", shown.timestamp),
        ):
            for timer in tuple(get_scheduled_timer_handles(loop)):
                if not timer.cancelled() and timer.when() <= due:
                    run(timer)

    def move(self, seconds: float) -> None:
        """Move both clocks at once, without firing a timer."""
        self._clock.advance(seconds)
        self._freezer.tick(seconds)

    def _seconds_to_next(self) -> float:
        """Return when the next timer fires, of Home Assistant or of a printer."""
        loop = self._hass.loop
        if has_work(loop):
            return 0
        timers = [
            handle.when()
            for handle in get_scheduled_timer_handles(loop)
            if not handle.cancelled()
        ]
        ours = min(timers, default=inf) - loop.time() - EARLY
        theirs = (inf if (due := self._clock.due) is None else due) - self._clock.now()
        return min(ours, theirs, 10**9)
