"""What a trouble may leave behind: a line in the log when it begins and ends."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
import logging
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util.async_ import get_scheduled_timer_handles

from custom_components.flashforge.actions.sent_files import KEPT_FOR
from custom_components.flashforge.const import DOMAIN
from simulator import Printer
from tests.support.internals import connections_in_use
from tests.support.timing import Time

OURS = "custom_components.flashforge"
ELSEWHERE = frozenset({"homeassistant.components.camera.img_util", "aiohttp.access"})
"""The first misses a library that is not needed here, the second a clock that moves."""


def failures(records: Iterable[logging.LogRecord]) -> list[str]:
    """Return all messages about errors."""
    return [
        each.getMessage()
        for each in records
        if each.levelno >= (logging.WARNING if each.exc_info else logging.ERROR)
        and each.name not in ELSEWHERE
    ]


def lines(records: Iterable[logging.LogRecord], level: int = logging.INFO) -> list[str]:
    """Return the messages of the integration."""
    return [
        each.getMessage()
        for each in records
        if each.name.startswith(OURS) and each.levelno >= level
    ]


def goings(lines: Iterable[str]) -> list[bool]:
    """Return the lines of one printer: True where it goes, False where it returns."""
    told = [
        ("does not answer" in line, "recovered" in line)
        for line in lines
        # A printer that moved has a line of its own.
        if "moved to another address" not in line
    ]
    assert all(gone is not back for gone, back in told), "a line says something else"
    return [gone for gone, _ in told]


def private(printer: Printer) -> set[str]:
    """Return the private data of a printer's owner."""
    files = {file.name for file in printer.files}
    codes = {printer.serial, printer.check_code, printer.mac}
    return files | codes | {printer.name, printer.host}


async def assert_nothing_is_left(
    hass: HomeAssistant, time: Time, printers: Iterable[Printer]
) -> None:
    """Unload all printers, and check that nothing of them is left."""
    for entry in hass.config_entries.async_entries(DOMAIN):
        assert await hass.config_entries.async_unload(entry.entry_id)
    if any("_run_async_call_action" in each for each in _timers(hass)):
        # A file that a person sent is kept for another try after a refusal.
        await time.passes(KEPT_FOR.total_seconds(), 600)
    # Longer than a connection is kept for the next request, and than a search takes.
    await time.passes(30, 5)

    clients = [
        (each.http_clients, each.camera_clients, each.line_clients, each.controlled)
        for each in printers
    ]
    assert set(clients) == {(0, 0, 0, False)}
    assert connections_in_use(async_get_clientsession(hass)) == 0
    tasks = [
        task for task in asyncio.all_tasks() if "flashforge" in task.get_name().lower()
    ]
    assert not tasks, tasks
    timers = [
        each
        for each in _timers(hass)
        if "flashforge" in each and "discovery" not in each
    ]
    assert not timers, timers


def _timers(hass: HomeAssistant) -> list[str]:
    return [repr(each) for each in get_scheduled_timer_handles(hass.loop)]


def open_below(folder: Path) -> dict[str, int]:
    """Return the open files in a folder, each with its handle."""
    held = {}
    for handle in Path("/proc/self/fd").iterdir():
        # The handle of this listing is closed already.
        with suppress(OSError):
            held[str(handle.readlink())] = int(handle.name)
    return {
        path: handle for path, handle in held.items() if path.startswith(str(folder))
    }


def assert_no_file_is_left(prints: Path, temporary: Path) -> None:
    """Check that no handle and no copy of a sent file is left."""
    assert open_below(prints) == {}
    assert open_below(temporary) == {}
    # A browser's upload is in a folder of Home Assistant until we take it.
    assert list(temporary.glob(f"{DOMAIN}-*")) == []
