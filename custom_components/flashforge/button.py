"""Buttons of FlashForge printers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import override

from homeassistant.components.button import (
    ButtonDeviceClass,
    ButtonEntity,
    ButtonEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import Command, Feature, FilamentAction, Model
from .api.commands import filament, job, motion
from .api.models.needs import takes
from .api.state import DIRECT_FEED
from .const import SLOT_NUMBERS
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown
from .exceptions import refused
from .prints.heat import cool_down
from .prints.identify import blink
from .prints.start import print_again, print_chosen, starts_files

# The printer's own queue keeps the order; a waiting pause must not delay a cancel.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class FlashForgeButtonDescription(FlashForgeEntityDescription, ButtonEntityDescription):
    """Describes a button, which carries out a command unless ``press_fn`` does more.

    A button is always available: Home Assistant skips one that is not without a word.
    What makes no sense now is refused with its reason.
    """

    command_fn: Callable[[FlashForgeCoordinator], Command] | None = None
    press_fn: Callable[[FlashForgeCoordinator], Awaitable[None]] | None = None

    async def press(self, coordinator: FlashForgeCoordinator) -> None:
        """Carry out what the button stands for."""
        if self.command_fn is not None:
            await coordinator.async_command(self.command_fn(coordinator))
        if self.press_fn is not None:
            await self.press_fn(coordinator)


_FEEDS: Mapping[FilamentAction, Callable[[Model, int], Command]] = {
    FilamentAction.LOAD: filament.load,
    FilamentAction.UNLOAD: filament.unload,
}
"""The command for each action with one spool."""


async def _cancel_upload(coordinator: FlashForgeCoordinator) -> None:
    """Cancel the upload; there has to be one."""
    if coordinator.uploads.current is None:
        raise refused("no_upload")
    coordinator.uploads.cancel()


def _feed_button(number: int, action: FilamentAction) -> FlashForgeButtonDescription:
    """Describe the button that loads or unloads one spool."""
    direct = number == DIRECT_FEED
    verb = action.name.lower()

    def exists(coordinator: FlashForgeCoordinator) -> bool:
        shown = coordinator.data.spool(number) is not None
        return shown and coordinator.has(Feature.FILAMENT_FEED)

    return FlashForgeButtonDescription(
        key=f"direct_feed_{verb}" if direct else f"slot_{number}_{verb}",
        translation_key=f"direct_feed_{verb}" if direct else f"slot_{verb}",
        number=None if direct else number,
        entity_category=EntityCategory.CONFIG,
        # The slots of a station would be eight more buttons.
        enabled_fn=lambda coordinator: direct and coordinator.data.station is None,
        exists_fn=exists,
        command_fn=lambda coordinator: _FEEDS[action](
            coordinator.printer.model, number
        ),
    )


BUTTONS: tuple[FlashForgeButtonDescription, ...] = (
    FlashForgeButtonDescription(
        key="pause",
        translation_key="pause",
        command_fn=lambda _: job.pause(),
    ),
    FlashForgeButtonDescription(
        key="resume",
        translation_key="resume",
        command_fn=lambda _: job.resume(),
    ),
    FlashForgeButtonDescription(
        key="cancel",
        translation_key="cancel",
        command_fn=lambda _: job.cancel(),
    ),
    FlashForgeButtonDescription(
        key="clear_plate",
        translation_key="clear_plate",
        entity_category=EntityCategory.CONFIG,
        command_fn=lambda _: job.clear_plate(),
    ),
    FlashForgeButtonDescription(
        key="clear_error",
        translation_key="clear_error",
        entity_category=EntityCategory.CONFIG,
        exists_fn=lambda coordinator: coordinator.has(Feature.CLEAR_ERROR),
        command_fn=lambda _: job.clear_error(),
    ),
    FlashForgeButtonDescription(
        key="print_selected_file",
        translation_key="print_selected_file",
        entity_category=EntityCategory.CONFIG,
        exists_fn=starts_files,
        press_fn=print_chosen,
    ),
    FlashForgeButtonDescription(
        key="print_again",
        translation_key="print_again",
        entity_category=EntityCategory.CONFIG,
        press_fn=print_again,
    ),
    FlashForgeButtonDescription(
        key="cancel_upload",
        translation_key="cancel_upload",
        entity_category=EntityCategory.CONFIG,
        press_fn=_cancel_upload,
    ),
    *(
        _feed_button(number, action)
        for number in (*SLOT_NUMBERS, DIRECT_FEED)
        for action in _FEEDS
    ),
    FlashForgeButtonDescription(
        key="cancel_filament",
        translation_key="cancel_filament",
        entity_category=EntityCategory.CONFIG,
        exists_fn=lambda coordinator: coordinator.has(Feature.FILAMENT_FEED),
        command_fn=lambda coordinator: filament.cancel(coordinator.printer.model),
    ),
    FlashForgeButtonDescription(
        key="cool_down",
        translation_key="cool_down",
        entity_category=EntityCategory.CONFIG,
        press_fn=cool_down,
    ),
    FlashForgeButtonDescription(
        key="identify",
        device_class=ButtonDeviceClass.IDENTIFY,
        entity_category=EntityCategory.DIAGNOSTIC,
        exists_fn=lambda coordinator: coordinator.record.has_light,
        press_fn=blink,
    ),
    FlashForgeButtonDescription(
        key="home",
        translation_key="home",
        entity_category=EntityCategory.CONFIG,
        # A press by mistake would move the machine, so it is disabled at first.
        entity_registry_enabled_default=False,
        exists_fn=lambda coordinator: takes(coordinator.printer.model, "home"),
        command_fn=lambda coordinator: motion.home(coordinator.printer.model),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the buttons of a printer."""
    async_add_as_shown(entry, async_add_entities, BUTTONS, FlashForgeButton)


class FlashForgeButton(FlashForgeEntity, ButtonEntity):
    """A command that a printer carries out once."""

    entity_description: FlashForgeButtonDescription

    @override
    def _read(self) -> None:
        """Return nothing: a button is only available or not."""

    @override
    async def async_press(self) -> None:
        """Send the command, and return when the printer shows it."""
        await self.entity_description.press(self.coordinator)
