"""The actions about files and prints."""

import base64
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv, selector
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonObjectType, JsonValueType
import probatio

from ..api import FileTool, FlashForgeError, MaterialMapping, StoredFile
from ..api.commands.matching import Remark
from ..api.commands.planning import Feeding, Plan, PrintWish
from ..api.models.colors import name_of
from ..api.models.palettes import Palette
from ..api.print_files.pictures import type_of
from ..const import SLOT_NUMBERS
from ..coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from ..exceptions import in_words, translated
from ..prints.checks import check_only
from ..prints.start import print_stored, upload
from . import Action, text, whole_number
from .upload_sources import FILE, MEDIA, PATH, SOURCES, local_file

ATTR_FILE = "file_name"
ATTR_FLOW_CALIBRATION = "flow_calibration"
ATTR_INSPECTION = "first_layer_inspection"
ATTR_INSIST = "try_anyway"
ATTR_LEVELING = "leveling"
ATTR_MATERIALS = "materials"
ATTR_NAME = "name"
ATTR_PRINT = "print_now"
ATTR_REPLACE = "replace"
ATTR_SLOTS = "slots"
ATTR_TIME_LAPSE = "time_lapse"

_SOURCE = "source"


_LONGEST_PLACE = 4096
# Characters of a path, or of what names an item of the media browser.

_PLACE = text(_LONGEST_PLACE)

_PICKED_MEDIA = probatio.All(
    probatio.Schema(
        {probatio.Required("media_content_id"): _PLACE}, extra=probatio.ALLOW_EXTRA
    ),
    lambda picked: picked["media_content_id"],
)
"""What the media picker returns, of which only the id matters."""

_LOCAL: VolDictType = {
    probatio.Exclusive(MEDIA, _SOURCE): probatio.Any(_PLACE, _PICKED_MEDIA),
    probatio.Exclusive(PATH, _SOURCE): _PLACE,
    probatio.Exclusive(FILE, _SOURCE): selector.FileSelector({"accept": "*"}),
}
"""Where a file on our side is."""

_NUMBER = probatio.All(whole_number, probatio.In(SLOT_NUMBERS))

_OPTIONS: VolDictType = {
    probatio.Optional(ATTR_LEVELING, default=True): cv.boolean,
    probatio.Optional(ATTR_FLOW_CALIBRATION, default=False): cv.boolean,
    probatio.Optional(ATTR_INSPECTION, default=False): cv.boolean,
    probatio.Optional(ATTR_TIME_LAPSE, default=False): cv.boolean,
    probatio.Optional(ATTR_MATERIALS, default=Feeding.AUTO): probatio.Coerce(Feeding),
    probatio.Optional(ATTR_SLOTS, default=dict): {_NUMBER: _NUMBER},
}
"""How to print. People count tools from 1, as slicers and screens do."""


def _wish(data: Mapping[str, Any]) -> PrintWish:
    return PrintWish(
        leveling=data[ATTR_LEVELING],
        flow_calibration=data[ATTR_FLOW_CALIBRATION],
        first_layer_inspection=data[ATTR_INSPECTION],
        time_lapse=data[ATTR_TIME_LAPSE],
        feeding=data[ATTR_MATERIALS],
        slots={tool - 1: slot for tool, slot in data[ATTR_SLOTS].items()},
    )


def _mapping(mapping: MaterialMapping, remarks: Iterable[Remark]) -> JsonObjectType:
    return {
        "tool": mapping.tool + 1,
        "slot": mapping.slot,
        "material": mapping.material,
        "file_color": mapping.tool_color,
        "slot_color": mapping.slot_color,
        "remarks": [each.concern for each in remarks if each.mapping == mapping],
    }


def _started(plan: Plan) -> JsonObjectType:
    options = plan.options
    return {
        "leveling": options.leveling,
        "flow_calibration": options.flow_calibration,
        "first_layer_inspection": options.first_layer_inspection,
        "time_lapse": options.time_lapse,
        "materials": [_mapping(each, plan.remarks) for each in options.mappings],
        "remarks": list(plan.concerns),
    }


def _tool(tool: FileTool, palette: Palette) -> JsonObjectType:
    return {
        "tool": tool.tool + 1,
        "material": tool.material,
        "color": tool.color,
        "color_name": name_of(tool.color, palette),
        "weight": tool.weight,
        "slot": tool.slot,
    }


def _tools(
    tools: Iterable[FileTool] | None, coordinator: FlashForgeCoordinator
) -> list[JsonValueType] | None:
    palette = coordinator.printer.model.palette
    return None if tools is None else [_tool(tool, palette) for tool in tools]


def file_facts(file: StoredFile, coordinator: FlashForgeCoordinator) -> JsonObjectType:
    """Return what is told about a file on a printer."""
    return {
        "name": file.name,
        "print_time": file.print_time,
        "weight": file.weight,
        "uses_station": file.uses_station,
        "tools": _tools(file.tools, coordinator),
    }


