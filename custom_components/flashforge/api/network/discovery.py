"""The search for printers over UDP (docs/protocol/discovery.md).

A printer answers any datagram, unicast, to where it came from. ``scan`` asks a whole
network, ``probe`` asks one host.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv4Interface
import socket
from typing import override

from .findings import Findings
from .packet import DiscoveredPrinter, parse

GROUP = "225.0.0.9"
"""Multicast group that printers listen to (docs/protocol/discovery.md §1)."""

HELLO = b"Hello World!"
"""The request that real printers were seen to answer (docs/protocol/discovery.md §2)."""

OLD_HELLO = bytes.fromhex("7777772e757372226536c0") + bytes(9)
"""The request that older clients send to port 48899 (docs/protocol/discovery.md §2)."""

DURATION = 3.5
"""Seconds of a scan (docs/protocol/discovery.md §4)."""

HELLO_TIMES = (0.0, 1.0, 2.0)
"""When a scan of ``DURATION`` asks, in seconds from its start."""

OLD_HELLO_TIME = 2.5
"""When a scan of ``DURATION`` without an answer asks in the old way."""

PROBE_REQUESTS = 3
"""How often a probe asks: a datagram over Wi-Fi may get lost."""

_LIMITED_BROADCAST = "255.255.255.255"
_MULTICAST_TTL = 2
_OLD_PORT = 48899


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """UDP ports of a scan (docs/protocol/discovery.md §1–2).

    ``multicast`` are asked at the group, ``broadcast`` at the limited broadcast address
    and at that of the subnet, ``fallback`` at both of these from ``fallback_source`` when
    no printer answered.
    """

    multicast: tuple[int, ...] = (19000, 8899)
    broadcast: tuple[int, ...] = (19000, 8899, _OLD_PORT)
    fallback: tuple[int, ...] = (_OLD_PORT,)
    fallback_source: int = 18007


PORTS = Ports()
"""The ports of real printers."""

PROBE_PORTS = (19000, _OLD_PORT)
"""UDP ports at which one host is asked (docs/protocol/discovery.md §1–2)."""


class _Listener(asyncio.DatagramProtocol):
    """Parses what arrives at a socket and hands on what is a printer."""

    def __init__(
        self,
        found: Callable[[DiscoveredPrinter], None],
        failed: Callable[[], None] = lambda: None,
        hears: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._found = found
        self._failed = failed
        self._hears = hears

    @override
    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if self._hears(addr[0]) and (printer := parse(data, addr[0])):
            self._found(printer)

    @override
    def error_received(self, exc: Exception) -> None:
        self._failed()


async def scan(
    interfaces: Iterable[str | IPv4Interface],
    *,
    ports: Ports | None = None,
    duration: float = DURATION,
) -> tuple[DiscoveredPrinter, ...]:
    """Return the printers that answer within ``duration`` seconds, in the order of their answers.

    ``interfaces`` are our own IPv4 addresses, with their prefix (``192.168.1.5/24``) so
    that the broadcast address of the subnet is known. Loopback is asked only when it is
    among them. The requests are spread over the duration. A serial that is sent from
    several addresses comes as one ``ContestedPrinter``. ``ports`` are those of real
    printers unless given.

    An address that cannot be bound and a target that cannot be reached are passed over.
    Raises ValueError for something that is no IPv4 address.
    """
    ports = PORTS if ports is None else ports
    addresses = tuple(dict.fromkeys(IPv4Interface(item) for item in interfaces))
    findings = Findings()
    loop = asyncio.get_running_loop()
    start = loop.time()

    async def until(moment: float) -> None:
        await asyncio.sleep(start + moment * duration / DURATION - loop.time())

    with ExitStack() as stack:
        sockets = await _open(addresses, 0, findings, stack)
        if not sockets:
            return ()
        for moment in HELLO_TIMES:
            await until(moment)
            _send(sockets, HELLO, multicast=ports.multicast, broadcast=ports.broadcast)
        await until(OLD_HELLO_TIME)
        if not findings.printers:
            sockets = await _open(addresses, ports.fallback_source, findings, stack)
            _send(sockets, OLD_HELLO, multicast=(), broadcast=ports.fallback)
        await until(DURATION)
    return tuple(findings.printers)


type _Sockets = list[tuple[IPv4Interface, asyncio.DatagramTransport]]


def _send(
    sockets: _Sockets,
    request: bytes,
    *,
    multicast: tuple[int, ...],
    broadcast: tuple[int, ...],
) -> None:
    """Send a request to every target; what cannot be sent reaches the listener."""
    for address, transport in sockets:
        subnet = str(address.network.broadcast_address)
        for host, ports in (
            (GROUP, multicast),
            (_LIMITED_BROADCAST, broadcast),
            (subnet, broadcast),
        ):
            for port in ports:
                transport.sendto(request, (host, port))


async def _open(
    addresses: Iterable[IPv4Interface],
    source_port: int,
    findings: Findings,
    stack: ExitStack,
) -> _Sockets:
    """Return a socket for each of our addresses that can be bound."""
    loop = asyncio.get_running_loop()
    sockets: _Sockets = []
    for address in addresses:
        try:
            sock = _bind(str(address.ip), source_port)
        except OSError:
            continue
        transport, _ = await loop.create_datagram_endpoint(
            partial(_Listener, findings.add, hears=findings.hears), sock=sock
        )
        stack.callback(transport.close)
        sockets.append((address, transport))
    return sockets


def _bind(address: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        if port:
            # Other programs listen on this very port, and share it in the same way.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        sock.setsockopt(
            socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address)
        )
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, _MULTICAST_TTL)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        sock.setblocking(False)
        sock.bind((address, port))
    except OSError:
        sock.close()
        raise
    return sock


async def probe(
    host: str, *, port: int | None = None, timeout: float = 1.5
) -> DiscoveredPrinter | None:
    """Return the printer at ``host`` (address or name), None when none answers.

    ``port`` is where it is asked, ``PROBE_PORTS`` unless given. The first valid answer
    that comes from the host's address wins, from any port. A name that cannot be
    resolved and a host that refuses on every port give None at once; silence gives None
    after ``timeout`` seconds.
    """
    ports = PROBE_PORTS if port is None else (port,)
    try:
        async with asyncio.timeout(timeout):
            address = await _resolve(host)
            return await _ask(address, ports, timeout / PROBE_REQUESTS)
    except OSError, ValueError:
        # ValueError is a name that cannot even be asked for; a timeout is an OSError.
        return None


async def resolve(host: str, *, timeout: float = 1.5) -> str | None:
    """Return the first IPv4 address of a host (address or name), None if it has none.

    Gives up after ``timeout`` seconds.
    """
    with suppress(ValueError):
        return str(IPv4Address(host))
    try:
        async with asyncio.timeout(timeout):
            return await _resolve(host)
    except OSError, ValueError:
        return None


async def _resolve(host: str) -> str:
    """Return the first IPv4 address of a host; raises OSError and ValueError."""
    found = await asyncio.get_running_loop().getaddrinfo(
        host, None, family=socket.AF_INET, type=socket.SOCK_DGRAM
    )
    return str(found[0][4][0])


async def _ask(
    address: str, ports: tuple[int, ...], pause: float
) -> DiscoveredPrinter | None:
    """Ask every ``pause`` seconds until a printer answers; None when all ports refuse.

    Only a connected socket learns that a port refuses, and only an unconnected one gets
    answers from another port, so there are sockets of both kinds.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[DiscoveredPrinter | None] = loop.create_future()
    silent = set(ports)

    def found(printer: DiscoveredPrinter) -> None:
        if printer.host == address and not answer.done():
            answer.set_result(printer)

    def refused(port: int) -> None:
        silent.discard(port)
        if not silent and not answer.done():
            answer.set_result(None)

    with ExitStack() as stack:
        connected: list[asyncio.DatagramTransport] = []
        for port in silent.copy():
            transport, _ = await loop.create_datagram_endpoint(
                partial(_Listener, found, partial(refused, port)),
                remote_addr=(address, port),
            )
            stack.callback(transport.close)
            connected.append(transport)
        free, _ = await loop.create_datagram_endpoint(
            partial(_Listener, found), local_addr=("0.0.0.0", 0)
        )
        stack.callback(free.close)
        while not answer.done():
            for transport in connected:
                transport.sendto(HELLO)
            for port in ports:
                free.sendto(HELLO, (address, port))
            await asyncio.wait((answer,), timeout=pause)
        return answer.result()
