"""Takes the last frame of a print when it ends."""

from datetime import datetime

from homeassistant.components.camera import Image, async_get_image
from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later

from .api.state import Status
from .camera import CAMERA
from .const import DOMAIN, LOGGER
from .coordinator import FlashForgeConfigEntry
from .entity import unique_id
from .finished import WORTH_KEEPING, async_get_finished_prints
from .jobs import JobEnd

TRY_AGAIN = 20.0
TRIES = 6
"""How often, and after how many seconds each, a camera is asked that shows nothing.

A slicer may have its only place, and whoever watches the end of a print soon leaves.
"""

_STILL_THERE = frozenset({Status.COMPLETED, Status.ERROR})
"""The print lies on the plate as it was when it ended."""


@callback
def async_keep_last_frames(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Keep what the camera of a printer shows at the end of each print."""
    photographer = _Photographer(hass, entry)
    entry.async_on_unload(entry.runtime_data.async_on_job_end(photographer.ended))
    entry.async_on_unload(photographer.cancel)


class _Photographer:
    """Takes one picture of each print that is worth keeping."""

    def __init__(self, hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
        self._hass = hass
        self._entry = entry
        self._coordinator = entry.runtime_data
        self._next: CALLBACK_TYPE | None = None

    @callback
    def ended(self, end: JobEnd) -> None:
        """Take a picture at once, beside the poll."""
        self.cancel()
        if end.result in WORTH_KEEPING:
            self._begin(end, TRIES)

    @callback
    def cancel(self) -> None:
        """Try no more."""
        if self._next is not None:
            self._next()
            self._next = None

    def _begin(self, end: JobEnd, tries: int) -> None:
        self._entry.async_create_background_task(
            self._hass, self._take(end, tries), "flashforge last frame"
        )

    async def _take(self, end: JobEnd, tries: int) -> None:
        # It is looked up each time: the entity may be given another id, or come late.
        camera = er.async_get(self._hass).async_get_entity_id(
            Platform.CAMERA, DOMAIN, unique_id(self._coordinator, CAMERA)
        )
        if camera is None:
            return
        if (picture := await self._look(camera)) is not None:
            prints = async_get_finished_prints(self._hass)
            await prints.async_add(self._entry.entry_id, end, picture)
        elif tries > 1:
            self._try_again(end, tries - 1)

    async def _look(self, camera: str) -> Image | None:
        """Return what the camera shows now; the one that takes its place counts as it.

        The entity gives the last picture of a stream that runs and takes one otherwise,
        and Home Assistant does not wait longer than ten seconds for it.
        """
        try:
            return await async_get_image(self._hass, camera)
        except HomeAssistantError as err:
            LOGGER.debug("No picture of the finished print: %s", err)
            return None

    @callback
    def _try_again(self, end: JobEnd, tries: int) -> None:
        @callback
        def look(_now: datetime) -> None:
            self._next = None
            if self._coordinator.data.status in _STILL_THERE:
                self._begin(end, tries)

        self.cancel()
        self._next = async_call_later(
            self._hass,
            TRY_AGAIN,
            HassJob(look, "flashforge last frame", cancel_on_shutdown=True),
        )
