"""The repair that says what a take-over changed, and what waits for the first answer."""

from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.takeover.report import CONF_TAKEN_OVER, Report

from ..conftest import SetUp, make_entry
from ..support.lookups import entity_id
from .conftest import StoredPrinter
from .left import SERIAL, leave
from .test_shapes import heard, start, told


async def test_the_repair_names_what_replaces_what(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, "cestmoiroma", port=printer.http_port)
    await start(hass, left)
    texts = told(hass, left)

    def ours(platform: str, key: str) -> str:
        return entity_id(hass, platform, printer, key)

    old = left.entities["number/cooling_fan"].entity_id
    fan = f"{ours('fan', 'part_fan')}; number.set_value → fan.set_percentage"
    assert f"- {old} → {fan}" in texts["gone"].splitlines()
    assert f"- flashforge.pause → {ours('button', 'pause')}" in texts["others"]
    assert "- flashforge.get_file_names → flashforge.list_files" in texts["others"]
    assert f"- flashforge_error → {ours('binary_sensor', 'problem')}" in texts["others"]
    english = await async_get_translations(hass, "en", "issues", {DOMAIN})
    text = english[
        f"component.{DOMAIN}.issues.taken_over.fix_flow.step.confirm.description"
    ]
    assert old in text.format(**texts)


async def test_it_goes_when_it_was_read(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    stored_printer: StoredPrinter,
) -> None:
    await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    assert await async_setup_component(hass, REPAIRS, {})
    assert await async_setup_component(hass, "diagnostics", {})
    await start(hass, left)
    client = await hass_client()
    shown = await get_diagnostics_for_config_entry(hass, hass_client, left.entry)
    assert "workshop" not in str(shown)
    issue = f"taken_over_{left.entry.entry_id}"
    reply = await client.post(
        "/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue}
    )
    flow = await reply.json()
    assert flow["step_id"] == "confirm"
    reply = await client.post(f"/api/repairs/issues/fix/{flow['flow_id']}", json={})
    assert (await reply.json())["type"] == "create_entry"
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue) is None
    assert CONF_TAKEN_OVER not in left.entry.data

    await hass.config_entries.async_reload(left.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue) is None


