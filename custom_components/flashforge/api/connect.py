"""The one door to a printer: from what is known of it to something that talks to it."""

from dataclasses import dataclass, field

import aiohttp

from .http.printer import HTTP_PORT, HttpPrinter
from .identity import Identity
from .models.catalog import by_pid
from .printer import Printer


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How to reach a printer, and who it has to be as far as that is known."""

    host: str
    port: int = HTTP_PORT
    serial: str = field(default="", repr=False)
    check_code: str = field(default="", repr=False)
    pid: int | None = None
    mac: str | None = field(default=None, repr=False)

    @property
    def identity(self) -> Identity:
        """Who has to answer."""
        return Identity(pid=self.pid, mac=self.mac)


def connect(session: aiohttp.ClientSession, access: Access) -> Printer:
    """Return the printer behind an access; nothing is sent yet.

    ``session`` stays its owner's to close.
    """
    return HttpPrinter(
        session,
        access.host,
        port=access.port,
        serial=access.serial,
        check_code=access.check_code,
        model=by_pid(access.pid),
        known=access.identity,
    )
