"""Searches the network for printers, and passes on what is found."""

import asyncio
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Interface

from homeassistant.config_entries import (
    SOURCE_IGNORE,
    signal_discovered_config_entry_removed,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.start import async_at_started
from homeassistant.util.hass_dict import HassKey

from ..api import DiscoveredPrinter, probe, resolve, scan
from ..api.network.address import is_local
from ..api.network.findings import rivals
from ..const import DOMAIN, SCAN_INTERVAL
from ..coordinator import FlashForgeConfigEntry
from ..printer.facts import access_of, is_ours
from .candidate import Candidate
from .line_printers import LinePrinters
from .moves import Mover, async_get_former_places
from .offers import Offers
from .own_network import async_own_addresses

MOST_KNOWN = 512
"""Printers whose addresses are remembered, a limit against made-up ones."""


async def async_setup(hass: HomeAssistant) -> None:
    """Search when Home Assistant has started, then every ``SCAN_INTERVAL``."""
    async_at_started(hass, async_get_scanner(hass).async_start)


class Scanner:
    """Searches the network, one search at a time for all callers."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare; nothing is sent before the first search."""
        self._hass = hass
        self._line_printers = LinePrinters(hass)
        self._search: asyncio.Task[dict[str, Candidate]] | None = None
        self._mover = Mover(hass, self._async_ask_host)
        self.found: dict[str, Candidate] = {}
        """The supported printers by serial, as last announced."""
        self.offers = Offers(hass, self._async_ask_host, self.found.get)

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
        # A printer that was deleted or is no longer ignored is offered again.
        async_dispatcher_connect(
            hass,
            signal_discovered_config_entry_removed(DOMAIN),
            self._async_search_again,
        )
        self._async_search_again()

    async def async_scan(self) -> dict[str, Candidate]:
        """Search, or wait for the running search; return the supported printers."""
        # A caller that stops waiting must not end the search for the others.
        return await asyncio.shield(self._async_begin())

    @callback
    def async_identify(self, host: str) -> None:
        """Identify the device at an address where another printer was expected."""
        self._hass.async_create_background_task(
            self._async_identify(host), "FlashForge stranger"
        )

    async def async_recognize(self, host: str) -> Candidate | None:
        """Return the printer at an address, None if there is none."""
        own = await async_own_addresses(self._hass)
        if not is_local(host, own):
            return None
        printer = await probe(host)
        heard = await self._async_known({} if printer is None else {host: printer}, own)
        return next((each for (each, *_) in heard.values()), None)

    async def async_newest(self, known: Candidate) -> Candidate:
        """Return where a printer is now that was found some time ago.

        It has moved if it no longer answers at the old address but at the new one.
        """
        newest = self.found.get(known.serial)
        if newest is None or (newest.host, newest.port) == (known.host, known.port):
            return known
        for place in (known, newest):
            if await self.offers.async_confirms(place):
                return place
        return known

    async def async_seen(self, entry: FlashForgeConfigEntry, *hosts: str) -> None:
        """Check whether the printer of an entry is at one of these addresses."""
        await self._mover.async_seen(entry, hosts)

    async def _async_identify(self, *hosts: str) -> None:
        for host in hosts:
            address = await resolve(host)
            candidate = address and await self.async_recognize(address)
            if candidate:
                self._async_hand_on({candidate.serial: [candidate]})

    async def _async_look_for_missing(self) -> None:
        """Ask each printer that does not answer: a search may not reach it.

        One that moved may be back at its former address.
        """
        former = async_get_former_places(self._hass)
        missing: dict[str, None] = {}
        for entry in self._hass.config_entries.async_loaded_entries(DOMAIN):
            if not entry.runtime_data.online:
                place = await former.async_get(entry.entry_id)
                missing |= dict.fromkeys(
                    (access_of(entry).host, *([place.host] if place else ()))
                )
        await asyncio.gather(*map(self._async_identify, missing))

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
        """Search once and pass on what is found."""
        own = await async_own_addresses(self._hass)
        printers, _ = await asyncio.gather(scan(own), self._async_look_for_missing())
        everybody = [each for one in printers for each in (one, *rivals(one))]
        heard = await self._async_known(
            {(each.host, each.serial): each for each in everybody}, own
        )
        self._async_hand_on(heard)
        return {serial: self.found[serial] for serial in heard}

    async def _async_known(
        self, printers: Mapping[object, DiscoveredPrinter], own: list[IPv4Interface]
    ) -> dict[str, list[Candidate]]:
        """Return the supported printers by serial, and remember their addresses.

        Of several addresses for one serial the one that was known before is kept.
        """
        near = [each for each in printers.values() if is_local(each.host, own)]
        heard: dict[str, list[Candidate]] = {}
        supported = await self.offers.async_supported(near)
        for printer in await asyncio.gather(
            *map(self._line_printers.async_named, supported)
        ):
            candidate = Candidate.found(printer)
            if candidate.serial:
                heard.setdefault(candidate.serial, []).append(candidate)
        for serial, candidates in heard.items():
            known = self.found.pop(serial, None)
            if known is None or known.host not in {each.host for each in candidates}:
                self.found[serial] = candidates[0]
            else:
                self.found[serial] = next(
                    each for each in candidates if each.host == known.host
                )
        for serial in list(self.found)[:-MOST_KNOWN]:
            del self.found[serial]
        return heard

    async def _async_ask_host(self, host: str) -> DiscoveredPrinter | None:
        """Ask one host for its identity."""
        printer = await probe(host)
        return printer and await self._line_printers.async_named(printer)

    @callback
    def _async_hand_on(self, heard: Mapping[str, Iterable[Candidate]]) -> None:
        """Offer new printers, and check the addresses of known ones."""
        new: list[Candidate] = []
        hosts: dict[str, list[str]] = {}
        for serial, candidates in heard.items():
            entry = self._hass.config_entries.async_entry_for_domain_unique_id(
                DOMAIN, serial
            )
            if entry is None:
                new.append(self.found[serial])
            elif entry.source != SOURCE_IGNORE and is_ours(entry):
                hosts[serial] = [each.host for each in candidates]
        for entry in self._hass.config_entries.async_loaded_entries(DOMAIN):
            if entry.runtime_data.found.rivals:
                # The other device that claimed to be it may be gone.
                hosts.setdefault(str(entry.unique_id), [])
        for serial, where in hosts.items():
            entry = self._hass.config_entries.async_entry_for_domain_unique_id(
                DOMAIN, serial
            )
            if entry is not None:
                self._hass.async_create_background_task(
                    self.async_seen(entry, *where), "FlashForge printer seen"
                )
        if new:
            self._hass.async_create_background_task(
                self.offers.async_offer(new), "FlashForge printers offered"
            )


_SCANNER: HassKey[Scanner] = HassKey(f"{DOMAIN}_scanner")


@singleton(_SCANNER)
@callback
def async_get_scanner(hass: HomeAssistant) -> Scanner:
    """Return the one scanner; a config flow may need it before anything is set up."""
    return Scanner(hass)
