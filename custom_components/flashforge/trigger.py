"""The triggers that the automation editor offers for a printer."""

from abc import abstractmethod
from datetime import datetime
from typing import Any, ClassVar, override

from homeassistant.const import ATTR_ENTITY_ID, CONF_FOR, CONF_OPTIONS
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State, callback
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.target import (
    TargetSelection,
    async_extract_referenced_entity_ids,
)
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    EntityTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerActionRunner,
    TriggerNotTriggeredReporter,
)
import probatio

from .const import ATTR_EVENT_TYPE
from .event import job_attributes
from .own_entities import own_entities
from .printer.job_events import COLD, PrintEventType
from .printer.job_log import JobLog, async_on_reached
from .printer.job_marks import Reached
from .printer.pause_reasons import PauseReason
from .sensor_status_rows import STATUS_OFFLINE


class _OwnEntities(EntityTriggerBase):
    """A trigger for one kind of our entities."""

    _key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Keep the entities that it is for."""
        return own_entities(self._hass, super().entity_filter(entities), self._key)


def _reached_schema(name: str, value: Any) -> probatio.Schema:
    """Return the schema of a trigger for a value."""
    return ENTITY_STATE_TRIGGER_SCHEMA.extend(
        {
            probatio.Required(CONF_OPTIONS): {
                probatio.Required(name): value,
                probatio.Optional(CONF_FOR): cv.positive_time_period,
            }
        }
    )


class PrintTrigger(_OwnEntities, StatelessEntityTriggerBase):
    """Something happened to a print."""

    _domain_specs = {"event": DomainSpec()}
    _key = "print"
    _type: ClassVar[PrintEventType]
    _reason: ClassVar[PauseReason | None] = None

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Return whether it is a new event; two of one poll can have the same time."""
        return from_state.state != to_state.state or (
            from_state.attributes.get(ATTR_EVENT_TYPE)
            != to_state.attributes.get(ATTR_EVENT_TYPE)
        )

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Return whether it is the event that is waited for."""
        attributes = state.attributes
        return attributes.get(ATTR_EVENT_TYPE) == self._type and (
            self._reason is None or attributes.get("reason") == self._reason
        )


class ReachedTrigger(PrintTrigger):
    """A print reached a value: once per print, also while Home Assistant was stopped."""

    _value: ClassVar[str]

    @abstractmethod
    def _is_reached(self, step: Reached) -> bool:
        """Return whether this step of a job reached the value."""

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Read each step of the jobs of all printers."""
        delays: dict[object, CALLBACK_TYPE] = {}

        @callback
        def run(entity_id: str, step: Reached) -> None:
            run_action(
                {
                    ATTR_ENTITY_ID: entity_id,
                    "to_state": self._hass.states.get(entity_id),
                    "job": job_attributes(step.job),
                },
                f"{self._value} of {entity_id}",
            )

        @callback
        def read(job_log: JobLog, step: Reached) -> bool:
            if not self._is_reached(step):
                return False
            found = self._entities_of(job_log.entry_id)
            for entity_id in found:
                if not self._duration:
                    run(entity_id, step)
                    continue

                wait = object()

                @callback
                def still(
                    _: datetime, entity_id: str = entity_id, wait: object = wait
                ) -> None:
                    del delays[wait]
                    if job_log.is_open(step.job):
                        run(entity_id, step)

                delays[wait] = async_call_later(self._hass, self._duration, still)
            return bool(found)

        stop = async_on_reached(self._hass, read)

        @callback
        def detach() -> None:
            for each in (stop, *delays.values()):
                each()

        return detach

    def _entities_of(self, entry_id: str) -> list[str]:
        """Return the entities of a printer that are targeted now."""
        selected = async_extract_referenced_entity_ids(
            self._hass, TargetSelection(self._target)
        )
        registry = er.async_get(self._hass)
        return [
            entity_id
            for entity_id in self.entity_filter(
                selected.referenced | selected.indirectly_referenced
            )
            if (entry := registry.async_get(entity_id)) is not None
            and entry.config_entry_id == entry_id
        ]


class ProgressTrigger(ReachedTrigger):
    """The progress of a print reached a number of percent."""

    _schema = _reached_schema(
        "progress", probatio.All(probatio.Coerce(float), probatio.Range(1, 100))
    )
    _value = "progress"

    @override
    def _is_reached(self, step: Reached) -> bool:
        return step.progress(self._options[self._value])


class LayerTrigger(ReachedTrigger):
    """A layer of a print began."""

    _schema = _reached_schema("layer", cv.positive_int)
    _value = "layer"

    @override
    def _is_reached(self, step: Reached) -> bool:
        return step.layer(self._options[self._value])


class TimeLeftTrigger(ReachedTrigger):
    """No more than a time is left of a print."""

    _schema = _reached_schema("time", cv.positive_time_period)
    _value = "time"

    @override
    def _is_reached(self, step: Reached) -> bool:
        return step.time_left(self._options[self._value])


class CooledDownTrigger(ReachedTrigger):
    """All parts of a printer are colder than a temperature after a print."""

    _schema = ENTITY_STATE_TRIGGER_SCHEMA.extend(
        {
            probatio.Required(CONF_OPTIONS, default={}): {
                probatio.Required("temperature", default=COLD): probatio.All(
                    probatio.Coerce(float), probatio.Range(20, 200)
                )
            }
        }
    )
    _value = "temperature"

    @override
    def _is_reached(self, step: Reached) -> bool:
        return step.cooled(self._options[self._value])


class OfflineTrigger(_OwnEntities):
    """A printer does not answer any more."""

    _domain_specs = {"sensor": DomainSpec(device_class="enum")}
    _key = "status"

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Return whether the printer went or came, and not just its status changed."""
        return (from_state.state == STATUS_OFFLINE) is not (
            to_state.state == STATUS_OFFLINE
        )

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Return whether the printer is offline."""
        return state.state == STATUS_OFFLINE


class OnlineTrigger(OfflineTrigger):
    """A printer answers again."""

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Return whether the printer answers."""
        return state.state != STATUS_OFFLINE


def _on(kind: PrintEventType, why: PauseReason | None = None) -> type[Trigger]:
    """Return the trigger for one type of event."""

    class OnePrintTrigger(PrintTrigger):
        """Something happened to a print."""

        _type = kind
        _reason = why

    return OnePrintTrigger


TRIGGERS: dict[str, type[Trigger]] = {
    "print_started": _on(PrintEventType.STARTED),
    "first_layer_done": _on(PrintEventType.FIRST_LAYER_DONE),
    "print_paused": _on(PrintEventType.PAUSED),
    "filament_ran_out": _on(PrintEventType.PAUSED, PauseReason.FILAMENT),
    "print_resumed": _on(PrintEventType.RESUMED),
    "print_error": _on(PrintEventType.ERROR),
    "print_finished": _on(PrintEventType.FINISHED),
    "print_canceled": _on(PrintEventType.CANCELED),
    "print_failed": _on(PrintEventType.FAILED),
    "plate_cleared": _on(PrintEventType.PLATE_CLEARED),
    "cooled_down": CooledDownTrigger,
    "progress_reached": ProgressTrigger,
    "layer_reached": LayerTrigger,
    "time_left": TimeLeftTrigger,
    "printer_offline": OfflineTrigger,
    "printer_online": OnlineTrigger,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers of printers."""
    return TRIGGERS
