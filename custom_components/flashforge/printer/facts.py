"""Reading and writing what an entry holds about its printer.

An older or a newer version may have written it. So every value is checked when it is
read, and what this version does not know is kept as it is.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import valid_entity_id

from ..api import HTTP_PORT, Access, Identity, PrinterState, Product, Protocol
from ..api.lines.channel import standard_port
from ..api.wire.fields import boolean, count, integer, mac, text
from ..const import (
    CONF_CHECK_CODE,
    CONF_FACTS,
    CONF_LOGS_IN,
    CONF_PRODUCT_ID,
    CONF_PROTOCOL,
    CONF_SERIAL_NUMBER,
)

# More nozzles or slots than this are garbage.
_MOST_PARTS = 16


def is_ours(entry: ConfigEntry) -> bool:
    """Return whether this integration wrote an entry of its domain."""
    data = entry.data
    return CONF_HOST in data and CONF_PORT in data and bool(entry.unique_id)


def access_of(entry: ConfigEntry) -> Access:
    """Return how to reach the printer of an entry, and who it has to be."""
    data = entry.data
    port, pid = integer(data.get(CONF_PORT)), integer(data.get(CONF_PRODUCT_ID))
    lines = data.get(CONF_PROTOCOL) == Protocol.TCP
    return Access(
        host=text(data.get(CONF_HOST)) or "",
        port=port if port is not None and 0 < port < 65536 else _port(lines),
        serial=text(data.get(CONF_SERIAL_NUMBER)) or entry.unique_id or "",
        check_code=text(data.get(CONF_CHECK_CODE)) or "",
        pid=pid if pid is not None and 0 < pid <= 0xFFFF else None,
        mac=mac(data.get(CONF_MAC)),
        protocol=Protocol.TCP if lines else Protocol.HTTP,
        model_name=Facts.stored(data.get(CONF_FACTS)).model if lines else None,
        logs_in=boolean(data.get(CONF_LOGS_IN)) is True,
    )


def _port(lines: bool) -> int:
    """Return the port of an entry that names none."""
    return standard_port() if lines else HTTP_PORT


def chosen_entity(entry: ConfigEntry, option: str) -> str | None:
    """Return the entity that an option names, None when it names none."""
    chosen = entry.options.get(option)
    return chosen if isinstance(chosen, str) and valid_entity_id(chosen) else None


def _parts(stored: object) -> int:
    number = count(stored)
    return number if number is not None and number <= _MOST_PARTS else 0


def _product(stored: object) -> Product | None:
    if not isinstance(stored, Mapping):
        return None
    return Product(
        **{field.name: boolean(stored.get(field.name)) for field in fields(Product)}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What does not change from poll to poll.

    ``model`` is the printer's own name of its model, ``tools`` and ``slots`` count its
    nozzles and material slots, ``product`` is its last answer to ``/product``.
    ``starts_files`` is the firmware version that started a stored file, ``ignores_start``
    the one that accepted the command and did nothing (docs/protocol/http.md §6.1).
    """

    model: str | None = None
    firmware: str | None = None
    tools: int = 0
    slots: int = 0
    product: Product | None = None
    starts_files: str | None = None
    ignores_start: str | None = None

    @classmethod
    def stored(cls, stored: object) -> Self:
        """Return the facts in what an entry holds, as far as they can be read."""
        if not isinstance(stored, Mapping):
            return cls()
        return cls(
            model=text(stored.get("model")),
            firmware=text(stored.get("firmware")),
            tools=_parts(stored.get("tools")),
            slots=_parts(stored.get("slots")),
            product=_product(stored.get("product")),
            starts_files=text(stored.get("starts_files")),
            ignores_start=text(stored.get("ignores_start")),
        )

    def as_stored(self, beside: object = None) -> dict[str, Any]:
        """Return plain data for the entry, with what else stands ``beside`` these facts."""
        return {**(beside if isinstance(beside, Mapping) else {}), **asdict(self)}

    def after(self, state: PrinterState, product: Product | None) -> Facts:
        """Return the present facts; what this answer leaves out stays as it was."""
        slots = len(state.station.slots) if state.station else 0
        return replace(
            self,
            model=state.identity.model_name or self.model,
            firmware=state.identity.firmware or self.firmware,
            tools=len(state.nozzles) or self.tools,
            slots=slots or self.slots,
            product=product or self.product,
        )

    @property
    def is_known_to_start(self) -> bool:
        """Whether the present firmware has started a stored file before."""
        return self.firmware is not None and self.firmware == self.starts_files

    @property
    def is_known_to_ignore(self) -> bool:
        """Whether the present firmware has ignored the start of a stored file before."""
        return self.firmware is not None and self.firmware == self.ignores_start

    def state(self, known: Identity) -> PrinterState:
        """Return the state before the first poll: only the identity is known."""
        return PrinterState(
            identity=replace(known, model_name=self.model, firmware=self.firmware)
        )
