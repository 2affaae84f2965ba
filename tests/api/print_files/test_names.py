"""File names: what a printer can store, and what is refused."""

import re

from hypothesis import given, strategies as st
import pytest

from custom_components.flashforge.api.errors import (
    FileNameError,
    FileTypeError,
    StartTypeError,
)
from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.print_files.names import (
    LONGEST,
    safe_name,
    stored_name,
)

ADVENTURER_5M = MODELS[0x23]
CREATOR_5 = MODELS[0x28]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Benchy_PLA_41m.gcode", "Benchy_PLA_41m.gcode"),
        ("gear set.gcode.3mf", "gear_set.gcode.3mf"),
        ("Größe (2).GCODE", "Grosse__2_.gcode"),
        ("Café.3mf", "Cafe.3mf"),
        (" spaced .gx", "spaced_.gx"),
        ("a.b.g", "a.b.g"),
        ("杯子.gcode", "BeiZi_95f9e8e7.gcode"),
        (".hidden.gcode", "_hidden.gcode"),
        ("-rf.gcode", "_rf.gcode"),
        ("a／b.gcode", "a_b.gcode"),
        ("a'\";$`.gcode", "a_____.gcode"),
    ],
)
def test_safe_name(name: str, expected: str) -> None:
    assert safe_name(name) == expected


@pytest.mark.parametrize("suffix", [".gcode", ".gcode.3mf", ".g"])
def test_a_long_name_keeps_its_suffix(suffix: str) -> None:
    name = safe_name("x" * 300 + suffix)
    assert len(name) == LONGEST
    assert name.startswith("x" * 50)
    assert name.endswith(suffix)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        "…",
        ".gcode",
        "..gcode",
        ".gcode.3mf",
        "../a.gcode",
        "/a.gcode",
        "a\\b.gcode",
        "a\n.gcode",
        "a\0.gcode",
        "a\x7f.gcode",
        "a\ud800.gcode",
    ],
)
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(FileNameError):
        safe_name(name)


@given(st.text())
def test_a_safe_name_is_safe(name: str) -> None:
    try:
        safe = safe_name(name)
    except FileNameError:
        return
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", safe)
    assert len(safe) <= LONGEST
    assert safe_name(safe) == safe


@given(
    st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,80}", fullmatch=True),
    st.sampled_from([".gcode", ".gx", ".g", ".3mf", ".gcode.3mf"]),
)
def test_a_good_name_stays(stem: str, suffix: str) -> None:
    assert safe_name(stem + suffix) == stem + suffix


@pytest.mark.parametrize("name", ["a.gcode", "a.GX", "a.g", "a.3mf", "a.gcode.3mf"])
def test_types(name: str) -> None:
    assert stored_name(ADVENTURER_5M, name, start=True) == name.lower()


@pytest.mark.parametrize("name", ["a.stl", "gcode", "a.gcode.zip", "a", "a.gcode.txt"])
def test_other_types(name: str) -> None:
    with pytest.raises(FileTypeError) as caught:
        stored_name(ADVENTURER_5M, name, start=False)
    assert caught.value.key == "file_type"
    assert caught.value.placeholders == {"types": ".gcode, .gx, .g, .3mf"}


def test_what_is_stored_but_not_started() -> None:
    assert stored_name(CREATOR_5, "a.gcode", start=False) == "a.gcode"
    assert stored_name(CREATOR_5, "a.gcode.3mf", start=True) == "a.gcode.3mf"
    with pytest.raises(StartTypeError) as caught:
        stored_name(CREATOR_5, "a.gcode", start=True)
    assert caught.value.placeholders == {"types": ".3mf"}
