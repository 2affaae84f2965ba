"""The states of a camera."""

from enum import StrEnum


class CameraStatus(StrEnum):
    """The status of a camera as the hub last saw it."""

    IDLE = "idle"
    """There is no viewer, and the last one saw pictures."""
    CONNECTING = "connecting"
    STREAMING = "streaming"
    IN_USE = "in_use"
    """Another viewer has the camera's only place."""
    UNAVAILABLE = "unavailable"
    """No address, no answer, no stream, or no pictures in it."""


CONNECTED = frozenset({CameraStatus.CONNECTING, CameraStatus.STREAMING})
"""The camera serves us, or is about to."""
