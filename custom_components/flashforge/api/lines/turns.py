"""One conversation at a time with each printer, whoever of us begins it.

A search asks an older printer who it is while its entry may be polling it. A Finder sends
each reply to every connection, and may switch itself off when a command comes before the
last reply (docs/protocol/adventurer-3-4.md §3).
"""

import asyncio
from collections.abc import Callable
from weakref import WeakValueDictionary

_TURNS: WeakValueDictionary[tuple[str, int], asyncio.Lock] = WeakValueDictionary()
# Each lasts as long as somebody has it or waits for it.


def turn(host: str, port: int | Callable[[], int]) -> asyncio.Lock:
    """Return what to hold while talking to the printer at an address."""
    place = host, port if isinstance(port, int) else port()
    if (lock := _TURNS.get(place)) is None:
        lock = _TURNS[place] = asyncio.Lock()
    return lock
