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
        (None, "Flashforge Guider-II S", "Guider IIs"),
        (None, "FlashForge Guider_2", "Guider II"),
        (None, "FlashForge Finder II", "Finder 2"),
        (None, "FlashForge Guider 3 Plus", "Guider 3 Plus"),
        (0x001F, "FlashForge Guider 3 Ultra", "Guider 3 Ultra"),
        (None, "FlashForge Creator 3 Pro", "Creator 3 Pro"),
        (None, "FlashForge Creator III", "Creator 3"),
        (None, "Monoprice Voxel", "Adventurer 3"),
        (None, "BRESSER REX", "Adventurer 3"),
        (None, "Voxelab Aries", "Aries"),
        (None, "Voxelab Something", GENERIC_LINE.name),
        (0x00F6, None, "PowerSpec Ultra"),
        (0x00FF, "PowerSpec Ultra", "PowerSpec Ultra"),
        (None, "PowerSpec Ultra 3D Printer", "PowerSpec Ultra"),
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
