"""The actions of the integration: a table from name to handler, one module a topic."""

from homeassistant.core import HomeAssistant, callback

from . import diagnosis, filament
from .action import Action
from .const import DOMAIN

ACTIONS: tuple[Action, ...] = (*diagnosis.ACTIONS, *filament.ACTIONS)
"""All there are."""


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Offer the actions, whether or not a printer is set up."""
    for action in ACTIONS:
        hass.services.async_register(
            DOMAIN,
            action.name,
            action.handle,
            schema=action.schema,
            supports_response=action.responds,
        )
