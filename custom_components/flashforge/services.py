"""The actions of the integration: a table from name to handler, one module a topic."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.service import async_register_admin_service

from .actions import Action, diagnose as diagnosis, filament, motion, printing
from .const import DOMAIN

ACTIONS: tuple[Action, ...] = (
    *diagnosis.ACTIONS,
    *filament.ACTIONS,
    *printing.ACTIONS,
    *motion.ACTIONS,
)
"""All there are."""


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Offer the actions, whether or not a printer is set up."""
    for action in ACTIONS:
        if action.admin:
            async_register_admin_service(
                hass, DOMAIN, action.name, action.answer, action.schema, action.responds
            )
        else:
            hass.services.async_register(
                DOMAIN, action.name, action.answer, action.schema, action.responds
            )
