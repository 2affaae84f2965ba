"""The picture of the job of FlashForge printers."""

import asyncio
from dataclasses import dataclass
from typing import override

from homeassistant.components.image import (
    ImageEntity,
    ImageEntityDescription,
    infer_image_type,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .api.errors import FlashForgeError
from .const import LOGGER
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown
from .jobs import JobKey

# A picture is fetched once per job, when somebody first looks.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class FlashForgeImageDescription(FlashForgeEntityDescription, ImageEntityDescription):
    """Describes an image."""


IMAGES: tuple[FlashForgeImageDescription, ...] = (
    FlashForgeImageDescription(key="job_thumbnail", translation_key="job_thumbnail"),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the picture of the job of a printer."""
    async_add_as_shown(entry, async_add_entities, IMAGES, FlashForgeImage)


class FlashForgeImage(FlashForgeEntity, ImageEntity):
    """The picture of the current job, kept after its end until the next one begins."""

    entity_description: FlashForgeImageDescription

    def __init__(
        self,
        coordinator: FlashForgeCoordinator,
        description: FlashForgeImageDescription,
    ) -> None:
        """Start with the job that runs, if any."""
        FlashForgeEntity.__init__(self, coordinator, description)
        ImageEntity.__init__(self, coordinator.hass)
        self._job: JobKey | None = None
        self._picture: bytes | None = None
        self._missing = False
        self._fetching = asyncio.Lock()
        self._follow_job()

    @override
    def _read(self) -> JobKey | None:
        return self._job

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Forget the picture when another job begins."""
        self._follow_job()
        super()._handle_coordinator_update()

    def _follow_job(self) -> None:
        if self.coordinator.jobs.key == self._job:
            return
        self._job = self.coordinator.jobs.key
        self._picture = None
        self._missing = False
        self._attr_image_last_updated = dt_util.utcnow()

    @override
    async def async_image(self) -> bytes | None:
        """Return the picture, asked of the printer once per job."""
        async with self._fetching:
            if self._picture is None and not self._missing:
                await self._fetch()
            return self._picture

    async def _fetch(self) -> None:
        """Ask for the picture of the file, else for the one of the running job."""
        job = self._job
        if job is None or job.file is None:
            return
        printer = self.coordinator.printer
        try:
            picture = await printer.fetch_thumbnail(job.file)
            if picture is None and self.coordinator.data.has_job:
                picture = await printer.fetch_job_thumbnail()
        except FlashForgeError as err:
            LOGGER.debug("No picture of the job: %s", err)
            return
        if job != self._job:
            return
        self._picture = picture
        # A printer that has no picture is not asked again for the same job.
        self._missing = picture is None
        if picture is not None:
            self._attr_content_type = infer_image_type(picture) or "image/bmp"
