"""A file of 200 MB through the action: little memory, and polls that keep their time."""

import asyncio
from collections.abc import Generator
from itertools import pairwise
from pathlib import Path
import tracemalloc

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.printer.pace import POLL_ACTIVE
from simulator import Fault, Printer, StoredFile, write_sliced

from ..support.lookups import device_of, state_of
from ..support.timing import Time

SIZE = 200_000_000
STALLED = 25
"""Seconds, less than an upload may stand still."""

MOST_MEMORY = 16_000_000
"""Bytes, those of the virtual printer among them, which has a megabyte or two."""


@pytest.fixture
def large(hass: HomeAssistant, tmp_path: Path) -> Generator[Path]:
    """Return a large file that Home Assistant may read; it does not stay on the disk."""
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    path = tmp_path / "large.gcode"
    write_sliced(path, StoredFile(path.name), size=SIZE)
    yield path
    path.unlink()


@pytest.fixture
def traced() -> Generator[None]:
    """Trace all memory from now on."""
    tracemalloc.start()
    yield
    tracemalloc.stop()


async def test_a_large_upload_leaves_room_and_time_for_all_else(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    time: Time,
    large: Path,
    traced: None,
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await loaded.runtime_data.async_refresh()
    printer.faults.add(Fault.STALL_UPLOAD)
    printer.requests.clear()
    before, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()

    upload = asyncio.ensure_future(
        hass.services.async_call(
            DOMAIN,
            "upload_file",
            {"device_id": device_of(hass, printer), "path": str(large)},
            blocking=True,
            return_response=True,
        )
    )
    # Half of it goes out before the printer takes nothing more for a while.
    await time.passes(STALLED)
    assert printer.faults.held == 1
    shown = state_of(hass, "sensor", printer, "upload_progress").state
    assert 45 <= float(shown) <= 55
    printer.faults.clear()
    response = await time.passes_until(upload)
    _, peak = tracemalloc.get_traced_memory()

    assert response is not None
    assert response["file_name"] == printer.files[0].name == large.name
    assert response["size"] == printer.files[0].size >= SIZE
    assert peak - before < MOST_MEMORY
    polls = [each.time for each in printer.requests if each.path == "/detail"]
    interval = POLL_ACTIVE.total_seconds()
    assert len(polls) >= STALLED / interval
    # Time moves by whole seconds here.
    assert max(late - early for early, late in pairwise(polls)) <= interval + 1
