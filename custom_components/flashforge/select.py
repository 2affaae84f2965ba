"""Selects of FlashForge printers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import command, filament
from .api.catalog import Feature
from .api.colors import name_of
from .api.command import Command
from .api.filament import DIRECT_FEED
from .const import SLOT_NUMBERS
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
    options_fn: Callable[[FlashForgeCoordinator], list[str]]
    command_fn: Callable[[FlashForgeCoordinator, str], Command]


def _filtration(coordinator: FlashForgeCoordinator) -> str | None:
    """Return which filter fans run."""
    sides = coordinator.data.filtration
    if sides.internal is None or sides.external is None:
        return None
    return _FILTRATION_NAMES[sides.internal, sides.external]


def _filtration_options(coordinator: FlashForgeCoordinator) -> list[str]:
    """Return the options; both at once only where the printer reports it itself."""
    return [*FILTRATION] if _filtration(coordinator) == "both" else _COMMON_OPTIONS


def _set_filtration(_: FlashForgeCoordinator, option: str) -> Command:
    internal, external = FILTRATION[option]
    return command.filtration(internal=internal, external=external)


def _spool_selects(number: int) -> Iterator[FlashForgeSelectDescription]:
    """Describe what can be said about one spool: its material and its colour."""
    direct = number == DIRECT_FEED
    key = "direct_feed" if direct else f"slot_{number}"
    translation_key = "direct_feed" if direct else "slot"

    def exists(coordinator: FlashForgeCoordinator) -> bool:
        shown = filament.spool(coordinator.data, number) is not None
        return shown and coordinator.has(Feature.SLOT_EDIT)

    def editable(coordinator: FlashForgeCoordinator) -> bool:
        model, state = coordinator.printer.model, coordinator.data
        return filament.edit_refusal(model, state, number) is None

    def material(coordinator: FlashForgeCoordinator) -> str | None:
        spool = filament.spool(coordinator.data, number)
        return spool.material if spool else None

    def materials(coordinator: FlashForgeCoordinator) -> list[str]:
        """Return the screen's materials, and what somebody else has written there."""
        offered = coordinator.printer.model.materials
        shown = material(coordinator)
        if shown is None or shown in offered:
            return [*offered]
        return [*offered, shown]

    def color(coordinator: FlashForgeCoordinator) -> str | None:
        spool = filament.spool(coordinator.data, number)
        palette = coordinator.printer.model.palette
        return name_of(spool.color if spool else None, palette)

    yield FlashForgeSelectDescription(
        key=f"{key}_material",
        translation_key=f"{translation_key}_material",
        number=None if direct else number,
        entity_category=EntityCategory.CONFIG,
        exists_fn=exists,
        available_fn=editable,
        current_fn=material,
        options_fn=materials,
        command_fn=lambda coordinator, option: filament.label(
            coordinator.printer.model, number, material=option
        ),
    )
    yield FlashForgeSelectDescription(
        key=f"{key}_color",
        translation_key=f"{translation_key}_color",
        number=None if direct else number,
        entity_category=EntityCategory.CONFIG,
        exists_fn=exists,
        available_fn=editable,
        current_fn=color,
        options_fn=lambda coordinator: [*dict(coordinator.printer.model.palette)],
        command_fn=lambda coordinator, option: filament.label(
            coordinator.printer.model,
            number,
            color=dict(coordinator.printer.model.palette)[option],
        ),
    )


SELECTS: tuple[FlashForgeSelectDescription, ...] = (
    FlashForgeSelectDescription(
        key="filtration",
        translation_key="filtration",
        exists_fn=lambda coordinator: coordinator.has(Feature.FILTRATION),
        current_fn=_filtration,
        options_fn=_filtration_options,
        command_fn=_set_filtration,
    ),
    *chain.from_iterable(_spool_selects(number) for number in SLOT_NUMBERS),
    *_spool_selects(DIRECT_FEED),
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
        return self.entity_description.options_fn(self.coordinator)

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose another way."""
        await self.coordinator.async_command(
            self.entity_description.command_fn(self.coordinator, option)
        )
