"""Commands: what each model does with them, and what it only acknowledges."""

from dataclasses import replace
from typing import Any

import pytest

from simulator import MODELS, ManualClock, Printer, Status

from ..conftest import Command, Detail, Make

HTTP_MODELS = tuple(key for key, spec in MODELS.items() if spec.http)
HEADS = [-200, -200, -200, -200]


async def printing(make: Make, model: str, **options: Any) -> Printer:
    printer = await make(model, **options)
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    return printer


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_invented_commands_are_acknowledged(
    make: Make, command: Command, detail: Detail, model: str
) -> None:
    printer = await make(model)
    before = await detail(printer)

    assert await command(printer, "makeCoffee_cmd", sugar=True) == 0

    assert await detail(printer) == before


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_the_light(make: Make, command: Command, model: str) -> None:
    printer = await make(model)

    assert await command(printer, "lightControl_cmd", status="close") == 0
    assert printer.machine.light is False
    assert await command(printer, "lightControl_cmd", status="perhaps") == 0
    assert printer.machine.light is False
    assert await command(printer, "lightControl_cmd", status="open") == 0
    assert printer.machine.light is True
    assert await command(printer, "lightControl_cmd", status=1) == -1


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_job_control(
    make: Make, command: Command, clock: ManualClock, model: str
) -> None:
    printer = await printing(make, model)
    machine = printer.machine

    assert await command(printer, "jobCtl_cmd", jobID="", action="pause") == 0
    assert machine.status is Status.PAUSING
    clock.advance(5)
    assert await command(printer, "jobCtl_cmd", jobID="", action="pause") == 0
    assert machine.status is Status.PAUSED
    assert await command(printer, "jobCtl_cmd", jobID="", action="continue") == 0
    clock.advance(10)
    assert machine.status is Status.PRINTING
    assert await command(printer, "jobCtl_cmd", jobID="", action="cancel") == 0
    clock.advance(5)
    assert machine.status is Status.CANCELED
    assert await command(printer, "jobCtl_cmd", action="continue") == 0
    assert machine.status is Status.CANCELED
    assert await command(printer, "stateCtrl_cmd", action="setClearPlatform") == 0
    assert machine.status is Status.READY
    assert await command(printer, "jobCtl_cmd", jobID="", action="dance") == -1


@pytest.mark.parametrize(
    ("model", "dropped"),
    [(model, model == "creator5_pro") for model in HTTP_MODELS],
)
@pytest.mark.parametrize(
    ("action", "status"), [("pause", Status.PAUSING), ("cancel", Status.CANCELING)]
)
async def test_some_firmware_ignores_job_control_in_the_warm_up(
    make: Make,
    command: Command,
    clock: ManualClock,
    model: str,
    action: str,
    status: Status,
    *,
    dropped: bool,
) -> None:
    printer = await make(model)
    printer.machine.start_job()
    clock.advance(10)

    assert await command(printer, "jobCtl_cmd", jobID="", action=action) == 0

    assert (printer.machine.status is Status.HEATING) is dropped
    printer.machine.finish_warm_up() if dropped else None
    await command(printer, "jobCtl_cmd", jobID="", action=action)
    assert printer.machine.status is status


async def test_a_plate_is_not_cleared_under_a_running_job(
    make: Make, command: Command
) -> None:
    printer = await printing(make, "5m")

    assert await command(printer, "stateCtrl_cmd", action="setClearPlatform") == 0

    assert printer.machine.status is Status.PRINTING


@pytest.mark.parametrize(
    ("model", "asked", "given"),
    [
        ("5m", 120, 120),
        ("5m", 10, 50),
        ("5m_pro", 300, 150),
        ("ad5x", 300, 300),
        ("ad5x", 900, 500),
        ("creator5", 120, 125),
        ("creator5_pro", 124, 125),
        ("creator5_pro", 500, 166),
    ],
)
async def test_speeds_fit_the_model(
    make: Make, command: Command, detail: Detail, model: str, asked: int, given: int
) -> None:
    printer = await printing(make, model)

    assert await command(printer, "printerCtl_cmd", speed=asked) == 0

    assert (await detail(printer))["printSpeedAdjust"] == given


async def test_controls_change_only_what_they_name(
    make: Make, command: Command, detail: Detail
) -> None:
    printer = await printing(make, "ad5x")
    args = {"zAxisCompensation": 0.05, "coolingFan": 70, "coolingLeftFan": 30}
    await command(printer, "printerCtl_cmd", **args)

    await command(printer, "printerCtl_cmd", speed=150, coolingFan=-200)

    fields = await detail(printer)
    assert fields["zAxisCompensation"] == 0.05
    assert fields["coolingFanSpeed"] == 70
    assert fields["coolingFanLeftSpeed"] == 30
    assert fields["printSpeedAdjust"] == 150


