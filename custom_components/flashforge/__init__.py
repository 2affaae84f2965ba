"""The FlashForge integration: 3D printers on the local network."""

import asyncio
from functools import partial

from homeassistant.const import CONF_HOST, CONF_PORT, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.typing import ConfigType

from . import discovery
from .api import catalog
from .api.http import HttpPrinter
from .const import (
    CONF_CHECK_CODE,
    CONF_PRODUCT_ID,
    CONF_SERIAL_NUMBER,
    DOMAIN,
    FIRST_POLL,
)
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .finished import async_get_finished_prints
from .image import picture_file
from .issues import async_keep_issues, async_remove_issues
from .last_frame import async_keep_last_frames
from .pictures import async_serve_pictures
from .renames import async_follow_renames
from .services import async_setup_services
from .sources import teach_media_types

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CAMERA,
    Platform.FAN,
    Platform.IMAGE,
    Platform.LIGHT,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offer actions and pictures, and look for printers now and every few minutes."""
    async_setup_services(hass)
    await hass.async_add_executor_job(teach_media_types)
    async_serve_pictures(hass)
    await discovery.async_setup(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> bool:
    """Set up one printer."""
    printer = HttpPrinter(
        async_get_clientsession(hass),
        entry.data[CONF_HOST],
        port=entry.data[CONF_PORT],
        serial=entry.data[CONF_SERIAL_NUMBER],
        check_code=entry.data[CONF_CHECK_CODE],
        model=catalog.by_pid(entry.data[CONF_PRODUCT_ID]),
    )
    coordinator = FlashForgeCoordinator(
        hass, entry, printer, discovery.async_get_scanner(hass).async_identify
    )
    entry.runtime_data = coordinator
    coordinator.async_watch_power()
    entry.async_on_unload(coordinator.uploads.close)
    entry.async_on_unload(coordinator.orders.close)
    async_keep_last_frames(hass, entry)
    # A printer that is off is as good as one that is on, only quieter.
    first = entry.async_create_background_task(
        hass, coordinator.async_refresh(), f"{coordinator.name} first poll"
    )
    await asyncio.wait([first], timeout=FIRST_POLL)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    async_keep_issues(hass, entry)
    async_follow_renames(hass, entry)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> bool:
    """Unload one printer."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Remove what outlived restarts."""
    file = picture_file(hass, entry.entry_id)
    await hass.async_add_executor_job(partial(file.unlink, missing_ok=True))
    await async_get_finished_prints(hass).async_remove(entry.entry_id)
    async_remove_issues(hass, entry)
