"""An upload never replaces another file without asking."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
import os
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.prints import checks
from custom_components.flashforge.prints.contents import MOST_FILES, async_get_contents
from simulator import Fault, Printer, StoredFile, Tool
from simulator.print_files.slicing import write_sliced

from ..conftest import MakePrinter, SetUp, make_entry
from ..support.lookups import device_of
from ..support.timing import Time

type Upload = Callable[..., Awaitable[dict[str, Any]]]

STORE = f"{DOMAIN}.uploads"


@pytest.fixture
def folder(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return a folder that Home Assistant may read."""
    folder = tmp_path / "prints"
    folder.mkdir()
    hass.config.allowlist_external_dirs = {str(folder)}
    return folder


@pytest.fixture
def upload(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    loaded: MockConfigEntry,
    printer: Printer,
    time: Time,
) -> Upload:
    """Return what uploads a file."""

    async def run(path: Path, to: Printer = printer, **data: Any) -> dict[str, Any]:
        call = {"device_id": device_of(hass, to), "path": str(path), **data}
        response: ServiceResponse = await time.passes_until(
            hass.services.async_call(
                DOMAIN, "upload_file", call, blocking=True, return_response=True
            )
        )
        assert response is not None
        return dict(response)

    return run


def sliced(folder: Path, name: str, grams: float = 6.0) -> Path:
    """Write a file that a slicer could have written."""
    path = folder / name
    write_sliced(path, StoredFile(name, tools=(Tool("PLA", "#F72224", grams),)))
    return path


async def refusal(upload: Upload, *args: Any, **data: Any) -> ServiceValidationError:
    """Return the key of the error of an upload."""
    with pytest.raises(ServiceValidationError) as raised:
        await upload(*args, **data)
    return raised.value


async def test_a_stored_file_that_nobody_knows_is_not_replaced(
    upload: Upload, folder: Path, printer: Printer
) -> None:
    path = sliced(folder, printer.files[0].name)
    before = list(printer.files)

    refused = await refusal(upload, path)

    assert refused.translation_key == "would_replace"
    assert refused.translation_placeholders == {"file": path.name}
    assert printer.count("/uploadGcode") == 0
    assert printer.files == before

    response = await upload(path, replace=True)
    assert response["replaced"] is True
    assert printer.files[0].filament_g == 6.0


@pytest.mark.parametrize("model", ["5m", "ad5x", "creator5_pro"])
async def test_the_same_file_may_be_sent_again(
    upload: Upload, folder: Path, printer: Printer
) -> None:
    path = sliced(folder, "keyring.3mf")
    assert (await upload(path))["replaced"] is False
    assert (await upload(path))["replaced"] is False
    assert printer.count("/uploadGcode") == 2

    sliced(folder, "keyring.3mf", 7.5)
    assert (await refusal(upload, path)).translation_key == "would_replace"
    assert (await upload(path, replace=True))["replaced"] is True
    assert (await upload(path))["replaced"] is False


@pytest.mark.parametrize(
    ("one", "other"), [("Корпус.gcode", "Крышка.gcode"), ("杯子.3mf", "被子.3mf")]
)
async def test_names_in_other_letters_do_not_meet(
    upload: Upload, folder: Path, printer: Printer, one: str, other: str
) -> None:
    stored = [
        (await upload(sliced(folder, name, grams)))["file_name"]
        for name, grams in ((one, 5.0), (other, 6.0))
    ]
    assert len({*stored}) == 2
    assert [file.name for file in printer.files[:2]] == stored[::-1]


async def test_names_that_are_written_the_same_way_are_told(
    upload: Upload, folder: Path
) -> None:
    await upload(sliced(folder, "gear set.gcode", 5.0))
    refused = await refusal(upload, sliced(folder, "gear_set.gcode", 6.0))
    assert refused.translation_key == "would_replace"
    response = await upload(folder / "gear_set.gcode", name="gear set 2.gcode")
    assert response["replaced"] is False


async def test_a_file_that_the_printer_tells_differently_by_now(
    upload: Upload, folder: Path, printer: Printer
) -> None:
    path = sliced(folder, "keyring.gcode")
    await upload(path)
    # Somebody sent another file of this name from a slicer.
    printer.files[0] = replace(printer.files[0], print_seconds=99.0)
    assert (await refusal(upload, path)).translation_key == "would_replace"


async def test_a_file_that_was_deleted_replaces_nothing(
    upload: Upload, folder: Path, printer: Printer
) -> None:
    await upload(sliced(folder, "keyring.gcode"))
    printer.files.pop(0)
    response = await upload(sliced(folder, "keyring.gcode", 9.0))
    assert response["replaced"] is False


async def test_a_file_behind_the_newest_ten(
    upload: Upload, folder: Path, printer: Printer
) -> None:
    path = sliced(folder, "keyring.gcode")
    await upload(path)
    newer = [StoredFile(f"{number}.gcode") for number in range(12)]
    printer.files = [*newer, *printer.files]

    assert (await upload(path))["replaced"] is False
    printer.files = [*newer, *printer.files]
    sliced(folder, "keyring.gcode", 9.0)
    assert (await refusal(upload, path)).translation_key == "would_replace"