async def test_some_firmware_resets_what_is_left_out(
    make: Make, command: Command, detail: Detail
) -> None:
    printer = await printing(make, "creator5_pro")
    printer.quirks = replace(printer.quirks, resets_omitted_controls=True)
    everything = {"zAxisCompensation": 0.1, "coolingFan": 70, "chamberFan": 40}
    await command(printer, "printerCtl_cmd", speed=166, **everything)

    await command(printer, "printerCtl_cmd", speed=125)

    fields = await detail(printer)
    assert fields["printSpeedAdjust"] == 125
    assert fields["zAxisCompensation"] == 0
    assert fields["coolingFanSpeed"] == 0
    assert fields["chamberFanSpeed"] == 0


async def test_controls_stay_in_their_ranges(
    make: Make, command: Command, detail: Detail
) -> None:
    printer = await printing(make, "5m_pro")

    await command(printer, "printerCtl_cmd", zAxisCompensation=7.5, chamberFan=400)
    fields = await detail(printer)

    assert fields["zAxisCompensation"] == 0
    assert fields["chamberFanSpeed"] == 100
    assert await command(printer, "printerCtl_cmd", speed="fast") == -1


@pytest.mark.parametrize("model", HTTP_MODELS)
async def test_controls_are_ignored_without_a_job(
    make: Make, command: Command, detail: Detail, model: str
) -> None:
    printer = await make(model)
    before = await detail(printer)

    args = {"zAxisCompensation": 0.1, "speed": 125, "coolingFan": 50, "chamberFan": 50}
    assert await command(printer, "printerCtl_cmd", **args) == 0

    assert await detail(printer) == before


async def test_missing_fans_do_not_turn(
    make: Make, command: Command, detail: Detail
) -> None:
    printer = await printing(make, "5m")

    await command(printer, "printerCtl_cmd", chamberFan=50, coolingLeftFan=50)

    assert (await detail(printer))["chamberFanSpeed"] == 0
    assert printer.machine.left_part_fan == 0


@pytest.mark.parametrize("model", ["5m", "5m_pro", "ad5x"])
async def test_temperatures_of_a_single_nozzle(
    make: Make, command: Command, detail: Detail, model: str
) -> None:
    printer = await make(model)

    async def targets(**args: int) -> tuple[float, float]:
        assert await command(printer, "temperatureCtl_cmd", **args) == 0
        fields = await detail(printer)
        return fields["rightTargetTemp"], fields["platTargetTemp"]

    assert await targets(rightNozzle=210, platform=60, leftNozzle=-200) == (210, 60)
    assert await targets(rightNozzle=-200, platform=70) == (210, 70)
    assert await targets(rightNozzle=-100, platform=0) == (0, 0)
    limit = printer.model.nozzle_max
    assert await targets(rightNozzle=500, platform=500) == (limit, 110)


@pytest.mark.parametrize("model", ["creator5", "creator5_pro"])
async def test_temperatures_of_four_heads(
    make: Make, command: Command, detail: Detail, model: str
) -> None:
    printer = await make(model)

    async def targets(**args: Any) -> tuple[list[float], float]:
        assert await command(printer, "temperatureCtl_cmd", **args) == 0
        fields = await detail(printer)
        return fields["nozzleTargetTemps"], fields["platTargetTemp"]

    heads = [210, -200, 220, -200]
    assert await targets(platform=-200, nozzles=heads) == ([210, 0, 220, 0], 0)
    assert await targets(platform=60, nozzles=HEADS) == ([210, 0, 220, 0], 60)
    off = [-100, -200, 0, -200]
    assert await targets(platform=-100, nozzles=off) == ([210, 0, 0, 0], 60)
    assert await targets(platform=0, nozzles=HEADS) == ([210, 0, 0, 0], 0)


@pytest.mark.parametrize(
    "nozzles", [None, [], [200], [200] * 5, [200.5] * 4, ["200"] * 4, "200"]
)
async def test_a_creator_drops_a_command_without_four_whole_numbers(
    make: Make, command: Command, detail: Detail, nozzles: object
) -> None:
    printer = await make("creator5_pro")
    before = await detail(printer)
    args = {"platform": 60} | ({} if nozzles is None else {"nozzles": nozzles})

    assert await command(printer, "temperatureCtl_cmd", **args) == 0

    assert await detail(printer) == before


async def test_the_chamber_heats_to_80_at_most(
    make: Make, command: Command, detail: Detail
) -> None:
    printer = await make("creator5_pro")
    await command(printer, "temperatureCtl_cmd", chamber=45, nozzles=HEADS)
    assert (await detail(printer))["chamberTargetTemp"] == 45

    await command(printer, "temperatureCtl_cmd", chamber=120, nozzles=HEADS)
    assert (await detail(printer))["chamberTargetTemp"] == 80

    without = await make("creator5")
    await command(without, "temperatureCtl_cmd", chamber=45, nozzles=HEADS)
    assert (await detail(without))["chamberTargetTemp"] == 0


