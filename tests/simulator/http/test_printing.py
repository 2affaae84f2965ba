"""Starts over the network: of stored files, and of files right after their upload."""

import asyncio
import json
from typing import Any

import pytest

from simulator import ManualClock, Printer, Status, StoredFile

from ...support import FIXTURES
from ..conftest import Ask, Command, Detail, Json, Make, Slice, Upload, mapping

SUCCESS = {"code": 0, "message": "Success"}
WRONG = {"code": -1, "message": "Parameters is error"}
FILE = StoredFile("a.gcode.3mf", 1200, 60, (("PLA", "#FF0000", 12.0),))

PLAIN: Json = {
    "fileName": FILE.name,
    "levelingBeforePrint": False,
    "flowCalibration": False,
    "firstLayerInspection": False,
    "timeLapseVideo": False,
    "useMatlStation": False,
    "gcodeToolCnt": 0,
    "materialMappings": [],
}
OLD = ("fileName", "levelingBeforePrint")
TOOLS = (*OLD, "flowCalibration", "useMatlStation", "gcodeToolCnt", "materialMappings")
REQUIRED = {
    ("5m", "3.2.7"): TOOLS,
    ("5m", "3.1.3"): TOOLS,
    ("5m_pro", "3.2.7"): TOOLS,
    ("5m_pro", "2.7.6"): OLD,
    ("ad5x", "1.2.1-1.1.1"): tuple(PLAIN),
    ("creator5", "1.7.8"): OLD,
    ("creator5_pro", "1.9.9"): OLD,
}


def mapped(*mappings: Json, **changed: Any) -> Json:
    """The body of a start that takes filament from slots."""
    return PLAIN | {
        "useMatlStation": True,
        "gcodeToolCnt": len(mappings),
        "materialMappings": list(mappings),
        **changed,
    }


def warm(printer: Printer) -> None:
    printer.machine.finish_warm_up()


@pytest.mark.parametrize(("model", "firmware"), REQUIRED)
async def test_each_firmware_has_its_form(
    make: Make, ask: Ask, model: str, firmware: str
) -> None:
    printer = await make(model, firmware=firmware, files=[FILE])
    needed = REQUIRED[model, firmware]
    form = {key: PLAIN[key] for key in needed}

    for key in needed:
        short = {name: value for name, value in form.items() if name != key}
        assert await ask(printer, "/printGcode", **short) == WRONG
    assert printer.machine.job is None
    assert await ask(printer, "/printGcode", **form) == SUCCESS

    assert printer.machine.job is not None
    assert printer.machine.job.file is FILE


@pytest.mark.parametrize("model", ["5m", "ad5x", "creator5", "creator5_pro"])
async def test_the_longest_form_is_accepted_everywhere(
    make: Make, ask: Ask, model: str
) -> None:
    printer = await make(model, files=[FILE])

    assert await ask(printer, "/printGcode", **PLAIN) == SUCCESS

    assert printer.machine.running_job is not None


@pytest.mark.parametrize(
    "changed",
    [
        {"levelingBeforePrint": "true"},
        {"levelingBeforePrint": 1},
        {"flowCalibration": None},
        {"timeLapseVideo": "false"},
        {"useMatlStation": True},
        {"gcodeToolCnt": "0"},
        {"gcodeToolCnt": 5},
        {"gcodeToolCnt": True},
        {"materialMappings": "[]"},
        {"materialMappings": {}},
        {"materialMappings": [7]},
        {"materialMappings": [mapping(0, 1)]},
        {"materialMappings": [mapping(0, 5)], "gcodeToolCnt": 1},
    ],
)
async def test_values_that_are_refused(make: Make, ask: Ask, changed: Json) -> None:
    printer = await make(files=[FILE])

    assert await ask(printer, "/printGcode", **PLAIN | changed) == WRONG

    assert printer.machine.status is Status.READY


@pytest.mark.parametrize("name", ["b.gcode", "/data/a.gcode.3mf", "", 7, None])
async def test_a_file_that_is_not_there(make: Make, ask: Ask, name: object) -> None:
    printer = await make(files=[FILE])

    answer = await ask(printer, "/printGcode", **PLAIN | {"fileName": name})

    assert answer == {"code": 3, "message": "file not exist"}


async def test_a_printer_with_a_job_is_busy(
    make: Make, ask: Ask, clock: ManualClock
) -> None:
    printer = await make(files=[FILE])
    machine = printer.machine

    async def code() -> int:
        result: int = (await ask(printer, "/printGcode", **PLAIN))["code"]
        return result

    machine.calibrate()
    assert await code() == 2
    clock.advance(300)
    assert await code() == 0
    assert await code() == 2
    machine.cancel()
    assert await code() == 2
    clock.advance(10)
    assert machine.status is Status.CANCELED
    assert await code() == 2
    machine.clear_plate()
    machine.fail("E0009")
    assert await code() == 2
    machine.clear_error()
    assert await code() == 0


async def test_the_order_of_refusals(make: Make, ask: Ask) -> None:
    printer = await make(files=[FILE])

    answer = await ask(printer, "/printGcode", checkCode="0", **PLAIN)

    assert answer == {"code": 1, "message": "Access code is different"}


