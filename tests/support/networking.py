"""A network in which printers are found, away from the ports of real ones."""

import asyncio
from collections.abc import Iterable
from functools import partial
from ipaddress import IPv4Interface
import socket
from typing import TYPE_CHECKING, Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.flashforge.api.network import examination
from custom_components.flashforge.api.network.discovery import probe, scan
from custom_components.flashforge.api.network.packet import DiscoveredPrinter
from custom_components.flashforge.discovery import search as discovery
from simulator import Printer

from .place import free_port

if TYPE_CHECKING:
    from ..conftest import MakePrinter

__all__ = ["Network", "free_port"]

SCAN_SECONDS = 0.1
PROBE_SECONDS = 1.0


class Network:
    """Virtual printers that hear a search, and the search itself."""

    def __init__(
        self,
        hass: HomeAssistant,
        hass_storage: dict[str, Any],
        make_printer: MakePrinter,
        monkeypatch: pytest.MonkeyPatch,
        port: int,
    ) -> None:
        self._hass = hass
        self._make_printer = make_printer
        self._monkeypatch = monkeypatch
        self.port = port
        self.searches = 0
        self.searching = asyncio.Event()
        self.seconds = SCAN_SECONDS
        # Loopback is searched only when somebody chose it in the network settings.
        hass_storage["core.network"] = {
            "version": 1,
            "data": {"configured_adapters": ["test0"]},
        }

        async def search(
            interfaces: Iterable[IPv4Interface],
        ) -> tuple[DiscoveredPrinter, ...]:
            self.searches += 1
            self.searching.set()
            try:
                return await scan(interfaces, duration=self.seconds)
            finally:
                self.searching.clear()

        ask = partial(probe, timeout=PROBE_SECONDS)
        monkeypatch.setattr(discovery, "scan", search)
        monkeypatch.setattr(discovery, "probe", ask)
        monkeypatch.setattr(examination, "probe", ask)

    async def printer(self, model: str, **options: Any) -> Printer:
        """Switch on a printer that is found."""
        return await self._make_printer(
            model, **{"discovery_port": self.port, **options}
        )

    async def search(self) -> None:
        """Search once, and wait until what is found is handled."""
        await discovery.async_get_scanner(self._hass).async_scan()
        await self._hass.async_block_till_done(wait_background_tasks=True)

    def resolves_no_names(self) -> None:
        """Let no host name be resolved, as without a name server."""
        resolve = socket.getaddrinfo

        def refuse(host: str, *args: Any, **kwargs: Any) -> Any:
            if not host.replace(".", "").isdigit():
                raise socket.gaierror(socket.EAI_NONAME, "unknown name")
            return resolve(host, *args, **kwargs)

        self._monkeypatch.setattr(socket, "getaddrinfo", refuse)
