"""Following a printer to another address, without sending its code to other devices.

Any device on the network can claim to be a printer: answers to a search, DHCP leases and
MACs are easily faked. So each claim is checked first (docs/design.md, law 4).
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ..api import (
    BusyError,
    DiscoveredPrinter,
    FlashForgeError,
    OtherPrinterError,
    PrinterState,
    UnreachableError,
    UnreadableError,
    WrongSerialError,
    resolve,
)
from ..api.errors import SwitchedOffError
from ..api.network.address import Place, is_local
from ..api.network.examination import ask
from ..const import DOMAIN, LOGGER
from ..coordinator import FlashForgeConfigEntry
from ..printer.facts import access_of
from .candidate import Candidate
from .own_network import async_own_addresses

type Probe = Callable[[str], Awaitable[DiscoveredPrinter | None]]
"""Asks one host for its identity, as ``api.network.discovery.probe`` does."""

_NOT_OURS = (UnreachableError, UnreadableError, WrongSerialError, OtherPrinterError)
"""The errors when the expected printer is not at an address."""

_STORE_VERSION = 1


def place_of(entry: FlashForgeConfigEntry) -> Place:
    """Return the present address of an entry's printer."""
    known = access_of(entry)
    return Place(known.host, known.port)


class FormerPlaces:
    """Where printers were before they moved, so that an entry can go back."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare; nothing is read before it is needed."""
        self._store: Store[dict[str, Any]] = Store(
            hass, _STORE_VERSION, f"{DOMAIN}.former_places"
        )
        self._places: dict[str, Place] | None = None

    async def async_get(self, entry_id: str) -> Place | None:
        """Return where the printer of an entry was, None if it never moved."""
        return (await self._async_all()).get(entry_id)

    async def async_set(self, entry_id: str, place: Place | None) -> None:
        """Keep where the printer of an entry was, or forget it."""
        places = await self._async_all()
        if places.get(entry_id) == place:
            return
        if place is None:
            del places[entry_id]
        else:
            places[entry_id] = place
        if not places:
            await self._store.async_remove()
            return
        await self._store.async_save(
            {key: [each.host, each.port] for key, each in places.items()}
        )

    async def _async_all(self) -> dict[str, Place]:
        if self._places is None:
            stored = await self._store.async_load()
            if self._places is None:
                self._places = dict(_places(stored))
        return self._places


def _places(stored: object) -> list[tuple[str, Place]]:
    """Return what a store holds, as far as it can be read."""
    if not isinstance(stored, dict):
        return []
    return [
        (key, Place(host, port))
        for key, value in stored.items()
        if isinstance(value, list) and len(value) == 2
        for host, port in [value]
        if isinstance(host, str) and type(port) is int and 0 < port <= 0xFFFF
    ]


@singleton(HassKey[FormerPlaces](f"{DOMAIN}_former_places"))
@callback
def async_get_former_places(hass: HomeAssistant) -> FormerPlaces:
    """Return the one memory of former places."""
    return FormerPlaces(hass)


