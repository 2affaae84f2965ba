"""Whether a file is for the printer, and what its materials are called."""

from dataclasses import replace
import json
from typing import Any

import pytest

from custom_components.flashforge.api.commands.fit import (
    FileConcern,
    concerns,
    misfit,
    sliced_for,
)
from custom_components.flashforge.api.commands.matching import match
from custom_components.flashforge.api.commands.materials import (
    material_named,
    same_material,
)
from custom_components.flashforge.api.commands.planning import Feeding, PrintWish, plan
from custom_components.flashforge.api.errors import (
    FileForOtherPrinterError,
    MaterialMismatchError,
    PrintTooLargeError,
    ToolsUnknownError,
)
from custom_components.flashforge.api.models.catalog import GENERIC, MODELS
from custom_components.flashforge.api.models.model import Model
from custom_components.flashforge.api.print_files.gcode import read_print_file
from custom_components.flashforge.api.print_files.slicers import read_gcode
from custom_components.flashforge.api.prints import FileTool, SlicedFile
from custom_components.flashforge.api.state import (
    MaterialSlot,
    MaterialStation,
    PrinterState,
)
from custom_components.flashforge.api.wire.detail import parse_detail

from .. import FIXTURES

CASES = FIXTURES / "cases"
A5M, A5M_PRO, AD5X, C5, C5_PRO = (MODELS[pid] for pid in (0x23, 0x24, 0x26, 0x28, 0x29))


def state(name: str) -> PrinterState:
    """Return the state of a case."""
    return parse_detail(json.loads((CASES / name).read_text())["detail"])


def sliced(name: str) -> SlicedFile:
    """Return what a file of a case says."""
    return read_print_file(CASES / name)


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("Flashforge AD5X", AD5X),
        ("AD5X", AD5X),
        ("Flashforge AD5X 0.4 nozzle", AD5X),
        ("Flashforge Adventurer 5M", A5M),
        ("Flashforge Adventurer 5M 0.6 Nozzle", A5M),
        ("Flashforge Adventurer 5M Pro", A5M_PRO),
        ("FlashForge_Adventurer_5M_Pro", A5M_PRO),
        ("Adventurer5M Pro", A5M_PRO),
        ("adventurer 5m series", A5M),
        ("Flashforge Creator 5", C5),
        ("Flashforge Creator 5 Pro", C5_PRO),
        ("Creator5 Pro 0.4", C5_PRO),
        ("Flashforge Guider 4", MODELS[0x25]),
        ("Adventurer 3 Series", MODELS[0x08]),
        ("Bambu Lab X1 Carbon", None),
        ("MK4", None),
        ("My own printer", None),
        ("", None),
    ],
)
def test_what_slicers_call_the_models(name: str, model: Model | None) -> None:
    assert sliced_for(name) is model


@pytest.mark.parametrize(
    ("name", "model", "refused", "concern"),
    [
        ("Flashforge AD5X", AD5X, False, None),
        ("Flashforge Adventurer 5M", A5M_PRO, False, FileConcern.PRINTER_DIFFERS),
        ("Flashforge Creator 5", C5_PRO, False, FileConcern.PRINTER_DIFFERS),
        ("Flashforge Adventurer 5M", AD5X, True, FileConcern.PRINTER_DIFFERS),
        ("Flashforge AD5X", C5, True, FileConcern.PRINTER_DIFFERS),
        ("Bambu Lab P1S", AD5X, True, FileConcern.PRINTER_UNKNOWN),
        ("Creality Ender-3 V2", AD5X, True, FileConcern.PRINTER_UNKNOWN),
        ("MK4", AD5X, True, FileConcern.PRINTER_UNKNOWN),
        ("Voron 2.4 350", A5M, True, FileConcern.PRINTER_UNKNOWN),
        ("My own profile", A5M, False, FileConcern.PRINTER_UNKNOWN),
        ("Flashforge Something New", A5M, False, FileConcern.PRINTER_UNKNOWN),
        ("Flashforge AD5X", GENERIC, False, FileConcern.PRINTER_DIFFERS),
        (None, A5M, False, None),
    ],
)
def test_a_file_for_another_printer(
    name: str | None, model: Model, refused: bool, concern: FileConcern | None
) -> None:
    file = SlicedFile(printer=name)
    problem = misfit(file, model, PrinterState())
    assert isinstance(problem, FileForOtherPrinterError) is refused
    if problem is not None:
        assert problem.placeholders == {"sliced": name, "printer": model.name}
    assert [*concerns(file, model, PrinterState())] == ([concern] if concern else [])


@pytest.mark.parametrize(
    ("extent", "fits"),
    [
        ((220, 220, 220), True),
        ((0, 0, 219), True),
        ((221.5, 10, 10), False),
        ((10, 256, 10), False),
        ((0, 0, 256), False),
    ],
)
def test_a_print_larger_than_the_bed(extent: Any, fits: bool) -> None:
    problem = misfit(SlicedFile(extent=extent), AD5X, PrinterState())
    assert (problem is None) is fits
    assert fits or isinstance(problem, PrintTooLargeError)


