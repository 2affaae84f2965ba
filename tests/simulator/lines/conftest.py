"""Clients of the line port."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest

from simulator import ManualClock, Printer

from .talker import Talker

type Talk = Callable[[Printer], Awaitable[Talker]]


@pytest.fixture
async def talk(clock: ManualClock) -> AsyncGenerator[Talk]:
    """Return what connects a client; all leave at the end."""
    talkers: list[Talker] = []

    async def connect(printer: Printer) -> Talker:
        talkers.append(await Talker(printer, clock).connect())
        return talkers[-1]

    yield connect
    for talker in talkers:
        talker.writer.close()
