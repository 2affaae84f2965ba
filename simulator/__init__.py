"""Virtual FlashForge printers on real sockets, for tests, the demo and the benchmark."""

from .faults import CAMERA, LINES, Fault
from .http.request import Request
from .lines.flashprint import FlashPrint
from .machine.job import Job, JobOptions
from .machine.journal import Deed, Line
from .machine.machine import Machine
from .machine.status import NotNowError, Status
from .models.catalog import MODELS
from .models.files import StoredFile, Tool
from .models.quirks import Chamber, Estimate, Quirks
from .models.spec import ModelSpec
from .print_files.slicer import write_3mf, write_gcode, write_sliced
from .print_files.thumbnails import thumbnail
from .printer import Printer
from .system.clock import Clock, ManualClock, SystemClock

__all__ = [
    "CAMERA",
    "LINES",
    "MODELS",
    "Chamber",
    "Clock",
    "Deed",
    "Estimate",
    "Fault",
    "FlashPrint",
    "Job",
    "JobOptions",
    "Line",
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
    "thumbnail",
    "write_3mf",
    "write_gcode",
    "write_sliced",
]