async def test_each_printer_has_its_own_files(
    upload: Upload, folder: Path, make_printer: MakePrinter, set_up: SetUp
) -> None:
    other = await make_printer("5m")
    await set_up(make_entry(other))
    path = sliced(folder, "keyring.gcode")
    await upload(path)
    other.files = [StoredFile("keyring.gcode")]
    assert (await refusal(upload, path, other)).translation_key == "would_replace"


async def test_a_list_that_cannot_be_had(
    upload: Upload, folder: Path, printer: Printer
) -> None:
    printer.faults.add(Fault.HTTP_500, path="/gcodeList")
    path = sliced(folder, "keyring.gcode")
    with pytest.raises(HomeAssistantError) as raised:
        await upload(path)
    assert raised.value.translation_key == "unreadable"
    assert printer.count("/uploadGcode") == 0
    assert (await upload(path, replace=True))["replaced"] is None


async def test_an_upload_whose_answer_was_lost_may_be_repeated(
    upload: Upload, folder: Path, printer: Printer
) -> None:
    path = sliced(folder, "keyring.gcode")
    printer.faults.add(Fault.HTML, path="/uploadGcode")
    with pytest.raises(HomeAssistantError):
        await upload(path)
    printer.faults.clear()
    printer.files = [StoredFile("keyring.gcode"), *printer.files]
    assert (await upload(path))["replaced"] is False


async def test_what_was_uploaded_is_known_after_a_restart(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    upload: Upload,
    folder: Path,
    loaded: MockConfigEntry,
) -> None:
    path = sliced(folder, "keyring.gcode")
    await upload(path)
    hass.data.pop("flashforge_contents")
    assert (await upload(path))["replaced"] is False

    await hass.config_entries.async_remove(loaded.entry_id)
    await hass.async_block_till_done()
    assert STORE not in hass_storage


@pytest.mark.parametrize(
    "stored",
    [
        {"version": 99, "minor_version": 7, "key": STORE, "data": {"what": 1}},
        {"version": 1, "minor_version": 9, "key": STORE, "data": []},
        {"version": 1, "minor_version": 1, "key": STORE, "data": {"x": 7, "y": []}},
        {
            "version": 1,
            "minor_version": 1,
            "key": STORE,
            "data": {"{entry}": {"keyring.gcode": [], "a": {"digest": 5}, "b": None}},
        },
    ],
)
async def test_a_store_of_another_version_or_of_garbage(
    hass_storage: dict[str, Any],
    upload: Upload,
    folder: Path,
    printer: Printer,
    loaded: MockConfigEntry,
    stored: dict[str, Any],
) -> None:
    if isinstance(stored["data"], dict) and "{entry}" in stored["data"]:
        stored["data"] = {loaded.entry_id: stored["data"]["{entry}"]}
    hass_storage[STORE] = stored
    printer.files = [StoredFile("keyring.gcode")]
    path = sliced(folder, "keyring.gcode")
    assert (await refusal(upload, path)).translation_key == "would_replace"
    assert (await upload(path, replace=True))["replaced"] is True
    assert (await upload(path))["replaced"] is False


async def test_what_is_remembered_is_bounded(
    hass: HomeAssistant, hass_storage: dict[str, Any], loaded: MockConfigEntry
) -> None:
    contents = async_get_contents(hass)
    for number in range(MOST_FILES + 20):
        await contents.async_remember(loaded.entry_id, str(number), "x", None)
    known = hass_storage[STORE]["data"][loaded.entry_id]
    assert [*known] == [str(number) for number in range(20, MOST_FILES + 20)]

    await contents.async_remember("removed meanwhile", "a", "x", None)
    assert [*hass_storage[STORE]["data"]] == [loaded.entry_id]


# A file that changes


def _grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\n" * 5_000_000)


def _shrink(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _rewrite(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b" ")
    os.utime(path, ns=(0, 0))


def _exchange(path: Path) -> None:
    found = path.stat()
    other = path.with_name("other")
    other.write_bytes(path.read_bytes()[:-1] + b" ")
    os.utime(other, ns=(found.st_atime_ns, found.st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize("change", [_grow, _shrink, _rewrite, _exchange])
@pytest.mark.parametrize("moment", ["read_print_file", "digest_of", "plan"])
async def test_a_file_that_changes_between_reading_and_sending(
    upload: Upload,
    folder: Path,
    printer: Printer,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    moment: str,
) -> None:
    path = sliced(folder, "keyring.gcode")
    printer.machine.slots[0].has_filament = True
    printer.machine.slots[0].material = "PLA"
    follow = getattr(checks, moment)

    def then_change(*args: Any, **options: Any) -> Any:
        result = follow(*args, **options)
        change(path)
        return result

    monkeypatch.setattr(checks, moment, then_change)
    before = list(printer.files)
    with pytest.raises(HomeAssistantError) as raised:
        await upload(path, print_now=True)
    assert raised.value.translation_key == "file_changed"
    assert printer.files == before
    assert printer.machine.running_job is None
    monkeypatch.undo()
    assert (await upload(path, name="again.gcode"))["size"] == path.stat().st_size