class Mover:
    """Checks claims about the printers that are set up."""

    def __init__(self, hass: HomeAssistant, probe: Probe) -> None:
        """Prepare; ``probe`` asks a host for its identity."""
        self._hass = hass
        self._probe = probe
        self._judging: set[str] = set()

    async def async_seen(
        self, entry: FlashForgeConfigEntry, hosts: Collection[str]
    ) -> None:
        """Check whether the printer of an entry is at one of these addresses.

        Only one check of a printer runs at a time; the next search repeats the others.
        """
        if entry.entry_id in self._judging:
            return
        self._judging.add(entry.entry_id)
        known: Collection[str] = ()
        if entry.state is ConfigEntryState.LOADED:
            known = entry.runtime_data.found.rivals
        try:
            await self._async_judge(entry, dict.fromkeys((*hosts, *known)))
        finally:
            self._judging.discard(entry.entry_id)

    async def _async_judge(
        self, entry: FlashForgeConfigEntry, hosts: dict[str, None]
    ) -> None:
        home = place_of(entry)
        here = await resolve(home.host)
        if here in hosts or home.host in hosts:
            await self._async_seen_at_home(entry)
        elsewhere = [host for host in hosts if host not in {here, home.host}]
        own = await async_own_addresses(self._hass)
        claimed = await asyncio.gather(
            *(
                self._async_claim(entry, host)
                for host in elsewhere
                if is_local(host, own)
            )
        )
        claims = [each for each in claimed if each is not None]
        if not claims:
            self._async_set_rivals(entry, ())
            return
        outcome = await self._async_ask_at_home(entry)
        if isinstance(outcome, SwitchedOffError):
            # The printer cannot answer while its plug is off. The option may name the
            # wrong plug, but a claim from the network does not prove that.
            return
        if await self._async_went_back(entry, outcome, claims):
            return
        still_home = not isinstance(outcome, _NOT_OURS) or (
            await self._async_claim(entry, home.host) is not None
        )
        if still_home or len(claims) > 1:
            self._async_set_rivals(entry, [each.host for each in claims])
            return
        self._async_set_rivals(entry, ())
        await self._async_move(entry, claims[0])

    async def _async_claim(
        self, entry: FlashForgeConfigEntry, host: str
    ) -> Place | None:
        """Return the place of a host that claims to be the printer of an entry."""
        answer = await self._probe(host)
        if answer is None or answer.serial is None:
            return None
        claimed = Candidate.found(answer)
        same = claimed.protocol == access_of(entry).protocol
        is_it = same and claimed.serial == entry.unique_id
        return Place(host, claimed.port) if is_it else None

    async def _async_seen_at_home(self, entry: FlashForgeConfigEntry) -> None:
        """Poll a printer that was seen at its address, or accept its changed MAC."""
        if entry.state is not ConfigEntryState.LOADED:
            return
        coordinator = entry.runtime_data
        if not isinstance(coordinator.problem, OtherPrinterError):
            coordinator.async_wake()
            return
        home = place_of(entry)
        claim = await self._async_claim(entry, home.host)
        if claim is not None and claim.port == home.port:
            outcome = await self._async_ask(entry, home)
            if isinstance(outcome, PrinterState):
                await self._async_follow(entry, home, outcome)

    async def _async_ask_at_home(
        self, entry: FlashForgeConfigEntry
    ) -> PrinterState | FlashForgeError:
        """Return how the printer of an entry answers at its known address."""
        if entry.state is not ConfigEntryState.LOADED:
            return await self._async_ask(entry, place_of(entry))
        coordinator = entry.runtime_data
        if coordinator.problem is None:
            await coordinator.async_refresh()
        return coordinator.problem or coordinator.data

    async def _async_ask(
        self, entry: FlashForgeConfigEntry, place: Place
    ) -> PrinterState | FlashForgeError:
        """Send serial and code to a printer; return its state or the error."""
        access = replace(
            access_of(entry), host=place.host, port=place.port, pid=None, mac=None
        )
        return await ask(async_get_clientsession(self._hass), access)

    async def _async_went_back(
        self,
        entry: FlashForgeConfigEntry,
        outcome: PrinterState | FlashForgeError,
        claims: Collection[Place],
    ) -> bool:
        """Return to the former address if that answers and the present one refuses."""
        former = await async_get_former_places(self._hass).async_get(entry.entry_id)
        refuses = isinstance(outcome, FlashForgeError) and not isinstance(
            outcome, BusyError
        )
        if former is None or not refuses or former not in claims:
            return False
        answer = await self._async_ask(entry, former)
        if not isinstance(answer, PrinterState):
            return False
        self._async_set_rivals(entry, ())
        await self._async_follow(entry, former, answer, goes_back=True)
        return True

    async def _async_move(self, entry: FlashForgeConfigEntry, place: Place) -> None:
        """Send the code to a printer that proved all that can be proved without it."""
        outcome = await self._async_ask(entry, place)
        if not isinstance(outcome, _NOT_OURS):
            await self._async_follow(entry, place, outcome)

    async def _async_follow(
        self,
        entry: FlashForgeConfigEntry,
        place: Place,
        outcome: PrinterState | FlashForgeError,
        *,
        goes_back: bool = False,
    ) -> None:
        """Use another address for the printer of an entry from now on.

        A printer that accepted serial and code is the right one even with another MAC,
        for example after a change from Wi-Fi to a cable.
        """
        hass = self._hass
        if hass.config_entries.async_get_entry(entry.entry_id) is None:
            # It was deleted while the printer was asked.
            return
        home = place_of(entry)
        data = {**entry.data, CONF_HOST: place.host, CONF_PORT: place.port}
        if isinstance(outcome, PrinterState) and outcome.identity.mac is not None:
            data[CONF_MAC] = dr.format_mac(outcome.identity.mac)
        if home != place:
            # Addresses of printers are private, so they are not logged.
            LOGGER.info(
                "Printer …%s %s another address",
                str(entry.unique_id)[-4:],
                "went back to" if goes_back else "moved to",
            )
            await async_get_former_places(hass).async_set(
                entry.entry_id, None if goes_back else home
            )
        hass.config_entries.async_update_entry(entry, data=data)
        if entry.state is ConfigEntryState.LOADED:
            entry.runtime_data.async_follow(place.host, place.port)

    @callback
    def _async_set_rivals(
        self, entry: FlashForgeConfigEntry, rivals: Collection[str]
    ) -> None:
        """Store which other addresses claim to be the printer of an entry."""
        if entry.state is not ConfigEntryState.LOADED:
            return
        coordinator = entry.runtime_data
        if coordinator.found.rivals != tuple(rivals):
            coordinator.found.rivals = tuple(rivals)
            coordinator.async_update_listeners()
