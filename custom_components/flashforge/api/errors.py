"""What can go wrong between us and a printer, as types.

Each type is one situation that a person handles in one way. ``key`` names the situation:
config flow, polling and commands all look up their text by it, so a new type needs no
new branch anywhere, only its translations.
"""

from collections.abc import Iterable
from typing import ClassVar, override

from .texts import one_line


class FlashForgeError(Exception):
    """Base of everything this package raises."""

    key: ClassVar[str] = "unknown"

    @override
    def __str__(self) -> str:
        """Return what is logged; it may quote the printer, so it is one line."""
        return one_line(super().__str__())

    @property
    def placeholders(self) -> dict[str, str]:
        """Facts for the text of this error, by placeholder name."""
        return {}


class UnreachableError(FlashForgeError):
    """Nothing answered: no route, no listener, or silence until the deadline.

    ``refused`` is True when the host answered that nobody listens on the port, which a
    printer does that is shutting down or has LAN mode off (docs/protocol/README.md §4).
    ``unresolved`` is True when the address is no address, nor a name that anybody knows.
    ``silent`` is True when somebody took the request and did not answer in time.
    """

    key: ClassVar[str] = "unreachable"

    def __init__(
        self,
        message: str,
        *,
        refused: bool = False,
        unresolved: bool = False,
        silent: bool = False,
    ) -> None:
        """Keep whether the connection was refused, led nowhere, or stayed silent."""
        super().__init__(message)
        self.silent = silent
        self.refused = refused
        self.unresolved = unresolved


class SwitchedOffError(FlashForgeError):
    """The printer is known to have no power, so it was not even asked."""

    key: ClassVar[str] = "switched_off"


class UnreadableError(FlashForgeError):
    """Something answered, but not with an envelope of a printer (docs/protocol/http.md §1)."""

    key: ClassVar[str] = "unreadable"


class EmptyAnswerError(UnreadableError):
    """The printer said that all is well, and left out what it was asked for."""


class MissingEndpointError(UnreadableError):
    """The firmware has no such endpoint: HTTP 404 (docs/protocol/http.md §2)."""


class RefusedError(FlashForgeError):
    """The printer answered with a result code other than success.

    ``code`` is the printer's number, None when it sent none; ``reason`` its text as sent.
    """

    key: ClassVar[str] = "refused"

    def __init__(self, code: int | None, reason: str) -> None:
        """Keep the printer's own words for the person who reads the error."""
        super().__init__(f"code {code}: {reason}")
        self.code = code
        self.reason = reason

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the pair as the printer sent it."""
        code = "–" if self.code is None else str(self.code)
        return {"code": code, "reason": self.reason}


class WrongCodeError(RefusedError):
    """The check code is not the printer's (docs/protocol/http.md §3)."""

    key: ClassVar[str] = "wrong_code"


class WrongSerialError(RefusedError):
    """The serial number is not the printer's (docs/protocol/http.md §3)."""

    key: ClassVar[str] = "wrong_serial"


class LanModeError(RefusedError):
    """LAN mode is switched off at the printer (docs/protocol/http.md §3)."""

    key: ClassVar[str] = "lan_mode_off"


class BusyError(RefusedError):
    """The printer is busy and takes no such request now (docs/protocol/http.md §3)."""

    key: ClassVar[str] = "busy"


class MissingFileError(RefusedError):
    """The printer does not hold the named file (docs/protocol/http.md §3)."""

    key: ClassVar[str] = "file_missing"


class OtherPrinterError(FlashForgeError):
    """A different printer answers at the address (docs/design.md, law 4)."""

    key: ClassVar[str] = "other_printer"


class LineChannelError(FlashForgeError):
    """The line channel does not answer, or broke off (docs/protocol/tcp.md §2)."""

    key: ClassVar[str] = "line_channel_broken"


class LineChannelTakenError(FlashForgeError):
    """Another program controls the printer over the line channel (docs/protocol/tcp.md §2)."""

    key: ClassVar[str] = "line_channel_taken"


class UnsupportedError(FlashForgeError):
    """The model has no such function (docs/protocol/http.md §4.1)."""

    key: ClassVar[str] = "unsupported"


class UnsupportedOptionError(UnsupportedError):
    """The model, or its firmware, has no such option for a print (docs/protocol/http.md §6)."""

    key: ClassVar[str] = "unsupported_option"

    def __init__(self, option: str) -> None:
        """Keep which option it is."""
        super().__init__(option)
        self.option = option

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the option by its name in ``state.PrintOptions``."""
        return {"option": self.option}


class InvalidError(FlashForgeError):
    """What was asked for makes no sense, whatever the printer does."""

    key: ClassVar[str] = "invalid"


class NotNowError(FlashForgeError):
    """The printer's state forbids it; ``key`` says which state is needed."""

    key: ClassVar[str] = "not_now"


