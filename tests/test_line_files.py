"""Files of the older printers: listed, shown, uploaded in both forms and printed."""

import base64
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.api import PrintOptions
from custom_components.flashforge.api.errors import (
    FileNameError,
    UploadError,
    UploadRunsError,
    UploadStalledError,
)
from custom_components.flashforge.api.lines.replies import picture, wants_frames
from custom_components.flashforge.api.lines.upload import LineUpload
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.media.views import thumbnail_url
from simulator import Fault, Printer, StoredFile
from simulator.faults import DATA
from simulator.print_files.slicing import write_sliced

from .api import fixture
from .support.lookups import call, device_of, state_of
from .support.timing import Time

BOTH_FORMS = (
    ("adventurer3", "1.1.7", True),
    ("adventurer3", "1.3.7", False),
    ("adventurer4", "2.3.3-3.33", False),
    ("adventurer4", "2.0.9", False),
    ("finder", "1.5", True),
)

ALL_MODELS = (
    *BOTH_FORMS,
    ("adventurer3_lite", None, False),
    ("adventurer3c", None, False),
    ("adventurer3_pro", "2.1.2", False),
    ("adventurer3_pro", "2.2.1", True),
    ("adventurer3_pro2", None, False),
    ("adventurer4_lite", None, False),
    ("adventurer4_pro", None, False),
    ("guider2", None, False),
    ("guider2s", None, False),
    ("guider3", None, False),
    ("creator3", None, False),
    ("creator4", None, False),
    ("finder2", None, True),
    ("dreamer", None, True),
    ("inventor", None, True),
    ("aries", None, True),
)

SIZE = 50_000

type Act = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def model() -> str:
    return "adventurer4"


@pytest.fixture
def act(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, time: Time
) -> Act:
    """Return what calls an action for the printer while time passes."""

    async def run(name: str, /, **data: Any) -> dict[str, Any]:
        response = await time.passes_until(
            hass.services.async_call(
                DOMAIN,
                name,
                {"device_id": device_of(hass, printer), **data},
                blocking=True,
                return_response=True,
            )
        )
        assert response is not None
        return dict(response)

    return run


