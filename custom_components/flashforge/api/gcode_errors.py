"""Why a line of G-code is not sent."""

from typing import ClassVar, override

from .errors import InvalidError


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
