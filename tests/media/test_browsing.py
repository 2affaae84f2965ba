"""The media browser, the pictures in it and what is kept of finished prints."""

import asyncio
from dataclasses import replace
from http import HTTPStatus
import logging
import os
from pathlib import Path
from typing import Any, Protocol

from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.flashforge.const import DOMAIN, OPTION_CAMERA
from custom_components.flashforge.media.views import (
    decode_name,
    encode_name,
    thumbnail_url,
)
from custom_components.flashforge.prints import last_frames as finished
from simulator import Fault, Printer
from simulator.print_files.thumbnails import thumbnail

from ..conftest import MakePrinter, PassTime, SetUp, make_entry
from ..support.lookups import device_of, entity_id

JPEG = b"\xff\xd8"
ROOT = "media-source://flashforge"


PRINTS = "Print files in media folders"


@pytest.fixture(autouse=True)
async def media_source(hass: HomeAssistant) -> None:
    """Set up the media browser, and register every address before the first request."""
    for component in (DOMAIN, "media_source", "websocket_api"):
        assert await async_setup_component(hass, component, {})


class Ask(Protocol):
    """Sends the commands of the media browser."""

    async def __call__(self, what: str, path: str) -> dict[str, Any]:
        """Return the answer to a command about the item at a path."""


