"""Where the prints that are over are kept today: three places, each with a part of them.

The store of the job has the last print, with everything. Home Assistant's recorder has the
events of the prints, usually of the last ten days. The last pictures stay longer than both.
A source that is added here is all that a longer memory needs.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import DATA_INSTANCE, get_instance
from homeassistant.util import dt as dt_util

from ..api.models.colors import read_color
from ..api.wire.fields import amount, text
from ..const import ATTR_EVENT_TYPE, DOMAIN, LOGGER
from ..coordinator import FlashForgeConfigEntry
from ..printer.job import JobResult
from ..printer.job_events import PrintEventType
from ..printer.last_print import ENDS
from ..printer.stored import moment
from .history import PastPrint, Record, Source, merged
from .last_frames import FinishedPrint, async_get_finished_prints

WINDOWS = (92, 31, 7)
"""So many days are read, the fewer the more happened in them."""

MOST_STATES = 10_000
_MOST_COLORS = 16

_SURE = frozenset({PrintEventType.FINISHED, PrintEventType.CANCELED})
"""The printer itself showed these ends, so its numbers were the final ones."""


async def async_history(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> Record:
    """Return the prints of a printer that are over, the newest first."""
    return merged([await source(hass, entry) for source in SOURCES])


async def _last(_: HomeAssistant, entry: FlashForgeConfigEntry) -> Record:
    last = entry.runtime_data.job_log.prints.last
    if last is None:
        return Record()
    tools = last.start.tools if last.start else ()
    return Record(
        prints=(
            PastPrint(
                result=last.result,
                job_id=last.job_id,
                file=last.file,
                began=last.began,
                time=last.ended,
                duration=last.duration,
                weight=last.weight,
                colors=tuple(dict.fromkeys(each.color for each in tools if each.color)),
            ),
        )
    )


async def _recorded(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> Record:
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id(
        Platform.EVENT, DOMAIN, f"{entry.runtime_data.serial}_print"
    )
    known = registry.async_get(entity_id) if entity_id else None
    if known is None or known.disabled:
        return Record()
    states: list[State] = []
    since = None
    if DATA_INSTANCE in hass.data:
        states, since = await _read(hass, known.entity_id, known.created_at)
    if (now := hass.states.get(known.entity_id)) is not None:
        # What just happened is written a few seconds later.
        states.append(now)
    # A job that is told twice is over once.
    found = {
        each.job_id: each
        for state in states
        if (each := past_print(state.state, state.attributes)) is not None
    }
    return Record(prints=tuple(reversed(found.values())), since=since)


async def _read(
    hass: HomeAssistant, entity_id: str, created: datetime
) -> tuple[list[State], datetime | None]:
    """Return the states that are kept, and the moment from which on all of them are."""
    # A system without a recorder may lack what its modules import.
    from homeassistant.components.recorder.history import state_changes_during_period  # noqa: PLC0415

    recorder = get_instance(hass)
    records = recorder.entity_filter
    if records is not None and not records(entity_id):
        return [], None

    def read() -> tuple[list[State], datetime | None]:
        states: list[State] = []
        now = dt_util.utcnow()
        for days in WINDOWS:
            start = now - timedelta(days=days)
            found = state_changes_during_period(
                hass,
                start,
                entity_id=entity_id,
                limit=MOST_STATES,
                include_start_time_state=False,
            )
            states = found.get(entity_id, [])
            if len(states) < MOST_STATES:
                return states, start
        return states, None

    states, start = await recorder.async_add_executor_job(read)
    oldest = recorder.states_manager.oldest_ts
    if oldest is None or start is None:
        return states, None
    return states, max(start, created, dt_util.utc_from_timestamp(oldest))


def past_print(time: str, attributes: Mapping[str, object]) -> PastPrint | None:
    """Return the print whose end an event tells, None for another event."""
    kind = text(attributes.get(ATTR_EVENT_TYPE))
    if kind is None or kind not in ENDS:
        return None
    result = PrintEventType(kind)
    weight = _fed(attributes.get("filament"))
    sure = result in _SURE or weight is not None
    if weight is None and sure:
        part = (
            100.0 if result is PrintEventType.FINISHED else attributes.get("progress")
        )
        weight = _part(attributes.get("filament_weight"), part)
    colors = attributes.get("colors")
    listed = [*colors.values()] if isinstance(colors, Mapping) else []
    read = [read_color(each) for each in listed[:_MOST_COLORS]]
    return PastPrint(
        result=result,
        job_id=text(attributes.get("job_id")),
        file=text(attributes.get("file")),
        began=moment(attributes.get("began")),
        time=moment(time),
        duration=amount(attributes.get("duration")) if sure else None,
        weight=weight,
        colors=tuple(dict.fromkeys(each for each in read if each)),
    )


def _fed(filament: object) -> float | None:
    """Return how many grams all slots fed, None unless it is known of each."""
    grams = (
        [amount(each) for each in filament.values()]
        if isinstance(filament, Mapping)
        else []
    )
    known = [each for each in grams if each is not None]
    return sum(known) if known and len(known) == len(grams) else None


def _part(whole: object, percent: object) -> float | None:
    """Return the part of a weight that a print used until it ended."""
    grams, done = amount(whole), amount(percent)
    return None if grams is None or done is None else round(grams * done / 100, 2)


async def _pictured(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> Record:
    finished: list[FinishedPrint] = []
    try:
        finished = await async_get_finished_prints(hass).async_list(entry.entry_id)
    except OSError as err:
        LOGGER.debug("The last pictures cannot be listed: %s", err.strerror)
    return Record(
        prints=tuple(
            PastPrint(
                result=PrintEventType.FINISHED
                if each.result is JobResult.COMPLETED
                else PrintEventType.FAILED,
                file=each.file,
                time=each.time,
                picture=each.id,
            )
            for each in finished
        )
    )


SOURCES: tuple[Source, ...] = (_last, _recorded, _pictured)
"""Those that know more of a print come first."""
