"""History, statistics, units, automations and dashboards after a take-over."""

from datetime import timedelta
import math
from typing import Any

from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import (
    async_import_statistics,
    list_statistic_ids,
    statistics_during_period,
    validate_statistics,
)
from homeassistant.components.recorder.tasks import StatisticsTask
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import RecorderInstanceContextManager

from custom_components.flashforge.const import DOMAIN
from simulator import Printer

from ..conftest import SetUp, make_entry
from .conftest import StoredPrinter
from .left import SERIAL, Left, enter_codes, leave, shape
from .test_import import add
from .test_shapes import heard, start, told

SHAPES = (
    "cestmoiroma",
    "ghosttypes",
    "jmccumberio",
    "joseffallman",
    "kruzhkov",
    "modrzew",
    "pcartwright81",
)


@pytest.fixture
def mock_recorder_before_hass(
    async_test_recorder: RecorderInstanceContextManager,
) -> None:
    """Prepare the database."""


EXPECTED_STATISTICS = {
    "cestmoiroma": 5,
    "ghosttypes": 11,
    "jmccumberio": 13,
    "joseffallman": 2,
    "kruzhkov": 0,
    "modrzew": 0,
    "pcartwright81": 9,
}
"""How many of the entities with a past have a number while the printer prints."""


def is_number(state: State | None) -> bool:
    """Return whether a state is a number."""
    try:
        return state is not None and math.isfinite(float(state.state))
    except ValueError:
        return False


def past(left: Left, kinds: dict[str, dict]) -> dict[str, StatisticMetaData]:
    """Return the statistics that the sensors had."""
    return {
        entity.entity_id: StatisticMetaData(
            mean_type=StatisticMeanType.ARITHMETIC
            if kinds[kind]["state_class"] == "measurement"
            else StatisticMeanType.NONE,
            has_sum=kinds[kind]["state_class"] != "measurement",
            name=None,
            source="recorder",
            statistic_id=entity.entity_id,
            unit_class=None,
            unit_of_measurement=entity.unit_of_measurement,
        )
        for kind, entity in left.entities.items()
        if kinds[kind].get("state_class")
    }


def of_printer(name: str) -> dict[str, Any]:
    """Return what an entry needs to be for the virtual printer."""
    if name == "joseffallman":
        return {"data": {"serial_number": SERIAL}, "unique_id": SERIAL}
    return {}


async def come(
    hass: HomeAssistant, name: str, printer: Printer, left: Left
) -> ConfigEntry:
    """Let ours take over, by a start or by an import, and return our entry."""
    if shape(name)["entry"]["domain"] != DOMAIN:
        return await add(hass, printer, "take_over")
    await start(hass, left)
    await enter_codes(hass)
    return left.entry


