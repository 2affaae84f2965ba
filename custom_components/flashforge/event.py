"""What happens to a printer's jobs, as one event entity."""

from dataclasses import dataclass
from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import FlashForgeConfigEntry
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown
from .event_words import WITH_CODE, words_of
from .printer.job_events import PrintEvent, PrintEventType
from .printer.job_memory import Memory

# Nothing is sent.
PARALLEL_UPDATES = 0


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

    @override
    def _read(self) -> None:
        """Return nothing: polls do not change it, only events do."""

    @callback
    @override
    def _async_listen(self) -> None:
        self.async_on_remove(self.coordinator.job_log.async_listen(self._happened))

    @callback
    def _happened(self, event: PrintEvent) -> None:
        model = self.coordinator.printer.model
        attributes = _attributes(event) | words_of(self.hass, model, event)
        self._trigger_event(event.type, attributes)
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
