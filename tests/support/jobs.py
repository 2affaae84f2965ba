"""Preparing a virtual printer for a test."""

from simulator import Printer


def start_printing(printer: Printer) -> None:
    """Let a printer print the first layers of a job."""
    printer.machine.start_job()
    printer.machine.finish_warm_up()
