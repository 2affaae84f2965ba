"""Looks for printers on the network, now and then, and tells whom it concerns."""

import asyncio
from collections.abc import Iterable
from ipaddress import IPv4Interface

from homeassistant.components import network
from homeassistant.config_entries import (
    SOURCE_IGNORE,
    SOURCE_INTEGRATION_DISCOVERY,
    ConfigEntryState,
    signal_discovered_config_entry_removed,
)
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, discovery_flow
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.discovery_flow import DiscoveryKey
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.start import async_at_started
from homeassistant.util.hass_dict import HassKey

from .api.connect import Access, connect
from .api.discovery import probe, scan
from .api.errors import (
    FlashForgeError,
    OtherPrinterError,
    UnreachableError,
    UnreadableError,
    WrongSerialError,
)
from .api.state import PrinterState
from .candidate import Candidate, is_supported
from .const import DOMAIN, SCAN_INTERVAL
from .coordinator import FlashForgeConfigEntry
from .facts import access_of

_DISCOVERY_VERSION = 1
"""Of the discovery key; another number would show ignored printers once more."""

_NOT_OURS = (UnreachableError, UnreadableError, WrongSerialError, OtherPrinterError)
"""What asking at an address ends with when our printer is not there."""


async def async_setup(hass: HomeAssistant) -> None:
    """Search when Home Assistant has started, then every ``SCAN_INTERVAL``."""
    async_at_started(hass, async_get_scanner(hass).async_start)


class Scanner:
    """One search of the network at a time, whoever asks for it."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare; nothing is sent before the first search."""
        self._hass = hass
        self._search: asyncio.Task[dict[str, Candidate]] | None = None
        self.found: dict[str, Candidate] = {}
        """The printers that we can talk to, by serial, as last heard of."""

    @callback
    def async_start(self, hass: HomeAssistant) -> None:
        """Search now and from now on, until Home Assistant stops."""
        async_track_time_interval(
            hass,
            self._async_search_again,
            SCAN_INTERVAL,
            name="FlashForge discovery",
            cancel_on_shutdown=True,
        )
        # Somebody deleted or no longer ignores a printer, which offers it anew.
        async_dispatcher_connect(
            hass,
            signal_discovered_config_entry_removed(DOMAIN),
            self._async_search_again,
        )
        self._async_search_again()

    async def async_scan(self) -> dict[str, Candidate]:
        """Search, or wait for the search under way; return whom we can talk to."""
        # Whoever gives up waiting must not end the search for the others.
        return await asyncio.shield(self._async_begin())

    @callback
    def async_identify(self, host: str) -> None:
        """Ask who answers at an address where another printer was expected."""
        self._hass.async_create_background_task(
            self._async_identify(host), "FlashForge stranger"
        )

    async def _async_identify(self, host: str) -> None:
        printer = await probe(host)
        if printer is not None and is_supported(printer):
            candidate = Candidate.found(printer)
            if candidate.serial:
                self.found[candidate.serial] = candidate
                self._async_hand_on(candidate)

    async def _async_look_for_missing(self) -> None:
        """Ask the printers that do not answer one by one: a search may not reach them."""
        missing = {
            access_of(entry).host
            for entry in self._hass.config_entries.async_loaded_entries(DOMAIN)
            if not entry.runtime_data.online
        }
        await asyncio.gather(*(self._async_identify(host) for host in missing))

    @callback
    def _async_search_again(self, _: object = None) -> None:
        self._async_begin()

    @callback
    def _async_begin(self) -> asyncio.Task[dict[str, Candidate]]:
        if self._search is None or self._search.done():
            self._search = self._hass.async_create_background_task(
                self._async_search(), "FlashForge discovery"
            )
        return self._search

    async def _async_search(self) -> dict[str, Candidate]:
        """Search once and hand on what is found."""
        adapters = await network.async_get_adapters(self._hass)
        printers, _ = await asyncio.gather(
            scan(_interfaces(adapters)), self._async_look_for_missing()
        )
        found = [Candidate.found(each) for each in printers if is_supported(each)]
        candidates = {each.serial: each for each in found if each.serial}
        self.found |= candidates
        for candidate in candidates.values():
            self._async_hand_on(candidate)
        return candidates

    @callback
    def _async_hand_on(self, found: Candidate) -> None:
        """Offer a new printer, and tell the entry of a known one."""
        entry: FlashForgeConfigEntry | None = (
            self._hass.config_entries.async_entry_for_domain_unique_id(
                DOMAIN, found.serial
            )
        )
        if entry is None:
            discovery_flow.async_create_flow(
                self._hass,
                DOMAIN,
                context={"source": SOURCE_INTEGRATION_DISCOVERY},
                data=found.as_discovery_info(),
                discovery_key=DiscoveryKey(
                    domain=DOMAIN, key=found.serial, version=_DISCOVERY_VERSION
                ),
            )
        elif entry.source != SOURCE_IGNORE:
            self._hass.async_create_background_task(
                async_seen(self._hass, entry, found.host, found.port, found.serial),
                "FlashForge printer seen",
            )


