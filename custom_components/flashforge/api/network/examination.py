"""Everything that can be asked at an address to find a fault.

The doctor judges the answers (api/network/doctor.py).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import aiohttp

from ..camera.mjpeg import DEFAULT_PORT, CameraPresence, probe_stream, stream_url
from ..connect import Access, connect
from ..errors import (
    FlashForgeError,
    OtherPrinterError,
    UnreachableError,
    UnreadableError,
)
from ..http.requests import normalize_serial
from ..identity import Identity
from ..models.catalog import GENERIC
from ..models.model import Model, Protocol
from ..printer import Printer
from ..state import PrinterState
from . import moonraker
from .discovery import probe
from .packet import DiscoveredPrinter

NO_PRINTER = (UnreachableError, UnreadableError)
"""What asking ends with where nothing speaks like one of these printers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """The answers from an address.

    ``outcome`` is the answer to ``/detail``, ``announced`` the one to a search.
    ``printer`` is what asked.
    ``has_moonraker`` and ``camera`` are None when they were not asked for.
    """

    access: Access
    outcome: PrinterState | FlashForgeError = field(repr=False)
    printer: Printer | None = field(default=None, repr=False, compare=False)
    model: Model = GENERIC
    announced: DiscoveredPrinter | None = field(default=None, repr=False)
    has_moonraker: bool | None = None
    camera: CameraPresence | None = None

    @property
    def state(self) -> PrinterState | None:
        """The state of the printer, None when it gave none."""
        return self.outcome if isinstance(self.outcome, PrinterState) else None

    @property
    def identity(self) -> Identity:
        """The identity that the printer reports, empty when it gave no state."""
        return self.state.identity if self.state else Identity()

    @property
    def is_whole(self) -> bool:
        """Whether the printer that is meant answered as it should."""
        return self.state is not None and self.access.serial != "" and self._fits

    @property
    def announced_serial(self) -> str | None:
        """The serial number that the printer sends to a search."""
        if self.announced is None or self.announced.serial is None:
            return None
        return normalize_serial(self.announced.serial)

    @property
    def is_other(self) -> bool:
        """Whether the printer there is another than the one that is meant.

        The serial number that it sends counts most: a cable instead of Wi-Fi has another MAC.
        """
        if isinstance(self.outcome, OtherPrinterError):
            return True
        if not self.access.serial:
            return False
        if self.announced_serial is not None:
            return self.announced_serial != normalize_serial(self.access.serial)
        return self.state is not None and not self._fits

    @property
    def _fits(self) -> bool:
        return self.access.identity.admits(self.identity)


async def examine(
    session: aiohttp.ClientSession,
    access: Access,
    *,
    thorough: bool = False,
    printer: Printer | None = None,
) -> Examination:
    """Ask the printer at an address everything that helps to find a fault.

    A printer that answers as it should is asked only once, unless the examination is to
    be ``thorough``: that also checks its camera, which uses its only connection
    for a moment. It ends within 18 seconds and raises nothing. ``printer`` is what talks
    to it already, where a second conversation would do harm.
    """
    printer = printer or connect(session, access)
    outcome = await _ask(printer)
    seen = Examination(
        access=access, outcome=outcome, printer=printer, model=printer.model
    )
    if seen.is_whole and not thorough:
        return seen
    silent = isinstance(outcome, NO_PRINTER)
    announced, has_moonraker, camera = await asyncio.gather(
        probe(access.host),
        _if(thorough or silent, lambda: moonraker.answers(session, access.host)),
        _if(
            thorough and not silent,
            lambda: probe_stream(session, access.host, _camera_port(seen)),
        ),
    )
    if not silent and announced and _port_of(announced, access) != access.port:
        # Behind one address there may be several printers, each with a port of its own:
        # the printer at this port is not the one that answers a search.
        announced = None
    return replace(
        seen,
        model=announced.model if announced and not seen.state else seen.model,
        announced=announced,
        has_moonraker=has_moonraker,
        camera=camera,
    )


async def ask(
    session: aiohttp.ClientSession, access: Access
) -> PrinterState | FlashForgeError:
    """Return the state of the printer at an address, or what is wrong there.

    The envelope of ``/detail`` is the verdict on serial and code (docs/protocol/http.md §2.1).
    """
    return await _ask(connect(session, access))


async def _ask(printer: Printer) -> PrinterState | FlashForgeError:
    try:
        return await printer.fetch()
    except FlashForgeError as err:
        return err


def _port_of(announced: DiscoveredPrinter, access: Access) -> int | None:
    """Return the announced port of the protocol that an access uses."""
    if access.protocol is Protocol.TCP:
        return announced.command_port
    return announced.http_port


async def _if[ResultT](
    wanted: bool, ask: Callable[[], Awaitable[ResultT]]
) -> ResultT | None:
    return await ask() if wanted else None


def _camera_port(seen: Examination) -> int:
    url = seen.state and stream_url(seen.state.camera_url, seen.access.host)
    return (urlsplit(url).port if url else None) or DEFAULT_PORT
