"""Polls one printer and judges its answers."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .api import (
    BusyError,
    Command,
    Feature,
    FlashForgeError,
    OtherPrinterError,
    Printer,
    PrinterState,
    Product,
    WrongSerialError,
)
from .api.errors import SwitchedOffError
from .const import LOGGER
from .exceptions import in_words, translated
from .printer import pace
from .printer.code_dialog import CodeDialog
from .printer.command_runner import CommandRunner
from .printer.commands import PendingCommands
from .printer.found import Found
from .printer.job import JobTracker
from .printer.job_log import JobLog
from .printer.power import Power
from .printer.record import Record
from .printer.steady import NOTHING, Shown
from .printer.stored_files import Shelf, Thumbnails
from .printer.uploads import Uploads

type FlashForgeConfigEntry = ConfigEntry[FlashForgeCoordinator]

_STRANGERS = (OtherPrinterError, WrongSerialError)


class FlashForgeCoordinator(DataUpdateCoordinator[PrinterState]):
    """One printer in Home Assistant: its polls, and the parts that they keep up to date."""

    config_entry: FlashForgeConfigEntry
    seen = False
    """Whether the printer has answered since it was set up."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: FlashForgeConfigEntry,
        printer: Printer,
        on_stranger: Callable[[str], None],
        *,
        first_state: PrinterState | None = None,
    ) -> None:
        """Prepare to poll; nothing is asked before the first refresh.

        ``on_stranger`` is called with the address at which another printer answers.
        ``first_state`` is what the printer has just answered, if it was asked before.
        """
        assert entry.unique_id is not None
        self.serial: str = entry.unique_id
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            # The log must contain neither the user's name for the printer nor its serial.
            name=f"{printer.model.name} …{self.serial[-4:]}",
            update_interval=pace.POLL_IDLE,
            always_update=False,
        )
        self.printer = printer
        self._on_stranger = on_stranger
        self._first_state = first_state
        self.problem: FlashForgeError | None = None
        """What went wrong with the last poll, None when it went well."""
        self.misses = 0
        """Polls in a row that brought no state."""
        self._lost_at = monotonic()
        self._code_dialog = CodeDialog(hass, entry)
        self.found = Found()
        self.record = Record(hass, entry, printer, self.async_update_listeners)
        self.data = self.record.facts.state(printer.known)
        self.pending = PendingCommands(hass, printer)
        self.commands = CommandRunner(self.pending, self)
        self.power = Power(hass, entry, self._async_newest_state)
        self.uploads = Uploads(hass, printer, self.name, self.async_update_listeners)
        self.thumbnails = Thumbnails(printer, self._absence)
        self.shelf = Shelf(printer, self.thumbnails, self.async_update_listeners)
        self.steady = NOTHING
        """Parts of the state that are the same as at the last update of the entities."""
        self._shown: Shown | None = None
        self.jobs = JobTracker()
        self.jobs.on_begin(self.thumbnails.job_began)
        self.job_log = JobLog(hass, entry.entry_id)

    @property
    def online(self) -> bool:
        """Whether the printer answers; a single missed poll does not count."""
        return self.seen and self.last_update_success

    def _absence(self) -> FlashForgeError | None:
        """Return why the printer does not answer, None when it does."""
        return None if self.online else self.problem

    def has(self, feature: Feature) -> bool:
        """Return whether the printer's model has a feature."""
        return feature in self.printer.model.features

    @callback
    @override
    def async_update_listeners(self) -> None:
        before = self._shown
        self._shown = Shown(self.data, self.online, self.printer.model)
        self.steady = self._shown.steady_since(before) if before else NOTHING
        super().async_update_listeners()

    # --- polling ----------------------------------------------------------------

    @override
    async def _async_update_data(self) -> PrinterState:
        """Fetch the next state; the one place where errors of polling are mapped."""
        try:
            state = await self._fetch()
        except FlashForgeError as err:
            return self._miss(err)
        product = None if self.online else await self._fetch_product()
        kept = self.pending.kept
        self.misses, self.problem = 0, None
        await self.pending.judge(state)
        self.jobs.update(state, now := dt_util.utcnow())
        self.job_log.update(state, now)
        self.record.remember(state, product)
        self._code_dialog.poll_succeeded()
        self.seen = True
        self.update_interval = pace.interval(state, command_waits=self.pending.waiting)
        if self.pending.kept != kept:
            # An entity shows the kept command, but it is not part of the compared state.
            self.hass.loop.call_soon(self.async_update_listeners)
        return state

    async def _fetch(self) -> PrinterState:
        """Fetch a state and check that it is of our printer (docs/design.md, law 4)."""
        if self.power.is_off:
            raise SwitchedOffError("the plug is off")
        state, self._first_state = self._first_state, None
        if state is None:
            state = await self.printer.fetch(
                deadline=pace.deadline(self.problem, online=self.online)
            )
        if not self.printer.known.admits(state.identity):
            raise OtherPrinterError("another printer answers at this address")
        return state

    async def _fetch_product(self) -> Product | None:
        """Ask a printer that was just switched on what can be controlled."""
        try:
            return await self.printer.fetch_product()
        except FlashForgeError as err:
            LOGGER.debug("%s does not report what it controls: %s", self.name, err)
            return None

    def _miss(self, err: FlashForgeError) -> PrinterState:
        """Judge a poll without a state: keep the last state, or report an absence."""
        if isinstance(err, BusyError) and self.online:
            # The printer is there and will answer again; its last state is still valid.
            self.problem = err
            self.update_interval = pace.POLL_ACTIVE
            return self.data
        if not self.misses:
            self._lost_at = monotonic()
        self.misses += 1
        known, self.problem = self.problem, err
        if not self.online and known is not None and known.key != err.key:
            # Home Assistant updates listeners only when a printer goes or returns.
            self.hass.loop.call_soon(self.async_update_listeners)
        self._code_dialog.poll_failed(err)
        if isinstance(err, _STRANGERS) and not isinstance(known, _STRANGERS):
            # Only once: the search that follows polls again and meets the same stranger.
            self._on_stranger(self.printer.host)
        borne = pace.misses_until_offline(err)
        if self.online and self.misses < borne:
            if pace.is_silence(err):
                self.update_interval = pace.POLL_COMMAND
            return self.data
        self.update_interval = pace.interval_away(
            self.misses - borne,
            lost_for=timedelta(seconds=monotonic() - self._lost_at),
            had_job=self.seen and self.data.has_job,
        )
        if self.last_update_success:
            # Home Assistant would log an error, but a printer that is off is none.
            LOGGER.info("%s does not answer: %s", self.name, err)
            self.last_update_success = False
        # Raising it here would tie each error to the one before, without an end.
        raise in_words(err, UpdateFailed) from err

    # --- polling on request -------------------------------------------------------

    @callback
    def async_poll_now(self) -> None:
        """Poll in the background."""
        self.config_entry.async_create_background_task(
            self.hass, self.async_refresh(), f"{self.name} poll"
        )

    @callback
    def async_wake(self) -> None:
        """Poll at once if the printer did not answer: it was just seen on the network."""
        if self.problem is not None:
            # It may still be starting, so poll it soon again.
            self.misses = 0
            self.async_poll_now()

    @callback
    def async_power_changed(self) -> None:
        """Poll at once: the power came or went."""
        self.misses = 0
        self.async_poll_now()
        self.async_update_listeners()

    @callback
    def async_follow(self, host: str, port: int) -> None:
        """Poll the printer at another address from now on, without a reload."""
        self.record.move(host, port)
        # The next poll may bring the same state, which does not update the listeners.
        self.async_update_listeners()
        self.async_poll_now()

    async def async_fresh_state(self) -> PrinterState:
        """Ask for the current state. Raises ``errors.FlashForgeError``."""
        await self.async_refresh()
        if self.problem is not None:
            raise self.problem
        return self.data

    async def _async_newest_state(self) -> PrinterState:
        """Return the current state, of a printer that is off the last one."""
        if self.online:
            await self.async_refresh()
        return self.data

    # --- commands ---------------------------------------------------------------

    async def async_command(self, command: Command) -> None:
        """Carry out a command; its errors are raised in the words of translations."""
        with translated():
            await self.commands.carry_out(command)
