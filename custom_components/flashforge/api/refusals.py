"""What the state of a printer forbids: one type for each next step of the person."""

from collections.abc import Iterable
from typing import ClassVar, override

from .errors import InvalidError, NotNowError


class NoJobError(NotNowError):
    """It takes effect only while a job runs (docs/protocol/http.md §4.2)."""

    key: ClassVar[str] = "no_job"


class PlateClearError(NotNowError):
    """There is no finished or canceled print on the plate (docs/protocol/http.md §4.4)."""

    key: ClassVar[str] = "plate_clear"


class NoActiveErrorError(NotNowError):
    """There is no error code to clear (docs/protocol/http.md §4.1)."""

    key: ClassVar[str] = "no_active_error"


class JobRunsError(NotNowError):
    """A job runs that this would ruin (docs/design.md, law 10)."""

    key: ClassVar[str] = "job_runs"


class NotReadyError(NotNowError):
    """No print can be started: a job runs, or the printer does something else."""

    key: ClassVar[str] = "not_ready"


class PlateOccupiedError(NotNowError):
    """The last print still lies on the plate (docs/protocol/http.md §4.4)."""

    key: ClassVar[str] = "plate_occupied"


class ErrorActiveError(NotNowError):
    """Something is wrong with the printer; ``code`` is None when it does not say what."""

    key: ClassVar[str] = "error_active"

    def __init__(self, code: str | None) -> None:
        """Keep the printer's error code."""
        super().__init__(f"error {code}")
        self.code = code

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the code as the printer's screen shows it."""
        return {"code": self.code or "–"}


class StationBusyError(NotNowError):
    """Filament moves, or a job runs, so no slot can be changed (docs/protocol/material-station.md §3)."""

    key: ClassVar[str] = "station_busy"


class HotError(NotNowError):
    """Something is too hot for this; ``temperature`` is the highest, in °C (law 10)."""

    key: ClassVar[str] = "too_hot"

    def __init__(self, temperature: float) -> None:
        """Keep how hot it is."""
        super().__init__(f"{temperature} °C")
        self.temperature = temperature

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the temperature in whole degrees."""
        return {"temperature": str(round(self.temperature))}


class NotIdleError(NotNowError):
    """It needs a printer that does nothing else (docs/design.md, law 10)."""

    key: ClassVar[str] = "not_idle"


class ColdError(NotNowError):
    """The nozzle is too cold to push filament; ``temperature`` is in °C (law 10)."""

    key: ClassVar[str] = "too_cold"

    def __init__(self, temperature: float | None) -> None:
        """Keep how cold it is, None when nobody knows."""
        super().__init__(f"{temperature} °C")
        self.temperature = temperature

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the temperature in whole degrees."""
        shown = "?" if self.temperature is None else str(round(self.temperature))
        return {"temperature": shown}


class NothingToCalibrateError(InvalidError):
    """Neither leveling nor vibration was chosen."""

    key: ClassVar[str] = "nothing_to_calibrate"


class SpeedNotTakenError(InvalidError):
    """The model takes no such speed factor; ``taken`` are those it takes, in percent."""

    key: ClassVar[str] = "speed_not_taken"

    def __init__(self, percent: float, taken: Iterable[int]) -> None:
        """Keep what was asked for, and what could be."""
        super().__init__(f"{percent:g} %")
        self.percent = percent
        self.taken = tuple(taken)

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the numbers as a person writes them."""
        return {
            "value": f"{self.percent:g}",
            "taken": ", ".join(str(each) for each in self.taken),
        }


class NoFileChosenError(NotNowError):
    """Nobody has said which file to print."""

    key: ClassVar[str] = "no_file_chosen"


class NoStationError(NotNowError):
    """The material station is not plugged in (docs/protocol/material-station.md §1)."""

    key: ClassVar[str] = "no_station"


class StationConnectedError(NotNowError):
    """The direct feed moves nothing while the station is plugged in (docs/protocol/material-station.md §4)."""

    key: ClassVar[str] = "station_connected"


class SlotError(NotNowError):
    """Something is the matter with one slot, whose number from 1 is ``slot``."""

    def __init__(self, slot: int) -> None:
        """Keep which slot it is."""
        super().__init__(f"slot {slot}")
        self.slot = slot

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the number on the printer's screen."""
        return {"slot": str(self.slot)}


class SlotUnknownError(SlotError):
    """The printer reports no such slot."""

    key: ClassVar[str] = "slot_unknown"


class SlotEmptyError(SlotError):
    """There is no filament in the slot."""

    key: ClassVar[str] = "slot_empty"


class SlotUnlabeledError(SlotError):
    """What is in the slot has no material or color yet (docs/protocol/material-station.md §1)."""

    key: ClassVar[str] = "slot_unlabeled"


class DirectFeedUnlabeledError(NotNowError):
    """What is on the direct feed has no material or color yet."""

    key: ClassVar[str] = "direct_feed_unlabeled"


class MaterialUnknownError(NotNowError):
    """A color alone is no label: the material is not known either."""

    key: ClassVar[str] = "material_unknown"


class NothingLoadedError(NotNowError):
    """There is no filament in the extruder that could be unloaded."""

    key: ClassVar[str] = "nothing_loaded"


class NothingToCancelError(NotNowError):
    """No filament, or not this one, is being loaded or unloaded."""

    key: ClassVar[str] = "nothing_to_cancel"


class CannotCancelNowError(NotNowError):
    """Filament moves already; only the heating before it can be canceled (docs/protocol/material-station.md §4)."""

    key: ClassVar[str] = "cannot_cancel_now"


class StartIgnoredBeforeError(NotNowError):
    """The firmware was seen to ignore the start of a stored file (docs/protocol/http.md §6.1)."""

    key: ClassVar[str] = "start_ignored_before"

    def __init__(self, firmware: str) -> None:
        """Keep the version of the firmware."""
        super().__init__(firmware)
        self.firmware = firmware

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the version of the firmware."""
        return {"firmware": self.firmware}


class FileForOtherPrinterError(NotNowError):
    """The file was ``sliced`` for another printer than this ``printer``."""

    key: ClassVar[str] = "file_for_other_printer"

    def __init__(self, sliced: str, printer: str) -> None:
        """Keep the names of both."""
        super().__init__(f"sliced for {sliced}")
        self.sliced = sliced
        self.printer = printer

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return both names."""
        return {"sliced": self.sliced, "printer": self.printer}


class PrintTooLargeError(NotNowError):
    """The print has a ``size`` that the ``bed`` does not have; both in mm."""

    key: ClassVar[str] = "print_too_large"

    def __init__(self, size: str, bed: str) -> None:
        """Keep both sizes."""
        super().__init__(f"{size} on {bed}")
        self.size = size
        self.bed = bed

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return both sizes."""
        return {"size": self.size, "bed": self.bed}


class ToolsUnknownError(NotNowError):
    """Nobody can read what the file prints with, and the station holds several spools."""

    key: ClassVar[str] = "file_tools_unknown"
