"""What our own versions stored: each loads in this one, and this one loads in older ones."""

import json
from pathlib import Path
import re
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.config_flow import FlashForgeConfigFlow
from custom_components.flashforge.const import DOMAIN
from simulator import Printer

from ..conftest import HTTP_MODELS, MakePrinter, SetUp, make_entry
from .conftest import StoredPrinter
from .left import CODE, leave
from .restarting import RELEASES, present, released, started_again
from .test_shapes import heard, start

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"

STORED = sorted(RELEASES.glob("*/*.json"))


def stored_in(path: Path) -> dict[str, Any]:
    """Return what a version stored."""
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return stored


def files_in(folder: str) -> list[str]:
    """Return the names of all files."""
    return [path.name for path in Path(folder).rglob("*")]


def test_every_release_has_its_stores() -> None:
    """A release adds a folder with what its version stored; it never changes again."""
    released = re.findall(r"(?m)^## \[(\d+\.\d+\.\d+)\]", CHANGELOG.read_text("utf-8"))
    assert {path.parent.name for path in STORED} == set(released)
    for version in released:
        models = {path.stem for path in (RELEASES / version).glob("*.json")}
        assert models >= set(HTTP_MODELS)
        assert (RELEASES / version / f"{DOMAIN}.tar.xz").is_file()


async def taken_over(
    hass: HomeAssistant, name: str, printer: Printer
) -> MockConfigEntry:
    """Let ours take over from another integration."""
    changes = (
        {"data": {"serial_number": printer.serial}, "unique_id": printer.serial}
        if name == "joseffallman"
        else {}
    )
    left = leave(hass, name, port=printer.http_port, **changes)
    await start(hass, left)
    assert left.entry.state is ConfigEntryState.LOADED
    for flow in hass.config_entries.flow.async_progress():
        assert flow["step_id"] == "first_code"
        await hass.config_entries.flow.async_configure(
            flow["flow_id"], {"check_code": CODE}
        )
        await hass.async_block_till_done(wait_background_tasks=True)
    return left.entry


@pytest.mark.parametrize(
    "path", STORED, ids=lambda path: f"{path.parent.name} {path.stem}"
)
async def test_what_a_release_stored_loads(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    make_printer: MakePrinter,
    caplog: pytest.LogCaptureFixture,
    path: Path,
) -> None:
    stored = stored_in(path)
    hass_storage.update(stored["stores"])
    kept = stored["entry"]
    printer = await make_printer(path.stem, serial=kept["unique_id"])
    reached = {"host": printer.host, "port": printer.http_port}
    entry = MockConfigEntry(**{**kept, "data": {**kept["data"], **reached}})
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, kept["unique_id"])},
        name=stored["devices"][0]["name"],
    )
    registry = er.async_get(hass)
    for each in stored["entities"]:
        domain, _, object_id = each["entity_id"].partition(".")
        registry.async_get_or_create(
            domain,
            DOMAIN,
            each["unique_id"],
            suggested_object_id=object_id,
            config_entry=entry,
            device_id=device.id,
            capabilities=each["capabilities"],
            unit_of_measurement=each["unit_of_measurement"],
            disabled_by=each["disabled_by"]
            and er.RegistryEntryDisabler(each["disabled_by"]),
        )
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert entry.state is ConfigEntryState.LOADED
    assert entry.minor_version == FlashForgeConfigFlow.MINOR_VERSION
    for key, value in kept["data"].items():
        assert entry.data[key] == reached.get(key, value)
    for each in stored["entities"]:
        entity = registry.async_get(each["entity_id"])
        assert entity is not None
        assert entity.unique_id == each["unique_id"]
        if entity.disabled_by is None:
            state = hass.states.get(entity.entity_id)
            assert state is not None
            assert not state.attributes.get("restored"), entity.entity_id
    assert not [key for key in ir.async_get(hass).issues if key[0] == DOMAIN]
    assert heard(caplog) == []


