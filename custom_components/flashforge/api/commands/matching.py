"""Which slot feeds which tool of a print (docs/protocol/material-station.md §5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

from ..errors import (
    EmptySlotError,
    IncompleteSlotError,
    MaterialMismatchError,
    SlotMismatchError,
    TakenSlotError,
    TooFewSlotsError,
    TooManyToolsError,
    UnknownSlotError,
    UnknownToolError,
)
from ..models.colors import difference, lab
from ..prints import FileTool, MaterialMapping
from ..state import MaterialSlot
from .materials import same_look, same_material, same_name

MOST_TOOLS = 4
"""Tools and slots that a mapping can name."""

VISIBLE = 10.0
"""The CIEDE2000 difference from which two colors are clearly different.

The palettes of printers have only 24 colors, so small differences are normal: pure red
differs by 4 from the red of the palette, whose red and orange differ by 24.
"""

_NOTHING = "–"


def _fits(tool: FileTool, slot: MaterialSlot) -> bool:
    """Return whether a slot has the material of a tool; an unknown material fits all."""
    wanted, held = tool.material, slot.material
    return not (wanted and held) or same_material(wanted, held)


def is_selectable(slot: MaterialSlot) -> bool:
    """Return whether a print can take filament from a slot."""
    return bool(slot.has_filament and slot.material and slot.color)


def used_tools(tools: Sequence[FileTool]) -> tuple[FileTool, ...]:
    """Return the tools that are used, by number: all but those with 0 g."""
    used = {tool.tool: tool for tool in reversed(tools) if tool.weight != 0}
    return tuple(used[number] for number in sorted(used))


def _distance(first: str | None, second: str | None) -> float:
    """Return how different two colors look, 0 if one of them is not known."""
    return difference(lab(first), lab(second)) if first and second else 0.0


def _held(slots: Mapping[int, MaterialSlot]) -> str:
    """Return the materials in the slots, with ``?`` for a slot that cannot be used."""
    held = (
        f"{number}: {slot.material if is_selectable(slot) else '?'}"
        for number, slot in slots.items()
        if slot.has_filament
    )
    return ", ".join(held) or _NOTHING


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers)) or _NOTHING


def _chosen_slot(
    tool: FileTool, number: int, slots: Mapping[int, MaterialSlot]
) -> MaterialSlot:
    """Return the slot that a person chose for a tool. Raises a ``MatchingError``."""
    slot = slots.get(number)
    name = tool.tool + 1
    if slot is None:
        raise UnknownSlotError(tool=name, slot=number, slots=_numbers([*slots]))
    if not slot.has_filament:
        raise EmptySlotError(tool=name, slot=number)
    if not is_selectable(slot):
        raise IncompleteSlotError(tool=name, slot=number)
    if not _fits(tool, slot):
        raise SlotMismatchError(
            tool=name,
            slot=number,
            wanted=tool.material or _NOTHING,
            held=slot.material or _NOTHING,
        )
    return slot


def _candidates(
    tool: FileTool, slots: Mapping[int, MaterialSlot], chosen: Mapping[int, int]
) -> tuple[MaterialSlot, ...]:
    """Return the slots that may feed a tool. Raises a ``MatchingError`` without any."""
    if tool.tool in chosen:
        return (_chosen_slot(tool, chosen[tool.tool], slots),)
    fit = tuple(
        slot for slot in slots.values() if is_selectable(slot) and _fits(tool, slot)
    )
    if not fit:
        raise MaterialMismatchError(
            tool=tool.tool + 1, wanted=tool.material or _NOTHING, held=_held(slots)
        )
    return fit


def _check_chosen(tools: Sequence[FileTool], chosen: Mapping[int, int]) -> None:
    named = sorted({tool.tool for tool in tools})
    for tool in chosen:
        if tool not in named:
            names = _numbers([number + 1 for number in named])
            raise UnknownToolError(tool=tool + 1, tools=names)
    used = [tool.tool for tool in used_tools(tools) if tool.tool in chosen]
    for other, tool in combinations(used, 2):
        if chosen[other] == chosen[tool]:
            raise TakenSlotError(tool=tool + 1, other=other + 1, slot=chosen[tool])


def _named_otherwise(tool: FileTool, slot: MaterialSlot) -> bool:
    if tool.material is None or slot.material is None:
        return False
    return not same_name(tool.material, slot.material)


def _looks_otherwise(tool: FileTool, slot: MaterialSlot) -> bool:
    if tool.material is None or slot.material is None:
        return False
    return not same_look(tool.material, slot.material)


type _Pairs = tuple[tuple[FileTool, MaterialSlot], ...]


def _worth(pairs: _Pairs) -> tuple[float, ...]:
    """Return how bad an assignment is, the most important reason first."""
    return (
        sum(tool.slot not in {None, slot.number} for tool, slot in pairs),
        sum(_looks_otherwise(tool, slot) for tool, slot in pairs),
        sum(_named_otherwise(tool, slot) for tool, slot in pairs),
        # Rounded, so that the order of the sum does not matter.
        round(sum(_distance(tool.color, slot.color) for tool, slot in pairs), 3),
        sum(tool.tool + 1 != slot.number for tool, slot in pairs),
        *(slot.number for _, slot in pairs),
    )


def _assignments(
    tools: Sequence[FileTool], candidates: Sequence[tuple[MaterialSlot, ...]]
) -> Iterator[_Pairs]:
    """Yield every complete assignment; four tools and slots have 256 at most."""
    for slots in product(*candidates):
        if len({slot.number for slot in slots}) == len(slots):
            yield tuple(zip(tools, slots, strict=True))


def _mapping(tool: FileTool, slot: MaterialSlot) -> MaterialMapping:
    """Return what is sent; the spool fills in what the file does not contain."""
    material, color = slot.material or "", slot.color or ""
    return MaterialMapping(
        tool=tool.tool,
        slot=slot.number,
        material=tool.material or material,
        tool_color=tool.color or color,
        slot_color=color,
    )


def match(
    tools: Sequence[FileTool] | None,
    slots: Sequence[MaterialSlot],
    *,
    chosen: Mapping[int, int] | None = None,
) -> tuple[MaterialMapping, ...]:
    """Return which slot feeds each tool of a print, by tool; nothing without tools.

    - A tool with 0 g is not used and gets no slot. Every other tool gets one. Only the
      first four tools can be used.
    - A slot can be used by one tool, when it holds filament and the printer knows its
      material and color.
    - The material has to be the same (``materials.same_material``); the color may differ.
      A tool whose material or color is not known fits any slot.
    - ``chosen`` are the slots (from 1) that a person chose for tools (from 0). The other
      tools get the remaining slots.
    - The best of all complete assignments is used: first the slots that the slicer chose,
      then materials with the same look, then with the same name, then the smallest
      difference in color, then slot n for tool n.

    ``tools`` may be empty or None if the file does not name any; the chosen ones are then
    used. Raises a ``MatchingError`` that names the reason.
    """
    chosen = chosen or {}
    if not tools:
        tools = [FileTool(tool=tool) for tool in chosen]
    _check_chosen(tools, chosen)
    used = used_tools(tools)
    if any(not 0 <= tool.tool < MOST_TOOLS for tool in used):
        names = _numbers([tool.tool + 1 for tool in used])
        raise TooManyToolsError(tools=names, most=MOST_TOOLS)
    by_number = {
        slot.number: slot
        for slot in sorted(slots, key=lambda slot: slot.number)
        if 1 <= slot.number <= MOST_TOOLS
    }
    candidates = [_candidates(tool, by_number, chosen) for tool in used]
    best = min(_assignments(used, candidates), key=_worth, default=None)
    if best is None:
        raise TooFewSlotsError(
            wanted=", ".join(tool.material or _NOTHING for tool in used),
            held=_held(by_number),
        )
    return tuple(_mapping(tool, slot) for tool, slot in best)


class Concern(StrEnum):
    """What a person may want to check of a mapping."""

    COLOR_DIFFERS = "color_differs"
    COLOR_UNKNOWN = "color_unknown"
    MATERIAL_UNKNOWN = "material_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A concern about the mapping of one tool; ``difference`` is the CIEDE2000."""

    concern: Concern
    mapping: MaterialMapping
    difference: float | None = None


def remarks(
    tools: Sequence[FileTool] | None, mappings: Sequence[MaterialMapping]
) -> tuple[Remark, ...]:
    """Return what a person may want to check; none of it prevents the print."""
    known = {tool.tool: tool for tool in used_tools(tools or ())}
    found: list[Remark] = []
    for mapping in mappings:
        tool = known.get(mapping.tool, FileTool(tool=mapping.tool))
        apart = _distance(tool.color, mapping.slot_color)
        if tool.material is None:
            found.append(Remark(concern=Concern.MATERIAL_UNKNOWN, mapping=mapping))
        if tool.color is None:
            found.append(Remark(concern=Concern.COLOR_UNKNOWN, mapping=mapping))
        elif apart >= VISIBLE:
            found.append(
                Remark(concern=Concern.COLOR_DIFFERS, mapping=mapping, difference=apart)
            )
    return tuple(found)
