"""What many printing printers in one Home Assistant cost, and how it still reacts."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import process_time

from homeassistant.core import HomeAssistant

from .gauges import lateness, rss, summary
from .home import add, home_assistant
from .outside import Outside, outside
from .readings import MODEL

SIZES = (1, 10, 50, 100)
MANY = SIZES[-1]

_POLL = 5.0
"""Seconds between two polls of a printer that prints (docs/design.md, timing)."""

_SETTLES = 1.0
"""Seconds that a new printer's first polls have before anything is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Seconds of looking at the CPU, with one printer and with more, and at the loop.

    Multiples of the interval of the polls, so that each has the same number of them.
    """

    one: float
    more: float
    lag: float


FULL = Effort(one=60, more=30, lag=20)
QUICK = Effort(one=10, more=10, lag=3)


async def _cpu(doing: Awaitable[object]) -> float:
    """Return the CPU seconds that pass until something is done."""
    start = process_time()
    await doing
    return process_time() - start


async def _cheapest(do: Callable[[float], Awaitable[object]], seconds: float) -> float:
    """Return the CPU seconds of a second in which something is done, at its best.

    What another round of so many seconds has more was somebody else's.
    """
    rounds = max(round(seconds / _POLL), 1)
    return min([await _cpu(do(_POLL)) for _ in range(rounds)]) / _POLL


async def _poll_often(hass: HomeAssistant, world: Outside, seconds: float) -> float:
    """Return the CPU seconds of one printer that is polled as often as many are.

    Its time runs faster by as much, so that a poll finds as much changed.
    """
    (printer,) = await world.make(model=MODEL, printing=True, speed=MANY)
    entry = await add(hass, printer)
    refresh = entry.runtime_data.async_refresh
    loop = asyncio.get_running_loop()

    async def poll(seconds: float) -> None:
        due = loop.time()
        for _ in range(round(seconds / _POLL * MANY)):
            due += _POLL / MANY
            await refresh()
            await asyncio.sleep(due - loop.time())

    await poll(_SETTLES)
    spent = await _cheapest(poll, seconds)
    await hass.config_entries.async_remove(entry.entry_id)
    return spent


async def _look(effort: Effort, size: int, idle: float) -> dict[str, float]:
    """Measure with as many printers as there are now."""
    seconds = effort.one if size == 1 else effort.more
    spent = await _cheapest(asyncio.sleep, seconds) - idle
    with lateness() as lags:
        await asyncio.sleep(effort.lag)
    return {
        "cpu_ms_per_s": spent * 1000,
        "cpu_ms_per_s_and_printer": spent / size * 1000,
        **summary(lags),
    }


async def measure(*, quick: bool) -> dict[str, object]:
    """Measure with ever more printers, all of them in the middle of a job."""
    effort = QUICK if quick else FULL
    told: dict[str, dict[str, float]] = {}
    async with outside() as world, home_assistant() as hass:
        often = await _poll_often(hass, world, effort.more)
        idle = await _cheapest(asyncio.sleep, effort.more)
        empty = rss()
        count = 0
        for size in SIZES:
            for printer in await world.make(size - count, model=MODEL, printing=True):
                await add(hass, printer)
            count = size
            await asyncio.sleep(_SETTLES)
            found = await _look(effort, size, idle)
            memory = rss()
            found["rss_mb"] = memory
            found["rss_mb_per_printer"] = (memory - empty) / size
            told[str(size)] = found
    return {
        "printers": told,
        "linear_100": told[str(MANY)]["cpu_ms_per_s"] / 1000 / often,
        "idle_cpu_ms_per_s": idle * 1000,
    }
