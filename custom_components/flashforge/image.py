"""The picture of the job of FlashForge printers."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Self, override

from homeassistant.components.image import ImageEntity, ImageEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import (
    ExtraStoredData,
    RestoredExtraData,
    RestoreEntity,
)
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util import dt as dt_util

from .api import FlashForgeError
from .api.print_files.pictures import type_of
from .const import DOMAIN, LOGGER
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .disk import DRAFT, async_get_disk, sweep, write_whole
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown
from .printer.job import JobKey

# A picture is fetched once per job, when it is first shown.
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
    """Return the file that keeps the last picture of a printer over a restart."""
    return Path(hass.config.path(STORAGE_DIR, f"{DOMAIN}.{entry_id}.picture"))


def sweep_pictures(hass: HomeAssistant) -> None:
    """Remove pictures that were half written at a power cut."""
    sweep(Path(hass.config.path(STORAGE_DIR)), f"{DOMAIN}.*.picture{DRAFT}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What is known about the picture on disk: its file, and how long that had printed.

    ``digest`` shows whether the picture on disk is the one that was shown, because Home
    Assistant stores this at another time. ``elapsed`` is in s, None when unknown.
    """

    file: str
    digest: str
    elapsed: float | None

    @classmethod
    def stored(cls, stored: Mapping[str, object]) -> Self | None:
        """Read what was kept, None when it cannot be read."""
        file, digest = stored.get("file"), stored.get("digest")
        elapsed = stored.get("elapsed")
        if not isinstance(file, str) or not isinstance(digest, str):
            return None
        return cls(
            file=file,
            digest=digest,
            elapsed=elapsed if isinstance(elapsed, int | float) else None,
        )

    def is_of(self, job: JobKey, elapsed: float | None) -> bool:
        """Return whether a job that has printed for this time may be the same one."""
        if job.file != self.file:
            return False
        return self.elapsed is None or elapsed is None or elapsed >= self.elapsed


def _digest(picture: bytes) -> str:
    return sha256(picture).hexdigest()


class FlashForgeImage(FlashForgeEntity, RestoreEntity, ImageEntity):
    """The picture of the current job, kept after its end until the next one begins."""

    entity_description: FlashForgeImageDescription

    def __init__(
        self,
        coordinator: FlashForgeCoordinator,
        description: FlashForgeImageDescription,
    ) -> None:
        """Start with the running job, if any."""
        FlashForgeEntity.__init__(self, coordinator, description)
        ImageEntity.__init__(self, coordinator.hass)
        self._job: JobKey | None = None
        self._picture: bytes | None = None
        self._restored: _Kept | None = None
        self._missing = False
        self._fetching = asyncio.Lock()
        self._file = picture_file(coordinator.hass, coordinator.config_entry.entry_id)
        self._follow_job()

    @override
    async def _async_recall(self) -> None:
        """Restore the last picture, unless another job is running now."""
        stored = await self.async_get_last_extra_data()
        last = await self.async_get_last_state()
        if stored is not None and last is not None:
            kept = _Kept.stored(stored.as_dict())
            if kept is not None and self._may_show(kept):
                await self._restore(kept, last.state)

    def _may_show(self, kept: _Kept) -> bool:
        """Return whether a picture from before a restart is of the present job, if any."""
        elapsed = self.coordinator.data.job.elapsed
        return self._job is None or kept.is_of(self._job, elapsed)

    async def _restore(self, kept: _Kept, updated: str) -> None:
        try:
            picture = await self.hass.async_add_executor_job(self._file.read_bytes)
        except OSError as err:
            LOGGER.debug("The last picture is gone: %s", type(err).__name__)
            return
        if _digest(picture) != kept.digest:
            LOGGER.debug("The last picture is another one")
            return
        self._attr_image_last_updated = dt_util.parse_datetime(updated)
        self._show(picture)
        self._restored = kept

    @property
    @override
    def extra_restore_state_data(self) -> ExtraStoredData:
        """Return the job of the picture, nothing when none is shown."""
        kept = self._restored
        if self._job is not None and self._job.file is not None and self._picture:
            kept = _Kept(
                file=self._job.file,
                digest=_digest(self._picture),
                elapsed=self.coordinator.data.job.elapsed,
            )
        return RestoredExtraData(asdict(kept) if kept else {})

    @override
    def _read(self) -> tuple[JobKey | None, datetime | None]:
        return self._job, self._attr_image_last_updated

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Drop the picture when another job begins."""
        self._follow_job()
        super()._handle_coordinator_update()

    def _follow_job(self) -> None:
        if self.coordinator.jobs.key == self._job:
            return
        before, self._job = self._job, self.coordinator.jobs.key
        restored, self._restored = self._restored, None
        if before is None and restored is not None and self._may_show(restored):
            # The job from before the restart is still running, or its print is on the plate.
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
        """Ask for the picture of the file, then for the one of the running job."""
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
        # A printer without a picture is not asked again for the same job.
        self._missing = picture is None
        if picture is not None:
            self._show(picture)
            await self._keep(picture)

    def _show(self, picture: bytes) -> None:
        self._picture = picture
        self._attr_content_type = type_of(picture)

    async def _keep(self, picture: bytes) -> None:
        """Keep the picture over a restart; on a full disk it is lost."""
        try:
            await async_get_disk(self.hass).async_work(
                self.coordinator.config_entry.entry_id,
                partial(write_whole, self._file, picture),
            )
        except OSError as err:
            LOGGER.warning("The picture cannot be kept: %s", err.strerror)
