"""History and statistics that go on: they follow the entity id, but also have a unit."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN, OPTION_STATISTICS
from .heirs import Move, Rules

RECORDER: Final = "recorder"


@callback
def async_keep_history(hass: HomeAssistant, rules: Rules, move: Move) -> None:
    """Prepare a moved entity, so that its numbers go on and mean the same."""
    entity_id = move.entity.entity_id
    if move.was in rules.renewed:
        _renew(hass, entity_id)
    if move.was in rules.measured:
        er.async_get(hass).async_update_entity_options(
            entity_id, DOMAIN, {OPTION_STATISTICS: True}
        )
    if (unit := rules.units.get(move.was)) and RECORDER in hass.config.components:
        _correct(hass, entity_id, unit)


def _renew(hass: HomeAssistant, entity_id: str) -> None:
    """Give a sensor the unit of a new one: it told another kind of value before."""
    registry = er.async_get(hass)
    registry.async_update_entity(entity_id, unit_of_measurement=None)
    registry.async_update_entity_options(
        entity_id, "sensor.private", {"refresh_initial_entity_options": True}
    )


def _correct(hass: HomeAssistant, entity_id: str, unit: str) -> None:
    """Correct the unit of statistics that was wrong; else their numbers would jump."""
    # Without a recorder, there is no need to load it.
    from homeassistant.components.recorder.statistics import (  # noqa: PLC0415
        STATISTIC_UNIT_TO_UNIT_CONVERTER,
        async_update_statistics_metadata,
    )

    async_update_statistics_metadata(
        hass,
        entity_id,
        new_unit_class=STATISTIC_UNIT_TO_UNIT_CONVERTER[unit].UNIT_CLASS,
        new_unit_of_measurement=unit,
    )
