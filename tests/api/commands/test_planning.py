"""How a file is started, from what it needs and what is loaded."""

import pytest

from custom_components.flashforge.api.commands.planning import (
    Feeding,
    Plan,
    PrintWish,
    plan,
)
from custom_components.flashforge.api.errors import (
    FlashForgeError,
    SpoolMismatchError,
    StationNeededError,
)
from custom_components.flashforge.api.prints import FileTool, PrintOptions
from custom_components.flashforge.api.state import (
    MaterialSlot,
    MaterialStation,
    PrinterState,
)

PLA = FileTool(tool=0, material="PLA", color="#FFFFFF", weight=10.0)
RED_PLA = FileTool(tool=1, material="PLA", color="#F72224", weight=5.0)
PETG = FileTool(tool=0, material="PETG", color="#FFFFFF", weight=10.0)
UNUSED = FileTool(tool=1, material="TPU", color="#000000", weight=0.0)

STATION = PrinterState(
    station=MaterialStation(
        slots=(
            MaterialSlot(number=1, material="PLA", color="#F72224", has_filament=True),
            MaterialSlot(number=2, material="PLA", color="#FFFFFF", has_filament=True),
        )
    ),
    direct_feed=MaterialSlot(number=0, material="PETG", color="#FFFFFF"),
)
DIRECT = PrinterState(direct_feed=MaterialSlot(number=0, material="PLA"))
SINGLE = PrinterState(material="PLA")
UNKNOWN = PrinterState()


def slots(planned: Plan) -> dict[int, int]:
    """Return the slot of each tool."""
    return {mapping.tool: mapping.slot for mapping in planned.options.mappings}


def test_options_are_carried_over() -> None:
    wish = PrintWish(
        leveling=False,
        flow_calibration=True,
        first_layer_inspection=True,
        time_lapse=True,
    )
    assert plan(wish, None, UNKNOWN).options == PrintOptions(
        leveling=False,
        flow_calibration=True,
        first_layer_inspection=True,
        time_lapse=True,
    )


@pytest.mark.parametrize(
    ("tools", "uses_station", "expected"),
    [
        ((PLA, RED_PLA), True, {0: 2, 1: 1}),
        ((PLA, RED_PLA), False, {0: 2, 1: 1}),
        ((PLA, UNUSED), True, {0: 2}),
        # An upload says nothing about the station, and filament should come from it.
        ((PLA,), None, {0: 2}),
        # A stored file with one tool that was not sliced for the station.
        ((PETG,), False, {}),
        # Nobody could read what it needs.
        (None, None, {}),
        ((), True, {}),
    ],
)
def test_slots_that_match(
    tools: tuple[FileTool, ...] | None,
    uses_station: bool | None,
    expected: dict[int, int],
) -> None:
    planned = plan(PrintWish(), tools, STATION, uses_station=uses_station)
    assert slots(planned) == expected


@pytest.mark.parametrize("state", [DIRECT, SINGLE, UNKNOWN])
def test_one_spool_that_fits(state: PrinterState) -> None:
    assert plan(PrintWish(), (PLA,), state).options.mappings == ()


def test_one_spool_that_does_not_fit() -> None:
    with pytest.raises(SpoolMismatchError) as raised:
        plan(PrintWish(), (PETG,), DIRECT)
    assert raised.value.placeholders == {"wanted": "PETG", "loaded": "PLA"}
    assert plan(PrintWish(feeding=Feeding.NONE), (PETG,), DIRECT).options.mappings == ()


def test_a_spool_that_nobody_labeled_is_believed() -> None:
    assert plan(PrintWish(), (PETG,), UNKNOWN).options.mappings == ()


def test_several_tools_need_a_station() -> None:
    with pytest.raises(StationNeededError):
        plan(PrintWish(), (PLA, RED_PLA), DIRECT)


def test_a_station_without_the_material_is_refused() -> None:
    with pytest.raises(FlashForgeError) as raised:
        plan(PrintWish(), (PETG,), STATION)
    assert raised.value.key == "material_mismatch"


def test_chosen_slots() -> None:
    wish = PrintWish(slots={0: 1, 1: 2})
    assert slots(plan(wish, (PLA, RED_PLA), STATION)) == {0: 1, 1: 2}
    with pytest.raises(StationNeededError):
        plan(wish, (PLA, RED_PLA), SINGLE)
