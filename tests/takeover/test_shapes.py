"""Each known entry of our domain becomes ours, with all that hangs on it."""

import logging
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
import pytest

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.takeover.report import ISSUE

from .conftest import StoredPrinter
from .left import CODE, SERIAL, Left, leave, shape

CASES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "ghosttypes": ("ghosttypes", "5m_pro", {}),
    "ghosttypes, light": (
        "ghosttypes",
        "5m",
        {"options": {"scan_interval": 30, "override_led_availability": True}},
    ),
    "ghosttypes, no options": ("ghosttypes", "ad5x", {"options": {}}),
    "ghosttypes, four tools": ("ghosttypes", "creator5_pro", {"other_models": True}),
    "ghosttypes, typed": ("ghosttypes", "5m_pro", {"unique_id": "test0000001"}),
    "cestmoiroma": ("cestmoiroma", "5m_pro", {}),
    "cestmoiroma, four tools": (
        "cestmoiroma",
        "creator5_pro",
        {"other_models": True},
    ),
    "cestmoiroma, lines": (
        "cestmoiroma",
        "5m",
        {"data": {"api_type": "legacy", "port": 8899}, "without": ("check_code",)},
    ),
    "joseffallman, 5M": (
        "joseffallman",
        "5m",
        {"data": {"serial_number": SERIAL}, "unique_id": SERIAL},
    ),
    "pcartwright81": ("pcartwright81", "5m_pro", {}),
    "pcartwright81, AD5X": ("pcartwright81", "ad5x", {}),
    "pcartwright81, no code": ("pcartwright81", "5m_pro", {"data": {"check_code": ""}}),
}


def told(hass: HomeAssistant, left: Left) -> dict[str, str]:
    """Return the texts of the repair."""
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"{ISSUE}_{left.entry.entry_id}")
    assert issue is not None
    return dict(issue.translation_placeholders or {})


async def start(hass: HomeAssistant, left: Left) -> None:
    """Start Home Assistant with what was left."""
    await hass.config_entries.async_setup(left.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.parametrize("case", CASES)
async def test_everything_goes_on(
    hass: HomeAssistant,
    stored_printer: StoredPrinter,
    caplog: pytest.LogCaptureFixture,
    case: str,
) -> None:
    name, model, changes = CASES[case]
    printer = await stored_printer(model)
    left = leave(hass, name, port=printer.http_port, **changes)
    before = {kind: entity.entity_id for kind, entity in left.entities.items()}
    await start(hass, left)

    assert left.entry.state is ConfigEntryState.LOADED
    assert left.entry.unique_id == SERIAL
    assert left.entry.minor_version == 2
    if not left.entry.data["check_code"]:
        flows = hass.config_entries.flow.async_progress()
        (flow,) = [each for each in flows if each["context"]["source"] == "reauth"]
        assert flow["step_id"] == "first_code"
        await hass.config_entries.flow.async_configure(
            flow["flow_id"], {"check_code": CODE}
        )
        await hass.async_block_till_done(wait_background_tasks=True)

    registry = er.async_get(hass)
    rules = shape(name)
    heirs = dict(rules["heirs"])
    for layout in rules["heirs_if"]:
        if layout["registered"] in before:
            heirs |= layout["heirs"]
    issue = told(hass, left)
    kept = 0
    for kind, entity_id in before.items():
        entity, heir = left.heir(hass, kind), heirs[kind]
        if entity is None:
            assert entity_id in issue["gone"], kind
            assert hass.states.get(entity_id) is None
            continue
        assert heir is not None, kind
        kept += 1
        assert entity.unique_id == f"{SERIAL}_{heir['key']}"
        assert entity.entity_id == entity_id
        if entity.disabled_by is None:
            state = hass.states.get(entity_id)
            assert state is not None, kind
            assert state.state != STATE_UNAVAILABLE or entity.domain == "camera", kind
            assert not state.attributes.get("restored")
    assert kept >= 12
    mine = er.async_entries_for_config_entry(registry, left.entry.entry_id)
    ids = {each.entity_id for each in mine}
    assert [each for each in ids if f"{each}_2" in ids] == []
    assert {each.device_id for each in mine} == {left.device}
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), left.entry.entry_id)
    (device,) = devices
    assert device.id == left.device
    assert device.identifiers == {(DOMAIN, SERIAL)}
    assert device.name_by_user == "Old friend"
    assert device.area_id == "cellar"
    assert device.hw_version is None
    status = next(
        kind for kind in before if heirs[kind] and heirs[kind]["key"] == "status"
    )
    assert hass.states.get(before[status]).state == "idle"
    assert heard(caplog) == []
    assert printer.serial == SERIAL


def heard(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what is in the log above info.

    That we are custom, and what the machine of the tests lacks, is Home Assistant's own.
    """
    return [
        f"{each.name}: {each.getMessage()}"
        for each in caplog.records
        if each.levelno > logging.INFO
        and each.name
        not in {
            "homeassistant.loader",
            "homeassistant.components.network",
            "aiohttp_fast_zlib",
        }
        # How fast the machine is.
        and " took " not in each.getMessage()
    ]
