"""Where a printer may be: which addresses are believed, and what people type for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, ip_address
import re
import unicodedata

PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
"""Private networks (RFC 1918)."""

_LONGEST = 2048
_LONGEST_NAME = 253
_LONGEST_PORT = 5
_SCHEME = re.compile(
    r"\A(?:(?:[a-z][a-z0-9+.-]{0,30}:)?[/\\]{1,3}|https?:)", re.IGNORECASE
)
_LABEL = re.compile(r"[\w](?:[\w-]{0,61}\w)?")
_DIGITS = frozenset("0123456789.")
_THIS_NETWORK = IPv4Network("0.0.0.0/8")
_BROADCAST = IPv4Address("255.255.255.255")


def is_local(address: str, own: Iterable[IPv4Interface]) -> bool:
    """Return whether a printer that was found may be asked at an address.

    ``own`` are our own addresses with their networks, loopback only if somebody chose it.
    The address has to be that of one host in one of these networks, or a private one;
    what is public never is. Everything may be given: what is no IPv4 address is not local.
    """
    try:
        host = IPv4Address(address)
    except ValueError:
        return False
    if host in _THIS_NETWORK or host.is_multicast or host.is_link_local:
        return False
    if host.is_global or host.is_reserved:
        return False
    homes = [each.network for each in own if host in each.network]
    if any(
        host in {home.network_address, home.broadcast_address}
        for home in homes
        if home.prefixlen < 31
    ):
        return False
    return bool(homes) or any(host in network for network in PRIVATE)


class AddressError(ValueError):
    """What was typed cannot be the address of a printer."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printer is asked."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Address:
    """An address as typed: ``host`` without brackets, ``port`` None if none was typed."""

    host: str
    port: int | None = None


def parse_address(typed: str) -> Address:
    """Return the address in what a person typed or copied from somewhere.

    Takes an IP address or a name, with or without a port, also as a URL: its scheme, user
    and path do not matter for a printer. IPv6 may stand in brackets, and has to before a
    port. Raises ``AddressError`` for anything else, and for an address that no single
    host can have.
    """
    text = unicodedata.normalize("NFKC", typed[: _LONGEST + 1]).strip()
    if not text or len(text) > _LONGEST:
        raise AddressError("nothing, or far too much")
    if is_ipv6(text):
        return Address(_checked(text))
    # Slashes without a scheme are what is left of an address that was half copied.
    text = _SCHEME.sub("", text, count=1)
    text = re.split(r"[/\\?#]", text, maxsplit=1)[0].rpartition("@")[2]
    if text.startswith("["):
        host, bracket, rest = text[1:].partition("]")
        if not bracket or not is_ipv6(host):
            raise AddressError("no IPv6 address in the brackets")
        if rest and not rest.startswith(":"):
            raise AddressError("something behind the brackets")
        return Address(_checked(host), _port(rest[1:]))
    if is_ipv6(text):
        return Address(_checked(text))
    host, _, port = text.partition(":")
    return Address(_checked(host), _port(port))


def is_ipv6(text: str) -> bool:
    """Return whether a text is an IPv6 address, with or without a zone."""
    try:
        return isinstance(ip_address(text), IPv6Address)
    except ValueError:
        return False


def _port(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_PORT):
        raise AddressError("the port is no number")
    if not 0 < (port := int(text)) <= 0xFFFF:
        raise AddressError("there is no such port")
    return port


def _checked(host: str) -> str:
    """Return a host that can be one; raise for what is no address and no name."""
    try:
        address = ip_address(host)
    except ValueError:
        if _DIGITS.issuperset(host) or not _is_name(host):
            raise AddressError("no address and no name") from None
        return host
    if address.is_unspecified or address.is_multicast or address == _BROADCAST:
        raise AddressError("not the address of one host")
    return host


def _is_name(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    return len(host) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, labels))
