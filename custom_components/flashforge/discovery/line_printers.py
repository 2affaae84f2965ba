"""Who an older printer is: its answer to a search has no serial number."""

import asyncio
from dataclasses import replace

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from ..api import Access, DiscoveredPrinter, PrinterState, Protocol, serial_of
from ..api.network.examination import ask
from ..const import DOMAIN
from ..printer.facts import access_of

_AT_A_TIME = 8
"""Printers that are asked at a time."""

_PATIENCE = 6.0
"""Seconds for the answer, which includes a login where one is needed."""


@callback
def async_polled_at(hass: HomeAssistant, host: str, port: int) -> str | None:
    """Return the serial number of an older printer that answers our polls there."""
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        known = access_of(entry)
        if (
            known.protocol is Protocol.TCP
            and (known.host, known.port) == (host, port)
            and entry.runtime_data.online
        ):
            return entry.unique_id
    return None


class LinePrinters:
    """Asks printers over the line protocol who they are."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare; nothing is asked yet."""
        self._hass = hass
        self._asking = asyncio.Semaphore(_AT_A_TIME)

    async def async_named(self, printer: DiscoveredPrinter) -> DiscoveredPrinter:
        """Return the printer with its serial number, if it has to be asked for it.

        One that we poll anyway is not disturbed.
        """
        if printer.is_modern or printer.serial is not None:
            return printer
        serial = async_polled_at(self._hass, printer.host, printer.command_port)
        if serial is None:
            serial = await self._async_ask(printer)
        return replace(printer, serial=serial)

    async def _async_ask(self, printer: DiscoveredPrinter) -> str | None:
        access = Access(
            host=printer.host,
            port=printer.command_port,
            pid=printer.pid,
            protocol=Protocol.TCP,
        )
        try:
            async with self._asking, asyncio.timeout(_PATIENCE):
                told = await ask(async_get_clientsession(self._hass), access)
        except TimeoutError:
            return None
        return (
            serial_of(told.identity) or None if isinstance(told, PrinterState) else None
        )
