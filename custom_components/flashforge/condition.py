"""The conditions that the automation editor offers for a printer."""

from datetime import datetime
from typing import ClassVar, override

from homeassistant.const import CONF_OPTIONS
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import (
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    Condition,
    ConditionConfig,
    EntityConditionBase,
    EntityStateConditionBase,
)
import probatio

from .api import Status
from .own_entities import own_entities

_LONGEST = 255


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


class SlotHolds(EntityConditionBase):
    """A slot, or the external spool, holds filament of a material."""

    _domain_specs = {"sensor": DomainSpec()}
    _schema = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
        {
            probatio.Required(CONF_OPTIONS): {
                probatio.Required("material"): probatio.All(
                    cv.string, probatio.Length(min=1, max=_LONGEST)
                )
            }
        }
    )

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Take the material."""
        super().__init__(hass, config)
        assert config.options is not None
        self._material: str = config.options["material"].strip().casefold()

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Keep the slots and the external spool."""
        found = super().entity_filter(entities)
        return own_entities(self._hass, found, "slot", "direct_feed")

    @override
    def _state_valid_since(self, _state: State) -> datetime:
        """Return since when the material is shown, which may be an attribute."""
        return _state.last_updated

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        """Return whether it holds the material; an empty slot shows none."""
        material = entity_state.attributes.get("material", entity_state.state)
        return isinstance(material, str) and material.casefold() == self._material


CONDITIONS: dict[str, type[Condition]] = {
    "is_printing": IsPrinting,
    "is_paused": IsPaused,
    "is_idle": IsIdle,
    "plate_is_occupied": PlateIsOccupied,
    "slot_holds": SlotHolds,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions of printers."""
    return CONDITIONS
