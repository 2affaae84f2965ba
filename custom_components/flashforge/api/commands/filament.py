"""Commands about spools: labeling, loading, unloading, and canceling the last two.

The fresh state that is checked also decides what is sent: which spool is meant, and the
half of a label that stays as it is.
"""

from collections.abc import Callable
from dataclasses import replace

from ..errors import (
    FeedFailedError,
    FlashForgeError,
    MaterialUnknownError,
    NothingLoadedError,
    StationBusyError,
    UnsupportedError,
)
from ..models.colors import nearest
from ..models.model import Model
from ..models.needs import takes
from ..printer import FilamentAction
from ..state import DIRECT_FEED, MaterialSlot, PrinterState
from .command import Command, Proof, Send
from .spools import cancel_refusal, edit_refusal, feed_refusal, loaded, moves, moving

FEED_DEADLINE = 10.0
"""Seconds that a printer has to show that it began to load or unload."""


def label(
    model: Model, number: int, *, material: str | None = None, color: str | None = None
) -> Command:
    """Label a spool; None leaves material or color as the printer has it.

    ``material`` is one of the model's names. ``color`` is any ``#RRGGBB``; the nearest
    color of the printer is sent. An unknown color becomes white, as on its screen. An
    unknown material is never guessed, because the nozzle temperature depends on it.
    """

    def refusal(state: PrinterState) -> FlashForgeError | None:
        if (err := edit_refusal(model, state, number)) is not None:
            return err
        shown = state.spool(number)
        known = material or (shown.material if shown else None)
        return None if known else MaterialUnknownError("no material is known")

    def as_of(checked: PrinterState) -> Command:
        shown = checked.spool(number) or MaterialSlot(number=number)
        name = material or shown.material or ""
        rgb = nearest(color or shown.color or "", model.palette)[1]
        return replace(
            command, send=_labeler(number, name, rgb), proof=_labeled(number, name, rgb)
        )

    command = Command(
        key=f"slot_{number}", name="set_slot", refusal=refusal, as_of=as_of
    )
    return command


def _labeler(number: int, material: str, color: str) -> Send:
    return lambda printer: (
        printer.set_direct_feed(material, color)
        if number == DIRECT_FEED
        else printer.set_slot(number, material, color)
    )


def _labeled(number: int, material: str, color: str) -> Proof:
    def proof(state: PrinterState) -> bool:
        shown = state.spool(number)
        return shown is not None and (shown.material, shown.color) == (material, color)

    return proof


def load(model: Model, number: int) -> Command:
    """Load the filament of a spool into the nozzle; done when that begins."""
    return _feed(model, lambda _: number, FilamentAction.LOAD)


def unload(model: Model, number: int | None = None) -> Command:
    """Unload a spool, by default the loaded one; done when that begins."""
    return _feed(
        model,
        lambda state: loaded(state) if number is None else number,
        FilamentAction.UNLOAD,
    )


def _feed(
    model: Model,
    choose: Callable[[PrinterState], int | None],
    action: FilamentAction,
) -> Command:
    def refusal(state: PrinterState) -> FlashForgeError | None:
        if not takes(model, "feed_slot"):
            return UnsupportedError("feed_slot")
        if (number := choose(state)) is None:
            return NothingLoadedError("no filament in the extruder")
        return feed_refusal(model, state, number, action)

    def as_of(checked: PrinterState) -> Command:
        number = choose(checked)
        assert number is not None

        def failure(state: PrinterState) -> FlashForgeError | None:
            # A code that was shown before is not the answer.
            code = state.error_code
            new = code is not None and code != checked.error_code
            return FeedFailedError(code=code) if new else None

        return replace(
            command,
            send=_feeder(number, action),
            proof=lambda state: moves(state, number),
            failure=failure,
        )

    command = Command(
        key="filament",
        name=f"{action.name.lower()}_filament",
        refusal=refusal,
        as_of=as_of,
        deadline=FEED_DEADLINE,
        excludes=StationBusyError,
    )
    return command


def cancel(model: Model, number: int | None = None) -> Command:
    """Cancel loading or unloading, of any spool unless one is given."""

    def as_of(checked: PrinterState) -> Command:
        slot = moving(checked)
        assert slot is not None
        return replace(command, send=_feeder(slot, FilamentAction.CANCEL))

    command = Command(
        key="filament",
        name="cancel_filament",
        refusal=lambda state: cancel_refusal(model, state, number),
        as_of=as_of,
        proof=lambda state: moving(state) is None,
    )
    return command


def _feeder(number: int, action: FilamentAction) -> Send:
    """Return what sends an action for a spool."""
    return lambda printer: (
        printer.feed_direct(action)
        if number == DIRECT_FEED
        else printer.feed_slot(number, action)
    )
