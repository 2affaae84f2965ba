"""What can go wrong between us and a printer, as types.

Each type is one situation that a person handles in one way. ``key`` names the situation:
config flow, polling and commands all look up their text by it, so a new type needs no
new branch anywhere, only its translations.
"""

from typing import ClassVar, override


class FlashForgeError(Exception):
    """Base of everything this package raises."""

    key: ClassVar[str] = "unknown"

    @property
    def placeholders(self) -> dict[str, str]:
        """Facts for the text of this error, by placeholder name."""
        return {}


class UnreachableError(FlashForgeError):
    """Nothing answered: no route, no listener, or silence until the deadline.

    ``refused`` is True when the host answered that nobody listens on the port, which a
    printer does that is shutting down or has LAN mode off (protocol/README.md §4).
    ``unresolved`` is True when the address is no address, nor a name that anybody knows.
    """

    key: ClassVar[str] = "unreachable"

    def __init__(
        self, message: str, *, refused: bool = False, unresolved: bool = False
    ) -> None:
        """Keep whether the connection was refused, or had nowhere to go."""
        super().__init__(message)
        self.refused = refused
        self.unresolved = unresolved


class SwitchedOffError(FlashForgeError):
    """The printer is known to have no power, so it was not even asked."""

    key: ClassVar[str] = "switched_off"


class UnreadableError(FlashForgeError):
    """Something answered, but not with an envelope of a printer (protocol/http.md §1)."""

    key: ClassVar[str] = "unreadable"


class MissingEndpointError(UnreadableError):
    """The firmware has no such endpoint: HTTP 404 (protocol/http.md §2)."""


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
    """The check code is not the printer's (protocol/http.md §3)."""

    key: ClassVar[str] = "wrong_code"


class WrongSerialError(RefusedError):
    """The serial number is not the printer's (protocol/http.md §3)."""

    key: ClassVar[str] = "wrong_serial"


class LanModeError(RefusedError):
    """LAN-only mode is switched off at the printer (protocol/http.md §3)."""

    key: ClassVar[str] = "lan_mode_off"


class BusyError(RefusedError):
    """The printer is busy and takes no such request now (protocol/http.md §3)."""

    key: ClassVar[str] = "busy"


class MissingFileError(RefusedError):
    """The printer does not hold the named file (protocol/http.md §3)."""

    key: ClassVar[str] = "file_missing"


class OtherPrinterError(FlashForgeError):
    """A different printer answers at the address (guide/design.md, law 4)."""

    key: ClassVar[str] = "other_printer"


class UnsupportedError(FlashForgeError):
    """The model has no such function (protocol/http.md §4.1)."""

    key: ClassVar[str] = "unsupported"


class NotNowError(FlashForgeError):
    """The printer's state forbids it; ``key`` says which state is needed."""

    key: ClassVar[str] = "not_now"


class NoJobError(NotNowError):
    """It takes effect only while a job runs (protocol/http.md §4.2)."""

    key: ClassVar[str] = "no_job"


class PlateClearError(NotNowError):
    """There is no finished or cancelled print on the plate (protocol/http.md §4.4)."""

    key: ClassVar[str] = "plate_clear"


class NoActiveErrorError(NotNowError):
    """There is no error code to clear (protocol/http.md §4.1)."""

    key: ClassVar[str] = "no_active_error"


class JobRunsError(NotNowError):
    """A job runs that this would ruin (guide/design.md, law 10)."""

    key: ClassVar[str] = "job_runs"


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


class ErrorActiveError(NotNowError):
    """The printer stopped with an error that has to be cleared first (law 10)."""

    key: ClassVar[str] = "error_active"

    def __init__(self, code: str | None) -> None:
        """Keep the code, None when the printer names none."""
        super().__init__(f"error {code}")
        self.code = code

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the code as the screen shows it."""
        return {"code": self.code or "–"}


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


class StationBusyError(NotNowError):
    """Filament moves, or a job runs, so no slot can be changed (material-station.md §3)."""

    key: ClassVar[str] = "station_busy"


class NoStationError(NotNowError):
    """The material station is not plugged in (protocol/material-station.md §1)."""

    key: ClassVar[str] = "no_station"


class StationConnectedError(NotNowError):
    """The direct feed moves nothing while the station is plugged in (§4)."""

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


class SlotUnlabelledError(SlotError):
    """What is in the slot has no material or colour yet (material-station.md §1)."""

    key: ClassVar[str] = "slot_unlabelled"


class DirectFeedUnlabelledError(NotNowError):
    """What is on the direct feed has no material or colour yet."""

    key: ClassVar[str] = "direct_feed_unlabelled"


class MaterialUnknownError(NotNowError):
    """A colour alone is no label: the material is not known either."""

    key: ClassVar[str] = "material_unknown"


class NothingLoadedError(NotNowError):
    """There is no filament in the extruder that could be unloaded."""

    key: ClassVar[str] = "nothing_loaded"


class NothingToCancelError(NotNowError):
    """No filament, or not this one, is being loaded or unloaded."""

    key: ClassVar[str] = "nothing_to_cancel"


class CannotCancelNowError(NotNowError):
    """Filament moves already; only the heating before it can be cancelled (§4)."""

    key: ClassVar[str] = "cannot_cancel_now"


class UploadError(FlashForgeError):
    """A file did not get to the printer; no print began."""

    key: ClassVar[str] = "upload_failed"


class NotConfirmedError(FlashForgeError):
    """The printer acknowledged a command and then did not show it in time.

    An acknowledgement proves nothing on these printers (protocol/http.md §4).
    """

    key: ClassVar[str] = "not_confirmed"
