"""The picture of the job of FlashForge printers."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import override

from homeassistant.components.image import (
    ImageEntity,
    ImageEntityDescription,
    infer_image_type,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import (
    ExtraStoredData,
    RestoredExtraData,
    RestoreEntity,
)
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util import dt as dt_util

from .api.errors import FlashForgeError
from .const import DOMAIN, LOGGER
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown
from .jobs import JobKey

# A picture is fetched once per job, when somebody first looks.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class FlashForgeImageDescription(FlashForgeEntityDescription, ImageEntityDescription):
    """Describes an image."""


IMAGES: tuple[FlashForgeImageDescription, ...] = (
    FlashForgeImageDescription(
        key="job_thumbnail", translation_key="job_thumbnail", shown_offline=True
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the picture of the job of a printer."""
    async_add_as_shown(entry, async_add_entities, IMAGES, FlashForgeImage)


def picture_file(hass: HomeAssistant, entry_id: str) -> Path:
    """Return where the last picture of a printer outlives a restart."""
    return Path(hass.config.path(STORAGE_DIR, f"{DOMAIN}.{entry_id}.picture"))


def _write(file: Path, picture: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(picture)


class FlashForgeImage(FlashForgeEntity, RestoreEntity, ImageEntity):
    """The picture of the current job, kept after its end until the next one begins."""

    entity_description: FlashForgeImageDescription
    _restored: str | None = None

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
        self._file = picture_file(coordinator.hass, coordinator.config_entry.entry_id)
        self._follow_job()

    @override
    async def _async_recall(self) -> None:
        """Restore the last picture, unless another job runs by now."""
        stored = await self.async_get_last_extra_data()
        last = await self.async_get_last_state()
        if stored is not None and last is not None:
            await self._restore(stored.as_dict().get("file"), last.state)

    async def _restore(self, file: str | None, updated: str) -> None:
        if file is None or (self._job is not None and self._job.file != file):
            return
        try:
            picture = await self.hass.async_add_executor_job(self._file.read_bytes)
        except OSError as err:
            LOGGER.debug("The last picture is gone: %s", type(err).__name__)
            return
        self._attr_image_last_updated = dt_util.parse_datetime(updated)
        self._show(picture)
        self._restored = file

    @property
    @override
    def extra_restore_state_data(self) -> ExtraStoredData:
        """Return which file the picture is of."""
        file = self._job.file if self._job else self._restored
        return RestoredExtraData({"file": file})

    @override
    def _read(self) -> tuple[JobKey | None, datetime | None]:
        return self._job, self._attr_image_last_updated

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
        restored, self._restored = self._restored, None
        if self._job is not None and self._job.file == restored:
            # The job that ran before the restart still runs, or lies on the plate.
            return
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
            picture = await self.coordinator.thumbnails.fetch(job.file)
            if picture is None and self.coordinator.data.has_job:
                picture = await printer.fetch_job_thumbnail()
        except FlashForgeError as err:
            LOGGER.debug("No picture of the job: %s", err)
            return
        if job != self._job:
            return
        # A printer that has no picture is not asked again for the same job.
        self._missing = picture is None
        if picture is not None:
            self._show(picture)
            await self._keep(picture)

    def _show(self, picture: bytes) -> None:
        self._picture = picture
        self._attr_content_type = infer_image_type(picture) or "image/bmp"

    async def _keep(self, picture: bytes) -> None:
        """Keep the picture over a restart; a full disk costs only that."""
        try:
            await self.hass.async_add_executor_job(_write, self._file, picture)
        except OSError as err:
            LOGGER.warning("The picture cannot be kept: %s", err.strerror)
