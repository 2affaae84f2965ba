"""The table of all actions. Each topic has a module in ``actions/``."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.service import async_register_admin_service

from .actions import Action, diagnose as diagnosis, filament, heating, motion, printing
from .const import DOMAIN

ACTIONS: tuple[Action, ...] = (
    *diagnosis.ACTIONS,
    *filament.ACTIONS,
    *printing.ACTIONS,
    *heating.ACTIONS,
    *motion.ACTIONS,
)
"""All actions."""


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions. They exist also when no printer is set up."""
    for action in ACTIONS:
        if action.admin:
            async_register_admin_service(
                hass, DOMAIN, action.name, action.answer, action.schema, action.responds
            )
        else:
            hass.services.async_register(
                DOMAIN, action.name, action.answer, action.schema, action.responds
            )
