"""How late the event loop is, and how much memory this process has."""

import asyncio
from collections.abc import Generator, Sequence
from contextlib import contextmanager
import gc
from pathlib import Path
import re
from statistics import median

_BEAT = 0.005
"""Seconds between two looks at how late the event loop is."""

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")
_CLEAR_PEAK = "5"


@contextmanager
def lateness() -> Generator[list[float]]:
    """Yield by how many milliseconds the event loop is late, sorted in the end."""
    loop = asyncio.get_running_loop()
    lags: list[float] = []
    timers: list[asyncio.TimerHandle] = []

    def beat(due: float) -> None:
        now = loop.time()
        lags.append((now - due) * 1000)
        wait_until(max(due + _BEAT, now))

    def wait_until(due: float) -> None:
        timers[:] = [loop.call_at(due, beat, due)]

    wait_until(loop.time() + _BEAT)
    try:
        yield lags
    finally:
        timers[0].cancel()
        lags.sort()


def summary(lags: Sequence[float]) -> dict[str, float]:
    """Return what matters of a sorted list of milliseconds."""
    return {
        "lag_ms_p50": median(lags),
        "lag_ms_p99": lags[int(len(lags) * 0.99)],
        "lag_ms_max": lags[-1],
    }


def _memory(name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+)", _STATUS.read_text())
    return int(found[1]) / 1024 if found else 0.0


def rss() -> float:
    """Return the megabytes of memory that this process has."""
    gc.collect()
    return _memory("VmRSS")


def forget_peak() -> None:
    """Let ``peak_rss`` begin anew."""
    _CLEAR.write_text(_CLEAR_PEAK)


def peak_rss() -> float:
    """Return the most megabytes that this process ever had; the kernel misses none."""
    return _memory("VmHWM")
