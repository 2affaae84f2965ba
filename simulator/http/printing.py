"""The parameters of an upload, and of the start of a stored file.

An upload has them in headers, a start in JSON; `_HEADERS` turns headers into JSON
values, so that the same checks serve both (docs/protocol/http.md §6 and §7).
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
from .upload import ReceivedFile

type Values = Mapping[str, object]

_COLOR = re.compile("#[0-9A-Fa-f]{6}")
_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f\ud800-\udfff]|\.\.")
_MOST_TOOLS = 4
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadValues:
    """The parameters of an upload; `size` is in bytes."""

    size: int
    print_now: bool
    options: JobOptions


def _number(text: str) -> object:
    return int(text) if text.isascii() and text.isdecimal() else text


def _truth(text: str) -> object:
    # To the firmware every other word is false.
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
    """Return the headers of an upload as the JSON values that they stand for."""
    return {
        name: read(headers[name]) for name, read in _HEADERS.items() if name in headers
    }


def check_upload(device: Device, values: Values) -> UploadValues:
    """Return the parameters of an upload; `RefusedError` if it is not accepted."""
    _require(device.quirks.upload_headers <= values.keys())
    wanted = UploadValues(
        size=_int(values, "fileSize", -1),
        print_now=_flag(values, "printNow"),
        options=_options(values),
    )
    _require(wanted.size > 0)
    if wanted.print_now and device.machine.status is not Status.READY:
        raise RefusedError(BUSY)
    if wanted.size > device.machine.free_storage_gb * 1e9:
        raise RefusedError(NO_SPACE)
    return wanted


def upload(device: Device, values: Values, received: ReceivedFile | None) -> None:
    """Store an uploaded file, and print it if requested; `RefusedError` if refused."""
    wanted = check_upload(device, values)
    if received is None:
        raise RefusedError(WRONG_PARAMETERS)
    _require(received.size == wanted.size)
    _require(_is_safe(received.name))
    _require(received.name.lower().endswith(device.model.suffixes))
    device.machine.store(received.content)
    if wanted.print_now:
        device.machine.start_job(received.name, options=wanted.options)


def start(device: Device, values: Values) -> None:
    """Print a stored file; `RefusedError` if the start is refused."""
    _require(device.quirks.start_fields <= values.keys())
    options = _options(values)
    name = values["fileName"]
    if device.machine.status is not Status.READY:
        raise RefusedError(BUSY)
    if not isinstance(name, str) or all(file.name != name for file in device.files):
        raise RefusedError(NO_SUCH_FILE)
    if device.quirks.starts_stored_files:
        device.machine.start_job(name, options=options)


def _options(values: Values) -> JobOptions:
    slots = _slots(values.get("materialMappings", []))
    count = _int(values, "gcodeToolCnt", len(slots))
    uses = _flag(values, "useMatlStation", otherwise=bool(slots))
    # Without a mapping the number of tools has no meaning (docs/protocol/README.md §8 no. 55).
    _require(0 <= count <= _MOST_TOOLS and (not slots or count == len(slots)))
    _require(bool(slots) or not uses or "materialMappings" not in values)
    return JobOptions(
        leveling=_flag(values, "levelingBeforePrint"),
        flow_calibration=_flag(values, "flowCalibration"),
        time_lapse=_flag(values, "timeLapseVideo"),
        first_layer_inspection=_flag(values, "firstLayerInspection"),
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


def _flag(values: Values, key: str, *, otherwise: bool = False) -> bool:
    value = values.get(key, otherwise)
    if not isinstance(value, bool):
        raise RefusedError(WRONG_PARAMETERS)
    return value


def _int(values: Values, key: str, otherwise: int) -> int:
    value = values.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RefusedError(WRONG_PARAMETERS)
    return value


def _require(met: bool) -> None:
    if not met:
        raise RefusedError(WRONG_PARAMETERS)
