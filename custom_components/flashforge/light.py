"""The light of FlashForge printers."""

from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.light import (
    ColorMode,
    LightEntity,
    LightEntityDescription,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import Protocol
from .api.commands import controls
from .coordinator import FlashForgeConfigEntry
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown

# The printer's own queue keeps the order; commands must not wait for each other's proof.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class FlashForgeLightDescription(FlashForgeEntityDescription, LightEntityDescription):
    """Describes a light."""


LIGHTS: tuple[FlashForgeLightDescription, ...] = (
    FlashForgeLightDescription(
        key="light",
        translation_key="light",
        exists_fn=lambda coordinator: coordinator.record.has_light,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the light of a printer."""
    async_add_as_shown(entry, async_add_entities, LIGHTS, FlashForgeLight)


class FlashForgeLight(FlashForgeEntity, LightEntity):
    """The light inside a printer."""

    entity_description: FlashForgeLightDescription
    _attr_color_mode = ColorMode.ONOFF
    _attr_supported_color_modes = {ColorMode.ONOFF}

    @override
    def _read(self) -> bool | None:
        return self.coordinator.data.light

    @property
    @override
    def assumed_state(self) -> bool:
        """Return whether an older printer does not report its light."""
        state, model = self.coordinator.data, self.coordinator.printer.model
        return model.protocol is Protocol.TCP and (
            state.light is None or state.assumed.light is not None
        )

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the light is on."""
        return self._read()

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch the light on."""
        await self.coordinator.async_command(controls.light(True))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch the light off."""
        await self.coordinator.async_command(controls.light(False))
