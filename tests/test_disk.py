"""Disks that are full, clocks that jump and files that nobody expects."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
import logging
import os
from pathlib import Path
import resource
import shutil
import threading
from typing import Any

import aiohttp
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.camera import Image
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.actions import sent_files
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.disk import DRAFT, write_whole
from custom_components.flashforge.image import picture_file
from custom_components.flashforge.media import sliced_files as media_prints
from custom_components.flashforge.media.printer_folders import NoSuchMediaError
from custom_components.flashforge.printer.job import JobEnd, JobKey, JobResult
from custom_components.flashforge.prints import last_frames as finished
from custom_components.flashforge.prints.last_frames import async_get_finished_prints
from simulator import Printer, thumbnail

from .conftest import PassTime
from .support.lookups import device_of, entity_id

PACKAGE = "custom_components.flashforge"
JPEG = b"\xff\xd8" + bytes(40_000)
NEVER = "20990101T000000000000"


@contextmanager
def full_disk(most: int = 1024) -> Generator[None]:
    """Limit every file to so many bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def an_end(file: str = "a.gcode") -> JobEnd:
    """Return the end of a print, now."""
    return JobEnd(
        job=JobKey(number=1, file=file),
        result=JobResult.COMPLETED,
        time=dt_util.utcnow(),
    )


async def keep(
    hass: HomeAssistant, entry: MockConfigEntry, name: str = "a.gcode"
) -> None:
    """Keep a picture of a finished print."""
    prints = async_get_finished_prints(hass)
    await prints.async_add(entry.entry_id, an_end(name), Image("image/jpeg", JPEG))


async def kept(hass: HomeAssistant, entry: MockConfigEntry) -> list[str | None]:
    """Return the names of the prints that are kept, the newest first."""
    prints = async_get_finished_prints(hass)
    return [each.file for each in await prints.async_list(entry.entry_id)]


def folder_of(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    """Return where the pictures of finished prints lie."""
    return Path(hass.config.path(DOMAIN, "finished", entry.entry_id))


# Whole or not at all


@pytest.mark.parametrize("before", [None, b"the old one"])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, before: bytes | None
) -> None:
    file = tmp_path / "new" / "picture"
    if before is not None:
        write_whole(file, before)
    with full_disk(), pytest.raises(OSError):
        write_whole(file, JPEG)
    left = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}
    assert left == ({} if before is None else {"picture": before})
    write_whole(file, JPEG)
    assert file.read_bytes() == JPEG


