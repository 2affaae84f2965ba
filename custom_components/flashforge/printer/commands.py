"""Commands on their way: sent, and not yet shown by the printer (docs/design.md, law 6)."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..api.commands.command import Command
from ..api.errors import FlashForgeError
from ..api.printer import Printer
from ..api.state import PrinterState
from ..const import LOGGER


class AbandonedError(FlashForgeError):
    """Nobody looks at the printer any more, so nobody knows what became of it."""

    key = "abandoned"


@dataclass(slots=True, kw_only=True)
class _Order:
    """One command that waits for its proof; ``under_way`` once it is acknowledged."""

    command: Command
    sent: float
    under_way: bool = False
    done: asyncio.Future[None] = field(repr=False)


class Orders:
    """The orders of one printer.

    ``send`` sends one, and what it returns ends when a poll has shown it; the coordinator hands every
    polled state to ``judge`` and polls fast while ``waiting``. A newer order for the same
    thing replaces an older one, which then ends without an error.
    """

    def __init__(self, hass: HomeAssistant, printer: Printer) -> None:
        """Start with nothing on its way."""
        self._hass = hass
        self._printer = printer
        self._orders: dict[str, _Order] = {}
        self._wish: Command | None = None
        self._wish_file: str | None = None
        self._closed = False

    @property
    def waiting(self) -> bool:
        """Whether a command waits for its proof."""
        return bool(self._orders)

    @property
    def wish(self) -> str | None:
        """Name of the job control that is kept until the printer takes it."""
        return self._wish.name if self._wish else None

    @callback
    def close(self) -> None:
        """Give up whatever waits for a proof, as no poll will bring it any more.

        Without this the silence would count as the printer's.
        """
        self._closed = True
        self._wish = None
        for order in self._orders.values():
            if order.under_way and not order.done.done():
                order.done.set_exception(AbandonedError("unloaded"))

    @callback
    def withdraw(self, key: str) -> None:
        """Give up whatever waits or is wished for under this key."""
        if self._wish is not None and self._wish.key == key:
            self._wish = None
        if (order := self._orders.pop(key, None)) and not order.done.done():
            order.done.set_result(None)

    def hindrance(self, command: Command) -> FlashForgeError | None:
        """Return why a command cannot go out beside those that wait, None when it can."""
        if command.alone is None:
            return None
        others = [order.command for order in self._orders.values()]
        if any(
            other.alone is not None
            and not (command.queues and other.key == command.key)
            for other in others
        ):
            return command.alone("another command waits for its proof")
        return None

    async def send(self, command: Command) -> asyncio.Future[None]:
        """Send a command; the future ends when a state shows it or its time is up."""
        self._require_open()
        self.withdraw(command.key)
        order = _Order(
            command=command, sent=monotonic(), done=self._hass.loop.create_future()
        )
        self._orders[command.key] = order
        try:
            await command.send(self._printer)
            if command.proof is not None:
                self._require_open()
        except FlashForgeError, asyncio.CancelledError:
            self._forget(order)
            raise
        if command.proof is None:
            self._forget(order)
            self._finish(order)
            return order.done
        order.sent = monotonic()
        order.under_way = True
        cancel = async_call_later(
            self._hass, command.deadline, partial(self._expire, order)
        )
        order.done.add_done_callback(lambda _: (cancel(), self._forget(order)))
        return order.done

    def _require_open(self) -> None:
        if self._closed:
            raise AbandonedError("unloaded")

    async def judge(self, state: PrinterState) -> None:
        """Hold a fresh state against everything that waits."""
        await self._judge_wish(state)
        for order in tuple(self._orders.values()):
            # While its request is under way it may still fail, so it proves nothing yet,
            # is not sent a second time and is not kept for later.
            if order.done.done() or not order.under_way:
                continue
            if (failure := order.command.failed_by(state)) is not None:
                order.done.set_exception(failure)
            elif order.command.shown_by(state):
                await self._quietly(order.command, state)
                self._finish(order)
            elif order.command.wish and state.warming_up:
                self._wish, self._wish_file = order.command, state.job.file
                self._finish(order)
            elif (
                order.command.resend is not None
                and monotonic() - order.sent >= order.command.resend_after
            ):
                order.sent = monotonic()
                await self._again(order.command)

    async def _judge_wish(self, state: PrinterState) -> None:
        """Send the wish again, unless it came true or its job is gone."""
        if (wish := self._wish) is None:
            return
        files = {self._wish_file, state.job.file} - {None}
        if wish.shown_by(state) or not state.may_have_job or len(files) > 1:
            self._wish = None
        else:
            await self._again(wish)

    async def _again(self, command: Command) -> None:
        """Repeat a command; the next poll tells whether it helped."""
        assert command.resend is not None
        try:
            await command.resend(self._printer)
        except FlashForgeError as err:
            LOGGER.debug("Repeating %s failed: %s", command.name, err)

    async def _quietly(self, command: Command, state: PrinterState) -> None:
        """Let a command tidy up after itself; it has worked whether or not this does."""
        if command.settle is None:
            return
        try:
            await command.settle(self._printer, state)
        except FlashForgeError as err:
            LOGGER.debug("Tidying up after %s failed: %s", command.name, err)

    @callback
    def _expire(self, order: _Order, _now: datetime) -> None:
        """End an order whose time is up."""
        if not order.done.done():
            order.done.set_exception(order.command.unconfirmed(order.command.name))

    @callback
    def _finish(self, order: _Order) -> None:
        if not order.done.done():
            order.done.set_result(None)

    @callback
    def _forget(self, order: _Order) -> None:
        if self._orders.get(order.command.key) is order:
            del self._orders[order.command.key]
