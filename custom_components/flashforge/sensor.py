"""Sensors of FlashForge printers."""

from dataclasses import dataclass
from datetime import datetime
import math
from typing import override

from homeassistant.components.sensor import (
    RestoreSensor,
    SensorDeviceClass,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    UnitOfDensity,
    UnitOfInformation,
    UnitOfLength,
    UnitOfMass,
    UnitOfSpeed,
    UnitOfTemperature,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import readings
from .api.models.error_codes import ERROR_KEYS
from .api.models.model import Feature
from .api.state import MaterialSlot, StationActivity, Status
from .api.wire.fields import LONGEST_TEXT
from .const import SLOT_NUMBERS, TOOL_INDEXES
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown
from .readings import NO_ERROR, STATUS_OFFLINE, Reader, temperature

# Nothing is sent from here.
PARALLEL_UPDATES = 0

type Value = str | int | float | datetime | None


@dataclass(frozen=True, kw_only=True)
class FlashForgeSensorDescription(FlashForgeEntityDescription, SensorEntityDescription):
    """Describes a sensor; a ``kept`` one keeps its last value over a restart."""

    value_fn: Reader[Value]
    kept: bool = False

    @override
    def exists(self, coordinator: FlashForgeCoordinator) -> bool:
        """Return whether the printer has it; of an unknown model, whether it shows it."""
        return super().exists(coordinator) and (
            coordinator.printer.model.pid is not None
            or self.value_fn(coordinator) is not None
        )


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of a printer."""
    async_add_as_shown(entry, async_add_entities, SENSORS, FlashForgeSensor)


class FlashForgeSensor(FlashForgeEntity, RestoreSensor):
    """A reading of a printer."""

    entity_description: FlashForgeSensorDescription
    _restored: Value = None

    @override
    async def _async_recall(self) -> None:
        """Restore what was last shown before Home Assistant was restarted."""
        if self.entity_description.kept and (
            last := await self.async_get_last_sensor_data()
        ):
            self._restored = self._readable(last.native_value)

    def _readable(self, kept: object) -> Value:
        """Return a kept value, None for what this sensor cannot have shown.

        Another version may have kept it, and Home Assistant refuses text as a number.
        """
        if self.native_unit_of_measurement is None and isinstance(kept, str):
            return kept[:LONGEST_TEXT]
        if isinstance(kept, bool) or not isinstance(kept, int | float):
            return None
        return kept if math.isfinite(kept) else None

    @override
    def _read(self) -> Value:
        if self.entity_description.kept and not self.coordinator.seen:
            return self._restored
        return self.entity_description.value_fn(self.coordinator)

    @property
    @override
    def native_value(self) -> Value:
        """Return the reading."""
        return self._read()


def _slot_sensor(
    key: str, slot: Reader[MaterialSlot | None], number: int | None = None
) -> FlashForgeSensorDescription:
    """Describe the sensor of one spool."""

    def material(coordinator: FlashForgeCoordinator) -> str | None:
        spool = slot(coordinator)
        # An empty slot keeps the label of the spool that was in it.
        return None if spool is None or spool.has_filament is False else spool.material

    return FlashForgeSensorDescription(
        key=key,
        translation_key="slot" if number else key,
        number=number,
        exists_fn=lambda coordinator: slot(coordinator) is not None,
        value_fn=material,
        attributes_fn=lambda coordinator: readings.slot_attributes(
            coordinator, slot(coordinator)
        ),
    )


def _nozzle_sensor(
    key: str, index: int, number: int | None = None
) -> FlashForgeSensorDescription:
    """Describe the temperature of one nozzle; numbered where there are several."""
    nozzle = readings.nozzle(index)
    return FlashForgeSensorDescription(
        key=key,
        translation_key="nozzle_n_temperature" if number else key,
        number=number,
        device_class=SensorDeviceClass.TEMPERATURE,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        exists_fn=readings.has_nozzle(index, numbered=number is not None),
        value_fn=lambda coordinator: temperature(nozzle(coordinator)),
    )


SENSORS: tuple[FlashForgeSensorDescription, ...] = (
    FlashForgeSensorDescription(
        key="status",
        name=None,
        translation_key="status",
        device_class=SensorDeviceClass.ENUM,
        options=[*(status.value for status in Status), STATUS_OFFLINE],
        shown_offline=True,
        value_fn=readings.status,
        attributes_fn=readings.status_attributes,
    ),
    FlashForgeSensorDescription(
        key="progress",
        translation_key="progress",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda coordinator: coordinator.data.job.progress,
    ),
    FlashForgeSensorDescription(
        key="current_layer",
        translation_key="current_layer",
        # Without it every layer would be a line among the activities.
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda coordinator: coordinator.data.job.layer,
    ),
    FlashForgeSensorDescription(
        key="total_layers",
        translation_key="total_layers",
        value_fn=lambda coordinator: coordinator.data.job.total_layers,
    ),
    FlashForgeSensorDescription(
        key="file",
        translation_key="file",
        kept=True,
        shown_offline=True,
        value_fn=lambda coordinator: coordinator.data.job.file,
    ),
    FlashForgeSensorDescription(
        key="upload_progress",
        translation_key="upload_progress",
        native_unit_of_measurement=PERCENTAGE,
        value_fn=readings.upload_progress,
        attributes_fn=readings.upload_attributes,
    ),
    FlashForgeSensorDescription(
        key="elapsed_time",
        translation_key="elapsed_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        value_fn=readings.elapsed,
    ),
    FlashForgeSensorDescription(
        key="remaining_time",
        translation_key="remaining_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        value_fn=readings.remaining,
    ),
    FlashForgeSensorDescription(
        key="finish_time",
        translation_key="finish_time",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda coordinator: coordinator.jobs.finish,
    ),
    _nozzle_sensor("nozzle_temperature", 0),
    *(
        _nozzle_sensor(f"nozzle_{index + 1}_temperature", index, index + 1)
        for index in TOOL_INDEXES
    ),
    FlashForgeSensorDescription(
        key="bed_temperature",
        translation_key="bed_temperature",
        device_class=SensorDeviceClass.TEMPERATURE,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda coordinator: temperature(coordinator.data.bed),
    ),
    FlashForgeSensorDescription(
        key="chamber_temperature",
        translation_key="chamber_temperature",
        device_class=SensorDeviceClass.TEMPERATURE,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        # Without a heater the reading is unproven (docs/protocol/detail.md §2).
        enabled_fn=lambda coordinator: coordinator.has(Feature.CHAMBER_HEATER),
        exists_fn=lambda coordinator: coordinator.data.chamber is not None,
        value_fn=lambda coordinator: temperature(coordinator.data.chamber),
    ),
    FlashForgeSensorDescription(
        key="print_speed",
        translation_key="print_speed",
        device_class=SensorDeviceClass.SPEED,
        native_unit_of_measurement=UnitOfSpeed.MILLIMETERS_PER_SECOND,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: coordinator.data.job.speed,
    ),
    FlashForgeSensorDescription(
        key="filament_used",
        translation_key="filament_used",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_display_precision=2,
        value_fn=readings.filament_used,
    ),
    FlashForgeSensorDescription(
        key="filament_weight_used",
        translation_key="filament_weight_used",
        device_class=SensorDeviceClass.WEIGHT,
        native_unit_of_measurement=UnitOfMass.GRAMS,
        suggested_display_precision=1,
        value_fn=readings.filament_weight_used,
    ),
    FlashForgeSensorDescription(
        key="job_filament",
        translation_key="job_filament",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_display_precision=2,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: coordinator.data.job.filament_length,
    ),
    FlashForgeSensorDescription(
        key="job_filament_weight",
        translation_key="job_filament_weight",
        device_class=SensorDeviceClass.WEIGHT,
        native_unit_of_measurement=UnitOfMass.GRAMS,
        suggested_display_precision=1,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: coordinator.data.job.filament_weight,
    ),
    FlashForgeSensorDescription(
        key="material",
        translation_key="material",
        exists_fn=lambda coordinator: coordinator.has(Feature.JOB_MATERIAL),
        value_fn=lambda coordinator: coordinator.data.material,
    ),
    FlashForgeSensorDescription(
        key="active_slot",
        translation_key="active_slot",
        exists_fn=lambda coordinator: coordinator.data.station is not None,
        value_fn=readings.active_slot,
    ),
    FlashForgeSensorDescription(
        key="station_activity",
        translation_key="station_activity",
        device_class=SensorDeviceClass.ENUM,
        options=[activity.value for activity in StationActivity],
        exists_fn=lambda coordinator: (
            coordinator.data.station is not None
            and not coordinator.has(Feature.TOOL_CHANGER)
        ),
        value_fn=readings.station_activity,
    ),
    *(
        _slot_sensor(f"slot_{number}", readings.slot(number), number)
        for number in SLOT_NUMBERS
    ),
    _slot_sensor("direct_feed", lambda coordinator: coordinator.data.direct_feed),
    FlashForgeSensorDescription(
        key="air_quality",
        translation_key="air_quality",
        device_class=SensorDeviceClass.VOLATILE_ORGANIC_COMPOUNDS,
        native_unit_of_measurement=UnitOfDensity.MICROGRAMS_PER_CUBIC_METER,
        state_class=SensorStateClass.MEASUREMENT,
        exists_fn=lambda coordinator: coordinator.data.air_quality is not None,
        value_fn=lambda coordinator: coordinator.data.air_quality,
    ),
    FlashForgeSensorDescription(
        key="error",
        translation_key="error",
        device_class=SensorDeviceClass.ENUM,
        entity_category=EntityCategory.DIAGNOSTIC,
        options=[NO_ERROR, *ERROR_KEYS],
        value_fn=readings.error,
        attributes_fn=readings.error_attributes,
    ),
    FlashForgeSensorDescription(
        key="lifetime_print_time",
        translation_key="lifetime_print_time",
        kept=True,
        shown_offline=True,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_unit_of_measurement=UnitOfTime.HOURS,
        suggested_display_precision=1,
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda coordinator: coordinator.data.counters.print_time,
    ),
    FlashForgeSensorDescription(
        key="lifetime_filament",
        translation_key="lifetime_filament",
        kept=True,
        shown_offline=True,
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_display_precision=1,
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=readings.lifetime_filament,
    ),
    FlashForgeSensorDescription(
        key="free_storage",
        translation_key="free_storage",
        kept=True,
        shown_offline=True,
        device_class=SensorDeviceClass.DATA_SIZE,
        native_unit_of_measurement=UnitOfInformation.GIGABYTES,
        suggested_display_precision=2,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: coordinator.data.counters.free_storage,
    ),
    FlashForgeSensorDescription(
        key="nozzle_size",
        translation_key="nozzle_size",
        kept=True,
        shown_offline=True,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: coordinator.data.nozzle_size,
    ),
    FlashForgeSensorDescription(
        key="infill",
        translation_key="infill",
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: coordinator.data.job.infill,
    ),
)
