"""The faults of one printer, which a test adds and clears."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .effects import CAMERA, DATA, EFFECTS, LINES, UPLOAD, Effect, Fault


def _port(path: str | None) -> str | None:
    """Return the port that a path belongs to, None for the HTTP port."""
    if path is None:
        return None
    return next(
        (p for p in (CAMERA, LINES) if path == p or path.startswith(f"{p}/")), None
    )


@dataclass(slots=True, eq=False)
class ActiveFault:
    """A fault that is waiting for requests; `seconds` are on the event loop's clock."""

    fault: Fault
    path: str | None = None
    times: int | None = None
    seconds: float | None = None

    @property
    def effect(self) -> Effect:
        """Its effect."""
        return EFFECTS[self.fault]

    def meets(self, path: str) -> bool:
        """Return whether it affects a request."""
        if _port(path) != self.port:
            return False
        own = self.effect.path
        if own == UPLOAD and self.port == LINES:
            own = DATA
        limits = {self.path, own} - {None, LINES}
        return not self.effect.closes and limits <= {path}

    @property
    def port(self) -> str | None:
        """The port that it affects: `CAMERA`, `LINES`, or None for HTTP."""
        return _port(self.path)


class Faults:
    """The faults of one printer."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """Start without faults; `changed` is called when faults are added or end."""
        self._changed = changed
        self._active: list[ActiveFault] = []
        self._cleared = asyncio.Event()
        self._timers: set[asyncio.TimerHandle] = set()
        self._held = 0
        self.clearings = 0
        """How often the faults were cleared; this ends the faults of running requests."""

    @property
    def held(self) -> int:
        """The number of requests that are held back now."""
        return self._held

    @property
    def active(self) -> tuple[ActiveFault, ...]:
        """The present faults."""
        return tuple(self._active)

    def closes(self, port: str | None = None) -> bool:
        """Return whether a fault closes a port: `CAMERA`, `LINES`, or None for HTTP."""
        return any(each.effect.closes and each.port == port for each in self._active)

    def add(
        self,
        fault: Fault,
        *,
        path: str | None = None,
        times: int | None = None,
        seconds: float | None = None,
    ) -> None:
        """Add a fault.

        `path` limits it to one endpoint, to the camera with `CAMERA` or to the line port
        with `LINES`, and `times` to that many requests. `seconds` on the event loop's
        clock is how long DELAY and HANG hold an answer back (None: until the faults are
        cleared), how long STALL_UPLOAD stops reading, how long SLOW_UPLOAD stops after
        each megabyte, and how long REFUSE lasts. REFUSE closes a whole port and sees no
        requests: with `times` or the path of an endpoint it raises ValueError.
        """
        active = ActiveFault(fault, path, times, seconds)
        if active.effect.closes:
            if path not in {None, CAMERA, LINES} or times is not None:
                raise ValueError(f"{fault} cannot know paths or count requests")
            self._expire(active)
        self._active.append(active)
        self._changed()

    def clear(self, fault: Fault | None = None) -> None:
        """End one kind of fault, or all; requests that were held back continue."""
        self._active = [a for a in self._active if fault not in {None, a.fault}]
        self.clearings += 1
        self._cleared.set()
        self._cleared = asyncio.Event()
        self._changed()

    def take(self, path: str) -> list[ActiveFault]:
        """Return the faults that affect a request, and count it."""
        met = [active for active in self._active if active.meets(path)]
        for active in met:
            if active.times is not None:
                active.times -= 1
        self._active = [a for a in self._active if a.times is None or a.times > 0]
        return met

    async def hold(self, seconds: float | None) -> None:
        """Wait for some seconds, or until the faults are cleared."""
        self._held += 1
        try:
            async with asyncio.timeout(seconds):
                await self._cleared.wait()
        except TimeoutError:
            return
        finally:
            self._held -= 1

    async def delay(self, met: Iterable[ActiveFault]) -> None:
        """Wait for as long as the faults of a request require."""
        for active in met:
            if active.effect.waits:
                await self.hold(active.seconds)

    def close(self) -> None:
        """Cancel all timers."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _expire(self, active: ActiveFault) -> None:
        if active.seconds is None:
            return

        def end() -> None:
            self._timers.discard(timer)
            if active in self._active:
                self._active.remove(active)
                self._changed()

        timer = asyncio.get_running_loop().call_later(active.seconds, end)
        self._timers.add(timer)
