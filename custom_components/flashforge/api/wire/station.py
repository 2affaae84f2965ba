"""Reading material stations, toolheads and external spools.

The rules are in docs/protocol/material-station.md §1–3.
"""

from ..models.colors import read_color
from ..models.model import Feature, Model
from ..state import MaterialSlot, MaterialStation, StationActivity
from .fields import Wire, boolean, count, integer, text

MAX_SLOTS = 16
"""Higher slot numbers are not valid; no printer has more than four."""

_STATION_FIELDS = frozenset(
    {
        "slotCnt",
        "currentSlot",
        "currentLoadSlot",
        "stateAction",
        "stateStep",
        "slotInfos",
        "SlotInfos",
    }
)
_SLOT_FIELDS = frozenset({"slotId", "hasFilament", "materialName", "materialColor"})
_DIRECT_FIELDS = frozenset(
    {"materialName", "materialColor", "stateAction", "stateStep"}
)

_LOADING = 1
_UNLOADING = 2

_ACTIONS = {
    0: StationActivity.IDLE,
    3: StationActivity.CANCELING,
    4: StationActivity.PRINTING,
    5: StationActivity.BUSY,
    6: StationActivity.PAUSED,
}
"""Activities by ``stateAction``, where the step does not matter."""

_STEPS = {
    1: StationActivity.HEATING,
    2: StationActivity.FEEDING,
    3: StationActivity.PURGING,
    4: StationActivity.CUTTING,
    5: StationActivity.RETRACTING,
}
"""Activities by ``stateStep`` while filament is loaded or unloaded."""


def _activity(wire: Wire) -> StationActivity | None:
    """Return the activity of the station; an unknown number counts as busy."""
    action = wire.read("stateAction", integer)
    step = wire.read("stateStep", integer)
    if action is None:
        return None
    if action in {_LOADING, _UNLOADING}:
        return _STEPS.get(step or 0, StationActivity.BUSY)
    return _ACTIONS.get(action, StationActivity.BUSY)


def _chosen(number: int | None) -> int | None:
    """Return a slot number, None for 0 and other numbers that mean "no slot"."""
    return number if number is not None and 1 <= number <= MAX_SLOTS else None


def _slot(wire: Wire) -> MaterialSlot | None:
    """Return a slot, None when it has no number."""
    number = _chosen(wire.read("slotId", integer))
    if number is None:
        wire.mark("slotId")
        return None
    return MaterialSlot(
        number=number,
        material=wire.read("materialName", text),
        color=wire.read("materialColor", read_color),
        has_filament=wire.read("hasFilament", boolean),
    )


def _slots(wire: Wire) -> tuple[MaterialSlot, ...]:
    """Return the slots sorted by number; their order in the array means nothing."""
    found: dict[int, MaterialSlot] = {}
    for item in wire.inners(wire.spelled("slotInfos", "SlotInfos"), _SLOT_FIELDS):
        slot = _slot(item)
        if slot is not None:
            found.setdefault(slot.number, slot)
    return tuple(found[number] for number in sorted(found))


def read_station(wire: Wire, model: Model) -> MaterialStation | None:
    """Return the material station, None when there is none or it is unplugged.

    A model with ``Feature.STATION_FLAG`` reports in ``hasMatlStation`` whether its
    station is plugged in. Without the flag, and on other models, slots show that it is.
    """
    if Feature.STATION not in model.features:
        return None
    flag = None
    if Feature.STATION_FLAG in model.features:
        flag = wire.read(wire.spelled("hasMatlStation", "HasMatlStation"), boolean)
    if flag is False:
        return None
    info = wire.inner(
        wire.spelled("matlStationInfo", "MatlStationInfo"), _STATION_FIELDS
    )
    if info is None:
        return MaterialStation() if flag else None
    slots = _slots(info)
    size = info.read("slotCnt", count)
    if not (flag or slots or size):
        return None
    return MaterialStation(
        slots=slots,
        active_slot=_chosen(info.read("currentSlot", integer)),
        loading_slot=_chosen(info.read("currentLoadSlot", integer)),
        activity=_activity(info),
    )


def read_direct_feed_activity(wire: Wire, model: Model) -> StationActivity | None:
    """Return the activity of the external spool, None on a printer without one."""
    if Feature.DIRECT_FEED not in model.features:
        return None
    info = wire.inner("indepMatlInfo", _DIRECT_FIELDS)
    return _activity(info) if info is not None else None


def read_direct_feed(wire: Wire, model: Model) -> MaterialSlot | None:
    """Return the external spool, as slot 0."""
    if Feature.DIRECT_FEED not in model.features:
        return None
    info = wire.inner("indepMatlInfo", _DIRECT_FIELDS)
    if info is None:
        return None
    return MaterialSlot(
        number=0,
        material=info.read("materialName", text),
        color=info.read("materialColor", read_color),
        has_filament=wire.read("hasRightFilament", boolean),
    )
