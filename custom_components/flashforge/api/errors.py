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

    key: ClassVar[str] = "slot_unknown"


class EmptySlotError(MatchingError):
    """The ``slot`` that was chosen for ``tool`` holds no filament."""

    key: ClassVar[str] = "slot_empty"


class IncompleteSlotError(MatchingError):
    """Nobody told the printer material or colour of the ``slot`` chosen for ``tool``."""

    key: ClassVar[str] = "slot_incomplete"


class TakenSlotError(MatchingError):
    """The same ``slot`` was chosen for ``tool`` and ``other``."""

    key: ClassVar[str] = "slot_taken"


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


class UploadError(FlashForgeError):
    """A file did not get to the printer; no print began."""

    key: ClassVar[str] = "upload_failed"


class NotConfirmedError(FlashForgeError):
    """The printer acknowledged a command and then did not show it in time.

    An acknowledgement proves nothing on these printers (protocol/http.md §4).
    """

    key: ClassVar[str] = "not_confirmed"
