"""Waiting for what other tasks and threads do, without any time passing."""

import asyncio
from collections.abc import Callable

TURNS = 10
"""Turns of the loop in which a task that can go on has gone on."""

PATIENCE = 60
"""Seconds of the wall after which a test fails instead of waiting for ever."""


async def settle() -> None:
    """Let everything run that can."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def until(reached: Callable[[], bool]) -> None:
    """Let the loop turn until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not reached():  # noqa: ASYNC110
            await asyncio.sleep(0)
