"""The sensors about the job: rows for the table in sensor.py."""

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfSpeed

from . import sensor_rows as rows
from .api import Feature
from .coordinator import FlashForgeCoordinator
from .entity import Attributes
from .sensor_rows import FlashForgeSensorDescription


def _elapsed(coordinator: FlashForgeCoordinator) -> float | None:
    """Round down to minutes: seconds would only fill the database."""
    seconds = rows.job_of(coordinator).elapsed
    return None if seconds is None else seconds // 60 * 60


def _remaining(coordinator: FlashForgeCoordinator) -> float | None:
    """Round up to minutes, so that it is 0 only at the end."""
    seconds = coordinator.jobs.remaining
    return None if seconds is None else -(-seconds // 60) * 60


def _upload_progress(coordinator: FlashForgeCoordinator) -> int | None:
    return upload.percent if (upload := coordinator.uploads.current) else None


def _upload_attributes(coordinator: FlashForgeCoordinator) -> Attributes:
    return {"file": upload.file if (upload := coordinator.uploads.current) else None}


def _last_print(coordinator: FlashForgeCoordinator) -> str | None:
    return last.file if (last := coordinator.job_log.prints.last) else None


def _last_print_attributes(coordinator: FlashForgeCoordinator) -> Attributes:
    """Return what is known about the last print, without what is not."""
    if (last := coordinator.job_log.prints.last) is None:
        return {}
    known = {
        "result": last.result,
        "start": last.began.isoformat() if last.began else None,
        "end": last.ended.isoformat() if last.ended else None,
        "duration": None if last.duration is None else round(last.duration),
        "filament_weight": last.weight,
        "slots": list(last.slots) or None,
    }
    return {name: value for name, value in known.items() if value is not None}


JOB_SENSORS: tuple[FlashForgeSensorDescription, ...] = (
    FlashForgeSensorDescription(
        key="progress",
        translation_key="progress",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda coordinator: rows.job_of(coordinator).progress,
    ),
    FlashForgeSensorDescription(
        key="current_layer",
        translation_key="current_layer",
        entity_category=EntityCategory.DIAGNOSTIC,
        # Without a state class, the activities would list every layer.
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda coordinator: rows.job_of(coordinator).layer,
    ),
    FlashForgeSensorDescription(
        key="total_layers",
        translation_key="total_layers",
        entity_category=EntityCategory.DIAGNOSTIC,
        # For the same reason as the current layer.
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda coordinator: rows.job_of(coordinator).total_layers,
    ),
    FlashForgeSensorDescription(
        key="file",
        translation_key="file",
        kept=True,
        shown_offline=True,
        value_fn=lambda coordinator: coordinator.data.job.file,
    ),
    FlashForgeSensorDescription(
        key="last_print",
        translation_key="last_print",
        shown_offline=True,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=_last_print,
        attributes_fn=_last_print_attributes,
    ),
    FlashForgeSensorDescription(
        key="upload_progress",
        translation_key="upload_progress",
        entity_category=EntityCategory.DIAGNOSTIC,
        native_unit_of_measurement=PERCENTAGE,
        value_fn=_upload_progress,
        attributes_fn=_upload_attributes,
    ),
    rows.whole_minutes("elapsed_time", _elapsed, EntityCategory.DIAGNOSTIC),
    rows.whole_minutes("remaining_time", _remaining),
    FlashForgeSensorDescription(
        key="finish_time",
        translation_key="finish_time",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda coordinator: coordinator.jobs.finish,
    ),
    FlashForgeSensorDescription(
        key="print_speed",
        translation_key="print_speed",
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.SPEED,
        native_unit_of_measurement=UnitOfSpeed.MILLIMETERS_PER_SECOND,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: rows.job_of(coordinator).speed,
    ),
    rows.filament_length("filament_used", used=True),
    rows.filament_weight("filament_weight_used", used=True),
    rows.filament_length("job_filament", used=False),
    rows.filament_weight("job_filament_weight", used=False),
    FlashForgeSensorDescription(
        key="material",
        translation_key="material",
        entity_category=EntityCategory.DIAGNOSTIC,
        exists_fn=lambda coordinator: coordinator.has(Feature.JOB_MATERIAL),
        value_fn=lambda coordinator: coordinator.data.material,
    ),
    FlashForgeSensorDescription(
        key="infill",
        translation_key="infill",
        entity_category=EntityCategory.DIAGNOSTIC,
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
        entity_registry_enabled_default=False,
        value_fn=lambda coordinator: rows.job_of(coordinator).infill,
    ),
)
