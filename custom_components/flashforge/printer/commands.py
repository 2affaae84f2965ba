"""Pending commands: sent, and not yet shown by the printer (docs/design.md, law 6)."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..api import Command, FlashForgeError, Printer, PrinterState, Status
from ..api.commands.command import Send
from ..const import LOGGER


class AbandonedError(FlashForgeError, key="abandoned"):
    """The printer is no longer polled, so the result of the command is not known."""


def _is_between(state: PrinterState) -> bool:
    """Return whether a printer may drop job control, on its way to another status."""
    return state.warming_up or state.status is Status.PAUSING


@dataclass(slots=True, kw_only=True)
class _Pending:
    """One command that waits for its proof.

    ``acknowledged`` is True once the request has ended, ``begun`` once the state was
    shown that must come before the proof. ``doubt`` is an error of the request that left
    open whether it arrived.
    """

    command: Command
    sent: float
    done: asyncio.Future[None] = field(repr=False)
    acknowledged: bool = False
    begun: bool = False
    doubt: FlashForgeError | None = None

    @callback
    def finish(self, error: FlashForgeError | None = None) -> None:
        """End the wait, unless it has ended already."""
        if self.done.done():
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)


class PendingCommands:
    """The pending commands of one printer.

    ``send`` sends one and returns a future that ends when a poll has shown it. The
    coordinator passes every polled state to ``judge`` and polls fast while ``waiting``. A
    newer command of the same key replaces an older one, which then ends without an error.
    """

    def __init__(self, hass: HomeAssistant, printer: Printer) -> None:
        """Start without pending commands."""
        self._hass = hass
        self._printer = printer
        self._pending: dict[str, _Pending] = {}
        self._kept: Command | None = None
        self._kept_file: str | None = None
        self._closed = False

    @property
    def waiting(self) -> bool:
        """Whether a command waits for its proof."""
        return bool(self._pending)

    @property
    def kept(self) -> str | None:
        """Name of the job control that is sent with every poll until it works."""
        return self._kept.name if self._kept else None

    @callback
    def close(self) -> None:
        """End all waiting, as no further poll brings a proof.

        Otherwise each command would fail as one that the printer did not show.
        """
        self._closed = True
        self._kept = None
        for pending in self._pending.values():
            if pending.acknowledged:
                pending.finish(AbandonedError("unloaded"))

    @callback
    def withdraw(self, key: str) -> None:
        """Drop the command of this key, whether it waits or is kept."""
        if self._kept is not None and self._kept.key == key:
            self._kept = None
        if pending := self._pending.pop(key, None):
            pending.finish()

    def hindrance(self, command: Command) -> FlashForgeError | None:
        """Return why a command cannot be sent beside those that are pending."""
        if command.excludes is None:
            return None
        others = (pending.command for pending in self._pending.values())
        if any(
            other.excludes and not (command.queues and other.key == command.key)
            for other in others
        ):
            return command.excludes("another command waits for its proof")
        return None

    async def send(self, command: Command) -> asyncio.Future[None]:
        """Send a command; the future ends when a state shows it or its time is up."""
        self._require_open()
        self.withdraw(command.key)
        pending = _Pending(
            command=command, sent=monotonic(), done=self._hass.loop.create_future()
        )
        self._pending[command.key] = pending
        try:
            pending.doubt = await command.send(self._printer)
            if command.proof is not None:
                self._require_open()
        except FlashForgeError, asyncio.CancelledError:
            self._forget(pending)
            raise
        if command.proof is None:
            self._forget(pending)
            pending.finish()
            return pending.done
        pending.sent = monotonic()
        pending.acknowledged = True
        cancel = async_call_later(
            self._hass, command.deadline, partial(self._expire, pending)
        )
        pending.done.add_done_callback(lambda _: (cancel(), self._forget(pending)))
        return pending.done

    def _require_open(self) -> None:
        if self._closed:
            raise AbandonedError("unloaded")

    async def judge(self, state: PrinterState) -> None:
        """Compare a fresh state with everything that waits."""
        await self._judge_kept(state)
        for pending in tuple(self._pending.values()):
            # A request that has not ended may still fail, so no state proves it yet.
            if pending.acknowledged and not pending.done.done():
                await self._judge(pending, state)

    async def _judge(self, pending: _Pending, state: PrinterState) -> None:
        command = pending.command
        pending.begun = pending.begun or command.begun is None or command.begun(state)
        if (failure := command.failed_by(state)) is not None:
            pending.finish(failure)
        elif pending.begun and command.shown_by(state):
            await self._run_afterwards(command, state)
            pending.finish()
        elif command.keeps_trying and _is_between(state):
            self._kept, self._kept_file = command, state.job.file
            pending.finish()
        elif monotonic() - pending.sent >= command.resend_after and command.resend:
            pending.sent = monotonic()
            await self._repeat(command.name, command.resend)

    async def _judge_kept(self, state: PrinterState) -> None:
        """Send the kept command again, unless it is shown or its job has ended."""
        if (kept := self._kept) is None:
            return
        files = {self._kept_file, state.job.file} - {None}
        if kept.shown_by(state) or not state.may_have_job or len(files) > 1:
            self._kept = None
        elif kept.resend:
            await self._repeat(kept.name, kept.resend)

    async def _repeat(self, name: str, resend: Send) -> None:
        """Send a command again; the next poll shows whether it worked."""
        try:
            await resend(self._printer)
        except FlashForgeError as err:
            LOGGER.debug("Repeating %s failed: %s", name, err)

    async def _run_afterwards(self, command: Command, state: PrinterState) -> None:
        """Send what follows a command; the command has worked even if this fails."""
        if command.afterwards is None:
            return
        try:
            await command.afterwards(self._printer, state)
        except FlashForgeError as err:
            LOGGER.debug("Tidying up after %s failed: %s", command.name, err)

    @callback
    def _expire(self, pending: _Pending, _now: datetime) -> None:
        """End a command whose time is up."""
        command = pending.command
        pending.finish(pending.doubt or command.unconfirmed(command.name))

    @callback
    def _forget(self, pending: _Pending) -> None:
        if self._pending.get(pending.command.key) is pending:
            del self._pending[pending.command.key]
