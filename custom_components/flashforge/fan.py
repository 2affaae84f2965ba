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

from .api import AdjustmentName, Assumed, FanName, Feature, Protocol
from .api.commands import controls, job
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown

# The printer's own queue keeps the order; commands must not wait for each other's proof.
PARALLEL_UPDATES = 0

TOLERANCE = 2
"""Percent by which a printer may round a fan's speed."""


@dataclass(frozen=True, kw_only=True)
class FlashForgeFanDescription(FlashForgeEntityDescription, FanEntityDescription):
    """Describes a fan.

    As a setting it is not a fan of the room: "turn off the fans" must not stop it. It has
    an ``adjustment`` where it has speeds, and a ``switch`` where an older printer only
    switches it.
    """

    entity_category: EntityCategory | None = EntityCategory.CONFIG
    adjustment: AdjustmentName | None = None
    speed_fn: Callable[[FlashForgeCoordinator], float | None] = lambda _: None
    switch: FanName | None = None
    is_on_fn: Callable[[Assumed], bool | None] = lambda _: None


FANS: tuple[FlashForgeFanDescription, ...] = (
    FlashForgeFanDescription(
        key="part_fan",
        translation_key="part_fan",
        adjustment="part_fan",
        exists_fn=lambda coordinator: coordinator.has(Feature.PART_FAN),
        speed_fn=lambda coordinator: coordinator.data.adjustments.part_fan,
        switch="part_fan",
        is_on_fn=lambda assumed: assumed.part_fan,
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
    FlashForgeFanDescription(
        key="rear_fan",
        translation_key="rear_fan",
        switch="rear_fan",
        exists_fn=lambda coordinator: coordinator.has(Feature.REAR_FAN),
        is_on_fn=lambda assumed: assumed.rear_fan,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the fans of a printer."""
    only_switches = entry.runtime_data.printer.model.protocol is Protocol.TCP
    kind = FlashForgeSwitchedFan if only_switches else FlashForgeFan
    async_add_as_shown(entry, async_add_entities, FANS, kind)


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
        adjustment = self.entity_description.adjustment
        assert adjustment is not None
        await self.coordinator.async_command(
            job.adjust(adjustment, percentage, TOLERANCE)
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


class FlashForgeSwitchedFan(FlashForgeEntity, FanEntity):
    """A fan that an older printer switches and does not report.

    So the last command is shown: unknown before the first one, once the printer was not
    reached, and during a job, whose file switches the fan as well.
    """

    entity_description: FlashForgeFanDescription
    _attr_assumed_state = True
    _attr_supported_features = FanEntityFeature.TURN_ON | FanEntityFeature.TURN_OFF

    @override
    def _read(self) -> bool | None:
        return self.entity_description.is_on_fn(self.coordinator.data.assumed)

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the fan was switched on."""
        return self._read()

    @override
    async def async_turn_on(
        self,
        percentage: int | None = None,
        preset_mode: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Switch the fan on."""
        await self._async_switch(True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch the fan off."""
        await self._async_switch(False)

    async def _async_switch(self, on: bool) -> None:
        fan = self.entity_description.switch
        assert fan is not None
        await self.coordinator.async_command(controls.fan(fan, on))
