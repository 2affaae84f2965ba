"""Carrying out a command from its check to the state that shows it (docs/design.md, law 6)."""

from typing import Protocol

from ..api import Command, FlashForgeError, NotConfirmedError, PrinterState
from ..api.errors import LineChannelClosedError
from .commands import PendingCommands


class Poller(Protocol):
    """What carrying out a command needs of whatever polls the printer."""

    problem: FlashForgeError | None
    """What went wrong with the last poll, None when it went well."""

    async def async_fresh_state(self) -> PrinterState:
        """Ask for the current state. Raises ``errors.FlashForgeError``."""

    def async_poll_now(self) -> None:
        """Poll in the background."""

    def async_update_listeners(self) -> None:
        """Let the entities look again."""


class CommandRunner:
    """Checks the commands of one printer, sends them and waits until they show."""

    def __init__(self, pending: PendingCommands, poller: Poller) -> None:
        """Prepare; ``pending`` sends, ``poller`` brings the states that show a command."""
        self._pending = pending
        self._poller = poller

    async def carry_out(self, command: Command) -> None:
        """Carry out a command and return when the printer shows it.

        Raises ``errors.FlashForgeError``.
        """
        if (due := await self._due(command)) is None:
            return
        try:
            done = await self._pending.send(due)
        except LineChannelClosedError:
            # The whole printer may be off, which says more than that a port is silent.
            await self._poller.async_fresh_state()
            raise
        self._poller.async_poll_now()
        try:
            await done
        except NotConfirmedError as err:
            if self._poller.problem is not None:
                raise self._poller.problem from err
            raise

    async def _due(self, command: Command) -> Command | None:
        """Return what a fresh state leaves to send, None when there is nothing to do."""
        if command.refusal is None:
            return command
        state = await self._poller.async_fresh_state()
        if (refusal := command.refusal(state)) is not None:
            raise refusal
        if (hindrance := self._pending.hindrance(command)) is not None:
            raise hindrance
        if command.as_of is not None:
            command = command.as_of(state)
        if not command.needless_in(state):
            return command
        self._pending.withdraw(command.key)
        self._poller.async_update_listeners()
        return None
