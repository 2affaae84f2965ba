"""Bringing a virtual printer to where a test begins."""

from simulator import Printer


def start_printing(printer: Printer) -> None:
    """Bring a printer to the first layers of a job."""
    printer.machine.start_job()
    printer.machine.finish_warm_up()
