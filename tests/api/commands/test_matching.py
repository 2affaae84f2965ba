"""Tools and slots: each rule by example, all of them by property."""

from collections.abc import Mapping
from itertools import permutations
import json
from pathlib import Path
from string import Formatter

from hypothesis import assume, given, settings, strategies as st
import pytest

from custom_components.flashforge.api import errors as matching_errors
from custom_components.flashforge.api.commands.matching import (
    VISIBLE,
    Concern,
    is_selectable,
    match,
    remarks,
    same_material,
    used_tools,
)
from custom_components.flashforge.api.errors import MatchingError
from custom_components.flashforge.api.models.colors import difference, lab
from custom_components.flashforge.api.prints import FileTool, MaterialMapping
from custom_components.flashforge.api.state import MaterialSlot

FUZZ = settings(deadline=None, database=None)

RED, ORANGE, WHITE, BLACK, BLUE = "#F72224", "#F98D33", "#FFFFFF", "#161616", "#2750E0"


def tool(
    number: int,
    material: str | None = "PLA",
    color: str | None = WHITE,
    weight: float | None = 5.0,
    slot: int | None = None,
) -> FileTool:
    """Return a tool, counted from 0."""
    return FileTool(
        tool=number, material=material, color=color, weight=weight, slot=slot
    )


def slot(
    number: int,
    material: str | None = "PLA",
    color: str | None = WHITE,
    *,
    filament: bool | None = True,
) -> MaterialSlot:
    """Return a slot, counted from 1."""
    return MaterialSlot(
        number=number, material=material, color=color, has_filament=filament
    )


def pairs(mappings: tuple[MaterialMapping, ...]) -> dict[int, int]:
    """Return the slot of each tool."""
    return {each.tool: each.slot for each in mappings}


# --- materials --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("PLA", "PLA"),
        ("pla", " PLA "),
        ("PLA+", "PLA"),
        ("PLA Silk", "PLA"),
        ("PLA Silk", "PLA+"),
        ("HS PLA", "PLA"),
        ("PLA CF", "PLA-CF"),
        ("PLA Matte CF", "pla-cf"),
        ("PLA_GF30", "PLA-GF30"),
        ("TPU", "TPU-95A"),
        ("TPU 95A", "TPU-95A"),
        ("S-Multi", "S-MULTI"),
        ("HS", "hs"),
    ],
)
def test_same_material(first: str, second: str) -> None:
    assert same_material(first, second)
    assert same_material(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("PLA", "PETG"),
        ("PLA", "PLA-CF"),
        ("PLA", "PLA CF"),
        ("PLA-GF", "PLA-CF"),
        ("PET", "PETG"),
        ("PA", "PAHT-CF"),
        ("PA-CF", "PAHT-CF"),
        ("PC", "PC-ABS"),
        ("SILK", "PETG"),
        ("TPU-90A", "TPU-95A"),
        ("TPU-95A", "TPU 64D"),
        ("PLA", "HS"),
        ("PLA", "+"),
    ],
)
def test_other_material(first: str, second: str) -> None:
    assert not same_material(first, second)
    assert not same_material(second, first)


# --- what is taken ----------------------------------------------------------------


def test_nearest_color_of_the_material() -> None:
    slots = [slot(1, "PETG", RED), slot(2, "PLA", BLUE), slot(3, "PLA", ORANGE)]

    assert match([tool(0, "PLA", RED)], slots) == (
        MaterialMapping(
            tool=0, slot=3, material="PLA", tool_color=RED, slot_color=ORANGE
        ),
    )


def test_what_is_best_for_each_alone_may_not_be_best_for_all() -> None:
    # Both tools are nearest to slot 1, and taken one by one the first would get it.
    slots = [slot(1, color="#F72224"), slot(2, color=ORANGE)]
    tools = [tool(0, color="#FA6A2C"), tool(1, color="#F72230")]

    assert pairs(match(tools, slots)) == {0: 2, 1: 1}


def test_a_tool_that_could_take_any_leaves_the_other_its_only_slot() -> None:
    tools = [tool(0, "TPU", RED), tool(1, "TPU-95A", BLUE)]
    slots = [slot(1, "TPU-64D", BLUE), slot(2, "TPU-95A", RED)]

    assert pairs(match(tools, slots)) == {0: 1, 1: 2}


def test_slot_of_the_slicer_counts_more_than_the_color() -> None:
    slots = [slot(1, color=RED), slot(2, color=BLUE)]

    assert pairs(match([tool(0, color=RED, slot=2)], slots)) == {0: 2}


@pytest.mark.parametrize(
    "second", [slot(2, "PETG"), slot(2, filament=False), slot(2, color=None), slot(3)]
)
def test_slot_of_the_slicer_that_does_not_fit(second: MaterialSlot) -> None:
    assert pairs(match([tool(0, slot=2)], [slot(1, color=RED), second])) != {0: 2}


def test_slot_of_the_slicer_gives_way_to_a_whole_mapping() -> None:
    slots = [slot(1, "TPU-95A"), slot(2, "TPU-90A")]

    taken = match([tool(0, "TPU", slot=2), tool(1, "TPU-90A", slot=1)], slots)

    assert pairs(taken) == {0: 1, 1: 2}


def test_material_of_the_very_name_counts_more_than_the_color() -> None:
    slots = [slot(1, "PLA", RED), slot(2, "PLA Silk", BLUE)]

    assert pairs(match([tool(0, "PLA silk", RED)], slots)) == {0: 2}


def test_slot_n_for_tool_n_among_equals() -> None:
    slots = [slot(number) for number in (4, 2, 1, 3)]

    assert pairs(match([tool(2), tool(1)], slots)) == {1: 2, 2: 3}
    assert pairs(match([tool(3, color=None)], [slot(1), slot(2)])) == {3: 1}


def test_tool_that_prints_nothing_needs_no_slot() -> None:
    tools = [tool(0), tool(1, "ABS", weight=0), tool(2, weight=0.0), tool(3, "PETG")]

    assert pairs(match(tools, [slot(1), slot(2, "PETG")])) == {0: 1, 3: 2}
    assert match([tool(0, weight=0)], []) == ()


def test_tool_of_unknown_weight_gets_a_slot() -> None:
    assert pairs(match([tool(0, weight=None)], [slot(1)])) == {0: 1}


def test_first_of_two_entries_for_a_tool_counts() -> None:
    assert used_tools([tool(0, "PLA"), tool(0, "ABS")]) == (tool(0, "PLA"),)


def test_file_that_says_nothing() -> None:
    assert match(None, [slot(1)]) == ()
    assert match([], [slot(1)]) == ()

    assert match(None, [slot(1), slot(2, "ABS", RED)], chosen={0: 2}) == (
        MaterialMapping(tool=0, slot=2, material="ABS", tool_color=RED, slot_color=RED),
    )


def test_tool_without_material_or_color_takes_what_is_sent_from_the_spool() -> None:
    slots = [slot(1, "PETG", RED), slot(2, "ABS", BLUE)]

    assert match([tool(0, None, BLUE), tool(1, "PETG", None)], slots) == (
        MaterialMapping(
            tool=0, slot=2, material="ABS", tool_color=BLUE, slot_color=BLUE
        ),
        MaterialMapping(
            tool=1, slot=1, material="PETG", tool_color=RED, slot_color=RED
        ),
    )


def test_only_the_slots_of_a_station_can_be_taken() -> None:
    for number in (0, 5):
        with pytest.raises(matching_errors.MaterialMismatchError):
            match([tool(0)], [slot(number)])


# --- sharing ----------------------------------------------------------------------


def test_tools_never_share_a_slot() -> None:
    tools, slots = [tool(0), tool(1, color=RED)], [slot(1), slot(2, "ABS")]

    with pytest.raises(matching_errors.TooFewSlotsError) as caught:
        match(tools, slots)

    assert caught.value.placeholders == {"wanted": "PLA, PLA", "held": "1: PLA, 2: ABS"}


# --- what a person chooses --------------------------------------------------------


def test_choice_is_kept_to_and_the_rest_is_matched() -> None:
    tools = [tool(0, color=RED), tool(1, color=BLUE)]
    slots = [slot(1, color=RED), slot(2, color=BLUE), slot(3, color=BLACK)]

    assert pairs(match(tools, slots, chosen={0: 2, 1: 3})) == {0: 2, 1: 3}
    assert pairs(match(tools, slots, chosen={0: 2})) == {0: 2, 1: 3}


