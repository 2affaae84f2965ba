"""The HTTP endpoints: a table from method and path to the answer."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
import json

from ..faults import (
    LAN_MODE_OFF,
    NO_SUCH_FILE,
    NOT_FOUND,
    SUCCESS,
    UPLOAD,
    WRONG_CODE,
    WRONG_PARAMETERS,
    WRONG_SERIAL,
    Answer,
    Envelope,
)
from ..machine.device import Device
from ..print_files.thumbnails import thumbnail
from . import control, detail as wire, printing
from .control import RefusedError
from .upload import ReceivedFile

type Body = Mapping[str, object]
type Payload = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The function of an endpoint; its payload is sent beside the result code."""

    answer: Callable[[Device, Body], Payload | Answer]
    authenticated: bool = True


def envelope(device: Device, result: Envelope, payload: Payload = {}) -> Answer:  # noqa: B006
    """Write a result the way this firmware does (docs/protocol/http.md §1)."""
    keys = device.quirks.code_key, device.quirks.message_key
    values = dict(zip(keys, (result.code, result.message), strict=True)) | dict(payload)
    return Answer(body=json.dumps(values, ensure_ascii=False).encode())


def _check_code(_device: Device, _body: Body) -> Payload:
    return {}


def _detail(device: Device, _body: Body) -> Payload:
    fields = wire.detail(device)
    return fields if device.quirks.top_level_fields else {"detail": fields}


def _product(device: Device, _body: Body) -> Payload:
    return {"product": device.model.product}


def _control(device: Device, body: Body) -> Payload:
    control.run(device, body)
    return {}


def _gcode_list(device: Device, _body: Body) -> Payload:
    files = device.files[: device.quirks.file_limit]
    names = [device.quirks.file_prefix + file.name for file in files]
    if not device.quirks.file_details:
        return {"gcodeList": names}
    details = [wire.file_detail(file) for file in files]
    return {"gcodeList": names, "gcodeListDetail": details}


def _gcode_thumb(device: Device, body: Body) -> Payload:
    for file in device.files:
        if file.name == body.get("fileName"):
            return {"imageData": base64.b64encode(thumbnail(file)).decode()}
    raise RefusedError(NO_SUCH_FILE)


def _print_gcode(device: Device, body: Body) -> Payload:
    printing.start(device, body)
    return {}


def _job_picture(device: Device, _body: Body) -> Answer:
    if (job := device.machine.running_job) is None:
        raise RefusedError(NO_SUCH_FILE)
    if not (image := thumbnail(job.file, "BMP")):
        raise RefusedError(NO_SUCH_FILE)
    return Answer(body=image, content_type="image/bmp")


ROUTES: Mapping[tuple[str, str], Route] = {
    ("POST", "/checkCode"): Route(answer=_check_code),
    ("POST", "/detail"): Route(answer=_detail),
    ("POST", "/product"): Route(answer=_product),
    ("POST", "/control"): Route(answer=_control),
    ("POST", "/gcodeList"): Route(answer=_gcode_list),
    ("POST", "/gcodeThumb"): Route(answer=_gcode_thumb),
    ("POST", "/printGcode"): Route(answer=_print_gcode),
    ("GET", "/getThum"): Route(answer=_job_picture, authenticated=False),
}
"""All endpoints that take JSON (docs/protocol/http.md §2).

`takes_file` recognizes the upload; anything else is answered with 404.
"""


def answer(device: Device, method: str, path: str, body: object) -> Answer:
    """Answer a request as the firmware would."""
    route = ROUTES.get((method, path))
    if route is None or path in device.quirks.missing_paths:
        return NOT_FOUND
    try:
        admitted = _admit(device, body, authenticated=route.authenticated)
        values = route.answer(device, admitted)
    except RefusedError as refusal:
        return envelope(device, refusal.envelope)
    return values if isinstance(values, Answer) else envelope(device, SUCCESS, values)


def takes_file(device: Device, method: str, path: str) -> bool:
    """Return whether a request is an upload, whose headers carry its parameters."""
    missing = path in device.quirks.missing_paths
    return (method, path) == ("POST", UPLOAD) and not missing


def refusal(device: Device, headers: Mapping[str, str]) -> Answer | None:
    """Return the refusal of an upload's headers, None if they are fine."""
    try:
        values = _admit(device, printing.fields(headers))
        printing.check_upload(device, values)
    except RefusedError as refused:
        return envelope(device, refused.envelope)
    return None


def answer_upload(
    device: Device, headers: Mapping[str, str], received: ReceivedFile | None
) -> Answer:
    """Answer an upload that has arrived."""
    try:
        printing.upload(device, _admit(device, printing.fields(headers)), received)
    except RefusedError as refused:
        return envelope(device, refused.envelope)
    return envelope(device, SUCCESS)


def _admit(device: Device, body: object, *, authenticated: bool = True) -> Body:
    """Return the body of an authorized request; `RefusedError` if it is not."""
    if not device.lan_mode:
        raise RefusedError(LAN_MODE_OFF)
    if not authenticated:
        return {}
    if not isinstance(body, dict):
        raise RefusedError(WRONG_PARAMETERS)
    serial, code = body.get("serialNumber"), body.get("checkCode")
    if not isinstance(serial, str) or not isinstance(code, str):
        raise RefusedError(WRONG_PARAMETERS)
    if serial != device.serial:
        raise RefusedError(WRONG_SERIAL)
    if code != device.check_code:
        raise RefusedError(WRONG_CODE)
    return body
