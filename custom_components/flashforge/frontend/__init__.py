"""The cards and dashboards: one script for the browser, served with every page."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from homeassistant.components import frontend, websocket_api
from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant, callback

from .history import async_serve_history
from .print_dialog import async_answer_dialog

SCRIPT = Path(__file__).with_name("flashforge.js")
_ADDRESS = "/flashforge_static/flashforge.js"
_DIGITS = 8


async def async_serve_cards(hass: HomeAssistant) -> None:
    """Serve the script, and let every page of Home Assistant load it.

    Its address has a hash, so that a browser which may keep it for ever asks again after
    an update. Without Home Assistant's own pages there is nothing to load it.
    """
    if frontend.DATA_EXTRA_MODULE_URL not in hass.data:
        return
    version = await hass.async_add_executor_job(_version)
    await hass.http.async_register_static_paths(
        [StaticPathConfig(_ADDRESS, str(SCRIPT), cache_headers=True)]
    )
    frontend.add_extra_js_url(hass, f"{_ADDRESS}?v={version}")

    @websocket_api.websocket_command({"type": "flashforge/cards"})
    @callback
    def tell_version(
        _: HomeAssistant,
        connection: websocket_api.ActiveConnection,
        msg: dict[str, Any],
    ) -> None:
        """Tell a page, which may be open since before an update, what it should have."""
        connection.send_result(msg["id"], {"version": version})

    websocket_api.async_register_command(hass, tell_version)
    async_answer_dialog(hass)
    async_serve_history(hass)


def _version() -> str:
    return sha256(SCRIPT.read_bytes()).hexdigest()[:_DIGITS]
