"""Files and prints, as a person and an automation handle them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
import shutil
import threading
from typing import Any
import zipfile

import aiohttp
from homeassistant.components.button import DOMAIN as BUTTON
from homeassistant.components.select import DOMAIN as SELECT
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.media.views import encode_name
from custom_components.flashforge.prints.start import print_chosen
from simulator import Fault, Printer, StoredFile, Tool
from simulator.print_files.slicing import write_sliced

from ..support.jobs import RED, WHITE, load, start_printing
from ..support.lookups import call, device_of, entity_id, has_entity, state_of
from ..support.timing import Time

TWO_COLORS = (Tool("PLA", RED, 6.0), Tool("PLA", WHITE, 9.0))

type Act = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def act(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, time: Time
) -> Act:
    """Return what calls an action for the printer while time passes."""

    async def run(name: str, /, **data: Any) -> dict[str, Any]:
        response: ServiceResponse = await time.passes_until(
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
def prints(hass: HomeAssistant, tmp_path: Path) -> Path:
    """Return a folder that Home Assistant may read, which is also a media folder."""
    hass.config.media_dirs = {"local": str(tmp_path)}
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    return tmp_path


def sliced(
    folder: Path,
    name: str = "keyring.3mf",
    tools: tuple[Tool, ...] = (Tool("PLA", RED, 6.0),),
    *,
    megabytes: float = 0.0,
) -> Path:
    """Write a file that a slicer could have written."""
    path = folder / name
    file = StoredFile(name, print_seconds=1200, layers=80, tools=tools)
    write_sliced(path, file, size=round(megabytes * 1_000_000))
    return path


def key_of(raised: pytest.ExceptionInfo[HomeAssistantError]) -> str | None:
    """Return the translation key of an error."""
    assert raised.value.translation_domain == DOMAIN
    return raised.value.translation_key


def last_start(printer: Printer) -> dict[str, Any]:
    """Return what the printer was last asked to start."""
    starts = [each.body for each in printer.requests if each.path == "/printGcode"]
    assert starts
    body = starts[-1]
    assert isinstance(body, dict)
    return body


# Looking at the files


async def test_list_files(loaded: MockConfigEntry, printer: Printer, act: Act) -> None:
    response = await act("list_files")
    files = response["files"]
    assert [file["name"] for file in files] == [file.name for file in printer.files]
    assert files[1] == {
        "name": "multi_color_test.3mf",
        "print_time": 1800.0,
        "weight": 29.7,
        "uses_station": True,
        "tools": [
            {
                "tool": 1,
                "material": "PLA",
                "color": "#FF0000",
                "color_name": "red",
                "weight": 15.5,
                "slot": 1,
            },
            {
                "tool": 2,
                "material": "PLA",
                "color": "#0000FF",
                "color_name": "dark_blue",
                "weight": 14.2,
                "slot": 2,
            },
        ],
    }


async def test_thumbnail(loaded: MockConfigEntry, printer: Printer, act: Act) -> None:
    response = await act("get_thumbnail", file_name="FISH_PLA.3mf")
    assert response["content_type"] == "image/png"
    assert response["image"].startswith("iVBORw0KGgo")
    with pytest.raises(HomeAssistantError) as raised:
        await act("get_thumbnail", file_name="nothing.3mf")
    assert key_of(raised) == "file_missing"


# Printing what is there


async def test_print_with_the_slots_that_match(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    printer.files = [StoredFile("two.3mf", tools=TWO_COLORS, needs_station=True)]
    load(printer, "PETG", "PLA", "PLA")
    response = await act("print_file", file_name="two.3mf", time_lapse=True)
    assert [(each["tool"], each["slot"]) for each in response["materials"]] == [
        (1, 3),
        (2, 2),
    ]
    assert not any(each["remarks"] for each in response["materials"])
    start = last_start(printer)
    assert start["useMatlStation"] is True
    assert start["gcodeToolCnt"] == 2
    assert start["timeLapseVideo"] is True
    assert printer.machine.running_job is not None
    assert state_of(hass, "sensor", printer, "status").state in {
        "busy",
        "calibrating",
        "heating",
        "printing",
    }


async def test_another_color_is_printed_and_told(
    loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    printer.files = [StoredFile("two.3mf", tools=TWO_COLORS, needs_station=True)]
    load(printer, "PLA", "PLA", "")
    (first, second) = (await act("print_file", file_name="two.3mf"))["materials"]
    assert {*first["remarks"], *second["remarks"]} == {"color_differs"}


async def test_print_with_chosen_slots(
    loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    printer.files = [StoredFile("two.3mf", tools=TWO_COLORS, needs_station=True)]
    load(printer, "PLA", "PLA", "PLA", "PLA")
    await act("print_file", file_name="two.3mf", slots={"1": 2, "2": 4})
    mappings = last_start(printer)["materialMappings"]
    assert [(each["toolId"], each["slotId"]) for each in mappings] == [(0, 2), (1, 4)]


async def test_what_templates_make_of_fields_is_understood(
    loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    load(printer, "PLA", "PLA", "PLA", "PLA")
    response = await act(
        "print_file",
        file_name="FISH_PLA.3mf",
        slots={"1": "4", 2.0: "3", "3": 2.0, 4: 1},
        leveling="false",
        flow_calibration="1",
        time_lapse=True,
        materials="auto",
    )
    assert [each["slot"] for each in response["materials"]] == [4, 3, 2, 1]
    start = last_start(printer)
    assert start["levelingBeforePrint"] is False
    assert start["flowCalibration"] is True
    assert start["timeLapseVideo"] is True


@pytest.mark.parametrize("slots", [{1: 5}, {0: 1}, {1: 1.5}, {"one": 1}, "1: 3"])
async def test_slots_that_are_none(
    loaded: MockConfigEntry, printer: Printer, act: Act, slots: object
) -> None:
    with pytest.raises(probatio.Invalid):
        await act("print_file", file_name="FISH_PLA.3mf", slots=slots)


async def test_print_without_the_station(
    loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    response = await act("print_file", file_name="FISH_PLA.3mf", materials="none")
    assert response["materials"] == []
    assert last_start(printer)["useMatlStation"] is False


def _leave_print(printer: Printer) -> None:
    start_printing(printer)
    printer.machine.finish_job()


def _fail(printer: Printer) -> None:
    printer.machine.set_error("E0009")


def _load_petg(printer: Printer) -> None:
    load(printer, "PETG", "PETG", "PETG", "PETG")


def _unplug_station(printer: Printer) -> None:
    printer.machine.station_connected = False


def _leave_one_pla(printer: Printer) -> None:
    load(printer, "PETG", "PETG", "PETG", "PLA")


def _empty_first(printer: Printer) -> None:
    load(printer, "", "PLA", "PLA", "PLA")


def _unlabel_first(printer: Printer) -> None:
    slot = printer.machine.slot(1)
    assert slot is not None
    slot.color = ""


def _lose_first(printer: Printer) -> None:
    printer.machine.slots = printer.machine.slots[1:]


def _nothing(_: Printer) -> None:
    """Leave the printer as it is."""


REFUSALS: list[tuple[Callable[[Printer], None], dict[str, Any], str]] = [
    (start_printing, {}, "not_ready"),
    (_leave_print, {}, "plate_occupied"),
    (_fail, {}, "error_active"),
    (_load_petg, {}, "material_mismatch"),
    (_unplug_station, {}, "station_needed"),
    (_nothing, {"file_name": "nothing.3mf"}, "file_missing"),
    (_nothing, {"slots": {1: 1, 2: 1, 3: 2, 4: 3}}, "slot_taken"),
    (_load_petg, {"slots": {1: 1, 2: 2, 3: 3, 4: 4}}, "slot_mismatch"),
    (_leave_one_pla, {}, "too_few_slots"),
    (_empty_first, {"slots": {1: 1}}, "chosen_slot_empty"),
    (_unlabel_first, {"slots": {1: 1}}, "slot_incomplete"),
    (_lose_first, {"slots": {1: 1}}, "chosen_slot_unknown"),
    (
        _nothing,
        {"file_name": "multi_color_test.3mf", "slots": {3: 1}},
        "tool_unknown",
    ),
]


@pytest.mark.parametrize(("prepare", "data", "key"), REFUSALS)
async def test_refusals(
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    prepare: Callable[[Printer], None],
    data: dict[str, Any],
    key: str,
) -> None:
    prepare(printer)
    with pytest.raises(HomeAssistantError) as raised:
        await act("print_file", **({"file_name": "FISH_PLA.3mf"} | data))
    assert key_of(raised) == key
    assert printer.count("/printGcode") == 0


# Checking without starting


def assert_nothing_started(printer: Printer) -> None:
    """Check that a printer was only asked."""
    assert printer.count("/printGcode") == 0
    assert printer.count("/uploadGcode") == 0
    assert printer.machine.running_job is None


@pytest.mark.parametrize(("prepare", "data", "key"), REFUSALS)
async def test_check_finds_what_a_start_refuses(
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    prepare: Callable[[Printer], None],
    data: dict[str, Any],
    key: str,
) -> None:
    prepare(printer)
    data = {"file_name": "FISH_PLA.3mf"} | data
    checked = await act("check_file", **data)
    assert checked["can_print"] is False
    with pytest.raises(HomeAssistantError) as raised:
        await act("print_file", **data)
    assert key_of(raised) == key
    told = {each["key"]: each for each in checked["problems"]}
    assert told[key]["message"] == str(raised.value)
    assert told[key]["placeholders"] == (raised.value.translation_placeholders or {})
    assert printer.count("/printGcode") == 0


async def test_check_returns_what_a_start_returns(
    loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    printer.files = [StoredFile("two.3mf", tools=TWO_COLORS, needs_station=True)]
    load(printer, "PETG", "PLA", "PLA")
    checked = await act("check_file", file_name="two.3mf", time_lapse=True)
    assert checked["can_print"] is True
    assert checked["problems"] == []
    assert [tool["material"] for tool in checked["tools"]] == ["PLA", "PLA"]
    assert_nothing_started(printer)
    started = await act("print_file", file_name="two.3mf", time_lapse=True)
    assert started.items() <= checked.items()


async def test_check_goes_on_after_the_first_problem(
    loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    _leave_print(printer)
    _load_petg(printer)
    checked = await act("check_file", file_name="FISH_PLA.3mf")
    assert [each["key"] for each in checked["problems"]] == [
        "plate_occupied",
        "material_mismatch",
    ]


async def test_check_of_a_file_here(
    loaded: MockConfigEntry, printer: Printer, act: Act, prints: Path
) -> None:
    load(printer, "PETG", "PETG", "PETG", "PLA")
    path = str(sliced(prints))
    checked = await act("check_file", path=path)
    assert checked["can_print"] is True
    assert checked["replaced"] is False
    assert [each["slot"] for each in checked["materials"]] == [4]
    assert_nothing_started(printer)
    await act("upload_file", path=path)
    assert (await act("check_file", path=path))["can_print"] is True

    path = str(sliced(prints, tools=(Tool("ABS", RED, 6.0),)))
    checked = await act("check_file", path=path)
    assert [each["key"] for each in checked["problems"]] == [
        "material_mismatch",
        "would_replace",
    ]
    checked = await act("check_file", path=path, replace=True, materials="none")
    assert checked["can_print"] is True
    assert checked["replaced"] is True
    assert printer.count("/printGcode") == 0


async def test_check_of_what_is_no_print_file(
    loaded: MockConfigEntry, printer: Printer, act: Act, prints: Path
) -> None:
    (prints / "empty.3mf").write_bytes(b"")
    checked = await act("check_file", path=str(prints / "empty.3mf"))
    assert [each["key"] for each in checked["problems"]] == ["file_unreadable"]
    assert checked["tools"] is None


@pytest.mark.parametrize("model", ["5m"])
async def test_check_finds_an_option_that_the_printer_does_not_have(
    loaded: MockConfigEntry, printer: Printer, act: Act, prints: Path
) -> None:
    path = str(sliced(prints, "a.gcode"))
    checked = await act("check_file", path=path, flow_calibration=True)
    assert [each["key"] for each in checked["problems"]] == ["unsupported_option"]
    assert_nothing_started(printer)


async def test_a_printer_that_is_off_cannot_be_checked(
    loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    await printer.stop()
    with pytest.raises(HomeAssistantError) as raised:
        await act("check_file", file_name="FISH_PLA.3mf")
    assert key_of(raised) == "unreachable"


async def test_check_needs_one_file(
    loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    for data in ({}, {"file_name": "a.3mf", "path": "/media/a.3mf"}):
        with pytest.raises(probatio.Invalid):
            await act("check_file", **data)


# Uploading


@pytest.mark.parametrize(
    ("model", "name", "tools", "data", "key"),
    [
        ("5m", "a.gcode", 1, {"flow_calibration": True}, "unsupported_option"),
        ("creator5_pro", "a.gcode", 1, {}, "file_type_start"),
        ("creator5_pro", "a.3mf", 5, {}, "too_many_tools"),
    ],
)
async def test_uploads_that_are_not_started(
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    prints: Path,
    name: str,
    tools: int,
    data: dict[str, Any],
    key: str,
) -> None:
    load(printer, *["PLA"] * len(printer.machine.slots))
    path = sliced(prints, name, (Tool("PLA", RED, 5.0),) * tools)
    with pytest.raises(ServiceValidationError) as raised:
        await act("upload_file", path=str(path), print_now=True, **data)
    assert key_of(raised) == key
    assert printer.count("/uploadGcode") == 0


async def test_models_and_pictures_are_no_print_files(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    prints: Path,
) -> None:
    assert await async_setup_component(hass, "media_source", {})
    path = prints / "model.3mf"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("3D/3dmodel.model", "<model/>")
    with pytest.raises(ServiceValidationError) as raised:
        await act("upload_file", path=str(path))
    assert key_of(raised) == "file_not_sliced"
    picture = encode_name(printer.files[0].name)
    media = f"media-source://{DOMAIN}/{loaded.entry_id}/files/{picture}"
    with pytest.raises(ServiceValidationError) as raised:
        await act("upload_file", media=media)
    assert key_of(raised) == "media_not_local"


async def test_printing_without_a_choice(loaded: MockConfigEntry) -> None:
    with pytest.raises(ServiceValidationError) as raised:
        await print_chosen(loaded.runtime_data)
    assert key_of(raised) == "no_file_chosen"


async def test_printer_that_is_off(
    loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    await printer.power_off()
    with pytest.raises(HomeAssistantError) as raised:
        await act("print_file", file_name="FISH_PLA.3mf")
    assert key_of(raised) == "unreachable"


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_single_spool_of_another_material_is_only_told(
    loaded: MockConfigEntry, printer: Printer, act: Act, prints: Path
) -> None:
    printer.overrides["rightFilamentType"] = "PLA"
    path = sliced(prints, "vase.gcode", (Tool("PETG", WHITE, 8.0),))
    response = await act("upload_file", path=str(path), print_now=True)
    assert response["remarks"] == ["spool_differs"]
    assert printer.machine.running_job is not None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Flashforge Creator 5", "file_for_other_printer"),
        ('"Bambu Lab X1C"', "file_for_other_printer"),
        ("Flashforge AD5X", None),
        ("Somebody's own", None),
    ],
)
async def test_a_file_for_another_printer_starts_for_who_insists(
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    prints: Path,
    name: str,
    key: str | None,
) -> None:
    load(printer, "PLA")
    path = sliced(prints, "vase.gcode", (Tool("PLA", WHITE, 8.0),))
    with path.open("a") as file:
        file.write(f"; printer_model = {name}\n")
    if key is not None:
        with pytest.raises(HomeAssistantError) as raised:
            await act("upload_file", path=str(path), print_now=True)
        assert key_of(raised) == key
        assert printer.count("/uploadGcode") == 0
    response = await act(
        "upload_file", path=str(path), print_now=True, try_anyway=key is not None
    )
    assert printer.machine.running_job is not None
    known = name == "Flashforge AD5X"
    assert bool(response["remarks"]) is not known


async def test_a_stored_file_for_another_printer_is_refused_too(
    loaded: MockConfigEntry, printer: Printer, act: Act, prints: Path
) -> None:
    load(printer, "PLA")
    path = sliced(prints, "vase.gcode", (Tool("PLA", WHITE, 8.0),))
    with path.open("a") as file:
        file.write("; printer_model = Flashforge Creator 5 Pro\n")
    response = await act("upload_file", path=str(path))
    assert response["remarks"] == ["printer_differs"]
    with pytest.raises(HomeAssistantError) as raised:
        await act("print_file", file_name=response["file_name"])
    assert key_of(raised) == "file_for_other_printer"
    await act("print_file", file_name=response["file_name"], try_anyway=True)
    assert printer.machine.running_job is not None


async def test_a_print_larger_than_the_bed_never_starts(
    loaded: MockConfigEntry, printer: Printer, act: Act, prints: Path
) -> None:
    load(printer, "PLA")
    path = sliced(prints, "tower.gcode", (Tool("PLA", WHITE, 8.0),))
    path.write_bytes(b"; max_z_height: 300\n" + path.read_bytes())
    with pytest.raises(HomeAssistantError) as raised:
        await act("upload_file", path=str(path), print_now=True, try_anyway=True)
    assert key_of(raised) == "print_too_large"


# Creator 5: whether a stored file starts depends on the firmware


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_firmware_that_ignores_the_start(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    time: Time,
    act: Act,
) -> None:
    printer.quirks = replace(printer.quirks, starts_stored_files=False)
    file = printer.files[2].name
    load(printer, "PLA", "PLA", "PLA", "PLA")
    assert not has_entity(hass, SELECT, printer, "print_file")
    with pytest.raises(HomeAssistantError) as raised:
        await act("print_file", file_name=file)
    assert key_of(raised) == "start_ignored"
    assert printer.count("/printGcode") == 1

    with pytest.raises(ServiceValidationError) as refused:
        await act("print_file", file_name=file)
    assert key_of(refused) == "start_ignored_before"
    assert printer.count("/printGcode") == 1

    printer.firmware = "9.9.9"
    printer.quirks = replace(printer.quirks, starts_stored_files=True)
    await time.passes(16)
    await act("print_file", file_name=file)
    assert printer.machine.running_job is not None
    await time.passes(1)
    assert has_entity(hass, SELECT, printer, "print_file")
    assert has_entity(hass, BUTTON, printer, "print_selected_file")


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_trying_anyway(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    printer.quirks = replace(printer.quirks, starts_stored_files=False)
    file = printer.files[2].name
    load(printer, "PLA", "PLA", "PLA", "PLA")
    with pytest.raises(HomeAssistantError):
        await act("print_file", file_name=file)
    printer.quirks = replace(printer.quirks, starts_stored_files=True)
    await act("print_file", file_name=file, try_anyway=True)
    assert printer.machine.running_job is not None


# The select and its button


async def test_choose_and_print(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, time: Time
) -> None:
    select = state_of(hass, SELECT, printer, "print_file")
    assert select.state == STATE_UNKNOWN
    assert select.attributes["options"] == [file.name for file in printer.files]
    with pytest.raises(ServiceValidationError) as raised:
        await call(hass, BUTTON, "press", printer, "print_selected_file")
    assert key_of(raised) == "no_file_chosen"

    await call(
        hass,
        SELECT,
        "select_option",
        printer,
        "print_file",
        option="single_direct.gcode",
    )
    assert state_of(hass, SELECT, printer, "print_file").state == "single_direct.gcode"
    assert printer.count("/printGcode") == 0
    printer.machine.direct_feed.material = "PETG"
    await call(hass, BUTTON, "press", printer, "print_selected_file")
    assert last_start(printer)["fileName"] == "single_direct.gcode"
    assert printer.machine.running_job is not None
    with pytest.raises(ServiceValidationError) as raised:
        await call(hass, BUTTON, "press", printer, "print_selected_file")
    assert key_of(raised) == "not_ready"


async def test_files_are_asked_for_when_a_job_ends_and_never_by_polls(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, time: Time
) -> None:
    assert printer.count("/gcodeList") == 1
    start_printing(printer)
    await time.passes(300)
    assert printer.count("/gcodeList") == 1
    printer.files = [*printer.files, StoredFile("new.3mf")]
    printer.machine.finish_job()
    await time.passes(16)
    assert printer.count("/gcodeList") == 2
    options = state_of(hass, SELECT, printer, "print_file").attributes["options"]
    assert "new.3mf" in options

    await async_setup_component(hass, "homeassistant", {})
    await hass.services.async_call(
        "homeassistant",
        "update_entity",
        {"entity_id": entity_id(hass, SELECT, printer, "print_file")},
        blocking=True,
    )
    assert printer.count("/gcodeList") == 3


async def test_a_chosen_file_that_is_gone_is_not_chosen_any_more(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
) -> None:
    await call(
        hass, SELECT, "select_option", printer, "print_file", option="FISH_PLA.3mf"
    )
    printer.files = printer.files[1:]
    await act("list_files")
    assert state_of(hass, SELECT, printer, "print_file").state == STATE_UNKNOWN


# Uploads


async def test_upload_by_path_and_print(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    prints: Path,
) -> None:
    load(printer, "PETG", "PLA", "PLA", "PLA")
    path = sliced(prints, "Schlüssel 1.3mf", TWO_COLORS)
    response = await act("upload_file", path=str(path), print_now=True, leveling=False)
    assert response["file_name"] == "Schlussel_1.3mf"
    assert response["size"] == path.stat().st_size
    assert response["print_time"] == 1200
    assert response["weight"] == 15.0
    assert response["printing"] is True
    assert [each["slot"] for each in response["materials"]] == [4, 2]
    job = printer.machine.running_job
    assert job is not None
    assert job.file.name == "Schlussel_1.3mf"
    assert job.layers == 80
    options = state_of(hass, SELECT, printer, "print_file").attributes["options"]
    assert options[0] == "Schlussel_1.3mf"


async def test_an_upload_that_does_not_start_is_offered_all_the_same(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    prints: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load(printer, "PLA", "PLA", "PLA", "PLA")
    monkeypatch.setattr(printer.machine, "start_job", lambda *_, **__: None)
    with pytest.raises(HomeAssistantError) as raised:
        await act("upload_file", path=str(sliced(prints)), print_now=True)
    assert key_of(raised) == "start_not_shown"
    options = state_of(hass, SELECT, printer, "print_file").attributes["options"]
    assert options[0] == "keyring.3mf"


async def test_upload_without_printing_while_a_job_runs(
    loaded: MockConfigEntry, printer: Printer, act: Act, prints: Path
) -> None:
    start_printing(printer)
    response = await act("upload_file", path=str(sliced(prints)), name="other name.3mf")
    assert response["file_name"] == "other_name.3mf"
    assert response["printing"] is False
    assert "materials" not in response
    assert printer.files[0].name == "other_name.3mf"


async def test_upload_from_media(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    prints: Path,
) -> None:
    assert await async_setup_component(hass, "media_source", {})
    sliced(prints, "keyring.gcode")
    picked = {
        "media_content_id": "media-source://media_source/local/keyring.gcode",
        "media_content_type": "text/x.gcode",
        "metadata": {"title": "keyring"},
    }
    response = await act("upload_file", media=picked)
    assert response["file_name"] == "keyring.gcode"
    assert printer.files[0].name == "keyring.gcode"


async def test_upload_from_the_browser(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    tmp_path: Path,
    hass_client: ClientSessionGenerator,
) -> None:
    assert await async_setup_component(hass, "file_upload", {})
    client = await hass_client()
    form = aiohttp.FormData()
    content = await hass.async_add_executor_job(sliced(tmp_path).read_bytes)
    form.add_field("file", content, filename="keyring.3mf")
    answer = await client.post("/api/file_upload", data=form)
    assert answer.status == HTTPStatus.OK
    file_id = (await answer.json())["file_id"]
    response = await act("upload_file", file=file_id)
    assert response["file_name"] == "keyring.3mf"
    assert printer.files[0].name == "keyring.3mf"
    with pytest.raises(ServiceValidationError) as raised:
        await act("upload_file", file=file_id)
    assert key_of(raised) == "upload_gone"


async def test_nothing_is_left_of_a_file_whose_action_is_stopped(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    time: Time,
    tmp_path: Path,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    assert await async_setup_component(hass, "file_upload", {})
    client = await hass_client()
    form = aiohttp.FormData()
    form.add_field("file", b"G28", filename="keyring.gcode")
    answer = await client.post("/api/file_upload", data=form)
    file_id = (await answer.json())["file_id"]

    moving, moved = threading.Event(), threading.Event()
    move = shutil.move

    def slowly(*args: Any) -> Any:
        moving.set()
        moved.wait(10)
        return move(*args)

    monkeypatch.setattr("shutil.move", slowly)
    upload = asyncio.ensure_future(
        hass.services.async_call(
            DOMAIN,
            "upload_file",
            {"device_id": device_of(hass, printer), "file": file_id},
            blocking=True,
        )
    )
    await hass.async_add_executor_job(moving.wait, 10)
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    moved.set()
    await time.settle()
    assert list(folder.glob("flashforge-*")) == []


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"path": "/etc/hostname"}, "path_not_allowed"),
        ({"path": "{prints}/nothing.3mf"}, "no_such_file"),
        ({"path": "{prints}/picture.png"}, "file_type"),
        ({"path": "{prints}/empty.gcode"}, "file_unreadable"),
        ({"path": "{prints}/bad.3mf"}, "file_unreadable"),
        ({"path": "{prints}/keyring.3mf", "name": "../x.3mf"}, "file_name"),
        ({"path": "{prints}/keyring.3mf", "name": "x.gcode"}, "file_unreadable"),
        ({"path": "{prints}/keyring.gcode", "name": "x.3mf"}, "file_unreadable"),
        ({"media": "media-source://media_source/local/nothing.3mf"}, "no_such_file"),
        ({"media": "media-source://media_source/other/x.3mf"}, "media_unknown"),
        ({"media": "not media"}, "media_unknown"),
        ({"media": "media-source://media_source/local"}, "media_unknown"),
        ({"media": "media-source://media_source/local/what"}, "media_unknown"),
        ({"file": "9f8b1c62-1111-4d2f-9c3a-000000000000"}, "upload_gone"),
    ],
)
async def test_sources_that_are_refused(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    act: Act,
    prints: Path,
    data: dict[str, str],
    key: str,
) -> None:
    assert await async_setup_component(hass, "media_source", {})
    sliced(prints)
    sliced(prints, "keyring.gcode")
    for name, content in (("picture.png", b"\x89PNG"), ("empty.gcode", b"")):
        (prints / name).write_bytes(content)
    (prints / "bad.3mf").write_bytes(b"no zip")
    with pytest.raises(HomeAssistantError) as raised:
        await act(
            "upload_file",
            **{
                name: value.replace("{prints}", str(prints))
                for name, value in data.items()
            },
        )
    assert key_of(raised) == key
    assert printer.count("/uploadGcode") == 0


async def test_printer_without_room(
    loaded: MockConfigEntry,
    printer: Printer,
    time: Time,
    act: Act,
    prints: Path,
) -> None:
    printer.overrides["remainingDiskSpace"] = 0.001
    await time.passes(16)
    path = sliced(prints, megabytes=2)
    with pytest.raises(HomeAssistantError) as raised:
        await act("upload_file", path=str(path))
    assert key_of(raised) == "no_space"
    assert printer.count("/uploadGcode") == 0


async def test_petg_on_a_station_of_pla(
    loaded: MockConfigEntry, printer: Printer, act: Act, prints: Path
) -> None:
    load(printer, "PLA", "PLA", "PLA", "PLA")
    path = sliced(prints, tools=(Tool("PETG", WHITE, 8.0),))
    with pytest.raises(ServiceValidationError) as raised:
        await act("upload_file", path=str(path), print_now=True)
    assert key_of(raised) == "material_mismatch"
    assert raised.value.translation_placeholders is not None
    assert "PETG" in raised.value.translation_placeholders.values()
    assert printer.count("/uploadGcode") == 0


async def test_progress_is_shown_and_the_upload_can_be_canceled(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    prints: Path,
    time: Time,
) -> None:
    printer.faults.add(Fault.STALL_UPLOAD, path="/uploadGcode")
    path = sliced(prints, megabytes=30)
    assert state_of(hass, "sensor", printer, "upload_progress").state == STATE_UNKNOWN
    with pytest.raises(ServiceValidationError) as raised:
        await call(hass, BUTTON, "press", printer, "cancel_upload")
    assert key_of(raised) == "no_upload"
    upload = asyncio.ensure_future(
        hass.services.async_call(
            DOMAIN,
            "upload_file",
            {"device_id": device_of(hass, printer), "path": str(path)},
            blocking=True,
        )
    )
    await time.settle()
    progress = state_of(hass, "sensor", printer, "upload_progress")
    assert progress.attributes["file"] == "keyring.3mf"
    assert 0 <= float(progress.state) < 100

    with pytest.raises(ServiceValidationError) as second:
        await hass.services.async_call(
            DOMAIN,
            "upload_file",
            {"device_id": device_of(hass, printer), "path": str(path)},
            blocking=True,
        )
    assert key_of(second) == "upload_runs"

    await call(hass, BUTTON, "press", printer, "cancel_upload")
    with pytest.raises(HomeAssistantError) as raised:
        await upload
    assert key_of(raised) == "upload_canceled"
    assert state_of(hass, "sensor", printer, "upload_progress").state == STATE_UNKNOWN
    assert path.name not in [file.name for file in printer.files]


async def test_nothing_is_started_while_a_print_is_on_its_way(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    prints: Path,
    time: Time,
    act: Act,
) -> None:
    await call(
        hass, SELECT, "select_option", printer, "print_file", option="FISH_PLA.3mf"
    )
    printer.faults.add(Fault.STALL_UPLOAD, path="/uploadGcode")
    path = sliced(prints, megabytes=30)
    upload = asyncio.ensure_future(
        hass.services.async_call(
            DOMAIN,
            "upload_file",
            {
                "device_id": device_of(hass, printer),
                "path": str(path),
                "print_now": True,
            },
            blocking=True,
        )
    )
    await time.settle()
    with pytest.raises(ServiceValidationError) as raised:
        await call(hass, BUTTON, "press", printer, "print_selected_file")
    assert key_of(raised) == "upload_runs"
    with pytest.raises(ServiceValidationError) as raised:
        await act("print_file", file_name="FISH_PLA.3mf")
    assert key_of(raised) == "upload_runs"
    printer.faults.clear()
    await time.passes_until(upload)
    assert printer.machine.running_job is not None
    assert printer.count("/printGcode") == 0


async def test_unloading_ends_the_upload(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    prints: Path,
    time: Time,
) -> None:
    printer.faults.add(Fault.STALL_UPLOAD, path="/uploadGcode")
    upload = asyncio.ensure_future(
        hass.services.async_call(
            DOMAIN,
            "upload_file",
            {
                "device_id": device_of(hass, printer),
                "path": str(sliced(prints, megabytes=30)),
            },
            blocking=True,
        )
    )
    await time.settle()
    await hass.config_entries.async_unload(loaded.entry_id)
    with pytest.raises(HomeAssistantError) as raised:
        await upload
    assert key_of(raised) == "upload_canceled"


async def test_printer_that_is_not_set_up(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, act: Act
) -> None:
    await hass.config_entries.async_unload(loaded.entry_id)
    with pytest.raises(ServiceValidationError) as raised:
        await act("list_files")
    assert raised.value.translation_key == "service_config_entry_not_loaded"


# The whole way, as an automation goes it

AUTOMATION = """
alias: Print what was sliced
triggers:
  - trigger: event
    event_type: print_wanted
