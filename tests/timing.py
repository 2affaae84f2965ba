"""Time that goes on while something hangs."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from simulator import ManualClock

QUIET = 3
"""So many turns of the loop without anything to do mean that all wait for the clock."""


class Time:
    """The time of Home Assistant and of the printers.

    It moves whether or not an answer is due: each step ends when nothing is left to do
    but to wait for the clock.
    """

    def __init__(
        self, hass: HomeAssistant, clock: ManualClock, freezer: FrozenDateTimeFactory
    ) -> None:
        self._hass = hass
        self._clock = clock
        self._freezer = freezer
        self._at_work: set[asyncio.Future[Any]] = set()

    def watch_threads(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Know of everything that threads do for the loop."""
        run = self._hass.loop.run_in_executor

        def watched(*args: Any) -> asyncio.Future[Any]:
            future: asyncio.Future[Any] = run(*args)
            self._at_work.add(future)
            future.add_done_callback(self._at_work.discard)
            return future

        monkeypatch.setattr(self._hass.loop, "run_in_executor", watched)

    @property
    def now(self) -> float:
        """The printers' time in seconds."""
        return self._clock.now()

    async def settle(self) -> None:
        """Wait until nothing moves any more by itself."""
        quiet = 0
        while quiet < QUIET:
            await asyncio.sleep(0)
            quiet = 0 if self._is_busy() else quiet + 1

    def _is_busy(self) -> bool:
        loop = self._hass.loop
        # On loopback what was sent has arrived, so the selector knows of all there is.
        return bool(loop._ready or self._at_work or loop._selector.select(0))

    async def passes(self, seconds: float, step: float = 1.0) -> None:
        """Let so many seconds pass."""
        await self.settle()
        for _ in range(round(seconds / step)):
            self._clock.advance(step)
            self._freezer.tick(step)
            async_fire_time_changed(self._hass)
            await self.settle()

    async def passes_until[T](self, awaited: Awaitable[T], seconds: float = 60) -> T:
        """Let time pass until something is done, for so many seconds at the most."""
        task = asyncio.ensure_future(awaited)
        await self.settle()
        for _ in range(round(seconds)):
            if task.done():
                break
            await self.passes(1)
        assert task.done(), "not done in time"
        return await task
