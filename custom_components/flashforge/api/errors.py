"""What can go wrong between us and a printer, as types.

Each type is one situation that a person handles in one way. ``key`` names the situation:
config flow, polling and commands all look up their text by it, so a new type needs no
new branch anywhere, only its translations.
"""

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
