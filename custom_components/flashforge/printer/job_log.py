"""The events of a printer's jobs, over polls and restarts."""

from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import CALLBACK_TYPE, CoreState, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..api import PrinterState, PrintOptions
from ..api.commands.planning import Feeding
from ..api.wire.fields import number, text
from ..const import DOMAIN
from .job_events import PrintEvent, follow
from .job_marks import Reached, reached
from .job_memory import OPEN, Memory, Phase
from .last_print import LastPrints, start_of
from .stored import moment

_VERSION = 1
_SOON = timedelta(seconds=1)
_LATER = timedelta(seconds=60)
"""During a job, what is known is written so often, however little happens."""

_MOST_WAITING = 64
_SETTLED = 10.0
"""Seconds from the start of Home Assistant until all automations listen."""

type Reader = Callable[[JobLog, Reached], bool]
_READERS: HassKey[list[Reader]] = HassKey(f"{DOMAIN}_job_readers")

type Happening = PrintEvent | Reached


def job_store(hass: HomeAssistant, entry_id: str) -> Store[dict[str, Any]]:
    """Return the store of what is known about the job of one printer."""
    return Store(hass, _VERSION, f"{DOMAIN}.job.{entry_id}")


@callback
def async_on_reached(hass: HomeAssistant, reader: Reader) -> CALLBACK_TYPE:
    """Call a reader with the log and each step of a job; return what stops that.

    It returns whether it acted on the step, which must not happen again after a restart.
    """
    readers = hass.data.setdefault(_READERS, [])
    readers.append(reader)
    return lambda: readers.remove(reader)


class JobLog:
    """Follows the jobs of one printer, and tells what happened to them.

    ``memory`` is all that is known of the last job. Listeners of ``async_listen`` hear
    each event once, whatever was restarted. Nothing is told before ``async_tell``, which
    is when the entities are there, and before the automations listen. What is stored is
    what was known when all was told, so that nothing is lost if it never comes to that.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Know nothing until the store is read."""
        self._hass = hass
        self.entry_id = entry_id
        self._store = job_store(hass, entry_id)
        self._listeners: list[Callable[[PrintEvent], None]] = []
        self._waiting: deque[Happening] = deque(maxlen=_MOST_WAITING)
        self._tells = False
        self._due: datetime | None = None
        self._told: Memory | None = None
        self.memory: Memory | None = None
        self.prints = LastPrints()

    async def async_load(self) -> None:
        """Read what was known before a restart."""
        stored = await self._store.async_load()
        self.memory = self._told = read_memory(stored)
        self.prints.load(stored)

    async def async_save(self) -> None:
        """Store what is known, before the entry is unloaded."""
        if self._told is not None:
            await self._store.async_save(self._stored())

    @callback
    def update(self, state: PrinterState, now: datetime) -> None:
        """Take in the next state."""
        known = self.memory
        self.memory, events = follow(known, state, now)
        self.prints.update(known, self.memory, events, state)
        self._waiting.extend(events)
        if (step := reached(known, self.memory)) is not None:
            self._add(step)
        changed = known is None or events or known.phase is not self.memory.phase
        if changed or self.memory.phase is not Phase.NONE or self.memory.cooling:
            self._save(now, _SOON if changed else _LATER)
        # The conditions of automations look at the other entities, so these come first.
        self._hass.loop.call_soon(self._tell)

    def _add(self, step: Reached) -> None:
        last = self._waiting[-1] if self._waiting else None
        if isinstance(last, Reached) and last.job.number == step.job.number:
            self._waiting[-1] = step.since(last)
        else:
            self._waiting.append(step)

    @callback
    def expect(self, file: str, feeding: Feeding, options: PrintOptions) -> None:
        """Take note of how the next job is started, just before it is."""
        if self.memory is not None:
            number = self.memory.number + 1
            self.prints.expect(start_of(number, file, feeding, options))
            self._save(dt_util.utcnow(), _SOON)

    @callback
    def start_failed(self) -> None:
        """Forget how a job was to be started that has not begun."""
        if self.memory is not None:
            self.prints.give_up(self.memory)

    @callback
    def _save(self, now: datetime, delay: timedelta) -> None:
        # The store would put off a write that is due for a later one.
        if self._due is None or not now < self._due <= now + delay:
            self._due = now + delay
            self._store.async_delay_save(self._stored, delay.total_seconds())

    @callback
    def async_listen(self, listener: Callable[[PrintEvent], None]) -> CALLBACK_TYPE:
        """Call a listener with each event; return what stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_tell(self) -> CALLBACK_TYPE:
        """Tell what waits, and all that follows; return what stops that."""
        stops: list[CALLBACK_TYPE] = []

        @callback
        def begin(_: object) -> None:
            self._tells = True
            self._hass.loop.call_soon(self._tell)

        @callback
        def started(_: HomeAssistant) -> None:
            stops.append(async_call_later(self._hass, _SETTLED, begin))

        if self._hass.state is CoreState.running:
            begin(None)
        else:
            stops.append(async_at_started(self._hass, started))

        @callback
        def stop() -> None:
            self._tells = False
            for each in stops:
                each()

        return stop

    def is_open(self, job: Memory) -> bool:
        """Return whether a job is still the one of the printer, and not over."""
        known = self.memory
        return known is not None and known.number == job.number and known.phase in OPEN

    @callback
    def _tell(self) -> None:
        if not self._tells:
            return
        while self._waiting:
            happening = self._waiting.popleft()
            if isinstance(happening, Reached):
                readers = self._hass.data.setdefault(_READERS, [])
                acted = [each(self, happening) for each in tuple(readers)]
                if any(acted):
                    self._save(dt_util.utcnow(), _SOON)
            else:
                for listener in tuple(self._listeners):
                    listener(happening)
        self._told = self.memory

    def _stored(self) -> dict[str, object]:
        # Before anything was told, a store that cannot be read is as good as none.
        memory = {} if self._told is None else stored_memory(self._told)
        return memory | self.prints.stored()


def stored_memory(memory: Memory) -> dict[str, object]:
    """Return what is written to the store."""
    times = {"seen": memory.seen.isoformat(), "began": memory.began.isoformat()}
    return asdict(memory) | times


def read_memory(stored: object) -> Memory | None:
    """Return what a store holds, None unless all of it can be read."""
    if not isinstance(stored, dict):
        return None
    seen, began = moment(stored.get("seen")), moment(stored.get("began"))
    match stored:
        case {
            "number": int(number_of),
            "phase": str(phase),
            "first_layer": bool(first_layer),
            "cooling": bool(cooling),
        } if seen is not None and began is not None and phase in set(Phase):
            pass
        case _:
            return None
    layer = number(stored.get("layer"))
    return Memory(
        seen=seen,
        began=began,
        number=number_of,
        phase=Phase(phase),
        file=text(stored.get("file")),
        elapsed=number(stored.get("elapsed")),
        progress=number(stored.get("progress")),
        layer=None if layer is None else int(layer),
        weight=number(stored.get("weight")),
        remaining=number(stored.get("remaining")),
        coolest=number(stored.get("coolest")),
        first_layer=first_layer,
        cooling=cooling,
        code=text(stored.get("code")),
        told_code=text(stored.get("told_code")),
    )
