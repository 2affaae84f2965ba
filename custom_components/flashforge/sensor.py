"""Sensors of FlashForge printers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
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

from .api.catalog import Feature
from .api.colors import name_of
from .api.error_codes import ERROR_KEYS, error_key
from .api.state import Heater, MaterialSlot, StationActivity, Status
from .const import SLOT_NUMBERS, TOOL_INDEXES
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import (
    Attributes,
    FlashForgeEntity,
    FlashForgeEntityDescription,
    async_add_as_shown,
)

# Nothing is sent from here.
PARALLEL_UPDATES = 0

STATUS_OFFLINE = "offline"
NO_ERROR = "none"

type Value = str | int | float | datetime | None


@dataclass(frozen=True, kw_only=True)
class FlashForgeSensorDescription(FlashForgeEntityDescription, SensorEntityDescription):
    """Describes a sensor."""

    value_fn: Callable[[FlashForgeCoordinator], Value]

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


class FlashForgeSensor(FlashForgeEntity, SensorEntity):
    """A reading of a printer."""

    entity_description: FlashForgeSensorDescription

    @override
    def _read(self) -> Value:
        return self.entity_description.value_fn(self.coordinator)

    @property
    @override
    def native_value(self) -> Value:
        """Return the reading."""
        return self._read()


def _elapsed(coordinator: FlashForgeCoordinator) -> float | None:
    """Return the whole minutes gone: single seconds would only fill the database."""
    elapsed = coordinator.data.job.elapsed
    return None if elapsed is None else elapsed // 60 * 60


def _remaining(coordinator: FlashForgeCoordinator) -> float | None:
    """Return the minutes left, the last one counted as whole."""
    remaining = coordinator.jobs.remaining
    return None if remaining is None else -(-remaining // 60) * 60


def _status(coordinator: FlashForgeCoordinator) -> str | None:
    return coordinator.data.status if coordinator.online else STATUS_OFFLINE


def _status_attributes(coordinator: FlashForgeCoordinator) -> Attributes:
    """Return what the status alone does not say."""
    state = coordinator.data
    attributes: dict[str, object] = {"pending_command": coordinator.orders.wish}
    if not coordinator.online and coordinator.problem is not None:
        attributes["offline_reason"] = coordinator.problem.key
    elif state.status is None and state.raw_status:
        attributes["reported_status"] = state.raw_status
    return attributes


def _filament_used(coordinator: FlashForgeCoordinator) -> float | None:
    job = coordinator.data.job
    return _share(job.filament_length, job.progress)


def _filament_weight_used(coordinator: FlashForgeCoordinator) -> float | None:
    job = coordinator.data.job
    return _share(job.filament_weight, job.progress)


def _share(whole: float | None, percent: float | None) -> float | None:
    """Return the part of the whole job that is done."""
    if whole is None or percent is None:
        return None
    return round(whole * percent / 100, 3)


def _error(coordinator: FlashForgeCoordinator) -> str | None:
    if (code := coordinator.data.error_code) is None:
        return NO_ERROR
    return error_key(code, coordinator.printer.model)


def _error_attributes(coordinator: FlashForgeCoordinator) -> Attributes:
    return {"code": coordinator.data.error_code}


def _temperature(heater: Heater | None) -> float | None:
    return None if heater is None else heater.temperature


def _nozzle(index: int) -> Callable[[FlashForgeCoordinator], float | None]:
    """Return the reader of the temperature of a nozzle."""

    def read(coordinator: FlashForgeCoordinator) -> float | None:
        nozzles = coordinator.data.nozzles
        return nozzles[index].temperature if index < len(nozzles) else None

    return read


def _active_slot(coordinator: FlashForgeCoordinator) -> int | None:
    station = coordinator.data.station
    return station.active_slot if station else None


def _activity(coordinator: FlashForgeCoordinator) -> str | None:
    station = coordinator.data.station
    return station.activity if station else None


def _slot(number: int) -> Callable[[FlashForgeCoordinator], MaterialSlot | None]:
    """Return the reader of a slot of the material station."""

    def read(coordinator: FlashForgeCoordinator) -> MaterialSlot | None:
        station = coordinator.data.station
        return station.slot(number) if station else None

    return read


def _slot_attributes(
    coordinator: FlashForgeCoordinator, slot: MaterialSlot | None
) -> Attributes:
    """Return the colour and whether there is filament."""
    color = slot.color if slot else None
    return {
        "color": color,
        "color_name": name_of(color, coordinator.printer.model.palette),
        "loaded": slot.has_filament if slot else None,
    }


def _slot_sensor(
    key: str,
    slot: Callable[[FlashForgeCoordinator], MaterialSlot | None],
    number: int | None = None,
) -> FlashForgeSensorDescription:
    """Describe the sensor of one spool."""

    def value(coordinator: FlashForgeCoordinator) -> str | None:
        return found.material if (found := slot(coordinator)) else None

    return FlashForgeSensorDescription(
        key=key,
        translation_key="slot" if number else key,
        number=number,
        exists_fn=lambda coordinator: slot(coordinator) is not None,
        value_fn=value,
        attributes_fn=lambda coordinator: _slot_attributes(
            coordinator, slot(coordinator)
        ),
    )


def _nozzle_sensor(
    key: str, index: int, number: int | None = None
) -> FlashForgeSensorDescription:
    """Describe the temperature of one nozzle; numbered where there are several."""
    return FlashForgeSensorDescription(
        key=key,
        translation_key="nozzle_n_temperature" if number else key,
        number=number,
        device_class=SensorDeviceClass.TEMPERATURE,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        exists_fn=lambda coordinator: (
            len(coordinator.data.nozzles) > index
            and (len(coordinator.data.nozzles) > 1) is (number is not None)
        ),
        value_fn=_nozzle(index),
    )


SENSORS: tuple[FlashForgeSensorDescription, ...] = (
    FlashForgeSensorDescription(
        key="status",
        name=None,
        translation_key="status",
        device_class=SensorDeviceClass.ENUM,
        options=[*(status.value for status in Status), STATUS_OFFLINE],
        shown_offline=True,
        value_fn=_status,
        attributes_fn=_status_attributes,
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
        value_fn=lambda coordinator: coordinator.data.job.file,
    ),
    FlashForgeSensorDescription(
        key="elapsed_time",
        translation_key="elapsed_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        value_fn=_elapsed,
    ),
    FlashForgeSensorDescription(
        key="remaining_time",
        translation_key="remaining_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        value_fn=_remaining,
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
        value_fn=lambda coordinator: _temperature(coordinator.data.bed),
    ),
    FlashForgeSensorDescription(
        key="chamber_temperature",
        translation_key="chamber_temperature",
        device_class=SensorDeviceClass.TEMPERATURE,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        # Without a heater the reading is unproven (protocol/detail.md §2).
        enabled_fn=lambda coordinator: coordinator.has(Feature.CHAMBER_HEATER),
        exists_fn=lambda coordinator: coordinator.data.chamber is not None,
        value_fn=lambda coordinator: _temperature(coordinator.data.chamber),
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
        value_fn=_filament_used,
    ),
    FlashForgeSensorDescription(
        key="filament_weight_used",
        translation_key="filament_weight_used",
        device_class=SensorDeviceClass.WEIGHT,
        native_unit_of_measurement=UnitOfMass.GRAMS,
        suggested_display_precision=1,
        value_fn=_filament_weight_used,
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
        value_fn=_active_slot,
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
        value_fn=_activity,
    ),
    *(_slot_sensor(f"slot_{number}", _slot(number), number) for number in SLOT_NUMBERS),
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
        value_fn=_error,
        attributes_fn=_error_attributes,
    ),
    FlashForgeSensorDescription(
        key="lifetime_print_time",
        translation_key="lifetime_print_time",
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
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_display_precision=1,
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda coordinator: coordinator.data.counters.filament,
    ),
    FlashForgeSensorDescription(
        key="free_storage",
        translation_key="free_storage",
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
