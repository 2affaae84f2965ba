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

from .api import Command, Feature, FilamentAction, Model, Status
from .api.commands import filament, job, motion, spools
from .api.commands.printing import ready_to_print
from .api.models.needs import takes
from .api.state import DIRECT_FEED
from .const import SLOT_NUMBERS
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown
from .prints.heat import cool_down
from .prints.identify import blink
from .prints.start import print_chosen, starts_files

# The printer's own queue keeps the order; a waiting pause must not delay a cancel.
PARALLEL_UPDATES = 0

_PAUSE = job.pause().name


@dataclass(frozen=True, kw_only=True)
class FlashForgeButtonDescription(FlashForgeEntityDescription, ButtonEntityDescription):
    """Describes a button, which carries out a command unless ``press_fn`` does more."""

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

_HELD = frozenset({Status.PAUSING, Status.PAUSED, Status.CANCELING})


def _can_pause(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether there may be a job to pause."""
    state = coordinator.data
    return state.may_have_job and state.status not in _HELD


def _can_resume(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether a job is paused, or a waiting pause can be withdrawn."""
    return (
        coordinator.data.status in {None, Status.PAUSED}
        or coordinator.pending.kept == _PAUSE
    )


def _can_cancel(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether there may be a job to cancel."""
    state = coordinator.data
    return state.may_have_job and state.status is not Status.CANCELING


def _can_print(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether a file is chosen and the printer is ready for it."""
    return (
        coordinator.shelf.chosen is not None
        and coordinator.uploads.next_print is None
        and ready_to_print(coordinator.data) is None
    )


async def _cancel_upload(coordinator: FlashForgeCoordinator) -> None:
    coordinator.uploads.cancel()


def _feed_button(number: int, action: FilamentAction) -> FlashForgeButtonDescription:
    """Describe the button that loads or unloads one spool."""
    direct = number == DIRECT_FEED
    verb = action.name.lower()

    def exists(coordinator: FlashForgeCoordinator) -> bool:
        shown = coordinator.data.spool(number) is not None
        return shown and coordinator.has(Feature.FILAMENT_FEED)

    def possible(coordinator: FlashForgeCoordinator) -> bool:
        model, state = coordinator.printer.model, coordinator.data
        return spools.feed_refusal(model, state, number, action) is None

    return FlashForgeButtonDescription(
        key=f"direct_feed_{verb}" if direct else f"slot_{number}_{verb}",
        translation_key=f"direct_feed_{verb}" if direct else f"slot_{verb}",
        number=None if direct else number,
        # The slots of a station would be eight more buttons.
        enabled_fn=lambda coordinator: direct and coordinator.data.station is None,
        exists_fn=exists,
        available_fn=possible,
        command_fn=lambda coordinator: _FEEDS[action](
            coordinator.printer.model, number
        ),
    )


def _can_cancel_filament(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether filament is about to move but is not moving yet."""
    model, state = coordinator.printer.model, coordinator.data
    return spools.cancel_refusal(model, state) is None


BUTTONS: tuple[FlashForgeButtonDescription, ...] = (
    FlashForgeButtonDescription(
        key="pause",
        translation_key="pause",
        available_fn=_can_pause,
        command_fn=lambda _: job.pause(),
    ),
    FlashForgeButtonDescription(
        key="resume",
        translation_key="resume",
        available_fn=_can_resume,
        command_fn=lambda _: job.resume(),
    ),
    FlashForgeButtonDescription(
        key="cancel",
        translation_key="cancel",
        available_fn=_can_cancel,
        command_fn=lambda _: job.cancel(),
    ),
    FlashForgeButtonDescription(
        key="clear_plate",
        translation_key="clear_plate",
        available_fn=lambda coordinator: coordinator.data.plate_occupied,
        command_fn=lambda _: job.clear_plate(),
    ),
    FlashForgeButtonDescription(
        key="clear_error",
        translation_key="clear_error",
        exists_fn=lambda coordinator: coordinator.has(Feature.CLEAR_ERROR),
        available_fn=lambda coordinator: coordinator.data.error_code is not None,
        command_fn=lambda _: job.clear_error(),
    ),
    FlashForgeButtonDescription(
        key="print_selected_file",
        translation_key="print_selected_file",
        exists_fn=starts_files,
        available_fn=_can_print,
        press_fn=print_chosen,
    ),
    FlashForgeButtonDescription(
        key="cancel_upload",
        translation_key="cancel_upload",
        available_fn=lambda coordinator: coordinator.uploads.current is not None,
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
        exists_fn=lambda coordinator: coordinator.has(Feature.FILAMENT_FEED),
        available_fn=_can_cancel_filament,
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
        # A press by mistake would move the machine, so it is disabled at first.
        entity_registry_enabled_default=False,
        exists_fn=lambda coordinator: takes(coordinator.printer.model, "home"),
        available_fn=lambda coordinator: coordinator.data.status is Status.IDLE,
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
