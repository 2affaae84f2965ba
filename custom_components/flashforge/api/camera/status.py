"""The states of a camera."""

from enum import StrEnum


class CameraStatus(StrEnum):
    """What the hub knows of the camera."""

    IDLE = "idle"
    """Nobody looks, and nothing was wrong when somebody last did."""
    CONNECTING = "connecting"
    STREAMING = "streaming"
    IN_USE = "in_use"
    """Another viewer has the camera's only place."""
    UNAVAILABLE = "unavailable"
    """No address, no answer, no stream, or no pictures in it."""


CONNECTED = frozenset({CameraStatus.CONNECTING, CameraStatus.STREAMING})
"""The camera serves us, or is about to."""
