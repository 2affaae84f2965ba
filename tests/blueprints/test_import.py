"""Each blueprint is imported by its address, which the README offers as a button."""

from pathlib import Path
from urllib.parse import quote

from homeassistant.components.blueprint.importer import fetch_blueprint_from_url
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.flashforge.const import REPOSITORY

from ..support import ROOT
from .conftest import BLUEPRINTS

TEXTS = {file: file.read_text() for file in sorted(BLUEPRINTS.glob("*.yaml"))}


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
async def test_a_blueprint_is_imported_by_its_button(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, file: Path
) -> None:
    path = file.relative_to(ROOT).as_posix()
    address = f"{REPOSITORY}/blob/main/{path}"
    button = (
        "https://my.home-assistant.io/redirect/blueprint_import/"
        f"?blueprint_url={quote(address, safe='')}"
    )
    assert button in (ROOT / "README.md").read_text()
    raw = address.replace("github.com", "raw.githubusercontent.com")
    aioclient_mock.get(raw.replace("/blob/", "/"), text=TEXTS[file])

    imported = await fetch_blueprint_from_url(hass, address)

    assert imported.blueprint.metadata["source_url"] == address
    assert imported.blueprint.validate() is None
