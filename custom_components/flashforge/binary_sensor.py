"""Binary sensors of FlashForge printers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import Feature
from .const import SLOT_NUMBERS
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown

# Nothing is sent from here.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class FlashForgeBinarySensorDescription(
    FlashForgeEntityDescription, BinarySensorEntityDescription
):
    """Describes a binary sensor."""

    is_on_fn: Callable[[FlashForgeCoordinator], bool | None]


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of a printer."""
    async_add_as_shown(
        entry, async_add_entities, BINARY_SENSORS, FlashForgeBinarySensor
    )


class FlashForgeBinarySensor(FlashForgeEntity, BinarySensorEntity):
    """A reading of a printer that is on or off."""

    entity_description: FlashForgeBinarySensorDescription

    @override
    def _read(self) -> bool | None:
        return self.entity_description.is_on_fn(self.coordinator)

    @property
    @override
    def is_on(self) -> bool | None:
        """Return the state, None while it is not known."""
        return self._read()


def _printing(coordinator: FlashForgeCoordinator) -> bool | None:
    """Return whether a job is running, None in an unknown status."""
    state = coordinator.data
    return None if state.status is None else state.has_job


def _slot_filament(number: int) -> FlashForgeBinarySensorDescription:
    """Describe whether a slot holds filament."""
    return FlashForgeBinarySensorDescription(
        key=f"slot_{number}_filament",
        translation_key="slot_filament",
        entity_category=EntityCategory.DIAGNOSTIC,
        number=number,
        part="station",
        entity_registry_enabled_default=False,
        exists_fn=lambda coordinator: coordinator.data.spool(number) is not None,
        is_on_fn=lambda coordinator: (
            spool.has_filament if (spool := coordinator.data.spool(number)) else None
        ),
    )


BINARY_SENSORS: tuple[FlashForgeBinarySensorDescription, ...] = (
    FlashForgeBinarySensorDescription(
        key="printing",
        translation_key="printing",
        device_class=BinarySensorDeviceClass.RUNNING,
        # The status says it as well.
        entity_registry_enabled_default=False,
        is_on_fn=_printing,
    ),
    FlashForgeBinarySensorDescription(
        key="problem",
        device_class=BinarySensorDeviceClass.PROBLEM,
        is_on_fn=lambda coordinator: coordinator.data.has_error,
    ),
    FlashForgeBinarySensorDescription(
        key="connectivity",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        shown_offline=True,
        is_on_fn=lambda coordinator: coordinator.online,
    ),
    FlashForgeBinarySensorDescription(
        key="plate_occupied",
        translation_key="plate_occupied",
        is_on_fn=lambda coordinator: coordinator.data.plate_occupied,
    ),
    FlashForgeBinarySensorDescription(
        key="door",
        device_class=BinarySensorDeviceClass.DOOR,
        # As a diagnostic entity it does not count as a door of the house.
        entity_category=EntityCategory.DIAGNOSTIC,
        exists_fn=lambda coordinator: coordinator.has(Feature.DOOR),
        is_on_fn=lambda coordinator: coordinator.data.door_open,
    ),
    *(_slot_filament(number) for number in SLOT_NUMBERS),
)
