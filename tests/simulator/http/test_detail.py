"""The /detail fields of each model."""

from dataclasses import replace
from typing import Any

import pytest

from simulator import Chamber, Estimate, ManualClock, StoredFile

from ..conftest import Detail, Make

HTTP_MODELS = ("5m", "5m_pro", "ad5x", "creator5", "creator5_pro")
AD5X_ONLY = {
    "clearFanStatus",
    "coolingFanLeftSpeed",
    "coordinate",
    "extrudeCtrl",
    "hasLeftFilament",
    "hasMatlStation",
    "hasRightFilament",
    "indepMatlInfo",
    "jobId",
    "moveCtrl",
}
CREATOR_ONLY = {"lidar", "model", "nozzleTemps", "nozzleTargetTemps"}


@pytest.mark.parametrize(
    ("model", "present", "absent"),
    [
        ("5m", {"tvoc", "printFileThumbUrl"}, AD5X_ONLY | CREATOR_ONLY | {"camera"}),
        ("5m_pro", {"tvoc"}, AD5X_ONLY | CREATOR_ONLY | {"matlStationInfo"}),
        ("ad5x", AD5X_ONLY | {"camera", "matlStationInfo"}, CREATOR_ONLY),
        ("creator5", CREATOR_ONLY | {"matlStationInfo"}, AD5X_ONLY | {"tvoc"}),
        ("creator5_pro", CREATOR_ONLY | {"tvoc"}, AD5X_ONLY | {"printFileThumbUrl"}),
    ],
)
async def test_each_model_has_its_fields(
    make: Make, detail: Detail, model: str, present: set[str], absent: set[str]
) -> None:
    fields = await detail(await make(model))

    assert present <= fields.keys()
    assert not absent & fields.keys()


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("5m", {"pid": 35, "measure": "220X220X220", "chamberTemp": 0}),
        ("5m_pro", {"pid": 36, "chamberTemp": 25.0, "firmwareVersion": "3.2.7"}),
        ("ad5x", {"pid": 38, "chamberTemp": 0, "chamberTargetTemp": 0}),
        ("creator5", {"pid": 40, "chamberTemp": -109, "nozzleModel": "0.4mm"}),
        (
            "creator5_pro",
            {
                "pid": 41,
                "chamberTemp": 25,
                "nozzleModel": "0.4mm;0.4mm;0.4mm;0.4mm",
                "printSpeedAdjust": 0,
                "model": "Creator 5 Pro",
                "nozzleTemps": [25, 25, 25, 25],
            },
        ),
    ],
)
async def test_an_idle_printer(
    make: Make, detail: Detail, model: str, expected: dict[str, Any]
) -> None:
    printer = await make(model)

    fields = await detail(printer)

    assert fields | expected == fields
    assert fields["status"] == "ready"
    assert fields["errorCode"] == ""
    assert fields["printFileName"] == ""
    assert fields["macAddr"] == printer.mac
    assert fields["ipAddr"] == printer.host


async def test_a_chamber_is_an_option(make: Make, detail: Detail) -> None:
    printer = await make("creator5")
    quirks = replace(printer.quirks, chamber=Chamber.HEATED)

    with_chamber = await detail(await make("creator5", quirks=quirks))
    printer.quirks = replace(printer.quirks, no_chamber=(-108, -108))
    without = await detail(printer)

    assert with_chamber["chamberTemp"] == 25
    assert (without["chamberTemp"], without["chamberTargetTemp"]) == (-108, -108)


@pytest.mark.parametrize(
    ("model", "warm_up", "paused", "canceled"),
    [
        ("5m", "heating", "paused", "cancelled"),
        ("5m_pro", "heating", "paused", "cancelled"),
        ("ad5x", "heating", "pause", "cancel"),
        ("creator5", "heating", "pause", "cancel"),
        ("creator5_pro", "printing", "pause", "cancel"),
    ],
)
async def test_the_words_of_a_job(
    make: Make,
    detail: Detail,
    clock: ManualClock,
    model: str,
    warm_up: str,
    paused: str,
    canceled: str,
) -> None:
    printer = await make(model)
    machine = printer.machine
    words = []

    async def word() -> None:
        words.append((await detail(printer))["status"])

    machine.start_job()
    clock.advance(5)
    await word()
    machine.finish_warm_up()
    await word()
    machine.pause()
    await word()
    clock.advance(5)
    await word()
    machine.cancel()
    await word()
    clock.advance(5)
    await word()
    machine.clear_plate()
    await word()

    expected = [warm_up, "printing", "pausing", paused, "canceling", canceled, "ready"]
    assert words == expected