@pytest.fixture
def gcode(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return a sliced file that Home Assistant may read."""
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    path = tmp_path / "box.gcode"
    file = StoredFile(path.name, print_seconds=1200, layers=80)
    write_sliced(path, file, size=SIZE)
    return path


def stored(printer: Printer, name: str) -> StoredFile | None:
    return next((each for each in printer.files if each.name == name), None)


@pytest.mark.parametrize("model", ["adventurer3", "adventurer4", "guider3", "creator4"])
async def test_list(printer: Printer, act: Act) -> None:
    response = await act("list_files")
    assert [file["name"] for file in response["files"]] == [
        file.name for file in printer.files
    ]


async def test_no_files(printer: Printer, act: Act) -> None:
    printer.files.clear()
    assert (await act("list_files"))["files"] == []


@pytest.mark.parametrize(
    ("model", "kind"), [("adventurer3", "image/bmp"), ("adventurer4", "image/png")]
)
async def test_thumbnail(
    printer: Printer,
    loaded: MockConfigEntry,
    act: Act,
    hass_client: ClientSessionGenerator,
    kind: str,
) -> None:
    name = printer.files[0].name
    shown = await act("get_thumbnail", file_name=name)
    assert shown["content_type"] == kind
    assert len(base64.b64decode(shown["image"])) > 50

    served = await (await hass_client()).get(thumbnail_url(loaded.entry_id, name))
    assert served.content_type == kind
    assert await served.read() == base64.b64decode(shown["image"])


@pytest.mark.parametrize(("model", "firmware", "framed"), ALL_MODELS)
async def test_upload_and_print(
    hass: HomeAssistant, printer: Printer, act: Act, gcode: Path, framed: bool
) -> None:
    response = await act("upload_file", path=str(gcode), print_now=True)

    assert response["file_name"] == "box.gcode"
    file = stored(printer, "box.gcode")
    assert file is not None
    assert file.size == SIZE
    assert printer.quirks.framed_uploads is framed
    job = printer.machine.running_job
    assert job is not None
    assert job.file.name == "box.gcode"
    assert state_of(hass, "sensor", printer, "status").state in {"heating", "printing"}
    assert not printer.controlled
    sent = [line.split()[0] for line in printer.lines]
    # A blind second command could resume something else.
    hides = printer.model.key in {"finder2", "guider2", "guider2s"}
    assert ("M24" in sent) is (printer.quirks.selects_only or hides)


@pytest.mark.parametrize(("model", "firmware", "framed"), BOTH_FORMS[:3])
async def test_a_second_start(
    hass: HomeAssistant, printer: Printer, act: Act, time: Time, framed: bool
) -> None:
    name = printer.files[-1].name
    await act("print_file", file_name=name)
    assert printer.machine.running_job is not None
    assert printer.machine.running_job.file.name == name


@pytest.mark.parametrize(("model", "firmware", "framed"), BOTH_FORMS[:3])
async def test_nothing_is_asked_while_a_file_is_received(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    gcode: Path,
    monkeypatch: pytest.MonkeyPatch,
    framed: bool,
) -> None:
    count = LineUpload._count  # noqa: SLF001
    coordinator = loaded.runtime_data
    refused: list[str] = []

    async def hurry() -> None:
        await coordinator.async_refresh()
        try:
            await coordinator.printer.pause()
        except UploadRunsError as err:
            refused.append(err.key)

    def polls(upload: LineUpload, *args: Any) -> None:
        count(upload, *args)
        hass.async_create_task(hurry())

    monkeypatch.setattr(LineUpload, "_count", polls)
    before = len(printer.lines)
    await act("upload_file", path=str(gcode))
    heard = printer.lines[before:]
    begun = next(i for i, line in enumerate(heard) if line.startswith("M28"))
    assert heard[begun + 1] == "M29"
    assert coordinator.online
    assert {*refused} == {"upload_runs"}
    assert stored(printer, "box.gcode") is not None


@pytest.mark.parametrize(("model", "firmware", "framed"), BOTH_FORMS[:3])
async def test_a_broken_upload(
    printer: Printer, act: Act, gcode: Path, time: Time, framed: bool
) -> None:
    printer.faults.add(Fault.CUT, path=DATA)
    with pytest.raises(HomeAssistantError) as caught:
        await act("upload_file", path=str(gcode))
    assert isinstance(caught.value.__cause__, UploadError)
    assert stored(printer, "box.gcode") is None
    printer.faults.clear()
    # It may hold control for the connection that broke.
    await time.aligned(40, 5)
    await act("upload_file", path=str(gcode))
    assert stored(printer, "box.gcode") is not None


@pytest.mark.parametrize(("model", "firmware", "framed"), BOTH_FORMS[:1])
async def test_a_printer_that_gives_no_receipts(
    hass: HomeAssistant, printer: Printer, act: Act, gcode: Path, framed: bool
) -> None:
    printer.faults.add(Fault.HANG, path=DATA)
    with pytest.raises(HomeAssistantError) as caught:
        await act("upload_file", path=str(gcode))
    assert isinstance(caught.value.__cause__, UploadStalledError)


@pytest.mark.parametrize(("model", "firmware", "framed"), BOTH_FORMS[:3])
@pytest.mark.parametrize("blocks", [1, 2])
async def test_cancel(
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    gcode: Path,
    monkeypatch: pytest.MonkeyPatch,
    framed: bool,
    blocks: int,
) -> None:
    count = LineUpload._count  # noqa: SLF001
    counted = 0

    def cancels(upload: LineUpload, *args: Any) -> None:
        nonlocal counted
        count(upload, *args)
        counted += 1
        if counted == blocks:
            loaded.runtime_data.uploads.cancel()

    monkeypatch.setattr(LineUpload, "_count", cancels)
    with pytest.raises(HomeAssistantError) as caught:
        await act("upload_file", path=str(gcode))
    assert caught.value.translation_key == "upload_canceled"
    assert stored(printer, "box.gcode") is None
    assert not printer.controlled or printer.quirks.keeps_line_control


async def test_a_file_that_the_printer_did_not_keep(
    printer: Printer, act: Act, gcode: Path
) -> None:
    printer.quirks = replace(printer.quirks, closing_seconds=100)
    with pytest.raises(HomeAssistantError) as caught:
        await act("upload_file", path=str(gcode))
    assert caught.value.translation_key == "upload_failed"
    assert stored(printer, "box.gcode") is None


async def test_no_upload_during_a_job(
    hass: HomeAssistant, printer: Printer, act: Act, gcode: Path, time: Time
) -> None:
    printer.machine.start_job()
    await time.aligned(20, 1)
    with pytest.raises(HomeAssistantError) as caught:
        await act("upload_file", path=str(gcode))
    assert caught.value.translation_key == "job_runs"


@pytest.mark.parametrize("model", ["guider2s"])
async def test_long_names_are_cut_so_that_no_file_is_lost(
    hass: HomeAssistant, printer: Printer, act: Act, gcode: Path
) -> None:
    name = "a_very_long_name_of_a_print_for_the_workshop.gcode"
    response = await act("upload_file", path=str(gcode), name=name)
    assert len(response["file_name"]) == 28
    assert stored(printer, response["file_name"]) is not None


@pytest.mark.parametrize("name", ["a;b.gx", "a.gx\r\n~M26"])
async def test_names_that_would_not_arrive_as_they_are(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, name: str
) -> None:
    printer.files = [StoredFile(name)]
    before = len(printer.lines)
    teller = loaded.runtime_data.printer
    with pytest.raises(FileNameError):
        await teller.start_file(name, PrintOptions())
    with pytest.raises(FileNameError):
        await teller.fetch_thumbnail(name)
    assert printer.lines[before:] == []


async def test_what_cannot_be_chosen_here(
    hass: HomeAssistant, printer: Printer, act: Act
) -> None:
    name = printer.files[0].name
    with pytest.raises(HomeAssistantError) as caught:
        await act("print_file", file_name=name, time_lapse=True)
    assert caught.value.translation_key == "unsupported_option"
    assert printer.machine.running_job is None


async def test_the_file_select_and_its_button(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry, time: Time
) -> None:
    name = printer.files[0].name
    await time.passes_until(loaded.runtime_data.shelf.refresh())
    await call(hass, "select", "select_option", printer, "print_file", option=name)
    await time.passes_until(
        call(hass, "button", "press", printer, "print_selected_file")
    )
    assert printer.machine.running_job is not None


async def test_another_program_controls_it(
    hass: HomeAssistant, printer: Printer, act: Act, gcode: Path
) -> None:
    printer.seize_control()
    with pytest.raises(HomeAssistantError) as caught:
        await act("upload_file", path=str(gcode))
    assert caught.value.translation_key == "line_channel_taken"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("tcp_adventurer3_m662_bmp.bin", b"BM"),
        ("tcp_m662_framed.bin", b"\x89PNG"),
        ("tcp_m662_raw_png.bin", b"\x89PNG"),
    ],
)
def test_captured_pictures(name: str, start: bytes) -> None:
    data = fixture(name).partition(b"ok\r\n")[2]
    found, complete = picture(data)
    assert found is not None
    assert found.startswith(start)
    assert complete is (name != "tcp_m662_raw_png.bin")
    assert picture(data + b"too much")[0] in {found, found + b"too much"}
    for end in range(len(data)):
        picture(data[:end])
    assert picture(b"no picture") == (None, False)


@pytest.mark.parametrize(
    ("line", "frames"),
    [
        ("Control Success.", True),
        ("Control Success V2.1.", False),
        ("control success v9", False),
        ("Error: have been connected", None),
    ],
)
def test_which_form(line: str, frames: bool | None) -> None:
    assert wants_frames([line]) is frames
