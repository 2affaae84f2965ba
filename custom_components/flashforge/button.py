"""Buttons of FlashForge printers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import command, motion
from .api.catalog import Feature
from .api.command import Command
from .api.requests import takes
from .api.state import Status
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown

# The printer's own queue keeps the order; a pause that waits must not hold back a cancel.
PARALLEL_UPDATES = 0

_PAUSE = command.pause().name


@dataclass(frozen=True, kw_only=True)
class FlashForgeButtonDescription(FlashForgeEntityDescription, ButtonEntityDescription):
    """Describes a button."""

    command_fn: Callable[[FlashForgeCoordinator], Command]


_HELD = frozenset({Status.PAUSING, Status.PAUSED, Status.CANCELLING})


def _can_pause(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether there may be something to pause."""
    state = coordinator.data
    return state.may_have_job and state.status not in _HELD


def _can_resume(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether something is paused, or a pause that still waits can be taken back."""
    return (
        coordinator.data.status in {None, Status.PAUSED}
        or coordinator.orders.wish == _PAUSE
    )


def _can_cancel(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether there may be something to cancel."""
    state = coordinator.data
    return state.may_have_job and state.status is not Status.CANCELLING


BUTTONS: tuple[FlashForgeButtonDescription, ...] = (
    FlashForgeButtonDescription(
        key="pause",
        translation_key="pause",
        available_fn=_can_pause,
        command_fn=lambda _: command.pause(),
    ),
    FlashForgeButtonDescription(
        key="resume",
        translation_key="resume",
        available_fn=_can_resume,
        command_fn=lambda _: command.resume(),
    ),
    FlashForgeButtonDescription(
        key="cancel",
        translation_key="cancel",
        available_fn=_can_cancel,
        command_fn=lambda _: command.cancel(),
    ),
    FlashForgeButtonDescription(
        key="clear_plate",
        translation_key="clear_plate",
        available_fn=lambda coordinator: coordinator.data.plate_occupied,
        command_fn=lambda _: command.clear_plate(),
    ),
    FlashForgeButtonDescription(
        key="clear_error",
        translation_key="clear_error",
        exists_fn=lambda coordinator: coordinator.has(Feature.CLEAR_ERROR),
        available_fn=lambda coordinator: coordinator.data.error_code is not None,
        command_fn=lambda coordinator: command.clear_error(coordinator.data.error_code),
    ),
    FlashForgeButtonDescription(
        key="home",
        translation_key="home",
        # A press by mistake moves the machine, so whoever wants it enables it.
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
    """Something that a person can ask a printer to do once."""

    entity_description: FlashForgeButtonDescription

    @override
    def _read(self) -> None:
        """Show nothing: a button is only available or not."""

    @override
    async def async_press(self) -> None:
        """Ask the printer, and return when it shows that it did."""
        await self.coordinator.async_command(
            self.entity_description.command_fn(self.coordinator)
        )
