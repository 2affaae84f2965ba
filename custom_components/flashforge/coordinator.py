"""Polls one printer, judges its answers and remembers what they mean together."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from types import MappingProxyType
from typing import override

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .api.commands.command import Command
from .api.errors import (
    BusyError,
    FlashForgeError,
    NotConfirmedError,
    OtherPrinterError,
    SwitchedOffError,
    UnreachableError,
    WrongCodeError,
    WrongSerialError,
)
from .api.models.model import Feature
from .api.printer import Printer
from .api.state import PrinterState, Product, Status
from .const import (
    ABSENT_DEADLINE,
    CONF_FACTS,
    CONF_PRODUCT_ID,
    DOMAIN,
    IMPATIENT_DEADLINE,
    LIGHT_YES,
    LOGGER,
    LOST_JOB_WATCH,
    MISSED_POLLS,
    OFFLINE_DOUBLINGS,
    OPTION_LIGHT,
    OPTION_PLUG,
    OPTION_POWER_METER,
    POLL_ACTIVE,
    POLL_COMMAND,
    POLL_IDLE,
    POLL_OFFLINE_MAX,
    REFUSED_CODES,
)
from .exceptions import translated
from .printer.commands import PendingCommands
from .printer.facts import Facts, access_of, chosen_entity
from .printer.job import JobEnd, JobTracker
from .printer.power import Meter, Plug, refusal
from .printer.stored_files import Shelf, Thumbnails
from .printer.uploads import Uploads

type FlashForgeConfigEntry = ConfigEntry[FlashForgeCoordinator]

_QUIET_STATUSES = frozenset(
    {Status.IDLE, Status.COMPLETED, Status.CANCELED, Status.ERROR}
)
_STRANGERS = (OtherPrinterError, WrongSerialError)


class FlashForgeCoordinator(DataUpdateCoordinator[PrinterState]):
    """One printer in Home Assistant."""

    config_entry: FlashForgeConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: FlashForgeConfigEntry,
        printer: Printer,
        on_stranger: Callable[[str], None],
    ) -> None:
        """Prepare to poll; nothing is asked before the first refresh.

        ``on_stranger`` is told the address at which another printer answers.
        """
        assert entry.unique_id is not None
        self.serial: str = entry.unique_id
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            # The log must not carry the user's name for the printer, nor its serial.
            name=f"{printer.model.name} …{self.serial[-4:]}",
            update_interval=POLL_IDLE,
            always_update=False,
        )
        self.printer = printer
        self.pending = PendingCommands(hass, printer)
        self.uploads = Uploads(hass, printer, self.name, self.async_update_listeners)
        self.jobs = JobTracker()
        self._end_listeners: list[Callable[[JobEnd], None]] = []
        self.thumbnails = Thumbnails(
            printer, lambda: None if self.online else self.problem
        )
        self.shelf = Shelf(printer, self.thumbnails, self.async_update_listeners)
        self.facts = Facts.stored(entry.data.get(CONF_FACTS))
        self.data = self.facts.state(printer.known)
        self.problem: FlashForgeError | None = None
        """What went wrong with the last poll, None when it went well."""
        self.misses = 0
        """Polls in a row that brought no state."""
        self._refusals = 0
        self._lost_at = monotonic()
        self.seen = False
        """Whether the printer has answered since this was set up."""
        self._on_stranger = on_stranger
        self._asked_for_code = False
        self.rivals: tuple[str, ...] = ()
        """Other addresses at which somebody claims to be this printer."""
        plug = chosen_entity(entry, OPTION_PLUG)
        self.plug = Plug(hass, plug) if plug else None
        meter = chosen_entity(entry, OPTION_POWER_METER)
        self._meter = Meter(hass, meter) if meter else None
        self.camera_found = False
        """Whether a probe found a camera that the printer does not tell of."""
        self.has_moonraker = False
        """Whether Moonraker was found at the printer's address."""

    @property
    def online(self) -> bool:
        """Whether the printer answers; a single missed poll does not count."""
        return self.seen and self.last_update_success

    @property
    def product(self) -> Product | None:
        """What the printer said last that it controls."""
        return self.facts.product

    @property
    def model_name(self) -> str:
        """Name of the model, in the printer's own words when it is not in the catalog."""
        model = self.printer.model
        return model.name if model.pid is not None else self.facts.model or model.name

    @property
    def model_id(self) -> str | None:
        """The number by which the makers know the model, as their documents write it."""
        pid = self.printer.known.pid
        return None if pid is None else f"0x{pid:04X}"

    @property
    def has_light(self) -> bool:
        """Whether there is a light to switch (docs/protocol/http.md §2.3)."""
        return (
            Feature.LIGHT in self.printer.model.features
            or (self.product is not None and self.product.light is True)
            or self.config_entry.options.get(OPTION_LIGHT) == LIGHT_YES
        )

    def has(self, feature: Feature) -> bool:
        """Return whether the printer's model has a feature."""
        return feature in self.printer.model.features

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
        self.misses = self._refusals = 0
        self.problem = None
        await self.pending.judge(state)
        self._follow_job(state)
        self._remember(state, product)
        self._heal()
        self.seen = True
        self.update_interval = self._interval(state)
        if self.pending.kept != kept:
            # An entity shows the kept command, which is not part of the compared state.
            self.hass.loop.call_soon(self.async_update_listeners)
        return state

    async def _fetch(self) -> PrinterState:
        """Fetch a state and make sure that it is of our printer (docs/design.md, law 4)."""
        if self.plug is not None and self.plug.is_on is False:
            raise SwitchedOffError("the plug is off")
        state = await self.printer.fetch(deadline=self._deadline)
        if not self.printer.known.admits(state.identity):
            raise OtherPrinterError("another printer answers at this address")
        return state

    @property
    def _deadline(self) -> float | None:
        """Return how many seconds the next answer may take, None for the usual time.

        One slow answer is borne. After it a printer that hangs must not keep everybody
        waiting, and one that is back must be seen soon.
        """
        if self.problem is None:
            return None
        if not self.online:
            return ABSENT_DEADLINE
        return IMPATIENT_DEADLINE if _is_silence(self.problem) else None

    async def _fetch_product(self) -> Product | None:
        """Ask a printer that was just switched on what is controllable."""
        try:
            return await self.printer.fetch_product()
        except FlashForgeError as err:
            LOGGER.debug("%s does not say what it controls: %s", self.name, err)
            return None

    def _miss(self, err: FlashForgeError) -> PrinterState:
        """Judge a poll without a state: bear it, or say that the printer is gone."""
        if isinstance(err, BusyError) and self.online:
            # It is there and will answer again; what it showed last still stands.
            self.problem = err
            self.update_interval = POLL_ACTIVE
            return self.data
        if not self.misses:
            self._lost_at = monotonic()
        self.misses += 1
        self._refusals = self._refusals + 1 if isinstance(err, WrongCodeError) else 0
        known, self.problem = self.problem, err
        if not self.online and known is not None and known.key != err.key:
            # Home Assistant tells its listeners only that a printer goes and returns.
            self.hass.loop.call_soon(self.async_update_listeners)
        patience = _patience(err)
        if self._refusals >= REFUSED_CODES:
            # Raising ConfigEntryAuthFailed here would end the polling for good.
            self.config_entry.async_start_reauth(self.hass)
            self._asked_for_code = True
        if isinstance(err, _STRANGERS) and not isinstance(known, _STRANGERS):
            # Once: whoever looks wakes us, and the next answer is the same stranger's.
            self._on_stranger(self.printer.host)
        if self.online and self.misses < patience:
            if _is_silence(err):
                self.update_interval = POLL_COMMAND
            return self.data
        self.update_interval = self._interval_away(self.misses - patience)
        if self.last_update_success:
            # A printer that is switched off is no error, as the coordinator's own line
            # would have it.
            LOGGER.info("%s does not answer: %s", self.name, err)
            self.last_update_success = False
        with translated(UpdateFailed):
            raise err

    def _interval_away(self, misses: int) -> timedelta:
        """Return how soon to look again for a printer that is away."""
        lost = timedelta(seconds=monotonic() - self._lost_at)
        if self.seen and self.data.has_job and lost < LOST_JOB_WATCH:
            return POLL_ACTIVE
        doublings = min(max(misses, 0), OFFLINE_DOUBLINGS)
        return min(POLL_IDLE * (1 << doublings), POLL_OFFLINE_MAX)

    def _follow_job(self, state: PrinterState) -> None:
        """Follow the job, and tell whoever wants to know when it ends."""
        before = self.jobs.key
        end = self.jobs.update(state, dt_util.utcnow())
        job = self.jobs.key
        if job is not None and job != before and job.file is not None:
            # A slicer that uploads and prints may have sliced it anew.
            self.thumbnails.forget(job.file)
        if end is not None:
            for listener in tuple(self._end_listeners):
                listener(end)

    @callback
    def async_on_job_end(self, listener: Callable[[JobEnd], None]) -> CALLBACK_TYPE:
        """Call somebody in the poll that sees a job end; return what ends that.

        It must not wait for anything: the poll goes on after it.
        """
        self._end_listeners.append(listener)
        return lambda: self._end_listeners.remove(listener)

    def _heal(self) -> None:
        """Close the dialog that asks for a code which the printer accepts after all."""
        if not self._asked_for_code:
            return
        self._asked_for_code = False
        flows = self.config_entry.async_get_active_flows(self.hass, {SOURCE_REAUTH})
        for flow in tuple(flows):
            self.hass.config_entries.flow.async_abort(flow["flow_id"])

    def _interval(self, state: PrinterState) -> timedelta:
        """Return how soon to poll again (docs/design.md, timing)."""
        if self.pending.waiting:
            return POLL_COMMAND
        if state.status in _QUIET_STATUSES and state.feeder_rests:
            return POLL_IDLE
        return POLL_ACTIVE

    def _remember(self, state: PrinterState, product: Product | None) -> None:
        """Keep in the entry what will be true while the printer is off."""
        if state is self.data and product is None:
            return
        facts = self.facts.after(state, product)
        entry = self.config_entry
        known = self.printer.known
        new: dict[str, object] = {}
        if known.pid is None:
            new[CONF_PRODUCT_ID] = state.identity.pid
        if known.mac is None and state.identity.mac is not None:
            new[CONF_MAC] = dr.format_mac(state.identity.mac)
        if facts == self.facts and not any(new.values()):
            return
        self.printer.known = replace(
            known,
            pid=known.pid or state.identity.pid,
            mac=known.mac or state.identity.mac,
        )
        self._store(facts, new)
        registry = dr.async_get(self.hass)
        device = registry.async_get_device_by_identifier(
            (DOMAIN, self.serial), entry.entry_id
        )
        if device is not None:
            registry.async_update_device(
                device.id,
                sw_version=facts.firmware,
                model=self.model_name,
                model_id=self.model_id,
            )

    @callback
    def async_learn(self, facts: Facts) -> None:
        """Keep what a command taught about the printer."""
        if facts == self.facts:
            return
        self._store(facts)
        self.async_update_listeners()

    def _store(
        self, facts: Facts, told: Mapping[str, object] = MappingProxyType({})
    ) -> None:
        """Write facts into the entry, and what the printer told of itself besides."""
        self.facts = facts
        entry = self.config_entry
        self.hass.config_entries.async_update_entry(
            entry,
            data={
                **entry.data,
                **told,
                CONF_FACTS: facts.as_stored(entry.data.get(CONF_FACTS)),
            },
        )

    # --- being told -------------------------------------------------------------

    @callback
    def async_follow(self, host: str, port: int) -> None:
        """Follow the printer to another address, without a reload."""
        self.hass.config_entries.async_update_entry(
            self.config_entry,
            data={**self.config_entry.data, CONF_HOST: host, CONF_PORT: port},
        )
        self.printer.move(host, port)
        self.printer.known = access_of(self.config_entry).identity
        # The next poll may bring the same state as the last one, and so no news.
        self.async_update_listeners()
        self._poll_now()

    @callback
    def async_set_rivals(self, rivals: tuple[str, ...]) -> None:
        """Take note of who else claims to be this printer."""
        if rivals != self.rivals:
            self.rivals = rivals
            self.async_update_listeners()

    @callback
    def async_wake(self) -> None:
        """Poll at once if the printer did not answer: somebody has just seen it."""
        if self.problem is not None:
            # It may still be starting, so it is not left alone for long.
            self.misses = 0
            self._poll_now()

    @callback
    def _poll_now(self) -> None:
        self.config_entry.async_create_background_task(
            self.hass, self.async_refresh(), f"{self.name} poll"
        )

    @callback
    def async_watch_power(self) -> None:
        """Notice at once when the power comes or goes."""
        for source in (self.plug, self._meter):
            if source is not None:
                self.config_entry.async_on_unload(
                    source.async_watch(self._power_switched)
                )

    @callback
    def _power_switched(self) -> None:
        self.misses = 0
        self._poll_now()
        self.async_update_listeners()

    async def async_cut_power(self, context: Context | None) -> None:
        """Switch the plug off, unless that would do harm (docs/design.md, law 10).

        ``context`` says who wants it.
        """
        assert self.plug is not None
        if self.online:
            await self.async_refresh()
        with translated():
            if (err := refusal(self.data)) is not None:
                raise err
        await self.plug.async_switch(False, context)

    # --- commands ---------------------------------------------------------------

    async def async_command(self, command: Command) -> None:
        """Carry out a command, or raise what Home Assistant shows of its error."""
        with translated():
            await self.async_carry_out(command)

    async def async_carry_out(self, command: Command) -> None:
        """Carry out a command and return when the printer shows it (docs/design.md, law 6).

        Raises ``errors.FlashForgeError``.
        """
        if (due := await self._due(command)) is None:
            return
        command = due
        done = await self.pending.send(command)
        self._poll_now()
        try:
            await done
        except NotConfirmedError as err:
            if self.problem is not None:
                raise self.problem from err
            raise

    async def async_fresh_state(self) -> PrinterState:
        """Ask for the state as of now. Raises ``errors.FlashForgeError``."""
        await self.async_refresh()
        if self.problem is not None:
            raise self.problem
        return self.data

    async def _due(self, command: Command) -> Command | None:
        """Return what to send as of a fresh state, None when there is nothing to do."""
        if command.refusal is None:
            return command
        state = await self.async_fresh_state()
        if (refusal := command.refusal(state)) is not None:
            raise refusal
        if (hindrance := self.pending.hindrance(command)) is not None:
            raise hindrance
        if command.as_of is not None:
            command = command.as_of(state)
        if not command.needless_in(state):
            return command
        self.pending.withdraw(command.key)
        self.async_update_listeners()
        return None


def _is_silence(err: FlashForgeError) -> bool:
    return isinstance(err, UnreachableError) and err.silent


def _patience(err: FlashForgeError) -> int:
    """Return how many such polls in a row make a printer offline."""
    match err:
        case UnreachableError(refused=True) | SwitchedOffError():
            return 1
        case OtherPrinterError() | WrongSerialError():
            return 1
        case WrongCodeError():
            return REFUSED_CODES
        case _:
            return MISSED_POLLS
