"""What a printer answers that has none of the functions."""

from collections.abc import Awaitable, Callable
from typing import override

import pytest

from custom_components.flashforge.api.commands import job
from custom_components.flashforge.api.commands.command import Command
from custom_components.flashforge.api.errors import UnsupportedError
from custom_components.flashforge.api.models.catalog import GENERIC
from custom_components.flashforge.api.printer import FilamentAction, Printer
from custom_components.flashforge.api.prints import StoredFile
from custom_components.flashforge.api.state import PrinterState, Product


class BarePrinter(Printer):
    """A printer that can only be looked at."""

    @override
    async def fetch(self) -> PrinterState:
        return PrinterState()

    @override
    async def fetch_product(self) -> Product:
        return Product()

    @override
    async def list_files(self) -> tuple[StoredFile, ...]:
        return ()

    @override
    async def fetch_thumbnail(self, file: str) -> bytes | None:
        return None


@pytest.fixture
def printer() -> BarePrinter:
    return BarePrinter("127.0.0.1", 1, GENERIC)


type Order = Callable[[Printer], Awaitable[None]]


@pytest.mark.parametrize(
    "order",
    [
        lambda p: p.pause(),
        lambda p: p.resume(),
        lambda p: p.cancel(),
        lambda p: p.clear_plate(),
        lambda p: p.set_light(True),
        lambda p: p.set_nozzle_target(0, 200),
        lambda p: p.set_bed_target(60),
        lambda p: p.set_chamber_target(40),
        lambda p: p.adjust("part_fan", 50),
        lambda p: p.set_filtration(internal=True),
        lambda p: p.set_power_off(enabled=True, delay=30),
        lambda p: p.set_camera(True),
        lambda p: p.rename("x"),
        lambda p: p.calibrate(leveling=True, vibration=True),
        lambda p: p.clear_error("E0101"),
        lambda p: p.set_slot(1, "PLA", "#FFFFFF"),
        lambda p: p.set_direct_feed("PLA", "#FFFFFF"),
        lambda p: p.feed_slot(1, FilamentAction.LOAD),
        lambda p: p.feed_direct(FilamentAction.CANCEL),
        lambda p: p.home(),
        lambda p: p.move_axis("x", 1),
        lambda p: p.extrude(1),
    ],
)
async def test_what_it_lacks_it_says(printer: BarePrinter, order: Order) -> None:
    with pytest.raises(UnsupportedError):
        await order(printer)


async def test_what_it_may_lack(printer: BarePrinter) -> None:
    assert await printer.fetch_job_thumbnail() is None
    # There is nothing to restore, and that is no error.
    await printer.restore_adjustments(PrinterState())


def test_it_can_move(printer: BarePrinter) -> None:
    printer.move("127.0.0.2", 2)
    assert (printer.host, printer.port) == ("127.0.0.2", 2)


@pytest.mark.parametrize(
    ("order", "key"),
    [
        (job.clear_plate(), "plate_clear"),
        (job.clear_error(), "no_active_error"),
    ],
)
def test_nothing_to_clear_is_refused(order: Command, key: str) -> None:
    assert order.refusal is not None
    refusal = order.refusal(PrinterState())
    assert refusal is not None
    assert refusal.key == key
