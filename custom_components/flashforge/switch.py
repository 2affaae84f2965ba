"""Switches of FlashForge printers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import (
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    EntityCategory,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import RestoreEntity

from .api import Command, Feature
from .api.commands import controls, motion
from .api.models.needs import takes
from .const import DEFAULT_POWER_OFF_DELAY
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown
from .printer.power import Plug

# The printer's own queue keeps the order; commands must not wait for each other's proof.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class FlashForgeSwitchDescription(FlashForgeEntityDescription, SwitchEntityDescription):
    """Describes a switch."""

    is_on_fn: Callable[[FlashForgeCoordinator], bool | None]
    command_fn: Callable[[FlashForgeCoordinator, bool], Command]


@dataclass(frozen=True, kw_only=True)
class FlashForgePowerDescription(FlashForgeEntityDescription, SwitchEntityDescription):
    """Describes the plug."""


def _power_off(coordinator: FlashForgeCoordinator, on: bool) -> Command:
    """Return the command that keeps the delay; the printer sets both at once."""
    delay = coordinator.data.power_off.delay
    return controls.power_off(
        enabled=on, delay=DEFAULT_POWER_OFF_DELAY if not delay and on else delay or 0
    )


SWITCHES: tuple[FlashForgeSwitchDescription, ...] = (
    FlashForgeSwitchDescription(
        key="auto_power_off",
        translation_key="auto_power_off",
        entity_category=EntityCategory.CONFIG,
        exists_fn=lambda coordinator: coordinator.data.power_off.enabled is not None,
        is_on_fn=lambda coordinator: coordinator.data.power_off.enabled,
        command_fn=_power_off,
    ),
    FlashForgeSwitchDescription(
        key="camera_power",
        translation_key="camera_power",
        entity_category=EntityCategory.CONFIG,
        exists_fn=lambda coordinator: coordinator.has(Feature.CAMERA_SWITCH),
        is_on_fn=lambda coordinator: coordinator.data.camera_url is not None,
        command_fn=lambda _, on: controls.camera(on),
    ),
)


RUNOUT_SENSOR = FlashForgeSwitchDescription(
    key="runout_sensor",
    translation_key="runout_sensor",
    entity_category=EntityCategory.CONFIG,
    entity_registry_enabled_default=False,
    exists_fn=lambda coordinator: takes(coordinator.printer.model, "runout_sensor"),
    is_on_fn=lambda _: None,
    command_fn=lambda _, on: motion.runout_sensor(on),
)

POWER = FlashForgePowerDescription(
    key="power",
    translation_key="power",
    entity_category=EntityCategory.CONFIG,
    shown_offline=True,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the switches of a printer."""
    async_add_as_shown(entry, async_add_entities, SWITCHES, FlashForgeSwitch)
    async_add_as_shown(entry, async_add_entities, (RUNOUT_SENSOR,), FlashForgeRunout)
    if (plug := entry.runtime_data.power.plug) is not None:
        async_add_entities([FlashForgePower(entry.runtime_data, plug)])


class FlashForgeSwitch(FlashForgeEntity, SwitchEntity):
    """A setting of a printer that is on or off."""

    entity_description: FlashForgeSwitchDescription

    @override
    def _read(self) -> bool | None:
        return self.entity_description.is_on_fn(self.coordinator)

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is on."""
        return self._read()

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch it on."""
        await self._switch(True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch it off."""
        await self._switch(False)

    async def _switch(self, on: bool) -> None:
        await self.coordinator.async_command(
            self.entity_description.command_fn(self.coordinator, on)
        )


class FlashForgeRunout(FlashForgeSwitch, RestoreEntity):
    """Whether the printer watches for the end of the filament.

    The printer accepts the command but does not report the setting, even after a change
    at its screen. So the last command is shown, and unknown before the first one.
    """

    _attr_assumed_state = True
    _commanded: bool | None = None

    @override
    async def _async_recall(self) -> None:
        """Restore the last command from before the restart."""
        last = await self.async_get_last_state()
        if last is not None and last.state not in {STATE_UNAVAILABLE, STATE_UNKNOWN}:
            self._commanded = last.state == STATE_ON

    @override
    def _read(self) -> bool | None:
        return self._commanded

    @override
    async def _switch(self, on: bool) -> None:
        await super()._switch(on)
        self._commanded = on
        self.async_write_ha_state()


class FlashForgePower(FlashForgeEntity, SwitchEntity):
    """The printer's plug, which is not switched off while that would do harm."""

    entity_description: FlashForgePowerDescription

    def __init__(self, coordinator: FlashForgeCoordinator, plug: Plug) -> None:
        """Switch a plug."""
        super().__init__(coordinator, POWER)
        self._plug = plug

    @override
    def _read(self) -> bool | None:
        return self._plug.is_on

    @property
    @override
    def available(self) -> bool:
        """Return whether the plug itself can be reached."""
        return super().available and self._plug.is_on is not None

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the printer has power."""
        return self._read()

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch the power on, unless it is on."""
        if self._plug.is_on:
            return
        await self._plug.async_switch(True, self._context)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch the power off, unless a job is running or a part is hot."""
        if self._plug.is_on is False:
            return
        await self.coordinator.power.async_cut(self._context)
