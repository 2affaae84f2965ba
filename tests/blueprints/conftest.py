"""Automations made from the blueprints of this repository."""

from collections.abc import Awaitable, Callable
from pathlib import Path
import shutil

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from ..support import ROOT

BLUEPRINTS = ROOT / "blueprints/automation/flashforge"

type UseBlueprint = Callable[[str, dict[str, object]], Awaitable[None]]


@pytest.fixture
def use_blueprint(hass: HomeAssistant) -> UseBlueprint:
    """Return what makes an automation from a blueprint and these inputs."""

    async def use(name: str, inputs: dict[str, object]) -> None:
        folder = Path(hass.config.path("blueprints/automation/flashforge"))
        await hass.async_add_executor_job(shutil.copytree, BLUEPRINTS, folder)
        automation = {
            "id": name,
            "alias": "tried",
            "use_blueprint": {"path": f"flashforge/{name}.yaml", "input": inputs},
        }
        assert await async_setup_component(
            hass, "automation", {"automation": [automation]}
        )
        await hass.async_block_till_done()
        made = hass.states.get("automation.tried")
        assert made is not None
        assert made.state == "on"

    return use