async def test_a_newer_version_loads_and_loses_nothing(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    set_up: SetUp,
    caplog: pytest.LogCaptureFixture,
) -> None:
    printer = await make_printer("ad5x")
    known = make_entry(printer)
    entry = MockConfigEntry(
        domain=DOMAIN,
        unique_id=known.unique_id,
        minor_version=99,
        data={**known.data, "invented": {"later": [1]}},
        options={"invented": "later"},
    )
    await set_up(entry)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.minor_version == 99
    assert entry.data["invented"] == {"later": [1]}
    assert entry.options["invented"] == "later"
    assert heard(caplog) == []


@pytest.mark.parametrize(
    "name", ["ghosttypes", "cestmoiroma", "joseffallman", "pcartwright81", "ours"]
)
async def test_an_older_release_loads_and_ours_again(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    stored_printer: StoredPrinter,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    name: str,
) -> None:
    """The code of 0.1.0 itself reads what this version wrote, and then this one again."""
    printer = await stored_printer("5m_pro")
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    if name == "ours":
        entry = make_entry(printer)
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
    else:
        entry = await taken_over(hass, name, printer)
    before = {
        each.entity_id: each.unique_id
        for each in er.async_entries_for_config_entry(
            er.async_get(hass), entry.entry_id
        )
    }
    status = er.async_get(hass).async_get_entity_id(
        "sensor", DOMAIN, f"{printer.serial}_status"
    )
    assert status is not None
    with released("0.1.0", tmp_path / "older") as older:
        async with started_again(hass, hass_storage, older) as back:
            (old,) = back.config_entries.async_entries(DOMAIN)
            code = type(old.runtime_data).__module__
            assert code.startswith("released_0_1_0.flashforge")
            assert old.state is ConfigEntryState.LOADED
            state = back.states.get(status)
            assert state is not None
            assert state.state == "printing"
            async with started_again(back, hass_storage, present) as again:
                (new,) = again.config_entries.async_entries(DOMAIN)
                assert new.state is ConfigEntryState.LOADED
                assert dict(new.data) == dict(entry.data)
                state = again.states.get(status)
                assert state is not None
                assert state.state == "printing"
                after = er.async_get(again).entities.values()
                kept = {each.entity_id: each.unique_id for each in after}
                assert {key: kept.get(key) for key in before} == before
    assert heard(caplog) == []


async def test_a_take_over_holds_what_0_1_0_read(
    hass: HomeAssistant, stored_printer: StoredPrinter
) -> None:
    """After a step back, 0.1.0 finds its entry, its entities and its device."""
    await stored_printer("5m_pro")
    left = leave(hass, "ghosttypes")
    await start(hass, left)
    old = stored_in(RELEASES / "0.1.0" / "5m_pro.json")
    assert left.entry.version == old["entry"]["version"]
    for key, value in old["entry"]["data"].items():
        assert type(left.entry.data[key]) is type(value)


@pytest.mark.parametrize(
    "name", ["ghosttypes", "cestmoiroma", "joseffallman", "pcartwright81"]
)
async def test_the_other_integration_can_come_back(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    hass_config_dir: str,
    stored_printer: StoredPrinter,
    name: str,
) -> None:
    """``leave`` fails if an entity id that the other one used is not free again."""
    printer = await stored_printer("5m_pro")
    changes = (
        {"data": {"serial_number": printer.serial}, "unique_id": printer.serial}
        if name == "joseffallman"
        else {}
    )
    left = leave(hass, name, port=printer.http_port, **changes)
    await start(hass, left)
    assert left.entry.state is ConfigEntryState.LOADED
    await hass.config_entries.async_remove(left.entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert not hass.config_entries.async_entries(DOMAIN)
    assert not [
        each for each in er.async_get(hass).entities.values() if each.platform == DOMAIN
    ]
    assert not [key for key in ir.async_get(hass).issues if key[0] == DOMAIN]
    assert not [key for key in hass_storage if left.entry.entry_id in key]
    assert "flashforge.frontend" not in hass_storage
    names = files_in(hass_config_dir)
    assert not [each for each in names if left.entry.entry_id in each]
    leave(hass, name, port=printer.http_port, **changes)
