"""A printer that may be set up."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..api import GENERIC, HTTP_PORT, DiscoveredPrinter
from ..api.http.requests import normalize_serial


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A printer that may be set up, as far as it is known.

    ``serial`` is empty until it is known, ``name`` is the user's and may stay empty.
    """

    host: str
    port: int = HTTP_PORT
    serial: str = ""
    name: str = ""
    model: str = GENERIC.name
    pid: int | None = None

    @classmethod
    def found(cls, printer: DiscoveredPrinter) -> Candidate:
        """Return a printer that told about itself."""
        return cls(
            host=printer.host,
            port=printer.http_port or HTTP_PORT,
            serial=normalize_serial(printer.serial) if printer.serial else "",
            name=printer.name,
            model=printer.model.name,
            pid=printer.pid,
        )

    @classmethod
    def from_discovery_info(cls, info: Mapping[str, Any]) -> Candidate:
        """Return what ``as_discovery_info`` was made from."""
        return cls(**info)

    def as_discovery_info(self) -> dict[str, Any]:
        """Return plain data that a config flow can be started with."""
        return asdict(self)

    @property
    def title(self) -> str:
        """How a person calls it: by its model, and its name where that says more."""
        if self.name.casefold() in {"", self.model.casefold()}:
            return self.model
        return f"{self.model} · {self.name}"

    @property
    def label(self) -> str:
        """How a person tells it from another of the same model and name."""
        return f"{self.title} · {self.host} · …{self.serial[-4:]}"
