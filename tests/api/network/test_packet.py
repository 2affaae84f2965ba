"""Discovery answers: the samples of the reference, and what may be wrong with others."""

from itertools import chain
import json
import struct
from typing import Any

import pytest

from custom_components.flashforge.api.models.catalog import GENERIC, MODELS
from custom_components.flashforge.api.network.packet import DiscoveredPrinter, parse

from ...support import FIXTURES

EXPECTED: dict[str, Any] = json.loads(
    (FIXTURES / "discovery_expected.json").read_text(encoding="utf-8")
)
HOST = "127.0.0.9"


def sample(name: str) -> bytes:
    return bytes.fromhex((FIXTURES / name).read_text(encoding="ascii"))


def packet(
    *,
    name: bytes = b"Printer",
    command_port: int = 8899,
    vendor: int = 0x2B71,
    pid: int = 0x0026,
    status: int = 0,
    product_type: int = 0x5A02,
    http_port: int = 8898,
    serial: bytes = b"SNMOCKAX000033",
    size: int = 276,
) -> bytes:
    words = (command_port, vendor, pid, status, product_type, http_port)
    whole = struct.pack(">128s4x6H2x128s2x", name, *words, serial)
    return whole[:size].ljust(size, b"\0")


def found(data: bytes) -> DiscoveredPrinter:
    printer = parse(data, HOST)
    assert printer is not None
    return printer


@pytest.mark.parametrize(
    "name", [name for name, facts in EXPECTED.items() if facts != "ignore"]
)
def test_sample(name: str) -> None:
    facts = EXPECTED[name]

    assert parse(sample(name), HOST) == DiscoveredPrinter(
        host=HOST,
        http_port=facts["httpPort"],
        command_port=8899,
        name=facts["name"],
        serial=facts["serial"],
        pid=facts["pid"],
        model=MODELS[facts["pid"]],
    )
    assert MODELS[facts["pid"]].name == facts["model"]
    assert found(sample(name)).is_modern is (facts["format"] == "modern")


@pytest.mark.parametrize(
    "name", [name for name, facts in EXPECTED.items() if facts == "ignore"]
)
def test_ignored_sample(name: str) -> None:
    assert parse(sample(name), HOST) is None


def test_every_sample_is_named() -> None:
    assert {path.name for path in FIXTURES.glob("discovery_*.hex")} == set(EXPECTED)


@pytest.mark.parametrize(
    "size", chain(range(18), (139,)), ids=lambda size: f"{size} bytes"
)
def test_shorter_than_any_answer(size: int) -> None:
    assert parse(packet()[:size], HOST) is None


@pytest.mark.parametrize(
    ("size", "serial", "http_port"),
    [
        (140, None, None),
        (177, None, None),
        (178, "SNMOCKAX000033", None),
        (196, "SNMOCKAX000033", None),
        (275, "SNMOCKAX000033", None),
        (276, "SNMOCKAX000033", 8898),
        (280, "SNMOCKAX000033", 8898),
    ],
)
def test_size_decides_the_layout(
    size: int, serial: str | None, http_port: int | None
) -> None:
    printer = found(packet(size=size))

    assert printer.serial == serial
    assert printer.http_port == http_port
    assert printer.model is MODELS[0x0026]