def test_choice_for_a_tool_that_prints_nothing_is_of_no_matter() -> None:
    tools = [tool(0), tool(1, weight=0)]

    assert pairs(match(tools, [slot(1)], chosen={0: 1, 1: 1})) == {0: 1}


SLOTS = [
    slot(1),
    slot(2, filament=False),
    slot(3, "PETG", None),
    slot(4, "ABS", RED),
]


@pytest.mark.parametrize(
    ("tools", "chosen", "error", "facts"),
    [
        (
            [tool(0, "TPU")],
            {},
            matching_errors.MaterialMismatchError,
            {"tool": "1", "wanted": "TPU", "held": "1: PLA, 3: ?, 4: ABS"},
        ),
        (
            [tool(0), tool(1, "PETG")],
            {0: 4, 1: 4},
            matching_errors.TakenSlotError,
            {"tool": "2", "other": "1", "slot": "4"},
        ),
        (
            [tool(0)],
            {0: 4},
            matching_errors.SlotMismatchError,
            {"tool": "1", "slot": "4", "wanted": "PLA", "held": "ABS"},
        ),
        ([tool(1)], {1: 2}, matching_errors.EmptySlotError, {"tool": "2", "slot": "2"}),
        (
            [tool(0)],
            {0: 3},
            matching_errors.IncompleteSlotError,
            {"tool": "1", "slot": "3"},
        ),
        (
            [tool(0)],
            {0: 5},
            matching_errors.UnknownSlotError,
            {"tool": "1", "slot": "5", "slots": "1, 2, 3, 4"},
        ),
        (
            [tool(0), tool(2)],
            {1: 1},
            matching_errors.UnknownToolError,
            {"tool": "2", "tools": "1, 3"},
        ),
        (
            [tool(number) for number in range(5)],
            {},
            matching_errors.TooManyToolsError,
            {"tools": "1, 2, 3, 4, 5", "most": "4"},
        ),
        ([tool(6)], {}, matching_errors.TooManyToolsError, {"tools": "7", "most": "4"}),
        (None, {-1: 1}, matching_errors.TooManyToolsError, {"tools": "0", "most": "4"}),
        (
            [tool(0), tool(1)],
            {},
            matching_errors.TooFewSlotsError,
            {"wanted": "PLA, PLA", "held": "1: PLA, 3: ?, 4: ABS"},
        ),
    ],
)
def test_refusals(
    tools: list[FileTool] | None,
    chosen: Mapping[int, int],
    error: type[MatchingError],
    facts: dict[str, str],
) -> None:
    texts = json.loads(
        Path("custom_components/flashforge/translations/en.json").read_text()
    )["exceptions"]

    with pytest.raises(error) as caught:
        match(tools, SLOTS, chosen=chosen)

    assert type(caught.value) is error
    assert caught.value.placeholders == facts
    used = {name for _, name, _, _ in Formatter().parse(texts[error.key]["message"])}
    assert used - {None} == set(facts)


def test_nothing_loaded() -> None:
    with pytest.raises(matching_errors.MaterialMismatchError) as caught:
        match([tool(0)], [])

    assert caught.value.placeholders["held"] == "–"


# --- remarks ----------------------------------------------------------------------


def test_remarks() -> None:
    tools = [
        tool(0, color=RED),
        tool(1, color="#FF0000"),
        tool(2, None, None),
        tool(3, color=WHITE),
    ]
    slots = [slot(1, color=BLUE), slot(2, color=RED), slot(3), slot(4)]
    taken = match(tools, slots, chosen={0: 1, 1: 2, 2: 3, 3: 4})

    said = remarks(tools, taken)

    assert [(each.mapping.tool, each.concern) for each in said] == [
        (0, Concern.COLOR_DIFFERS),
        (2, Concern.MATERIAL_UNKNOWN),
        (2, Concern.COLOR_UNKNOWN),
    ]
    assert said[0].difference == difference(lab(RED), lab(BLUE))
    assert remarks(None, taken[:1])[0].concern is Concern.MATERIAL_UNKNOWN
    assert remarks(tools, ()) == ()


# --- properties -------------------------------------------------------------------

