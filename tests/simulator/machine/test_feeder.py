"""Loading and unloading filament, step by step, and with filament that is stuck."""

from dataclasses import replace

import pytest

from simulator import ManualClock, NotNowError, Printer, Status
from simulator.console import execute

from ..conftest import Command, Detail, Make

LOAD, UNLOAD, CANCEL = range(3)

type Seen = list[tuple[int, int]]


@pytest.fixture
async def printer(make: Make) -> Printer:
    return await make("ad5x")


async def watch(
    printer: Printer, detail: Detail, clock: ManualClock, block: str
) -> Seen:
    """Return each (action, step) in order, until the feeder is idle."""
    seen: Seen = []
    while (info := (await detail(printer))[block])["stateAction"]:
        if (now := (info["stateAction"], info["stateStep"])) not in seen:
            seen.append(now)
        clock.advance(1)
    return seen


async def test_a_slot_is_loaded_and_unloaded(
    printer: Printer, command: Command, detail: Detail, clock: ManualClock
) -> None:
    assert await command(printer, "ms_cmd", action=LOAD, slot=3) == 0
    begun = await detail(printer)
    assert begun["status"] == "busy"
    assert begun["rightTargetTemp"] == 220
    assert begun["matlStationInfo"]["currentLoadSlot"] == 3
    assert begun["hasRightFilament"] is False

    assert await watch(printer, detail, clock, "matlStationInfo") == [
        (1, 1),
        (1, 2),
        (1, 3),
        (1, 6),
    ]

    loaded = await detail(printer)
    assert loaded["status"] == "ready"
    assert loaded["rightTargetTemp"] == 0
    assert loaded["rightTemp"] > 100
    assert loaded["hasRightFilament"] is True
    assert loaded["matlStationInfo"]["currentSlot"] == 3

    await command(printer, "ms_cmd", action=UNLOAD, slot=3)

    assert await watch(printer, detail, clock, "matlStationInfo") == [
        (2, 1),
        (2, 4),
        (2, 5),
        (2, 6),
    ]
    unloaded = await detail(printer)
    assert unloaded["hasRightFilament"] is False
    assert unloaded["matlStationInfo"]["currentSlot"] == 0
    assert unloaded["matlStationInfo"]["slotInfos"][2]["hasFilament"] is True


@pytest.mark.parametrize(
    ("material", "celsius"), [("PETG", 245), ("?", 220), ("TPU", 225)]
)
async def test_the_nozzle_gets_as_hot_as_the_material_needs(
    printer: Printer, clock: ManualClock, material: str, celsius: float
) -> None:
    nozzle = printer.machine.nozzles[0]
    printer.machine.slots[0].material = material

    printer.machine.load(1)

    assert nozzle.target == celsius
    clock.advance(10)
    assert printer.machine.nozzles[0].temperature < celsius
    clock.advance(nozzle.seconds_to_target() + 1)
    assert printer.machine.feed is not None
    assert printer.machine.feed.step == 2


async def test_it_does_not_matter_how_often_it_is_read(
    make: Make, clock: ManualClock
) -> None:
    watched, left_alone = await make("ad5x"), await make("ad5x")
    for each in (watched, left_alone):
        each.machine.load(2)

    for _ in range(300):
        clock.advance(0.7)
        assert watched.machine.status is Status.READY

    assert watched.machine.loaded_slot == left_alone.machine.loaded_slot == 2
    assert watched.machine.nozzles[0].temperature == pytest.approx(
        left_alone.machine.nozzles[0].temperature
    )


async def test_cancel_while_heating(
    printer: Printer, command: Command, detail: Detail, clock: ManualClock
) -> None:
    await command(printer, "ms_cmd", action=LOAD, slot=1)
    clock.advance(5)
    await command(printer, "ms_cmd", action=CANCEL, slot=2)
    assert (await detail(printer))["matlStationInfo"]["stateAction"] == 1

    await command(printer, "ms_cmd", action=CANCEL, slot=1)

    fields = await detail(printer)
    assert fields["matlStationInfo"]["stateAction"] == 3
    assert fields["rightTargetTemp"] == 0
    clock.advance(4)
    fields = await detail(printer)
    assert fields["matlStationInfo"]["stateAction"] == 0
    assert fields["hasRightFilament"] is False


async def test_cancel_is_too_late_once_filament_moves(
    printer: Printer, command: Command, detail: Detail, clock: ManualClock
) -> None:
    await command(printer, "ms_cmd", action=LOAD, slot=1)
    while (await detail(printer))["matlStationInfo"]["stateStep"] == 1:
        clock.advance(5)

    assert await command(printer, "ms_cmd", action=CANCEL, slot=1) == 0

    assert (await detail(printer))["matlStationInfo"]["stateAction"] == 1


@pytest.mark.parametrize("slot", [1, 4])
@pytest.mark.parametrize(("action", "first"), [(LOAD, 100), (UNLOAD, 104)])
async def test_filament_that_is_stuck(
    printer: Printer,
    command: Command,
    detail: Detail,
    clock: ManualClock,
    slot: int,
    action: int,
    first: int,
) -> None:
    printer.machine.slots[slot - 1].jammed = True

    await command(printer, "ms_cmd", action=action, slot=slot)
    clock.advance(300)

    code = f"E0{first + slot - 1}"
    failed = await detail(printer)
    assert (failed["status"], failed["errorCode"]) == ("error", code)
    assert failed["matlStationInfo"]["stateAction"] == 0
    assert failed["rightTargetTemp"] == 0
    await command(printer, "ms_cmd", action=action, slot=slot)
    assert (await detail(printer))["matlStationInfo"]["stateAction"] == 0

    printer.machine.slots[slot - 1].jammed = False
    await command(printer, "errorCodeCtrl_cmd", action="clearErrorCode", errorCode=code)
    await command(printer, "ms_cmd", action=action, slot=slot)
    clock.advance(300)

    done = await detail(printer)
    assert (done["status"], done["errorCode"]) == ("ready", "")
    assert done["hasRightFilament"] is (action == LOAD)


