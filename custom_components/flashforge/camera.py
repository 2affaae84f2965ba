"""The camera of FlashForge printers."""

import asyncio
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import override

from aiohttp import web
from homeassistant.components.camera import Camera, CameraEntityDescription
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_time_interval

from .api.camera import CameraHub, CameraPresence, default_url, probe_stream, stream_url
from .api.catalog import Feature
from .const import CAMERA_PROBE_INTERVAL, MANUFACTURER
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import FlashForgeEntity, FlashForgeEntityDescription, async_add_as_shown

# The hub shares one connection among all viewers.
PARALLEL_UPDATES = 0

BOUNDARY = "flashforge"

VIEWER_CHECK = 15
"""Seconds without a picture after which it is checked whether the viewer still waits."""


@dataclass(frozen=True, kw_only=True)
class FlashForgeCameraDescription(FlashForgeEntityDescription, CameraEntityDescription):
    """Describes a camera."""


def _url(coordinator: FlashForgeCoordinator) -> str | None:
    """Return where the pictures are: as the printer says, else as a probe found."""
    host = coordinator.printer.host
    if (url := stream_url(coordinator.data.camera_url, host)) is not None:
        return url
    return default_url(host) if coordinator.camera_found else None


def _has_camera(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether there is a camera; one that can be switched off is built in."""
    return coordinator.has(Feature.CAMERA_SWITCH) or _url(coordinator) is not None


CAMERAS: tuple[FlashForgeCameraDescription, ...] = (
    FlashForgeCameraDescription(
        key="camera",
        translation_key="camera",
        exists_fn=_has_camera,
        available_fn=lambda coordinator: _url(coordinator) is not None,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the camera of a printer, and look for one that it does not tell of."""
    coordinator = entry.runtime_data
    session = async_get_clientsession(hass)
    hub = CameraHub(session, lambda: _url(coordinator))
    entry.async_on_unload(hub.close)

    async def close(_event: Event) -> None:
        """Give the camera back; entries are not unloaded when Home Assistant stops."""
        await hub.close()

    entry.async_on_unload(hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, close))
    async_add_as_shown(
        entry,
        async_add_entities,
        CAMERAS,
        lambda coordinator, description: FlashForgeCamera(
            coordinator, description, hub
        ),
    )

    async def look(_now: datetime | None = None) -> None:
        """Ask the camera's port; the answer, also a no, holds for an hour."""
        if _has_camera(coordinator) or not coordinator.online:
            return
        presence = await probe_stream(session, coordinator.printer.host)
        if presence is not CameraPresence.ABSENT:
            coordinator.camera_found = True
            coordinator.async_update_listeners()

    entry.async_create_background_task(hass, look(), "flashforge camera probe")
    entry.async_on_unload(async_track_time_interval(hass, look, CAMERA_PROBE_INTERVAL))


class FlashForgeCamera(FlashForgeEntity, Camera):
    """The camera inside a printer."""

    entity_description: FlashForgeCameraDescription
    _attr_brand = MANUFACTURER

    def __init__(
        self,
        coordinator: FlashForgeCoordinator,
        description: FlashForgeCameraDescription,
        hub: CameraHub,
    ) -> None:
        """Take the pictures from a hub."""
        FlashForgeEntity.__init__(self, coordinator, description)
        Camera.__init__(self)
        self._hub = hub

    @override
    def _read(self) -> None:
        """Show nothing: what a camera shows are its pictures."""

    @override
    async def async_camera_image(
        self, width: int | None = None, height: int | None = None
    ) -> bytes | None:
        """Return the newest picture."""
        return await self._hub.still()

    @override
    async def handle_async_mjpeg_stream(
        self, request: web.Request
    ) -> web.StreamResponse:
        """Send the pictures to one viewer for as long as it looks."""
        response = web.StreamResponse(
            headers={
                "Content-Type": f"multipart/x-mixed-replace;boundary={BOUNDARY}",
                "Cache-Control": "no-store",
            }
        )
        await response.prepare(request)
        with suppress(ConnectionError):
            while await self._send_pictures(response):
                # A viewer that leaves while nothing comes is noticed only by looking.
                if request.transport is None or request.transport.is_closing():
                    break
        return response

    async def _send_pictures(self, response: web.StreamResponse) -> bool:
        """Send pictures; return True when there was none for a while, False at the end."""
        try:
            async with (
                asyncio.timeout(VIEWER_CHECK) as patience,
                aclosing(self._hub.frames()) as frames,
            ):
                async for frame in frames:
                    await response.write(_part(frame))
                    patience.reschedule(
                        asyncio.get_running_loop().time() + VIEWER_CHECK
                    )
        except TimeoutError:
            return True
        return False


def _part(frame: bytes) -> bytes:
    """Return a picture as one part of the stream."""
    return b"--%b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%b\r\n" % (
        BOUNDARY.encode(),
        len(frame),
        frame,
    )