MATERIALS = st.sampled_from(
    ["PLA", "PLA+", "pla silk", "PLA-CF", "PETG", "TPU", "TPU-95A", "TPU-64D", None]
)
COLORS = st.sampled_from([RED, ORANGE, WHITE, BLACK, BLUE, None])
TOOLS = st.lists(
    st.builds(
        tool,
        st.integers(0, 3),
        MATERIALS,
        COLORS,
        st.sampled_from([None, 0.0, 1.5]),
        st.none() | st.integers(1, 5),
    ),
    max_size=4,
    unique_by=lambda each: each.tool,
)
STATIONS = st.lists(
    st.builds(
        slot,
        st.integers(0, 5),
        MATERIALS,
        COLORS,
        filament=st.sampled_from([True, True, True, False, None]),
    ),
    max_size=6,
    unique_by=lambda each: each.number,
)


def compatible(one: FileTool, other: MaterialSlot) -> bool:
    """Return whether a slot may feed a tool, as the rules are written."""
    return (
        is_selectable(other)
        and 1 <= other.number <= 4
        and (
            one.material is None
            or other.material is None
            or same_material(one.material, other.material)
        )
    )


def possible(tools: list[FileTool], slots: list[MaterialSlot]) -> list[dict[int, int]]:
    """Return every whole mapping, found by trying them all."""
    used = used_tools(tools)
    tried = permutations(slots, len(used))
    return [
        {one.tool: other.number for one, other in zip(used, each, strict=True)}
        for each in tried
        if all(compatible(one, other) for one, other in zip(used, each, strict=True))
    ]


@FUZZ
@given(tools=TOOLS, slots=STATIONS)
def test_whole_mapping_is_found_whenever_there_is_one(
    tools: list[FileTool], slots: list[MaterialSlot]
) -> None:
    all_there_are = possible(tools, slots)

    try:
        taken = match(tools, slots)
    except MatchingError:
        assert all_there_are == []
        return

    assert pairs(taken) in all_there_are
    assert [each.tool for each in taken] == [each.tool for each in used_tools(tools)]


@FUZZ
@given(tools=TOOLS, slots=STATIONS, data=st.data())
def test_order_says_nothing(
    tools: list[FileTool], slots: list[MaterialSlot], data: st.DataObject
) -> None:
    def outcome(tools: list[FileTool], slots: list[MaterialSlot]) -> object:
        try:
            return match(tools, slots)
        except MatchingError as error:
            return type(error), error.placeholders

    shuffled = data.draw(st.permutations(tools)), data.draw(st.permutations(slots))

    assert outcome(*shuffled) == outcome(tools, slots)


@FUZZ
@given(tools=TOOLS, slots=STATIONS)
def test_no_other_mapping_is_nearer_to_the_slicer_or_its_colors(
    tools: list[FileTool], slots: list[MaterialSlot]
) -> None:
    every = possible(tools, slots)
    assume(every)
    colors = {each.number: each.color for each in slots}
    materials = {each.number: (each.material or "").upper() for each in slots}

    def worth(mapping: dict[int, int]) -> tuple[float, ...]:
        used = [(one, mapping[one.tool]) for one in used_tools(tools)]
        return (
            sum(one.slot not in {None, number} for one, number in used),
            sum(
                one.material is not None and one.material.upper() != materials[number]
                for one, number in used
            ),
            round(
                sum(
                    difference(lab(one.color), lab(colors[number] or WHITE))
                    for one, number in used
                    if one.color is not None
                ),
                3,
            ),
        )

    assert worth(pairs(match(tools, slots))) == min(map(worth, every))


@FUZZ
@given(
    tools=TOOLS | st.none(),
    slots=STATIONS,
    chosen=st.dictionaries(st.integers(-1, 5), st.integers(-1, 6), max_size=5),
)
def test_choice_is_kept_to_or_refused(
    tools: list[FileTool] | None,
    slots: list[MaterialSlot],
    chosen: dict[int, int],
) -> None:
    try:
        taken = match(tools, slots, chosen=chosen)
    except MatchingError:
        return

    by_tool = {each.tool: each for each in tools or ()}
    by_number = {each.number: each for each in slots}
    for each in taken:
        assert each.slot == chosen.get(each.tool, each.slot)
        assert compatible(
            by_tool.get(each.tool, tool(each.tool, None)), by_number[each.slot]
        )
        assert each.material and each.tool_color and each.slot_color
    assert len({each.slot for each in taken}) == len(taken)
    for remark in remarks(tools, taken):
        assert remark.difference is None or remark.difference >= VISIBLE
