"""The machine without its network: jobs, heat, counters, what a person can do."""

from dataclasses import replace
import time
from typing import Any

import pytest

from simulator import (
    MODELS,
    JobOptions,
    Machine,
    ManualClock,
    NotNowError,
    Quirks,
    Status,
    StoredFile,
    thumbnail,
)

FILE = StoredFile("cube.gcode", 600, 60, (("PLA", "#FFFFFF", 29.8),))


def build(clock: ManualClock, model: str = "ad5x", **quirks: Any) -> Machine:
    spec = MODELS[model]
    changed = replace(spec.quirks(spec.firmware), **quirks)
    return Machine(spec, changed, clock, [FILE, *spec.files])


@pytest.mark.parametrize("model", MODELS)
def test_a_job_runs_from_the_start_to_the_cleared_plate(
    clock: ManualClock, model: str
) -> None:
    machine = build(clock, model)
    seen = []

    job = machine.start_job()
    while machine.status is not Status.COMPLETED:
        seen.append((machine.status, job.layer))
        clock.advance(1)

    statuses = list(dict.fromkeys(status for status, _ in seen))
    layers = [layer for _, layer in seen]
    assert statuses[-2:] == [Status.HEATING, Status.PRINTING]
    assert layers == sorted(layers)
    assert set(layers) == set(range(61))
    assert job.progress == 1
    assert job.elapsed == pytest.approx(600)
    assert machine.bed.target == 0
    with pytest.raises(NotNowError):
        machine.start_job()

    machine.clear_plate()

    assert machine.status is Status.READY
    assert machine.job is None


def test_it_does_not_matter_how_often_it_is_read(clock: ManualClock) -> None:
    watched, left_alone = build(clock), build(clock)
    for machine in (watched, left_alone):
        machine.start_job()

    for _ in range(411):
        clock.advance(0.73)
        assert watched.status

    assert watched.job is not None
    assert left_alone.job is not None
    assert watched.status is left_alone.status is Status.PRINTING
    assert watched.job.elapsed == pytest.approx(left_alone.job.elapsed)
    assert watched.bed.temperature == pytest.approx(left_alone.bed.temperature)
    assert watched.lifetime_meters == pytest.approx(left_alone.lifetime_meters)


@pytest.mark.parametrize("model", MODELS)
def test_an_hour_passes_quickly(clock: ManualClock, model: str) -> None:
    machines = [build(clock, model) for _ in range(3)]
    for machine in machines:
        machine.start_job()
    clock.advance(3600)

    taken = []
    for machine in machines:
        started = time.thread_time()
        assert machine.status is Status.COMPLETED
        taken.append(time.thread_time() - started)

    # Other work of the computer did not delay the quickest one.
    assert min(taken) < 0.02


def test_heat_rises_holds_and_falls(clock: ManualClock) -> None:
    machine = build(clock)
    machine.nozzles[0].target = 200
    machine.bed.target = 60

    clock.advance(20)
    warm = machine.nozzles[0].temperature
    assert 40 < warm < 150
    clock.advance(300)
    assert machine.nozzles[0].temperature == 200
    assert machine.bed.temperature == 60

    machine.nozzles[0].target = 120
    clock.advance(30)
    assert 120 < machine.nozzles[0].temperature < 200
    clock.advance(300)
    assert machine.nozzles[0].temperature == 120

    machine.bed.target = 0
    clock.advance(300)
    assert 30 < machine.bed.temperature < 55
    clock.advance(36_000)
    assert machine.bed.temperature == pytest.approx(25, abs=0.1)


def test_targets_stay_within_the_limits_of_the_model(clock: ManualClock) -> None:
    machine = build(clock, "5m")

    machine.nozzles[0].target = 999
    machine.bed.target = -5

    assert machine.nozzles[0].target == 280
    assert machine.bed.target == 0


def test_the_chamber_follows_the_bed(clock: ManualClock) -> None:
    machine = build(clock, "5m_pro")
    machine.bed.target = 100

    clock.advance(7200)

    assert machine.chamber is not None
    assert machine.chamber.temperature == pytest.approx(25 + 75 / 4, abs=0.5)


