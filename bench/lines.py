"""What many older printers cost, which are polled over the line protocol."""

import asyncio
from dataclasses import dataclass
from time import process_time

from .home import add, home_assistant
from .outside import Outside, outside

MODEL = "adventurer4"
COUNT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How many polls of each printer are measured."""

    polls: int


FULL = Effort(polls=100)
QUICK = Effort(polls=15)


async def measure(*, quick: bool) -> dict[str, object]:
    """Measure polls of printers that are in the middle of a job."""
    effort = QUICK if quick else FULL
    async with outside() as world, home_assistant() as hass:
        made = await world.make(COUNT, model=MODEL, printing=True)
        entries = [await add(hass, printer) for printer in made]
        refreshes = [entry.runtime_data.async_refresh for entry in entries]
        await asyncio.gather(*(refresh() for refresh in refreshes))
        await world.line_traffic()
        start = process_time()
        for _ in range(effort.polls):
            await asyncio.gather(*(refresh() for refresh in refreshes))
        spent = process_time() - start
        return await _told(world, spent, effort.polls * COUNT)


async def _told(world: Outside, spent: float, polls: int) -> dict[str, object]:
    connections, lines = await world.line_traffic()
    return {
        "line_printers": COUNT,
        "line_cpu_ms_per_poll": spent / polls * 1000,
        "line_connections_per_poll": connections / polls,
        "line_commands_per_poll": lines / polls,
    }
