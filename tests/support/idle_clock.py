"""A clock for tests whose timers and sockets work side by side."""

import asyncio
from typing import Any

import pytest

from .internals import selector
from .threads import watch_threads
from .timing import MOMENT
from .wire import is_carrying


class IdleClock:
    """The time of an event loop: it stands still while anything can happen.

    When nothing is left but to wait for a timer, it jumps to that timer. So what fits
    into a second does not depend on how busy the machine is.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._loop = loop = asyncio.get_running_loop()
        self._now = loop.time()
        self._at_work = watch_threads(loop, monkeypatch)
        self._select = selector(loop).select
        monkeypatch.setattr(loop, "time", lambda: self._now)
        monkeypatch.setattr(selector(loop), "select", self._wait)

    def _wait(self, seconds: float | None = None) -> Any:
        if seconds is None or seconds <= 0:
            return self._select(seconds)
        while not (events := self._select(MOMENT)):
            if not self._at_work and not is_carrying(self._loop):
                self._now += seconds
                return self._select(0)
        return events
