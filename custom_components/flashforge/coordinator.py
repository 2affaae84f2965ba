"""Polls one printer, judges its answers and remembers what they mean together."""

from datetime import timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    HomeAssistantError,
    ServiceValidationError,
)
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .api.catalog import Feature
from .api.command import Command
from .api.errors import (
    FlashForgeError,
    NotConfirmedError,
    NotNowError,
    OtherPrinterError,
    UnreachableError,
    UnsupportedError,
    WrongCodeError,
    WrongSerialError,
)
from .api.printer import Printer
from .api.state import PrinterState, Product, StationActivity, Status
from .const import (
    CONF_PRODUCT_ID,
    DOMAIN,
    LIGHT_YES,
    LOGGER,
    MISSED_POLLS,
    OPTION_LIGHT,
    POLL_ACTIVE,
    POLL_COMMAND,
    POLL_IDLE,
    POLL_OFFLINE_MAX,
    REFUSED_CODES,
)
from .jobs import JobTracker
from .orders import Orders

type FlashForgeConfigEntry = ConfigEntry[FlashForgeCoordinator]

_QUIET_STATUSES = frozenset(
    {Status.IDLE, Status.COMPLETED, Status.CANCELLED, Status.ERROR}
)
_QUIET_STATION = frozenset({None, StationActivity.IDLE})