def test_serial_that_fills_a_short_packet() -> None:
    assert found(packet(serial=b"S" * 60, size=178)).serial == "S" * 32


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ({"command_port": 0}, ("command_port", 8899)),
        ({"command_port": 9}, ("command_port", 9)),
        ({"http_port": 0}, ("http_port", 8898)),
        ({"http_port": 9}, ("http_port", 9)),
        ({"pid": 0}, ("pid", None)),
        ({"name": b"  Shop \0rest of a longer name"}, ("name", "Shop")),
        ({"name": b"Two\r\nlines\x1b[31m"}, ("name", "Twolines[31m")),
        ({"name": b"N\xff\xfeame"}, ("name", "Name")),
        ({"name": "ä".encode() * 64}, ("name", "ä" * 64)),
        ({"name": b"x" + "ä".encode() * 64}, ("name", "x" + "ä" * 63)),
        ({"name": b""}, ("name", "")),
        ({"serial": b" SN1 \0\xff\xfe"}, ("serial", "SN1")),
        ({"serial": b"SN\xff1"}, ("serial", "SN1")),
        ({"serial": b"SN\x011"}, ("serial", None)),
        ({"serial": "SNä1".encode()}, ("serial", None)),
        ({"serial": b""}, ("serial", None)),
        ({"serial": b"   "}, ("serial", None)),
        ({"serial": b"S" * 128}, ("serial", "S" * 128)),
    ],
)
def test_field(field: dict[str, Any], value: tuple[str, object]) -> None:
    name, expected = value

    assert getattr(found(packet(**field)), name) == expected


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        # A foreign service is known by having nothing at all of ours.
        ({"vendor": 1, "product_type": 1, "serial": b""}, False),
        ({"vendor": 1, "product_type": 1}, True),
        ({"vendor": 1, "serial": b""}, True),
        ({"product_type": 1, "serial": b""}, True),
        ({"vendor": 1, "size": 140}, False),
        # Nothing says which printer it is.
        ({"pid": 0, "serial": b"", "name": b""}, False),
        ({"pid": 0, "serial": b"", "name": b"  "}, False),
        ({"pid": 0, "serial": b"", "name": b"Na\xffme"}, False),
        ({"pid": 0, "serial": b""}, True),
        ({"pid": 0, "name": b"Na\xffme"}, True),
        ({"serial": b"", "name": b"Na\xffme"}, True),
    ],
)
def test_what_is_a_printer(fields: dict[str, Any], kept: bool) -> None:
    assert (parse(packet(**fields), HOST) is not None) is kept


@pytest.mark.parametrize(
    ("fields", "pid"),
    [
        ({"pid": 0x0024, "name": b"AD5X"}, 0x0024),
        ({"pid": 0x0008, "name": b"Creator 5"}, 0x0008),
        ({"pid": 0, "name": b"my ad5x"}, 0x0026),
        ({"pid": 0, "name": b"Creator 5 Pro left"}, 0x0029),
        ({"pid": 0, "name": b"Creator 5"}, 0x0028),
        ({"pid": 0, "name": b"Adventurer 5M Pro"}, 0x0024),
        ({"pid": 0, "name": b"Upstairs Pro"}, 0x0024),
        ({"pid": 0, "name": b"Upstairs"}, 0x0023),
        ({"pid": 0, "name": b"Adventurer 4"}, 0x0023),
        ({"pid": 0, "name": b"Adventurer 4", "size": 140}, 0x0016),
        ({"pid": 0, "name": b"old AD4", "size": 140}, 0x0016),
        ({"pid": 0, "name": b"Adventurer3", "size": 140}, 0x0008),
        ({"pid": 0x0777, "name": b"AD3", "size": 140}, 0x0008),
        # An unknown number is a new printer; a name that resembles another's is a name.
        ({"pid": 0x0777, "name": b"AD5X"}, None),
        ({"pid": 0, "name": b"Upstairs", "product_type": 1}, None),
    ],
)
def test_model(fields: dict[str, Any], pid: int | None) -> None:
    expected = GENERIC if pid is None else MODELS[pid]

    assert found(packet(**fields)).model is expected


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"pid": 0, "name": b"Upstairs"}, "FlashForge printer"),
        ({"pid": 0, "name": b"AD5X"}, "FlashForge printer"),
        ({"pid": 0x001F, "name": b"Guider 3"}, "Guider 3"),
        ({"pid": 0x001F, "name": b"Upstairs"}, "FlashForge printer"),
        ({"pid": 0x1001, "name": b""}, "Aries"),
    ],
)
def test_a_short_answer_means_the_line_protocol(
    fields: dict[str, Any], name: str
) -> None:
    printer = found(packet(**fields, size=140))
    assert printer.model.name == name
    assert printer.is_supported
    assert not printer.is_modern
