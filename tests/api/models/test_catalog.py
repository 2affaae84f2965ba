"""The models: known ids and names, limits, and the palettes of the reference."""

import pytest

from custom_components.flashforge.api.models.catalog import (
    GENERIC,
    MODELS,
    by_name,
    by_pid,
)
from custom_components.flashforge.api.models.model import Feature, Model, Protocol
from custom_components.flashforge.api.models.palettes import (
    AD5X_COLORS,
    AD5X_MATERIALS,
    CREATOR_5_COLORS,
    CREATOR_5_MATERIALS,
    Palette,
)

from .. import fixture_json

PALETTES = fixture_json("palettes.json")


@pytest.mark.parametrize(
    ("pid", "name"),
    [
        (35, "Adventurer 5M"),
        (36, "Adventurer 5M Pro"),
        (38, "AD5X"),
        (40, "Creator 5"),
        (41, "Creator 5 Pro"),
        (8, "Adventurer 3"),
        (22, "Adventurer 4 Lite"),
        (30, "Adventurer 4 Pro"),
    ],
)
def test_by_pid(pid: int, name: str) -> None:
    assert by_pid(pid).name == name
    assert by_pid(pid).pid == pid


@pytest.mark.parametrize("pid", [None, 0, 26, 0xFFFF])
def test_unknown_pid_is_generic(pid: int | None) -> None:
    assert by_pid(pid) is GENERIC


@pytest.mark.parametrize(
    ("name", "pid"),
    [
        ("Creator 5 Pro", 41),
        ("my CREATOR 5", 40),
        ("AD5X", 38),
        ("Adventurer 5M Pro", 36),
        ("Adventurer 5M", 35),
        ("Adventurer 4 Pro", 30),
        ("Adventurer 4", 22),
        ("AD4", 22),
        ("Adventurer3", 8),
    ],
)
def test_by_name(name: str, pid: int) -> None:
    assert by_name(name) is MODELS[pid]


@pytest.mark.parametrize("name", [None, "", "Workshop", "Prusa MK4"])
def test_name_that_suggests_nothing(name: str | None) -> None:
    assert by_name(name) is None


@pytest.mark.parametrize(
    ("pid", "percent", "expected"),
    [
        (35, 10, 50),
        (35, 149.6, 150),
        (35, 500, 150),
        (38, 500, 500),
        (41, 70, 50),
        (41, 90, 100),
        (41, 124, 125),
        (41, 1000, 166),
    ],
)
def test_nearest_speed(pid: int, percent: float, expected: int) -> None:
    assert MODELS[pid].nearest_speed(percent) == expected


@pytest.mark.parametrize(
    ("model", "feature", "shows"),
    [
        (MODELS[36], Feature.FILTRATION, True),
        (MODELS[35], Feature.FILTRATION, False),
        (GENERIC, Feature.FILTRATION, True),
    ],
)
def test_shows(model: Model, feature: Feature, shows: bool) -> None:
    assert model.shows(feature) is shows


@pytest.mark.parametrize(
    "model",
    [model for model in MODELS.values() if model.protocol is Protocol.HTTP],
    ids=lambda model: model.name,
)
def test_http_models_are_consistent(model: Model) -> None:
    assert (Feature.TOOL_CHANGER in model.features) is (model.tools > 1)
    assert (Feature.SLOT_EDIT in model.features) is bool(model.palette)
    assert (Feature.CHAMBER_HEATER in model.features) is (model.chamber_max is not None)
    assert bool(model.materials) is bool(model.palette)
    assert model.speed_steps is None or all(
        model.speed_range[0] <= step <= model.speed_range[1]
        for step in model.speed_steps
    )


@pytest.mark.parametrize(
    ("key", "colors", "materials"),
    [
        ("ad5x", AD5X_COLORS, AD5X_MATERIALS),
        ("creator5", CREATOR_5_COLORS, CREATOR_5_MATERIALS),
    ],
)
def test_palettes(key: str, colors: Palette, materials: tuple[str, ...]) -> None:
    assert [(color["name"], color["hex"]) for color in PALETTES[key]["colors"]] == [
        (name.replace("_", " ").title(), color) for name, color in colors
    ]
    assert tuple(PALETTES[key]["materials_all"]) == materials


@pytest.mark.parametrize(
    "model", [*MODELS.values(), GENERIC], ids=lambda each: each.name
)
def test_the_speed_that_a_model_takes(model: Model) -> None:
    low, high = model.speed_range
    for percent in range(low - 5, high + 6):
        taken = model.taken_speed(percent)
        if model.speed_steps is None:
            assert taken == (percent if low <= percent <= high else None)
        else:
            near = [step for step in model.speed_steps if abs(step - percent) <= 1]
            assert ([] if taken is None else [taken]) == near
