"""Waiting for what other tasks and threads do, without any time passing."""

import asyncio
from collections.abc import Callable

TURNS = 10
"""Turns of the loop in which every task that can run has run."""

PATIENCE = 60
"""Real seconds after which a test fails instead of waiting forever."""


async def settle() -> None:
    """Let everything run that can."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def until(reached: Callable[[], bool]) -> None:
    """Let other tasks run until something is true."""
    async with asyncio.timeout(PATIENCE):
        while not reached():  # noqa: ASYNC110
            await asyncio.sleep(0)