_SCANNER: HassKey[Scanner] = HassKey(f"{DOMAIN}_scanner")


@singleton(_SCANNER)
@callback
def async_get_scanner(hass: HomeAssistant) -> Scanner:
    """Return the one scanner; a config flow may need it before anything is set up."""
    return Scanner(hass)


async def async_ask(
    hass: HomeAssistant, host: str, port: int, serial: str, check_code: str
) -> PrinterState | FlashForgeError:
    """Return the state of the printer at an address, or what is wrong there.

    The envelope of ``/detail`` is the verdict on serial and code (protocol/http.md §2.1).
    """
    access = Access(host=host, port=port, serial=serial, check_code=check_code)
    printer = connect(async_get_clientsession(hass), access)
    try:
        return await printer.fetch()
    except FlashForgeError as err:
        return err


async def async_announced_serial(host: str) -> str | None:
    """Return the serial that the printer at an address tells by itself."""
    printer = await probe(host)
    return Candidate.found(printer).serial if printer else None


async def async_seen(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    host: str,
    port: int,
    announced: str | None = None,
) -> None:
    """Take note that the printer of an entry was seen at an address.

    ``announced`` is the serial that the printer there told by itself, None when only its
    MAC was seen. The address is believed when the printer there takes our serial and
    code, or tells our serial while it refuses the code. At the address that we know the
    same lets a printer have another MAC.
    """
    known = access_of(entry)
    at_home = (known.host, known.port) == (host, port)
    if at_home and not (announced == entry.unique_id and _is_taken_for_another(entry)):
        _async_wake(hass, entry)
        return
    if await _async_answers(entry):
        # This is a second interface of it, and following would never end
        # (protocol/discovery.md §4).
        return
    outcome = await async_ask(hass, host, port, known.serial, known.check_code)
    if isinstance(outcome, _NOT_OURS):
        return
    if isinstance(outcome, PrinterState):
        mac = outcome.identity.mac if announced else None
    elif (announced or await async_announced_serial(host)) == entry.unique_id:
        mac = None
    else:
        return
    _async_follow(hass, entry, host, port, mac)


def _is_taken_for_another(entry: FlashForgeConfigEntry) -> bool:
    """Return whether the printer at our address is not the one that it was."""
    return entry.state is ConfigEntryState.LOADED and isinstance(
        entry.runtime_data.problem, OtherPrinterError
    )


async def _async_answers(entry: FlashForgeConfigEntry) -> bool:
    """Return whether the printer answers at the address that we know."""
    if entry.state is not ConfigEntryState.LOADED:
        return False
    coordinator = entry.runtime_data
    if coordinator.problem is None:
        await coordinator.async_refresh()
    return not isinstance(coordinator.problem, _NOT_OURS)


@callback
def _async_follow(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    host: str,
    port: int,
    mac: str | None,
) -> None:
    """Follow the printer of an entry to another address.

    ``mac`` is given when a printer proved by its serial who it is: one that was moved
    from Wi-Fi to a cable has another.
    """
    if hass.config_entries.async_get_entry(entry.entry_id) is None:
        # It was deleted while the printer was asked.
        return
    data = {**entry.data, CONF_HOST: host, CONF_PORT: port}
    if mac is not None:
        data[CONF_MAC] = dr.format_mac(mac)
    hass.config_entries.async_update_entry(entry, data=data)
    if entry.state is ConfigEntryState.LOADED:
        entry.runtime_data.async_follow(host, port)
    else:
        _async_wake(hass, entry)


@callback
def _async_wake(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Let an entry try again whose printer did not answer."""
    if entry.state is ConfigEntryState.LOADED:
        entry.runtime_data.async_wake()


def _interfaces(adapters: Iterable[network.Adapter]) -> list[IPv4Interface]:
    """Return our own addresses; loopback is enabled only when the user did that."""
    return [
        IPv4Interface((address["address"], address["network_prefix"]))
        for adapter in adapters
        if adapter["enabled"]
        for address in adapter["ipv4"]
    ]
