"""Scans and probes, against answering sockets on the loopback network."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from ipaddress import IPv4Interface
import socket
import struct
from typing import Any, override

import pytest

from custom_components.flashforge.api.network import findings
from custom_components.flashforge.api.network.discovery import (
    GROUP,
    HELLO,
    OLD_HELLO,
    PORTS,
    Ports,
    probe,
    scan,
)
from custom_components.flashforge.api.network.packet import DiscoveredPrinter
from simulator import Printer

from ...support.idle_clock import IdleClock

HOST = "127.0.0.1"
ALONE = "127.0.0.1/32"
"""An interface whose subnet is itself, so that its broadcasts come to us alone."""

QUICK = 0.14
"""Seconds of a scan in most tests: everything happens, just faster."""

type Request = tuple[bytes, tuple[str, int]]
type Answer = Callable[[bytes], list[bytes]]


def modern(serial: str = "SNMOCK1", *, name: str = "Modern") -> bytes:
    words = (8899, 0x2B71, 0x0026, 0, 0x5A02, 8898)
    return struct.pack(">128s4x6H2x128s2x", name.encode(), *words, serial.encode())


def legacy(*, name: str = "Legacy", port: int = 8899) -> bytes:
    return struct.pack(">128s4x4H", name.encode(), port, 0x2B71, 0x0008, 0)


class Responder(asyncio.DatagramProtocol):
    """A socket that notes what it hears and answers what it was told to."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.requests: list[Request] = []
        self.heard = asyncio.Event()
        self.transport: asyncio.DatagramTransport
        self.mouth: asyncio.DatagramTransport | None = None

    @override
    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        self.transport = transport

    @override
    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.requests.append((data, addr))
        self.heard.set()
        for answer in self._answer(data):
            (self.mouth or self.transport).sendto(answer, addr)

    @property
    def port(self) -> int:
        return self.transport.get_extra_info("sockname")[1]


type Respond = Callable[..., Awaitable[Responder]]


@pytest.fixture(autouse=True)
async def idle_clock(monkeypatch: pytest.MonkeyPatch) -> IdleClock:
    """Let a scan be as long as it needs on this machine."""
    return IdleClock(monkeypatch)


@pytest.fixture
async def respond() -> AsyncGenerator[Respond]:
    """Return what opens a responder; it answers everything with ``packets``."""
    responders: list[Responder] = []
    loop = asyncio.get_running_loop()

    async def open_one(
        *packets: bytes,
        host: str = HOST,
        answer: Answer | None = None,
        group: bool = False,
        mouth: str | None = None,
    ) -> Responder:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((host, 0))
        if group:
            membership = socket.inet_aton(GROUP) + socket.inet_aton(HOST)
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
        _, responder = await loop.create_datagram_endpoint(
            lambda: Responder(answer or (lambda _: list(packets))), sock=sock
        )
        responders.append(responder)
        if mouth:
            responder.mouth, _ = await loop.create_datagram_endpoint(
                asyncio.DatagramProtocol, local_addr=(mouth, 0)
            )
        return responder

    yield open_one
    for responder in responders:
        responder.transport.close()
        if responder.mouth:
            responder.mouth.close()


def only(port: int, **others: Any) -> Ports:
    """Return ports of which one is asked by broadcast."""
    return Ports(**{"multicast": (), "broadcast": (port,), "fallback": (), **others})


