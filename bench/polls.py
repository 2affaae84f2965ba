"""What one poll of one printer costs, beside the least that a poll can cost."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path
from time import process_time
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.entity import Entity
import orjson

from .bare import Values, bare_copy, entity_of, values_of, writer
from .home import add, home_assistant
from .outside import Told, outside
from .readings import MODEL, VARIANTS, versions

type Act = Callable[[], Awaitable[None]]
type Written = list[Entity]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to measure: rounds of so many polls, the floor and ours in turn."""

    rounds: int
    polls: int


FULL = Effort(rounds=40, polls=50)
QUICK = Effort(rounds=15, polls=20)
FULL_COLD = Effort(rounds=20, polls=20)
QUICK_COLD = Effort(rounds=10, polls=10)

_COLD = frozenset({"printing", "changed"})
"""The variants that are measured with cold caches as well."""

_MEMORY = bytes(48 << 20)
_SOURCE = Path(__file__).read_text()

_SETTLE = 3
# Rounds of the event loop in which what a poll set off comes to its end.


@contextmanager
def _writes(hass: HomeAssistant) -> Generator[list[Event[Any]]]:
    """Yield a list of what is written to the state machine, changed or not.

    The event of a job does not count: in an answer that is all new it comes each time, and
    a bare entity cannot show it. What it costs counts against us.
    """
    written: list[Event[Any]] = []

    @callback
    def take(event: Event[Any]) -> None:
        if not event.data["entity_id"].startswith("event."):
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

    async def ask() -> None:
        async with session.post(url, data=body, headers=headers) as response:
            orjson.loads(await response.read())

    return ask


async def _changes(hass: HomeAssistant, refresh: Act) -> tuple[Written, list[Values]]:
    """Return the entities that a poll writes, and what they show after it."""
    with _writes(hass) as writes:
        await refresh()
    ids = sorted({event.data["entity_id"] for event in writes})
    entities = [entity_of(hass, entity_id) for entity_id in ids]
    return entities, [values_of(entity) for entity in entities]


async def _limit(hass: HomeAssistant, name: str, refresh: Act, floor: Act) -> Act:
    """Return the floor with the state writes of our poll, done by bare entities."""
    # What happens to a job for the first time is written once.
    for _ in range(2):
        await refresh()
    entities, one = await _changes(hass, refresh)
    again, other = await _changes(hass, refresh)
    if entities != again:
        odd = {*(each.entity_id for each in entities)} ^ {
            *(each.entity_id for each in again)
        }
        raise RuntimeError(f"two polls do not write the same entities: {odd}")
    copies = [await bare_copy(hass, entity, f"bare {name}") for entity in entities]
    write = writer(copies, (one, other))

    async def ask() -> None:
        await floor()
        write()

    return ask


async def _compare(
    acts: Sequence[Act], effort: Effort, between: Callable[[], object] = int
) -> list[float]:
    """Return the CPU seconds of each act.

    The acts take turns, one by one, so that none has the processor's caches to itself,
    which no poll of a running Home Assistant has. ``between`` is done before each of
    them. The best round of each counts: what another round has more is the work of
    others on the same machine.
    """
    best = [inf] * len(acts)
    for _ in range(effort.rounds):
        costs = [0.0] * len(acts)
        for _ in range(effort.polls):
            for number, act in enumerate(acts):
                between()
                costs[number] += await _cost(act)
        best = [min(pair) for pair in zip(best, costs, strict=True)]
    return [cost / effort.polls for cost in best]


def _other_work() -> None:
    """Do what a process does between two polls: other code over other data.

    The memory is larger than the caches of a processor core, and the compiler of Python
    runs through much of the interpreter.
    """
    _MEMORY.count(b"\1")
    compile(_SOURCE, __file__, "exec")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """CPU milliseconds of the floor, the limit and our poll."""

    floor: float
    limit: float
    ours: float


async def measure(*, quick: bool) -> dict[str, object]:
    """Measure polls of one printer that stands still, and of others that change."""
    warm, cold = (QUICK, QUICK_COLD) if quick else (FULL, FULL_COLD)
    found: dict[str, _Found] = {}
    chilled: dict[str, _Found] = {}
    written: dict[str, float] = {}
    async with outside() as world, home_assistant() as hass:
        # Each of the two has its own printer, or one of them would always find the
        # version of the answer that it found before.
        printer, twin = await world.make(2, model=MODEL, printing=True, still=True)
        refresh = (await add(hass, printer)).runtime_data.async_refresh
        entities = len(hass.states.async_all())
        floor = _floor(hass, twin)
        await world.requests()
        for _ in range(warm.polls):
            await refresh()
        requests = await world.requests()
        for name, changing in VARIANTS.items():
            await world.alternate(versions(changing))
            # What shows up for the first time is no part of a poll.
            await refresh()
            limit = await _limit(hass, name, refresh, floor)
            written[name] = await _count(hass, refresh, warm.polls)
            if await _count(hass, limit, warm.polls) != written[name]:
                raise RuntimeError("the bare entities do not write as much")
            acts = (floor, limit, refresh)
            found[name] = _found(await _compare(acts, warm))
            if name in _COLD:
                chilled[name] = _found(await _compare(acts, cold, _other_work))
    return {
        "cpu_ratio": {name: each.ours / each.floor for name, each in found.items()},
        "limit_ratio": {name: each.ours / each.limit for name, each in found.items()},
        "cold_limit_ratio": {
            name: each.ours / each.limit for name, each in chilled.items()
        },
        "cpu_ms_per_poll": {name: each.ours for name, each in found.items()},
        "cold_cpu_ms": {name: asdict(each) for name, each in chilled.items()},
        "requests_per_poll": requests / warm.polls,
        "writes_per_idle_poll": written["unchanged"],
        "writes_per_poll": written,
        "entities": entities,
    }


async def _count(hass: HomeAssistant, act: Act, times: int) -> float:
    """Return how many states an act writes."""
    with _writes(hass) as writes:
        for _ in range(times):
            await act()
    return len(writes) / times


def _found(seconds: Sequence[float]) -> _Found:
    floor, limit, ours = (each * 1000 for each in seconds)
    return _Found(floor=floor, limit=limit, ours=ours)
