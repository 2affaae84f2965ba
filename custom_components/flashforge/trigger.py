"""The triggers that the automation editor offers for a printer."""

from typing import ClassVar, override

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    EntityNumericalStateCrossedThresholdTriggerBase,
    EntityNumericalStateCrossedThresholdTriggerWithUnitBase,
    EntityTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
)
from homeassistant.util.unit_conversion import DurationConverter

from .const import ATTR_EVENT_TYPE
from .own_entities import own_entities
from .printer.job_events import PauseReason, PrintEventType

_OFFLINE = "offline"


class _OwnEntities(EntityTriggerBase):
    """A trigger for one kind of our entities."""

    _key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Keep the entities that it is for."""
        return own_entities(self._hass, super().entity_filter(entities), self._key)


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


class ProgressTrigger(_OwnEntities, EntityNumericalStateCrossedThresholdTriggerBase):
    """The progress of a print crosses a number of percent."""

    _domain_specs = {"sensor": DomainSpec()}
    _valid_unit = "%"
    _key = "progress"


class TimeLeftTrigger(
    _OwnEntities, EntityNumericalStateCrossedThresholdTriggerWithUnitBase
):
    """The remaining time of a print crosses a duration."""

    _domain_specs = {"sensor": DomainSpec()}
    _base_unit = "min"
    _unit_converter = DurationConverter
    _key = "remaining_time"


class OfflineTrigger(_OwnEntities):
    """A printer does not answer any more."""

    _domain_specs = {"sensor": DomainSpec(device_class="enum")}
    _key = "status"

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Return whether the printer went or came, and not just its status changed."""
        return (from_state.state == _OFFLINE) is not (to_state.state == _OFFLINE)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Return whether the printer is offline."""
        return state.state == _OFFLINE


class OnlineTrigger(OfflineTrigger):
    """A printer answers again."""

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Return whether the printer answers."""
        return state.state != _OFFLINE


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
    "cooled_down": _on(PrintEventType.COOLED_DOWN),
    "progress_reached": ProgressTrigger,
    "time_left": TimeLeftTrigger,
    "printer_offline": OfflineTrigger,
    "printer_online": OnlineTrigger,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers of printers."""
    return TRIGGERS
