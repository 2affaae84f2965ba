"""The requests that start a print: of a stored file, and together with an upload.

The wording is that of docs/protocol/http.md §6 and §7; which model and firmware wants which
form of it stands in ``start_forms``.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
import re

import orjson

from ..errors import UnsupportedError, UnsupportedOptionError
from ..models.model import Model
from ..models.start_forms import StartForm, StartOption
from ..prints import MaterialMapping, PrintOptions
from .requests import Body, auth

_VERSION = re.compile(r"v?(\d{1,6}(?:\.\d{1,6}){0,8})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Switch:
    """One option that is on or off: its name there, and where it stands here."""

    option: StartOption
    name: str
    wire: str
    wanted: Callable[[PrintOptions], bool]


_SWITCHES = (
    _Switch(
        option=StartOption.LEVELING,
        name="leveling",
        wire="levelingBeforePrint",
        wanted=lambda options: options.leveling,
    ),
    _Switch(
        option=StartOption.FLOW_CALIBRATION,
        name="flow_calibration",
        wire="flowCalibration",
        wanted=lambda options: options.flow_calibration,
    ),
    _Switch(
        option=StartOption.FIRST_LAYER_INSPECTION,
        name="first_layer_inspection",
        wire="firstLayerInspection",
        wanted=lambda options: options.first_layer_inspection,
    ),
    _Switch(
        option=StartOption.TIME_LAPSE,
        name="time_lapse",
        wire="timeLapseVideo",
        wanted=lambda options: options.time_lapse,
    ),
)


def firmware_version(firmware: str | None) -> tuple[int, ...] | None:
    """Return a firmware version as numbers, to compare; None when it is none.

    A leading ``v`` and what follows a dash do not count (docs/protocol/README.md §6).
    """
    found = _VERSION.match((firmware or "").strip())
    return None if found is None else tuple(map(int, found[1].split(".")))


def form_for(model: Model, firmware: str | None) -> StartForm:
    """Return the form in which this printer takes a start.

    A firmware without a version gets the newest form, which older ones accept, too.
    Raises ``errors.UnsupportedError`` when no form is known.
    """
    version = firmware_version(firmware)
    fitting = [
        form for form in model.start_forms if version is None or form.since <= version
    ]
    if not fitting:
        raise UnsupportedError("print_file")
    return fitting[-1]


def require_options(form: StartForm, options: PrintOptions) -> None:
    """Raise ``errors.UnsupportedOptionError`` for an option that the printer does not have."""
    asked = [each for each in _SWITCHES if each.wanted(options)]
    for switch in asked:
        if switch.option not in form.takes:
            raise UnsupportedOptionError(option=switch.name)
    if options.mappings and StartOption.MAPPINGS not in form.takes:
        raise UnsupportedOptionError(option="mappings")


def _mapping(mapping: MaterialMapping) -> Body:
    return {
        "toolId": mapping.tool,
        "slotId": mapping.slot,
        "materialName": mapping.material,
        "toolMaterialColor": mapping.tool_color,
        "slotMaterialColor": mapping.slot_color,
    }


def stored_body(form: StartForm, file: str, options: PrintOptions) -> Body:
    """Return what starts a stored file.

    Raises ``errors.UnsupportedOptionError`` for an option that the printer does not have.
    """
    require_options(form, options)
    body: Body = {"fileName": file}
    for switch in _SWITCHES:
        wanted = switch.wanted(options)
        if switch.option in form.stored or (wanted and switch.option in form.if_wanted):
            body[switch.wire] = wanted
    if StartOption.MAPPINGS in form.stored:
        body["useMatlStation"] = bool(options.mappings)
        body["gcodeToolCnt"] = len(options.mappings)
        body["materialMappings"] = [_mapping(each) for each in options.mappings]
    return body


def _flag(value: bool) -> str:
    return "true" if value else "false"


def upload_headers(
    form: StartForm,
    serial: str,
    check_code: str,
    size: int,
    start: PrintOptions | None,
) -> dict[str, str]:
    """Return what goes ahead of an upload, in its order; ``size`` is the file's.

    Raises ``errors.UnsupportedOptionError`` for an option that the printer does not have.
    """
    options = start or PrintOptions()
    require_options(form, options)
    headers = {key: str(value) for key, value in auth(serial, check_code).items()}
    headers["fileSize"] = str(size)
    headers["printNow"] = _flag(start is not None)
    for switch in _SWITCHES:
        if switch.option in form.upload:
            headers[switch.wire] = _flag(switch.wanted(options))
    if StartOption.MAPPINGS in form.upload:
        mappings = orjson.dumps([_mapping(each) for each in options.mappings])
        headers["useMatlStation"] = _flag(bool(options.mappings))
        headers["gcodeToolCnt"] = str(len(options.mappings))
        headers["materialMappings"] = b64encode(mappings).decode()
    return headers