def test_a_pause_takes_some_seconds_and_resuming_heats(clock: ManualClock) -> None:
    machine = build(clock)
    job = machine.start_job()
    machine.finish_warm_up()
    clock.advance(100)

    machine.pause()
    assert machine.status is Status.PAUSING
    clock.advance(4)
    assert machine.status is Status.PAUSED
    clock.advance(1000)
    assert job.elapsed == pytest.approx(100)
    machine.resume()
    assert machine.status is Status.HEATING
    clock.advance(5)
    assert machine.status is Status.PRINTING
    clock.advance(50)
    assert job.elapsed == pytest.approx(150)


def test_a_temperature_set_by_hand_stays_after_a_pause(clock: ManualClock) -> None:
    machine = build(clock)
    machine.start_job()
    machine.finish_warm_up()
    machine.nozzles[0].target = 205
    machine.pause()
    clock.advance(10)

    machine.resume()

    assert machine.nozzles[0].target == 205


def test_canceling_takes_some_seconds_and_cools_down(clock: ManualClock) -> None:
    machine = build(clock)
    machine.start_job()
    clock.advance(10)

    machine.cancel()

    assert machine.status is Status.CANCELING
    clock.advance(4)
    assert machine.status is Status.CANCELED
    assert machine.nozzles[0].target == 0
    machine.clear_plate()
    assert machine.status is Status.READY


def test_the_speed_factor_changes_the_progress(clock: ManualClock) -> None:
    machine = build(clock)
    job = machine.start_job()
    machine.finish_warm_up()

    machine.speed_factor = 200
    clock.advance(150)
    assert job.progress == pytest.approx(0.5)
    machine.speed_factor = 50
    clock.advance(300)
    assert job.progress == pytest.approx(0.75)
    assert job.elapsed == pytest.approx(450)
    clock.advance(300)
    assert machine.status is Status.COMPLETED


def test_counters_grow_with_the_print(clock: ManualClock) -> None:
    machine = build(clock)
    minutes, meters = machine.lifetime_minutes, machine.lifetime_meters
    machine.start_job()

    machine.finish_job()

    assert machine.lifetime_minutes - minutes == pytest.approx(10)
    assert machine.lifetime_meters - meters == pytest.approx(10, abs=0.01)
    assert clock.now() == 0


def test_shortcuts_do_not_move_the_clock(clock: ManualClock) -> None:
    machine = build(clock, "creator5_pro")
    job = machine.start_job()
    assert machine.warming_up

    machine.finish_warm_up()
    assert machine.status is Status.PRINTING
    assert (job.layer, job.elapsed) == (1, 0)
    assert machine.bed.temperature == 60
    machine.finish_job()
    assert machine.status is Status.COMPLETED
    assert job.layer == 60
    assert clock.now() == 0


def test_options_take_their_time(clock: ManualClock) -> None:
    machine = build(clock)
    machine.start_job(options=JobOptions(leveling=True, flow_calibration=True))

    clock.advance(750 + 210 - 1)
    assert machine.status is Status.CALIBRATING
    assert machine.warming_up
    clock.advance(2)

    assert machine.status is Status.HEATING


def test_tools_print_one_after_the_other_from_their_slots(clock: ManualClock) -> None:
    tools = (("PLA", "#FF0000", 10.0), ("PLA", "#00FF00", 0.0), ("PLA", "#0000FF", 10))
    machine = build(clock, "creator5")
    machine.files.insert(0, StoredFile("two.3mf", 100, 10, tools))

    machine.start_job(options=JobOptions(slots={2: 4}))
    assert machine.current_slot == 0
    machine.finish_warm_up()

    assert machine.current_slot == 1
    assert [nozzle.target for nozzle in machine.nozzles] == [220, 0, 0, 220]
    clock.advance(60)
    assert machine.current_slot == 4


def test_an_unplugged_station_feeds_nothing(clock: ManualClock) -> None:
    machine = build(clock)
    machine.station_connected = False
    machine.start_job()

    machine.finish_warm_up()

    assert machine.current_slot == 0


