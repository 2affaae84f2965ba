"""The states of a machine, independent of the words that a firmware has for them."""

from enum import StrEnum


class Status(StrEnum):
    """What a machine is doing."""

    OFF = "off"
    READY = "ready"
    BUSY = "busy"
    CALIBRATING = "calibrating"
    STARTING = "starting"
    HEATING = "heating"
    PRINTING = "printing"
    PAUSING = "pausing"
    PAUSED = "paused"
    CANCELING = "canceling"
    CANCELED = "canceled"
    COMPLETED = "completed"
    ERROR = "error"


WARM_UP = frozenset({Status.STARTING, Status.CALIBRATING, Status.HEATING})
"""What comes before the first extrusion of a job."""

JOB_RUNS = WARM_UP | {Status.PRINTING, Status.PAUSING, Status.PAUSED}
"""A job is under way and can still go on."""

PLATE_TO_CLEAR = frozenset({Status.COMPLETED, Status.CANCELED})
"""The job is over and the plate waits to be cleared (docs/protocol/http.md §4.4)."""


class NotNowError(RuntimeError):
    """The machine's screen would not offer that in its present state."""