@pytest.fixture
def ask(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> Ask:
    """Return what sends commands over the websocket, as Home Assistant's page does."""

    async def answer(what: str, path: str) -> dict[str, Any]:
        # A connection that stays open is dropped when a test moves the clock.
        socket = await hass_ws_client(hass)
        await socket.send_json_auto_id(
            {"type": f"media_source/{what}", "media_content_id": f"{ROOT}{path}"}
        )
        reply: dict[str, Any] = await socket.receive_json()
        await socket.close()
        return reply

    return answer


class Picture(Protocol):
    """Loads pictures as the page of Home Assistant does."""

    async def __call__(self, file: str) -> bytes:
        """Return the picture of a file on the printer."""


@pytest.fixture
async def picture(
    loaded: MockConfigEntry, hass_client: ClientSessionGenerator
) -> Picture:
    """Return what loads the pictures of files on the printer."""
    session = await hass_client()

    async def load(file: str) -> bytes:
        response = await session.get(thumbnail_url(loaded.entry_id, file))
        assert response.status == HTTPStatus.OK
        return await response.read()

    return load


async def children(ask: Ask, path: str) -> list[dict[str, Any]]:
    """Return what is in a folder."""
    reply = await ask("browse_media", path)
    assert reply["success"], reply["error"]
    found: list[dict[str, Any]] = reply["result"]["children"]
    return found


async def titles(ask: Ask, path: str) -> list[str]:
    """Return the titles of what is in a folder."""
    return [child["title"] for child in await children(ask, path)]


async def refusal(ask: Ask, what: str, path: str) -> str:
    """Return the message, without its full stop, with which a command is refused."""
    reply = await ask(what, path)
    assert not reply["success"]
    assert reply["error"]["code"] == f"{what}_failed"
    sentence: str = reply["error"]["message"]
    return sentence


def folder_of(hass: HomeAssistant, entry: MockConfigEntry) -> Path:
    """Return where the pictures of finished prints lie."""
    return Path(hass.config.path("flashforge", "finished", entry.entry_id))


async def print_one(printer: Printer, pass_time: PassTime, file: str) -> None:
    """Print a file, and take it off the plate."""
    printer.machine.start_job(file)
    await pass_time(16)
    printer.machine.finish_job()
    await pass_time(6)
    printer.machine.clear_plate()
    await pass_time(16)


# --- files on the printer ---


@pytest.mark.usefixtures("loaded")
async def test_folders(
    ask: Ask, entry: MockConfigEntry, make_printer: MakePrinter, set_up: SetUp
) -> None:
    await set_up(make_entry(await make_printer("creator5")))

    assert await titles(ask, "") == ["AD5X", "Creator 5", PRINTS]
    assert await titles(ask, f"/{entry.entry_id}") == [
        "Files on the printer",
        "Finished prints",
    ]
    assert await titles(ask, f"/{entry.entry_id}/finished") == []


async def test_files_show_what_is_known_of_them(
    ask: Ask, printer: Printer, loaded: MockConfigEntry
) -> None:
    assert await titles(ask, f"/{loaded.entry_id}/files") == [
        "FISH_PLA.3mf · 2 h 51 min · PLA · 21.6 g",
        "multi_color_test.3mf · 30 min · PLA · 29.7 g",
        "single_direct.gcode · 16 min · PETG · 4 g",
    ]


@pytest.mark.parametrize("model", ["5m"])
async def test_files_of_which_only_names_are_known(
    ask: Ask, printer: Printer, loaded: MockConfigEntry
) -> None:
    assert await titles(ask, f"/{loaded.entry_id}/files") == [
        file.name for file in printer.files
    ]


@pytest.mark.usefixtures("loaded")
async def test_polls_ask_for_no_files(printer: Printer, pass_time: PassTime) -> None:
    # The select entity has asked once, when the printer was first seen.
    assert printer.count("/gcodeList") == 1
    await pass_time(120)

    assert printer.count("/detail") > 5
    assert printer.count("/gcodeList") == 1
    assert printer.count("/gcodeThumb") == 0


async def test_pictures_are_asked_for_once(
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    session = await hass_client()
    seen = []
    for _ in range(2):
        for child in await children(ask, f"/{loaded.entry_id}/files"):
            response = await session.get(child["thumbnail"])
            assert response.status == HTTPStatus.OK
            assert response.content_type == "image/png"
            seen.append(await response.read())

    assert seen == 2 * [thumbnail(file) for file in printer.files]
    # The select entity has asked, too, when the printer was first seen.
    assert printer.count("/gcodeList") == 3
    assert printer.count("/gcodeThumb") == 3


async def test_file_resolves_to_its_picture(
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    first = (await children(ask, f"/{loaded.entry_id}/files"))[0]

    reply = await ask("resolve_media", first["media_content_id"].removeprefix(ROOT))

    assert reply["result"]["mime_type"] == "image/png"
    assert printer.serial not in reply["result"]["url"]
    assert printer.check_code not in reply["result"]["url"]
    session = await hass_client_no_auth()
    # The address is signed, so it works without a login.
    response = await session.get(reply["result"]["url"])
    assert await response.read() == thumbnail(printer.files[0])


async def test_picture_is_asked_for_again_when_the_file_changed(
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    session = await hass_client()
    path = f"/{loaded.entry_id}/files"
    for child in await children(ask, path):
        await session.get(child["thumbnail"])

    printer.files[0] = replace(printer.files[0], print_seconds=600)
    for child in await children(ask, path):
        await session.get(child["thumbnail"])

    assert printer.count("/gcodeThumb") == 4


@pytest.mark.parametrize("model", ["5m"])
async def test_picture_is_asked_for_again_when_a_job_begins_with_the_file(
    printer: Printer, picture: Picture, pass_time: PassTime
) -> None:
    file = printer.files[0].name
    assert await picture(file) == thumbnail(printer.files[0])

    printer.machine.start_job(file)
    await pass_time(16)
    await picture(file)

    assert printer.count("/gcodeThumb") == 2


async def test_offline_printer_has_no_files_to_show(
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    first = (await children(ask, f"/{loaded.entry_id}/files"))[0]
    await printer.power_off()
    await pass_time(60)
    asked = len(printer.requests)

    told = await refusal(ask, "browse_media", f"/{loaded.entry_id}/files")
    path = first["media_content_id"].removeprefix(ROOT)
    assert await refusal(ask, "resolve_media", path) == told
    assert told.startswith("The printer does not answer.")
    response = await (await hass_client()).get(first["thumbnail"])
    assert response.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert len(printer.requests) == asked

    # Kept pictures are on our own disk.
    assert await titles(ask, f"/{loaded.entry_id}/finished") == []


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault.HTML, "The answer of the printer cannot be read"),
        (Fault.HTTP_500, "The answer of the printer cannot be read"),
        (Fault.LAN_MODE_OFF, "LAN mode is switched off"),
    ],
)
async def test_list_that_cannot_be_had(
    ask: Ask, printer: Printer, loaded: MockConfigEntry, fault: Fault, sentence: str
) -> None:
    printer.faults.add(fault, path="/gcodeList")

    path = f"/{loaded.entry_id}/files"
    assert (await refusal(ask, "browse_media", path)).startswith(sentence)

    printer.faults.clear()
    assert len(await titles(ask, path)) == 3


async def test_file_without_a_picture(
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    gone = encode_name("never there.gcode")

    assert (
        await refusal(ask, "resolve_media", f"/{loaded.entry_id}/files/{gone}")
        == "The printer has no picture of this file, and files cannot be downloaded from it"
    )
    url = f"/api/flashforge/thumbnail/{loaded.entry_id}/{gone}"
    assert (await (await hass_client()).get(url)).status == HTTPStatus.NOT_FOUND
    assert printer.count("/gcodeThumb") == 1


async def test_file_without_a_picture_is_no_error_of_the_page(
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    plain = replace(printer.files[0], name="plain.gcode", preview=b"")
    printer.files.insert(0, plain)
    await children(ask, f"/{loaded.entry_id}/files")

    session = await hass_client()
    response = await session.get(thumbnail_url(loaded.entry_id, plain.name))

    assert response.status == HTTPStatus.NO_CONTENT
    assert await response.read() == b""


async def test_one_picture_at_a_time(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, picture: Picture
) -> None:
    printer.faults.add(Fault.HANG, path="/gcodeThumb")
    tasks = [hass.async_create_task(picture(file.name)) for file in printer.files]
    while not printer.count("/gcodeThumb"):  # noqa: ASYNC110
        await asyncio.sleep(0)
    # The first one may have been sliced anew while it was on its way.
    printer.machine.start_job(printer.files[0].name)
    await loaded.runtime_data.async_refresh()
    assert printer.count("/gcodeThumb") == 1

    printer.faults.clear()
    pictures = [await task for task in tasks]

    assert pictures == [thumbnail(file) for file in printer.files]
    for file in printer.files:
        await picture(file.name)
    assert printer.count("/gcodeThumb") == 4


async def test_memory_for_pictures_is_bounded(
    printer: Printer, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "custom_components.flashforge.printer.stored_files.MOST_PICTURES", 2
    )
    one, two, three = (file.name for file in printer.files)
    for file in (one, two, one, three, one):
        await picture(file)
    assert printer.count("/gcodeThumb") == 3

    await picture(two)
    assert printer.count("/gcodeThumb") == 4

    monkeypatch.setattr(
        "custom_components.flashforge.printer.stored_files.MOST_BYTES", 10
    )
    await picture(three)
    await picture(three)
    assert printer.count("/gcodeThumb") == 6


# --- identifiers and addresses ---


@pytest.mark.parametrize(
    "path",
    [
        "/nobody",
        "/nobody/files",
        "/{entry}/secrets",
        "/{entry}/files/x",
        "/{entry}/finished/../../secrets.yaml",
        "/{entry}/../files",
    ],
)
async def test_identifier_that_leads_nowhere(
    ask: Ask, loaded: MockConfigEntry, path: str
) -> None:
    path = path.format(entry=loaded.entry_id)
    sentence = "This item no longer exists. Go back and open the list again"

    assert await refusal(ask, "browse_media", path) == sentence
    assert await refusal(ask, "resolve_media", path) == sentence


@pytest.mark.parametrize("path", ["", "/{entry}", "/{entry}/files", "/{entry}/files/"])
async def test_folder_resolves_to_nothing(
    ask: Ask, loaded: MockConfigEntry, path: str
) -> None:
    path = path.format(entry=loaded.entry_id)

    assert "no longer exists" in await refusal(ask, "resolve_media", path)


async def test_entry_of_somebody_else(hass: HomeAssistant, ask: Ask) -> None:
    other = MockConfigEntry(domain="sun")
    other.add_to_hass(hass)

    assert "no longer exists" in await refusal(
        ask, "browse_media", f"/{other.entry_id}"
    )


async def test_printer_that_is_not_loaded(
    hass: HomeAssistant,
    ask: Ask,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    await hass.config_entries.async_set_disabled_by(
        loaded.entry_id, ConfigEntryDisabler.USER
    )

    assert await titles(ask, "") == [PRINTS]
    told = await refusal(ask, "browse_media", f"/{loaded.entry_id}/files")
    assert told.startswith("AD5X is not set up at the moment.")
    url = f"/api/flashforge/thumbnail/{loaded.entry_id}/{encode_name('a.gcode')}"
    assert (await (await hass_client()).get(url)).status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("kind", ["thumbnail", "finished"])
@pytest.mark.parametrize(
    "item",
    [
        encode_name("../../etc/passwd"),
        encode_name("..\\secrets"),
        encode_name("a\0b"),
        "%2e%2e%2f%2e%2e%2fsecrets.yaml",
        "..%2F..%2Fsecrets.yaml",
        "é",
        "A",
        "_w",
    ],
)
async def test_address_that_leads_elsewhere_is_refused(
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    kind: str,
    item: str,
) -> None:
    session = await hass_client()

    response = await session.get(f"/api/flashforge/{kind}/{loaded.entry_id}/{item}")

    # Home Assistant itself refuses the plainest attempts.
    assert response.status in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}
    assert printer.count("/gcodeThumb") == 0


@pytest.mark.parametrize("kind", ["thumbnail", "finished"])
async def test_stranger_sees_no_picture(
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
    kind: str,
) -> None:
    name = encode_name(printer.files[0].name)
    session = await hass_client_no_auth()

    response = await session.get(f"/api/flashforge/{kind}/{loaded.entry_id}/{name}")

    assert response.status == HTTPStatus.UNAUTHORIZED
    assert printer.count("/gcodeThumb") == 0


@pytest.mark.parametrize("name", ["a.gcode", "Würfel 20 %.3mf", "小熊.gcode", "a~b?&#"])
def test_every_name_fits_into_an_address(name: str) -> None:
    encoded = encode_name(name)

    assert encoded.replace("-", "").replace("_", "").isalnum()
    assert decode_name(encoded) == name


# --- finished prints ---


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_finished_prints_are_kept(
    hass: HomeAssistant,
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    first, second = (file.name for file in printer.files[:2])
    await print_one(printer, pass_time, first)
    await print_one(printer, pass_time, second)

    path = f"/{loaded.entry_id}/finished"
    found = await children(ask, path)

    today = f"{dt_util.now():%Y-%m-%d}"
    assert [child["title"][:-6] for child in found] == [
        f"{second} · {today}",
        f"{first} · {today}",
    ]
    response = await (await hass_client()).get(found[0]["thumbnail"])
    assert response.content_type == "image/jpeg"
    assert (await response.read()).startswith(JPEG)
    reply = await ask("resolve_media", found[0]["media_content_id"].removeprefix(ROOT))
    assert reply["result"]["mime_type"] == "image/jpeg"
    assert reply["result"]["url"].startswith(found[0]["thumbnail"])
    # One connection for each; all were given back.
    assert printer.camera_connections == 2

    await hass.config_entries.async_reload(loaded.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert [child["title"] for child in await children(ask, path)] == [
        child["title"] for child in found
    ]

    await hass.config_entries.async_remove(loaded.entry_id)
    await hass.async_block_till_done()
    assert not folder_of(hass, loaded).exists()


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_print_that_ended_before_a_restart_is_not_kept_twice(
    hass: HomeAssistant,
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.machine.start_job()
    await pass_time(16)
    printer.machine.finish_job()
    await pass_time(60)
    path = f"/{loaded.entry_id}/finished"
    assert len(await titles(ask, path)) == 1

    await hass.config_entries.async_reload(loaded.entry_id)
    await pass_time(60)

    assert len(await titles(ask, path)) == 1


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_failed_print_is_kept_and_a_canceled_one_is_not(
    ask: Ask, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(16)
    printer.machine.cancel()
    await pass_time(30)
    printer.machine.clear_plate()
    await pass_time(16)
    path = f"/{loaded.entry_id}/finished"
    assert await titles(ask, path) == []

    printer.machine.start_job()
    await pass_time(16)
    printer.machine.fail("E0009")
    await pass_time(60)

    (title,) = await titles(ask, path)
    assert title.startswith(printer.files[0].name)
    assert title.endswith(" · failed")


@pytest.mark.parametrize("model", ["5m"])
async def test_without_a_camera_nothing_is_kept(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, pass_time: PassTime
) -> None:
    await print_one(printer, pass_time, printer.files[0].name)

    assert not folder_of(hass, loaded).exists()


@pytest.mark.parametrize("model", ["5m"])
async def test_camera_beside_the_printer_serves_as_well(
    hass: HomeAssistant,
    ask: Ask,
    printer: Printer,
    make_printer: MakePrinter,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    other = await make_printer("5m_pro")
    await set_up(make_entry(other))
    camera = entity_id(hass, "camera", other, "camera")
    entry = make_entry(printer, **{OPTION_CAMERA: camera})
    await set_up(entry)

    await print_one(printer, pass_time, printer.files[0].name)

    assert len(await titles(ask, f"/{entry.entry_id}/finished")) == 1
    assert other.camera_connections == 1


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_camera_that_gives_nothing_costs_only_the_picture(
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    printer.machine.start_job()
    await pass_time(16)
    printer.has_camera = False
    printer.machine.finish_job()
    await pass_time(30)

    assert await titles(ask, f"/{loaded.entry_id}/finished") == []
    assert printer.camera_connections == 0
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


@pytest.mark.parametrize("model", ["creator5_pro"])
@pytest.mark.parametrize(("cleared", "kept"), [(False, 1), (True, 0)])
async def test_camera_in_use_gives_its_picture_later(
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    cleared: bool,
    kept: int,
) -> None:
    reader, slicer = await asyncio.open_connection(printer.host, printer.camera_port)
    slicer.write(b"GET /?action=stream HTTP/1.0\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    printer.machine.start_job()
    await pass_time(16)
    printer.machine.finish_job()
    await pass_time(30)
    path = f"/{loaded.entry_id}/finished"
    assert await titles(ask, path) == []

    slicer.close()
    await slicer.wait_closed()
    if cleared:
        printer.machine.clear_plate()
    await pass_time(45)

    assert len(await titles(ask, path)) == kept


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_disk_that_takes_and_gives_nothing(
    hass: HomeAssistant,
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = folder_of(hass, loaded)
    folder.parent.mkdir(parents=True)
    folder.symlink_to(folder)
    complaint = "The last picture of a print cannot be kept"
    path = f"/{loaded.entry_id}/finished"

    for _ in range(2):
        await print_one(printer, pass_time, printer.files[0].name)

    assert caplog.text.count(complaint) == 1
    told = "The pictures of finished prints cannot be read from Home Assistant's disk"
    assert await refusal(ask, "browse_media", path) == told
    assert await refusal(ask, "resolve_media", f"{path}/x") == told

    folder.unlink()
    await print_one(printer, pass_time, printer.files[0].name)
    assert len(await titles(ask, path)) == 1
    assert caplog.text.count(complaint) == 1


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_oldest_pictures_go_first(
    hass: HomeAssistant,
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    folder = folder_of(hass, loaded)
    folder.mkdir(parents=True)
    for second in range(finished.MOST_OF_A_PRINTER):
        name = f"20250101T0000{second:02}000000_completed_a.gcode.jpg"
        (folder / name).write_bytes(JPEG)
    (folder / "20259999T000000000000_completed_no date.jpg").write_bytes(JPEG)
    (folder / "notes of the owner.txt").write_text("mine")
    path = f"/{loaded.entry_id}/finished"
    assert len(await titles(ask, path)) == 50

    await print_one(printer, pass_time, printer.files[0].name)

    kept = await children(ask, path)
    assert len(kept) == 50
    assert kept[0]["title"].startswith(printer.files[0].name)
    assert kept[-1]["media_content_id"].endswith("/20250101T000001000000")
    assert (folder / "notes of the owner.txt").exists()


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_all_printers_share_the_space(
    hass: HomeAssistant,
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    other = folder_of(hass, loaded).parent / "another printer"
    other.mkdir(parents=True)
    for day in ("01", "02"):
        big = other / f"202501{day}T000000000000_failed_a.gcode.png"
        with big.open("wb") as file:
            file.truncate(finished.MOST_BYTES // 2)

    await print_one(printer, pass_time, printer.files[0].name)

    assert [path.name[:8] for path in other.iterdir()] == ["20250102"]
    assert len(await titles(ask, f"/{loaded.entry_id}/finished")) == 1


@pytest.mark.parametrize("model", ["creator5_pro"])
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a/../b\\c%41:*?.gcode", "a/../b\\c%41:*?.gcode"),
        ("小熊" * 60, "小熊" * 25),
    ],
)
async def test_any_file_name_can_be_kept(
    ask: Ask,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    name: str,
    shown: str,
) -> None:
    printer.files = [replace(printer.files[0], name=name)]

    await print_one(printer, pass_time, name)

    (title,) = await titles(ask, f"/{loaded.entry_id}/finished")
    assert title.startswith(f"{shown} · ")


# --- print files in the media folders ---


@pytest.fixture
def media_folder(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return the only media folder, with something in it."""
    (tmp_path / "toys").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b.3mf", "A.GCODE", "song.mp3", ".secret.gcode", "toys/car.gx"):
        (tmp_path / name).write_bytes(b"G28")
        os.utime(tmp_path / name, (1000, 1000))
    hass.config.media_dirs = {"local": str(tmp_path)}
    return tmp_path


@pytest.mark.usefixtures("loaded", "media_folder")
async def test_sliced_files_in_media_folders_can_be_picked(ask: Ask) -> None:
    assert PRINTS in await titles(ask, "")
    assert await titles(ask, "/prints") == ["toys", "A.GCODE", "b.3mf"]
    (car,) = await children(ask, "/prints/local/toys")
    assert car["title"] == "car.gx"
    assert car["can_play"]
    picked = await ask("resolve_media", "/prints/local/toys/car.gx")
    assert picked["result"]["mime_type"] == "application/x.flashprint-gcode"
    assert picked["result"]["url"].startswith("/media/local/toys/car.gx")


@pytest.mark.usefixtures("loaded")
async def test_the_newest_file_is_first(ask: Ask, media_folder: Path) -> None:
    os.utime(media_folder / "b.3mf", (2000, 2000))
    assert await titles(ask, "/prints") == ["toys", "b.3mf", "A.GCODE"]


@pytest.mark.usefixtures("media_folder")
async def test_a_picked_file_is_uploaded(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    await hass.services.async_call(
        DOMAIN,
        "upload_file",
        {
            "device_id": device_of(hass, printer),
            "media": {
                "media_content_id": f"{ROOT}/prints/local/A.GCODE",
                "media_content_type": "text/x.gcode",
            },
        },
        blocking=True,
    )
    assert printer.files[0].name == "A.gcode"


@pytest.mark.usefixtures("loaded", "media_folder")
async def test_several_media_folders_are_offered(
    hass: HomeAssistant, ask: Ask, tmp_path: Path
) -> None:
    hass.config.media_dirs = {"local": str(tmp_path), "nas": str(tmp_path / "toys")}
    assert await titles(ask, "/prints") == ["local", "nas"]
    assert await titles(ask, "/prints/nas") == ["car.gx"]


@pytest.mark.usefixtures("loaded", "media_folder")
@pytest.mark.parametrize(
    ("what", "path"),
    [
        ("browse_media", "/prints/other"),
        ("browse_media", "/prints/local/nothing"),
        ("browse_media", "/prints/local/../.."),
        ("browse_media", "/prints/local//etc"),
        ("resolve_media", "/prints/local/song.mp3"),
        ("resolve_media", "/prints/local/nothing.3mf"),
        ("resolve_media", "/prints/local/toys"),
        ("resolve_media", "/prints/local/../a.3mf"),
        ("resolve_media", "/prints"),
    ],
)
async def test_nothing_else_in_media_folders_is_had(
    ask: Ask, what: str, path: str
) -> None:
    assert (
        await refusal(ask, what, path)
        == "This item no longer exists. Go back and open the list again"
    )
