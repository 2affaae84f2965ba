"""What the benchmark reports about its numbers, not the numbers themselves."""

import asyncio
from dataclasses import replace
from pathlib import Path

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from bench import gauges, report
from bench.__main__ import CHAPTERS
from bench.outside import ROOT
from bench.readings import READINGS, SETTINGS, versions
from bench.upload import rhythm
from simulator import Printer

from ..conftest import PassTime
from ..support.lookups import state_of

FOUND = {
    "cpu_ratio": {"unchanged": 1.15, "changed": 6},
    "limit_ratio": {"changed": 1.25},
    "cold_limit_ratio": {"printing": 2.25},
    "camera": {"4": {"upstream": 1}},
    "machine": {"processors": 2},
}


def test_targets_are_held_against_what_was_measured() -> None:
    verdicts = {verdict.key: verdict for verdict in report.judge(FOUND)}
    assert {key: verdict.met for key, verdict in verdicts.items()} == {
        "cpu_ratio.unchanged": True,
        "cpu_ratio.changed": False,
        "limit_ratio.changed": True,
        "cold_limit_ratio.printing": False,
        "camera.4.upstream": True,
    }
    assert verdicts["cpu_ratio.changed"].target == "≤ 5.5, aim 4"


@pytest.mark.parametrize(
    ("comparison", "value", "met"),
    [
        ("=", 1.0, True),
        ("=", 1.1, False),
        ("≤", 1.0, True),
        ("≤", 1.01, False),
        ("<", 1.0, False),
    ],
)
def test_a_target_at_its_limit(
    monkeypatch: pytest.MonkeyPatch, comparison: str, value: float, met: bool
) -> None:
    target = replace(report.TARGETS[0], key="it", is_=comparison, limit=1)
    monkeypatch.setattr(report, "TARGETS", (target,))
    (verdict,) = report.judge({"it": value})
    assert verdict.met is met


def test_table_shows_what_was_missed_and_all_the_rest() -> None:
    table = report.table(FOUND | {"seconds": 99.5}, report.judge(FOUND))
    lines = {line.split()[0]: line for line in table.splitlines() if line.strip()}
    assert "MISSED" in lines["cpu_ratio.changed"]
    assert "✓" in lines["cpu_ratio.unchanged"]
    assert lines["seconds"].endswith("99.5")
    assert not any(key.startswith("machine") for key in lines)


def test_the_help_names_every_chapter() -> None:
    (line,) = [
        line
        for line in Path(ROOT, "scripts", "bench").read_text().splitlines()
        if "--only" in line
    ]
    named = line.partition("this:")[2].partition(";")[0].split()
    assert sorted(named) == sorted(CHAPTERS)


def test_an_upload_that_held_a_poll_back() -> None:
    found = {"upload": {"rss_growth_mb": 7.4, **rhythm([0.0, 5.0, 11.5, 12.0])}}
    assert found["upload"]["polls"] == found["upload"]["polls_due"] == 2
    met = {verdict.key: verdict.met for verdict in report.judge(found)}
    assert met == {"upload.rss_growth_mb": True, "upload.poll_gap_s": False}


async def test_how_late_the_event_loop_is(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    real = loop.time
    with gauges.lateness() as lags:
        monkeypatch.setattr(loop, "time", lambda: real() + 60)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert gauges.summary(lags)["lag_ms_max"] > 59_000


def test_the_peak_of_memory_is_that_of_the_time_asked_for() -> None:
    bytearray(b"x") * (64 << 20)
    before = gauges.rss()
    gauges.forget_peak()
    assert gauges.peak_rss() - before < 8
    bytearray(b"x") * (64 << 20)
    assert gauges.peak_rss() - before > 48


def test_every_version_of_a_field_differs() -> None:
    for changing in (READINGS, SETTINGS):
        one, other = versions(changing)
        assert one.keys() == other.keys() == changing.keys()
        assert not [name for name in changing if one[name] == other[name]]


async def test_every_reading_changes_and_no_setting(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    coordinator = loaded.runtime_data
    one, other = versions(READINGS)
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    printer.overrides = one
    await coordinator.async_refresh()
    await hass.async_block_till_done()
    changes = async_capture_events(hass, "state_changed")
    printer.overrides = other
    await coordinator.async_refresh()
    changed = {
        event.data["entity_id"].partition(".")[0]
        for event in changes
        if event.data["new_state"] is not None
    }
    # The picture shows that there is another job.
    assert changed == {"sensor", "binary_sensor", "image"}
    assert len(changes) >= 18


async def test_a_steady_print_hardly_fills_the_database(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    printer.quirks = replace(printer.quirks, temperature_ripple=0.3)
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    await pass_time(15, step=5)
    swinging = set()
    changes = async_capture_events(hass, "state_changed")
    for _ in range(36):
        await pass_time(5, step=5)
        swinging.add(loaded.runtime_data.data.nozzles[0].temperature)
    assert len(swinging) > 10
    assert state_of(hass, "sensor", printer, "nozzle_temperature").state == "220"
    # Three minutes: 1500 in an hour are 75.
    assert len(changes) < 75