def test_the_printers_own_measure_counts_first() -> None:
    file = SlicedFile(extent=(230, 10, 10))
    measured = PrinterState(build_volume=(256, 256, 256))
    assert misfit(file, AD5X, measured) is None
    assert misfit(file, GENERIC, PrinterState()) is None


def test_a_profile_with_a_larger_bed_and_no_name() -> None:
    file = SlicedFile(bed=(300, 300))
    assert isinstance(misfit(file, AD5X, PrinterState()), FileForOtherPrinterError)
    assert misfit(replace(file, bed=(225, 225)), AD5X, PrinterState()) is None
    unknown = replace(file, printer="My own printer")
    assert isinstance(misfit(unknown, AD5X, PrinterState()), FileForOtherPrinterError)
    known = replace(file, printer="Flashforge AD5X")
    assert misfit(known, AD5X, PrinterState()) is None


def test_another_nozzle_is_told() -> None:
    file = SlicedFile(nozzles=(0.6,))
    assert [*concerns(file, AD5X, PrinterState(nozzle_size="0.4mm"))] == [
        FileConcern.NOZZLE_DIFFERS
    ]
    assert not [*concerns(file, AD5X, PrinterState(nozzle_size="0.4mm, 0.6mm"))]
    assert not [*concerns(file, AD5X, PrinterState())]


def test_what_slicers_say_of_the_printer() -> None:
    orca = read_gcode(
        b'; printer_model = "Flashforge AD5X"\n; nozzle_diameter = 0.4,0.6\n'
        b"; printable_area = -110x-110,110x-110,110x110,-110x110\n"
        b"; max_z_height: 20.40\n"
    )
    assert orca.printer == "Flashforge AD5X"
    assert orca.nozzles == (0.4, 0.6)
    assert orca.bed == (220, 220)
    assert orca.extent == (0, 0, 20.4)
    cura = read_gcode(
        b";TARGET_MACHINE.NAME:Flashforge Adventurer 5M\n"
        b";MINX:-150\n;MINY:-20\n;MINZ:0.2\n;MAXX:150\n;MAXY:20\n;MAXZ:30\n"
    )
    assert cura.extent == (300, 40, 30)
    assert isinstance(misfit(cura, A5M, PrinterState()), PrintTooLargeError)
    assert read_gcode(b"; printable_area = 0x0,axb,5x5\n").bed is None


# --- materials ----------------------------------------------------------------------

FAMILIES = (
    ("PLA SILK PLA-SILK|PLA Silk|Silk PLA|HS PLA|Matte PLA|Hyper PLA|PLA+|PLA MATE"),
    ("PLA-CF|PLA CF|Matte PLA-CF|PLA-CF10"),
    ("PETG|HS PETG|Rapid PETG|PETG Pro|Elegoo Rapid PETG"),
    ("PETG-CF|PETG CF"),
    ("ABS|ABS+|Hyper ABS"),
    ("ASA"),
    ("PC"),
    ("PC-ABS"),
    ("Support for PLA"),
    ("PVA"),
)


def names(family: str) -> list[str]:
    """Return the names of one substance."""
    first, _, rest = family.partition("|")
    return [*(first.split() if first.startswith("PLA SILK") else [first])] + (
        rest.split("|") if rest else []
    )


def test_names_of_one_substance_and_of_others() -> None:
    for family in FAMILIES:
        for other in FAMILIES:
            for first in names(family):
                for second in names(other):
                    expected = family == other or {first, second} <= {"PLA-CF10"}
                    if "PLA-CF10" in {first, second} and family == other:
                        continue
                    assert same_material(first, second) is expected, (first, second)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("HS PLA", {"PLA"}),
        ("PLA-SILK", {"PLA", "SILK"}),
        ("PLA Silk", {"PLA", "SILK"}),
        ("silk", {"SILK"}),
        ("Silk PLA", {"PLA", "SILK"}),
        ("Matte PLA", {"PLA"}),
        ("tpu", {"TPU"}),
        ("Generic PETG", {"PETG"}),
        ("petg-cf", {"PETG-CF"}),
        ("WOOD", {None}),
    ],
)
def test_what_people_call_a_spool(said: str, name: set[str | None]) -> None:
    assert material_named(said, AD5X.materials) in name


@pytest.mark.parametrize("file", ["silk_named_pla.gcode", "silk_named_silk.gcode"])
@pytest.mark.parametrize("slots", [{}, {0: 1}])
def test_silk_is_a_kind_of_pla(file: str, slots: dict[int, int]) -> None:
    planned = plan(
        PrintWish(slots=slots), sliced(file).tools, state("detail_ad5x_silk.json")
    )
    assert [each.slot for each in planned.options.mappings] == [1]


