"""Different names stay different on a printer, and readable where that is possible."""

import json
import re
import unicodedata

from hypothesis import assume, given, strategies as st
import pytest

from custom_components.flashforge.api.errors import FileNameError
from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.print_files.names import (
    LONGEST,
    safe_name,
    stored_name,
)

from ...support import FIXTURES

CASES = FIXTURES / "cases" / "names_cyrillic.json"

SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


def _letters(*ranges: tuple[int, int]) -> st.SearchStrategy[str]:
    """Return words of the letters in these ranges."""
    letters = [
        character
        for first, last in ranges
        for character in map(chr, range(first, last + 1))
        if unicodedata.category(character)[0] == "L"
    ]
    return st.text(st.sampled_from(letters), min_size=1, max_size=12)


SCRIPTS = {
    "cyrillic": _letters((0x400, 0x45F)),
    "greek": _letters((0x370, 0x3FF)),
    "arabic": _letters((0x620, 0x64A)),
    "hebrew": _letters((0x5D0, 0x5EA)),
    "hangul": _letters((0xAC00, 0xD7A3)),
    "kana": _letters((0x3041, 0x30FA)),
    "chinese": _letters((0x4E00, 0x9FFF)),
    "thai": _letters((0xE01, 0xE3A)),
    "emoji": st.text(
        st.characters(categories=["So"], min_codepoint=0x2190), min_size=1, max_size=6
    ),
}


@pytest.mark.parametrize("kind", ["uploads", "letters"])
def test_names_of_owners(kind: str) -> None:
    names = json.loads(CASES.read_text())[kind]
    expected = {
        "uploads": ["Korpus.gcode", "Kryshka.gcode"],
        "letters": ["Strasse.gcode", "Lodka.gcode", "smorebrod.gcode"],
    }
    assert [safe_name(name) for name in names] == expected[kind]


@pytest.mark.parametrize("script", SCRIPTS)
def test_different_names_stay_different(script: str) -> None:
    words = SCRIPTS[script]

    @given(words, words)
    def check(one: str, other: str) -> None:
        one, other = (unicodedata.normalize("NFC", each) for each in (one, other))
        assume(one != other)
        assert safe_name(f"{one}.gcode") != safe_name(f"{other}.gcode")

    check()


@given(
    st.text("x", min_size=LONGEST, max_size=300),
    st.text("ab c", min_size=1, max_size=5),
    st.text("ab-d", min_size=1, max_size=5),
)
def test_long_names_that_differ_at_their_end(start: str, one: str, other: str) -> None:
    assume(one.strip() != other.strip())
    names = {safe_name(f"{start}{end}.gcode.3mf") for end in (one, other)}
    assert len(names) == 2
    assert all(len(name) == LONGEST for name in names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Мой.gcode", "Мои.gcode"),
        ("Мел.gcode", "Мель.gcode"),
        ("Лёд.gcode", "Лед.gcode"),
        ("тсар.gcode", "цар.gcode"),
        ("杯子.gcode", "被子.gcode"),
        ("🐉.gcode", "🐲.gcode"),
        ("👨‍👩‍👧.gcode", "👨‍👩‍👦.gcode"),
        ("❤️.gcode", "🖤.gcode"),
        ("m².gcode", "m2.gcode"),
        ("ώμος.3mf", "όμος.3mf"),
        ("🐉.gcode", "🐉.3mf"),
    ],
)
def test_what_would_be_written_the_same_way(one: str, other: str) -> None:
    assert safe_name(one) != safe_name(other)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("Крышка.gcode", "Kryshka"),
        ("Держатель.3mf", "Derzhatel"),
        ("Κύβος.gcode", "Kubos"),
        ("杯子.gcode", "BeiZi"),
        ("한국.gcode", "hangug"),
        ("dragon 🐉.gcode", "dragon"),
        ("Æther Ðuro.gcode", "AEther_Duro"),
    ],
)
def test_names_can_be_read(name: str, begins: str) -> None:
    assert safe_name(name).startswith(begins)


@given(st.text(max_size=400), st.sampled_from([".gcode", ".GX", ".3mf", ".gcode.3mf"]))
def test_a_name_is_safe_and_final(stem: str, suffix: str) -> None:
    assume(not any(unicodedata.category(each) in {"Cc", "Cs"} for each in stem))
    assume(not {*stem} & {"/", "\\"})
    assume(unicodedata.normalize("NFKC", stem).strip().strip("."))
    try:
        safe = safe_name(stem + suffix)
    except FileNameError:
        # Nothing but accents is nothing.
        return
    assert SAFE.fullmatch(safe)
    assert len(safe) <= LONGEST
    assert safe.endswith(suffix.lower())
    assert safe_name(safe) == safe


def test_both_ways_to_compose_a_letter_are_one_name() -> None:
    names = {
        safe_name(unicodedata.normalize(form, "Мой Größenmaß 한국.gcode"))
        for form in ("NFC", "NFD")
    }
    assert len(names) == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("杯子.gcode", "BeiZi_95f9e8e7.gcode"),
        ("🐉.gcode", "_d64b95ed.gcode"),
        ("Мой.gcode", "Moi_cded2682.gcode"),
        ("Деталь.gcode", "Detal_1bdf37a8.gcode"),
    ],
)
def test_a_name_is_the_same_for_ever(name: str, expected: str) -> None:
    assert safe_name(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a..b.gcode", "a_.b.gcode"),
        ("a...gcode", "a__.gcode"),
        ("a.b.gcode", "a.b.gcode"),
    ],
)
def test_no_name_leads_out_of_a_folder(name: str, expected: str) -> None:
    stored = stored_name(MODELS[0x23], name, start=True)
    assert stored == expected
    assert stored_name(MODELS[0x23], stored, start=True) == expected