def test_an_ad5x_prints_from_its_external_spool_by_default(clock: ManualClock) -> None:
    machine = build(clock)
    slots = []

    for file, options in (
        ("cube.gcode", JobOptions()),
        ("cube.gcode", JobOptions(slots={0: 3})),
        ("multi_color_test.3mf", JobOptions()),
    ):
        machine.start_job(file, options=options)
        machine.finish_warm_up()
        slots.append(machine.current_slot)
        machine.finish_job()
        machine.clear_plate()

    assert slots == [0, 3, 1]


def test_an_error_stops_the_job_until_it_is_dismissed(clock: ManualClock) -> None:
    machine = build(clock)
    job = machine.start_job()
    machine.finish_warm_up()
    clock.advance(60)

    machine.fail("E0101")
    clock.advance(60)
    assert (machine.status, machine.error_code) == (Status.ERROR, "E0101")
    assert job.elapsed == pytest.approx(60)
    machine.clear_error()
    assert (machine.status, machine.error_code) == (Status.PAUSED, None)
    machine.resume()
    clock.advance(10)
    assert machine.status is Status.PRINTING


def test_an_error_code_can_come_with_a_pause(clock: ManualClock) -> None:
    machine = build(clock, "creator5_pro")
    machine.start_job()
    machine.finish_warm_up()
    machine.pause()
    clock.advance(5)

    machine.set_error("E0163")
    assert machine.status is Status.PAUSED
    machine.resume()

    assert machine.error_code is None


def test_the_machine_calibrates(clock: ManualClock) -> None:
    machine = build(clock)

    machine.calibrate(120)

    assert machine.status is Status.CALIBRATING
    clock.advance(120)
    assert machine.status is Status.READY


def test_impossible_actions_are_refused(clock: ManualClock) -> None:
    machine = build(clock)

    for act in (machine.pause, machine.resume, machine.cancel, machine.finish_job):
        with pytest.raises(NotNowError, match="while ready"):
            act()
    with pytest.raises(KeyError):
        machine.start_job("nothing.gcode")


def test_a_power_loss_ends_the_job_and_keeps_the_counters(clock: ManualClock) -> None:
    machine = build(clock)
    machine.start_job()
    machine.finish_warm_up()
    clock.advance(120)
    minutes = machine.lifetime_minutes

    machine.switch_off()
    assert machine.status is Status.OFF
    clock.advance(60)
    assert machine.bed.temperature < 60
    machine.boot()

    assert machine.status is Status.READY
    assert machine.job is None
    assert machine.bed.target == 0
    assert machine.lifetime_minutes == minutes


def test_air_gets_worse_while_printing_and_better_with_a_filter(
    clock: ManualClock,
) -> None:
    machine = build(clock, "5m_pro")
    machine.start_job()
    machine.finish_warm_up()
    assert machine.fumes == 0

    clock.advance(400)
    printing = machine.fumes
    machine.internal_filter = True
    clock.advance(150)

    assert 10 < printing < 30
    assert machine.fumes < printing
    clock.advance(7200)
    assert machine.fumes == pytest.approx(0, abs=0.1)


def test_quirks_are_plain_data() -> None:
    assert replace(Quirks(), paused_word="Pause ").paused_word == "Pause "
    modern = [spec.pid for spec in MODELS.values() if spec.http]
    assert len(set(modern)) == len(modern)
    assert len({spec.serial_tag for spec in MODELS.values()}) == len(MODELS)


def test_files_complete_themselves() -> None:
    file = StoredFile("a.3mf", tools=[("PETG", "#000000", 3.05), ("PLA", "#FFF", 0)])

    assert file.filament_g == 3.05
    assert file.filament_mm == pytest.approx(1000)
    assert list(file.used) == [0]
    assert StoredFile("b.3mf", filament_mm=5, filament_g=7).filament_mm == 5
    with pytest.raises(ValueError, match="prints nothing"):
        StoredFile("c.3mf", tools=[("PLA", "#FFF", 0)])


def test_every_file_has_a_picture_of_its_own() -> None:
    files = [StoredFile(f"file {number}.gcode") for number in range(10)]

    pictures = {thumbnail(file) for file in files}

    assert len(pictures) == 10
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
