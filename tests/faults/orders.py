"""More columns: prints, uploads, filament and motion, each ordered by an action."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path

from homeassistant.exceptions import HomeAssistantError

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.pictures import thumbnail_url
from simulator import StoredFile, Tool, write_sliced
from simulator.faults import UPLOAD
from tests.common import device_of

from .moments import JSON, STEADY, Expected, Moment, reason, set_up
from .troubles import CONTROL, Layer, Scene

PATIENCE = 700
"""Seconds after which every order has ended, one way or the other."""

CANCELLED = "cancelled"
OURS = "vase of Ada.gcode"
STORED = "vase_of_Ada.gcode"
PRINT = "/printGcode"
PICTURE = "/gcodeThumb"
UNSURE = frozenset({"upload_unanswered", "unreadable", CANCELLED})
"""After these nobody can know what became of a file that was sent whole."""

type Act = Callable[[Scene], Awaitable[object]]


async def _ordered(scene: Scene, order: Awaitable[object]) -> str | None:
    """Carry out an order, with what happens in the middle of it."""
    since, hass = scene.time.now, scene.hass
    heard = len(scene.printer.requests)
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
        ended = CANCELLED
    else:
        ended = None
    told = scene.printer.requests[heard:]
    # Nobody is told to do a thing twice.
    assert sum(each.path == scene.path for each in told) <= 1 or scene.path in _READ
    polls = [each.time for each in told if each.path == "/detail"]
    if hass.config_entries.async_loaded_entries(DOMAIN) and reason(scene) is None:
        polls.append(scene.time.now)
    gaps = [after - before for before, after in pairwise([since, *polls])]
    assert max(gaps, default=0) <= STEADY
    return ended


_READ = frozenset({None, PICTURE})
"""What may be asked for as often as it takes."""


def _call(scene: Scene, action: str, /, **data: object) -> Awaitable[object]:
    return scene.hass.services.async_call(
        DOMAIN,
        action,
        {"device_id": device_of(scene.hass, scene.printer), **data},
        blocking=True,
    )


async def _tidy(scene: Scene) -> None:
    """Take off what was printed, throw away what was uploaded."""
    machine = scene.printer.machine
    if machine.running_job is not None:
        machine.finish_job()
    machine.clear_plate()
    scene.printer.files = [each for each in scene.printer.files if each.name != STORED]
    await scene.time.passes(20, 5)


def _again(
    act: Callable[[Scene], Awaitable[str | None]],
) -> Callable[[Scene], Awaitable[str | None]]:
    """Return what does an act once more, with a printer that is ready for it."""

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
    scene.hass.config.allowlist_external_dirs = {str(scene.folder)}
    await scene.hass.async_add_executor_job(
        partial(write_ours, scene.folder, size=scene.size)
    )


async def _uploaded(scene: Scene, *, start: bool = False) -> str | None:
    """Upload a file; what is told of it is what the printer has and does."""
    path = scene.folder / OURS
    ended = await _ordered(
        scene,
        _call(
            scene,
            "upload_file",
            path=str(path),
            print_now=start,
            levelling=False,
        ),
    )
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
        scene, _call(scene, "print_file", file_name=name, levelling=False)
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
    assert (await response.read()).startswith(b"\x89PNG")
    return None


# --- motion and filament ------------------------------------------------------------


async def _homed(scene: Scene) -> str | None:
    return await _ordered(scene, _call(scene, "home"))


async def _coded(scene: Scene) -> str | None:
    return await _ordered(scene, _call(scene, "send_gcode", gcode="G90\nM114"))


async def _long_list(scene: Scene) -> None:
    """Put more on the printer than its short list names."""
    files = scene.printer.files
    more = (StoredFile(f"part {number} of Ada.gcode") for number in range(20))
    scene.printer.files = [*files, *more]
    await set_up(scene)


async def _listed(scene: Scene) -> str | None:
    """List the files; the newest ones are better than none."""
    shelf = scene.entry.runtime_data.shelf
    if (ended := await _ordered(scene, shelf.refresh())) is not None:
        return ended
    files = shelf.files
    assert files is not None
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
        outcome=partial(_uploaded, start=True),
        again=_again(partial(_uploaded, start=True)),
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
    ),
    Moment(
        name="gcode",
        layers=frozenset({Layer.LINES}),
        prepare=set_up,
        outcome=_coded,
        again=_coded,
        expected=_at("gcode"),
    ),
    Moment(
        name="long_list",
        layers=frozenset({Layer.LINES}),
        prepare=_long_list,
        outcome=_listed,
        again=_listed,
        expected=_at("long_list"),
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
"""What the actions do; one is named where it has to end with something of its own."""
