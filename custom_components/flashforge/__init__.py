"""The FlashForge integration: 3D printers on the local network."""

import asyncio

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.typing import ConfigType

from .actions.sent_files import sweep_taken
from .actions.upload_sources import teach_media_types
from .api import connect
from .asking.sentences import async_offer_sentences
from .const import DOMAIN, FIRST_POLL
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .discovery import search as discovery
from .discovery.moves import async_get_former_places
from .disk import async_get_disk
from .frontend import async_serve_cards
from .image import picture_file, sweep_pictures
from .issues import async_keep_issues, async_remove_issues
from .media.views import async_serve_pictures
from .printer.facts import access_of
from .printer.handover import async_take_over
from .printer.job_log import job_store
from .printer.renames import async_follow_renames
from .prints.contents import async_get_contents
from .prints.last_frames import (
    async_get_finished_prints,
    async_keep_last_frames,
    finished_folder,
    sweep_drafts,
)
from .prints.preheat import async_forget_preheat, async_keep_preheat
from .services import async_setup_services
from .takeover.importing import async_import
from .takeover.leftovers import async_forget, async_require_ours
from .takeover.move import async_migrate
from .takeover.redoing import async_redo
from .takeover.telling import async_keep_report

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CAMERA,
    Platform.EVENT,
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
    await hass.async_add_executor_job(_sweep, hass)
    async_serve_pictures(hass)
    await async_serve_cards(hass)
    async_offer_sentences(hass)
    await discovery.async_setup(hass)
    return True


def _sweep(hass: HomeAssistant) -> None:
    """Remove files that were half written when Home Assistant ended."""
    sweep_drafts(finished_folder(hass))
    sweep_pictures(hass)
    sweep_taken(hass)


async def async_migrate_entry(
    hass: HomeAssistant, entry: FlashForgeConfigEntry
) -> bool:
    """Make an entry that another version or another integration wrote ours."""
    async_migrate(hass, entry)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> bool:
    """Set up one printer."""
    await async_require_ours(hass, entry)
    await async_import(hass, entry)
    async_redo(hass, entry)
    access = access_of(entry)
    answered = async_take_over(hass, str(entry.unique_id), access)
    coordinator = FlashForgeCoordinator(
        hass,
        entry,
        answered.printer
        if answered
        else connect(async_get_clientsession(hass), access),
        discovery.async_get_scanner(hass).async_identify,
        first_state=answered.state if answered else None,
    )
    entry.runtime_data = coordinator
    await coordinator.job_log.async_load()
    coordinator.power.async_watch(coordinator.async_power_changed)
    entry.async_on_unload(coordinator.uploads.close)
    entry.async_on_unload(coordinator.pending.close)
    async_keep_last_frames(hass, entry)
    # A printer that is off is set up as well; it answers when it is switched on.
    first = entry.async_create_background_task(
        hass, coordinator.async_refresh(), f"{coordinator.name} first poll"
    )
    await asyncio.wait([first], timeout=FIRST_POLL)
    await async_keep_preheat(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    entry.async_on_unload(coordinator.job_log.async_tell())
    async_keep_issues(hass, entry)
    async_keep_report(hass, entry)
    async_follow_renames(hass, entry)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> bool:
    """Unload one printer."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    if unloaded:
        await entry.runtime_data.job_log.async_save()
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Remove the files and issues of a printer."""
    picture = picture_file(hass, entry.entry_id)
    await async_get_disk(hass).async_remove([picture])
    await async_get_finished_prints(hass).async_remove(entry.entry_id)
    await async_get_contents(hass).async_remove(entry.entry_id)
    await job_store(hass, entry.entry_id).async_remove()
    await async_forget_preheat(hass, entry.entry_id)
    await async_get_former_places(hass).async_set(entry.entry_id, None)
    async_remove_issues(hass, entry)
    async_forget(hass, entry)
