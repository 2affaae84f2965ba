"""What happens to a printer's jobs, as one event entity."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import ATTR_EVENT_TYPE, EVENT_PRINT, SIGNAL_LAST_FRAME
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import (
    Attributes,
    FlashForgeEntity,
    FlashForgeEntityDescription,
    async_add_as_shown,
)
from .event_words import WITH_CODE, words_of
from .media.views import finished_url
from .printer.job_events import PrintEvent, PrintEventType
from .printer.job_memory import Memory
from .prints.last_frames import FinishedPrint, async_get_finished_prints

_WITH_PICTURE = frozenset(
    {PrintEventType.FINISHED, PrintEventType.ERROR, PrintEventType.FAILED}
)
"""What the camera's last picture of a print belongs to."""

# Nothing is sent.
PARALLEL_UPDATES = 0

_TOLD = ("file", "duration", "filament_weight", "reason", "error_code", "error")
"""What a sentence in the activity needs."""


@dataclass(frozen=True, kw_only=True)
class FlashForgeEventDescription(FlashForgeEntityDescription, EventEntityDescription):
    """Describes an event entity."""


EVENTS = (
    FlashForgeEventDescription(
        key="print",
        translation_key="print",
        event_types=[*PrintEventType],
        # The end of a job that is found out later comes before the first answer is shown.
        shown_offline=True,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entity of a printer."""
    async_add_as_shown(entry, async_add_entities, EVENTS, FlashForgeEvent)


class FlashForgeEvent(FlashForgeEntity, EventEntity):
    """The last thing that happened to a job; Home Assistant restores it."""

    entity_description: FlashForgeEventDescription
    _picture: str | None = None

    @override
    def _read(self) -> None:
        """Return nothing: polls do not change it, only events do."""

    @callback
    @override
    def _async_listen(self) -> None:
        self.async_on_remove(self.coordinator.job_log.async_listen(self._happened))
        self.async_on_remove(
            async_dispatcher_connect(self.hass, SIGNAL_LAST_FRAME, self._pictured)
        )

    @property
    @override
    def extra_state_attributes(self) -> Attributes | None:
        """Return the address of the picture, which is taken after the event."""
        return {"picture": self._picture} if self._picture else None

    async def _pictured(self, entry_id: str, moment: datetime) -> None:
        """Show the picture of the print that just ended; that is no new event."""
        event_type = self.state_attributes.get(ATTR_EVENT_TYPE)
        if entry_id != self.coordinator.config_entry.entry_id or (
            event_type not in _WITH_PICTURE
        ):
            return
        prints: list[FinishedPrint] = []
        with suppress(OSError):
            prints = await async_get_finished_prints(self.hass).async_list(entry_id)
        if prints and prints[0].time == moment:
            self._picture = finished_url(entry_id, prints[0])
            self.async_write_ha_state()

    @callback
    def _happened(self, event: PrintEvent) -> None:
        model = self.coordinator.printer.model
        attributes = _attributes(event) | words_of(self.hass, model, event)
        # A line of its own would double the one of this entity, so that event names neither
        # device nor entity: it is the cause of this state.
        self.async_set_context(context := Context())
        told = {name: attributes[name] for name in _TOLD if name in attributes}
        named = {
            "printer": self.coordinator.config_entry.title,
            ATTR_EVENT_TYPE: event.type.value,
        }
        self.hass.bus.async_fire(EVENT_PRINT, named | told, context=context)
        self._picture = None
        filament = _filament(event, self.coordinator)
        self._trigger_event(event.type, attributes | filament)
        self.async_write_ha_state()


def _attributes(event: PrintEvent) -> dict[str, object]:
    """Return what is known about the event and the job, without what is not."""
    known = {
        "reason": event.reason,
        "error_code": event.job.code if event.type in WITH_CODE else None,
    }
    return job_attributes(event.job) | {
        name: value for name, value in known.items() if value is not None
    }


def _filament(
    event: PrintEvent, coordinator: FlashForgeCoordinator
) -> dict[str, object]:
    """Return the slots of a print that is over: grams where only one was used, and colors."""
    last = coordinator.job_log.prints.last
    if last is None or (last.result, last.file) != (event.type, event.job.file):
        return {}
    if not last.slots:
        return {}
    known = {str(last.slots[0]): last.weight} if len(last.slots) == 1 else {}
    station = coordinator.data.station
    slots = [station.slot(number) for number in last.slots] if station else []
    colors = {str(each.number): each.color for each in slots if each and each.color}
    return {
        "filament": dict.fromkeys(map(str, last.slots)) | known,
        **({"colors": colors} if colors else {}),
    }


def job_attributes(job: Memory) -> dict[str, object]:
    """Return what is known about a job, without what is not."""
    known = {
        "job_id": job.job_id,
        "file": job.file,
        "began": job.began.isoformat(),
        "duration": None if job.elapsed is None else round(job.elapsed),
        "progress": job.progress,
        "layer": job.layer,
        "filament_weight": job.weight,
    }
    return {name: value for name, value in known.items() if value is not None}
