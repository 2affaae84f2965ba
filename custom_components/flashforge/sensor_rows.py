"""What sensors of the same kind have in common: rows for the table in sensor.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    EntityCategory,
    UnitOfLength,
    UnitOfMass,
    UnitOfTemperature,
    UnitOfTime,
)

from .api import Heater, Job, PrinterState, Status
from .api.models.error_codes import error_key
from .coordinator import FlashForgeCoordinator
from .entity import Attributes, FlashForgeEntityDescription
from .printer.line_entities import ONCE_SHOWN
from .prints.preheat import preheat_of

NO_ERROR = "none"

_ABOVE = 0.36
"""A ten-thousandth of an hour in seconds."""

type Value = str | int | float | datetime | None
type Reader[ValueT] = Callable[[FlashForgeCoordinator], ValueT]


@dataclass(frozen=True, kw_only=True)
class FlashForgeSensorDescription(FlashForgeEntityDescription, SensorEntityDescription):
    """Describes a sensor; a ``kept`` one keeps its last value over a restart.

    ``picture_fn`` returns the address of a picture in place of the icon. A new one that is
    ``exposed`` is known to the default assistant from the start. One that is ``silent``
    writes no line into the activity: the event of a print tells the same.
    """

    value_fn: Reader[Value]
    picture_fn: Reader[str | None] | None = None
    kept: bool = False
    exposed: bool = False
    silent: bool = False

    @override
    def exists(self, coordinator: FlashForgeCoordinator) -> bool:
        """Return whether the printer has it; an unknown model has what it reports."""
        model = coordinator.printer.model
        sure = model.pid is not None or model.commands is not None
        if model.commands is not None and self.key in ONCE_SHOWN:
            sure = False
        return super().exists(coordinator) and (
            sure or self.value_fn(coordinator) is not None
        )


def without_unit(attributes: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the attributes of a silent text sensor.

    The activity leaves out a sensor that has the attribute of a unit, even without a unit.
    The price is its history, which Home Assistant draws as a line and not as a band.
    """
    return {**(attributes or {}), ATTR_UNIT_OF_MEASUREMENT: None}


def error(coordinator: FlashForgeCoordinator) -> str | None:
    """Return the key of the active error's text, None for an unknown code."""
    code = coordinator.data.error_code
    return error_key(code, coordinator.printer.model) if code else NO_ERROR


def error_words(coordinator: FlashForgeCoordinator) -> Attributes:
    """Return the code of the active error, and the keys of its cause and its cure."""
    code = coordinator.data.error_code
    key = error_key(code, coordinator.printer.model) if code else None
    return {"code": code, "cause": key, "cure": key}


def temperature(
    key: str,
    part: Callable[[PrinterState], Heater | None],
    *,
    number: int | None = None,
    exists: Callable[[PrinterState], bool] = lambda _: True,
    enabled_fn: Reader[bool] | None = None,
) -> FlashForgeSensorDescription:
    """Describe the temperature of a heated part, in whole degrees.

    A held heater varies by some tenths all the time, which would fill the database. The
    class *temperature* is left out on purpose: automations, voice and averages of an area
    take everything that has it for the temperature of the room.
    """

    def degrees(coordinator: FlashForgeCoordinator) -> int | None:
        heater = part(coordinator.data)
        if heater is None or heater.temperature is None:
            return None
        return round(heater.temperature)

    return FlashForgeSensorDescription(
        key=key,
        translation_key="nozzle_n_temperature" if number else key,
        number=number,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        enabled_fn=enabled_fn,
        exists_fn=lambda coordinator: exists(coordinator.data),
        value_fn=degrees,
    )


def nozzle_temperature(
    key: str, number: int | None = None
) -> FlashForgeSensorDescription:
    """Describe the temperature of a nozzle; ``number`` is None for the only one."""
    index = (number or 1) - 1
    return temperature(
        key,
        lambda state: state.nozzle(index),
        number=number,
        exists=lambda state: state.has_nozzle(number),
    )


def job_of(coordinator: FlashForgeCoordinator) -> Job:
    """Return the job, one without any values when there is none.

    A printer without a job reports 0 %, layer 0 and the like, and some of the older ones
    never name the file of the job that they have.
    """
    state = coordinator.data
    may_be = state.may_have_job or state.job.file is not None or state.job.progress
    return state.job if may_be and state.status is not Status.IDLE else Job()


def filament_length(key: str, *, used: bool) -> FlashForgeSensorDescription:
    """Describe the length of the filament that is used so far, or of the whole job."""
    return FlashForgeSensorDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.DISTANCE,
        # Other integrations kept statistics of it, which go on after a take-over.
        state_class=SensorStateClass.MEASUREMENT if used else None,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_display_precision=2,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=used,
        value_fn=_amount(lambda job: job.filament_length, used=used),
    )


def filament_weight(key: str, *, used: bool) -> FlashForgeSensorDescription:
    """Describe the weight of the filament that is used so far, or of the whole job."""
    return FlashForgeSensorDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.WEIGHT,
        # Other integrations kept statistics of it, which go on after a take-over.
        state_class=SensorStateClass.MEASUREMENT if used else None,
        native_unit_of_measurement=UnitOfMass.GRAMS,
        suggested_display_precision=1,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=used,
        value_fn=_amount(lambda job: job.filament_weight, used=used),
    )


def _amount(
    whole: Callable[[Job], float | None], *, used: bool
) -> Reader[float | None]:
    def of_job(coordinator: FlashForgeCoordinator) -> float | None:
        return whole(job_of(coordinator))

    def used_so_far(coordinator: FlashForgeCoordinator) -> float | None:
        job = job_of(coordinator)
        if (needed := whole(job)) is None or job.progress is None:
            return None
        return round(needed * job.progress / 100, 3)

    return used_so_far if used else of_job


def whole_minutes(
    key: str,
    seconds: Reader[float | None],
    category: EntityCategory | None = None,
) -> FlashForgeSensorDescription:
    """Describe a time of the job; the reader rounds it to whole minutes, in seconds.

    Home Assistant's frontend shows a duration as hours and minutes only if it is in hours,
    and cuts off what is less than a minute. So it must not be less by a rounding.
    """

    def shown(coordinator: FlashForgeCoordinator) -> float | None:
        whole = seconds(coordinator)
        return whole + _ABOVE if whole else whole

    return FlashForgeSensorDescription(
        key=key,
        translation_key=key,
        entity_category=category,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.HOURS,
        suggested_display_precision=4,
        value_fn=shown,
    )


def preheat_remaining() -> FlashForgeSensorDescription:
    """Describe the minutes until what was preheated is switched off."""
    return FlashForgeSensorDescription(
        key="preheat_remaining",
        translation_key="preheat_remaining",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda coordinator: (
            preheat.minutes_left if (preheat := preheat_of(coordinator)) else None
        ),
    )


def total(
    key: str,
    value: Reader[float | None],
    device_class: SensorDeviceClass,
    unit: str,
    shown_unit: str | None = None,
) -> FlashForgeSensorDescription:
    """Describe a total over the printer's life."""
    return FlashForgeSensorDescription(
        key=key,
        translation_key=key,
        kept=True,
        shown_offline=True,
        device_class=device_class,
        native_unit_of_measurement=unit,
        suggested_unit_of_measurement=shown_unit,
        suggested_display_precision=1,
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=value,
    )
