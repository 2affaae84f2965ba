"""Why a command cannot go out, or did not work."""

from .base import FlashForgeError, InvalidError, NotConfirmedError, NotNowError


class FeedFailedError(FlashForgeError, key="feed_failed"):
    """The printer shows the error ``code`` instead of moving filament."""


class LightUnknownError(NotNowError, key="light_unknown"):
    """The printer does not report its light, and was not told anything about it yet."""


class PrinterNameError(InvalidError, key="printer_name"):
    """A printer that only speaks lines cannot have this name."""


class NotMovedError(NotConfirmedError, key="not_moved"):
    """The printer acknowledged a move and stayed where it was."""


class BeyondTravelError(NotNowError, key="beyond_travel"):
    """The ``axis`` stands at ``place`` and moves only from ``low`` to ``high``, in mm."""


class StartIgnoredError(NotConfirmedError, key="start_ignored"):
    """The printer acknowledged the start of a stored file, and no print began.

    Some firmware never starts stored files (docs/protocol/http.md §6.1).
    """


class StartNotShownError(NotConfirmedError, key="start_not_shown"):
    """The printer took an upload that was to be printed, and no print began."""


class NoJobError(NotNowError, key="no_job"):
    """It takes effect only during a job (docs/protocol/http.md §4.2)."""


class PlateClearError(NotNowError, key="plate_clear"):
    """No finished or canceled print is on the build plate (docs/protocol/http.md §4.4)."""


class NoActiveErrorError(NotNowError, key="no_active_error"):
    """There is no error code to clear (docs/protocol/http.md §4.1)."""


class JobRunsError(NotNowError, key="job_runs"):
    """A job is running that this would ruin (docs/design.md, law 10)."""


class NotReadyError(NotNowError, key="not_ready"):
    """No print can be started: a job is running, or the printer is busy otherwise."""


class PlateOccupiedError(NotNowError, key="plate_occupied"):
    """The last print is still on the build plate (docs/protocol/http.md §4.4)."""


class ErrorActiveError(NotNowError, key="error_active"):
    """The printer shows the error ``code``, None when it does not report which."""


class StationBusyError(NotNowError, key="station_busy"):
    """Filament is moving or a job is running, so no slot can be changed (docs/protocol/material-station.md §3)."""


class HotError(NotNowError, key="too_hot"):
    """A part is too hot for this; ``temperature`` is the highest, in °C (law 10)."""


class NotIdleError(NotNowError, key="not_idle"):
    """The printer has to be idle for this (docs/design.md, law 10)."""


class ColdError(NotNowError, key="too_cold"):
    """The nozzle is too cold to push filament; ``temperature`` is in °C (law 10)."""


class NothingToCalibrateError(InvalidError, key="nothing_to_calibrate"):
    """Neither leveling nor vibration was chosen."""


class TargetTooHighError(InvalidError, key="target_too_high"):
    """The model cannot be heated to ``wanted`` °C, only to ``most``."""


class SpeedNotTakenError(InvalidError, key="speed_not_taken"):
    """The model does not support the speed ``value``; ``taken`` lists those it does, in percent."""


class NoFileChosenError(NotNowError, key="no_file_chosen"):
    """No file was chosen to be printed."""


class NoLastPrintError(NotNowError, key="no_last_print"):
    """It is not known which file was printed last."""


class NoStationError(NotNowError, key="no_station"):
    """The material station is not plugged in (docs/protocol/material-station.md §1)."""


class StationConnectedError(NotNowError, key="station_connected"):
    """The external spool cannot be fed while the station is plugged in (docs/protocol/material-station.md §4)."""


class SlotUnknownError(NotNowError, key="slot_unknown"):
    """The printer reports no ``slot`` of this number, which counts from 1."""


class SlotEmptyError(NotNowError, key="slot_empty"):
    """There is no filament in the ``slot``, which counts from 1."""


class SlotUnlabeledError(NotNowError, key="slot_unlabeled"):
    """Material or color of the ``slot`` are not set yet (docs/protocol/material-station.md §1)."""


class DirectFeedUnlabeledError(NotNowError, key="direct_feed_unlabeled"):
    """Material or color of the external spool are not set yet."""


class MaterialUnknownError(NotNowError, key="material_unknown"):
    """A color alone does not label a spool whose material is not known."""


class NothingLoadedError(NotNowError, key="nothing_loaded"):
    """There is no filament in the extruder that could be unloaded."""


class NothingToCancelError(NotNowError, key="nothing_to_cancel"):
    """No filament, or not this one, is being loaded or unloaded."""


class CannotCancelNowError(NotNowError, key="cannot_cancel_now"):
    """The filament is already moving; only the heating before can be canceled (docs/protocol/material-station.md §4)."""


class StartIgnoredBeforeError(NotNowError, key="start_ignored_before"):
    """The ``firmware`` has ignored the start of a stored file before (docs/protocol/http.md §6.1)."""


class GcodeError(InvalidError, key="gcode_invalid"):
    """A ``line`` that is not valid G-code, and so is not sent."""


class GcodeSessionError(GcodeError, key="gcode_session"):
    """The ``line`` would break the connection over which it is sent."""


class GcodeJobError(GcodeError, key="gcode_job"):
    """The ``line`` changes jobs or files, for which there are actions with checks."""


class GcodeWaitError(GcodeError, key="gcode_wait"):
    """After the ``line`` the printer accepts nothing until it is hot (docs/protocol/tcp.md §3)."""


class GcodeHarmfulError(GcodeError, key="gcode_harmful"):
    """The ``line`` writes the printer's memory, or its effect is not known (docs/protocol/tcp.md §3)."""


class GcodeLengthError(GcodeError, key="gcode_length"):
    """There are too many lines, too long lines, or no lines."""
