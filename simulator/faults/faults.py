"""The faults of one printer, which a test adds and clears."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .effects import CAMERA, EFFECTS, LINES, Effect, Fault


def _port(path: str | None) -> str | None:
    """Return the port that a path belongs to, None for the HTTP port."""
    if path is None:
        return None
    return next(
        (p for p in (CAMERA, LINES) if path == p or path.startswith(f"{p}/")), None
    )


@dataclass(slots=True, eq=False)
class ActiveFault:
    """A fault that is waiting for requests; `seconds` are the event loop's."""

    fault: Fault
    path: str | None = None
    times: int | None = None
    seconds: float | None = None

    @property
    def effect(self) -> Effect:
        """What it does."""
        return EFFECTS[self.fault]

    def meets(self, path: str) -> bool:
        """Say whether it concerns a request."""
        if _port(path) != self.port:
            return False
        limits = {self.path, self.effect.path} - {None, LINES}
        return not self.effect.closes and limits <= {path}

    @property
    def port(self) -> str | None:
        """The port that it concerns: `CAMERA`, `LINES`, or None for HTTP."""
        return _port(self.path)


class Faults:
    """The faults of one printer."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """Take whom to tell when faults come and go."""
        self._changed = changed
        self._active: list[ActiveFault] = []
        self._cleared = asyncio.Event()
        self._timers: set[asyncio.TimerHandle] = set()
        self._held = 0
        self.clearings = 0
        """How often the faults were cleared, which ends what a request met before."""

    @property
    def held(self) -> int:
        """How many requests are being held up now."""
        return self._held

    @property
    def active(self) -> tuple[ActiveFault, ...]:
        """What is going wrong at present."""
        return tuple(self._active)

    def closes(self, port: str | None = None) -> bool:
        """Say whether a fault keeps the HTTP port shut, or `CAMERA`, or `LINES`."""
        return any(each.effect.closes and each.port == port for each in self._active)

    def add(
        self,
        fault: Fault,
        *,
        path: str | None = None,
        times: int | None = None,
        seconds: float | None = None,
    ) -> None:
        """Let something go wrong.

        `path` limits it to one endpoint, to the camera with `CAMERA` or to the line port
        with `LINES`, and `times` to that many requests. `seconds` on the event loop's
        clock is how long DELAY and HANG hold an answer back (None: until the faults are
        cleared), how long STALL_UPLOAD takes nothing more, how long SLOW_UPLOAD rests
        after each megabyte, and how long REFUSE lasts. REFUSE has neither path, unless
        it is a port, nor times, for nobody sees the requests: ValueError.
        """
        active = ActiveFault(fault, path, times, seconds)
        if active.effect.closes:
            if path not in {None, CAMERA, LINES} or times is not None:
                raise ValueError(f"{fault} cannot know paths or count requests")
            self._expire(active)
        self._active.append(active)
        self._changed()

    def clear(self, fault: Fault | None = None) -> None:
        """End one kind of fault, or all; requests that were held back go on."""
        self._active = [a for a in self._active if fault not in {None, a.fault}]
        self.clearings += 1
        self._cleared.set()
        self._cleared = asyncio.Event()
        self._changed()

    def take(self, path: str) -> list[ActiveFault]:
        """Return what happens to a request and count it."""
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
        """Wait for as long as the faults that a request met want it."""
        for active in met:
            if active.effect.waits:
                await self.hold(active.seconds)

    def close(self) -> None:
        """Leave no timer behind."""
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