actions:
  - action: flashforge.upload_file
    target:
      device_id: "{{ trigger.event.data.device }}"
    data:
      media: media-source://media_source/local/{{ trigger.event.data.file }}
      print_now: true
      leveling: false
    response_variable: print
  - event: print_begun
    event_data:
      file: "{{ print.file_name }}"
      slots: "{{ print.materials | map(attribute='slot') | list }}"
"""


@pytest.mark.parametrize("model", ["ad5x", "creator5_pro"])
async def test_automation_uploads_matches_starts_and_prints(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    printer: Printer,
    prints: Path,
    time: Time,
) -> None:
    printer.quirks = replace(printer.quirks, starts_stored_files=False)
    load(printer, "PLA", "PETG", "PLA", "PLA")
    sliced(prints, "gift.3mf", TWO_COLORS)
    assert await async_setup_component(hass, "media_source", {})
    config = {"automation": [parse_yaml(AUTOMATION)]}
    assert await async_setup_component(hass, "automation", config)
    begun = hass.loop.create_future()
    hass.bus.async_listen_once("print_begun", begun.set_result)

    hass.bus.async_fire(
        "print_wanted", {"device": device_of(hass, printer), "file": "gift.3mf"}
    )
    event = await time.passes_until(begun)
    assert event.data == {"file": "gift.3mf", "slots": [4, 1]}
    assert printer.count("/printGcode") == 0

    machine = printer.machine
    assert machine.running_job is not None
    machine.finish_warm_up()
    await time.passes(600, step=5)
    assert state_of(hass, "sensor", printer, "status").state == "printing"
    assert state_of(hass, "sensor", printer, "file").state == "gift.3mf"
    assert state_of(hass, "sensor", printer, "total_layers").state == "80"
    assert state_of(hass, "sensor", printer, "active_slot").state == "1"
    await time.passes(660, step=5)
    assert state_of(hass, "sensor", printer, "status").state == "completed"
