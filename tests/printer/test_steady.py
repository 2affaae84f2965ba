"""Entities whose part of the state stays as it is pass a poll."""

from dataclasses import replace
from datetime import UTC, datetime

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.state import (
    Job,
    MaterialSlot,
    MaterialStation,
    PrinterState,
    Status,
)
from custom_components.flashforge.binary_sensor import BINARY_SENSORS
from custom_components.flashforge.entity import FlashForgeEntityDescription
from custom_components.flashforge.printer.steady import Shown
from custom_components.flashforge.select import SELECTS
from custom_components.flashforge.sensor import SENSORS

READERS = (
    "available_fn",
    "attributes_fn",
    "value_fn",
    "is_on_fn",
    "current_fn",
    "options_fn",
)
MODEL, OTHER_MODEL = list(MODELS.values())[:2]
BEFORE = PrinterState(
    station=MaterialStation(slots=(MaterialSlot(number=1, material="PLA"),))
)
PRINTS = replace(BEFORE, status=Status.PRINTING, job=Job(file="a.3mf", progress=40))


def test_a_part_that_no_poll_changed_is_steady() -> None:
    before = Shown(BEFORE, online=True, model=MODEL)
    now = Shown(PRINTS, online=True, model=MODEL)
    assert now.steady_since(before) == {"station", "direct_feed"}
    unplugged = Shown(replace(PRINTS, station=None), online=True, model=MODEL)
    assert unplugged.steady_since(now) == {"direct_feed"}


@pytest.mark.parametrize(
    "now",
    [
        Shown(BEFORE, online=True, model=MODEL),
        Shown(PRINTS, online=False, model=MODEL),
        Shown(PRINTS, online=True, model=OTHER_MODEL),
    ],
    ids=["no new state", "offline", "another model"],
)
def test_nothing_is_steady_when_something_else_changed(now: Shown) -> None:
    assert not now.steady_since(Shown(BEFORE, online=True, model=MODEL))


@pytest.mark.parametrize(
    "description",
    [
        each
        for table in (SENSORS, BINARY_SENSORS, SELECTS)
        for each in table
        if each.part is not None
    ],
    ids=lambda each: each.key,
)
@pytest.mark.parametrize("model", ["ad5x"])
async def test_an_entity_with_a_part_reads_no_other(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    description: FlashForgeEntityDescription,
) -> None:
    coordinator = loaded.runtime_data
    own = coordinator.data

    def shown() -> list[object]:
        return [
            read(coordinator)
            for name in READERS
            if (read := getattr(description, name, None)) is not None
        ]

    before = shown()
    parts = {"station": own.station, "direct_feed": own.direct_feed}
    part = {description.part: parts[description.part]}
    for status in Status:
        coordinator.data = replace(
            PrinterState(), status=status, job=Job(file="a.3mf", progress=40), **part
        )
        coordinator.jobs.update(coordinator.data, datetime(2026, 1, 1, tzinfo=UTC))
        assert shown() == before
