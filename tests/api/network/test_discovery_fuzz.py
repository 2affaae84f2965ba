"""Whatever arrives at a discovery socket, it is a printer or it is nothing."""

from dataclasses import fields
import struct

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.flashforge.api.models.catalog import GENERIC, MODELS
from custom_components.flashforge.api.models.model import Protocol
from custom_components.flashforge.api.network.packet import (
    LEGACY_SIZE,
    MODERN_SIZE,
    DiscoveredPrinter,
    parse,
)

from ...support import FIXTURES
from ..fuzzing import in_time

HOST = "127.0.0.9"
SAMPLES = [
    bytes.fromhex(path.read_text(encoding="ascii"))
    for path in sorted(FIXTURES.glob("discovery_*.hex"))
]
PARTS = range(4)
"""Each part tries a thousand, so that two workers can share them."""

FUZZ = settings(
    max_examples=1000,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

words = st.integers(0, 0xFFFF) | st.sampled_from([0, 0x2B71, 0x5A02, *MODELS])
texts = st.binary(max_size=140) | st.text(max_size=140).map(str.encode)


@st.composite
def laid_out(draw: st.DrawFn) -> bytes:
    """Return a packet that has the layout right, and anything in its fields."""
    numbers = draw(st.tuples(words, words, words, words, words, words))
    whole = struct.pack(">128s4x6H2x128s2x", draw(texts), *numbers, draw(texts))
    return whole[: draw(st.integers(LEGACY_SIZE, MODERN_SIZE))] + draw(texts)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a real packet with some bytes changed, cut off or put behind it."""
    data = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(0, 8))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))]) + draw(texts)


def check(data: bytes) -> None:
    with in_time():
        printer = parse(data, HOST)

    assert printer is None or is_sound(printer, len(data))
    assert parse(data, HOST) == printer


def is_sound(printer: DiscoveredPrinter, size: int) -> bool:
    return all(
        (
            size >= LEGACY_SIZE,
            printer.host == HOST,
            printer.is_modern is (size >= MODERN_SIZE),
            printer.http_port is None or 0 < printer.http_port <= 0xFFFF,
            0 < printer.command_port <= 0xFFFF,
            printer.name == printer.name.strip() and printer.name.isprintable(),
            len(printer.name) <= 128,
            printer.serial is None or is_serial(printer.serial),
            printer.pid is None or 0 < printer.pid <= 0xFFFF,
            # A model without an id of its own has only the interface that it announces.
            printer.model is GENERIC
            or printer.model in MODELS.values()
            or (printer.model.protocol is Protocol.TCP and not printer.is_modern),
            # Somebody who answers can be told from the others.
            printer.serial or printer.pid or printer.name,
            len(fields(printer)) == 7,
        )
    )


def is_serial(serial: str) -> bool:
    return 0 < len(serial) <= 128 and serial.isascii() and serial.isprintable()


@pytest.mark.parametrize("part", PARTS)
@FUZZ
@given(data=st.binary(max_size=400))
def test_any_bytes(data: bytes, part: int) -> None:
    check(data)


@pytest.mark.parametrize("part", PARTS)
@FUZZ
@given(data=laid_out())
def test_any_fields(data: bytes, part: int) -> None:
    check(data)


@pytest.mark.parametrize("part", PARTS)
@FUZZ
@given(data=damaged())
def test_damaged_samples(data: bytes, part: int) -> None:
    check(data)
