"""The line channel: the only or a second way to a printer (docs/protocol/tcp.md).

It is opened when needed and closed after, because a program with control of it locks
out the slicer and every other program.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
import socket

from ..errors import (
    FlashForgeError,
    LineChannelClosedError,
    LineChannelError,
    UnreachableError,
    UnreadableError,
    UploadRunsError,
)
from .leaving import disconnect
from .session import LineSession
from .turns import Turn, turn_at

PORT = 8899
"""Where the printers listen; it cannot be changed at them."""


def standard_port() -> int:
    """Return the port of the line protocol."""
    return PORT


CONNECT_TIMEOUT = 5.0


class LineChannel:
    """The way to the line port of one printer, for one session at a time."""

    def __init__(
        self,
        host: Callable[[], str],
        port: int | Callable[[], int] | None = None,
        *,
        alone: bool = False,
        waits: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take how to learn the printer's address, which can change.

        ``alone``: the printer has no other way, so one that is silent here is away.
        ``waits`` returns whether the printer bears no command before its last reply.
        """
        self._alone = alone
        self._waits = waits
        self._host = host
        self._port = PORT if port is None else port

    @asynccontextmanager
    async def session(self, *, control: bool) -> AsyncGenerator[LineSession]:
        """Connect, and disconnect at the end; ``control`` is needed to change things.

        Raises ``errors.LineChannelError`` only when something went out that may have
        changed something, else what tells that nothing was done.
        """
        sessions: list[LineSession] = []
        try:
            async with self.open(control=control, opened=sessions.append) as session:
                yield session
        except LineChannelError as err:
            begun = sessions[0] if sessions else None
            if begun is not None and begun.ordered:
                raise
            if self._alone:
                raise absence(err, begun) from err
            raise LineChannelClosedError(str(err)) from err

    @asynccontextmanager
    async def open(
        self, *, control: bool, opened: Callable[[LineSession], None]
    ) -> AsyncGenerator[LineSession]:
        """Connect like ``session``, for a caller that judges each failure itself.

        ``opened`` is called with the session before anything is asked.
        Raises ``errors.LineChannelTakenError`` when another program has control and
        keeps it.
        """
        turn = self._turn()
        if turn.receives is not None:
            raise UploadRunsError(file=turn.receives)
        async with turn.lock:
            reader, writer = await self._connect()
            session = LineSession(reader, writer, waits=self._waits())
            opened(session)
            try:
                if control:
                    await session.log_in()
                yield session
            finally:
                try:
                    await session.give_back()
                finally:
                    await disconnect(writer, at_once=session.owed)

    def _turn(self) -> Turn:
        return turn_at(self._host(), self._port)

    @contextmanager
    def reserved_for(self, file: str) -> Iterator[None]:
        """Refuse sessions while the printer receives a file: they would break it."""
        turn = self._turn()
        turn.receives = file
        try:
            yield
        finally:
            turn.receives = None

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        port = self._port if isinstance(self._port, int) else self._port()
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                return await asyncio.open_connection(self._host(), port)
        except (OSError, ValueError) as err:
            # The text of the error has the address, which is private.
            raise LineChannelError(f"cannot connect: {type(err).__name__}") from err


def absence(err: LineChannelError, session: LineSession | None) -> FlashForgeError:
    """Return what a failure of the channel means for a printer with nothing else."""
    if session is not None and session.heard:
        return UnreadableError(f"no reply of a printer: {err}")
    cause = err.__cause__
    return UnreachableError(
        str(err),
        refused=isinstance(cause, ConnectionRefusedError),
        unresolved=isinstance(cause, socket.gaierror | ValueError),
        silent=is_silent(err, session),
    )


def is_silent(err: LineChannelError, session: LineSession | None) -> bool:
    """Return whether the printer took the connection and gave no whole reply."""
    return session is not None and isinstance(err.__cause__, TimeoutError)
