"""The examples in the papers work, and the papers name everything."""

import json
import re
from typing import Any

from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
import pytest

from custom_components.flashforge.services import ACTIONS

from ..support import ROOT

TEXTS = {
    name: (ROOT / name).read_text()
    for name in ("README.md", "docs/actions.md", "docs/entities.md")
}
BLOCKS: list[dict[str, Any]] = [
    parse_yaml(block)
    for text in TEXTS.values()
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
]
LONGEST = 150
"""The most lines that a person reads before the first print."""


@pytest.mark.parametrize("automation", BLOCKS, ids=range(len(BLOCKS)))
async def test_automation_is_one(
    hass: HomeAssistant, automation: dict[str, Any]
) -> None:
    assert await async_setup_component(hass, "automation", {})
    checked = await async_validate_config_item(hass, "readme", automation)
    assert checked is not None
    assert checked.validation_error is None


def test_every_action_has_an_automation() -> None:
    used = {
        step["action"]: step.get("data", {})
        for automation in BLOCKS
        for step in automation["actions"]
        if step.get("action", "").startswith("flashforge.")
    }
    assert used.keys() == {f"flashforge.{action.name}" for action in ACTIONS}
    for action in ACTIONS:
        fields = {str(field) for field in (action.fields or {})}
        assert used[f"flashforge.{action.name}"].keys() <= fields


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_field_is_explained(action: Any) -> None:
    _, found, rest = TEXTS["docs/actions.md"].partition(f"\n### {action.name}\n")
    assert found
    section = re.split(r"\n##", rest)[0]
    fields = {str(field) for field in action.fields or {}}
    assert fields <= set(re.findall(r"`(\w+)`", section))


def test_every_entity_is_listed() -> None:
    strings = ROOT / "custom_components/flashforge/translations/en.json"
    listed = TEXTS["docs/entities.md"]
    missing = {
        each["name"]
        for platform in json.loads(strings.read_text())["entity"].values()
        for each in platform.values()
        if each.get("name", "").replace("{number}", "1–4") not in listed
    }
    assert missing == set()


def test_entities_of_examples_exist() -> None:
    known = (ROOT / "tests/snapshots/test_platforms.ambr").read_text()
    named = {
        entity
        for text in TEXTS.values()
        for entity in re.findall(r"\b\w+\.(?:ad5x|adventurer_5m|creator_5)\w*", text)
    }
    assert named
    assert {each for each in named if f"[{each}-state]" not in known} == set()


def test_readme_is_short() -> None:
    assert len(TEXTS["README.md"].splitlines()) <= LONGEST
