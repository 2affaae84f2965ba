"""FlashForge printers in the local network, without Home Assistant.

``scan`` and ``probe`` find printers, ``connect`` returns a ``Printer`` with one method for
each thing that a person can do, and ``Printer.fetch`` returns a ``PrinterState``. Every
error is a ``FlashForgeError``; ``api.errors`` has all types. ``docs/example.py`` shows a
whole program.

What is used rarely is imported from its folder: ``api.commands`` (methods of a printer
with their checks before and their proof after), ``api.print_files`` (reading G-code and
3mf) and ``api.network.doctor`` (why a printer does not answer).
"""

from .assumed import Assumed, FanName
from .camera.hub import CameraHub
from .camera.mjpeg import CameraPresence, default_url, probe_stream, stream_url
from .camera.status import CameraStatus
from .commands.command import Command
from .commands.printing import check_upload
from .connect import Access, connect, serial_of
from .errors import (
    BusyError,
    FlashForgeError,
    LanModeError,
    NotConfirmedError,
    NotNowError,
    OtherPrinterError,
    RefusedError,
    UnreachableError,
    UnreadableError,
    UnsupportedError,
    UploadCanceledError,
    UploadError,
    WrongCodeError,
    WrongSerialError,
)
from .identity import Identity
from .models.catalog import GENERIC, MODELS, by_pid
from .models.model import Feature, Model, Protocol
from .network.discovery import PORTS, Ports, probe, resolve, scan
from .network.packet import HTTP_PORT, DiscoveredPrinter
from .print_files.local_file import Mark, mark_of
from .print_files.names import StoredName, stored_name
from .printer import AdjustmentName, Axis, FilamentAction, Printer
from .prints import FileTool, MaterialMapping, PrintOptions, SlicedFile, StoredFile
from .state import (
    Adjustments,
    Counters,
    Filtration,
    Heater,
    Job,
    MaterialSlot,
    MaterialStation,
    PowerOff,
    PrinterState,
    Product,
    StationActivity,
    Status,
)

__all__ = [
    "GENERIC",
    "HTTP_PORT",
    "MODELS",
    "PORTS",
    "Access",
    "AdjustmentName",
    "Adjustments",
    "Assumed",
    "Axis",
    "BusyError",
    "CameraHub",
    "CameraPresence",
    "CameraStatus",
    "Command",
    "Counters",
    "DiscoveredPrinter",
    "FanName",
    "Feature",
    "FilamentAction",
    "FileTool",
    "Filtration",
    "FlashForgeError",
    "Heater",
    "Identity",
    "Job",
    "LanModeError",
    "Mark",
    "MaterialMapping",
    "MaterialSlot",
    "MaterialStation",
    "Model",
    "NotConfirmedError",
    "NotNowError",
    "OtherPrinterError",
    "Ports",
    "PowerOff",
    "PrintOptions",
    "Printer",
    "PrinterState",
    "Product",
    "Protocol",
    "RefusedError",
    "SlicedFile",
    "StationActivity",
    "Status",
    "StoredFile",
    "StoredName",
    "UnreachableError",
    "UnreadableError",
    "UnsupportedError",
    "UploadCanceledError",
    "UploadError",
    "WrongCodeError",
    "WrongSerialError",
    "by_pid",
    "check_upload",
    "connect",
    "default_url",
    "mark_of",
    "probe",
    "probe_stream",
    "resolve",
    "scan",
    "serial_of",
    "stored_name",
    "stream_url",
]