class FlashForgeCoordinator(DataUpdateCoordinator[PrinterState]):
    """One printer in Home Assistant."""

    config_entry: FlashForgeConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: FlashForgeConfigEntry, printer: Printer
    ) -> None:
        """Prepare to poll; nothing is asked before the first refresh."""
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
        self.orders = Orders(hass, printer)
        self.jobs = JobTracker()
        self.product: Product | None = None
        self.problem: FlashForgeError | None = None
        """What went wrong with the last poll, None when it went well."""
        self.misses = 0
        """Polls in a row that brought no state."""
        self._seen = False
        self.camera_found = False
        """Whether a probe found a camera that the printer does not tell of."""

    @property
    def online(self) -> bool:
        """Whether the printer answers; a single missed poll does not count."""
        return self.last_update_success

    @property
    def model_name(self) -> str:
        """Name of the model, in the printer's own words when it is not in the catalogue."""
        model = self.printer.model
        if model.pid is None and self.data.identity.model_name:
            return self.data.identity.model_name
        return model.name

    @property
    def has_light(self) -> bool:
        """Whether there is a light to switch (protocol/http.md §2.3)."""
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
        wish = self.orders.wish
        if self.product is None and not (self._seen and self.online):
            await self._fetch_product()
        self.misses = 0
        self.problem = None
        await self.orders.judge(state)
        self.jobs.update(state, dt_util.utcnow())
        self._follow_firmware(state)
        self._seen = True
        self.update_interval = self._interval(state)
        if self.orders.wish != wish:
            # A wish is shown by an entity but is no part of the state that is compared.
            self.hass.loop.call_soon(self.async_update_listeners)
        return state

    async def _fetch(self) -> PrinterState:
        """Fetch a state and make sure that it is of our printer (design, law 4)."""
        try:
            state = await self.printer.fetch()
        except WrongCodeError:
            if self._seen:
                raise
            # Set-up has no next poll that could tell a slip from a changed code.
            state = await self.printer.fetch()
        entry = self.config_entry.data
        theirs = state.identity
        if (
            entry[CONF_PRODUCT_ID] is not None
            and theirs.pid is not None
            and theirs.pid != entry[CONF_PRODUCT_ID]
        ) or (
            entry[CONF_MAC] is not None
            and theirs.mac is not None
            and dr.format_mac(theirs.mac) != entry[CONF_MAC]
        ):
            raise OtherPrinterError("another printer answers at this address")
        return state

    async def _fetch_product(self) -> None:
        """Ask once what is controllable; only an accessory light depends on it."""
        try:
            self.product = await self.printer.fetch_product()
        except FlashForgeError as err:
            LOGGER.debug("%s does not say what it controls: %s", self.name, err)

    def _miss(self, err: FlashForgeError) -> PrinterState:
        """Judge a poll without a state: bear it, or say that the printer is gone."""
        self.misses += 1
        self.problem = err
        patience = _patience(err)
        if isinstance(err, WrongCodeError):
            if not self._seen:
                raise ConfigEntryAuthFailed(
                    translation_domain=DOMAIN,
                    translation_key=err.key,
                    translation_placeholders=err.placeholders,
                ) from err
            if self.misses >= patience:
                # Raising ConfigEntryAuthFailed here would end the polling for good.
                self.config_entry.async_start_reauth(self.hass)
        if self._seen and self.online and self.misses < patience:
            return self.data
        self.update_interval = min(
            POLL_IDLE * 2 ** max(self.misses - patience, 0), POLL_OFFLINE_MAX
        )
        raise UpdateFailed(
            translation_domain=DOMAIN,
            translation_key=err.key,
            translation_placeholders=err.placeholders,
        ) from err

    def _interval(self, state: PrinterState) -> timedelta:
        """Return how soon to poll again (design, timing)."""
        if self.orders.waiting:
            return POLL_COMMAND
        station = state.station.activity if state.station else None
        if state.status in _QUIET_STATUSES and station in _QUIET_STATION:
            return POLL_IDLE
        return POLL_ACTIVE

    def _follow_firmware(self, state: PrinterState) -> None:
        """Bring the device up to date when the printer has got another firmware."""
        firmware = state.identity.firmware
        if not self._seen or firmware in {None, self.data.identity.firmware}:
            return
        registry = dr.async_get(self.hass)
        device = registry.async_get_device_by_identifier(
            (DOMAIN, self.serial), self.config_entry.entry_id
        )
        if device is not None:
            registry.async_update_device(device.id, sw_version=firmware)

    # --- being told -------------------------------------------------------------

    @callback
    def async_follow(self, host: str, port: int) -> None:
        """Follow the printer to another address, without a reload."""
        self.hass.config_entries.async_update_entry(
            self.config_entry,
            data={**self.config_entry.data, CONF_HOST: host, CONF_PORT: port},
        )
        self.printer.move(host, port)
        # The next poll may bring the same state as the last one, and so no news.
        self.async_update_listeners()
        self._poll_now()

    @callback
    def async_wake(self) -> None:
        """Poll at once if the printer did not answer: somebody has just seen it."""
        if self.problem is not None:
            self._poll_now()

    @callback
    def _poll_now(self) -> None:
        self.config_entry.async_create_background_task(
            self.hass, self.async_refresh(), f"{self.name} poll"
        )

    # --- commands ---------------------------------------------------------------

    async def async_command(self, command: Command) -> None:
        """Carry out a command and return when the printer shows it (design, law 6).

        The one place where errors of commands are mapped.
        """
        try:
            if await self._must_send(command):
                done = await self.orders.send(command)
                self._poll_now()
                await done
        except NotConfirmedError as err:
            raise _translated(self.problem or err) from err
        except FlashForgeError as err:
            raise _translated(err) from err

    async def _must_send(self, command: Command) -> bool:
        """Check a fresh state: is the command allowed, and is there anything to do."""
        if command.refusal is None:
            return True
        await self.async_refresh()
        if self.problem is not None:
            raise self.problem
        if (refusal := command.refusal(self.data)) is not None:
            raise refusal
        if not command.proof(self.data):
            return True
        self.orders.withdraw(command.key)
        self.async_update_listeners()
        return False


def _patience(err: FlashForgeError) -> int:
    """Return how many such polls in a row make a printer offline."""
    match err:
        case UnreachableError(refused=True) | OtherPrinterError() | WrongSerialError():
            return 1
        case WrongCodeError():
            return REFUSED_CODES
        case _:
            return MISSED_POLLS


def _translated(err: FlashForgeError) -> HomeAssistantError:
    """Return what Home Assistant shows to the person who gave a command."""
    kind = (
        ServiceValidationError
        if isinstance(err, NotNowError | UnsupportedError)
        else HomeAssistantError
    )
    return kind(
        translation_domain=DOMAIN,
        translation_key=err.key,
        translation_placeholders=err.placeholders,
    )
