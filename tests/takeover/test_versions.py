"""What our own versions stored: each loads in this one, and this one loads in older ones."""

from dataclasses import fields
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigFlow
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.loader import Integration
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockEntity,
    MockModule,
    MockPlatform,
    mock_config_flow,
    mock_integration,
    mock_platform,
)

from custom_components.flashforge import const
from custom_components.flashforge.config_flow import FlashForgeConfigFlow
from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.discovery.moves import Place, async_get_former_places
from custom_components.flashforge.printer.facts import Facts
from custom_components.flashforge.prints.contents import async_get_contents
from custom_components.flashforge.prints.last_frames import finished_folder
from custom_components.flashforge.takeover.importing import CONF_IMPORT
from custom_components.flashforge.takeover.report import CONF_TAKEN_OVER, Report
from simulator import Printer

from ..conftest import HTTP_MODELS, MakePrinter, SetUp, make_entry
from .conftest import StoredPrinter
from .left import enter_codes, leave, shape
from .restarting import RELEASES, Provide, async_store, present, released, started_again
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


STORED_BY: dict[int, frozenset[str]] = {
    2: frozenset(
        {
            "check_code",
            "facts",
            "facts.firmware",
            "facts.ignores_start",
            "facts.model",
            "facts.product",
            "facts.slots",
            "facts.starts_files",
            "facts.tools",
            "host",
            "import_from",
            "logs_in",
            "mac",
            "option camera_entity",
            "option light",
            "option plug",
            "option power_meter",
            "port",
            "product_id",
            "protocol",
            "serial_number",
            "taken_over",
            "taken_over.gone",
            "taken_over.moved",
            "taken_over.peer",
            "taken_over.settled",
            "taken_over.units",
        }
    )
}
"""What each minor version stores in an entry. Rows are added; none changes any more."""


def test_a_change_of_stored_data_raises_the_minor_version() -> None:
    """A failure here asks for a new row: docs/contributing.md, "Other stored data"."""
    named = {
        name: value for name, value in vars(const).items() if isinstance(value, str)
    }
    data = {value for name, value in named.items() if name.startswith("CONF_")}
    options = {value for name, value in named.items() if name.startswith("OPTION_")}
    stored = {
        *data,
        *(f"option {each}" for each in options - {const.OPTION_STATISTICS}),
        *(f"facts.{each.name}" for each in fields(Facts)),
        *(f"taken_over.{each.name}" for each in fields(Report)),
        *(CONF_HOST, CONF_MAC, CONF_PORT, CONF_IMPORT, CONF_TAKEN_OVER),
    }
    assert stored == STORED_BY[FlashForgeConfigFlow.MINOR_VERSION]


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
    await enter_codes(hass)
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


UNTOLD = frozenset({"mac", "product_id"})
"""What 0.1.0 has as None until its printer has answered."""


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize(
    "name", ["ghosttypes", "cestmoiroma", "joseffallman", "pcartwright81"]
)
async def test_a_take_over_holds_what_0_1_0_read(
    hass: HomeAssistant, stored_printer: StoredPrinter, name: str, answers: bool
) -> None:
    """After a step back, 0.1.0 finds its entry, also when the printer was off since."""
    printer = await stored_printer("5m_pro")
    changes = {"data": {"serial_number": printer.serial}, "unique_id": printer.serial}
    left = leave(hass, name, port=printer.http_port, **changes)
    if not answers:
        await printer.stop()
    await start(hass, left)
    if answers:
        await enter_codes(hass)
    old = stored_in(RELEASES / "0.1.0" / "5m_pro.json")
    assert left.entry.version == old["entry"]["version"]
    for key, value in old["entry"]["data"].items():
        if key == "facts" and not answers:
            # These are optional there.
            continue
        kind = type(None) if key in UNTOLD and not answers else type(value)
        assert type(left.entry.data[key]) is kind, key


