"""Virtual FlashForge printers on real sockets, for tests, the demo and the benchmark."""

from .clock import Clock, ManualClock, SystemClock
from .faults import CAMERA, LINES, Fault
from .files import StoredFile, Tool
from .flashprint import FlashPrint
from .http import Request
from .job import Job, JobOptions
from .machine import Machine
from .models import MODELS, ModelSpec
from .printer import Printer
from .quirks import Chamber, Estimate, Quirks
from .slicer import write_3mf, write_gcode, write_sliced
from .status import NotNowError, Status

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
