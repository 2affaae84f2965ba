"""The receiver itself."""

from typing import override

from homeassistant.components import persistent_notification
from homeassistant.components.notify import NotifyEntity, NotifyEntityFeature
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the receiver."""
    async_add_entities([Screen()])


class Screen(NotifyEntity):
    """Shows each message on the page."""

    _attr_name = "Screen"
    _attr_unique_id = "screen"
    _attr_supported_features = NotifyEntityFeature.TITLE

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Show a message."""
        persistent_notification.async_create(self.hass, message, title)