@pytest.mark.parametrize("name", SHAPES)
async def test_statistics_go_on(
    recorder_mock: object,
    hass: HomeAssistant,
    stored_printer: StoredPrinter,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    assert await async_setup_component(hass, "sensor", {})
    printer = await stored_printer("5m_pro")
    printer.machine.start_job()
    left = leave(hass, name, port=printer.http_port, **of_printer(name))
    hour = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    old = hour - timedelta(hours=3)
    before = past(left, shape(name)["keys"])
    for meta in before.values():
        value = StatisticData(start=old, mean=21, min=20, max=22, state=1, sum=1)
        async_import_statistics(hass, meta, [value])
    entry = await come(hass, name, printer, left)
    await async_wait_recording_done(hass)
    five = dt_util.utcnow().replace(second=0, microsecond=0)
    five -= timedelta(minutes=five.minute % 5)
    get_instance(hass).queue_task(StatisticsTask(five, False))
    await async_wait_recording_done(hass)

    issues = await get_instance(hass).async_add_executor_job(validate_statistics, hass)
    kept = {
        entity.entity_id
        for entity in er.async_entries_for_config_entry(
            er.async_get(hass), entry.entry_id
        )
    }
    wrong = {
        key: [each.type for each in found]
        for key, found in issues.items()
        if key in kept
    }
    assert wrong == {}
    going_on = {each for each in kept & {*before} if is_number(hass.states.get(each))}
    assert len(going_on) == EXPECTED_STATISTICS[name]
    rows, hours = [
        await get_instance(hass).async_add_executor_job(
            statistics_during_period,
            hass,
            old,
            None,
            going_on,
            period,
            None,
            {"mean", "state"},
        )
        for period in ("5minute", "hour")
    ]
    for each in going_on:
        kind = "state" if before[each]["has_sum"] else "mean"
        # One series: what was there, and what is new.
        assert hours[each][0][kind] in (21, 1)
        assert rows[each][-1]["start"] >= hour.timestamp()
        state = hass.states.get(each)
        assert state is not None
        assert rows[each][-1][kind] == pytest.approx(float(state.state), abs=0.01)
    known = await get_instance(hass).async_add_executor_job(list_statistic_ids, hass)
    new = {each["statistic_id"] for each in known} - {*before}
    assert not [each for each in new if each.removesuffix("_2") in before]
    assert heard(caplog) == []


async def test_numbers_mean_the_same(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    await start(hass, left)

    def unit(kind: str) -> str | None:
        heir = left.heir(hass, kind)
        assert heir is not None
        state = hass.states.get(heir.entity_id)
        assert state is not None
        return state.attributes.get("unit_of_measurement")

    assert unit("sensor/elapsed_time") == "s"
    assert unit("sensor/remaining_time") == "s"
    assert unit("sensor/lifetime_runtime") == "h"
    assert unit("sensor/free_disk_space") == "GB"
    assert printer.requests


async def test_a_wrong_unit_keeps_its_number(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, "pcartwright81")
    await start(hass, left)
    state = hass.states.get(left.entities["sensor/free_disk_space"].entity_id)
    assert state is not None
    assert float(state.state) == pytest.approx(
        printer.machine.free_storage_gb, abs=0.01
    )
    assert state.attributes["unit_of_measurement"] == "GB"


@pytest.mark.parametrize("name", SHAPES)
async def test_automations_and_dashboards_work_or_are_named(
    hass: HomeAssistant, stored_printer: StoredPrinter, name: str
) -> None:
    """An automation and a stored dashboard of before use everything that was there."""
    printer = await stored_printer("5m_pro")
    left = leave(hass, name, port=printer.http_port, **of_printer(name))
    ids = {kind: entity.entity_id for kind, entity in left.entities.items()}
    heirs = shape(name)["heirs"]
    status = next(
        ids[kind] for kind in ids if heirs[kind] and heirs[kind]["key"] == "status"
    )
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "alias": "Tell me",
                "triggers": [{"trigger": "state", "entity_id": status}],
                "conditions": [
                    {"condition": "state", "entity_id": each, "state": "on"}
                    for each in ids.values()
                ],
                "actions": [],
            }
        },
    )
    assert await async_setup_component(hass, "lovelace", {})
    cards = [{"type": "tile", "entity": each} for each in ids.values()]
    words = {"condition": "state", "entity": status, "state": [*old_words(name)]}
    await (
        hass.data[LOVELACE_DATA]
        .dashboards[None]
        .async_save(
            {
                "views": [
                    {"path": "all", "cards": cards},
                    {"path": "words", "badges": [{"visibility": [words]}]},
                ]
            }
        )
    )
    entry = await come(hass, name, printer, left)

    issue = told(hass, Left(entry, left.entities, left.device))
    named = {
        line.removeprefix("- ").split(" ")[0]: line
        for line in issue["gone"].splitlines()
    }
    for entity_id in ids.values():
        if entity_id in named:
            assert named[entity_id].endswith(" (automation.tell_me, /lovelace/all)")
            assert hass.states.get(entity_id) is None
        else:
            assert hass.states.get(entity_id) is not None
    assert len(named) <= 100
    (line,) = [each for each in issue["words"].splitlines() if f" {status}:" in each]
    assert "→ idle" in line
    assert line.endswith(" (automation.tell_me, /lovelace/words)")


