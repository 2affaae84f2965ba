"""Selects of FlashForge printers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import Command, Feature
from .api.commands import controls, filament
from .api.models.colors import name_of
from .api.state import DIRECT_FEED
from .const import SLOT_NUMBERS
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown
from .printer.job import JobEnd
from .prints.start import starts_files

# The printer's own queue keeps the order; commands must not wait for each other's proof.
PARALLEL_UPDATES = 0

FILTRATION: dict[str, tuple[bool, bool]] = {
    "off": (False, False),
    "internal": (True, False),
    "external": (False, True),
    "both": (True, True),
}
"""What each option means for the inner and the outer fan."""

MOST_FILES = 100
"""How many of the newest files are offered."""

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
    return controls.filtration(internal=internal, external=external)


def _spool_select(
    number: int,
    part: str,
    current: Callable[[FlashForgeCoordinator], str | None],
    options: Callable[[FlashForgeCoordinator], list[str]],
    choose: Callable[[FlashForgeCoordinator, str], Command],
) -> FlashForgeSelectDescription:
    """Describe the choice of one part of a spool's label."""
    direct = number == DIRECT_FEED

    def exists(coordinator: FlashForgeCoordinator) -> bool:
        shown = coordinator.data.spool(number) is not None
        return shown and coordinator.has(Feature.SLOT_EDIT)

    return FlashForgeSelectDescription(
        key=f"direct_feed_{part}" if direct else f"slot_{number}_{part}",
        translation_key=f"direct_feed_{part}" if direct else f"slot_{part}",
        number=None if direct else number,
        part="direct_feed" if direct else "station",
        entity_category=EntityCategory.CONFIG,
        exists_fn=exists,
        current_fn=current,
        options_fn=options,
        command_fn=choose,
    )


def _material_select(number: int) -> FlashForgeSelectDescription:
    def material(coordinator: FlashForgeCoordinator) -> str | None:
        spool = coordinator.data.spool(number)
        return spool.material if spool else None

    def materials(coordinator: FlashForgeCoordinator) -> list[str]:
        """Return the materials of the screen, and the present one if it is another."""
        offered = coordinator.printer.model.materials
        shown = material(coordinator)
        if shown is None or shown in offered:
            return [*offered]
        return [*offered, shown]

    def choose(coordinator: FlashForgeCoordinator, option: str) -> Command:
        model = coordinator.printer.model
        return filament.label(model, number, material=option)

    return _spool_select(number, "material", material, materials, choose)


def _color_select(number: int) -> FlashForgeSelectDescription:
    def color(coordinator: FlashForgeCoordinator) -> str | None:
        """Return the nearest name; the color may not be one of the screen's."""
        spool = coordinator.data.spool(number)
        palette = coordinator.printer.model.palette
        return name_of(spool.color if spool else None, palette)

    def colors(coordinator: FlashForgeCoordinator) -> list[str]:
        return [*dict(coordinator.printer.model.palette)]

    def choose(coordinator: FlashForgeCoordinator, option: str) -> Command:
        model = coordinator.printer.model
        return filament.label(model, number, color=dict(model.palette)[option])

    return _spool_select(number, "color", color, colors, choose)


SELECTS: tuple[FlashForgeSelectDescription, ...] = (
    FlashForgeSelectDescription(
        key="filtration",
        translation_key="filtration",
        entity_category=EntityCategory.CONFIG,
        exists_fn=lambda coordinator: coordinator.has(Feature.FILTRATION),
        current_fn=_filtration,
        options_fn=_filtration_options,
        command_fn=_set_filtration,
    ),
    *(
        describe(number)
        for number in (*SLOT_NUMBERS, DIRECT_FEED)
        for describe in (_material_select, _color_select)
    ),
)


@dataclass(frozen=True, kw_only=True)
class FlashForgeFileSelectDescription(
    FlashForgeEntityDescription, SelectEntityDescription
):
    """Describes the choice among the files on the printer."""


PRINT_FILE = FlashForgeFileSelectDescription(
    key="print_file",
    translation_key="print_file",
    entity_category=EntityCategory.CONFIG,
    exists_fn=starts_files,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the selects of a printer."""
    async_add_as_shown(entry, async_add_entities, SELECTS, FlashForgeSelect)
    async_add_as_shown(
        entry, async_add_entities, (PRINT_FILE,), FlashForgePrintFileSelect
    )


class FlashForgeSelect(FlashForgeEntity, SelectEntity):
    """A setting with several options."""

    entity_description: FlashForgeSelectDescription

    @override
    def _read(self) -> str | None:
        return self.entity_description.current_fn(self.coordinator)

    @property
    @override
    def current_option(self) -> str | None:
        """Return the present option."""
        return self._read()

    @property
    @override
    def options(self) -> list[str]:
        """Return what can be chosen."""
        return self.entity_description.options_fn(self.coordinator)

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose another option."""
        await self.coordinator.async_command(
            self.entity_description.command_fn(self.coordinator, option)
        )


class FlashForgePrintFileSelect(FlashForgeEntity, SelectEntity):
    """The file that the button prints.

    The printer is asked for its files when it is first seen, when it comes back, when a
    job has ended and for a requested update, but not by every poll.
    """

    entity_description: FlashForgeFileSelectDescription
    _was_online = False

    @override
    def _read(self) -> tuple[str | None, tuple[str, ...]]:
        shelf = self.coordinator.shelf
        return shelf.chosen, shelf.names

    @property
    @override
    def current_option(self) -> str | None:
        """Return the chosen file."""
        return self.coordinator.shelf.chosen

    @property
    @override
    def options(self) -> list[str]:
        """Return the files on the printer, newest first."""
        return list(self.coordinator.shelf.names[:MOST_FILES])

    @callback
    @override
    def _async_listen(self) -> None:
        """Ask for the files if the printer is there, and whenever a job has ended."""
        self._follow()
        self.async_on_remove(self.coordinator.jobs.on_end(self._ask_soon))

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        self._follow()
        super()._handle_coordinator_update()

    @callback
    def _follow(self) -> None:
        """Ask for the files of a printer that has just come."""
        was_online, self._was_online = self._was_online, self.coordinator.online
        if self._was_online and not was_online:
            self._ask_soon()

    @callback
    def _ask_soon(self, _end: JobEnd | None = None) -> None:
        self.coordinator.config_entry.async_create_background_task(
            self.hass, self.async_update(), "flashforge files"
        )

    @override
    async def async_update(self) -> None:
        """Ask for the files."""
        await self.coordinator.shelf.refresh_quietly()

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose a file; nothing is printed yet."""
        self.coordinator.shelf.choose(option)
