"""The files stored on a printer, and the settings of their materials."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The settings of a material: °C, and grams per meter of 1.75 mm filament."""

    nozzle: float
    bed: float
    grams_per_meter: float


MATERIALS = {
    "PLA": Material(nozzle=220, bed=60, grams_per_meter=2.98),
    "SILK": Material(nozzle=225, bed=60, grams_per_meter=2.98),
    "PETG": Material(nozzle=245, bed=75, grams_per_meter=3.05),
    "ABS": Material(nozzle=250, bed=100, grams_per_meter=2.50),
    "ASA": Material(nozzle=255, bed=100, grams_per_meter=2.57),
    "TPU": Material(nozzle=225, bed=45, grams_per_meter=2.91),
}


def material_of(name: str) -> Material:
    """Return the settings of a material; an unknown one prints like PLA."""
    return MATERIALS.get(name.split("-", maxsplit=1)[0].upper(), MATERIALS["PLA"])


class Tool(NamedTuple):
    """One tool of a sliced file; 0 g means that the tool is not used."""

    material: str
    color: str
    grams: float
    slot: int = 0


type ToolData = Tool | tuple[str, str, float] | tuple[str, str, float, int]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A sliced file in the printer's memory.

    `tools` takes plain tuples (material, color, grams) too. `filament_g` and
    `filament_mm` are computed from the tools if they are zero. `preview` is the
    picture inside the file as PNG, empty if there is none; with None one is drawn. `size`
    is bytes. `fails_with` is the error code with which every print of it fails at the
    start; such a file may be without tools.
    """

    name: str
    print_seconds: float = 1800
    layers: int = 120
    tools: Sequence[ToolData] = (Tool("PLA", "#FFFFFF", 12.5),)
    filament_mm: float = 0.0
    filament_g: float = 0.0
    fill: int = 15
    needs_station: bool = False
    preview: bytes | None = None
    size: int = 0
    fails_with: str | None = None

    def __post_init__(self) -> None:
        """Compute the filament of the tools; ValueError if nothing is printed."""
        tools = tuple(Tool(*tool) for tool in self.tools)
        prints = self.print_seconds > 0 and any(tool.grams > 0 for tool in tools)
        if not prints and self.fails_with is None:
            raise ValueError(f"{self.name} prints nothing")
        grams = sum(tool.grams for tool in tools)
        meters = sum(t.grams / material_of(t.material).grams_per_meter for t in tools)
        object.__setattr__(self, "tools", tools)
        object.__setattr__(self, "filament_g", self.filament_g or round(grams, 2))
        object.__setattr__(
            self, "filament_mm", self.filament_mm or round(meters * 1000, 1)
        )

    @property
    def used(self) -> dict[int, Tool]:
        """The tools that print, by their number from 0."""
        tools = (Tool(*tool) for tool in self.tools)
        return {number: tool for number, tool in enumerate(tools) if tool.grams > 0}


BASIC_FILES = (
    StoredFile(
        "Benchy_PLA_41m.gcode", 2460, 240, (Tool("PLA", "#F98D33", 11.4),), fill=15
    ),
    StoredFile("calibration_cube.gcode", 960, 100, (Tool("PLA", "#FFFFFF", 4.2),)),
    StoredFile("ASA Bracket.3mf", 5400, 180, (Tool("ASA", "#161616", 28.6),), fill=40),
    StoredFile(
        "Mobile phone holder_PLA_39m30s.gcode",
        2370,
        160,
        (Tool("PLA", "#45A8F9", 17.3),),
    ),
)

AD5X_FILES = (
    StoredFile(
        "FISH_PLA.3mf",
        10241,
        111,
        (
            Tool("PLA", "#FFFF00", 11.2),
            Tool("PLA", "#FFFFFF", 6.4),
            Tool("PLA", "#2750E0", 3.1),
            Tool("PLA", "#161616", 0.9),
        ),
        needs_station=True,
    ),
    StoredFile(
        "multi_color_test.3mf",
        1800,
        90,
        (Tool("PLA", "#FF0000", 15.5, 1), Tool("PLA", "#0000FF", 14.2, 2)),
        needs_station=True,
    ),
    StoredFile("single_direct.gcode", 960, 80, (Tool("PETG", "#FFFFFF", 4.0),)),
)

CREATOR_FILES = (
    StoredFile(
        "Dragon_Glider_PLA_29m11s.gcode.3mf",
        1751,
        545,
        (
            Tool("PLA", "#FFFFFF", 6.1, 1),
            Tool("PLA", "#0A0A0A", 2.9, 2),
            Tool("PLA", "#D02020", 2.4, 3),
        ),
        needs_station=True,
    ),
    StoredFile(
        "benchy.gcode.3mf",
        3209,
        240,
        (Tool("PLA", "#FFFF0A", 3.95, 1), Tool("PLA", "#0080FF", 11.85, 2)),
        needs_station=True,
    ),
    StoredFile(
        "cube_PLA_14m53s.gcode.3mf",
        893,
        100,
        (Tool("PLA", "#0A0A0A", 4.2, 2),),
        needs_station=True,
    ),
)

LINE_FILES = (
    StoredFile("20mm_Box-PLA.gx", 1260, 100, size=154_674),
    StoredFile(
        "Fighter_01.gx", 9000, 320, (Tool("PLA", "#F98D33", 41.0),), size=9_482_115
    ),
    StoredFile("hook.g", 2400, 150, (Tool("PETG", "#161616", 9.1),), size=1_613_086),
    StoredFile(
        "bracket+HS@245+10%.gcode",
        5400,
        180,
        (Tool("ABS", "#FFFFFF", 28.6),),
        size=2_807_826,
    ),
)
"""The first files of a printer that has only the line port."""