async def test_a_full_disk_costs_only_the_last_frame(
    hass: HomeAssistant, loaded: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    await keep(hass, loaded, "old.gcode")
    with full_disk():
        await keep(hass, loaded, "new.gcode")
        await keep(hass, loaded, "newer.gcode")

    assert await kept(hass, loaded) == ["old.gcode"]
    assert len(list(folder_of(hass, loaded).iterdir())) == 1
    assert caplog.text.count("The last picture of a print cannot be kept") == 1
    await keep(hass, loaded, "newest.gcode")
    assert await kept(hass, loaded) == ["newest.gcode", "old.gcode"]


async def test_a_full_disk_costs_only_the_picture_of_the_job(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    session = await hass_client()
    url = f"/api/image_proxy/{entity_id(hass, 'image', printer, 'job_thumbnail')}"
    file = picture_file(hass, loaded.entry_id)
    printer.machine.start_job()
    await pass_time(16)
    first = await (await session.get(url)).read()
    assert file.read_bytes() == first
    printer.machine.finish_job()
    await pass_time(16)
    printer.machine.clear_plate()
    printer.machine.start_job(printer.files[1].name)
    await pass_time(16)
    with full_disk(10):
        second = await (await session.get(url)).read()

    assert second == thumbnail(printer.files[1]) != first
    assert file.read_bytes() == first
    assert not list(file.parent.glob(f"*{DRAFT}"))
    assert "The picture cannot be kept" in caplog.text
    ours = [each for each in caplog.records if each.name.startswith(PACKAGE)]
    assert not [each for each in ours if each.levelno >= logging.ERROR]


async def test_a_full_disk_refuses_a_file_from_the_browser(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    tmp_path: Path,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    assert await async_setup_component(hass, "file_upload", {})
    form = aiohttp.FormData()
    form.add_field("file", b"G28\n" * 5000, filename="keyring.gcode")
    answer = await (await hass_client()).post("/api/file_upload", data=form)
    file_id = (await answer.json())["file_id"]
    # As from one disk to another.
    monkeypatch.setattr("shutil.move", shutil.copyfile)

    with full_disk(), pytest.raises(HomeAssistantError) as raised:
        await hass.services.async_call(
            DOMAIN,
            "upload_file",
            {"device_id": device_of(hass, printer), "file": file_id},
            blocking=True,
        )

    assert raised.value.translation_key == "upload_not_taken"
    assert list(folder.glob(f"{DOMAIN}-*")) == []


async def test_what_a_power_cut_left_is_removed_at_the_start(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    temporary = tmp_path / "temporary"
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    prints, storage = folder_of(hass, entry), Path(hass.config.path(STORAGE_DIR))
    foreign = temporary / f"{DOMAIN}-of somebody else"
    for folder in (prints, storage, foreign):
        folder.mkdir(parents=True, exist_ok=True)
    whole = f"00000001_{NEVER}_completed_a.jpg"
    drafts = [
        prints / "draft",
        prints / f"{whole}{DRAFT}",
        storage / f"{DOMAIN}.{entry.entry_id}.picture{DRAFT}",
    ]
    others = [
        prints / whole,
        prints / f"mine{DRAFT}",
        storage / f"core{DRAFT}",
        storage / f"{DOMAIN}.{entry.entry_id}.picture",
    ]
    for path in (*drafts, *others):
        path.write_bytes(JPEG)
    taken = temporary / f"{sent_files.taken_prefix(hass)}abc"
    taken.mkdir()
    (taken / "keyring.gcode").write_bytes(b"G28")

    assert await async_setup_component(hass, DOMAIN, {})

    assert not [path for path in (*drafts, taken) if path.exists()]
    assert all(path.exists() for path in (*others, foreign))


# An entry that is removed


@pytest.mark.parametrize("begun", [True, False])
async def test_nothing_is_left_of_an_entry_that_is_removed_while_a_picture_is_written(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    begun: bool,
) -> None:
    writing, go_on = threading.Event(), threading.Event()
    fsync = os.fsync

    def slowly(number: int) -> None:
        writing.set()
        go_on.wait(10)
        fsync(number)

    monkeypatch.setattr("os.fsync", slowly)
    first = asyncio.ensure_future(keep(hass, loaded))
    await hass.async_add_executor_job(writing.wait, 10)
    # It waits for its turn.
    second = asyncio.ensure_future(keep(hass, loaded, "second.gcode"))
    if begun:
        await asyncio.sleep(0)
    for task in (first, second):
        task.cancel()
    removing = asyncio.ensure_future(hass.config_entries.async_remove(loaded.entry_id))
    for _ in range(50):
        await asyncio.sleep(0)
    go_on.set()
    await removing
    await asyncio.gather(first, second, return_exceptions=True)
    await hass.async_block_till_done()
    await hass.async_add_executor_job(lambda: None)

    assert not folder_of(hass, loaded).exists()
    await keep(hass, loaded)
    assert not folder_of(hass, loaded).exists()


# A clock that jumps


def old(hass: HomeAssistant, entry: MockConfigEntry, moment: str, name: str) -> Path:
    """Write a picture as version 0.1.0 did."""
    folder = folder_of(hass, entry)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{moment}_completed_{name}.jpg"
    path.write_bytes(JPEG)
    return path


async def test_pictures_from_the_future_do_not_drive_out_new_ones(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    for number in range(finished.MOST_OF_A_PRINTER):
        old(hass, loaded, f"{NEVER[:-2]}{number:02}", f"{number}")

    for name in ("first", "second"):
        await keep(hass, loaded, name)

    names = await kept(hass, loaded)
    assert len(names) == finished.MOST_OF_A_PRINTER
    assert names[:3] == ["second", "first", "49"]
    assert names[-1] == "2"


async def test_a_clock_that_jumps_does_not_change_the_order(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finished, "MOST_OF_A_PRINTER", 3)
    years = ("2026", "1970", "2099", "2027", "1999")
    for year in years:
        freezer.move_to(f"{year}-01-02T03:04:05+00:00")
        await keep(hass, loaded, year)

    assert await kept(hass, loaded) == ["1999", "2027", "2099"]
    prints = await async_get_finished_prints(hass).async_list(loaded.entry_id)
    assert [f"{each.time:%Y}" for each in prints] == ["1999", "2027", "2099"]


async def test_the_space_is_shared_by_order_and_not_by_the_clock(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = MockConfigEntry(domain=DOMAIN)
    other.add_to_hass(hass)
    monkeypatch.setattr(finished, "MOST_BYTES", 2 * len(JPEG))
    for entry, year in ((other, "2099"), (other, "2020"), (loaded, "2001")):
        freezer.move_to(f"{year}-01-02T03:04:05+00:00")
        await keep(hass, entry, year)

    assert await kept(hass, loaded) == ["2001"]
    assert await kept(hass, other) == ["2020"]


async def test_a_printer_whose_folder_is_broken_costs_the_others_nothing(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    folder = folder_of(hass, loaded).with_name("broken")
    folder.parent.mkdir(parents=True)
    folder.symlink_to(folder)
    await keep(hass, loaded)
    assert await kept(hass, loaded) == ["a.gcode"]


# Names in media folders

NAMES = (
    "a..b.gcode",
    "a~b.3mf",
    "~.gx",
    "50 %.gcode",
    "a#b?.gcode",
    "é.gcode",
    "杯子🐉.3mf",
    "a\\b.gcode",
    " spaced .g",
    "a\nb.gcode",
)


@pytest.fixture
def media(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return the only media folder, with a file that has no name in UTF-8."""
    folder = tmp_path / "media"
    inner = folder / "to..ys~"
    inner.mkdir(parents=True)
    for name in NAMES:
        (folder / name).write_bytes(b"G28")
    (inner / "car..gx").write_bytes(b"G28")
    for bad in (b"bad\xff.gcode", b"folder\xfe"):
        path = os.path.join(os.fsencode(folder), bad)  # noqa: PTH118 - no text, no Path
        if bad.endswith(b".gcode"):
            with open(path, "wb") as file:  # noqa: PTH123
                file.write(b"G28")
        else:
            os.mkdir(path)  # noqa: PTH102
    hass.config.media_dirs = {"local": str(folder)}
    return folder


async def test_what_is_listed_can_be_taken(hass: HomeAssistant, media: Path) -> None:
    async def walk(location: str) -> list[str]:
        found: list[str] = []
        for item in await media_prints.async_list(hass, location):
            assert item.identifier is not None
            inside = item.identifier.removeprefix(f"{media_prints.PRINTS}/")
            if item.can_expand:
                found += await walk(inside)
                continue
            picked = await media_prints.async_resolve(hass, inside)
            assert picked.path is not None
            assert picked.path.read_bytes() == b"G28"
            found.append(item.title)
        return found

    found = await walk("local")

    assert sorted(found) == sorted([*NAMES, "car..gx"])
    for title in found:
        title.encode()


@pytest.mark.parametrize(
    "location",
    [
        "local/../secret.gcode",
        "local/to..ys~/../a..b.gcode",
        "local/./a..b.gcode",
        "local//a..b.gcode",
        "local/.hidden.gcode",
        "local/a\0b.gcode",
        "local/bad\udcff.gcode",
        "..",
        "",
    ],
)
async def test_what_is_not_listed_cannot_be_taken(
    hass: HomeAssistant, media: Path, location: str
) -> None:
    for name in ("secret.gcode", "media/.hidden.gcode"):
        (media.parent / name).write_bytes(b"G28")
    with pytest.raises(NoSuchMediaError):
        await media_prints.async_resolve(hass, location)


async def test_a_strange_name_is_uploaded(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, media: Path
) -> None:
    assert await async_setup_component(hass, "media_source", {})
    call: dict[str, Any] = {
        "device_id": device_of(hass, printer),
        "media": f"media-source://{DOMAIN}/prints/local/a..b.gcode",
    }
    await hass.services.async_call(DOMAIN, "upload_file", call, blocking=True)
    assert printer.files[0].name == "a_.b.gcode"
