"""The states of a machine, independent of the words that a firmware has for them."""

from enum import StrEnum


class Status(StrEnum):
    """The state of a machine."""

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
"""The states before the first extrusion of a job."""

JOB_RUNS = WARM_UP | {Status.PRINTING, Status.PAUSING, Status.PAUSED}
"""The states in which a job is running or paused."""

PLATE_TO_CLEAR = frozenset({Status.COMPLETED, Status.CANCELED})
"""The states in which the plate has to be cleared before the next job (docs/protocol/http.md §4.4)."""


class NotNowError(RuntimeError):
    """The machine cannot do this in its present state."""
