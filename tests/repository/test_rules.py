"""Our own checks of imports and of the quality scale."""

from pathlib import Path

import pytest

from scripts.rules import laws, quality
from scripts.rules.repository import Repository

INTEGRATION = "custom_components/flashforge"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty checkout."""
    (tmp_path / INTEGRATION).mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    "line",
    ["import voluptuous as vol", "import voluptuous", "from voluptuous import Schema"],
)
@pytest.mark.parametrize("folder", [INTEGRATION, "tests"])
def test_the_old_name_of_probatio_is_not_imported(
    root: Path, line: str, folder: str
) -> None:
    (root / folder).mkdir(exist_ok=True)
    (root / folder / "a.py").write_text(f"{line}\n")
    assert any("probatio" in each.what for each in laws.check(Repository(root)))


@pytest.mark.parametrize(
    ("line", "private"),
    [
        ("from custom_components.flashforge.api.motion import _bad_gcode", True),
        ("from .support.wire import is_carrying, _ends", True),
        ("from ._secret import key", True),
        ("import simulator._net", True),
        ("from .support.wire import is_carrying as _carrying", False),
        ("import simulator.net", False),
    ],
)
def test_a_test_imports_no_private_name(root: Path, line: str, private: bool) -> None:
    (root / "tests").mkdir()
    (root / "tests" / "test_a.py").write_text(f"{line}\n")
    found = [each.what for each in laws.check(Repository(root))]
    assert found == ["a test uses what a module offers"] * private


@pytest.mark.parametrize("rule", sorted(quality.WITHOUT_EXCEPTION))
@pytest.mark.parametrize(
    ("status", "level", "expected"),
    [
        ("exempt", "platinum", ["knows no exception"]),
        ("todo", "platinum", ["met say None"]),
        ("todo", None, []),
        ("done", "platinum", []),
    ],
)
def test_a_rule_without_exception_is_met_or_not(
    root: Path, rule: str, status: str, level: str | None, expected: list[str]
) -> None:
    home = root / INTEGRATION
    rules = "".join(
        f"  {each}: done\n"
        for level_rules in quality.LEVELS.values()
        for each in level_rules
        if each != rule
    )
    (home / "quality_scale.yaml").write_text(
        f"rules:\n{rules}  {rule}:\n    status: {status}\n    comment: Because.\n"
    )
    claim = "{}" if level is None else f'{{"quality_scale": "{level}"}}'
    (home / "manifest.json").write_text(claim)
    found = [each.what for each in quality.check(Repository(root))]
    assert len(found) == len(expected)
    for what, wanted in zip(found, expected, strict=True):
        assert wanted in what