class FeedFailedError(FlashForgeError):
    """The printer answered with an error code instead of moving filament."""

    key: ClassVar[str] = "feed_failed"

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(f"error {code}")
        self.code = code

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the code as the screen shows it."""
        return {"code": self.code}


class NotConfirmedError(FlashForgeError):
    """The printer acknowledged a command and then did not show it in time.

    An acknowledgement proves nothing on these printers (docs/protocol/http.md §4).
    """

    key: ClassVar[str] = "not_confirmed"


class NotMovedError(NotConfirmedError):
    """The printer acknowledged a move and stayed where it was."""

    key: ClassVar[str] = "not_moved"


class StartIgnoredError(NotConfirmedError):
    """The printer acknowledged the start of a stored file and began nothing.

    Some firmware never does (docs/protocol/http.md §6.1).
    """

    key: ClassVar[str] = "start_ignored"


class StartNotShownError(NotConfirmedError):
    """The printer took an upload that was to be printed, and began nothing."""

    key: ClassVar[str] = "start_not_shown"


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


class LocalFileError(FlashForgeError):
    """A file on our side is not there, or may not be read."""

    key: ClassVar[str] = "file_missing_here"

    def __init__(self, file: str) -> None:
        """Keep the name of the file, without its folder."""
        super().__init__(file)
        self.file = file

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the name."""
        return {"file": self.file}


class UnreadableFileError(LocalFileError):
    """A file on our side is surely no print file: empty, cut off or of another kind."""

    key: ClassVar[str] = "file_unreadable"


class NotSlicedError(UnreadableFileError):
    """A 3mf on our side holds a model, and nothing that a printer could print."""

    key: ClassVar[str] = "file_not_sliced"


class UploadRunsError(NotNowError):
    """Another file is on its way to this printer."""

    key: ClassVar[str] = "upload_runs"

    def __init__(self, file: str) -> None:
        """Keep which file that is."""
        super().__init__(file)
        self.file = file

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return which file that is."""
        return {"file": self.file}


class UploadError(FlashForgeError):
    """A file did not get to the printer; no print began.

    ``percent`` of it were sent until then. The kinds of it are in ``upload_errors``.
    """

    key: ClassVar[str] = "upload_failed"

    def __init__(self, message: str, *, percent: int = 0) -> None:
        """Keep how far it got."""
        super().__init__(message)
        self.percent = percent

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return how far it got."""
        return {"percent": str(self.percent)}


class UploadStalledError(UploadError):
    """The printer took no more of the file (docs/protocol/http.md §7)."""

    key: ClassVar[str] = "upload_stalled"


class UploadTooSlowError(UploadError):
    """The time for an upload ran out before the file was sent (docs/protocol/http.md §7)."""

    key: ClassVar[str] = "upload_too_slow"


class UploadCanceledError(UploadError):
    """Somebody canceled the upload."""

    key: ClassVar[str] = "upload_canceled"


class UploadUnansweredError(UploadError):
    """The whole file was sent and the printer did not say what became of it.

    The one upload error after which the file may be stored and the print begun.
    """

    key: ClassVar[str] = "upload_unanswered"


class FileChangedError(UploadError):
    """The local file was changed after it was read, so that it was not sent whole."""

    key: ClassVar[str] = "file_changed"


class FileUnreadableError(UploadError):
    """The local file is not there, is no file or cannot be read."""

    key: ClassVar[str] = "file_lost"


class UnfitFileError(UploadError):
    """The file is none for this printer; ``key`` says why. Nothing was sent."""

    key: ClassVar[str] = "file_unfit"


class FileNameError(UnfitFileError):
    """The name cannot be that of a file on a printer (docs/protocol/http.md §7)."""

    key: ClassVar[str] = "file_name"


class EmptyFileError(UnfitFileError):
    """There is nothing in the file."""

    key: ClassVar[str] = "file_empty"


class FileTypeError(UnfitFileError):
    """The printer takes no files with such a suffix; it takes those in ``types``."""

    key: ClassVar[str] = "file_type"

    def __init__(self, types: tuple[str, ...]) -> None:
        """Keep what it takes."""
        super().__init__(f"not one of {types}")
        self.types = types

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return what it takes, as a person would list it."""
        return {"types": ", ".join(self.types)}


class StartTypeError(FileTypeError):
    """The printer stores such files but starts none of them (docs/protocol/http.md §7)."""

    key: ClassVar[str] = "file_type_start"


class WouldReplaceError(UnfitFileError):
    """A file of this name is stored, and nobody knows that its content is the same.

    The printer would overwrite it without a word (docs/protocol/http.md §7).
    """

    key: ClassVar[str] = "would_replace"

    def __init__(self, name: str) -> None:
        """Keep the name that the file has on the printer."""
        super().__init__(name)
        self.name = name

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the name."""
        return {"file": self.name}


class NoSpaceError(UnfitFileError):
    """The file is larger than what the printer has free, both in bytes."""

    key: ClassVar[str] = "no_space"

    def __init__(self, needs: int, has: float) -> None:
        """Keep what is needed and what there is."""
        super().__init__(f"needs {needs}, has {has:.0f}")
        self.needs = needs
        self.has = has

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return both in whole megabytes, rounded so that they cannot look alike."""
        megabyte = 1_000_000
        return {
            "needs": str(-(-self.needs // megabyte)),
            "has": str(int(self.has // megabyte)),
        }


class MatchingError(NotNowError):
    """The tools of a file and the printer's slots do not go together.

    Its facts are the placeholders of its text; tools and slots count from 1 there.
    """

    def __init__(self, **facts: str | int) -> None:
        """Keep what the text needs."""
        super().__init__(", ".join(f"{name} {fact}" for name, fact in facts.items()))
        self.facts = {name: str(fact) for name, fact in facts.items()}

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the facts."""
        return self.facts


class MaterialMismatchError(MatchingError):
    """No slot holds the material of ``tool``: ``wanted``, and ``held`` by the slots."""

    key: ClassVar[str] = "material_mismatch"


class SlotMismatchError(MaterialMismatchError):
    """The ``slot`` that was chosen for ``tool`` holds ``held`` and not ``wanted``."""

    key: ClassVar[str] = "slot_mismatch"


class TooFewSlotsError(MatchingError):
    """Each tool has slots that fit, but there are not enough for all of ``wanted``."""

    key: ClassVar[str] = "too_few_slots"


class TooManyToolsError(MatchingError):
    """The file prints with ``tools``, and a printer has no more than ``most``."""

    key: ClassVar[str] = "too_many_tools"


class UnknownToolError(MatchingError):
    """A slot was chosen for ``tool``, and the file has only ``tools``."""

    key: ClassVar[str] = "tool_unknown"


class UnknownSlotError(MatchingError):
    """The ``slot`` that was chosen for ``tool`` is none of the printer's ``slots``."""

    key: ClassVar[str] = "chosen_slot_unknown"


class EmptySlotError(MatchingError):
    """The ``slot`` that was chosen for ``tool`` holds no filament."""

    key: ClassVar[str] = "chosen_slot_empty"


class IncompleteSlotError(MatchingError):
    """Nobody told the printer material or color of the ``slot`` chosen for ``tool``."""

    key: ClassVar[str] = "slot_incomplete"


class TakenSlotError(MatchingError):
    """The same ``slot`` was chosen for ``tool`` and ``other``."""

    key: ClassVar[str] = "slot_taken"


class SpoolMismatchError(NotNowError):
    """The only spool is of another material than the file is for."""

    key: ClassVar[str] = "spool_mismatch"

    def __init__(self, wanted: str, loaded: str) -> None:
        """Keep both materials."""
        super().__init__(f"{wanted} wanted, {loaded} loaded")
        self.wanted = wanted
        self.loaded = loaded

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return both materials."""
        return {"wanted": self.wanted, "loaded": self.loaded}


class StationNeededError(NotNowError):
    """The job needs slots, and the printer shows none (docs/protocol/material-station.md §1)."""

    key: ClassVar[str] = "station_needed"


class GcodeError(InvalidError):
    """A line of G-code that is not sent; ``line`` is the line."""

    key: ClassVar[str] = "gcode_invalid"

    def __init__(self, line: str) -> None:
        """Keep the line for the person who wrote it."""
        super().__init__(line)
        self.line = line

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the beginning of the line."""
        return {"line": self.line[:80]}


class GcodeSessionError(GcodeError):
    """It would break the connection over which it is sent."""

    key: ClassVar[str] = "gcode_session"


class GcodeJobError(GcodeError):
    """It steers jobs and files, for which there are ways with checks."""

    key: ClassVar[str] = "gcode_job"


class GcodeWaitError(GcodeError):
    """It makes the printer deaf until something is hot (docs/protocol/tcp.md §3)."""

    key: ClassVar[str] = "gcode_wait"


class GcodeHarmfulError(GcodeError):
    """It writes the printer's memory, or nobody knows what it does (docs/protocol/tcp.md §3)."""

    key: ClassVar[str] = "gcode_harmful"


class GcodeLengthError(GcodeError):
    """There is too much of it, or nothing; ``line`` is empty."""

    key: ClassVar[str] = "gcode_length"
