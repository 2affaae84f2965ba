"""The fans of FlashForge printers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.fan import (
    FanEntity,
    FanEntityDescription,
    FanEntityFeature,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import AdjustmentName, Feature
from .api.commands import job
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown

# The printer's own queue keeps the order; commands must not wait for each other's proof.
PARALLEL_UPDATES = 0

TOLERANCE = 2
"""Percent by which a printer may round a fan's speed."""


@dataclass(frozen=True, kw_only=True)
class FlashForgeFanDescription(FlashForgeEntityDescription, FanEntityDescription):
    """Describes a fan.

    As a setting it is not a fan of the room: "turn off the fans" must not stop it.
    """

    entity_category: EntityCategory | None = EntityCategory.CONFIG
    adjustment: AdjustmentName
    speed_fn: Callable[[FlashForgeCoordinator], float | None]


FANS: tuple[FlashForgeFanDescription, ...] = (
    FlashForgeFanDescription(
        key="part_fan",
        translation_key="part_fan",
        adjustment="part_fan",
        exists_fn=lambda coordinator: coordinator.has(Feature.PART_FAN),
        speed_fn=lambda coordinator: coordinator.data.adjustments.part_fan,
    ),
    FlashForgeFanDescription(
        key="left_part_fan",
        translation_key="left_part_fan",
        adjustment="left_part_fan",
        exists_fn=lambda coordinator: (
            coordinator.has(Feature.LEFT_PART_FAN)
            and coordinator.data.adjustments.left_part_fan is not None
        ),
        speed_fn=lambda coordinator: coordinator.data.adjustments.left_part_fan,
    ),
    FlashForgeFanDescription(
        key="chamber_fan",
        translation_key="chamber_fan",
        adjustment="chamber_fan",
        exists_fn=lambda coordinator: coordinator.has(Feature.CHAMBER_FAN),
        speed_fn=lambda coordinator: coordinator.data.adjustments.chamber_fan,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the fans of a printer."""
    async_add_as_shown(entry, async_add_entities, FANS, FlashForgeFan)


class FlashForgeFan(FlashForgeEntity, FanEntity):
    """A fan of a printer."""

    entity_description: FlashForgeFanDescription
    _attr_supported_features = (
        FanEntityFeature.SET_SPEED
        | FanEntityFeature.TURN_ON
        | FanEntityFeature.TURN_OFF
    )

    @override
    def _read(self) -> int | None:
        speed = self.entity_description.speed_fn(self.coordinator)
        return None if speed is None else min(round(speed), 100)

    @property
    @override
    def percentage(self) -> int | None:
        """Return the speed in percent."""
        return self._read()

    @override
    async def async_set_percentage(self, percentage: int) -> None:
        """Set the speed in percent."""
        await self.coordinator.async_command(
            job.adjust(self.entity_description.adjustment, percentage, TOLERANCE)
        )

    @override
    async def async_turn_on(
        self,
        percentage: int | None = None,
        preset_mode: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Run at a speed, or at full speed unless it runs already."""
        if percentage is None and self._read():
            return
        await self.async_set_percentage(100 if percentage is None else percentage)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Stop the fan."""
        await self.async_set_percentage(0)
