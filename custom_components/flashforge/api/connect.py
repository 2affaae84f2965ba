"""The one door to a printer: from what is known of it to something that talks to it."""

from dataclasses import dataclass, field
import re

import aiohttp

from .http.printer import HTTP_PORT, HttpPrinter
from .identity import Identity
from .lines.printer import TcpPrinter
from .models.catalog import by_pid
from .models.line_models import line_model
from .models.model import Protocol
from .printer import Printer

_MAC = re.compile(r"[0-9a-f]{12}")


def serial_of(identity: Identity) -> str:
    """Return what a printer without a code is known by, empty when it tells nothing.

    That is its serial number, else the digits of its MAC address.
    """
    if identity.serial is not None:
        return identity.serial
    mac = identity.mac or ""
    return "".join(char for char in mac.lower() if char.isalnum())


def _is_mac(serial: str) -> bool:
    return _MAC.fullmatch(serial) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How to reach a printer, and who it has to be as far as that is known.

    Over the line protocol there is no code, ``serial`` may be the MAC address of a
    printer that reports no serial number, ``model_name`` is what the printer calls its
    model, and ``logs_in`` is known of one that is silent before a login.
    """

    host: str
    port: int = HTTP_PORT
    serial: str = field(default="", repr=False)
    check_code: str = field(default="", repr=False)
    pid: int | None = None
    mac: str | None = field(default=None, repr=False)
    protocol: Protocol = Protocol.HTTP
    model_name: str | None = None
    logs_in: bool = False

    @property
    def identity(self) -> Identity:
        """Who has to answer."""
        serial = self.serial if self.protocol is Protocol.TCP else ""
        return Identity(
            pid=self.pid,
            mac=self.mac,
            serial=None if _is_mac(serial) else serial or None,
        )


def connect(session: aiohttp.ClientSession, access: Access) -> Printer:
    """Return the printer behind an access; nothing is sent yet.

    ``session`` stays its owner's to close.
    """
    if access.protocol is Protocol.TCP:
        return TcpPrinter(
            access.host,
            port=access.port,
            model=line_model(access.pid, access.model_name),
            known=access.identity,
            logs_in=access.logs_in,
        )
    return HttpPrinter(
        session,
        access.host,
        port=access.port,
        serial=access.serial,
        check_code=access.check_code,
        model=by_pid(access.pid),
        known=access.identity,
    )
