"""More columns: prints, uploads, filament and motion, each ordered by an action."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from typing import Any

from aiohttp import FormData
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.media.views import thumbnail_url
from simulator import LINES, StoredFile, Tool, write_sliced
from simulator.faults import UPLOAD
from tests.support.lookups import device_of

from .moments import JSON, PICTURES, STEADY, Expected, Moment, reason, set_up
from .troubles import CONTROL, Layer, Scene

PATIENCE = 700
"""Seconds after which every order has ended, one way or the other."""

CANCELED = "canceled"
OURS = "vase of Ada.gcode"
STORED = "vase_of_Ada.gcode"
PRINT = "/printGcode"
PICTURE = "/gcodeThumb"
UNSURE = frozenset({"upload_unanswered", "unreadable", CANCELED})
"""After these errors it is not known whether a file that was sent whole arrived."""

type Act = Callable[[Scene], Awaitable[object]]


async def _ordered(scene: Scene, order: Awaitable[object]) -> str | None:
    """Carry out an order, and what happens in the middle of it; return its error."""
    since, hass = scene.time.now, scene.hass
    heard, read = len(scene.printer.requests), len(scene.printer.lines)
    scene.order = asyncio.ensure_future(order)
    await scene.time.settle()
    if scene.meanwhile is not None and not scene.order.done():
        meanwhile, scene.meanwhile = scene.meanwhile, None
        await meanwhile(scene)
    try:
        await scene.time.passes_until(scene.order, PATIENCE)
    except HomeAssistantError as err:
        ended = err.translation_key
    except asyncio.CancelledError:
        ended = CANCELED
    else:
        ended = None
    told = scene.printer.requests[heard:]
    if scene.path != PICTURE:
        # The printer is told only once.
        paths = [each.path for each in told]
        paths += [f"{LINES}/{line.split()[0]}" for line in scene.printer.lines[read:]]
        assert paths.count(scene.path) <= 1
    if not scene.printer.model.http:
        # Its one port is for the order, and the polls wait.
        return ended
    polls = [each.time for each in told if each.path == "/detail"]
    if hass.config_entries.async_loaded_entries(DOMAIN) and reason(scene) is None:
        polls.append(scene.time.now)
    gaps = [after - before for before, after in pairwise([since, *polls])]
    assert max(gaps, default=0) <= STEADY
    return ended


def _call(
    scene: Scene, action: str, /, *, return_response: bool = False, **data: object
) -> Awaitable[object]:
    return scene.hass.services.async_call(
        DOMAIN,
        action,
        {"device_id": device_of(scene.hass, scene.printer), **data},
        blocking=True,
        return_response=return_response,
    )


async def _tidy(scene: Scene) -> None:
    """Clear the plate, and delete the uploaded file."""
    machine = scene.printer.machine
    if machine.running_job is not None:
        machine.finish_job()
    machine.clear_plate()
    scene.printer.files = [each for each in scene.printer.files if each.name != STORED]
    await scene.time.passes(20, 5)


def _again(
    act: Callable[[Scene], Awaitable[str | None]],
) -> Callable[[Scene], Awaitable[str | None]]:
    """Return what repeats an act with a printer that is ready for it."""

    async def again(scene: Scene) -> str | None:
        await _tidy(scene)
        return await act(scene)

    return again


# --- files ----------------------------------------------------------------------------


def write_ours(folder: Path, *, size: int) -> Path:
    """Write the file that is sent."""
    path = folder / OURS
    tools = (Tool("PLA", "#F98D33", 11.4),)
    write_sliced(path, StoredFile(OURS, 2460, 240, tools), size=size)
    return path


async def _with_file(scene: Scene) -> None:
    await set_up(scene)
    assert await async_setup_component(scene.hass, "file_upload", {})
    scene.hass.config.allowlist_external_dirs = {str(scene.folder)}
    await scene.hass.async_add_executor_job(
        partial(write_ours, scene.folder, size=scene.size)
    )


async def _hand_over(scene: Scene) -> str:
    """Send the file to Home Assistant as a browser does, and return its id."""
    session = await scene.client()
    content = await scene.hass.async_add_executor_job((scene.folder / OURS).read_bytes)
    form = FormData(quote_fields=False)
    form.add_field("file", content, filename=OURS)
    response = await session.post("/api/file_upload", data=form)
    return str((await response.json())["file_id"])


async def _uploaded(scene: Scene) -> str | None:
    """Upload a file that a person chose in the browser."""
    file = await _hand_over(scene)
    return await _sent(scene, start=False, file=file)


async def _uploaded_to_print(scene: Scene) -> str | None:
    """Upload a file from a folder, and print it."""
    return await _sent(scene, start=True, path=str(scene.folder / OURS))


async def _sent(scene: Scene, *, start: bool, **source: str) -> str | None:
    """Upload a file; the result matches what the printer has and does."""
    order = _call(scene, "upload_file", print_now=start, leveling=False, **source)
    ended = await _ordered(scene, order)
    printer = scene.printer
    stored = STORED in {each.name for each in printer.files}
    if ended not in UNSURE:
        begun = printer.machine.running_job is not None
        assert stored is (ended is None or ended == "start_not_shown")
        assert begun is (start and ended is None)
    return ended


async def _started(scene: Scene) -> str | None:
    name = scene.printer.files[0].name
    ended = await _ordered(
        scene, _call(scene, "print_file", file_name=name, leveling=False)
    )
    if ended is None:
        assert scene.printer.machine.running_job is not None
    return ended


async def _shown(scene: Scene) -> str | None:
    """Look at the picture of a file, as the media browser does."""
    session = await scene.client()
    heard = scene.printer.count(PICTURE)
    url = thumbnail_url(scene.entry.entry_id, scene.printer.files[0].name)
    response = await scene.time.passes_until(session.get(url))
    assert scene.printer.count(PICTURE) <= heard + 2
    if response.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return str((await response.json())["message"])
    if response.status == HTTPStatus.NOT_FOUND:
        return "no_picture"
    assert (await response.read()).startswith(PICTURES)
    return None


# --- motion and filament ------------------------------------------------------------


async def _homed(scene: Scene) -> str | None:
    return await _ordered(scene, _call(scene, "home"))


async def _coded(scene: Scene) -> str | None:
    return await _ordered(scene, _call(scene, "send_gcode", gcode="G90\nM114"))


async def _long_list(scene: Scene) -> None:
    """Put more files on the printer than its short list has."""
    files = scene.printer.files
    more = (StoredFile(f"part {number} of Ada.gcode") for number in range(20))
    scene.printer.files = [*files, *more]
    await set_up(scene)


async def _listed(scene: Scene) -> str | None:
    """List the files; a short list is better than none."""
    listing = _call(scene, "list_files", return_response=True)
    if (ended := await _ordered(scene, listing)) is not None:
        return ended
    assert scene.order is not None
    response: Any = scene.order.result()
    files = response["files"]
    if len(files) == len(scene.printer.files):
        return None
    assert len(files) == scene.printer.quirks.file_limit
    return "short"


async def _fed(scene: Scene) -> str | None:
    return await _ordered(scene, _call(scene, "load_filament", slot=2))


async def _fed_again(scene: Scene) -> str | None:
    """Load once more, and wait until it is done."""
    ended = await _fed(scene)
    await scene.time.passes(300, 15)
    assert scene.printer.machine.feed is None
    return ended


def _at(moment: str) -> Expected:
    return lambda trouble: trouble.at(moment)


ORDERS: tuple[Moment, ...] = (
    Moment(
        name="upload",
        layers=frozenset({Layer.ORDER, Layer.FILE}),
        prepare=_with_file,
        outcome=_uploaded,
        again=_again(_uploaded),
        expected=_at("upload"),
        path=UPLOAD,
    ),
    Moment(
        name="upload_and_print",
        layers=frozenset(
            {Layer.WORLD, Layer.LOGIN, Layer.ORDER, Layer.FILE, Layer.START}
        ),
        prepare=_with_file,
        outcome=_uploaded_to_print,
        again=_again(_uploaded_to_print),
        expected=_at("upload_and_print"),
        path=UPLOAD,
    ),
    Moment(
        name="print_file",
        layers=JSON | {Layer.ORDER, Layer.START},
        prepare=set_up,
        outcome=_started,
        again=_again(_started),
        expected=_at("print_file"),
        path=PRINT,
    ),
    Moment(
        name="file_picture",
        layers=frozenset({Layer.WORLD, Layer.LOGIN, Layer.ORDER}),
        prepare=set_up,
        outcome=_shown,
        again=_shown,
        expected=_at("file_picture"),
        path=PICTURE,
    ),
    Moment(
        name="homing",
        layers=frozenset({Layer.WORLD, Layer.LINE, Layer.LINES}),
        prepare=set_up,
        outcome=_homed,
        again=_homed,
        expected=_at("homing"),
        path=f"{LINES}/G28",
    ),
    Moment(
        name="gcode",
        layers=frozenset({Layer.LINES}),
        prepare=set_up,
        outcome=_coded,
        again=_coded,
        expected=_at("gcode"),
        path=f"{LINES}/M114",
    ),
    Moment(
        name="long_list",
        layers=frozenset({Layer.LINES}),
        prepare=_long_list,
        outcome=_listed,
        again=_listed,
        expected=_at("long_list"),
        path=f"{LINES}/M661",
    ),
    Moment(
        name="feed",
        layers=frozenset({Layer.CONTROL, Layer.ORDER}),
        prepare=set_up,
        outcome=_fed,
        again=_fed_again,
        expected=_at("feed"),
        model="ad5x",
        path=CONTROL,
    ),
)
"""The actions; ``_at`` names one that has a result of its own for some troubles."""
