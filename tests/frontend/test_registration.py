"""The script of the cards is served, loaded by every page, and built from its sources."""

from http import HTTPStatus
from pathlib import Path
import shutil

from homeassistant.components import frontend
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.flashforge.const import DOMAIN
from custom_components.flashforge.frontend import SCRIPT
from scripts.rules import bundle
from scripts.rules.repository import Repository

from ..support import ROOT


@pytest.fixture
def pages(hass: HomeAssistant) -> frontend.UrlManager:
    """Let Home Assistant's pages be there: its package of them is not installed here."""
    manager = frontend.UrlManager(lambda *_: None, [])
    hass.data[frontend.DATA_EXTRA_MODULE_URL] = manager
    hass.config.components.add(frontend.DOMAIN)
    return manager


async def test_every_page_loads_what_is_served(
    hass: HomeAssistant,
    pages: frontend.UrlManager,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    (address,) = pages.urls
    client = await hass_client_no_auth()
    answer = await client.get(address)
    assert answer.status == HTTPStatus.OK
    assert "javascript" in answer.headers["Content-Type"]
    assert "max-age" in answer.headers["Cache-Control"]
    assert await answer.read() == SCRIPT.read_bytes()


async def test_a_page_can_ask_for_the_version_in_the_address(
    hass: HomeAssistant,
    pages: frontend.UrlManager,
    hass_ws_client: WebSocketGenerator,
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    (address,) = pages.urls
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "flashforge/cards"})
    answer = await client.receive_json()
    assert answer["success"]
    assert address.endswith(f"?v={answer['result']['version']}")


async def test_without_pages_nothing_is_served(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    assert frontend.DATA_EXTRA_MODULE_URL not in hass.data


def problems(root: Path) -> list[str]:
    """Return what the check of the script finds in a checkout."""
    return [problem.what for problem in bundle.check(Repository(root))]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the sources and of the script."""
    shutil.copytree(
        ROOT / bundle.SOURCES,
        tmp_path / bundle.SOURCES,
        ignore=shutil.ignore_patterns("node_modules"),
    )
    (tmp_path / bundle.SCRIPT).parent.mkdir(parents=True)
    shutil.copy(ROOT / bundle.SCRIPT, tmp_path / bundle.SCRIPT)
    return tmp_path


def test_the_script_is_built_from_its_sources_and_small(checkout: Path) -> None:
    assert problems(checkout) == []


def test_a_changed_source_is_noticed(checkout: Path) -> None:
    source = checkout / bundle.SOURCES / "src" / "flashforge.ts"
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert any("not built from" in each for each in problems(checkout))


def test_a_script_that_is_too_large_is_noticed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST_BYTES", 1000)
    assert any("gzipped" in each for each in problems(checkout))


@pytest.mark.parametrize(
    "line",
    [
        "margin-left: 4px;",
        "border-top-right-radius: 4px;",
        "  left: 0;",
        "text-align: right;",
        "padding: 1px 2px 3px 4px;",
        "transform: translateX(4px);",
    ],
)
def test_a_style_that_means_a_side_is_noticed(checkout: Path, line: str) -> None:
    styles = checkout / bundle.SOURCES / "src" / "lib" / "styles.ts"
    with styles.open("a", encoding="utf-8") as end:
        end.write(f"{line}\n")
    found = [each for each in problems(checkout) if "means a side" in each]
    assert len(found) == 1
    assert line.strip() in found[0]
