"""The file for bug reports holds nothing private, and not too much of anything."""

import json
import time
from typing import Any

from homeassistant.components.diagnostics import REDACTED
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.const import (
    OPTION_CAMERA,
    OPTION_PLUG,
    OPTION_POWER_METER,
)
from custom_components.flashforge.redaction import (
    DEEPEST,
    LONGEST_TEXT,
    MORE,
    MOST_ITEMS,
    MOST_VALUES,
    Redactor,
    shape,
)
from simulator import Printer, StoredFile

from .conftest import MakePrinter, SetUp, make_entry

ADDRESSES = [
    "192.168.1.57",
    "10.0.0.9",
    "fe80::1",
    "fe80::1ff:fe23:4567:890a",
    "2001:db8::8a2e:370:7334",
    "2001:0DB8:85A3:0000:0000:8A2E:0370:7334",
    "::1",
    "::ffff:192.168.1.57",
    "fd12:3456:789a:1::1",
    "88:A9:A7:12:34:56",
    "88-a9-a7-12-34-56",
    "http://printer.local:8898/detail?x=1",
    "rtsp://10.0.0.9/stream",
]
AROUND = ["{}", "at {} it is", "[{}]", "host={}", "a_{}_b", "({})", "'{}',", "{}/64"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", AROUND)
def test_addresses_of_any_kind_are_hidden(address: str, around: str) -> None:
    told = Redactor([]).text(around.format(address))
    assert REDACTED in told
    assert address.casefold() not in told.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "12:34:56",
        "2026-11-20T12:34:56+00:00",
        "3.1.5",
        "5M Pro 3.1.5-1.2.0",
        "00:12",
        "a: b: c",
        "1:2:3:4",
        "0x0026",
    ],
)
def test_what_only_looks_like_one_is_told(text: str) -> None:
    assert Redactor([]).text(text) == text


@given(
    private=st.text(
        st.characters(categories=("L", "N")), min_size=6, max_size=40
    ).filter(lambda word: word.isascii()),
    before=st.text(st.characters(codec="ascii"), max_size=20),
    after=st.text(st.characters(codec="ascii"), max_size=20),
    change=st.sampled_from([str, str.lower, str.upper]),
)
def test_what_is_private_is_hidden_inside_of_words(
    private: str, before: str, after: str, change: Any
) -> None:
    told = Redactor([private]).text(f"{before}{change(private)}{after}")
    rest = told.replace(REDACTED, "\0")
    assert private.casefold() not in rest.casefold()


def test_a_short_value_is_hidden_only_as_a_word() -> None:
    redactor = Redactor(["Bob"])
    assert redactor.text("Bob's printer, bobbin") == f"{REDACTED}'s printer, bobbin"


def nested(levels: int) -> object:
    """Return objects and lists inside each other."""
    value: object = "192.168.1.57"
    for level in range(levels):
        value = [value] if level % 2 else {"in": value}
    return value


@pytest.mark.parametrize("told", [Redactor([]).data, shape], ids=["data", "shape"])
def test_depth_is_bounded(told: Any) -> None:
    value = nested(100_000)
    assert json.dumps(told(value)).count("in") <= DEEPEST


@pytest.mark.parametrize(
    "value", [{str(each): 1 for each in range(5000)}, [[each] for each in range(5000)]]
)
def test_number_is_bounded(value: Any) -> None:
    told = Redactor([]).data(value)
    assert isinstance(told, dict | list)
    assert len(told) == MOST_ITEMS + 1
    assert "4800 more" in json.dumps(told)
    bounded: Any = shape(value)
    assert len(bounded) <= MOST_ITEMS


def test_all_together_are_bounded() -> None:
    value = {
        str(each): {str(each): [1, 2] for each in range(150)} for each in range(150)
    }
    told = json.dumps(Redactor([]).data(value))
    assert told.count(": 1") + told.count("1,") < MOST_VALUES
    assert MORE in json.loads(told)["149"]


def test_text_is_bounded_and_what_is_cut_was_hidden_before() -> None:
    secret = "SNMOCKSECRET99"
    text = "x" * (LONGEST_TEXT - 5) + secret + "y" * 1000
    told = Redactor([secret]).text(text)
    assert len(told) <= LONGEST_TEXT + len(MORE)
    assert "SNMOC" not in told


@pytest.mark.parametrize(
    "piece", ["a", ":", "1.", "ab:", "a://", "::1 ", "1.2.3.4 ", "SNMOCKSECRET9", "Bob"]
)
def test_a_text_is_read_in_one_go(piece: str) -> None:
    redactor = Redactor(["SNMOCKSECRET99", "Bob", "aaaaaaab"])

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        redactor.text(text)
        return time.process_time() - began

    # Sixteen times the text takes sixteen times as long, and not its square.
    assert seconds(800_000) < 64 * seconds(50_000) + 0.1


async def test_file_of_a_printer_that_answers_without_end(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    make_printer: MakePrinter,
    set_up: SetUp,
) -> None:
    printer: Printer = await make_printer(
        "ad5x",
        name="Quincy's printer",
        serial="SNMOCKSECRET99",
        files=[StoredFile(name="Birthday for Quincy.3mf")],
    )
    printer.machine.start_job("Birthday for Quincy.3mf")
    printer.overrides |= {
        "status": "stopped_SNMOCKSECRET99_at fe80::1 in Birthday for Quincy.gcode",
        "deep": nested(300),
        "xSNMOCKSECRET99x": "y",
        **{f"field{each}": each for each in range(2000)},
    }
    entry: MockConfigEntry = make_entry(
        printer,
        **{
            OPTION_CAMERA: "camera.quincys_yard",
            OPTION_POWER_METER: "sensor.quincys_power",
        },
    )
    await set_up(entry)
    assert await async_setup_component(hass, "diagnostics", {})

    facts: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)

    written = json.dumps(facts).casefold()
    for private in ("quincy", "mocksecret99", "fe80", "birthday"):
        assert private not in written
    assert len(written) < 100_000


@pytest.mark.parametrize("option", [OPTION_CAMERA, OPTION_PLUG, OPTION_POWER_METER])
async def test_names_of_other_entities_are_private(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    printer: Printer,
    set_up: SetUp,
    option: str,
) -> None:
    domain = {OPTION_CAMERA: "camera", OPTION_PLUG: "switch"}.get(option, "sensor")
    entry = make_entry(printer, **{option: f"{domain}.quincys"})
    await set_up(entry)
    assert await async_setup_component(hass, "diagnostics", {})
    facts: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert "quincys" not in json.dumps(facts)