@pytest.mark.parametrize(
    ("model", "idle", "busy"),
    [
        ("5m", "close", "close"),
        ("5m_pro", "open", "open"),
        ("creator5", "close", "close"),
        ("creator5_pro", "close", "open"),
    ],
)
async def test_filtration(
    make: Make, command: Command, detail: Detail, model: str, idle: str, busy: str
) -> None:
    printer = await make(model)
    both = {"internal": "open", "external": "close"}

    assert await command(printer, "circulateCtl_cmd", **both) == 0
    assert (await detail(printer))["internalFanStatus"] == idle
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    assert await command(printer, "circulateCtl_cmd", **both) == 0

    fields = await detail(printer)
    assert (fields["internalFanStatus"], fields["externalFanStatus"]) == (busy, "close")


@pytest.mark.parametrize(
    ("model", "works"), [("5m_pro", True), ("creator5_pro", False)]
)
async def test_switching_the_camera(
    make: Make, command: Command, detail: Detail, model: str, *, works: bool
) -> None:
    printer = await make(model)
    url = (await detail(printer))["cameraStreamUrl"]
    assert url == f"http://127.0.0.1:{printer.camera_port}/?action=stream"

    assert await command(printer, "streamCtrl_cmd", action="close") == 0

    assert ((await detail(printer))["cameraStreamUrl"] == "") is works
    await command(printer, "streamCtrl_cmd", action="open")
    assert (await detail(printer))["cameraStreamUrl"] == url


async def test_shutting_down_after_a_print(
    make: Make, command: Command, detail: Detail
) -> None:
    printer = await make()

    args = {"automaticShutdown": "open", "shutdownAfterTime": 15}
    assert await command(printer, "delayClose_cmd", **args) == 0

    fields = await detail(printer)
    assert (fields["autoShutdown"], fields["autoShutdownTime"]) == ("open", 15)


async def test_renaming(make: Make, command: Command, detail: Detail) -> None:
    printer = await make()

    await command(printer, "reName_cmd", name="Größe ①")
    await command(printer, "reName_cmd", name="")

    assert (await detail(printer))["name"] == printer.name == "Größe ①"


async def test_calibrating(
    make: Make, command: Command, detail: Detail, clock: ManualClock
) -> None:
    printer = await make()

    args = {"levelingDetection": "open", "vibrationCompensation": "close"}
    assert await command(printer, "calibration_cmd", **args) == 0

    assert (await detail(printer))["status"] == "calibrate_doing"
    clock.advance(300)
    assert (await detail(printer))["status"] == "ready"


@pytest.mark.parametrize("model", ["ad5x", "creator5", "creator5_pro"])
async def test_labeling_a_slot(
    make: Make, command: Command, detail: Detail, model: str
) -> None:
    printer = await make(model)

    await command(printer, "msConfig_cmd", slot=3, mt="PETG", rgb="45A8F9")
    await command(printer, "msConfig_cmd", slot=0, mt="ABS", rgb="#000000")
    await command(printer, "msConfig_cmd", slot=5, mt="ABS", rgb="#000000")

    slots = (await detail(printer))["matlStationInfo"]["slotInfos"]
    assert slots[2]["materialName"] == "PETG"
    assert slots[2]["materialColor"] == "45A8F9"
    assert "ABS" not in {slot["materialName"] for slot in slots}


async def test_labeling_the_external_spool(
    make: Make, command: Command, detail: Detail
) -> None:
    printer = await make()
    assert (await detail(printer))["indepMatlInfo"]["materialName"] == "?"

    await command(printer, "ipdMsConfig_cmd", mt="TPU", rgb="#161616")

    feed = (await detail(printer))["indepMatlInfo"]
    assert (feed["materialName"], feed["materialColor"]) == ("TPU", "#161616")


@pytest.mark.parametrize(("model", "clears"), [("ad5x", True), ("5m", False)])
async def test_clearing_an_error(
    make: Make, command: Command, model: str, *, clears: bool
) -> None:
    printer = await printing(make, model)
    printer.machine.fail("E0101")
    action = {"action": "clearErrorCode"}

    assert await command(printer, "errorCodeCtrl_cmd", errorCode="E0102", **action) == 0
    assert printer.machine.error_code == "E0101"
    assert await command(printer, "errorCodeCtrl_cmd", errorCode="E0101", **action) == 0

    assert (printer.machine.error_code is None) is clears
    assert (printer.machine.status is Status.PAUSED) is clears