@pytest.mark.parametrize(
    ("file", "slot"), [("silk_named_pla.gcode", 1), ("silk_named_silk.gcode", 2)]
)
def test_the_very_name_counts_first(file: str, slot: int) -> None:
    shown = state("detail_ad5x_silk_and_pla.json")
    planned = plan(PrintWish(), sliced(file).tools, shown)
    assert [each.slot for each in planned.options.mappings] == [slot]


@pytest.mark.parametrize(
    ("wanted", "slot"), [("PLA Silk", 2), ("Silk PLA", 2), ("Matte PLA", 1)]
)
def test_a_silk_file_takes_the_silk_spool(wanted: str, slot: int) -> None:
    shown = state("detail_ad5x_silk_and_pla.json")
    tools = [FileTool(tool=0, material=wanted, color="#F72224", weight=1)]
    planned = plan(PrintWish(), tools, shown)
    assert [each.slot for each in planned.options.mappings] == [slot]


@pytest.mark.parametrize("material", ["ABS", "PETG", "PLA-CF"])
def test_silk_is_nothing_else(material: str) -> None:
    slot = MaterialSlot(number=1, material="SILK", color="#FF0000", has_filament=True)
    with pytest.raises(MaterialMismatchError):
        match([FileTool(tool=0, material=material, weight=1)], [slot])


def test_words_of_an_owner() -> None:
    shown = state("detail_ad5x_free_words.json")
    planned = plan(PrintWish(), sliced("silk_named_pla.gcode").tools, shown)
    assert [each.slot for each in planned.options.mappings] == [1]


def test_slots_with_a_zero_too_many_can_be_chosen() -> None:
    shown = state("detail_ad5x_color_seven_digits.json")
    assert shown.station is not None
    for slot in shown.station.slots[:2]:
        planned = plan(PrintWish(slots={0: slot.number}), None, shown)
        assert [each.slot for each in planned.options.mappings] == [slot.number]


# --- one spool ----------------------------------------------------------------------


def test_two_colors_changed_by_hand() -> None:
    file = sliced("two_colors_by_hand_5m_pro.gcode")
    for model in (A5M, A5M_PRO):
        assert misfit(file, model, PrinterState()) is None
    planned = plan(PrintWish(), file.tools, PrinterState())
    assert planned.options.mappings == ()
    assert planned.concerns == (FileConcern.CHANGED_BY_HAND,)


def test_the_last_files_material_only_remarks() -> None:
    tools = [FileTool(tool=0, material="PETG", weight=5)]
    planned = plan(PrintWish(), tools, PrinterState(material="PLA"))
    assert planned.concerns == (FileConcern.SPOOL_DIFFERS,)
    assert not plan(PrintWish(), tools, PrinterState(material="PETG")).concerns
    silent = plan(PrintWish(feeding=Feeding.NONE), tools, PrinterState(material="PLA"))
    assert not silent.concerns


def station(*loaded: int, active: int | None = None) -> PrinterState:
    """Return an AD5X with spools in some slots and none outside."""
    slots = tuple(
        MaterialSlot(
            number=number,
            material="PLA",
            color="#FF0000",
            has_filament=number in loaded,
        )
        for number in range(1, 5)
    )
    return PrinterState(
        station=MaterialStation(slots=slots, active_slot=active),
        direct_feed=MaterialSlot(number=0, has_filament=False),
    )


def test_an_unread_file_does_not_start_on_the_empty_spool() -> None:
    for shown, slot in ((station(3), 3), (station(1, 2, 4, active=2), 2)):
        [mapping] = plan(PrintWish(), None, shown).options.mappings
        assert (mapping.tool, mapping.slot) == (0, slot)
    for shown in (station(), station(1, 2), station(1, 2, active=4)):
        with pytest.raises(ToolsUnknownError):
            plan(PrintWish(), None, shown)
    outside = replace(
        station(1, 2), direct_feed=MaterialSlot(number=0, has_filament=True)
    )
    assert plan(PrintWish(), None, outside).options.mappings == ()


# --- files --------------------------------------------------------------------------


def test_the_model_has_no_quotes() -> None:
    assert sliced("model_in_quotes.gcode").printer == "Flashforge AD5X"


def test_only_the_second_filament_is_used() -> None:
    file = sliced("second_filament_only.gcode")
    assert file.weight == pytest.approx(92.7)
    assert file.tools is not None
    assert [each.weight for each in file.tools] == [0, pytest.approx(92.7)]


@pytest.mark.parametrize(
    "name", ["lines_before_the_header.gcode", "second_plate_only.gcode.3mf"]
)
def test_times_and_weights(name: str) -> None:
    file = sliced(name)
    assert (file.print_time, file.weight) == (754, pytest.approx(3.53))
