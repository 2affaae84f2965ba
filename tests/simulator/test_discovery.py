"""UDP discovery: both packets, unicast, group and broadcast."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
import random
import socket
import struct

import pytest

from simulator import MODELS, Printer
from simulator.discovery import packet

from ..support import FIXTURES
from .conftest import Make

GROUP = "225.0.0.9"
BROADCAST = "127.255.255.255"


@contextmanager
def asking() -> Generator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        loopback = socket.inet_aton("127.0.0.1")
        client.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, loopback)
        client.bind(("127.0.0.1", 0))
        client.setblocking(False)
        yield client


async def ask(
    host: str, port: int, request: bytes = b"Hello World!"
) -> dict[str, bytes]:
    """Return the answers by the address they came from."""
    loop = asyncio.get_running_loop()
    answers: dict[str, bytes] = {}
    with asking() as client:
        await loop.sock_sendto(client, request, (host, port))
        try:
            async with asyncio.timeout(0.15):
                while True:
                    data, (address, _) = await loop.sock_recvfrom(client, 2048)
                    answers[address] = data
        except TimeoutError:
            return answers


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"",
        b"Hello World!",
        bytes.fromhex("c0a8000146510000"),
        b"c0a800de46500000",
        bytes.fromhex("7777772e7573722265 36c0000000000000000000"),
    ],
)
async def test_any_request_is_answered(make: Make, request_bytes: bytes) -> None:
    printer = await make(host="127.0.8.1")

    answers = await ask(printer.host, printer.discovery_port, request_bytes)

    assert answers == {"127.0.8.1": packet(printer)}


async def test_an_answer_is_no_request(make: Make) -> None:
    printer = await make()

    assert not await ask(printer.host, printer.discovery_port, packet(printer))


def test_the_modern_packet() -> None:
    printer = Printer("ad5x", name="AD5X", serial="SNMOCKAX000033")

    data = packet(printer)

    assert len(data) == 276
    assert data[:0x84] == b"AD5X" + bytes(0x84 - 4)
    assert data[0x84:0x92] == bytes.fromhex("22c32b71002600005a0222c20100")
    assert data[0x92:0x112] == b"SNMOCKAX000033" + bytes(128 - 14)
    assert data[0x112:] == bytes(2)


def test_the_legacy_packet() -> None:
    data = packet(Printer("adventurer3", name="Mock A3"))

    assert len(data) == 140
    assert data[:0x84] == b"Mock A3" + bytes(0x84 - 7)
    assert data[0x84:] == bytes.fromhex("22c32b7100080000")


def test_the_packet_of_an_aries_has_words_of_its_own() -> None:
    printer = Printer("aries", name="")
    printer.machine.start_job()

    assert packet(printer) == bytes(128) + bytes.fromhex("e100000922c32b7110010002")


@pytest.mark.parametrize(
    ("sample", "model", "fails"),
    [
        ("adventurer3", "adventurer3", None),
        ("adventurer4_lite", "adventurer4_lite", False),
        ("adventurer4_pro", "adventurer4_pro", True),
    ],
)
def test_the_short_packets_of_the_samples(
    sample: str, model: str, fails: bool | None
) -> None:
    expected = bytes.fromhex((FIXTURES / f"discovery_legacy_{sample}.hex").read_text())
    printer = Printer(model, name=expected.split(b"\0")[0].decode())
    if fails is not None:
        printer.machine.start_job()
    if fails:
        printer.machine.fail("E0009")

    assert packet(printer) == expected


async def test_a_3c_does_not_answer(make: Make) -> None:
    printer = await make("adventurer3c")

    assert not await ask(printer.host, printer.discovery_port)


@pytest.mark.parametrize("model", MODELS)
def test_every_model_reports_its_identity_and_state(model: str) -> None:
    printer = Printer(model, name="Drucker Größe ①")
    spec = MODELS[model]

    def status() -> int:
        number: int = struct.unpack_from(">H", packet(printer), 0x8A)[0]
        return number

    assert len(packet(printer)) == (276 if spec.http else 140)
    assert struct.unpack_from(">H", packet(printer), 0x88)[0] == spec.pid
    assert packet(printer).startswith("Drucker Größe ①".encode() + b"\0")
    ready, busy, error = spec.short_packet.status
    assert status() == ready
    printer.machine.start_job()
    assert status() == busy
    printer.machine.fail("E0009")
    assert status() == error


def test_a_long_name_is_cut() -> None:
    data = packet(Printer("5m", name="n" * 200))

    assert data[:0x84] == b"n" * 127 + bytes(5)
    assert len(data) == 276


@pytest.mark.parametrize("destination", [GROUP, BROADCAST])
async def test_printers_answer_together_each_from_its_address(
    make: Make, destination: str
) -> None:
    port = random.randint(20_000, 29_000)
    first = await make("ad5x", host="127.0.8.2", discovery_port=port)
    second = await make("adventurer3", host="127.0.8.3", discovery_port=port)

    answers = await ask(destination, port)

    assert answers == {"127.0.8.2": packet(first), "127.0.8.3": packet(second)}


async def test_a_printer_that_is_off_does_not_answer(
    make: Make,
) -> None:
    port = random.randint(20_000, 29_000)
    gone = await make(host="127.0.8.4", discovery_port=port)
    other = await make(host="127.0.8.5", discovery_port=port)

    await gone.power_off()

    assert not await ask("127.0.8.4", port)
    assert set(await ask(BROADCAST, port)) == {"127.0.8.5"}
    await gone.power_on()
    assert set(await ask("127.0.8.4", port)) == {"127.0.8.4"}
    assert other.discovery_port == port


async def test_a_printer_can_be_hidden(make: Make) -> None:
    printer = await make(discovery=False)

    assert printer.discovery_port == 0