async def test_numbers_are_raw_memory_right_after_a_start(
    make: Make, detail: Detail, clock: ManualClock
) -> None:
    printer = await make("creator5_pro")
    printer.machine.start_job()

    downloading = await detail(printer)
    clock.advance(0.6)
    early = await detail(printer)
    clock.advance(1)
    unzipping = await detail(printer)
    clock.advance(2.5)
    printing = await detail(printer)

    assert downloading["status"] == "downloading"
    assert downloading["printFileName"] == ""
    assert (downloading["printLayer"], downloading["printSpeedAdjust"]) == (11, 10)
    assert 0 < downloading["printProgress"] < 1e-40
    assert (early["status"], early["printLayer"]) == ("unzipping", 11)
    assert unzipping["status"] == "unzipping"
    assert unzipping["printDuration"] == 268369921
    assert unzipping["coolingFanSpeed"] == 5111810
    assert unzipping["matlStationInfo"]["stateAction"] == 5
    assert unzipping["platTemp"] == 25
    assert printing["status"] == "printing"
    assert (printing["printDuration"], printing["printLayer"]) == (0, 0)
    assert printing["estimatedTime"] == 1751
    assert printing["printFileName"] == "Dragon_Glider_PLA_29m11s.gcode.3mf"
    assert printing["matlStationInfo"]["stateAction"] == 0


async def test_older_firmware_starts_cleanly(make: Make, detail: Detail) -> None:
    printer = await make("creator5_pro", firmware="1.9.4")
    printer.machine.start_job()

    fields = await detail(printer)

    assert (fields["status"], fields["printLayer"]) == ("heating", 0)
    assert fields["firmwareVersion"] == "1.9.4"


@pytest.mark.parametrize(
    ("model", "at_start", "later"),
    [
        ("5m", 1000, 750),
        ("5m_pro", 1000, 750),
        ("ad5x", 1000, 750),
        ("creator5", 1000, 1000),
        ("creator5_pro", 1000, 250),
    ],
)
async def test_the_estimate_means_different_things(
    make: Make,
    detail: Detail,
    clock: ManualClock,
    model: str,
    at_start: float,
    later: float,
) -> None:
    printer = await make(model, files=[StoredFile("a.3mf", 1000)])
    printer.machine.start_job()
    clock.advance(5)

    assert (await detail(printer))["estimatedTime"] == at_start
    printer.machine.finish_warm_up()
    clock.advance(250)

    assert (await detail(printer))["estimatedTime"] == later
    assert (await detail(printer))["printDuration"] == 250


async def test_an_estimate_follows_the_speed(
    make: Make, detail: Detail, clock: ManualClock
) -> None:
    printer = await make(files=[StoredFile("a.3mf", 1000)])
    printer.quirks = replace(printer.quirks, estimate=Estimate.REMAINING)
    printer.machine.start_job()
    printer.machine.finish_warm_up()

    printer.machine.speed_factor = 200

    fields = await detail(printer)
    assert fields["estimatedTime"] == 500
    assert fields["currentPrintSpeed"] == 360
    assert clock.now() == 0


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_a_job_half_done(
    make: Make, detail: Detail, clock: ManualClock, model: str
) -> None:
    file = StoredFile("vase.3mf", 1000, 100, (("PETG", "#000000", 30.5),), fill=7)
    printer = await make(model, files=[file])
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    clock.advance(500)

    fields = await detail(printer)

    assert fields["printFileName"] == "vase.3mf"
    assert fields["printProgress"] == 0.5
    assert (fields["printLayer"], fields["targetPrintLayer"]) == (51, 100)
    assert fields["rightTemp"] == fields["rightTargetTemp"] == 245
    assert fields["platTemp"] == 75
    assert fields["coolingFanSpeed"] == 100
    assert fields["estimatedRightWeight"] == 30.5
    assert fields["estimatedRightLen"] == 10_000
    assert fields["rightFilamentType"] == "PETG"
    assert fields["fillAmount"] == 7
    assert fields["printSpeedAdjust"] == 100


async def test_a_completed_job_stays_until_the_plate_is_clear(
    make: Make, detail: Detail
) -> None:
    printer = await make()
    printer.machine.start_job()
    printer.machine.finish_job()

    fields = await detail(printer)
    assert (fields["status"], fields["printProgress"]) == ("completed", 1)
    assert fields["printLayer"] == fields["targetPrintLayer"] == 111
    printer.quirks = replace(printer.quirks, completed_progress=0.0)
    assert (await detail(printer))["printProgress"] == 0
    printer.machine.clear_plate()
    assert (await detail(printer))["printFileName"] == ""