def old_words(name: str) -> dict[str, str]:
    """Return the states of the status that are called differently now."""
    changes = shape(name)["state_changes"]
    status = next(
        kind for kind in changes if kind.startswith("sensor/") and "stat" in kind
    )
    return {old: new for old, new in changes[status].items() if old != new}


READ = {"binary_sensor", "fan", "light", "number", "select", "sensor", "switch"}
"""Domains of entities that show a reading."""


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("name", SHAPES)
async def test_every_reading_is_there_under_its_old_id(
    hass: HomeAssistant,
    stored_printer: StoredPrinter,
    set_up: SetUp,
    name: str,
) -> None:
    """Each is that of an entry which was never anything else."""
    printer = await stored_printer("5m_pro")
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    printer.clock.advance(600)
    left = leave(hass, name, port=printer.http_port, **of_printer(name))
    entry = await come(hass, name, printer, left)
    registry = er.async_get(hass)
    old = {each.entity_id for each in left.entities.values()}

    def readings(of: ConfigEntry) -> dict[tuple[str, str], State]:
        return {
            (each.domain, each.unique_id): state
            for each in er.async_entries_for_config_entry(registry, of.entry_id)
            if each.domain in READ
            if (state := hass.states.get(each.entity_id)) is not None
        }

    before = {
        key: each for key, each in readings(entry).items() if each.entity_id in old
    }
    kept = {
        heir.entity_id
        for kind in left.entities
        if (heir := left.heir(hass, kind)) is not None
        and heir.domain in READ
        and heir.disabled_by is None
    }
    assert {each.entity_id for each in before.values()} == kept
    await hass.config_entries.async_remove(entry.entry_id)
    # A new entry remembers nothing of the old ids, units and statistics.
    registry.deleted_entities.clear()
    new = make_entry(printer)
    await set_up(new)
    after = readings(new)
    different = {
        state.entity_id: (state.state, after[key].state)
        for key, state in before.items()
        if state.attributes.get("unit_of_measurement")
        == after[key].attributes.get("unit_of_measurement")
        and state.state != after[key].state
    }
    assert different == {}
    told_units = {
        state.entity_id
        for key, state in before.items()
        if state.attributes.get("unit_of_measurement")
        != after[key].attributes.get("unit_of_measurement")
    }
    assert told_units == STILL_IN_OLD_UNITS.get(name, set())
    silent = {each.entity_id for each in before.values() if not is_shown(each)}
    assert silent == SILENT.get(name, set())


def is_shown(state: State) -> bool:
    """Return whether a state says anything."""
    return state.state not in ("unknown", "unavailable")


SILENT = {
    "cestmoiroma": {"select.adventurer_5m_pro_file_list"},
    "jmccumberio": {"select.flashforge_print_file"},
    "joseffallman": {"select.adventurer_3_file_list"},
    "pcartwright81": {
        "select.adventurer_5m_pro_file_list",
        "switch.adventurer_5m_pro_filament_runout_sensor",
    },
}
"""No file was chosen yet, and a printer does not tell whether its sensor is on."""

STILL_IN_OLD_UNITS = {
    "cestmoiroma": {
        "sensor.adventurer_5m_pro_elapsed_time",
        "sensor.adventurer_5m_pro_time_remaining",
        "sensor.adventurer_5m_pro_total_print_time",
    },
    "ghosttypes": {
        "sensor.workshop_printer_elapsed_time",
        "sensor.workshop_printer_remaining_time",
    },
    "jmccumberio": {
        "sensor.flashforge_cumulative_print_time",
        "sensor.flashforge_estimated_right_length",
        "sensor.flashforge_estimated_time_remaining",
        "sensor.flashforge_print_duration",
    },
    "pcartwright81": {
        "sensor.adventurer_5m_pro_lifetime_print_time",
        "sensor.adventurer_5m_pro_print_duration",
        "sensor.adventurer_5m_pro_print_time_remaining",
    },
}
"""Seconds, minutes and millimeters, in which the history is."""
