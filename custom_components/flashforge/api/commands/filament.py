"""Commands about spools: labeling one, loading, unloading and giving that up.

Each of them looks at the fresh state that it is checked against, and remembers what it
found there: which spool is meant, and the half of a label that stays as it is.
"""

from collections.abc import Awaitable, Callable

from ..errors import (
    FeedFailedError,
    FlashForgeError,
    MaterialUnknownError,
    NothingLoadedError,
    StationBusyError,
    UnsupportedError,
)
from ..http.requests import NEEDS
from ..models.catalog import Model
from ..models.colors import nearest
from ..printer import FilamentAction, Printer
from ..state import DIRECT_FEED, MaterialSlot, PrinterState
from .command import Command
from .spools import cancel_refusal, edit_refusal, feed_refusal, loaded, moves, moving

FEED_DEADLINE = 10.0
"""Seconds that a printer has to show that it began to load or unload."""


def label(
    model: Model, number: int, *, material: str | None = None, color: str | None = None
) -> Command:
    """Write what a spool is; None leaves material or color as the printer has it.

    ``material`` is one of the model's names, ``color`` any ``#RRGGBB``; the printer
    gets the nearest of its own. An unknown color becomes white, as on its screen; an
    unknown material is never guessed, because the nozzle is heated by it.
    """
    wanted: list[tuple[str, str]] = []

    def refusal(state: PrinterState) -> FlashForgeError | None:
        if (err := edit_refusal(model, state, number)) is not None:
            return err
        shown = state.spool(number) or MaterialSlot(number=number)
        name = material or shown.material
        if name is None:
            return MaterialUnknownError("no material is known")
        wanted[:] = [(name, nearest(color or shown.color or "", model.palette)[1])]
        return None

    async def send(printer: Printer) -> None:
        [(name, rgb)] = wanted
        if number == DIRECT_FEED:
            await printer.set_direct_feed(name, rgb)
        else:
            await printer.set_slot(number, name, rgb)

    def proof(state: PrinterState) -> bool:
        shown = state.spool(number)
        return shown is not None and [(shown.material, shown.color)] == wanted

    return Command(
        key=f"slot_{number}",
        name="set_slot",
        send=send,
        refusal=refusal,
        proof=proof,
    )


def load(model: Model, number: int) -> Command:
    """Bring the filament of a spool into the nozzle; done when that begins."""
    return _feed(model, lambda _: number, FilamentAction.LOAD)


def unload(model: Model, number: int | None = None) -> Command:
    """Pull the filament of a spool back, of the loaded one unless another is meant."""
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
    chosen: list[int] = []
    known: set[str | None] = {None}

    def refusal(state: PrinterState) -> FlashForgeError | None:
        if NEEDS["feed_slot"] not in model.features:
            return UnsupportedError("feed_slot")
        if (number := choose(state)) is None:
            return NothingLoadedError("no filament in the extruder")
        chosen[:] = [number]
        # A code that is shown already is not the answer.
        known.add(state.error_code)
        return feed_refusal(model, state, number, action)

    def failure(state: PrinterState) -> FlashForgeError | None:
        code = state.error_code
        return None if code is None or code in known else FeedFailedError(code=code)

    return Command(
        key="filament",
        name=f"{action.name.lower()}_filament",
        send=_sender(chosen, action),
        refusal=refusal,
        proof=lambda state: any(moves(state, number) for number in chosen),
        failure=failure,
        deadline=FEED_DEADLINE,
        alone=StationBusyError,
    )


def cancel(model: Model, number: int | None = None) -> Command:
    """Give up loading or unloading, of whichever spool unless one is meant."""
    chosen: list[int] = []

    def refusal(state: PrinterState) -> FlashForgeError | None:
        if (err := cancel_refusal(model, state, number)) is not None:
            return err
        if (slot := moving(state)) is not None:
            chosen[:] = [slot]
        return None

    return Command(
        key="filament",
        name="cancel_filament",
        send=_sender(chosen, FilamentAction.CANCEL),
        refusal=refusal,
        proof=lambda state: moving(state) is None,
    )


def _sender(
    chosen: list[int], action: FilamentAction
) -> Callable[[Printer], Awaitable[None]]:
    """Return what sends an action for the spool that was chosen by then."""

    async def send(printer: Printer) -> None:
        [number] = chosen
        if number == DIRECT_FEED:
            await printer.feed_direct(action)
        else:
            await printer.feed_slot(number, action)

    return send
