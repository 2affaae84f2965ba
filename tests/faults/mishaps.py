"""More rows: troubles of an order, of a file being sent, and of a print about to begin."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
import os
from pathlib import Path

from simulator import Fault
from tests.support.lookups import call

from .interruptions import cancel_order, come_back, load, unload
from .orders import CANCELED, OURS, write_ours
from .traces import open_below
from .troubles import Act, Layer, Scene, Trouble, at_path, clear, power_off

type Ends = Mapping[str, str | None]


# --- the request that counts, and its answer ----------------------------------------


def _of_the_order(fault: Fault, error: str | None, but: Ends) -> Trouble:
    """Return a trouble of one request only; all others are answered."""
    seconds = 20 if fault is Fault.DELAY else None
    return at_path(fault, "order", Layer.ORDER, error, seconds=seconds, but=but)


_LOST: Ends = {
    "upload": "upload_unanswered",
    "upload_and_print": "upload_unanswered",
}
"""The printer did nothing, and its answer hides that: its state decides."""

_HAPPENED: Ends = {
    "upload": "unreadable",
    "upload_and_print": None,
    "print_file": None,
}
"""The printer did it, and only its answer is broken."""

_DENIED: Ends = {
    "upload": "unreadable",
    "upload_and_print": "unreadable",
}
"""The printer did nothing and did not answer."""

_ORDERS = (
    _of_the_order(Fault.HANG, "unreachable", _LOST),
    _of_the_order(
        Fault.CUT, "unreachable", {**_HAPPENED, "upload": "upload_unanswered"}
    ),
    _of_the_order(
        Fault.DELAY, "unreachable", {**_LOST, "upload": None, "upload_and_print": None}
    ),
    _of_the_order(Fault.TRUNCATED, "unreadable", _HAPPENED),
    _of_the_order(Fault.EMPTY, "unreadable", _HAPPENED),
    _of_the_order(Fault.FLOOD, "unreadable", _HAPPENED),
    _of_the_order(Fault.GARBAGE, "unreadable", _DENIED),
    _of_the_order(Fault.HTML, "unreadable", _DENIED),
    _of_the_order(Fault.HTTP_500, "unreadable", _DENIED),
    _of_the_order(Fault.DEEP, "unreadable", _DENIED),
    _of_the_order(Fault.WRONG_TYPE, None, {}),
    _of_the_order(Fault.BROKEN_TEXT, None, {}),
    _of_the_order(Fault.DUPLICATES, None, {}),
    _of_the_order(Fault.WRONG_CODE, "wrong_code", {}),
    _of_the_order(Fault.LAN_MODE_OFF, "lan_mode_off", {}),
)


# --- a file on its way ----------------------------------------------------------------


def _slowed(
    fault: Fault, error: str | None, *, seconds: float | None, name: str | None = None
) -> Trouble:
    async def begin(scene: Scene) -> None:
        scene.printer.faults.add(fault, seconds=seconds)

    return Trouble(
        name=name or fault.value,
        layer=Layer.FILE,
        begin=begin,
        end=clear,
        error=error,
    )


async def _drag_on(scene: Scene) -> None:
    """Let each megabyte be in time, but not all of them together."""
    file = partial(write_ours, scene.folder, size=48 << 20)
    await scene.hass.async_add_executor_job(file)
    scene.printer.faults.add(Fault.SLOW_UPLOAD, seconds=20)


async def _drag_no_more(scene: Scene) -> None:
    """Let the printer, which reads slowly, notice that the upload has ended."""
    await clear(scene)
    await _write_file(scene)


def _halfway(
    name: str, act: Act, error: str | None, *, end: Act = clear, goes_on: bool = False
) -> Trouble:
    """Return a trouble that begins when the printer has half of a file."""

    async def begin(scene: Scene) -> None:
        scene.printer.faults.add(Fault.STALL_UPLOAD)

        async def meanwhile(scene: Scene) -> None:
            assert scene.printer.faults.held
            await act(scene)
            if goes_on:
                scene.printer.faults.clear()

        scene.meanwhile = meanwhile

    return Trouble(
        name=f"{name}_halfway",
        layer=Layer.FILE,
        begin=begin,
        end=end,
        error=error,
    )


async def _cancel_upload(scene: Scene) -> None:
    await call(scene.hass, "button", "press", scene.printer, "cancel_upload")


def _sent_from(scene: Scene) -> tuple[Path, int]:
    """Return the file that is being sent, and its open handle."""
    held = open_below(scene.folder.parent)
    [(path, handle)] = [each for each in held.items() if each[0].endswith(OURS)]
    return Path(path), handle


async def _change_file(scene: Scene) -> None:
    path, _ = _sent_from(scene)
    await scene.hass.async_add_executor_job(os.truncate, path, 1 << 20)


async def _remove_file(scene: Scene) -> None:
    """Remove it; an open file can still be read to its end."""
    path, _ = _sent_from(scene)
    await scene.hass.async_add_executor_job(path.unlink)


async def _write_file(scene: Scene) -> None:
    scene.printer.faults.clear()
    file = partial(write_ours, scene.folder, size=scene.size)
    await scene.hass.async_add_executor_job(file)


async def _lose_disk(scene: Scene) -> None:
    """Let the open file become unreadable, as when the disk is removed."""
    _, handle = _sent_from(scene)
    unreadable = os.open("/dev/null", os.O_WRONLY)
    os.dup2(unreadable, handle)
    os.close(unreadable)


async def _fill(scene: Scene) -> None:
    scene.printer.machine.free_storage_gb = 0.001


async def _make_room(scene: Scene) -> None:
    scene.printer.machine.free_storage_gb = 5


async def _refuse_early(scene: Scene) -> None:
    """Let the printer's storage fill up after its free space was read."""
    scene.printer.overrides["remainingDiskSpace"] = 5.0
    scene.printer.quirks = replace(scene.printer.quirks, refuses_uploads_early=True)
    await _fill(scene)


async def _refuse_no_more(scene: Scene) -> None:
    del scene.printer.overrides["remainingDiskSpace"]
    await _make_room(scene)


_FILES = (
    _slowed(Fault.CUT_UPLOAD, "upload_failed", seconds=None),
    _slowed(Fault.STALL_UPLOAD, "upload_stalled", seconds=None),
    _slowed(Fault.STALL_UPLOAD, None, seconds=25, name="short_stall"),
    _slowed(Fault.SLOW_UPLOAD, None, seconds=4),
    Trouble(
        name="endless_upload",
        layer=Layer.FILE,
        begin=_drag_on,
        end=_drag_no_more,
        error="upload_too_slow",
    ),
    _slowed(Fault.REFUSE_UPLOAD, "refused", seconds=None),
    _halfway("power_off", power_off, "upload_failed", end=come_back),
    _halfway("canceled", _cancel_upload, "upload_canceled"),
    _halfway("call_canceled", cancel_order, CANCELED),
    _halfway("unloaded", unload, "upload_canceled", end=load),
    _halfway(
        "file_changed", _change_file, "file_changed", end=_write_file, goes_on=True
    ),
    _halfway("file_removed", _remove_file, None, end=_write_file, goes_on=True),
    _halfway("disk_lost", _lose_disk, "file_lost", goes_on=True),
    Trouble(
        name="full",
        layer=Layer.FILE,
        begin=_fill,
        end=_make_room,
        error="no_space",
    ),
    Trouble(
        name="full_unseen",
        layer=Layer.FILE,
        begin=_refuse_early,
        end=_refuse_no_more,
        error="refused",
    ),
)


# --- a print that has to begin ----------------------------------------------------------


async def _cancel_unanswered(scene: Scene) -> None:
    """Let the action be canceled after everything was sent."""
    scene.printer.faults.add(Fault.HANG, path=scene.path)
    scene.meanwhile = cancel_order


async def _unload_unanswered(scene: Scene) -> None:
    scene.printer.faults.add(Fault.HANG, path=scene.path)
    scene.meanwhile = unload


async def _go_off_unanswered(scene: Scene) -> None:
    scene.printer.faults.add(Fault.HANG, path=scene.path)
    scene.meanwhile = power_off


_STARTS = (
    Trouble(
        name="canceled_unanswered",
        layer=Layer.START,
        begin=_cancel_unanswered,
        end=clear,
        error=CANCELED,
    ),
    Trouble(
        name="unloaded_unanswered",
        layer=Layer.START,
        begin=_unload_unanswered,
        end=load,
        error="upload_unanswered",
        but={"print_file": "abandoned"},
    ),
    Trouble(
        name="power_off_unanswered",
        layer=Layer.START,
        begin=_go_off_unanswered,
        end=come_back,
        error="upload_unanswered",
        but={"print_file": "unreachable"},
    ),
)

MISHAPS: tuple[Trouble, ...] = _ORDERS + _FILES + _STARTS
