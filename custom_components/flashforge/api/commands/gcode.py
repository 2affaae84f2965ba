"""G-code that a person sends: which lines are accepted, and the command that sends them."""

from collections.abc import Callable, Sequence
import re
from types import MappingProxyType

from ..errors import (
    FlashForgeError,
    GcodeError,
    GcodeHarmfulError,
    GcodeJobError,
    GcodeLengthError,
    GcodeSessionError,
    GcodeWaitError,
    JobRunsError,
)
from ..models.model import Model
from ..printer import Printer
from ..state import PrinterState
from .checks import all_of
from .command import Command

MOST_LINES = 50
LONGEST_LINE = 200
LONGEST_GCODE = 20_000
"""Characters of all lines with their comments, which are counted before they are read."""

_SHOWN = 80
# Characters of a refused line that an error shows.

_COMMENT = re.compile(r";.*|\([^()]*\)")
_GCODE = re.compile(
    r"[GMT]\d{1,4}(?:\.\d{1,2})?(?:\s[\x20-\x7E]{0,200})?", re.IGNORECASE
)

_REFUSED_GCODE = MappingProxyType(
    {
        **dict.fromkeys(("M601", "M602", "M661", "M662"), GcodeSessionError),
        **dict.fromkeys(
            ("M23", "M24", "M25", "M26", "M28", "M29", "M112"), GcodeJobError
        ),
        **dict.fromkeys(("M6", "M7", "M109", "M190", "M191", "M303"), GcodeWaitError),
        **dict.fromkeys(
            (
                "M30",
                "M144",
                "M145",
                "M610",
                "M611",
                "M612",
                "M651",
                "M652",
                "M653",
                "M654",
                "M702",
            ),
            GcodeHarmfulError,
        ),
    }
)
"""The codes that are never sent, and the error for each (docs/protocol/tcp.md §3)."""


def _needs_no_job(state: PrinterState) -> FlashForgeError | None:
    return JobRunsError("a job runs") if state.may_have_job else None


def read_gcode(text: str) -> tuple[str, ...]:
    """Return the lines of G-code in a text, without comments and empty lines.

    Raises ``GcodeLengthError`` for a text that is too long to be read.
    """
    if len(text) > LONGEST_GCODE:
        raise GcodeLengthError("too many lines, too long, or none")
    stripped = (_COMMENT.sub("", line).strip() for line in text.splitlines())
    return tuple(line.removeprefix("~") for line in stripped if line)


def send_gcode(
    model: Model,
    lines: Sequence[str],
    on_reply: Callable[[Sequence[str]], None],
    *,
    force: bool = False,
) -> Command:
    """Send G-code and hand over the printer's reply to each line.

    ``force`` sends it also while a job is running.
    """

    async def send(printer: Printer) -> None:
        on_reply(await printer.send_gcode(lines))

    checks = () if force else (_needs_no_job,)
    return Command(
        key="gcode",
        name="send_gcode",
        send=send,
        refusal=all_of(model, "send_gcode", lambda _: bad_gcode(lines), *checks),
    )


def bad_gcode(lines: Sequence[str]) -> GcodeError | None:
    """Return why the lines must not be sent, None when they may."""
    if not 0 < len(lines) <= MOST_LINES:
        return GcodeLengthError("too many lines, too long, or none")
    for line in lines:
        if len(line) > LONGEST_LINE:
            return GcodeLengthError("too many lines, too long, or none")
        if not _GCODE.fullmatch(line):
            return GcodeError(line=line[:_SHOWN])
        code = line.split(maxsplit=1)[0].upper()
        kind = _REFUSED_GCODE.get(f"{code[0]}{int(float(code[1:]))}")
        if kind is not None:
            return kind(line=line[:_SHOWN])
    return None
