"""Spools: what a printer reports of them, and which commands are allowed.

Slots have numbers from 1, the external spool is 0. What is allowed is the state machine
of docs/protocol/material-station.md §1–4; the printer itself checks nothing.
"""

from ..errors import (
    CannotCancelNowError,
    DirectFeedUnlabeledError,
    ErrorActiveError,
    FlashForgeError,
    NoStationError,
    NothingLoadedError,
    NothingToCancelError,
    SlotEmptyError,
    SlotUnknownError,
    SlotUnlabeledError,
    StationBusyError,
    StationConnectedError,
    UnsupportedError,
)
from ..models.colors import nearest, read_color
from ..models.model import Model
from ..models.needs import takes
from ..models.palettes import Palette
from ..printer import FilamentAction
from ..state import DIRECT_FEED, FEED_ACTIVITIES, PrinterState, StationActivity, Status

_CAN_FEED = frozenset(
    {Status.IDLE, Status.COMPLETED, Status.CANCELED, Status.PAUSED, Status.ERROR}
)


def activity(state: PrinterState, number: int) -> StationActivity | None:
    """Return the activity of the station or of the external spool."""
    if number == DIRECT_FEED:
        return state.direct_feed_activity
    return state.station.activity if state.station else None


def moving(state: PrinterState) -> int | None:
    """Return which spool is being loaded or unloaded."""
    if state.direct_feed_activity in FEED_ACTIVITIES:
        return DIRECT_FEED
    station = state.station
    if station is None or station.activity not in FEED_ACTIVITIES:
        return None
    return station.loading_slot or station.active_slot


def moves(state: PrinterState, number: int) -> bool:
    """Return whether this spool may be the one that is being loaded or unloaded."""
    if activity(state, number) not in FEED_ACTIVITIES:
        return False
    station = state.station
    return (
        number == DIRECT_FEED
        or station is None
        or station.loading_slot in {None, number}
    )


def loaded(state: PrinterState) -> int | None:
    """Return the spool whose filament is in the extruder."""
    if state.station is not None:
        return state.station.active_slot
    direct = state.direct_feed
    return DIRECT_FEED if direct and direct.has_filament else None


# --- what is allowed --------------------------------------------------------------


def edit_refusal(
    model: Model, state: PrinterState, number: int
) -> FlashForgeError | None:
    """Return why a spool cannot be labeled now."""
    need = "set_direct_feed" if number == DIRECT_FEED else "set_slot"
    if (err := _absence(model, need, state, number)) is not None:
        return err
    # The station reports that it prints; the external spool may not.
    prints = number == DIRECT_FEED and state.has_job
    if prints or activity(state, number) not in {None, StationActivity.IDLE}:
        return StationBusyError("the spool is in use")
    return _emptiness(state, number)


def feed_refusal(
    model: Model, state: PrinterState, number: int, action: FilamentAction
) -> FlashForgeError | None:
    """Return why a spool cannot be loaded, or unloaded, now."""
    direct = number == DIRECT_FEED
    need = "feed_direct" if direct else "feed_slot"
    if (err := _absence(model, need, state, number)) is not None:
        return err
    if direct and state.station is not None:
        return StationConnectedError("the station is plugged in")
    if (err := _work(state, number)) is not None:
        return err
    if direct and action is FilamentAction.UNLOAD and loaded(state) != DIRECT_FEED:
        return NothingLoadedError("no filament in the extruder")
    return _emptiness(state, number) or _lack_of_label(state, number)


def cancel_refusal(
    model: Model, state: PrinterState, number: int | None = None
) -> FlashForgeError | None:
    """Return why loading or unloading, of any spool or of one, cannot be canceled now."""
    if not takes(model, "feed_slot"):
        return UnsupportedError("cancel_filament")
    slot = moving(state)
    if slot is None or number not in {None, slot}:
        return NothingToCancelError("no such filament moves")
    if activity(state, slot) is not StationActivity.HEATING:
        return CannotCancelNowError("filament moves already")
    return None


def _absence(
    model: Model, need: str, state: PrinterState, number: int
) -> FlashForgeError | None:
    """Refuse when the model has no such function, or when there is no such spool."""
    if not takes(model, need):
        return UnsupportedError(need)
    if number != DIRECT_FEED and state.station is None:
        return NoStationError("no station is plugged in")
    return SlotUnknownError(slot=number) if state.spool(number) is None else None


def _work(state: PrinterState, number: int) -> FlashForgeError | None:
    """Refuse unless the printer is idle or its job is paused."""
    if state.status is Status.ERROR:
        return ErrorActiveError(code=state.error_code)
    waits = {StationActivity.IDLE}
    if state.status is Status.PAUSED:
        waits.add(StationActivity.PAUSED)
    if state.status not in _CAN_FEED or activity(state, number) not in waits:
        return StationBusyError("no filament can move")
    return None


def _emptiness(state: PrinterState, number: int) -> FlashForgeError | None:
    """Refuse when a slot is empty; an external spool is not known before it is loaded."""
    slot = state.spool(number)
    empty = slot is not None and slot.has_filament is False
    return SlotEmptyError(slot=number) if empty and number != DIRECT_FEED else None


def _lack_of_label(state: PrinterState, number: int) -> FlashForgeError | None:
    """Refuse when material or color are unknown, because the printer then feeds nothing."""
    slot = state.spool(number)
    if slot is None or (slot.material is not None and slot.color is not None):
        return None
    if number == DIRECT_FEED:
        return DirectFeedUnlabeledError("no label")
    return SlotUnlabeledError(slot=number)


# --- colors -----------------------------------------------------------------------


def palette_color(said: str, palette: Palette) -> str | None:
    """Return the ``#RRGGBB`` of the palette for its name or any color, else None."""
    name = "_".join(said.casefold().split()).replace("grey", "gray")
    by_name = dict(palette).get(name)
    if by_name is not None:
        return by_name
    color = read_color(said)
    return None if color is None else nearest(color, palette)[1]
