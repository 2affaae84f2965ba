"""One conversation at a time with each printer, whoever of us begins it.

A search asks an older printer who it is while its entry may be polling it. A Finder sends
each reply to every connection, and may switch itself off when a command comes before the
last reply (docs/protocol/adventurer-3-4.md §3).
"""

import asyncio
from collections.abc import Callable
from weakref import WeakValueDictionary


class Turn:
    """What to hold while talking to one printer."""

    __slots__ = ("__weakref__", "lock", "receives")

    def __init__(self) -> None:
        """Nobody talks to the printer yet."""
        self.lock = asyncio.Lock()
        self.receives: str | None = None
        """The file that it receives: nobody waits for the end of an upload."""


_TURNS: WeakValueDictionary[tuple[str, int], Turn] = WeakValueDictionary()
# Each lasts as long as somebody has it or waits for it.


def turn_at(host: str, port: int | Callable[[], int]) -> Turn:
    """Return the turn of the printer at an address."""
    place = host, port if isinstance(port, int) else port()
    if (turn := _TURNS.get(place)) is None:
        turn = _TURNS[place] = Turn()
    return turn
