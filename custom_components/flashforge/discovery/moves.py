"""Following a printer to another address, without giving its code to anybody else.

Whoever shares the network can claim to be a printer: an answer to a search, a DHCP lease
and a MAC are easily made up. So nothing is believed at once (docs/design.md, law 4).
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
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
    Access,
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
"""Asks one host who it is, as ``api.discovery.probe`` does."""

_NOT_OURS = (UnreachableError, UnreadableError, WrongSerialError, OtherPrinterError)
"""What asking at an address ends with when our printer is not there."""

_STORE_VERSION = 1


def place_of(entry: FlashForgeConfigEntry) -> Place:
    """Return where the printer of an entry is asked now."""
    known = access_of(entry)
    return Place(known.host, known.port)


class FormerPlaces:
    """Where printers were before they moved, so that an entry can go back."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Read nothing before somebody asks."""
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
    """Judges what is claimed of the printers that are set up."""

    def __init__(self, hass: HomeAssistant, probe: Probe) -> None:
        """Prepare; ``probe`` is how a host is asked who it is."""
        self._hass = hass
        self._probe = probe
        self._judging: set[str] = set()

    async def async_seen(
        self, entry: FlashForgeConfigEntry, hosts: Collection[str]
    ) -> None:
        """Take note that somebody at these addresses may be the printer of an entry.

        One sighting of a printer is judged at a time; the next search brings it again.
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
            # Nobody can be our printer while its plug is off; the plug may be the wrong
            # one, but that is not for a stranger to say.
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
        """Return where a host says that the printer of an entry is, if it says so."""
        answer = await self._probe(host)
        if answer is None or answer.http_port is None:
            return None
        claimed = Candidate.found(answer)
        return Place(host, claimed.port) if claimed.serial == entry.unique_id else None

    async def _async_seen_at_home(self, entry: FlashForgeConfigEntry) -> None:
        """Wake an entry whose printer was heard, or believe that it changed its MAC."""
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
        """Return what the printer of an entry says at the address that we know."""
        if entry.state is not ConfigEntryState.LOADED:
            return await self._async_ask(entry, place_of(entry))
        coordinator = entry.runtime_data
        if coordinator.problem is None:
            await coordinator.async_refresh()
        return coordinator.problem or coordinator.data

    async def _async_ask(
        self, entry: FlashForgeConfigEntry, place: Place
    ) -> PrinterState | FlashForgeError:
        """Give serial and code to a printer; return its state, or what is wrong there."""
        known = access_of(entry)
        access = Access(
            host=place.host,
            port=place.port,
            serial=known.serial,
            check_code=known.check_code,
        )
        return await ask(async_get_clientsession(self._hass), access)

    async def _async_went_back(
        self,
        entry: FlashForgeConfigEntry,
        outcome: PrinterState | FlashForgeError,
        claims: Collection[Place],
    ) -> bool:
        """Go back to the former address if that answers and the present one refuses."""
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
        """Give the code to a printer that proved what can be proved without it."""
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
        """Ask the printer of an entry at another address from now on.

        A printer that took serial and code is known even if it has another MAC: it was
        moved from Wi-Fi to a cable.
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
            # Where printers are is nobody's business but their owner's.
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
        """Let an entry know who else claims to be its printer."""
        if entry.state is not ConfigEntryState.LOADED:
            return
        coordinator = entry.runtime_data
        if coordinator.found.rivals != tuple(rivals):
            coordinator.found.rivals = tuple(rivals)
            coordinator.async_update_listeners()
