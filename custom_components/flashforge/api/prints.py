"""What is printed, and how: files on the printer, local print files, options of a start."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTool:
    """What a stored file needs of one tool.

    ``tool`` counts from 0, ``weight`` is in g, ``slot`` is the slicer's choice or None.
    """

    tool: int
    material: str | None = None
    color: str | None = None
    weight: float | None = None
    slot: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file on the printer: print time in s, weight in g; tools None if not reported."""

    name: str
    print_time: float | None = None
    weight: float | None = None
    uses_station: bool | None = None
    tools: tuple[FileTool, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlicedFile:
    """A local print file, as its slicer describes it; None where it says nothing.

    ``print_time`` is in s, ``weight`` in g. ``tools`` holds the tools that
    the slicer names; a tool with a weight of 0 does not print.
    ``printer`` is the model it was sliced for, in the slicer's words, ``nozzles`` are the
    diameters in mm, ``bed`` is its width and depth in mm, ``extent`` how far the print
    reaches in X, Y and Z in mm, 0 where it is not known. ``thumbnail`` is the PNG
    or JPEG in the file; a ``.gx`` without one has a BMP for the printer's screen.
    """

    printer: str | None = None
    nozzles: tuple[float, ...] = ()
    bed: tuple[float, float] | None = None
    extent: tuple[float, float, float] | None = None
    print_time: float | None = None
    weight: float | None = None
    tools: tuple[FileTool, ...] | None = None
    thumbnail: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialMapping:
    """Which slot feeds one tool of a job (docs/protocol/material-station.md §5).

    ``tool`` counts from 0, ``slot`` from 1; both colors are ``#RRGGBB``, of the file and
    of the spool in the slot.
    """

    tool: int
    slot: int
    material: str
    tool_color: str
    slot_color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOptions:
    """How a job is started. Without ``mappings`` it uses no material station."""

    leveling: bool = True
    flow_calibration: bool = False
    first_layer_inspection: bool = False
    time_lapse: bool = False
    mappings: tuple[MaterialMapping, ...] = ()
