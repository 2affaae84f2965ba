"""Reading a printer's state: one short connection, and what is learned about its habits.

Most printers answer to everybody. Some are silent until a program has taken control, and
firmware that ends no reply with ``ok`` is at least described
(docs/protocol/adventurer-3-4.md §1).
"""

import asyncio
from collections.abc import Mapping, Sequence
import socket

from ..errors import (
    FlashForgeError,
    LineChannelError,
    RefusedError,
    UnreachableError,
    UnreadableError,
)
from .channel import LineChannel, LineSession

DEADLINE = 15.0
"""Seconds that reading everything may take."""

FIRST_PATIENCE = 2.5
"""Seconds of silence after which a printer that never answered is asked in another way."""

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
            raise UnreachableError("no reply in time", silent=True) from err

    async def _learn(self, commands: Sequence[str]) -> Replies:
        """Ask, and ask in another way when a printer that is not known is silent."""
        try:
            return await self._round(commands)
        except LineChannelError as err:
            if self._answered or not self._is_silent(err):
                raise self._judge(err) from err
            heard = self._session is not None and self._session.heard
            silence = self._judge(err)
        before = self.logs_in, self._silence
        if heard:
            self._silence = SILENCE
        else:
            self.logs_in = not self.logs_in
        try:
            return await self._round(commands)
        except LineChannelError as err:
            self.logs_in, self._silence = before
            raise silence from err

    async def _round(self, commands: Sequence[str]) -> Replies:
        self._session = None
        replies: dict[str, tuple[str, ...]] = {}
        async with self._channel.session(control=self.logs_in) as session:
            self._session = session
            self.peer = session.peer
            for command in commands:
                patience = None if self._answered else FIRST_PATIENCE
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
                self._answered = True
        return replies

    def _is_silent(self, err: LineChannelError) -> bool:
        """Return whether the printer took the connection and gave no whole reply."""
        connected = self._session is not None
        return connected and isinstance(err.__cause__, TimeoutError)

    def _judge(self, err: LineChannelError) -> FlashForgeError:
        """Return what a failure of the channel means for a printer with nothing else."""
        if self._session is not None and self._session.heard:
            return UnreadableError(f"no reply of a printer: {err}")
        cause = err.__cause__
        return UnreachableError(
            str(err),
            refused=isinstance(cause, ConnectionRefusedError),
            unresolved=isinstance(cause, socket.gaierror | ValueError),
            silent=self._is_silent(err),
        )
