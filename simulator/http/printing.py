"""What is asked for in an upload and at the start of a stored file.

An upload says it in headers, a start in JSON; `_HEADERS` makes the first into the
second, so that there is one judge for both (docs/protocol/http.md §6 and §7).
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
import json
import re

from ..faults import BUSY, NO_SPACE, NO_SUCH_FILE, WRONG_PARAMETERS
from ..machine.device import Device
from ..machine.job import JobOptions
from ..machine.status import Status
from .control import RefusedError
from .upload import Parcel

type Values = Mapping[str, object]

_COLOR = re.compile("#[0-9A-Fa-f]{6}")
_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f\ud800-\udfff]|\.\.")
_MOST_TOOLS = 4
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOrder:
    """What the headers of an upload ask for; `size` is in bytes."""

    size: int
    print_now: bool
    options: JobOptions


def _number(text: str) -> object:
    return int(text) if text.isascii() and text.isdecimal() else text


def _truth(text: str) -> object:
    # The firmware compares with this word and nothing else.
    return text == "true"


def _mappings(text: str) -> object:
    try:
        return json.loads(base64.b64decode(text, validate=True))
    except ValueError, RecursionError:
        return text


_HEADERS: Mapping[str, Callable[[str], object]] = {
    "serialNumber": str,
    "checkCode": str,
    "fileSize": _number,
    "printNow": _truth,
    "levelingBeforePrint": _truth,
    "flowCalibration": _truth,
    "firstLayerInspection": _truth,
    "timeLapseVideo": _truth,
    "useMatlStation": _truth,
    "gcodeToolCnt": _number,
    "materialMappings": _mappings,
}


def fields(headers: Mapping[str, str]) -> dict[str, object]:
    """Return what the headers of an upload say, as the fields that they stand for."""
    return {
        name: read(headers[name]) for name, read in _HEADERS.items() if name in headers
    }


def judge_upload(device: Device, told: Values) -> UploadOrder:
    """Return what an upload asks for; `RefusedError` if it may not come."""
    _require(device.quirks.upload_headers <= told.keys())
    order = UploadOrder(
        size=_int(told, "fileSize", -1),
        print_now=_flag(told, "printNow"),
        options=_options(told),
    )
    _require(order.size > 0)
    if order.print_now and device.machine.status is not Status.READY:
        raise RefusedError(BUSY)
    if order.size > device.machine.free_storage_gb * 1e9:
        raise RefusedError(NO_SPACE)
    return order


def upload(device: Device, told: Values, parcel: Parcel | None) -> None:
    """Store a file that has arrived, and print it if that is asked for."""
    order = judge_upload(device, told)
    if parcel is None:
        raise RefusedError(WRONG_PARAMETERS)
    _require(parcel.size == order.size)
    _require(_is_safe(parcel.name))
    _require(parcel.name.lower().endswith(device.model.suffixes))
    device.machine.store(parcel.content)
    if order.print_now:
        device.machine.start_job(parcel.name, options=order.options)


def start(device: Device, told: Values) -> None:
    """Print a stored file."""
    _require(device.quirks.start_fields <= told.keys())
    options = _options(told)
    name = told["fileName"]
    if device.machine.status is not Status.READY:
        raise RefusedError(BUSY)
    if not isinstance(name, str) or all(file.name != name for file in device.files):
        raise RefusedError(NO_SUCH_FILE)
    if device.quirks.starts_stored_files:
        device.machine.start_job(name, options=options)


def _options(told: Values) -> JobOptions:
    slots = _slots(told.get("materialMappings", []))
    count = _int(told, "gcodeToolCnt", len(slots))
    uses = _flag(told, "useMatlStation", otherwise=bool(slots))
    # Without a mapping the number of tools says nothing (docs/protocol/README.md §8 no. 55).
    _require(0 <= count <= _MOST_TOOLS and (not slots or count == len(slots)))
    _require(bool(slots) or not uses or "materialMappings" not in told)
    return JobOptions(
        leveling=_flag(told, "levelingBeforePrint"),
        flow_calibration=_flag(told, "flowCalibration"),
        time_lapse=_flag(told, "timeLapseVideo"),
        first_layer_inspection=_flag(told, "firstLayerInspection"),
        use_station=uses,
        slots=slots if uses else {},
    )


def _slots(mappings: object) -> dict[int, int]:
    """Return the slot of each tool (docs/protocol/material-station.md §5)."""
    if not isinstance(mappings, list):
        raise RefusedError(WRONG_PARAMETERS)
    slots = dict(map(_mapping, mappings))
    _require(len(slots) == len(mappings) <= _MOST_TOOLS)
    return slots


def _mapping(entry: object) -> tuple[int, int]:
    if not isinstance(entry, dict):
        raise RefusedError(WRONG_PARAMETERS)
    tool, slot = _int(entry, "toolId", -1), _int(entry, "slotId", 0)
    _require(tool in range(_MOST_TOOLS) and slot in range(1, _MOST_TOOLS + 1))
    material = entry.get("materialName")
    _require(isinstance(material, str) and bool(material.strip()))
    for key in ("toolMaterialColor", "slotMaterialColor"):
        _require(_COLOR.fullmatch(str(entry.get(key))) is not None)
    return tool, slot


def _is_safe(name: str) -> bool:
    return (
        _UNSAFE.search(name) is None
        and not name.startswith(".")
        and len(name.encode()) <= _LONGEST_NAME
    )


def _flag(told: Values, key: str, *, otherwise: bool = False) -> bool:
    value = told.get(key, otherwise)
    if not isinstance(value, bool):
        raise RefusedError(WRONG_PARAMETERS)
    return value


def _int(told: Values, key: str, otherwise: int) -> int:
    value = told.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RefusedError(WRONG_PARAMETERS)
    return value


def _require(met: bool) -> None:
    if not met:
        raise RefusedError(WRONG_PARAMETERS)
