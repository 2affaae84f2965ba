"""What one poll of one printer costs, against the least that a poll can cost."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from time import process_time

import aiohttp
from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import HomeAssistant, callback
import orjson

from custom_components.flashforge.coordinator import FlashForgeCoordinator

from .home import add, home_assistant
from .outside import Outside, Told, outside
from .readings import CHANGES, MODEL

type Act = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to measure: rounds of so many polls, the floor and ours in turn."""

    rounds: int
    polls: int


FULL = Effort(rounds=40, polls=50)
QUICK = Effort(rounds=15, polls=30)

_SETTLE = 3
# Rounds of the event loop in which what a poll set off comes to its end.


class Writes:
    """Counts how often a state is written, changed or not."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Listen from now on."""
        self.count = 0
        hass.bus.async_listen(EVENT_STATE_CHANGED, self._count)
        # Home Assistant asks for a filter of those who listen to this many events.
        hass.bus.async_listen(EVENT_STATE_REPORTED, self._count, event_filter=_any)

    @callback
    def _count(self, _event: object) -> None:
        self.count += 1

    def take(self) -> int:
        """Return how many there were since the last time this was asked."""
        count, self.count = self.count, 0
        return count


@callback
def _any(_data: object) -> bool:
    return True


async def _cost(act: Act, polls: int, before: Act | None = None) -> float:
    """Return the CPU seconds of one act, without those of what comes before it."""
    spent = 0.0
    for _ in range(polls):
        if before is not None:
            await before()
        start = process_time()
        await act()
        for _ in range(_SETTLE):
            await asyncio.sleep(0)
        spent += process_time() - start
    return spent / polls


@asynccontextmanager
async def _floor(printer: Told) -> AsyncGenerator[Act]:
    """Yield the least that a poll can be: the same request, the same answer, parsed."""
    url = f"http://{printer['host']}:{printer['port']}/detail"
    body = orjson.dumps(
        {"serialNumber": printer["serial"], "checkCode": printer["check_code"]}
    )
    headers = {"Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session:

        async def ask() -> object:
            async with session.post(url, data=body, headers=headers) as response:
                return orjson.loads(await response.read())

        yield ask


async def _compare(
    ours: Act, floor: Act, effort: Effort, before: Act | None = None
) -> tuple[float, float]:
    """Return the CPU seconds of our poll and its ratio to the floor.

    The two take turns, so that whatever slows the machine down slows both, and the
    median forgets the rounds in which it slowed down one of them.
    """
    costs, ratios = [], []
    for _ in range(effort.rounds):
        least = await _cost(floor, effort.polls, before)
        cost = await _cost(ours, effort.polls, before)
        costs.append(cost)
        ratios.append(cost / least)
    return median(costs), median(ratios)


async def _changed(
    coordinator: FlashForgeCoordinator,
    floor: Act,
    effort: Effort,
    world: Outside,
    writes: Writes,
) -> dict[str, float]:
    """Compare polls that find every reading changed."""
    versions = cycle(
        {name: both[number] for name, both in CHANGES.items()} for number in (0, 1)
    )

    async def change() -> None:
        await world.override(next(versions))

    for _ in range(2):
        await change()
        await coordinator.async_refresh()
    writes.take()
    cost, ratio = await _compare(coordinator.async_refresh, floor, effort, change)
    polls = effort.rounds * effort.polls
    return {
        "cpu_ms": cost * 1000,
        "cpu_ratio": ratio,
        "writes": writes.take() / polls,
    }


async def measure(*, quick: bool) -> dict[str, object]:
    """Measure polls of one printer that stands still, and of one that never does."""
    effort = QUICK if quick else FULL
    async with outside() as world, home_assistant() as hass:
        (printer,) = await world.make(model=MODEL, printing=True, still=True)
        coordinator = (await add(hass, printer)).runtime_data
        entities = len(hass.states.async_all())
        writes = Writes(hass)
        async with _floor(printer) as floor:
            await _cost(floor, effort.polls)
            await _cost(coordinator.async_refresh, effort.polls)
            await world.requests()
            writes.take()
            for _ in range(effort.polls):
                await coordinator.async_refresh()
            requests = await world.requests()
            idle_writes = writes.take()
            cost, ratio = await _compare(coordinator.async_refresh, floor, effort)
            changed = await _changed(coordinator, floor, effort, world, writes)
    return {
        "cpu_ratio": {"unchanged": ratio, "changed": changed["cpu_ratio"]},
        "cpu_ms_per_poll": {"unchanged": cost * 1000, "changed": changed["cpu_ms"]},
        "requests_per_poll": requests / effort.polls,
        "writes_per_idle_poll": idle_writes / effort.polls,
        "writes_per_changed_poll": changed["writes"],
        "entities": entities,
    }