async def test_what_is_asked_for_is_done_before_the_print(
    make: Make, ask: Ask, clock: ManualClock
) -> None:
    tools = (("PLA", "#FF0000", 6.0), ("PLA", "#0000FF", 6.0))
    printer = await make("creator5", files=[StoredFile("two.3mf", 600, 50, tools)])
    printer.machine.slots[1].material = "PLA"
    body = mapped(
        mapping(0, 2),
        mapping(1, 4),
        fileName="two.3mf",
        levelingBeforePrint=True,
        flowCalibration=True,
        timeLapseVideo=True,
    )

    assert await ask(printer, "/printGcode", **body) == SUCCESS

    job = printer.machine.job
    assert job is not None
    assert job.options.leveling is job.options.time_lapse is True
    assert job.options.first_layer_inspection is False
    clock.advance(750 + 2 * 210 - 1)
    assert printer.machine.status is Status.CALIBRATING
    clock.advance(2)
    assert printer.machine.status is Status.HEATING
    assert [nozzle.target for nozzle in printer.machine.nozzles] == [0, 220, 0, 220]


@pytest.mark.parametrize("firmware", ["1.9.4", "1.9.6"])
async def test_some_firmware_acknowledges_and_does_nothing(
    make: Make,
    ask: Ask,
    detail: Detail,
    clock: ManualClock,
    upload: Upload,
    sliced: Slice,
    firmware: str,
) -> None:
    printer = await make("creator5_pro", firmware=firmware, files=[FILE])

    assert await ask(printer, "/printGcode", **PLAIN) == SUCCESS
    clock.advance(60)
    assert (await detail(printer))["status"] == "ready"
    # A file that is not stored is still refused.
    assert (await ask(printer, "/printGcode", **PLAIN | {"fileName": "b"}))["code"] == 3

    assert await upload(printer, "b.3mf", sliced("b.3mf"), printNow="true") == SUCCESS
    assert printer.machine.running_job is not None


async def test_a_start_on_a_creator_5_pro_shows_its_stages(
    make: Make, detail: Detail, clock: ManualClock, upload: Upload, sliced: Slice
) -> None:
    printer = await make("creator5_pro", firmware="1.9.9")
    data = sliced("glider.gcode.3mf", print_seconds=1751, layers=545)

    await upload(printer, "glider.gcode.3mf", data, printNow="true")

    told = []
    for _ in range(10):
        fields = await detail(printer)
        told.append((fields["status"], fields["printFileName"]))
        clock.advance(0.5)
    assert list(dict.fromkeys(told)) == [
        ("downloading", ""),
        ("unzipping", ""),
        ("printing", "glider.gcode.3mf"),
    ]
    assert fields["estimatedTime"] == 1751
    assert fields["targetPrintLayer"] == 545


@pytest.mark.parametrize(
    ("model", "name"), [("ad5x", "part.gcode"), ("creator5", "part.3mf")]
)
async def test_an_uploaded_file_prints_for_its_time(
    make: Make,
    detail: Detail,
    clock: ManualClock,
    upload: Upload,
    sliced: Slice,
    model: str,
    name: str,
) -> None:
    printer = await make(model)
    tools = (("ABS", "#161616", 14.0),)
    data = sliced(name, print_seconds=3600, layers=90, tools=tools, fill=35)

    await upload(printer, name, data, printNow="true")

    assert printer.machine.bed.target == 100
    assert printer.machine.nozzles[0].target == 250
    warm(printer)
    clock.advance(1800)
    fields = await detail(printer)
    assert (fields["printLayer"], fields["targetPrintLayer"]) == (46, 90)
    assert fields["printProgress"] == pytest.approx(0.5)
    assert fields["estimatedRightWeight"] == 14
    assert fields["estimatedRightLen"] == pytest.approx(5600, abs=10)
    assert fields["fillAmount"] == 35
    assert fields["rightFilamentType"] == "ABS"
    clock.advance(1801)
    assert printer.machine.status is Status.COMPLETED


async def test_an_ad5x_prints_from_its_external_spool_by_default(
    make: Make, ask: Ask
) -> None:
    printer = await make()
    machine = printer.machine
    fish = {"fileName": "FISH_PLA.3mf"}

    await ask(printer, "/printGcode", **PLAIN | fish)
    warm(printer)
    assert machine.current_slot == 0
    machine.finish_job()
    machine.clear_plate()
    await ask(printer, "/printGcode", **mapped(mapping(0, 3), **fish))
    warm(printer)

    assert machine.current_slot == 3


async def test_a_mapping_has_no_effect_without_the_station(
    make: Make, ask: Ask
) -> None:
    printer = await make(files=[FILE])
    printer.machine.slots[2].has_filament = False

    body = mapped(mapping(0, 3), useMatlStation=False)
    assert await ask(printer, "/printGcode", **body) == SUCCESS
    warm(printer)

    assert printer.machine.status is Status.PRINTING
    assert printer.machine.current_slot == 0


