"""Offering printers that were found, with limits against made-up ones."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace

from homeassistant.config_entries import SOURCE_DHCP, SOURCE_INTEGRATION_DISCOVERY
from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import UnknownFlow
from homeassistant.helpers import discovery_flow
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.discovery_flow import DiscoveryKey

from ..api import Access, DiscoveredPrinter, Protocol
from ..api.network.examination import NO_PRINTER, ask
from ..const import DOMAIN
from .candidate import Candidate

MOST_OFFERS = 16
"""Dialogs for new printers that are open at a time."""

MOST_UNCONFIRMED = 4
"""How many of these may be printers that answered a search but no single probe."""

_AT_A_TIME = 32
"""Hosts that are asked at a time."""

_MOST_DOUBTFUL = 16
"""Printers of models without HTTP that are asked over HTTP after a search."""

_PATIENCE = 3.0
"""Seconds for the check whether a model supports HTTP after all."""

_DISCOVERY_VERSION = 1
"""Version of the discovery key; another one would show ignored printers again."""

_FOUND = frozenset({SOURCE_INTEGRATION_DISCOVERY, SOURCE_DHCP})


def _says(answer: DiscoveredPrinter | None, candidate: Candidate) -> bool | None:
    """Return whether an answer is of this printer, None when it names no printer."""
    if answer is None or answer.serial is None:
        return None
    told = Candidate.found(answer)
    return (told.serial, told.port) == (candidate.serial, candidate.port)


class Offers:
    """The dialogs for printers that were found and wait to be set up."""

    def __init__(
        self,
        hass: HomeAssistant,
        probe: Callable[[str], Awaitable[DiscoveredPrinter | None]],
        where: Callable[[str], Candidate | None],
    ) -> None:
        """Prepare; ``probe`` asks a host for its identity, ``where`` finds a serial."""
        self._hass = hass
        self._probe = probe
        self._where = where
        self._turn = asyncio.Lock()
        self._asking = asyncio.Semaphore(_AT_A_TIME)

    async def async_supported(
        self, printers: Collection[DiscoveredPrinter]
    ) -> list[DiscoveredPrinter]:
        """Return the printers that this integration supports.

        If a model is known for the line protocol but the printer announces a port for
        HTTP, it is asked there. Nothing secret is sent for that.
        """
        doubtful = [
            each for each in printers if each.is_modern and not each.is_supported
        ][:_MOST_DOUBTFUL]
        speak = await asyncio.gather(*map(self._async_speaks, doubtful))
        return [
            *(each for each in printers if each.is_supported),
            *(
                each if speaks else replace(each, http_port=None)
                for each, speaks in zip(doubtful, speak, strict=True)
                if speaks or each.model.protocol is Protocol.TCP
            ),
        ]

    async def _async_speaks(self, printer: DiscoveredPrinter) -> bool:
        candidate = Candidate.found(printer)
        access = Access(
            host=candidate.host, port=candidate.port, serial=candidate.serial
        )
        try:
            async with self._asking, asyncio.timeout(_PATIENCE):
                answer = await ask(async_get_clientsession(self._hass), access)
        except TimeoutError:
            return False
        return not isinstance(answer, NO_PRINTER)

    async def async_confirms(self, candidate: Candidate) -> bool | None:
        """Return whether a probe of the host finds this printer; None is silence."""
        return _says(await self._async_hear(candidate.host), candidate)

    async def _async_hear(self, host: str) -> DiscoveredPrinter | None:
        """Probe one host."""
        async with self._asking:
            return await self._probe(host)

    async def async_offer(self, candidates: Iterable[Candidate]) -> None:
        """Offer new printers: first those that answer a probe."""
        async with self._turn:
            waiting = self._waiting()
            new = [each for each in candidates if each.serial not in waiting]
            # One host may have announced many printers, but one probe is enough.
            hosts = list(dict.fromkeys(each.host for each in new))
            heard = await asyncio.gather(*map(self._async_hear, hosts))
            told = dict(zip(hosts, heard, strict=True))
            asked = [(each, _says(told[each.host], each)) for each in new]
            sure = [each for each, answer in asked if answer]
            # A made-up host is silent, so each silent host counts for one printer.
            silent = {each.host: each for each, answer in asked if answer is None}
            room = await self.async_make_room(len(sure))
            taken = MOST_OFFERS - room + len(sure)
            unsure = [*silent.values()][: max(MOST_UNCONFIRMED - taken, 0)]
            for candidate in (*sure[:room], *unsure):
                self._async_create(candidate)

    async def async_make_room(self, wanted: int) -> int:
        """Withdraw offers of printers that do not answer if there is too little room.

        Return for how many more there is room.
        """
        waiting = self._waiting()
        room = MOST_OFFERS - len(waiting)
        if room >= wanted:
            return room
        there = await asyncio.gather(*map(self._async_is_there, waiting))
        for flow_id, is_there in zip(waiting.values(), there, strict=True):
            if not is_there:
                room += 1
                with suppress(UnknownFlow):
                    self._hass.config_entries.flow.async_abort(flow_id)
        return max(room, 0)

    async def _async_is_there(self, serial: str) -> bool:
        candidate = self._where(serial)
        return candidate is not None and bool(await self.async_confirms(candidate))

    @callback
    def _waiting(self) -> dict[str, str]:
        """Return the dialogs that wait for the user, by the serial of their printer."""
        return {
            serial: flow["flow_id"]
            for flow in self._hass.config_entries.flow.async_progress_by_handler(DOMAIN)
            if flow["context"]["source"] in _FOUND
            and (serial := flow["context"].get("unique_id"))
        }

    @callback
    def _async_create(self, candidate: Candidate) -> None:
        discovery_flow.async_create_flow(
            self._hass,
            DOMAIN,
            context={"source": SOURCE_INTEGRATION_DISCOVERY},
            data=candidate.as_discovery_info(),
            discovery_key=DiscoveryKey(
                domain=DOMAIN, key=candidate.serial, version=_DISCOVERY_VERSION
            ),
        )
