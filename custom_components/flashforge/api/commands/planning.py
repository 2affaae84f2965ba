"""How a job is started, from what its file needs and what is loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ..errors import SpoolMismatchError, StationNeededError, ToolsUnknownError
from ..prints import FileTool, MaterialMapping, PrintOptions
from ..state import MaterialSlot, PrinterState
from .fit import FileConcern
from .matching import Remark, is_selectable, match, remarks, used_tools
from .materials import same_material


class Feeding(StrEnum):
    """Where the filament of a job comes from."""

    AUTO = "auto"
    """From the slots that match, if the printer has slots."""
    NONE = "none"
    """From the external spool; nothing is compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintWish:
    """How a person wants a file to be printed.

    ``slots`` are the slots (from 1) chosen for the tools (from 0); with them ``feeding``
    is not used.
    """

    leveling: bool = True
    flow_calibration: bool = False
    first_layer_inspection: bool = False
    time_lapse: bool = False
    feeding: Feeding = Feeding.AUTO
    slots: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a file is started, and what a person may want to check before."""

    options: PrintOptions
    remarks: tuple[Remark, ...] = ()
    concerns: tuple[FileConcern, ...] = ()


def plan(
    wish: PrintWish,
    tools: Sequence[FileTool] | None,
    state: PrinterState,
    *,
    uses_station: bool | None = None,
) -> Plan:
    """Return how to start a file that needs these tools on a printer in this state.

    ``tools`` is None for a file that could not be read, which is started as it is.
    ``uses_station`` is what the printer reports of a stored file: one tool without a
    station needs no mapping (docs/protocol/material-station.md §5, rule 7). Raises an
    ``errors.NotNowError`` that names the material that is missing.
    """
    mappings = _mappings(wish, tools, state, uses_station)
    by_hand = () if mappings else _by_hand(wish, used_tools(tools or ()), state)
    options = PrintOptions(
        leveling=wish.leveling,
        flow_calibration=wish.flow_calibration,
        first_layer_inspection=wish.first_layer_inspection,
        time_lapse=wish.time_lapse,
        mappings=mappings,
    )
    return Plan(options=options, remarks=remarks(tools, mappings), concerns=by_hand)


def _mappings(
    wish: PrintWish,
    tools: Sequence[FileTool] | None,
    state: PrinterState,
    uses_station: bool | None,
) -> tuple[MaterialMapping, ...]:
    slots = state.station.slots if state.station else ()
    if wish.slots:
        if not slots:
            raise StationNeededError("no slots to choose from")
        return match(tools, slots, chosen=wish.slots)
    needed = used_tools(tools or ())
    if wish.feeding is Feeding.NONE:
        return ()
    if not needed:
        return () if uses_station is False else _for_the_unread(state, slots)
    if slots and (uses_station is not False or len(needed) > 1):
        return match(needed, slots)
    _check_single_spool(needed, state)
    return ()


def _for_the_unread(
    state: PrinterState, slots: Sequence[MaterialSlot]
) -> tuple[MaterialMapping, ...]:
    """Return the mapping for a file whose tools are not known.

    Without a mapping it prints from the external spool, even if there is none.
    """
    spool = state.direct_feed
    if spool is None or spool.has_filament is not False:
        return ()
    full = {slot.number: slot for slot in slots if is_selectable(slot)}
    loaded = state.station.active_slot if state.station else None
    if loaded in full:
        return match(None, slots, chosen={0: loaded})
    if len(full) == 1:
        return match(None, slots, chosen={0: next(iter(full))})
    raise ToolsUnknownError(f"{len(full)} slots")


def _check_single_spool(needed: Sequence[FileTool], state: PrinterState) -> None:
    """Compare a job without a station with the external spool."""
    if len(needed) > 1:
        if state.direct_feed is None and state.station is None:
            # Without a station, a person changes the filament by hand.
            return
        raise StationNeededError(f"{len(needed)} tools")
    wanted = needed[0].material
    spool = state.direct_feed.material if state.direct_feed else None
    if wanted and spool and not same_material(wanted, spool):
        raise SpoolMismatchError(wanted=wanted, loaded=spool)


def _by_hand(
    wish: PrintWish, needed: Sequence[FileTool], state: PrinterState
) -> tuple[FileConcern, ...]:
    """Return what a person should check of a job without a station.

    The material that a 5M reports may be that of its last file and not of the spool, so
    it never refuses a print (docs/protocol/detail.md §2).
    """
    found: list[FileConcern] = []
    if len(needed) > 1:
        found.append(FileConcern.CHANGED_BY_HAND)
    spool = state.material
    wanted = needed[0].material if len(needed) == 1 else None
    if wanted and spool and not same_material(wanted, spool):
        found.append(FileConcern.SPOOL_DIFFERS)
    return () if wish.feeding is Feeding.NONE else tuple(found)