@pytest.mark.parametrize("model", ["ad5x", "creator5"])
@pytest.mark.parametrize("slot", [1, 2, 3, 4])
async def test_a_slot_that_is_empty_stops_the_print_before_it_begins(
    make: Make,
    ask: Ask,
    detail: Detail,
    clock: ManualClock,
    model: str,
    slot: int,
) -> None:
    printer = await make(model, files=[FILE])
    printer.machine.slots[slot - 1].has_filament = False

    # The firmware checks nothing, so the start is accepted.
    assert await ask(printer, "/printGcode", **mapped(mapping(0, slot))) == SUCCESS
    assert printer.machine.status is Status.HEATING
    clock.advance(900)

    fields = await detail(printer)
    assert (fields["status"], fields["errorCode"]) == ("error", f"E010{slot - 1}")
    assert fields["printDuration"] == 0


async def test_another_material_stops_the_print_until_the_cause_is_gone(
    make: Make, ask: Ask, command: Command, clock: ManualClock
) -> None:
    printer = await make(files=[FILE])
    machine = printer.machine
    machine.slots[1].material = "PETG"
    await ask(printer, "/printGcode", **mapped(mapping(0, 2)))
    clock.advance(900)
    assert (machine.status, machine.error_code) == (Status.ERROR, "E0110")

    await command(printer, "msConfig_cmd", slot=2, mt="pla", rgb="#FFFFFF")
    clear = {"action": "clearErrorCode", "errorCode": "E0110"}
    await command(printer, "errorCodeCtrl_cmd", **clear)
    await command(printer, "jobCtl_cmd", jobID="", action="continue")
    clock.advance(300)

    assert machine.status is Status.PRINTING
    assert machine.current_slot == 2


async def test_a_station_that_is_unplugged_feeds_nothing(make: Make, ask: Ask) -> None:
    printer = await make(files=[FILE])
    printer.machine.station_connected = False

    await ask(printer, "/printGcode", **mapped(mapping(0, 2)))
    warm(printer)

    assert printer.machine.status is Status.ERROR
    assert printer.machine.error_code == "E0101"


@pytest.mark.parametrize(
    ("model", "name", "words"),
    [
        ("ad5x", "bad.gcode", ["error"]),
        ("ad5x", "bad.3mf", ["error"]),
        ("creator5_pro", "bad.3mf", ["downloading", "unzipping", "error"]),
    ],
)
async def test_a_file_that_cannot_be_read_fails_when_it_is_started(
    make: Make,
    ask: Ask,
    detail: Detail,
    clock: ManualClock,
    upload: Upload,
    model: str,
    name: str,
    words: list[str],
) -> None:
    printer = await make(model)

    assert await upload(printer, name, b"\x00not sliced at all") == SUCCESS
    listed = (await ask(printer, "/gcodeList"))["gcodeListDetail"][0]
    assert (listed["gcodeFileName"], listed["printingTime"]) == (name, 0)
    assert listed["gcodeToolDatas"] == []
    assert await ask(printer, "/printGcode", **PLAIN | {"fileName": name}) == SUCCESS

    told = []
    for _ in range(10):
        fields = await detail(printer)
        told.append(fields["status"])
        clock.advance(0.5)
    assert list(dict.fromkeys(told)) == words
    assert fields["errorCode"] == "E0029"
    assert printer.machine.running_job is None
    printer.machine.clear_error()
    printer.machine.cancel()
    clock.advance(5)
    printer.machine.clear_plate()
    assert printer.machine.status is Status.READY


async def test_a_warm_up_that_is_skipped_fails_all_the_same(
    make: Make, clock: ManualClock
) -> None:
    broken = StoredFile("x.3mf", 0, 0, (), fails_with="E0118")
    printer = await make("creator5_pro", files=[broken])
    printer.machine.start_job()
    assert printer.machine.status is Status.STARTING

    printer.machine.finish_warm_up()

    assert printer.machine.status is Status.ERROR
    assert printer.machine.error_code == "E0118"


async def test_two_starts_at_once_make_one_print(make: Make, ask: Ask) -> None:
    printer = await make(files=[FILE])

    answers = await asyncio.gather(
        *(ask(printer, "/printGcode", **PLAIN) for _ in range(2))
    )

    assert sorted(answer["code"] for answer in answers) == [0, 2]


SAMPLES: Json = json.loads((FIXTURES / "requests.json").read_text())["POST /printGcode"]


@pytest.mark.parametrize("sample", SAMPLES)
async def test_the_bodies_of_mature_clients_start_a_print(
    make: Make, ask: Ask, sample: str
) -> None:
    model, _, form = sample.partition("_")
    firmware = "2.7.6" if form == "old_fw" else None
    body = SAMPLES[sample]
    printer = await make(
        "5m_pro" if firmware else model,
        firmware=firmware,
        serial=body["serialNumber"],
        check_code=body["checkCode"],
        files=[StoredFile(body["fileName"])],
    )

    assert await ask(printer, "/printGcode", **body) == SUCCESS

    job = printer.machine.running_job
    assert job is not None
    assert job.options.leveling is body["levelingBeforePrint"]
    assert job.options.slots == {
        each["toolId"]: each["slotId"] for each in body.get("materialMappings", [])
    }
