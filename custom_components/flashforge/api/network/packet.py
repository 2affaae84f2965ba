"""Discovery answers: bytes to facts (docs/protocol/discovery.md §5–8)."""

from dataclasses import dataclass
import struct

from ..models.catalog import GENERIC, MODELS, MODERN_PRODUCT_TYPE, USB_VENDOR, by_name
from ..models.line_models import POWERSPEC_VENDOR, line_model
from ..models.model import Model, Protocol

MODERN_SIZE = 276
"""Bytes of the modern layout; longer packets are modern, too (docs/protocol/discovery.md §7)."""

LEGACY_SIZE = 140
"""Bytes of the legacy layout; nothing shorter is an answer (docs/protocol/discovery.md §7)."""

COMMAND_PORT = 8899
"""TCP port of the line protocol where a packet has 0 (docs/protocol/discovery.md §8)."""

HTTP_PORT = 8898
"""HTTP port where a modern packet has 0 (docs/protocol/discovery.md §8)."""

_NAME = slice(0x00, 0x80)
_SERIAL = slice(0x92, 0x112)
_SERIAL_SIZE = 178
"""From this length on, even a packet of the legacy layout has room for a serial."""

_COMMON = struct.Struct(">HHH")
_COMMON_OFFSET = 0x84
"""Command port, USB vendor and USB product: in both layouts."""

_MODERN = struct.Struct(">HH")
_MODERN_OFFSET = 0x8C
"""Product type and HTTP port: in the modern layout only."""

_VENDORS = frozenset({USB_VENDOR, POWERSPEC_VENDOR})

_ADVENTURER_5M = MODELS[0x0023]
_ADVENTURER_5M_PRO = MODELS[0x0024]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoveredPrinter:
    """One printer that answered.

    ``host`` is the address the answer came from; the packet holds none. ``http_port`` is
    None in the legacy layout, which belongs to printers without HTTP. ``serial`` is as
    sent, with its ``SN``; ``pid`` is the USB product id, None when the packet has 0;
    ``name`` is the user's and may be empty.
    """

    host: str
    http_port: int | None
    command_port: int
    name: str
    serial: str | None
    pid: int | None
    model: Model

    @property
    def is_modern(self) -> bool:
        """Whether the answer had the modern layout, which contains more."""
        return self.http_port is not None

    @property
    def is_supported(self) -> bool:
        """Whether it is a printer that we can talk to, by what it announces."""
        protocol = Protocol.HTTP if self.is_modern else Protocol.TCP
        return self.model.protocol is protocol


def parse(data: bytes, host: str) -> DiscoveredPrinter | None:
    """Return the printer that sent ``data`` from ``host``, None if that was none.

    Takes any bytes and never raises: anybody in the network can send here.
    """
    if len(data) < LEGACY_SIZE:
        return None
    command_port, vendor, product = _COMMON.unpack_from(data, _COMMON_OFFSET)
    product_type: int | None = None
    http_port: int | None = None
    if len(data) >= MODERN_SIZE:
        product_type, http_port = _MODERN.unpack_from(data, _MODERN_OFFSET)
        http_port = http_port or HTTP_PORT

    name_field = _until_nul(data[_NAME])
    serial = _serial(data[_SERIAL]) if len(data) >= _SERIAL_SIZE else None
    foreign = vendor not in _VENDORS and product_type != MODERN_PRODUCT_TYPE
    nameless = not name_field.strip() or not _is_utf8(name_field)
    if serial is None and (foreign or (product == 0 and nameless)):
        return None

    name = _text(name_field)
    pid = product or None
    return DiscoveredPrinter(
        host=host,
        http_port=http_port,
        command_port=command_port or COMMAND_PORT,
        name=name,
        serial=serial,
        pid=pid,
        model=_model(pid, name, product_type, modern=http_port is not None),
    )


def _until_nul(field: bytes) -> bytes:
    # What follows the first NUL may be leftovers of a longer text, so it goes first.
    return field.partition(b"\0")[0]


def _is_utf8(field: bytes) -> bool:
    try:
        field.decode()
    except UnicodeDecodeError:
        return False
    return True


def _text(field: bytes) -> str:
    """Return the readable part of a text, on one line whatever the sender put in."""
    decoded = field.decode(errors="ignore")
    return "".join(char for char in decoded if char.isprintable()).strip()


def _serial(field: bytes) -> str | None:
    serial = _until_nul(field).decode(errors="ignore").strip()
    return serial if serial and serial.isascii() and serial.isprintable() else None


def _model(
    pid: int | None, name: str, product_type: int | None, *, modern: bool
) -> Model:
    """Return the model: by product id, else by name (docs/protocol/discovery.md §7).

    A modern printer with an unknown id is a new model, not one with a similar name; the
    name decides only without an id (docs/protocol/README.md §3).
    """
    if not modern:
        return _legacy_model(pid, name)
    if pid is not None:
        return MODELS.get(pid, GENERIC)
    named = by_name(name)
    if named and named.protocol is Protocol.HTTP:
        return named
    if product_type != MODERN_PRODUCT_TYPE:
        return GENERIC
    return _ADVENTURER_5M_PRO if "pro" in name.lower() else _ADVENTURER_5M


def _legacy_model(pid: int | None, name: str) -> Model:
    """Return the model of a printer that announces nothing but the line protocol."""
    known = None if pid is None else MODELS.get(pid)
    if known is not None and known.described:
        return known
    named = by_name(name)
    if named is not None and named.protocol is Protocol.TCP:
        return named
    return line_model(pid, name)
