"""Numbers of FlashForge printers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    UnitOfLength,
    UnitOfTemperature,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .api import Command, Feature, Heater, Model, PrinterState
from .api.commands import controls, job
from .const import TOOL_INDEXES
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown

# The printer's own queue keeps the order; commands must not wait for each other's proof.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class FlashForgeNumberDescription(FlashForgeEntityDescription, NumberEntityDescription):
    """Describes a number; ``limits_fn`` gives the bounds that the model sets.

    Where ``steps_fn`` returns the only values that a model takes, the number is a box: a
    slider would offer values that are refused.
    """

    value_fn: Callable[[FlashForgeCoordinator], float | None]
    command_fn: Callable[[FlashForgeCoordinator, float], Command]
    limits_fn: Callable[[FlashForgeCoordinator], tuple[float, float]] | None = None
    steps_fn: Callable[[FlashForgeCoordinator], tuple[int, ...] | None] | None = None


def _target(
    key: str,
    part: Callable[[PrinterState], Heater | None],
    limit: Callable[[Model], float | None],
    command_fn: Callable[[FlashForgeCoordinator, int], Command],
    *,
    exists: Callable[[FlashForgeCoordinator], bool],
    number: int | None = None,
    enabled: bool = True,
) -> FlashForgeNumberDescription:
    """Describe the target of a heated part."""
    return FlashForgeNumberDescription(
        key=key,
        translation_key="nozzle_n_target" if number else key,
        number=number,
        device_class=NumberDeviceClass.TEMPERATURE,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        entity_category=EntityCategory.CONFIG,
        native_step=1,
        mode=NumberMode.BOX,
        entity_registry_enabled_default=enabled,
        limits_fn=lambda coordinator: (0, limit(coordinator.printer.model) or 0),
        exists_fn=exists,
        value_fn=lambda coordinator: (
            heater.target if (heater := part(coordinator.data)) else None
        ),
        command_fn=lambda coordinator, value: command_fn(coordinator, round(value)),
    )


def _nozzle_target(key: str, number: int | None = None) -> FlashForgeNumberDescription:
    """Describe the target of a nozzle; ``number`` is None for the only one."""
    index = (number or 1) - 1
    return _target(
        key,
        lambda state: state.nozzle(index),
        lambda model: model.nozzle_max,
        lambda coordinator, celsius: controls.nozzle_target(
            index, celsius, off_marker=coordinator.has(Feature.OFF_MARKER)
        ),
        exists=lambda coordinator: coordinator.data.has_nozzle(number),
        number=number,
    )


def _speed_factor(coordinator: FlashForgeCoordinator, value: float) -> Command:
    """Return the command for a factor; a model may refuse some factors."""
    return job.speed_factor(coordinator.printer.model, value)


def _power_off_delay(coordinator: FlashForgeCoordinator, value: float) -> Command:
    """Return the command that leaves the switch as it is; it always sets both."""
    enabled = coordinator.data.power_off.enabled is True
    return controls.power_off(enabled=enabled, delay=round(value))


NUMBERS: tuple[FlashForgeNumberDescription, ...] = (
    _nozzle_target("nozzle_target"),
    *(
        _nozzle_target(f"nozzle_{index + 1}_target", index + 1)
        for index in TOOL_INDEXES
    ),
    _target(
        "bed_target",
        lambda state: state.bed,
        lambda model: model.bed_max,
        lambda coordinator, celsius: controls.bed_target(
            celsius, off_marker=coordinator.has(Feature.OFF_MARKER)
        ),
        exists=lambda coordinator: coordinator.data.bed is not None,
    ),
    _target(
        "chamber_target",
        lambda state: state.chamber,
        lambda model: model.chamber_max,
        lambda _, celsius: controls.chamber_target(celsius),
        exists=lambda coordinator: (
            coordinator.has(Feature.CHAMBER_HEATER)
            and coordinator.data.chamber is not None
        ),
        # Whether a printer heats its chamber on command is unproven.
        enabled=False,
    ),
    FlashForgeNumberDescription(
        key="print_speed_factor",
        translation_key="print_speed_factor",
        entity_category=EntityCategory.CONFIG,
        native_unit_of_measurement=PERCENTAGE,
        native_step=1,
        limits_fn=lambda coordinator: coordinator.printer.model.speed_range,
        steps_fn=lambda coordinator: coordinator.printer.model.speed_steps,
        value_fn=lambda coordinator: (
            # A printer without a job reports 0.
            coordinator.data.adjustments.speed_factor or None
        ),
        command_fn=_speed_factor,
    ),
    FlashForgeNumberDescription(
        key="z_offset",
        translation_key="z_offset",
        device_class=NumberDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.MILLIMETERS,
        entity_category=EntityCategory.CONFIG,
        native_min_value=-5,
        native_max_value=5,
        native_step=0.005,
        mode=NumberMode.BOX,
        value_fn=lambda coordinator: coordinator.data.adjustments.z_offset,
        command_fn=lambda _, value: job.adjust("z_offset", value, tolerance=0.001),
    ),
    FlashForgeNumberDescription(
        key="auto_power_off_delay",
        translation_key="auto_power_off_delay",
        device_class=NumberDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        entity_category=EntityCategory.CONFIG,
        native_min_value=0,
        native_max_value=240,
        native_step=1,
        mode=NumberMode.BOX,
        exists_fn=lambda coordinator: coordinator.data.power_off.delay is not None,
        value_fn=lambda coordinator: coordinator.data.power_off.delay,
        command_fn=_power_off_delay,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the numbers of a printer."""
    async_add_as_shown(entry, async_add_entities, NUMBERS, FlashForgeNumber)


class FlashForgeNumber(FlashForgeEntity, NumberEntity):
    """A number that a printer can be given."""

    entity_description: FlashForgeNumberDescription

    def __init__(
        self,
        coordinator: FlashForgeCoordinator,
        description: FlashForgeNumberDescription,
    ) -> None:
        """Take the bounds from the printer's model."""
        super().__init__(coordinator, description)
        if description.limits_fn is not None:
            low, high = description.limits_fn(coordinator)
            self._attr_native_min_value = low
            self._attr_native_max_value = high
        if description.steps_fn is not None and description.steps_fn(coordinator):
            self._attr_mode = NumberMode.BOX

    @override
    def _read(self) -> float | None:
        return self.entity_description.value_fn(self.coordinator)

    @property
    @override
    def native_value(self) -> float | None:
        """Return the value in force."""
        return self._read()

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Give the printer another value."""
        await self.coordinator.async_command(
            self.entity_description.command_fn(self.coordinator, value)
        )
