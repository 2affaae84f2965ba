"""History, statistics, units, automations and dashboards after a take-over."""

from datetime import timedelta

from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import (
    async_import_statistics,
    statistics_during_period,
    validate_statistics,
)
from homeassistant.components.recorder.tasks import StatisticsTask
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import RecorderInstanceContextManager

from .conftest import StoredPrinter
from .left import Left, leave, shape
from .test_shapes import start, told


@pytest.fixture
def mock_recorder_before_hass(
    async_test_recorder: RecorderInstanceContextManager,
) -> None:
    """Prepare the database."""


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


@pytest.mark.parametrize("name", ["ghosttypes", "cestmoiroma", "pcartwright81"])
async def test_statistics_go_on(
    recorder_mock: object,
    hass: HomeAssistant,
    stored_printer: StoredPrinter,
    name: str,
) -> None:
    assert await async_setup_component(hass, "sensor", {})
    printer = await stored_printer("5m_pro")
    left = leave(hass, name, port=printer.http_port)
    hour = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    old = hour - timedelta(hours=3)
    before = past(left, shape(name)["keys"])
    for meta in before.values():
        value = StatisticData(start=old, mean=21, min=20, max=22, state=1, sum=1)
        async_import_statistics(hass, meta, [value])
    await start(hass, left)
    await async_wait_recording_done(hass)
    five = dt_util.utcnow().replace(second=0, microsecond=0)
    five -= timedelta(minutes=five.minute % 5)
    get_instance(hass).queue_task(StatisticsTask(five, False))
    await async_wait_recording_done(hass)

    issues = await get_instance(hass).async_add_executor_job(validate_statistics, hass)
    kept = {
        entity.entity_id
        for entity in er.async_entries_for_config_entry(
            er.async_get(hass), left.entry.entry_id
        )
    }
    wrong = {
        key: [each.type for each in found]
        for key, found in issues.items()
        if key in kept
    }
    unconvertible = {"sensor.adventurer_5m_pro_tvoc": ["units_changed"]}
    assert wrong == (unconvertible if name == "pcartwright81" else {})
    bed = next(key for key in before if "bed" in key and "target" not in key)
    rows = await get_instance(hass).async_add_executor_job(
        statistics_during_period, hass, old, None, {bed}, "5minute", None, {"mean"}
    )
    hours = await get_instance(hass).async_add_executor_job(
        statistics_during_period, hass, old, None, {bed}, "hour", None, {"mean"}
    )
    assert hours[bed][0]["mean"] == 21
    assert rows[bed][-1]["mean"] == printer.machine.bed.temperature.__round__()


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


@pytest.mark.parametrize(
    ("name", "status", "light"),
    [
        ("ghosttypes", "sensor/machine_status", "switch/led"),
        ("cestmoiroma", "sensor/status", "binary_sensor/paused"),
        ("pcartwright81", "sensor/status", "switch/led_switch"),
        ("joseffallman", "sensor/status", "sensor/move_mode"),
    ],
)
async def test_automations_and_dashboards_work_or_are_named(
    hass: HomeAssistant,
    stored_printer: StoredPrinter,
    name: str,
    status: str,
    light: str,
) -> None:
    printer = await stored_printer("5m_pro")
    changes = (
        {"data": {"serial_number": printer.serial}, "unique_id": printer.serial}
        if name == "joseffallman"
        else {}
    )
    left = leave(hass, name, port=printer.http_port, **changes)
    ids = {kind: entity.entity_id for kind, entity in left.entities.items()}
    assert await async_setup_component(
        hass,
        "automation",
        {
            "automation": {
                "alias": "Tell me",
                "triggers": [{"trigger": "state", "entity_id": ids[status]}],
                "conditions": [
                    {"condition": "state", "entity_id": ids[light], "state": "on"}
                ],
                "actions": [],
            }
        },
    )
    # What a dashboard shows: everything that was there.
    dashboard = [{"type": "tile", "entity": each} for each in ids.values()]
    await start(hass, left)

    issue = told(hass, left)
    for line in issue["gone"].splitlines():
        assert ("(automation.tell_me)" in line) == (f" {ids[light]} →" in line)
    (line,) = [each for each in issue["words"].splitlines() if ids[status] in each]
    assert "→ idle" in line
    assert "(automation.tell_me)" in line
    for card in dashboard:
        state = hass.states.get(card["entity"])
        assert (state is None) == (f"- {card['entity']} → " in issue["gone"])
