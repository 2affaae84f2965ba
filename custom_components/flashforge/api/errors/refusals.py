"""Why a command cannot go out, or did not work."""

from .base import FlashForgeError, InvalidError, NotConfirmedError, NotNowError


class FeedFailedError(FlashForgeError):
    """The printer shows the error ``code`` instead of moving filament."""

    key = "feed_failed"


class NotMovedError(NotConfirmedError):
    """The printer acknowledged a move and stayed where it was."""

    key = "not_moved"


class StartIgnoredError(NotConfirmedError):
    """The printer acknowledged the start of a stored file, and no print began.

    Some firmware never starts stored files (docs/protocol/http.md §6.1).
    """

    key = "start_ignored"


class StartNotShownError(NotConfirmedError):
    """The printer took an upload that was to be printed, and no print began."""

    key = "start_not_shown"


class NoJobError(NotNowError):
    """It takes effect only during a job (docs/protocol/http.md §4.2)."""

    key = "no_job"


class PlateClearError(NotNowError):
    """No finished or canceled print is on the build plate (docs/protocol/http.md §4.4)."""

    key = "plate_clear"


class NoActiveErrorError(NotNowError):
    """There is no error code to clear (docs/protocol/http.md §4.1)."""

    key = "no_active_error"


class JobRunsError(NotNowError):
    """A job is running that this would ruin (docs/design.md, law 10)."""

    key = "job_runs"


class NotReadyError(NotNowError):
    """No print can be started: a job is running, or the printer is busy otherwise."""

    key = "not_ready"


class PlateOccupiedError(NotNowError):
    """The last print is still on the build plate (docs/protocol/http.md §4.4)."""

    key = "plate_occupied"


class ErrorActiveError(NotNowError):
    """The printer shows the error ``code``, None when it does not report which."""

    key = "error_active"


class StationBusyError(NotNowError):
    """Filament is moving or a job is running, so no slot can be changed (docs/protocol/material-station.md §3)."""

    key = "station_busy"


class HotError(NotNowError):
    """A part is too hot for this; ``temperature`` is the highest, in °C (law 10)."""

    key = "too_hot"


class NotIdleError(NotNowError):
    """The printer has to be idle for this (docs/design.md, law 10)."""

    key = "not_idle"


class ColdError(NotNowError):
    """The nozzle is too cold to push filament; ``temperature`` is in °C (law 10)."""

    key = "too_cold"


class NothingToCalibrateError(InvalidError):
    """Neither leveling nor vibration was chosen."""

    key = "nothing_to_calibrate"


class SpeedNotTakenError(InvalidError):
    """The model does not support the speed ``value``; ``taken`` lists those it does, in percent."""

    key = "speed_not_taken"


class NoFileChosenError(NotNowError):
    """No file was chosen to be printed."""

    key = "no_file_chosen"


class NoStationError(NotNowError):
    """The material station is not plugged in (docs/protocol/material-station.md §1)."""

    key = "no_station"


class StationConnectedError(NotNowError):
    """The external spool cannot be fed while the station is plugged in (docs/protocol/material-station.md §4)."""

    key = "station_connected"


class SlotUnknownError(NotNowError):
    """The printer reports no ``slot`` of this number, which counts from 1."""

    key = "slot_unknown"


class SlotEmptyError(NotNowError):
    """There is no filament in the ``slot``, which counts from 1."""

    key = "slot_empty"


class SlotUnlabeledError(NotNowError):
    """Material or color of the ``slot`` are not set yet (docs/protocol/material-station.md §1)."""

    key = "slot_unlabeled"


class DirectFeedUnlabeledError(NotNowError):
    """Material or color of the external spool are not set yet."""

    key = "direct_feed_unlabeled"


class MaterialUnknownError(NotNowError):
    """A color alone does not label a spool whose material is not known."""

    key = "material_unknown"


class NothingLoadedError(NotNowError):
    """There is no filament in the extruder that could be unloaded."""

    key = "nothing_loaded"


class NothingToCancelError(NotNowError):
    """No filament, or not this one, is being loaded or unloaded."""

    key = "nothing_to_cancel"


class CannotCancelNowError(NotNowError):
    """The filament is already moving; only the heating before can be canceled (docs/protocol/material-station.md §4)."""

    key = "cannot_cancel_now"


class StartIgnoredBeforeError(NotNowError):
    """The ``firmware`` has ignored the start of a stored file before (docs/protocol/http.md §6.1)."""

    key = "start_ignored_before"


class GcodeError(InvalidError):
    """A ``line`` that is not valid G-code, and so is not sent."""

    key = "gcode_invalid"


class GcodeSessionError(GcodeError):
    """The ``line`` would break the connection over which it is sent."""

    key = "gcode_session"


class GcodeJobError(GcodeError):
    """The ``line`` changes jobs or files, for which there are actions with checks."""

    key = "gcode_job"


class GcodeWaitError(GcodeError):
    """After the ``line`` the printer accepts nothing until it is hot (docs/protocol/tcp.md §3)."""

    key = "gcode_wait"


class GcodeHarmfulError(GcodeError):
    """The ``line`` writes the printer's memory, or its effect is not known (docs/protocol/tcp.md §3)."""

    key = "gcode_harmful"


class GcodeLengthError(GcodeError):
    """There are too many lines, too long lines, or no lines."""

    key = "gcode_length"