@pytest.mark.parametrize("model", ["ad5x", "creator5", "creator5_pro"])
async def test_the_station_follows_the_job(
    make: Make, detail: Detail, clock: ManualClock, model: str
) -> None:
    printer = await make(model)

    async def station() -> tuple[int, int, int]:
        block = (await detail(printer))["matlStationInfo"]
        return block["stateAction"], block["currentSlot"], block["currentLoadSlot"]

    loaded = 1 if printer.model.station_detachable else 0
    assert await station() == (0, 0, 0)
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    assert await station() == (4, 1, loaded)
    printer.machine.pause()
    clock.advance(5)
    assert await station() == (6, 1, loaded)
    printer.machine.fail("E0101")
    assert await station() == (6, 1, loaded)


async def test_the_station_of_an_ad5x_can_be_unplugged(
    make: Make, detail: Detail
) -> None:
    printer = await make()
    slots = (await detail(printer))["matlStationInfo"]["slotInfos"]
    assert slots[1] == {
        "slotId": 2,
        "hasFilament": True,
        "materialName": "PLA",
        "materialColor": "#2750E0",
    }

    printer.machine.station_connected = False
    printer.machine.direct_feed.material = "PETG"
    printer.machine.direct_feed.has_filament = True

    fields = await detail(printer)
    assert fields["hasMatlStation"] is False
    assert fields["matlStationInfo"]["slotCnt"] == 4
    assert fields["matlStationInfo"]["slotInfos"] == []
    assert fields["indepMatlInfo"]["materialName"] == "PETG"
    assert fields["hasRightFilament"] is True


@pytest.mark.parametrize(
    ("model", "door"), [("5m", "close"), ("ad5x", "close"), ("creator5_pro", "open")]
)
async def test_only_one_model_has_a_real_door_sensor(
    make: Make, detail: Detail, model: str, door: str
) -> None:
    printer = await make(model)

    printer.machine.door_open = True

    assert (await detail(printer))["doorStatus"] == door


@pytest.mark.parametrize(
    ("model", "moves"),
    [("5m", False), ("ad5x", False), ("5m_pro", True), ("creator5_pro", True)],
)
async def test_the_air_sensor_moves_while_printing(
    make: Make, detail: Detail, clock: ManualClock, model: str, *, moves: bool
) -> None:
    printer = await make(model)
    assert (await detail(printer))["tvoc"] == 0
    printer.machine.start_job()
    printer.machine.finish_warm_up()

    clock.advance(600)

    assert ((await detail(printer))["tvoc"] > 10) is moves


async def test_heads_are_mirrored_in_the_old_fields(make: Make, detail: Detail) -> None:
    printer = await make("creator5_pro")
    for index, nozzle in enumerate(printer.machine.nozzles):
        nozzle.temperature = 100 + index
        nozzle.target = 200 + index

    fields = await detail(printer)

    assert fields["nozzleTemps"] == [100, 101, 102, 103]
    assert fields["nozzleTargetTemps"] == [200, 201, 202, 203]
    assert (fields["rightTemp"], fields["leftTemp"]) == (100, 101)
    assert (fields["rightTargetTemp"], fields["leftTargetTemp"]) == (200, 201)


async def test_odd_fields_on_demand(make: Make, detail: Detail) -> None:
    printer = await make()

    printer.overrides |= {"platTemp": " 27.5 ", "status": "levitating", "new": [1]}
    printer.omit |= {"tvoc", "errorCode"}

    fields = await detail(printer)
    assert fields["platTemp"] == " 27.5 "
    assert fields["status"] == "levitating"
    assert fields["new"] == [1]
    assert not {"tvoc", "errorCode"} & fields.keys()


async def test_no_error_can_be_a_number(make: Make, detail: Detail) -> None:
    printer = await make()
    printer.quirks = replace(printer.quirks, no_error=0)

    assert (await detail(printer))["errorCode"] == 0
    printer.machine.set_error("E0104")
    assert (await detail(printer))["errorCode"] == "E0104"


async def test_held_temperatures_can_swing(
    make: Make, detail: Detail, clock: ManualClock
) -> None:
    printer = await make()
    printer.quirks = replace(printer.quirks, temperature_ripple=0.5)
    printer.machine.bed.target = 60
    clock.advance(600)
    seen = set()

    for _ in range(5):
        clock.advance(3)
        seen.add((await detail(printer))["platTemp"])

    assert len(seen) > 3
    assert all(59.5 <= value <= 60.5 for value in seen)


async def test_the_head_of_an_ad5x_moves(
    make: Make, detail: Detail, clock: ManualClock
) -> None:
    printer = await make()
    assert (await detail(printer))["coordinate"] == [0, 0, 0]
    printer.machine.start_job()
    printer.machine.finish_warm_up()

    clock.advance(1000)

    x, y, z = (await detail(printer))["coordinate"]
    assert 0 < x < 220
    assert 0 < y < 220
    assert z > 1
