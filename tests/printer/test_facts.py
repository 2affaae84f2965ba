"""Entries whose data another version wrote, or that are damaged."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, State
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    mock_restore_cache_with_extra_data,
)

from custom_components.flashforge.const import CONF_FACTS
from custom_components.flashforge.printer.facts import Facts, access_of
from simulator import Printer

from ..conftest import PassTime, SetUp
from ..support.lookups import state_of

LATER = {
    "model": "AD5X",
    "firmware": "9.9.9",
    "tools": 1,
    "slots": 4,
    "product": {"light": True, "laser": True, "nozzle": "yes"},
    "starts_files": "9.9.9",
    "ignores_start": None,
    "spool_weights": {"1": 250.0},
}
"""The facts of a later version."""

GARBAGE: tuple[Any, ...] = (
    None,
    7,
    "facts",
    [1, 2],
    {},
    {"product": 5, "tools": "many", "slots": -3, "model": ["AD5X"], "firmware": {}},
    {"product": {"light": "on"}, "tools": 10**9, "slots": True},
    {7: 8, "model": "x" * 100_000},
)


@pytest.mark.parametrize("facts", [LATER, *GARBAGE])
async def test_an_entry_loads_whatever_its_facts_are(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    pass_time: PassTime,
    facts: object,
) -> None:
    await printer.power_off()
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, CONF_FACTS: facts}
    )

    await set_up(entry)

    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, "sensor", printer, "status").state == "offline"

    await printer.power_on()
    await pass_time(61)

    assert state_of(hass, "sensor", printer, "status").state == "idle"
    assert state_of(hass, "sensor", printer, "slot_1").attributes["material"] == "PLA"
    assert entry.data[CONF_FACTS]["firmware"] == printer.firmware


async def test_what_a_later_version_stored_outlives_this_one(
    hass: HomeAssistant, printer: Printer, entry: MockConfigEntry, set_up: SetUp
) -> None:
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, CONF_FACTS: LATER, "later": [1]}
    )

    await set_up(entry)

    assert entry.data[CONF_FACTS]["spool_weights"] == LATER["spool_weights"]
    assert entry.data["later"] == [1]
    assert entry.data[CONF_FACTS]["firmware"] == printer.firmware


@pytest.mark.parametrize(
    "change",
    [
        {"port": "8898x"},
        {"port": None},
        {"product_id": "thirty-eight"},
        {"product_id": [38]},
        {"mac": 5},
        {"mac": "??"},
        {"check_code": 412345},
        {"host": None},
        {"serial_number": None},
        # Without address and port, it is the entry of another integration.
        {"product_id": ..., "mac": ..., "check_code": ...},
    ],
)
async def test_an_entry_loads_whatever_its_address_is(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    set_up: SetUp,
    change: Mapping[str, Any],
) -> None:
    entry.add_to_hass(hass)
    data = {**entry.data, **change}
    left = {key: value for key, value in data.items() if value is not ...}
    hass.config_entries.async_update_entry(entry, data=left)

    await set_up(entry)

    assert entry.state is ConfigEntryState.LOADED
    assert hass.states.async_entity_ids("sensor")
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize(
    "options",
    [
        {"plug": 7, "power_meter": ["sensor.a"], "light": {}, "camera_entity": 5},
        {"later": True, "plug": "no entity id", "light": None},
    ],
)
async def test_an_entry_loads_whatever_its_options_are(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    options: Mapping[str, Any],
) -> None:
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(entry, options=options)

    await set_up(entry)

    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, "sensor", printer, "status").state == "idle"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)
NAMES = st.sampled_from([*asdict(Facts()), "later"])


@given(JSON | st.dictionaries(NAMES, JSON))
def test_facts_are_read_from_anything(stored: object) -> None:
    facts = Facts.stored(stored)
    assert Facts.stored(facts.as_stored(stored)) == facts


@given(st.dictionaries(st.text(max_size=9), JSON), JSON, JSON, JSON)
def test_an_access_is_read_from_anything(
    beside: dict[str, Any], host: object, port: object, pid: object
) -> None:
    data = {**beside, "host": host, "port": port, "product_id": pid, "mac": host}
    access = access_of(MockConfigEntry(domain="flashforge", data=data))
    assert 0 < access.port < 65536
    assert access.pid is None or 0 < access.pid <= 0xFFFF


@pytest.mark.parametrize("kept", ["twelve", True, [1], float("inf"), "x" * 9000])
async def test_a_sensor_restores_only_what_it_can_show(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    kept: object,
) -> None:
    await printer.power_off()
    ids = [f"sensor.ad5x_{key}" for key in ("lifetime_print_time", "file")]
    mock_restore_cache_with_extra_data(
        hass,
        [
            (
                State(each, "1"),
                {"native_value": kept, "native_unit_of_measurement": None},
            )
            for each in ids
        ],
    )

    await set_up(entry)

    for each in ids:
        shown = hass.states.get(each)
        assert shown is not None
        assert len(shown.state) <= 255
    number = hass.states.get(ids[0])
    assert number is not None
    assert number.state == "unknown"
