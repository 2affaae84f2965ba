"""Virtual FlashForge printers on real sockets, for tests, the demo and the benchmark."""

from .clock import Clock, ManualClock, SystemClock
from .faults import CAMERA, LINES, Fault
from .http.server import Request
from .lines.flashprint import FlashPrint
from .machine.files import StoredFile, Tool
from .machine.job import Job, JobOptions
from .machine.machine import Machine
from .machine.status import NotNowError, Status
from .models.catalog import MODELS, ModelSpec
from .models.quirks import Chamber, Estimate, Quirks
from .print_files.slicer import write_3mf, write_gcode, write_sliced
from .printer import Printer

__all__ = [
    "CAMERA",
    "LINES",
    "MODELS",
    "Chamber",
    "Clock",
    "Estimate",
    "Fault",
    "FlashPrint",
    "Job",
    "JobOptions",
    "Machine",
    "ManualClock",
    "ModelSpec",
    "NotNowError",
    "Printer",
    "Quirks",
    "Request",
    "Status",
    "StoredFile",
    "SystemClock",
    "Tool",
    "write_3mf",
    "write_gcode",
    "write_sliced",
]
