"""Which picture is shown after a restart."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import restore_state
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.image import picture_file
from simulator import Fault, Printer
from simulator.print_files.thumbnails import thumbnail

from ..conftest import PassTime
from ..support.lookups import entity_id, restart

type Look = Callable[[], Awaitable[bytes | None]]


@pytest.fixture
def look(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> Look:
    """Return what loads the picture of the job."""

    async def ask() -> bytes | None:
        session = await hass_client()
        picture = entity_id(hass, "image", printer, "job_thumbnail")
        response = await session.get(f"/api/image_proxy/{picture}")
        return await response.read() if response.status == HTTPStatus.OK else None

    return ask


async def begin(printer: Printer, pass_time: PassTime, file: str) -> None:
    """Let a job print for some time."""
    printer.machine.start_job(file)
    await pass_time(16)
    printer.machine.finish_warm_up()
    await pass_time(60, step=5)


async def end(printer: Printer, pass_time: PassTime) -> None:
    """Let the job end, and take the print off the plate."""
    printer.machine.finish_job()
    await pass_time(16)
    printer.machine.clear_plate()
    await pass_time(16)


def slice_anew(printer: Printer) -> tuple[str, bytes]:
    """Let another model be sliced under the name of the first file."""
    name = printer.files[0].name
    printer.files[0] = replace(printer.files[1], name=name)
    return name, thumbnail(printer.files[0])


@pytest.mark.parametrize("seen_first", [True, False])
async def test_next_job_of_the_same_file_after_a_restart_in_mid_job(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    look: Look,
    seen_first: bool,
) -> None:
    name = printer.files[0].name
    await begin(printer, pass_time, name)
    first = await look()
    assert first == thumbnail(printer.files[0])
    if not seen_first:
        printer.faults.add(Fault.HTTP_500, path="/detail")
    await restart(hass, loaded)
    printer.faults.clear()
    await pass_time(60)
    assert await look() == first

    await end(printer, pass_time)
    assert await look() == first
    _, second = slice_anew(printer)
    await begin(printer, pass_time, name)

    assert await look() == second != first


async def test_job_of_the_same_file_that_began_during_the_restart(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    look: Look,
) -> None:
    await begin(printer, pass_time, printer.files[0].name)
    first = await look()
    assert await hass.config_entries.async_unload(loaded.entry_id)
    printer.machine.finish_job()
    printer.machine.clear_plate()
    name, second = slice_anew(printer)
    printer.machine.start_job(name)

    assert await hass.config_entries.async_setup(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert await look() == second != first


async def test_picture_that_nobody_looked_at_is_not_the_one_on_disk(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    look: Look,
) -> None:
    one, other = printer.files[:2]
    await begin(printer, pass_time, one.name)
    assert await look() == thumbnail(one)
    await end(printer, pass_time)
    await begin(printer, pass_time, other.name)

    await restart(hass, loaded)

    assert await look() == thumbnail(other)


def _another(file: Path) -> None:
    file.write_bytes(b"\x89PNG\r\n\x1a\nof a job after the last time states were kept")


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _gone(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("spoil", [_another, _empty, _gone])
async def test_picture_on_disk_that_is_another_one(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    look: Look,
    spoil: Callable[[Path], None],
) -> None:
    await begin(printer, pass_time, printer.files[0].name)
    assert await look() == thumbnail(printer.files[0])
    assert await hass.config_entries.async_unload(loaded.entry_id)
    spoil(picture_file(hass, loaded.entry_id))

    assert await hass.config_entries.async_setup(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert await look() == thumbnail(printer.files[0])
    assert printer.count("/gcodeThumb") == 2


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"file": 7, "digest": None},
        {"file": "a.gcode"},
        {"file": "a.gcode", "digest": "x", "elapsed": "long", "later": {"a": []}},
    ],
)
async def test_what_was_kept_by_another_version(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    look: Look,
    stored: dict[str, Any],
) -> None:
    await begin(printer, pass_time, printer.files[0].name)
    assert await look() == thumbnail(printer.files[0])
    assert await hass.config_entries.async_unload(loaded.entry_id)
    kept = restore_state.async_get(hass).last_states
    picture = entity_id(hass, "image", printer, "job_thumbnail")
    kept[picture] = restore_state.StoredState(
        kept[picture].state,
        restore_state.RestoredExtraData(stored),
        kept[picture].last_seen,
    )

    assert await hass.config_entries.async_setup(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert await look() == thumbnail(printer.files[0])
