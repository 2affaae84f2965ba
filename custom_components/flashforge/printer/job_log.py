"""The events of a printer's jobs, over polls and restarts."""

from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
import math
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..api import PrinterState, PrintOptions
from ..api.commands.planning import Feeding
from ..const import DOMAIN
from .job_events import Memory, Phase, PrintEvent, follow
from .last_print import LastPrints, start_of

_VERSION = 1
_SOON = 1.0
_LATER = 60.0
_MOST_WAITING = 32


def job_store(hass: HomeAssistant, entry_id: str) -> Store[dict[str, Any]]:
    """Return the store of what is known about the job of one printer."""
    return Store(hass, _VERSION, f"{DOMAIN}.job.{entry_id}")


class JobLog:
    """Follows the jobs of one printer, and tells what happened to them."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Know nothing until the store is read."""
        self._hass = hass
        self._store = job_store(hass, entry_id)
        self._listener: Callable[[PrintEvent], None] | None = None
        self._waiting: deque[PrintEvent] = deque(maxlen=_MOST_WAITING)
        self.memory: Memory | None = None
        self.prints = LastPrints()

    async def async_load(self) -> None:
        """Read what was known before a restart."""
        stored = await self._store.async_load()
        self.memory = read_memory(stored)
        self.prints.load(stored)

    async def async_save(self) -> None:
        """Store what is known, before the entry is unloaded."""
        if self.memory is not None:
            await self._store.async_save(self._stored())

    @callback
    def update(self, state: PrinterState, now: datetime) -> None:
        """Take in the next state."""
        known = self.memory
        self.memory, events = follow(known, state, now)
        self.prints.update(known, self.memory, events, state)
        self._waiting.extend(events)
        changed = known is None or events or known.phase is not self.memory.phase
        if changed or self.memory.phase is not Phase.NONE:
            self._store.async_delay_save(self._stored, _SOON if changed else _LATER)
        # The conditions of automations look at the other entities, so these come first.
        self._hass.loop.call_soon(self._tell)

    @callback
    def expect(self, file: str, feeding: Feeding, options: PrintOptions) -> None:
        """Take note of how the next job is started, just before it is."""
        if self.memory is not None:
            number = self.memory.number + 1
            self.prints.expect(start_of(number, file, feeding, options))
            self._store.async_delay_save(self._stored, _SOON)

    @callback
    def start_failed(self) -> None:
        """Forget how a job was to be started that has not begun."""
        if self.memory is not None:
            self.prints.give_up(self.memory)

    @callback
    def async_listen(
        self, listener: Callable[[PrintEvent], None]
    ) -> Callable[[], None]:
        """Call a listener with each event, also with those that waited for it.

        While Home Assistant starts, automations do not listen yet, so events wait.
        """

        @callback
        def begin(_: HomeAssistant) -> None:
            self._listener = listener
            self._hass.loop.call_soon(self._tell)

        cancel = async_at_started(self._hass, begin)

        def stop() -> None:
            cancel()
            self._listener = None

        return stop

    @callback
    def _tell(self) -> None:
        while self._listener is not None and self._waiting:
            self._listener(self._waiting.popleft())

    def _stored(self) -> dict[str, object]:
        assert self.memory is not None
        return stored_memory(self.memory) | self.prints.stored()


def stored_memory(memory: Memory) -> dict[str, object]:
    """Return what is written to the store."""
    times = {"seen": memory.seen.isoformat(), "began": memory.began.isoformat()}
    return asdict(memory) | times


def read_memory(stored: object) -> Memory | None:
    """Return what a store holds, None unless all of it can be read."""
    if not isinstance(stored, dict):
        return None
    match stored:
        case {
            "seen": str(seen),
            "began": str(began),
            "number": int(number),
            "phase": str(phase),
            "first_layer": bool(first_layer),
            "cooling": bool(cooling),
        }:
            pass
        case _:
            return None
    times = dt_util.parse_datetime(seen), dt_util.parse_datetime(began)
    if times[0] is None or times[1] is None or phase not in set(Phase):
        return None
    if times[0].tzinfo is None or times[1].tzinfo is None:
        return None
    layer = _number(stored.get("layer"))
    return Memory(
        seen=times[0],
        began=times[1],
        number=number,
        phase=Phase(phase),
        file=_text(stored.get("file")),
        elapsed=_number(stored.get("elapsed")),
        progress=_number(stored.get("progress")),
        layer=None if layer is None else int(layer),
        weight=_number(stored.get("weight")),
        first_layer=first_layer,
        cooling=cooling,
        code=_text(stored.get("code")),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) else None
