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

ALWAYS = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.FAN,
    Platform.IMAGE,
    Platform.NUMBER,
    Platform.SENSOR,
    Platform.SWITCH,
)

SNAPSHOTS = [
    *((platform, model) for platform in ALWAYS for model in HTTP_MODELS),
    *((Platform.CAMERA, model) for model in ("5m_pro", "creator5", "creator5_pro")),
    *((Platform.LIGHT, model) for model in ("5m_pro", "creator5", "creator5_pro")),
    *((Platform.SELECT, model) for model in ("5m_pro", "creator5_pro")),
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
