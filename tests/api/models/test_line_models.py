"""Which printer of the line protocol it is."""

import pytest

from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.models.line_models import (
    GENERIC_LINE,
    LINE_MODELS,
    line_model,
)
from custom_components.flashforge.api.models.model import Model, Protocol


@pytest.mark.parametrize(
    ("pid", "machine_type", "name"),
    [
        (0x0008, "FlashForge Adventurer III", "Adventurer 3"),
        (0x0008, None, "Adventurer 3"),
        (None, "FlashForge Adventurer III", "Adventurer 3"),
        (0x0008, "FlashForge Adventurer III Pro", "Adventurer 3 Pro"),
        (0x0016, "Flashforge Adventurer 4", "Adventurer 4"),
        (0x0016, None, "Adventurer 4 Lite"),
        (None, "Flashforge Adventurer 4 Pro", "Adventurer 4 Pro"),
        (0x001E, "Flashforge Adventurer 4", "Adventurer 4 Pro"),
        (None, "FlashForge Guider 3", "Guider 3"),
        (None, "flashforge  guider IIs", "Guider IIs"),
        (None, "FlashForge Creator 4", "Creator 4"),
        (0x0007, "FlashForge Finder", "Finder 2"),
        (0x00EE, "FlashForge Finder", "Finder 2"),
        (None, "FlashForge Finder", "Finder"),
        (0x0001, None, "Dreamer"),
        (None, "FlashForge Dreamer NX", "Dreamer NX"),
        (0x1001, None, "Aries"),
        (0xABCD, "Something", GENERIC_LINE.name),
        (None, None, GENERIC_LINE.name),
    ],
)
def test_which_it_is(pid: int | None, machine_type: str | None, name: str) -> None:
    assert line_model(pid, machine_type).name == name


def test_the_size_decides_when_nothing_else_does() -> None:
    assert line_model(None, "Renamed", (150, 150, 150)).name == "Adventurer 3"
    assert line_model(None, "Renamed", (220, 200, 250)).name == "Adventurer 4"
    assert line_model(None, "Renamed", (1, 1, 1)) is GENERIC_LINE


@pytest.mark.parametrize("model", LINE_MODELS.values(), ids=lambda each: each.name)
def test_every_one_speaks_lines(model: Model) -> None:
    assert model.protocol is Protocol.TCP
    assert model.commands is not None
    assert model.pid is not None
    assert MODELS[model.pid] is model