async def test_an_empty_slot_times_out(printer: Printer, clock: ManualClock) -> None:
    printer.machine.slots[1].has_filament = False

    printer.machine.load(2)
    clock.advance(300)

    assert printer.machine.error_code == "E0101"


async def test_a_station_that_cannot_move_fails_at_once(printer: Printer) -> None:
    printer.machine.station_blocked = True

    printer.machine.load(1)

    assert printer.machine.error_code == "E0114"
    assert printer.machine.status is Status.ERROR


async def test_the_external_spool(
    printer: Printer, command: Command, detail: Detail, clock: ManualClock
) -> None:
    await command(printer, "ipdMs_cmd", action=LOAD)
    assert (await detail(printer))["indepMatlInfo"]["stateAction"] == 0
    printer.machine.station_connected = False
    await command(printer, "ms_cmd", action=LOAD, slot=1)
    assert (await detail(printer))["matlStationInfo"]["stateAction"] == 0

    await command(printer, "ipdMs_cmd", action=LOAD)
    loading = await watch(printer, detail, clock, "indepMatlInfo")
    loaded = (await detail(printer))["hasRightFilament"]
    await command(printer, "ipdMs_cmd", action=UNLOAD)
    unloading = await watch(printer, detail, clock, "indepMatlInfo")

    assert loading == [(1, 1), (1, 2), (1, 3), (1, 6)]
    assert loaded is True
    assert unloading == [(2, 1), (2, 4), (2, 5), (2, 6)]
    assert (await detail(printer))["hasRightFilament"] is False


async def test_an_external_spool_that_is_stuck(
    printer: Printer, clock: ManualClock
) -> None:
    printer.machine.station_connected = False
    printer.machine.direct_feed.jammed = True

    printer.machine.load(0)
    clock.advance(300)

    assert printer.machine.error_code == "E0108"


async def test_a_paused_job_takes_new_filament_and_goes_on(
    printer: Printer, command: Command, detail: Detail, clock: ManualClock
) -> None:
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await command(printer, "ms_cmd", action=LOAD, slot=2)
    assert (await detail(printer))["matlStationInfo"]["stateAction"] == 4
    printer.machine.pause()
    clock.advance(5)
    target = printer.machine.nozzles[0].target

    await command(printer, "ms_cmd", action=LOAD, slot=2)

    during = await detail(printer)
    assert during["status"] == "pause"
    assert during["matlStationInfo"]["stateAction"] == 1
    with pytest.raises(NotNowError):
        printer.machine.resume()
    clock.advance(60)
    after = await detail(printer)
    assert after["matlStationInfo"]["stateAction"] == 6
    assert after["rightTargetTemp"] == target
    printer.machine.resume()
    assert printer.machine.status is Status.HEATING


async def test_nothing_else_starts_while_filament_moves(printer: Printer) -> None:
    printer.machine.load(1)

    with pytest.raises(NotNowError):
        printer.machine.start_job()
    with pytest.raises(NotNowError):
        printer.machine.calibrate()
    with pytest.raises(NotNowError):
        printer.machine.unload(1)


async def test_losing_the_power_ends_it(printer: Printer, clock: ManualClock) -> None:
    printer.machine.load(1)
    clock.advance(5)

    await printer.power_off()
    await printer.power_on()

    assert printer.machine.feed is None
    assert printer.machine.nozzles[0].target == 0


async def test_a_print_takes_the_extruder_over(
    printer: Printer, clock: ManualClock
) -> None:
    printer.machine.load(4)
    clock.advance(300)
    assert printer.machine.current_slot == 4

    printer.machine.start_job()

    assert printer.machine.current_slot == 0


async def test_another_status_word(
    printer: Printer, detail: Detail, clock: ManualClock
) -> None:
    printer.quirks = replace(printer.quirks, feeding_word="heating")

    printer.machine.load(1)

    assert (await detail(printer))["status"] == "heating"


@pytest.mark.parametrize("arguments", [{"slot": 0}, {"slot": 9}, {}])
async def test_a_missing_slot(
    printer: Printer, command: Command, arguments: dict[str, int]
) -> None:
    assert await command(printer, "ms_cmd", action=LOAD, **arguments) == 0

    assert printer.machine.feed is None


@pytest.mark.parametrize("model", ["5m", "creator5", "creator5_pro"])
async def test_no_other_model_feeds(
    make: Make, command: Command, detail: Detail, model: str
) -> None:
    printer = await make(model)
    before = await detail(printer)

    assert await command(printer, "ms_cmd", action=LOAD, slot=1) == 0

    assert await detail(printer) == before


async def test_at_the_keyboard(printer: Printer, clock: ManualClock) -> None:
    assert "slot 2 loading" in await execute([printer], "load 1 2")
    assert "cannot" in await execute([printer], "load 1 3")
    clock.advance(300)
    assert "slot 2 jammed" in await execute([printer], "jam 1 2")
    assert "slot 2 unloading" in await execute([printer], "unload 1 2")
    clock.advance(300)
    assert "E0105" in await execute([printer], "status 1")
    assert "no such slot" in await execute([printer], "jam 1 7")
    assert "number of a slot" in await execute([printer], "load 1")
