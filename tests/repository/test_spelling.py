"""Our own check of how words are spelled."""

from pathlib import Path

import pytest

from scripts.rules import spelling
from scripts.rules.repository import Repository


@pytest.mark.parametrize(
    "word",
    [
        "colour",
        "Colours",
        "slot_colour",
        "levelling",
        "cancelled",
        "cancelling",
        "behaviour",
        "grey",
        "centre",
        "millimetres",
        "recognised",
        "initialise",
        "labelled",
        "learnt",
        "catalogue",
        "licence",
    ],
)
@pytest.mark.parametrize("name", ["README.md", "a.py", "a.json", "a.yaml", "scripts/a"])
def test_british_words_are_named(tmp_path: Path, word: str, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"first\nsays {word} here\n")
    (problem,) = spelling.check(Repository(tmp_path))
    assert problem.where == f"{name}:2"
    assert problem.what.split("'")[1] in word


@pytest.mark.parametrize(
    "text",
    [
        "color, gray, leveling, canceled, center, behavior, millimeter, license",
        'STATUS = {"cancelled": 1, "cancelling": 2}',
        "if task.cancelled():",
        "except asyncio.CancelledError:",
        "; filament_colour = #FFFFFF",
        "extruder_colour",
        "parameter perimeter diameter promise precise exercise otherwise greyhound",
    ],
)
def test_what_is_right_or_theirs_is_no_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.py").write_text(text)
    assert [*spelling.check(Repository(tmp_path))] == []


def test_what_printers_said_is_theirs(tmp_path: Path) -> None:
    (tmp_path / "tests/fixtures").mkdir(parents=True)
    (tmp_path / "tests/fixtures/detail.json").write_text('{"status": "levelling"}')
    assert [*spelling.check(Repository(tmp_path))] == []
