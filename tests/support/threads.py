"""What threads do for an event loop."""

import asyncio
from typing import Any

import pytest


def watch_threads(
    loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> set[asyncio.Future[Any]]:
    """Return a set that always holds what threads are doing for a loop."""
    run = loop.run_in_executor
    at_work: set[asyncio.Future[Any]] = set()

    def watched(*args: Any) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = run(*args)
        at_work.add(future)
        future.add_done_callback(at_work.discard)
        return future

    monkeypatch.setattr(loop, "run_in_executor", watched)
    return at_work