async def test_it_stays_over_a_restart_and_goes_with_the_entry(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    await start(hass, left)
    before = told(hass, left)
    ir.async_delete_issue(hass, DOMAIN, f"taken_over_{left.entry.entry_id}")
    await hass.config_entries.async_reload(left.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert told(hass, left) == before
    await hass.config_entries.async_remove(left.entry.entry_id)
    assert not [key for key in ir.async_get(hass).issues if key[0] == DOMAIN]


async def test_what_the_model_lacks_goes_with_the_first_answer(
    hass: HomeAssistant,
    stored_printer: StoredPrinter,
    caplog: pytest.LogCaptureFixture,
) -> None:
    printer = await stored_printer("5m_pro")
    await printer.power_off()
    left = leave(hass, "ghosttypes")
    await start(hass, left)
    door = left.entities["binary_sensor/door_open"].entity_id
    status = left.entities["sensor/machine_status"].entity_id
    assert left.heir(hass, "binary_sensor/door_open") is not None
    assert hass.states.get(status).state == "offline"  # type: ignore[union-attr] # there is one
    assert door not in told(hass, left)["gone"]

    await printer.power_on()
    await left.entry.runtime_data.async_refresh()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert left.heir(hass, "binary_sensor/door_open") is None
    assert hass.states.get(door) is None
    assert f"- {door} → –" in told(hass, left)["gone"].splitlines()
    assert left.heir(hass, "switch/camera") is not None
    assert [each for each in heard(caplog) if "flashforge" in each] == []


async def test_what_a_person_set_stays(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    registry = er.async_get(hass)
    left.renamed(
        hass,
        "sensor/bed_temperature",
        name="Bed of old",
        icon="mdi:bed",
        area_id="attic",
        aliases=["plate"],
        labels={"hot"},
        hidden_by=er.RegistryEntryHider.USER,
        new_entity_id="sensor.my_bed",
    )
    elapsed = left.entities["sensor/elapsed_time"].entity_id
    registry.async_update_entity_options(
        elapsed, "sensor", {"unit_of_measurement": "h", "display_precision": 3}
    )
    left.renamed(
        hass, "sensor/print_progress", disabled_by=er.RegistryEntryDisabler.USER
    )
    await start(hass, left)
    bed = left.heir(hass, "sensor/bed_temperature")
    assert bed is not None
    assert (bed.entity_id, bed.name, bed.icon) == (
        "sensor.my_bed",
        "Bed of old",
        "mdi:bed",
    )
    assert (bed.area_id, bed.labels) == ("attic", {"hot"})
    assert bed.hidden_by is er.RegistryEntryHider.USER
    assert list(bed.aliases) == ["plate"]
    state = hass.states.get(elapsed)
    assert state is not None
    assert state.attributes["unit_of_measurement"] == "h"
    options = registry.entities[elapsed].options["sensor"]
    assert options["display_precision"] == 3
    progress = left.heir(hass, "sensor/print_progress")
    assert progress is not None
    assert progress.disabled_by is er.RegistryEntryDisabler.USER
    assert progress.previous_unique_id == f"{left.entry.entry_id}_print_progress"


async def test_a_crash_in_between_loses_no_word(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    """The registry was saved, the entry was not: the next start moves the rest."""
    await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    for kind, key in (
        ("sensor/machine_status", "status"),
        ("sensor/bed_temperature", "bed_temperature"),
    ):
        left.renamed(hass, kind, new_unique_id=f"{SERIAL}_{key}")
    await start(hass, left)
    for kind, entity in left.entities.items():
        heir = left.heir(hass, kind)
        assert heir is None or heir.entity_id == entity.entity_id
    status = left.heir(hass, "sensor/machine_status")
    assert status is not None
    assert status.unique_id == f"{SERIAL}_status"
    assert f"- {status.entity_id}: ready → idle" in told(hass, left)["words"]


async def test_a_unit_that_a_person_chose_stays(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    """Temperatures have no device class here, so Home Assistant converts none."""
    printer = await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    registry = er.async_get(hass)
    for kind, unit in (
        ("sensor/bed_temperature", "°F"),
        ("sensor/nozzle_temperature", "miles"),
        ("sensor/lifetime_filament", "ft"),
    ):
        registry.async_update_entity_options(
            left.entities[kind].entity_id, "sensor", {"unit_of_measurement": unit}
        )
    await start(hass, left)

    def shown(kind: str) -> tuple[float, str]:
        state = hass.states.get(left.entities[kind].entity_id)
        assert state is not None
        return float(state.state), state.attributes["unit_of_measurement"]

    celsius = round(printer.machine.bed.temperature)
    assert shown("sensor/bed_temperature") == (round(celsius * 1.8 + 32), "°F")
    assert shown("sensor/lifetime_filament")[1] == "ft"
    # What cannot go on is told.
    assert shown("sensor/nozzle_temperature")[1] == "°C"
    nozzle = left.entities["sensor/nozzle_temperature"].entity_id
    assert told(hass, left)["units"] == f"- {nozzle}: miles → °C"


async def test_units_that_are_different_are_told_with_what_uses_them(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, "pcartwright81", port=printer.http_port)
    air = left.entities["sensor/tvoc"].entity_id
    trigger = {"trigger": "numeric_state", "entity_id": air, "above": 500}
    automation = {"alias": "Air", "triggers": trigger, "actions": []}
    assert await async_setup_component(hass, "automation", {"automation": automation})
    await start(hass, left)
    lines = told(hass, left)["units"].splitlines()
    assert f"- {air}: ppm → μg/m³ (automation.air)" in lines
    # The number was right, the unit was not.
    storage = left.entities["sensor/free_disk_space"].entity_id
    assert f"- {storage}: MB → GB" in lines
    assert len(lines) == 2


async def test_of_two_that_want_one_heir_the_newer_gets_it(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    printer = await stored_printer("5m_pro")
    left = leave(hass, "cestmoiroma", port=printer.http_port)
    older = er.async_get(hass).async_get_or_create(
        "sensor", DOMAIN, f"{printer.serial}_extruder_current", config_entry=left.entry
    )
    left.renamed(hass, "sensor/extruder0_current", icon="mdi:fire")
    await start(hass, left)
    newer = left.heir(hass, "sensor/extruder0_current")
    assert newer is not None
    assert newer.unique_id == f"{printer.serial}_nozzle_temperature"
    assert er.async_get(hass).entities.get_entry(older.id) is None
    assert f"- {older.entity_id} → {newer.entity_id}" in told(hass, left)["gone"]


@pytest.mark.parametrize(
    "stored",
    [
        None,
        5,
        {},
        {"peer": []},
        {"peer": "nobody"},
        {"peer": "ghosttypes", "gone": 5, "moved": [1], "settled": "yes"},
        {"peer": "ghosttypes", "units": {"nobody": "m", "x": 5, 5: "x"}},
        {"peer": "ghosttypes", "gone": {"": 1, "a.b": None, "x" * 9999: "y"}},
        {"peer": "ghosttypes", "moved": {"nobody": "nothing", "x": {}}},
        {"peer": "ghosttypes", "gone": {f"sensor.a{n}": "a/b" for n in range(9999)}},
    ],
)
async def test_any_stored_report_can_be_read(
    hass: HomeAssistant, stored_printer: StoredPrinter, set_up: SetUp, stored: object
) -> None:
    printer = await stored_printer("5m_pro")
    known = make_entry(printer)
    entry = MockConfigEntry(
        domain=DOMAIN,
        unique_id=known.unique_id,
        data={**known.data, CONF_TAKEN_OVER: stored},
    )
    await set_up(entry)
    assert entry.state.value == "loaded"
    report = Report.of(entry)
    assert report is None or len(report.gone) <= 500
