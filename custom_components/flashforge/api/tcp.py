"""The line channel: a second, plain-text way to some printers (protocol/tcp.md).

It is opened for the need and closed after, because whoever holds control of it locks
out the slicer and every other program.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress

from .errors import (
    LineChannelError,
    LineChannelTakenError,
    RefusedError,
    UnreadableError,
)
from .line_replies import failure
from .lines import LineReader, LineReply

PORT = 8899
"""Where the printers listen; it cannot be changed at them."""

CONNECT_TIMEOUT = 5.0
REPLY_TIMEOUT = 5.0
CLOSE_TIMEOUT = 1.0

LOGIN_TRIES = 4
LOGIN_PAUSE = 0.5
"""Seconds before the second try to take control; each further one waits longer."""

_TAKE_CONTROL = "M601 S1"
_RELEASE_CONTROL = "M602"
_ALREADY_OURS = "have been connected"


class LineSession:
    """One connection: a command goes out when the reply to the last one is here."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Talk over an open connection."""
        self._reader = LineReader(reader)
        self._writer = writer
        self.in_doubt = False
        """Whether a reply did not come whole, so that nobody knows what comes next."""

    async def ask(
        self, line: str, *, timeout: float | None = None, silence: float | None = None
    ) -> LineReply:
        """Send a command and return the reply, errors of the printer raised.

        ``timeout`` is in seconds; ``silence`` says that the reply needs no ``ok``.
        """
        code = line.partition(" ")[0]
        async with self._certain(timeout):
            self._writer.write(f"~{line}\r\n".encode())
            await self._writer.drain()
            reply = await self._reader.reply(code, silence=silence)
        if (error := failure(reply)) is not None:
            raise error
        return reply

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

    def part(self) -> None:
        """Give control back without waiting for the answer.

        The printer reads it when it is done with what it is stuck in.
        """
        self._writer.write(f"~{_RELEASE_CONTROL}\r\n".encode())

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


class LineChannel:
    """The way to the line port of one printer, for one session at a time."""

    def __init__(self, host: Callable[[], str], port: int | None = None) -> None:
        """Take how to learn the printer's address, which can change."""
        self._host = host
        self._port = PORT if port is None else port
        self._lock = asyncio.Lock()
        self._held = False

    @asynccontextmanager
    async def session(self, *, control: bool) -> AsyncGenerator[LineSession]:
        """Connect, and disconnect at the end; ``control`` is needed to change things.

        Raises ``errors.LineChannelTakenError`` when another program has control and
        keeps it.
        """
        async with self._lock:
            reader, writer = await self._connect()
            session = LineSession(reader, writer)
            try:
                if control:
                    await self._log_in(session)
                yield session
            finally:
                try:
                    if control:
                        await self._log_out(session)
                finally:
                    writer.close()
                    with suppress(OSError):
                        async with asyncio.timeout(CLOSE_TIMEOUT):
                            await writer.wait_closed()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                return await asyncio.open_connection(self._host(), self._port)
        except OSError as err:
            # The text of the error has the address, which is nobody's to read.
            raise LineChannelError(f"cannot connect: {type(err).__name__}") from err

    async def _log_in(self, session: LineSession) -> None:
        """Take control, with patience for a program that is about to let go."""
        # Control that we lost the connection with is still ours to give back; that of
        # others is not: FlashPrint may be in the middle of something.
        left = self._held
        for attempt in range(1, LOGIN_TRIES + 1):
            self._held = True
            try:
                await session.ask(_TAKE_CONTROL)
            except LineChannelTakenError:
                self._held = False
                if attempt == LOGIN_TRIES:
                    raise
            except RefusedError as err:
                if _ALREADY_OURS in err.reason:
                    return
                self._held = False
                raise
            else:
                return
            if left:
                left = False
                await session.ask(_RELEASE_CONTROL)
            await asyncio.sleep(LOGIN_PAUSE * attempt)

    async def _log_out(self, session: LineSession) -> None:
        """Give control back, as well as the connection lets us."""
        if not self._held:
            return
        if session.in_doubt:
            session.part()
            return
        # What was asked for has been done: a clumsy farewell does not undo it.
        with suppress(LineChannelError, RefusedError, UnreadableError):
            await session.ask(_RELEASE_CONTROL)
            self._held = False
