"""Preparing a virtual printer for a test."""

from simulator import Printer

WHITE, RED = "#FFFFFF", "#F72224"


def start_printing(printer: Printer) -> None:
    """Let a printer print the first layers of a job."""
    printer.machine.start_job()
    printer.machine.finish_warm_up()


def load(printer: Printer, *materials: str) -> None:
    """Put spools into the slots, white ones but for a red one in the last slot."""
    for number, material in enumerate(materials, 1):
        slot = printer.machine.slot(number)
        assert slot is not None
        slot.material = material
        slot.color = RED if number == len(materials) else WHITE
        slot.has_filament = bool(material)
