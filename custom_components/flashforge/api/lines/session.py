"""One connection of the line channel: commands, bytes of a file, and who has control.

A printer may take ``M602`` from anybody, also from one who takes control away from
another program with it: so only the connection that got control sends it, and only a
moment after (docs/protocol/tcp.md §2).
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress

from ..errors import (
    FlashForgeError,
    LineChannelError,
    LineChannelTakenError,
    RefusedError,
)
from .leaving import keep_little_unsent
from .reader import LineReader, LineReply
from .replies import failure, gives_control, wants_frames

REPLY_TIMEOUT = 5.0

LATE_TIMEOUT = 2.0
"""Seconds that the reply to a request for control may come late."""

CLAIM_HOLDS = 10.0
"""Seconds after the last reply for which control counts as ours. A printer gives it to
others after 30 seconds without a line (docs/protocol/tcp.md §2)."""

LOGIN_TRIES = 4
LOGIN_PAUSE = 0.5
"""Seconds before the second try to take control; each further one waits longer."""

_TAKE_CONTROL = "M601 S1"
_RELEASE_CONTROL = "M602"
_READS = frozenset(("M27", "M105", "M114", "M115", "M119", "M650", "M661", "M662"))
# A printer answers these to everybody.
_HARMLESS = _READS | {"M601", _RELEASE_CONTROL}
_ALREADY_OURS = "have been connected"


class LineSession:
    """One connection: a command goes out when the reply to the last one is here."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        *,
        waits: bool = False,
    ) -> None:
        """Talk over an open connection.

        ``waits``: a command before the last reply may switch this printer off.
        """
        self._waits = waits
        self._reader = LineReader(reader)
        self._writer = writer
        self._asked: str | None = None
        self._claimed: float | None = None
        self.takes_frames: bool | None = None
        """Whether the printer takes files in frames, by its reply to the login."""
        self.in_doubt = False
        """Whether a reply came only in part, so that the next lines are unclear."""
        self.ordered = False
        """Whether anything went out that changes something at the printer."""

    @property
    def peer(self) -> str | None:
        """The address of the printer, whatever name it was reached by."""
        return (self._writer.get_extra_info("peername") or (None,))[0]

    @property
    def heard(self) -> bool:
        """Whether something came that is not yet a reply."""
        return any(self._reader.begun)

    @property
    def owed(self) -> bool:
        """Whether a late reply could be taken for that to the next connection.

        Such a printer sends each reply to all of them (docs/protocol/adventurer-3-4.md §3).
        """
        return self._waits and self.in_doubt

    @property
    def has_control(self) -> bool:
        """Whether the printer gave control to this connection, and that still holds."""
        return self._claimed is not None and _now() - self._claimed < CLAIM_HOLDS

    async def ask(
        self, line: str, *, timeout: float | None = None, silence: float | None = None
    ) -> LineReply:
        """Send a command and return the reply, errors of the printer raised.

        ``timeout`` is in seconds; with ``silence`` the reply needs no ``ok``.
        """
        code = line.partition(" ")[0]
        async with self._certain(timeout):
            self._asked = line
            self.ordered |= code.upper() not in _HARMLESS
            self._writer.write(f"~{line}\r\n".encode())
            await self._writer.drain()
            reply = await self._reader.reply(code, silence=silence)
        self._take_note(line, reply.lines)
        if (error := failure(reply)) is not None:
            raise error
        return reply

    async def log_in(self) -> None:
        """Take control, with patience for a program that is about to let go."""
        for attempt in range(1, LOGIN_TRIES + 1):
            try:
                await self.ask(_TAKE_CONTROL)
            except LineChannelTakenError:
                if attempt == LOGIN_TRIES:
                    raise
            except RefusedError as err:
                if _ALREADY_OURS in err.reason:
                    # It is not known who took it, so do not give it back.
                    return
                raise
            else:
                return
            await asyncio.sleep(LOGIN_PAUSE * attempt)

    def _take_note(self, line: str, told: tuple[str, ...]) -> None:
        """Note from a reply whether we have control."""
        code = line.partition(" ")[0].upper()
        if (
            isinstance(failure(LineReply(lines=told)), LineChannelTakenError)
            or code == _RELEASE_CONTROL
        ):
            self._claimed = None
        elif line == _TAKE_CONTROL:
            self._claimed = _now() if gives_control(told) else None
            self.takes_frames = wants_frames(told)
        elif self.has_control or (self._claimed is not None and code not in _READS):
            self._claimed = _now()

    async def data(
        self,
        complete: Callable[[bytes], bool],
        *,
        timeout: float,
        silence: float,
        limit: int,
    ) -> bytes:
        """Return the bytes that follow the last reply."""
        async with self._certain(timeout):
            return await self._reader.data(complete, silence=silence, limit=limit)

    # --- a file on its way ---

    def keep_little_unsent(self) -> None:
        """Let no bytes wait here or in the system, so that a pause after them is one."""
        keep_little_unsent(self._writer)

    async def put(self, data: bytes) -> None:
        """Send bytes of a file."""
        self.in_doubt = True
        self._asked = None
        self._writer.write(data)
        await self._writer.drain()
        self._claimed = _now()

    async def line(self) -> str:
        """Return the next line that comes while a file is sent."""
        return await self._reader.line()

    def end_data(self, *, whole: bool) -> None:
        """End the bytes of a file; lines make sense again only after all of it.

        A printer that takes bare bytes would take a line for some of them: there, only
        leaving ends an upload.
        """
        if whole:
            self.in_doubt = False
        elif self.takes_frames:
            self._writer.write(b"~M29\r\n")
        else:
            self._claimed = None

    async def give_back(self) -> None:
        """Give control back if it is ours, as well as the connection lets us."""
        if self.in_doubt and self._asked == _TAKE_CONTROL:
            await self._hear_late()
        if not self.has_control or (self.in_doubt and self._waits):
            # Control ends by itself after a while.
            return
        if self.in_doubt:
            # The printer reads it after the command that it is busy with.
            self._writer.write(f"~{_RELEASE_CONTROL}\r\n".encode())
            return
        # What was asked for has been done: a clumsy farewell does not undo it.
        with suppress(FlashForgeError):
            await self.ask(_RELEASE_CONTROL)

    async def _hear_late(self) -> None:
        """Read the late reply to a request for control.

        Leaving with control locks everybody out, also our own next connection.
        """
        told = self._reader.begun
        if not gives_control(told):
            with suppress(FlashForgeError, OSError, EOFError):
                async with asyncio.timeout(LATE_TIMEOUT):
                    told = (await self._reader.reply("M601")).lines
        self._take_note(_TAKE_CONTROL, told)

    @asynccontextmanager
    async def _certain(self, timeout: float | None) -> AsyncGenerator[None]:
        """Be in doubt about the connection unless all goes well."""
        if self.in_doubt:
            raise LineChannelError("the connection is at an unknown place")
        self.in_doubt = True
        try:
            async with asyncio.timeout(REPLY_TIMEOUT if timeout is None else timeout):
                yield
        except (OSError, EOFError) as err:
            raise LineChannelError(f"no reply: {type(err).__name__}") from err
        self.in_doubt = False


def _now() -> float:
    return asyncio.get_running_loop().time()
