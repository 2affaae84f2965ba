"""What asyncio and aiohttp do not offer publicly; only this module reads it."""

import asyncio
from asyncio import selector_events
from typing import Any

import aiohttp


def has_work(loop: Any) -> bool:
    """Return whether a loop has something to run now."""
    return bool(loop._ready)


def selector(loop: Any) -> Any:
    """Return what tells a loop which of its sockets are ready."""
    return loop._selector


def hears(loop: Any, seconds: float = 0) -> bool:
    """Return whether a socket of a loop is ready, within so many seconds."""
    return bool(selector(loop).select(seconds))


def run(timer: asyncio.TimerHandle) -> None:
    """Make the call of a timer now, and no more later."""
    timer._run()
    timer.cancel()


def streams(loop: Any) -> list[asyncio.Transport]:
    """Return the open TCP connections of a loop."""
    return [
        each
        for each in loop._transports.values()
        if isinstance(each, selector_events._SelectorSocketTransport)
        and each._sock is not None
    ]


def connections_in_use(session: aiohttp.ClientSession) -> int:
    """Return how many connections of a session carry a request."""
    assert session.connector is not None
    return len(session.connector._acquired)
