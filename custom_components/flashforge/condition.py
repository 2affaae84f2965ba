"""The conditions that the automation editor offers for a printer."""

from typing import ClassVar, override

from homeassistant.core import HomeAssistant
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import Condition, EntityStateConditionBase

from .api import Status
from .own_entities import own_entities


class _OwnEntities(EntityStateConditionBase):
    """A condition on one kind of our entities."""

    _key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Keep the entities that it is for."""
        return own_entities(self._hass, super().entity_filter(entities), self._key)


class IsPrinting(_OwnEntities):
    """A print is running, the warm-up included."""

    _domain_specs = {"sensor": DomainSpec(device_class="enum")}
    _key = "status"
    _states = {Status.PRINTING.value, Status.HEATING.value}


class IsPaused(IsPrinting):
    """A print is paused."""

    _states = {Status.PAUSED.value}


class IsIdle(IsPrinting):
    """The printer does nothing."""

    _states = {Status.IDLE.value}


class PlateIsOccupied(_OwnEntities):
    """A print lies on the build plate."""

    _domain_specs = {"binary_sensor": DomainSpec()}
    _key = "plate_occupied"
    _states = {"on"}


CONDITIONS: dict[str, type[Condition]] = {
    "is_printing": IsPrinting,
    "is_paused": IsPaused,
    "is_idle": IsIdle,
    "plate_is_occupied": PlateIsOccupied,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions of printers."""
    return CONDITIONS