def _problem(problem: FlashForgeError) -> JsonObjectType:
    """Return a problem in words, and what a page needs to say it in another language."""
    error = in_words(problem)
    return {
        "key": problem.key,
        "message": str(error),
        "placeholders": {**(error.translation_placeholders or {})},
    }


async def _async_list_files(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Return the files on a printer, newest first."""
    coordinator = entry.runtime_data
    with translated():
        files = await coordinator.shelf.refresh()
    return {"files": [file_facts(file, coordinator) for file in files]}


async def _async_get_thumbnail(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Return the picture of a file on a printer."""
    coordinator = entry.runtime_data
    name: str = call.data[ATTR_FILE]
    with translated():
        await coordinator.shelf.find(name)
        picture = await coordinator.thumbnails.fetch(name)
    return {
        ATTR_FILE: name,
        "content_type": type_of(picture) if picture else None,
        "image": base64.b64encode(picture).decode() if picture else None,
    }


async def _async_print_file(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Print a file that is stored on a printer."""
    coordinator = entry.runtime_data
    name: str = call.data[ATTR_FILE]
    with translated():
        plan = await print_stored(
            coordinator, name, _wish(call.data), insist=call.data[ATTR_INSIST]
        )
    return {ATTR_FILE: name, **_started(plan)}


async def _async_upload_file(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Put a file on a printer, and print it if that is wanted."""
    coordinator = entry.runtime_data
    wish = _wish(call.data) if call.data[ATTR_PRINT] else None
    async with local_file(call, for_good=True) as source:
        with translated():
            done = await upload(
                coordinator,
                source,
                name=call.data.get(ATTR_NAME),
                wish=wish,
                insist=call.data[ATTR_INSIST],
                replace=call.data[ATTR_REPLACE],
            )
    return {
        ATTR_FILE: done.name,
        "size": done.size,
        "print_time": done.content.print_time,
        "weight": done.content.weight,
        "tools": _tools(done.content.tools, coordinator),
        "printing": done.plan is not None,
        "replaced": done.replaced,
        **(_started(done.plan) if done.plan else {}),
        "remarks": list(done.concerns),
    }


async def _async_check_file(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Check a file as its start would, and start nothing."""
    coordinator, data = entry.runtime_data, call.data
    check = partial(
        check_only,
        coordinator,
        wish=_wish(data),
        name=data.get(ATTR_NAME),
        insist=data[ATTR_INSIST],
        replace=data[ATTR_REPLACE],
    )
    with translated():
        if ATTR_FILE in data:
            name, found, problems = await check(data[ATTR_FILE])
        else:
            async with local_file(call, for_good=False) as source:
                name, found, problems = await check(source)
    content = found.content
    return {
        ATTR_FILE: name,
        "can_print": not problems,
        "problems": [_problem(each) for each in problems],
        "print_time": content.print_time if content else None,
        "weight": content.weight if content else None,
        "tools": _tools(content.tools, coordinator) if content else None,
        "replaced": found.replaced,
        **(_started(found.plan) if found.plan else {}),
        "remarks": list(found.concerns),
    }


ACTIONS: tuple[Action, ...] = (
    Action(name="list_files", handle=_async_list_files, responds=SupportsResponse.ONLY),
    Action(
        name="get_thumbnail",
        handle=_async_get_thumbnail,
        fields={probatio.Required(ATTR_FILE): text()},
        responds=SupportsResponse.ONLY,
    ),
    Action(
        name="print_file",
        handle=_async_print_file,
        fields={
            probatio.Required(ATTR_FILE): text(),
            **_OPTIONS,
            probatio.Optional(ATTR_INSIST, default=False): cv.boolean,
        },
        responds=SupportsResponse.OPTIONAL,
    ),
    Action(
        name="check_file",
        handle=_async_check_file,
        fields={
            probatio.Exclusive(ATTR_FILE, _SOURCE): text(),
            **_LOCAL,
            probatio.Optional(ATTR_NAME): text(),
            probatio.Optional(ATTR_REPLACE, default=False): cv.boolean,
            **_OPTIONS,
            probatio.Optional(ATTR_INSIST, default=False): cv.boolean,
        },
        one_of=(ATTR_FILE, *SOURCES),
        responds=SupportsResponse.ONLY,
    ),
    Action(
        name="upload_file",
        handle=_async_upload_file,
        fields={
            **_LOCAL,
            probatio.Optional(ATTR_NAME): text(),
            probatio.Optional(ATTR_PRINT, default=False): cv.boolean,
            probatio.Optional(ATTR_REPLACE, default=False): cv.boolean,
            **_OPTIONS,
            probatio.Optional(ATTR_INSIST, default=False): cv.boolean,
        },
        one_of=SOURCES,
        responds=SupportsResponse.OPTIONAL,
    ),
)
