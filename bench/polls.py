"""What one poll of one printer costs, against the least that a poll can cost."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
import orjson

from .home import add, home_assistant
from .outside import Told, outside
from .readings import MODEL, VARIANTS, versions

type Act = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to measure: rounds of so many polls, the floor and ours in turn."""

    rounds: int
    polls: int


FULL = Effort(rounds=40, polls=50)
QUICK = Effort(rounds=25, polls=30)

_SETTLE = 3
# Rounds of the event loop in which what a poll set off comes to its end.


@contextmanager
def _writes(hass: HomeAssistant) -> Generator[list[object]]:
    """Yield a list of what is written to the state machine, changed or not."""
    written: list[object] = []

    @callback
    def take(event: Event[Any]) -> None:
        written.append(event)

    stops = (
        hass.bus.async_listen(EVENT_STATE_CHANGED, take),
        # Home Assistant asks for a filter of those who listen to this many events.
        hass.bus.async_listen(EVENT_STATE_REPORTED, take, event_filter=_any),
    )
    yield written
    for stop in stops:
        stop()


@callback
def _any(_data: object) -> bool:
    return True


async def _cost(act: Act) -> float:
    """Return the CPU seconds of one act and of what it sets off."""
    start = process_time()
    await act()
    for _ in range(_SETTLE):
        await asyncio.sleep(0)
    return process_time() - start


def _floor(hass: HomeAssistant, printer: Told) -> Act:
    """Return the least that a poll can be: the same request, the same answer, parsed.

    It uses Home Assistant's own session, as every integration has to.
    """
    session = async_get_clientsession(hass)
    url = f"http://{printer['host']}:{printer['port']}/detail"
    body = orjson.dumps(
        {"serialNumber": printer["serial"], "checkCode": printer["check_code"]}
    )
    headers = {"Content-Type": "application/json"}

    async def ask() -> object:
        async with session.post(url, data=body, headers=headers) as response:
            return orjson.loads(await response.read())

    return ask


async def _compare(ours: Act, floor: Act, effort: Effort) -> tuple[float, float]:
    """Return the CPU seconds of our poll and its ratio to the floor.

    The two take turns, one by one, so that neither has the processor's caches to itself,
    which no poll of a running Home Assistant has. What counts is the best round of each:
    all that the others have more is what somebody else did on the machine meanwhile.
    """
    costs, floors = [], []
    for _ in range(effort.rounds):
        cost = least = 0.0
        for _ in range(effort.polls):
            least += await _cost(floor)
            cost += await _cost(ours)
        costs.append(cost / effort.polls)
        floors.append(least / effort.polls)
    return min(costs), min(costs) / min(floors)


async def measure(*, quick: bool) -> dict[str, object]:
    """Measure polls of one printer that stands still, and of one that never does."""
    effort = QUICK if quick else FULL
    ratios: dict[str, float] = {}
    costs: dict[str, float] = {}
    written: dict[str, float] = {}
    async with outside() as world, home_assistant() as hass:
        # Each of the two has its own printer, or one of them would always find the
        # version of the answer that it found before.
        printer, twin = await world.make(2, model=MODEL, printing=True, still=True)
        refresh = (await add(hass, printer)).runtime_data.async_refresh
        floor = _floor(hass, twin)
        await world.requests()
        for _ in range(effort.polls):
            await refresh()
        requests = await world.requests()
        for name, changing in VARIANTS.items():
            await world.alternate(versions(changing))
            # What shows up for the first time is no part of a poll.
            await refresh()
            with _writes(hass) as writes:
                for _ in range(effort.polls):
                    await refresh()
            written[name] = len(writes) / effort.polls
            cost, ratios[name] = await _compare(refresh, floor, effort)
            costs[name] = cost * 1000
    return {
        "cpu_ratio": ratios,
        "cpu_ms_per_poll": costs,
        "requests_per_poll": requests / effort.polls,
        "writes_per_idle_poll": written["unchanged"],
        "writes_per_poll": written,
        "entities": len(hass.states.async_all()),
    }
