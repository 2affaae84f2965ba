"""The sensors of what a printer does and why it does not answer: rows for sensor.py."""

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import EntityCategory

from .api import Status
from .coordinator import FlashForgeCoordinator
from .entity import Attributes
from .sensor_rows import FlashForgeSensorDescription

STATUS_OFFLINE = "offline"
NO_REASON = "none"

OFFLINE_REASONS = (
    "busy",
    "lan_mode_off",
    "line_channel_broken",
    "line_channel_taken",
    "other_printer",
    "refused",
    "switched_off",
    "unreachable",
    "unreadable",
    "wrong_code",
    "wrong_serial",
)
"""Keys of the errors with which a poll can fail."""


def status() -> FlashForgeSensorDescription:
    """Describe what the printer does."""
    return FlashForgeSensorDescription(
        key="status",
        name=None,
        translation_key="status",
        device_class=SensorDeviceClass.ENUM,
        options=[*(status.value for status in Status), STATUS_OFFLINE],
        shown_offline=True,
        exposed=True,
        value_fn=lambda coordinator: (
            coordinator.data.status if coordinator.online else STATUS_OFFLINE
        ),
        attributes_fn=_status_attributes,
    )


def offline_reason() -> FlashForgeSensorDescription:
    """Describe why the printer does not answer."""
    return FlashForgeSensorDescription(
        key="offline_reason",
        translation_key="offline_reason",
        shown_offline=True,
        device_class=SensorDeviceClass.ENUM,
        entity_category=EntityCategory.DIAGNOSTIC,
        options=[NO_REASON, *OFFLINE_REASONS],
        value_fn=_offline_reason,
    )


def _status_attributes(coordinator: FlashForgeCoordinator) -> Attributes:
    state, problem = coordinator.data, coordinator.problem
    attributes: dict[str, object] = {"pending_command": coordinator.pending.kept}
    if not coordinator.online and problem is not None:
        attributes["offline_reason"] = problem.key
    elif state.status is None and state.raw_status:
        attributes["reported_status"] = state.raw_status
    return attributes


def _offline_reason(coordinator: FlashForgeCoordinator) -> str | None:
    """Return why the printer does not answer; None for a reason without a text."""
    if coordinator.online or (problem := coordinator.problem) is None:
        return NO_REASON if coordinator.online else None
    return problem.key if problem.key in OFFLINE_REASONS else None
