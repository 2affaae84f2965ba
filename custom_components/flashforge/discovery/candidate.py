"""A printer that may be set up."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from ..api import (
    GENERIC,
    HTTP_PORT,
    DiscoveredPrinter,
    Identity,
    Protocol,
    by_pid,
    serial_of,
)
from ..api.http.requests import normalize_serial
from ..api.network.examination import Examination
from ..api.texts import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A printer that may be set up, as far as it is known.

    ``serial`` is empty until it is known, ``name`` is the user's and may stay empty. One
    that only speaks the line ``protocol`` has no code.
    """

    host: str
    port: int = HTTP_PORT
    serial: str = ""
    name: str = ""
    model: str = GENERIC.name
    pid: int | None = None
    protocol: str = Protocol.HTTP

    @classmethod
    def found(cls, printer: DiscoveredPrinter) -> Candidate:
        """Return a printer that answered a search."""
        if not printer.is_modern:
            return cls(
                host=printer.host,
                port=printer.command_port,
                serial=printer.serial or "",
                name=printer.name,
                model=printer.model.name,
                pid=printer.pid,
                protocol=Protocol.TCP,
            )
        return cls(
            host=printer.host,
            port=printer.http_port or HTTP_PORT,
            serial=normalize_serial(printer.serial) if printer.serial else "",
            name=printer.name,
            model=printer.model.name,
            pid=printer.pid,
        )

    @classmethod
    def examined(cls, seen: Examination) -> Candidate:
        """Return the printer at an address that was examined."""
        host, port = seen.access.host, seen.access.port
        if seen.access.protocol is Protocol.TCP:
            return cls(
                host=host,
                port=port,
                serial=serial_of(seen.identity),
                name=one_line(seen.identity.name or ""),
                model=seen.model.name,
                # What it calls itself may name another model than its answer to a search.
                pid=(seen.announced and seen.announced.pid) or seen.identity.pid,
                protocol=Protocol.TCP,
            )
        if seen.announced is None:
            return cls(host=host, port=port)
        return replace(cls.found(seen.announced), host=host, port=port)

    @classmethod
    def from_discovery_info(cls, info: Mapping[str, Any]) -> Candidate:
        """Return what ``as_discovery_info`` was made from."""
        return cls(**info)

    def as_discovery_info(self) -> dict[str, Any]:
        """Return plain data that a config flow can be started with."""
        return asdict(self)

    def entry_title(self, identity: Identity) -> str:
        """Return the name of its entry: the user's name for it, else its model's."""
        model = by_pid(identity.pid)
        return (
            one_line(identity.name or "")
            or self.name
            or (one_line(identity.model_name or "") if model is GENERIC else "")
            or (self.model if self.protocol == Protocol.TCP else model.name)
        )

    @property
    def title(self) -> str:
        """Its model, and its name if that is another text."""
        if self.name.casefold() in {"", self.model.casefold()}:
            return self.model
        return f"{self.model} · {self.name}"

    @property
    def label(self) -> str:
        """A text that differs from that of another printer of the same model and name."""
        return f"{self.title} · {self.host} · …{self.serial[-4:]}"
