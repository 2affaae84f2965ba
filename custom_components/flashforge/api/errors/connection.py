"""Errors of the connection, and what a printer answers instead of a success."""

from .base import FlashForgeError


class UnreachableError(FlashForgeError, key="unreachable"):
    """Nothing answered: no route, no listener, or silence until the deadline.

    ``refused`` is True when the host answered that nothing listens on the port. A printer
    does so while it shuts down or has LAN mode off (docs/protocol/README.md §4).
    ``unresolved`` is True when the address is not valid and not a known host name.
    ``silent`` is True when the connection was accepted and no answer came in time.
    """

    def __init__(
        self,
        message: str,
        *,
        refused: bool = False,
        unresolved: bool = False,
        silent: bool = False,
    ) -> None:
        """Keep how the connection failed."""
        super().__init__(message)
        self.silent = silent
        self.refused = refused
        self.unresolved = unresolved


class SwitchedOffError(FlashForgeError, key="switched_off"):
    """The printer is known to have no power, so no request was sent."""


class UnreadableError(FlashForgeError, key="unreadable"):
    """The answer is not an envelope of a printer (docs/protocol/http.md §1)."""


class EmptyAnswerError(UnreadableError):
    """The printer answered with success but without the requested data."""


class MissingEndpointError(UnreadableError):
    """The firmware has no such endpoint: HTTP 404 (docs/protocol/http.md §2)."""


class RefusedError(FlashForgeError, key="refused"):
    """The printer answered with a result code other than success.

    ``code`` is the printer's number, None when it sent none; ``reason`` its text as sent.
    """

    def __init__(self, code: int | None, reason: str) -> None:
        """Keep the printer's own words for the person who reads the error."""
        super().__init__(f"code {code}: {reason}", code=code, reason=reason)
        self.code = code
        self.reason = reason


class WrongCodeError(RefusedError, key="wrong_code"):
    """The check code is not the printer's (docs/protocol/http.md §3)."""


class WrongSerialError(RefusedError, key="wrong_serial"):
    """The serial number is not the printer's (docs/protocol/http.md §3)."""


class LanModeError(RefusedError, key="lan_mode_off"):
    """LAN mode is off at the printer (docs/protocol/http.md §3)."""


class BusyError(RefusedError, key="busy"):
    """The printer is busy and refuses the request for now (docs/protocol/http.md §3)."""


class MissingFileError(RefusedError, key="file_missing"):
    """The named file is not on the printer (docs/protocol/http.md §3)."""


class OtherPrinterError(FlashForgeError, key="other_printer"):
    """A different printer answers at the address (docs/design.md, law 4)."""


class LineChannelError(FlashForgeError, key="line_channel_broken"):
    """The line channel does not answer, or broke off (docs/protocol/tcp.md §2).

    What was sent may have been carried out.
    """


class LineChannelClosedError(LineChannelError, key="line_channel_closed"):
    """The line channel does not answer, and nothing was sent that changes anything."""


class LineChannelTakenError(FlashForgeError, key="line_channel_taken"):
    """Another program controls the printer over the line channel (docs/protocol/tcp.md §2)."""
