"""Selects of FlashForge printers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import command
from .api.catalog import Feature
from .api.command import Command
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown

# The printer's own queue keeps the order; waiting for one proof must not hold back others.
PARALLEL_UPDATES = 0

FILTRATION: dict[str, tuple[bool, bool]] = {
    "off": (False, False),
    "internal": (True, False),
    "external": (False, True),
    "both": (True, True),
}
"""What each option means for the inner and the outer fan."""

_FILTRATION_NAMES = {sides: name for name, sides in FILTRATION.items()}
_COMMON_OPTIONS = ["off", "internal", "external"]


@dataclass(frozen=True, kw_only=True)
class FlashForgeSelectDescription(FlashForgeEntityDescription, SelectEntityDescription):
    """Describes a select."""

    current_fn: Callable[[FlashForgeCoordinator], str | None]
    options_fn: Callable[[str | None], list[str]]
    command_fn: Callable[[str], Command]


def _filtration(coordinator: FlashForgeCoordinator) -> str | None:
    """Return which filter fans run."""
    sides = coordinator.data.filtration
    if sides.internal is None or sides.external is None:
        return None
    return _FILTRATION_NAMES[sides.internal, sides.external]


def _filtration_options(current: str | None) -> list[str]:
    """Return the options; both at once only where the printer reports it itself."""
    return [*FILTRATION] if current == "both" else _COMMON_OPTIONS


def _set_filtration(option: str) -> Command:
    internal, external = FILTRATION[option]
    return command.filtration(internal=internal, external=external)


SELECTS: tuple[FlashForgeSelectDescription, ...] = (
    FlashForgeSelectDescription(
        key="filtration",
        translation_key="filtration",
        exists_fn=lambda coordinator: coordinator.has(Feature.FILTRATION),
        current_fn=_filtration,
        options_fn=_filtration_options,
        command_fn=_set_filtration,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the selects of a printer."""
    async_add_as_shown(entry, async_add_entities, SELECTS, FlashForgeSelect)


class FlashForgeSelect(FlashForgeEntity, SelectEntity):
    """A choice among several ways to run."""

    entity_description: FlashForgeSelectDescription

    @override
    def _read(self) -> str | None:
        return self.entity_description.current_fn(self.coordinator)

    @property
    @override
    def current_option(self) -> str | None:
        """Return the choice in force."""
        return self._read()

    @property
    @override
    def options(self) -> list[str]:
        """Return what can be chosen."""
        return self.entity_description.options_fn(self._read())

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose another way."""
        await self.coordinator.async_command(self.entity_description.command_fn(option))