def other(name: str) -> Provide:
    """Provide a stand-in for another integration, with the entities that it had."""
    known = shape(name)

    def provide(hass: HomeAssistant) -> Integration:
        records = known["entities"]
        domains = sorted({each["entity_id"].partition(".")[0] for each in records})

        async def set_up(hass: HomeAssistant, entry: ConfigEntry) -> bool:
            await hass.config_entries.async_forward_entry_setups(entry, domains)
            return True

        async def unload(hass: HomeAssistant, entry: ConfigEntry) -> bool:
            return await hass.config_entries.async_unload_platforms(entry, domains)

        integration = mock_integration(
            hass,
            MockModule(DOMAIN, async_setup_entry=set_up, async_unload_entry=unload),
            built_in=False,
        )
        mock_platform(hass, f"{DOMAIN}.config_flow")
        for domain in domains:
            mine = [each for each in records if each["entity_id"].startswith(domain)]
            mock_platform(
                hass,
                f"{DOMAIN}.{domain}",
                MockPlatform(async_setup_entry=adds(mine, known["devices"][0])),
            )
        return integration

    return provide


def adds(records: list[dict[str, Any]], device: dict[str, Any]) -> Any:
    """Return what adds these entities, as another integration does."""

    async def add(
        hass: HomeAssistant,
        entry: ConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
    ) -> None:
        entities = []
        for each in records:
            entity = MockEntity(
                unique_id=each["unique_id"],
                device_info=DeviceInfo(
                    identifiers={tuple(one) for one in device["identifiers"]},
                    name=device["name"],
                ),
            )
            entity.entity_id = each["entity_id"]
            entities.append(entity)
        async_add_entities(entities)

    return add


@pytest.mark.parametrize(
    "name", ["ghosttypes", "cestmoiroma", "joseffallman", "pcartwright81"]
)
async def test_the_other_integration_can_come_back(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    hass_config_dir: str,
    stored_printer: StoredPrinter,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    """Nothing of ours is left anywhere, and the other one sets up all that it had."""
    printer = await stored_printer("5m_pro")
    entry = await taken_over(hass, name, printer)
    # All that is kept outside the entry.
    entry_id = entry.entry_id
    await async_get_contents(hass).async_remember(entry_id, "a.gcode", "0" * 64, None)
    await async_get_former_places(hass).async_set(entry_id, Place("127.0.0.9", 8898))
    pictures = finished_folder(hass) / entry_id
    pictures.mkdir(parents=True)
    (pictures / "one.jpg").write_bytes(b"picture")
    await hass.services.async_call(
        DOMAIN,
        "preheat",
        {"device_id": device_of(hass, entry), "bed": 50},
        blocking=True,
    )
    await hass.config_entries.async_unload(entry_id)
    await hass.config_entries.async_setup(entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_store(hass, hass_storage)
    kept = [key for key in hass_storage if key.startswith(f"{DOMAIN}.")]
    assert len(kept) == 4, kept

    await hass.config_entries.async_remove(entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_store(hass, hass_storage)
    for key, stored in hass_storage.items():
        # What Home Assistant remembers of removed ones only gives them their old id.
        parts = {
            part: value
            for part, value in stored["data"].items()
            if not part.startswith("deleted_")
        }
        assert DOMAIN not in key
        assert DOMAIN not in str(parts), key
    assert [each for each in files_in(hass_config_dir) if DOMAIN in each] == []
    assert [each for each in files_in(hass_config_dir) if entry_id in each] == []
    assert not [key for key in ir.async_get(hass).issues if key[0] == DOMAIN]

    with mock_config_flow(DOMAIN, ConfigFlow):
        async with started_again(hass, hass_storage, other(name)) as again:
            assert DOMAIN not in again.services.async_services()
            known = shape(name)
            theirs = MockConfigEntry(
                domain=DOMAIN,
                entry_id=known["entry"]["entry_id"],
                unique_id=known["entry"]["unique_id"],
                data=known["entry"]["data"],
            )
            theirs.add_to_hass(again)
            assert await again.config_entries.async_setup(theirs.entry_id)
            await again.async_block_till_done(wait_background_tasks=True)
            there = er.async_get(again).entities.values()
            assert {each.entity_id: each.unique_id for each in there} == {
                each["entity_id"]: each["unique_id"] for each in known["entities"]
            }
            assert len(dr.async_get(again).devices) == 1
    assert heard(caplog) == []


def device_of(hass: HomeAssistant, entry: ConfigEntry) -> str:
    """Return the id of the device of an entry."""
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return device.id
