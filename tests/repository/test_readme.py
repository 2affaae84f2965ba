"""What the README tells people to write works."""

import re
from typing import Any

from homeassistant.components.automation.config import async_validate_config_item
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import parse_yaml
import pytest

from custom_components.flashforge.services import ACTIONS

from ..support import ROOT

README = ROOT / "README.md"
BLOCKS: list[dict[str, Any]] = [
    parse_yaml(block)
    for block in re.findall(r"```yaml\n(.*?)```", README.read_text(), re.DOTALL)
]


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
