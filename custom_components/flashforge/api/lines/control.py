"""The commands that a printer takes only over the line channel (docs/protocol/tcp.md §3)."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from types import MappingProxyType

from ..errors import BeyondTravelError, FileNameError, NotMovedError
from ..state import Status
from .channel import LineChannel
from .replies import file_names, listed_names, picture, position
from .report import read_status
from .session import LineSession
from .vocabulary import status_of

HOMING_TIMEOUT = 60.0
"""Seconds that homing may take; its reply comes at the end."""

GCODE_TIMEOUT = 60.0
"""Seconds that a person's own line may take, which can be a long move."""

LIST_TIMEOUT = 10.0
LIST_SILENCE = 1.2
LIST_LIMIT = 256 * 1024

PICTURE_SILENCE = 1.5
PICTURE_LIMIT = 4 * 1024 * 1024

START_PAUSE = 1.5
"""Seconds after which a printer shows whether it prints the file that it was given."""

LOOKS = 5
LOOK_PAUSE = 0.5
"""Seconds between two checks of whether an axis moves."""

FEED: Mapping[str, int] = MappingProxyType({"x": 3000, "y": 3000, "z": 600, "e": 300})
"""The usual speed of the axes, in mm/min."""

FASTEST: Mapping[str, int] = MappingProxyType({"x": 9999, "y": 9999, "z": 1200})
"""The highest speed that older printers take, in mm/min."""

_READ_AS = {"e": "A"}
# The extruder is written as E and read as A.


class LineControl:
    """The commands of a printer's line channel, each a session of its own."""

    def __init__(
        self,
        host: Callable[[], str],
        port: int | None = None,
        *,
        channel: LineChannel | None = None,
    ) -> None:
        """Take how to learn the printer's address, or the channel to use."""
        self._channel = channel or LineChannel(host, port)
        self._relative = False
        self.logs_in = False
        """Whether the printer tells nothing before a login."""

    async def order(self, line: str, *, silence: float | None = None) -> None:
        """Send one command; with ``silence`` its reply needs no ``ok``."""
        async with self._controlled() as session:
            await session.ask(line, silence=silence)

    async def home(self) -> None:
        """Home all axes; returns when they are."""
        async with self._controlled() as session:
            await session.ask("G28", timeout=HOMING_TIMEOUT)

    async def move(
        self,
        axis: str,
        millimeters: float,
        feed: int | None = None,
        *,
        reach: tuple[float, float] | None = None,
    ) -> None:
        """Move an axis, ``e`` for the filament, by a distance at so many mm/min.

        ``reach`` is between which positions in mm it moves, where that is known.
        Raises ``errors.NotMovedError`` when the printer acknowledges and stays where it
        is, which can happen before it is homed.
        """
        feed = FEED[axis] if feed is None else feed
        async with self._controlled() as session:
            before = await _place(session, axis)
            # Two heads that move apart have two places, and may park beyond the bed.
            if reach is not None and len(before) == 1:
                _require_within(reach, axis, before[0], millimeters)
            self._relative = True
            await session.ask("G91")
            try:
                # Rounded, so that no exponent is written, of which a printer reads an E.
                length = f"{round(millimeters, 3):g}"
                await session.ask(f"G1 {axis.upper()}{length} F{feed}")
            finally:
                if not session.in_doubt:
                    await self._be_absolute(session)
            if before:
                await _see_moved(session, axis, before)

    async def send(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Send G-code line by line and return the reply to each."""
        async with self._controlled() as session:
            replies = [await session.ask(line, timeout=GCODE_TIMEOUT) for line in lines]
        return tuple(reply.text for reply in replies)

    async def set_runout_sensor(self, on: bool) -> None:
        """Switch the sensor that notices the end of the filament."""
        async with self._controlled() as session:
            await session.ask("M405" if on else "M406")

    async def file_names(self) -> tuple[str, ...]:
        """Return the names of all stored files; takes no control."""
        async with self._channel.session(control=self.logs_in) as session:
            reply = await session.ask("M661", timeout=LIST_TIMEOUT)
            if (names := listed_names(reply)) is not None:
                return names
            data = await session.data(
                lambda data: file_names(data)[1],
                timeout=LIST_TIMEOUT,
                silence=LIST_SILENCE,
                limit=LIST_LIMIT,
            )
        return file_names(data)[0]

    async def thumbnail(self, file: str) -> bytes | None:
        """Return the picture of a stored file, None when it has none."""
        _require_sendable(file)
        async with self._channel.session(control=self.logs_in) as session:
            await session.ask(f"M662 /data/{file}", timeout=LIST_TIMEOUT)
            data = await session.data(
                lambda data: picture(data)[1],
                timeout=LIST_TIMEOUT,
                silence=PICTURE_SILENCE,
                limit=PICTURE_LIMIT,
            )
        return picture(data)[0]

    async def start(self, file: str) -> None:
        """Print a stored file.

        Most firmware starts with the first command. The second is for those that only
        choose the file, and would resume something else on the others.
        """
        _require_sendable(file)
        async with self._controlled() as session:
            await session.ask(f"M23 0:/user/{file}", timeout=LIST_TIMEOUT)
            await asyncio.sleep(START_PAUSE)
            told = read_status((await session.ask("M119")).lines)
            if status_of(told.machine, told.mode) is Status.IDLE:
                await session.ask("M24")

    @asynccontextmanager
    async def _controlled(self) -> AsyncGenerator[LineSession]:
        """Take control, and undo what an interrupted move left behind."""
        async with self._channel.session(control=True) as session:
            await self._be_absolute(session)
            yield session

    async def _be_absolute(self, session: LineSession) -> None:
        """Make positions absolute again: a person's own G-code relies on that."""
        if self._relative:
            await session.ask("G90")
            self._relative = False


def _require_sendable(file: str) -> None:
    """Raise ``errors.FileNameError`` for a name that would not arrive as it is.

    A control character begins another line, and a ``;`` a comment: an Adventurer 3 drops
    the whole line then (docs/protocol/adventurer-3-4.md §5).
    """
    if ";" in file or not file.isprintable():
        raise FileNameError("not on one line")


async def _place(session: LineSession, axis: str) -> tuple[float, ...]:
    """Return the position of an axis in mm, of each of two heads; empty if not reported."""
    letter = _READ_AS.get(axis, axis.upper())
    told = position(await session.ask("M114"))
    return tuple(told[name] for name in sorted(told) if name[0] == letter)


def _require_within(
    reach: tuple[float, float], axis: str, place: float, millimeters: float
) -> None:
    """Raise ``errors.BeyondTravelError`` for a move beyond an end of an axis.

    One that comes back from there is let go.
    """
    low, high = reach
    goal = place + millimeters
    if goal < min(low, place) or goal > max(high, place):
        raise BeyondTravelError(
            axis=axis.upper(), place=_told(place), low=_told(low), high=_told(high)
        )


def _told(place: float) -> str:
    """Return a position as text; a hyphen would begin a list in Markdown."""
    return f"{place:g}".replace("-", "\N{MINUS SIGN}")


async def _see_moved(
    session: LineSession, axis: str, before: tuple[float, ...]
) -> None:
    for _ in range(LOOKS):
        if await _place(session, axis) != before:
            return
        await asyncio.sleep(LOOK_PAUSE)
    raise NotMovedError(axis)
