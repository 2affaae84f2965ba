"""Reading a printer's state: one short connection, and what is learned about its habits.

Most printers answer to everybody. Some are silent until a program has taken control, and
firmware that ends no reply with ``ok`` is at least described
(docs/protocol/adventurer-3-4.md §1).
"""

import asyncio
from collections.abc import Mapping, Sequence

from ..errors import LineChannelError, RefusedError, UnreachableError, UnreadableError
from .channel import LineChannel, absence, is_silent
from .session import LineSession

DEADLINE = 15.0
"""Seconds that reading everything may take."""

FIRST_PATIENCE = 2.0
"""Seconds of silence after which a printer whose habits are unknown is asked in another
way; both ways together are shorter than any poll of a printer that is away."""

SILENCE = 0.3
"""Seconds without a byte that end a reply of firmware that sends no ``ok``."""

type Replies = Mapping[str, tuple[str, ...]]
"""The lines of the replies by their commands; a refused command has none."""


class Reading:
    """Asks one printer, and remembers how it wants to be asked."""

    def __init__(self, channel: LineChannel, *, logs_in: bool) -> None:
        """Prepare; ``logs_in`` is known of printers that are silent before a login."""
        self._channel = channel
        self._session: LineSession | None = None
        self._answered = False
        self._ends_with_ok = False
        self._silence: float | None = None
        self.peer: str | None = None
        """The address at which it answered last."""
        self.logs_in = logs_in

    async def ask(self, commands: Sequence[str], deadline: float | None) -> Replies:
        """Return the replies to some commands; the first must not be refused.

        Raises ``errors.FlashForgeError`` within ``deadline`` seconds.
        """
        try:
            async with asyncio.timeout(DEADLINE if deadline is None else deadline):
                return await self._learn(commands)
        except TimeoutError as err:
            if self._heard:
                raise UnreadableError("no whole reply in time") from err
            raise UnreachableError("no reply in time", silent=True) from err

    @property
    def _heard(self) -> bool:
        """Whether something came in the last session that is not a reply."""
        return self._session is not None and self._session.heard

    async def _learn(self, commands: Sequence[str]) -> Replies:
        """Ask, and ask in another way when it is not known how a printer wants it.

        That is at first, and after a failure: its firmware may have been updated.
        """
        learns, self._answered = not self._answered, False
        patience = FIRST_PATIENCE if learns else None
        try:
            return await self._round(commands, patience)
        except LineChannelError as err:
            # A reply in pieces is not one that ends with nothing.
            half = self._heard and self._ends_with_ok
            if (
                not learns
                or self._answered
                or half
                or not is_silent(err, self._session)
            ):
                raise absence(err, self._session) from err
            silence = absence(err, self._session)
        before = self.logs_in, self._silence
        if self._heard:
            self._silence = SILENCE
        else:
            self.logs_in = not self.logs_in
        try:
            return await self._round(commands, patience)
        except BaseException as err:
            # Also when the deadline was over, which proves nothing.
            self.logs_in, self._silence = before
            self._answered = False
            if isinstance(err, LineChannelError):
                raise silence from err
            raise

    async def _round(self, commands: Sequence[str], patience: float | None) -> Replies:
        self._session = None
        replies: dict[str, tuple[str, ...]] = {}
        async with self._channel.open(
            control=self.logs_in, opened=self._note
        ) as session:
            for command in commands:
                try:
                    reply = await session.ask(
                        command, timeout=patience, silence=self._silence
                    )
                except RefusedError:
                    if command == commands[0]:
                        raise
                    replies[command] = ()
                else:
                    replies[command] = reply.lines
                self._answered, patience = True, None
                self._ends_with_ok = self._silence is None
        return replies

    def _note(self, session: LineSession) -> None:
        self._session, self.peer = session, session.peer
