"""A real Home Assistant core, started for one measurement."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import json
from pathlib import Path
import socket
import tempfile
from types import MappingProxyType
from typing import TYPE_CHECKING

from homeassistant import auth, bootstrap, config_entries, loader
from homeassistant.config_entries import SOURCE_USER, ConfigEntry
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import async_initialize_recorder
from homeassistant.helpers.typing import ConfigType
from homeassistant.setup import async_setup_component
from homeassistant.util.unit_system import METRIC_SYSTEM

# Imported first so that Home Assistant finds this checkout and not its configuration.
# No module of the integration is imported: one chapter measures what they add.
import custom_components  # noqa: F401

from .outside import Told

if TYPE_CHECKING:
    from custom_components.flashforge.coordinator import FlashForgeConfigEntry

DOMAIN = "flashforge"

LOOPBACK = "127.0.0.1"

# The search for printers stays on the loopback interface, lo0 on macOS.
_NETWORK = {
    "version": 1,
    "minor_version": 1,
    "key": "core.network",
    "data": {"configured_adapters": ["lo", "lo0"]},
}


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind((LOOPBACK, 0))
        port: int = sock.getsockname()[1]
        return port


def _furnish(folder: Path) -> None:
    (folder / ".storage").mkdir()
    (folder / ".storage" / "core.network").write_text(json.dumps(_NETWORK))


@asynccontextmanager
async def home_assistant(
    config: ConfigType | None = None, *, integration: bool = True
) -> AsyncGenerator[HomeAssistant]:
    """Start a core with what ``config`` names, and with the ``integration``."""
    with tempfile.TemporaryDirectory(prefix="flashforge-bench-") as folder:
        _furnish(Path(folder))
        hass = HomeAssistant(folder)
        loader.async_setup(hass)
        hass.config.skip_pip = True
        hass.config.units = METRIC_SYSTEM
        hass.config_entries = config_entries.ConfigEntries(hass, {})
        if not await bootstrap.async_load_base_functionality(hass):
            raise RuntimeError("Home Assistant did not load")
        hass.auth = await auth.auth_manager_from_config(hass, [], [])
        try:
            # Whoever lives here may have a Home Assistant that runs.
            http = {"server_host": [LOOPBACK], "server_port": _free_port()}
            await _start(hass, {"http": http, **(config or {})})
            if integration:
                await _set_up(hass, DOMAIN, {})
            await hass.async_start()
            await hass.async_block_till_done()
            yield hass
        finally:
            await hass.async_stop(force=True)


async def _start(hass: HomeAssistant, config: ConfigType) -> None:
    if "recorder" in config:
        async_initialize_recorder(hass)
    for domain in ("homeassistant", *config):
        await _set_up(hass, domain, config)


async def _set_up(hass: HomeAssistant, domain: str, config: ConfigType) -> None:
    if not await async_setup_component(hass, domain, config):
        raise RuntimeError(f"Home Assistant did not set up {domain}")


def entry_of(printer: Told) -> FlashForgeConfigEntry:
    """Return the entry that the config flow creates for a printer."""
    return ConfigEntry(
        domain=DOMAIN,
        title=printer["name"],
        unique_id=printer["serial"],
        data={
            CONF_HOST: printer["host"],
            CONF_PORT: printer["port"],
            "serial_number": printer["serial"],
            "check_code": printer["check_code"],
            "product_id": printer["pid"],
            CONF_MAC: printer["mac"].lower(),
            **({"protocol": "tcp"} if printer["lines"] else {}),
        },
        options={},
        version=1,
        minor_version=1,
        source=SOURCE_USER,
        discovery_keys=MappingProxyType({}),
        subentries_data=(),
    )


async def add(hass: HomeAssistant, printer: Told) -> FlashForgeConfigEntry:
    """Add a printer and wait until its entities are there."""
    entry = entry_of(printer)
    await hass.config_entries.async_add(entry)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry
