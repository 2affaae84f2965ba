"""Sensors of FlashForge printers."""

import math
from typing import Any, override

from homeassistant.components.sensor import (
    DOMAIN as SENSOR_DOMAIN,
    RestoreSensor,
    SensorDeviceClass,
    SensorStateClass,
)
from homeassistant.const import (
    CONF_UNIT_OF_MEASUREMENT,
    EntityCategory,
    UnitOfDensity,
    UnitOfInformation,
    UnitOfLength,
    UnitOfTemperature,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util.unit_conversion import TemperatureConverter

from . import sensor_rows as rows
from .api import Feature, StationActivity
from .api.models.error_codes import ERROR_KEYS
from .api.state import DIRECT_FEED
from .api.wire.fields import LONGEST_TEXT
from .asking.exposure import async_exposed_at_first
from .const import DOMAIN, OPTION_STATISTICS, SLOT_NUMBERS, TOOL_INDEXES
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, async_add_as_shown
from .sensor_job_rows import JOB_SENSORS
from .sensor_rows import FlashForgeSensorDescription, Value
from .sensor_spool_rows import spool
from .sensor_status_rows import offline_reason, status

# Nothing is sent from here.
PARALLEL_UPDATES = 0


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

    def __init__(
        self,
        coordinator: FlashForgeCoordinator,
        description: FlashForgeSensorDescription,
    ) -> None:
        """Continue the statistics of a sensor that was taken over."""
        super().__init__(coordinator, description)
        if description.state_class is None and _has_statistics(
            coordinator.hass, self.unique_id
        ):
            self._attr_state_class = SensorStateClass.MEASUREMENT

    @override
    async def _async_recall(self) -> None:
        """Restore the last value from before the restart."""
        if self.entity_description.kept and (
            last := await self.async_get_last_sensor_data()
        ):
            self._restored = self._readable(last.native_value)

    def _readable(self, kept: object) -> Value:
        """Return a kept value, None if this sensor cannot have shown it.

        Another version may have stored it, and Home Assistant refuses text as a number.
        """
        if self.native_unit_of_measurement is None and isinstance(kept, str):
            return kept[:LONGEST_TEXT]
        if isinstance(kept, bool) or not isinstance(kept, int | float):
            return None
        return kept if math.isfinite(kept) else None

    @property
    @override
    def capability_attributes(self) -> dict[str, Any] | None:
        """Return what the sensor can show; of a silent text also that it has no unit."""
        attributes = super().capability_attributes
        silent = self.entity_description.silent
        return rows.without_unit(attributes) if silent else attributes

    @property
    @override
    def entity_picture(self) -> str | None:
        """Return the picture in place of the icon, none while it is unavailable."""
        if (read := self.entity_description.picture_fn) is None or not self.available:
            return None
        return read(self.coordinator)

    @override
    def _read(self) -> Value:
        if self.entity_description.kept and not self.coordinator.seen:
            return self._restored
        value = self.entity_description.value_fn(self.coordinator)
        if not self._is_temperature or not isinstance(value, int | float):
            return value
        return round(
            TemperatureConverter.convert(
                value, UnitOfTemperature.CELSIUS, self._temperature_unit
            )
        )

    @override
    def get_initial_entity_options(self) -> er.EntityOptionsType | None:
        """Return the options of a new sensor, one of them for voice."""
        options = super().get_initial_entity_options()
        if not self.entity_description.exposed:
            return options
        return {**(options or {}), **async_exposed_at_first(self.hass)}

    @property
    def _is_temperature(self) -> bool:
        own = self.entity_description.native_unit_of_measurement
        return own == UnitOfTemperature.CELSIUS

    @property
    def _temperature_unit(self) -> str:
        """Return the unit that this Home Assistant uses, or the one chosen for this sensor.

        Only a sensor that was taken over has one; its history is in that unit.
        """
        entry = self.registry_entry
        if entry is not None and (options := entry.options.get(SENSOR_DOMAIN)):
            chosen = options.get(CONF_UNIT_OF_MEASUREMENT)
            if isinstance(chosen, str) and chosen in TemperatureConverter.VALID_UNITS:
                return chosen
        return self.hass.config.units.temperature_unit

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """Return the unit; without a device class, Home Assistant converts nothing."""
        if self._is_temperature:
            return self._temperature_unit
        return self.entity_description.native_unit_of_measurement

    @property
    @override
    def native_value(self) -> Value:
        """Return the reading."""
        return self._read()


def _has_statistics(hass: HomeAssistant, unique_id: str | None) -> bool:
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id(SENSOR_DOMAIN, DOMAIN, str(unique_id))
    entity = registry.async_get(entity_id) if entity_id else None
    options = entity.options.get(DOMAIN) if entity else None
    return bool(options and options.get(OPTION_STATISTICS) is True)


def _lifetime_filament(coordinator: FlashForgeCoordinator) -> float | None:
    meters = coordinator.data.counters.filament
    return None if meters is None else round(meters, 1)


SENSORS: tuple[FlashForgeSensorDescription, ...] = (
    status(),
    *JOB_SENSORS,
    rows.nozzle_temperature("nozzle_temperature"),
    *(
        rows.nozzle_temperature(f"nozzle_{index + 1}_temperature", index + 1)
        for index in TOOL_INDEXES
    ),
    rows.temperature("bed_temperature", lambda state: state.bed),
    rows.temperature(
        "chamber_temperature",
        lambda state: state.chamber,
        exists=lambda state: state.chamber is not None,
        # Without a heater the reading is unproven (docs/protocol/detail.md §2).
        enabled_fn=lambda coordinator: coordinator.has(Feature.CHAMBER_HEATER),
    ),
    FlashForgeSensorDescription(
        key="active_slot",
        translation_key="active_slot",
        entity_category=EntityCategory.DIAGNOSTIC,
        # Without a state class, the activities would list every change of filament.
        state_class=SensorStateClass.MEASUREMENT,
        exists_fn=lambda coordinator: coordinator.data.station is not None,
        value_fn=lambda coordinator: (
            station.active_slot if (station := coordinator.data.station) else None
        ),
    ),
    FlashForgeSensorDescription(
        key="station_activity",
        translation_key="station_activity",
        silent=True,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.ENUM,
        options=[activity.value for activity in StationActivity],
        exists_fn=lambda coordinator: (
            coordinator.data.station is not None
            and not coordinator.has(Feature.TOOL_CHANGER)
        ),
        value_fn=lambda coordinator: (
            station.activity if (station := coordinator.data.station) else None
        ),
    ),
    *(spool(f"slot_{number}", number) for number in SLOT_NUMBERS),
    spool("direct_feed", DIRECT_FEED),
    FlashForgeSensorDescription(
        key="air_quality",
        translation_key="air_quality",
        device_class=SensorDeviceClass.VOLATILE_ORGANIC_COMPOUNDS,
        native_unit_of_measurement=UnitOfDensity.MICROGRAMS_PER_CUBIC_METER,
        # As a diagnostic entity it does not count as the air of the room.
        entity_category=EntityCategory.DIAGNOSTIC,
        state_class=SensorStateClass.MEASUREMENT,
        exists_fn=lambda coordinator: coordinator.data.air_quality is not None,
        value_fn=lambda coordinator: coordinator.data.air_quality,
    ),
    offline_reason(),
    FlashForgeSensorDescription(
        key="error",
        translation_key="error",
        device_class=SensorDeviceClass.ENUM,
        entity_category=EntityCategory.DIAGNOSTIC,
        options=[rows.NO_ERROR, *ERROR_KEYS],
        value_fn=rows.error,
        attributes_fn=rows.error_words,
    ),
    rows.preheat_remaining(),
    rows.total(
        "lifetime_print_time",
        lambda coordinator: coordinator.data.counters.print_time,
        SensorDeviceClass.DURATION,
        UnitOfTime.MINUTES,
        UnitOfTime.HOURS,
    ),
    rows.total(
        "lifetime_filament",
        _lifetime_filament,
        SensorDeviceClass.DISTANCE,
        UnitOfLength.METERS,
    ),
    FlashForgeSensorDescription(
        key="free_storage",
        translation_key="free_storage",
        kept=True,
        shown_offline=True,
        device_class=SensorDeviceClass.DATA_SIZE,
        state_class=SensorStateClass.MEASUREMENT,
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
)
