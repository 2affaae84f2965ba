"""Every entity of every model, as Home Assistant sees it."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from simulator import Printer

from .conftest import HTTP_MODELS, SetUp
from .support.lookups import entity_id, has_entity

ALWAYS = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.EVENT,
    Platform.FAN,
    Platform.IMAGE,
    Platform.NUMBER,
    Platform.SENSOR,
    Platform.SWITCH,
)

OF_OLDER = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.EVENT,
    Platform.FAN,
    Platform.IMAGE,
    Platform.LIGHT,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
)
"""What a printer has whose only port is the line port; its camera is an option."""

SNAPSHOTS = [
    *((platform, model) for platform in ALWAYS for model in HTTP_MODELS),
    *((Platform.CAMERA, model) for model in ("5m_pro", "creator5", "creator5_pro")),
    *((Platform.LIGHT, model) for model in ("5m_pro", "creator5", "creator5_pro")),
    *(
        (Platform.SELECT, model)
        for model in ("5m_pro", "ad5x", "creator5", "creator5_pro")
    ),
    *(
        (platform, model)
        for platform in OF_OLDER
        for model in ("adventurer3", "adventurer4")
    ),
]


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize(("platform", "model"), SNAPSHOTS)
@pytest.mark.freeze_time("2026-11-20T12:00:00+00:00")
async def test_entities_of_a_printing_printer(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    platform: Platform,
) -> None:
    monkeypatch.setattr("custom_components.flashforge.PLATFORMS", [platform])
    monkeypatch.setattr("random.SystemRandom.getrandbits", lambda *_: 1)
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    printer.clock.advance(600)

    await set_up(entry)

    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


@pytest.mark.parametrize("model", ["ad5x"])
@pytest.mark.parametrize(
    ("plugged_in", "expected"),
    [
        (True, {"slot_1_load": False, "direct_feed_load": False}),
        (False, {"direct_feed_load": True}),
    ],
)
async def test_which_filament_buttons_are_on_from_the_start(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    plugged_in: bool,
    expected: dict[str, bool],
) -> None:
    printer.machine.station_connected = plugged_in

    await set_up(entry)

    found = {
        key: entity_registry.entities[
            entity_id(hass, "button", printer, key)
        ].disabled_by
        for key in ("slot_1_load", "direct_feed_load", "cancel_filament")
        if has_entity(hass, "button", printer, key)
    }
    enabled = {key: disabled is None for key, disabled in found.items()}
    assert enabled == expected | {"cancel_filament": True}


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_what_moves_or_matters_little_is_off_from_the_start(
    printer: Printer, loaded: MockConfigEntry, entity_registry: er.EntityRegistry
) -> None:
    for key in ("home", "runout_sensor"):
        (found,) = (
            each
            for each in entity_registry.entities.values()
            if each.unique_id == f"{printer.serial}_{key}"
        )
        assert found.disabled_by is er.RegistryEntryDisabler.INTEGRATION