def free_port(host: str = HOST) -> int:
    """Return a port that nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((host, 0))
        return sock.getsockname()[1]


async def assert_closed(requests: list[Request]) -> None:
    """Bind where requests came from, which fails as long as that socket is open."""
    # A transport that was closed closes its socket in the next round of the loop.
    await asyncio.sleep(0)
    for _, address in requests:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind(address)


def names(printers: tuple[DiscoveredPrinter, ...]) -> list[str]:
    return [printer.name for printer in printers]


# --- scan ---


async def test_scan_asks_three_times(respond: Respond) -> None:
    responder = await respond(modern())

    (printer,) = await scan([ALONE], ports=only(responder.port), duration=QUICK)

    assert (printer.host, printer.serial) == (HOST, "SNMOCK1")
    assert [request for request, _ in responder.requests] == [HELLO] * 3
    await assert_closed(responder.requests)


@pytest.mark.parametrize(
    ("host", "kind", "interface"),
    [
        (HOST, "broadcast", ALONE),
        ("", "broadcast", "127.0.0.1/8"),
        ("", "multicast", "127.0.0.1/8"),
    ],
    ids=["own address", "broadcast", "multicast"],
)
async def test_scan_reaches(
    respond: Respond, host: str, kind: str, interface: str
) -> None:
    responder = await respond(modern(), host=host, group=kind == "multicast")
    ports = Ports(**{"multicast": (), "broadcast": (), kind: (responder.port,)})

    printers = await scan([IPv4Interface(interface)], ports=ports, duration=QUICK)

    assert names(printers) == ["Modern"]


def test_ports_of_real_printers() -> None:
    assert PORTS.multicast == (19000, 8899)
    assert PORTS.broadcast == (19000, 8899, 48899)
    assert PORTS.fallback == (48899,)
    assert PORTS.fallback_source == 18007
    assert len(OLD_HELLO) == 20
    assert OLD_HELLO.startswith(b'www.usr"e6\xc0\0')


async def test_scan_waits_for_late_answers(respond: Respond) -> None:
    answers = iter([[], [], [modern()]])
    responder = await respond(answer=lambda _: next(answers))
    started = asyncio.get_running_loop().time()

    printers = await scan([ALONE], ports=only(responder.port), duration=QUICK)

    assert names(printers) == ["Modern"]
    assert round(asyncio.get_running_loop().time() - started, 6) >= QUICK


async def test_scan_asks_the_old_way_when_nobody_answers(respond: Respond) -> None:
    silent = await respond()
    old = await respond(
        answer=lambda request: [modern()] if request == OLD_HELLO else []
    )
    source = free_port()
    ports = only(silent.port, fallback=(old.port,), fallback_source=source)

    printers = await scan([ALONE], ports=ports, duration=QUICK)

    assert names(printers) == ["Modern"]
    assert old.requests == [(OLD_HELLO, (HOST, source))]
    await assert_closed(old.requests)


async def test_scan_shares_the_port_of_the_old_way(respond: Respond) -> None:
    responder = await respond(modern())
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other_program:
        other_program.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other_program.bind((HOST, 0))
        ports = Ports(
            multicast=(),
            broadcast=(),
            fallback=(responder.port,),
            fallback_source=other_program.getsockname()[1],
        )

        printers = await scan([ALONE], ports=ports, duration=QUICK)

    assert names(printers) == ["Modern"]


async def test_scan_does_not_ask_the_old_way_needlessly(respond: Respond) -> None:
    responder, old = await respond(modern()), await respond(modern("SNOLD"))

    printers = await scan(
        [ALONE], ports=only(responder.port, fallback=(old.port,)), duration=QUICK
    )

    assert names(printers) == ["Modern"]
    assert old.requests == []


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        pytest.param([modern(), modern(name="Again")], ["Modern"], id="serial"),
        pytest.param(
            [modern("SN1"), modern("SN2", name="Other")],
            ["Modern", "Other"],
            id="two serials",
        ),
        pytest.param([legacy(), legacy(name="Again")], ["Legacy"], id="port"),
        pytest.param(
            [legacy(), legacy(name="Other", port=9)],
            ["Legacy", "Other"],
            id="two ports",
        ),
        pytest.param([modern(), legacy()], ["Modern"], id="modern first"),
        pytest.param([legacy(), modern()], ["Legacy", "Modern"], id="modern last"),
        pytest.param(
            [legacy(), modern()[:196], legacy()],
            ["Legacy", "Modern"],
            id="serial last",
        ),
        pytest.param([b"", b"noise", bytes(276), modern()], ["Modern"], id="noise"),
    ],
)
async def test_scan_names_each_printer_once(
    respond: Respond, answers: list[bytes], told: list[str]
) -> None:
    responder = await respond(*answers)

    printers = await scan([ALONE], ports=only(responder.port), duration=QUICK)

    # What was heard first gave way where a better answer followed.
    assert names(printers) == [
        name for name in told if name != "Legacy" or "Modern" not in told
    ]


async def test_scan_is_not_drowned(
    respond: Respond, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So few that the answers to one question are too many, however busy the machine is.
    monkeypatch.setattr(findings, "MAX_PRINTERS", 20)
    responder = await respond(answer=lambda _: [modern(f"SN{n}") for n in range(30)])

    printers = await scan([ALONE], ports=only(responder.port), duration=QUICK)

    assert len(printers) == findings.MAX_PRINTERS


async def test_scan_of_a_printer_with_two_addresses(respond: Respond) -> None:
    one = await respond(modern(), host="127.0.0.2")
    other = await respond(modern(), host="127.0.0.3")
    ports = Ports(multicast=(), broadcast=(one.port, other.port))

    printers = await scan(["127.0.0.2/32", "127.0.0.3/32"], ports=ports, duration=QUICK)

    assert len(printers) == 1
    assert one.requests
    assert other.requests


async def test_scan_passes_over_what_fails(respond: Respond) -> None:
    responder = await respond(modern())
    # Nobody may send to port 0, and 192.0.2.1 is nobody's own address.
    ports = Ports(multicast=(0,), broadcast=(0, responder.port), fallback=())

    printers = await scan(["192.0.2.1/24", ALONE], ports=ports, duration=QUICK)

    assert names(printers) == ["Modern"]


@pytest.mark.parametrize("interfaces", [[], ["192.0.2.1/24"]])
async def test_scan_from_nowhere_is_over_at_once(interfaces: list[str]) -> None:
    async with asyncio.timeout(60):
        assert await scan(interfaces, duration=3600) == ()


async def test_scan_asks_an_interface_once(respond: Respond) -> None:
    responder = await respond(modern())

    await scan([ALONE, ALONE], ports=only(responder.port), duration=QUICK)

    assert len(responder.requests) == 3


async def test_scan_takes_no_name_for_an_interface() -> None:
    with pytest.raises(ValueError, match="eth0"):
        await scan(["eth0"])


@pytest.mark.parametrize(
    "model", ["5m", "5m_pro", "ad5x", "creator5", "creator5_pro", "adventurer3"]
)
async def test_scan_finds_virtual_printers(model: str) -> None:
    async with Printer(
        model,
        host="127.0.0.4",
        http_port=0,
        discovery_port=0,
        camera_port=0,
        tcp_port=0,
    ) as printer:
        (found,) = await scan(
            ["127.0.0.4/32"], ports=only(printer.discovery_port), duration=QUICK
        )

    assert found.host == "127.0.0.4"
    assert found.pid == printer.model.pid
    assert found.name == printer.name


# --- probe ---


@pytest.mark.parametrize("answer", [modern(), legacy()], ids=["modern", "legacy"])
async def test_probe(respond: Respond, answer: bytes) -> None:
    responder = await respond(answer)

    printer = await probe(HOST, port=responder.port)

    assert printer is not None
    assert printer.host == HOST
    await assert_closed(responder.requests)


async def test_probe_resolves_names(respond: Respond) -> None:
    responder = await respond(modern())

    printer = await probe("localhost", port=responder.port)

    assert printer is not None
    assert printer.host == HOST


async def test_probe_of_a_printer_that_answers_from_another_port(
    respond: Respond,
) -> None:
    responder = await respond(modern(), mouth=HOST)

    assert await probe(HOST, port=responder.port) is not None


async def test_probe_believes_only_the_host_itself(respond: Respond) -> None:
    responder = await respond(modern(), mouth="127.0.0.5")

    assert await probe(HOST, port=responder.port, timeout=QUICK) is None
    assert responder.requests


async def test_probe_takes_the_first_valid_answer(respond: Respond) -> None:
    responder = await respond(
        b"noise", bytes(276), modern(), modern("SN2", name="Second")
    )

    printer = await probe(HOST, port=responder.port)

    assert printer is not None
    assert printer.name == "Modern"


async def test_probe_asks_again(respond: Respond) -> None:
    # Each time it asks from two sockets; the first two times nobody answers.
    answers = iter([[], [], [], [], [modern()], []])
    responder = await respond(answer=lambda _: next(answers))

    assert await probe(HOST, port=responder.port, timeout=QUICK) is not None


async def test_probe_gives_up(respond: Respond) -> None:
    responder = await respond()

    assert await probe(HOST, port=responder.port, timeout=QUICK) is None
    assert len(responder.requests) >= 6
    await assert_closed(responder.requests)


async def test_probe_of_a_host_that_refuses() -> None:
    async with asyncio.timeout(60):
        assert await probe("127.0.0.6", port=free_port("127.0.0.6"), timeout=60) is None


async def test_probe_of_an_address_that_is_no_host() -> None:
    async with asyncio.timeout(60):
        assert await probe("127.255.255.255", timeout=60) is None


@pytest.mark.parametrize(
    "error",
    [
        socket.gaierror(socket.EAI_NONAME, "unknown"),
        UnicodeError("label too long"),
        ValueError("embedded null character"),
    ],
)
async def test_probe_of_a_name_that_cannot_be_resolved(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    assert await probe("printer.invalid", timeout=60) is None


async def test_probe_does_not_wait_for_a_slow_name_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def never(*_: object, **__: object) -> None:
        await asyncio.Future()

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", never)

    assert await probe("printer.invalid", timeout=QUICK) is None


async def test_probe_can_be_canceled(respond: Respond) -> None:
    responder = await respond()
    search = asyncio.create_task(probe(HOST, port=responder.port, timeout=3600))
    await responder.heard.wait()

    search.cancel()
    with pytest.raises(asyncio.CancelledError):
        await search
    await assert_closed(responder.requests)


async def test_probe_of_virtual_printer() -> None:
    async with Printer(
        "ad5x",
        host="127.0.0.4",
        http_port=0,
        discovery_port=0,
        camera_port=0,
        tcp_port=0,
    ) as printer:
        found = await probe("127.0.0.4", port=printer.discovery_port)

        assert found is not None
        assert found.serial == printer.serial
        assert found.http_port == printer.http_port
