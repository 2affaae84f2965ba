"""Reading the answers to ``/product``, ``/gcodeList`` and the two thumbnail endpoints."""

import base64

from ..models.colors import read_color
from ..prints import FileTool, StoredFile
from ..state import Product
from .fields import (
    JsonObject,
    amount,
    as_list,
    as_object,
    boolean,
    count,
    file_name,
    integer,
    text,
)

_PNG = b"\x89PNG\r\n\x1a\n"
_BMP = b"BM"


def _available(raw: object) -> bool | None:
    value = integer(raw)
    return None if value is None else value == 1


def parse_product(body: JsonObject) -> Product:
    """Return the flags under ``product`` (docs/protocol/http.md §2.3)."""
    return Product(
        nozzle=_available(body.get("nozzleTempCtrlState")),
        bed=_available(body.get("platformTempCtrlState")),
        chamber=_available(body.get("chamberTempCtrlState")),
        light=_available(body.get("lightCtrlState")),
        internal_fan=_available(body.get("internalFanCtrlState")),
        external_fan=_available(body.get("externalFanCtrlState")),
    )


def _tool(raw: object) -> FileTool | None:
    """Return what a file prints with one tool, None when the tool has no number."""
    body = as_object(raw)
    tool = None if body is None else count(body.get("toolId"))
    if body is None or tool is None:
        return None
    return FileTool(
        tool=tool,
        material=text(body.get("materialName")),
        color=read_color(body.get("materialColor")),
        weight=amount(body.get("filamentWeight")),
        # Slicers write 0 for "not assigned".
        slot=count(body.get("slotId")) or None,
    )


def _tools(raw: object) -> tuple[FileTool, ...] | None:
    items = as_list(raw)
    if items is None:
        return None
    return tuple(tool for tool in map(_tool, items) if tool is not None)


def _stored_file(name: str, body: JsonObject) -> StoredFile:
    return StoredFile(
        name=name,
        # Printers report 0 for "unknown".
        print_time=amount(body.get("printingTime")) or None,
        weight=amount(body.get("totalFilamentWeight")) or None,
        uses_station=boolean(body.get("useMatlStation")),
        tools=_tools(body.get("gcodeToolDatas")),
    )


def _by_name(raw: object) -> dict[str, JsonObject]:
    """Return the items of a list by file name, in its order; of equal names the first.

    An item is a name or an object with a name; other items are left out.
    """
    found: dict[str, JsonObject] = {}
    for item in as_list(raw) or ():
        body = as_object(item) or {}
        name = file_name(body.get("gcodeFileName") if body else item)
        if name is not None:
            found.setdefault(name, body)
    return found


def parse_files(body: JsonObject) -> tuple[StoredFile, ...]:
    """Return the stored files of a ``/gcodeList`` answer (docs/protocol/http.md §2.4).

    Details are added to the names that are equal. In an answer without names, the details
    contain the names.
    """
    details = _by_name(body.get("gcodeListDetail"))
    names = _by_name(body.get("gcodeList")) or details
    return tuple(
        _stored_file(name, details.get(name) or own) for name, own in names.items()
    )


def parse_thumbnail(body: JsonObject) -> bytes | None:
    """Return the PNG under ``imageData``, None without one (docs/protocol/http.md §2.5)."""
    encoded = body.get("imageData")
    if not isinstance(encoded, str):
        return None
    try:
        picture = base64.b64decode("".join(encoded.split()), validate=True)
    except ValueError:
        return None
    return picture if picture.startswith(_PNG) else None


def parse_job_thumbnail(body: bytes) -> bytes | None:
    """Return the BMP that ``/getThum`` answers, None for its JSON errors (docs/protocol/http.md §2.6)."""
    return body if body.startswith(_BMP) else None
