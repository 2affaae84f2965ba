"""The clock of the event loop, for what is tested without Home Assistant."""

import asyncio

import pytest

from .waiting import settle


class LoopClock:
    """Real time plus the seconds that a test adds, so that no test waits for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop = asyncio.get_running_loop()
        real = loop.time
        self._ahead = 0.0
        monkeypatch.setattr(loop, "time", lambda: real() + self._ahead)

    def advance(self, seconds: float) -> None:
        """Add so many seconds."""
        self._ahead += seconds

    async def run(self, task: asyncio.Future[None], step: float = 1.0) -> None:
        """Let time pass, in steps of so many seconds, until something is done."""
        while not task.done():
            self.advance(step)
            await settle()
