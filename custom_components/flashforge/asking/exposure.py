"""What of a new printer the default assistant may know from the start."""

from collections.abc import Mapping

from homeassistant.components.homeassistant.const import DATA_EXPOSED_ENTITIES
from homeassistant.core import HomeAssistant, callback

from .sentences import ASSISTANT


@callback
def async_exposed_at_first(hass: HomeAssistant) -> Mapping[str, Mapping[str, object]]:
    """Return the options of a new entity that is exposed, if new ones are at all.

    Home Assistant itself exposes nothing of a printer without a light. Options of an
    entity that it knows already are not changed.
    """
    exposed = hass.data.get(DATA_EXPOSED_ENTITIES)
    if exposed is None or not exposed.async_get_expose_new_entities(ASSISTANT):
        return {}
    return {ASSISTANT: {"should_expose": True}}
