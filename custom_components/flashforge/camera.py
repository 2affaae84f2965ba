"""The camera of FlashForge printers."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from http import HTTPStatus
from typing import override

from aiohttp import web
from homeassistant.components.camera import (
    Camera,
    CameraEntityDescription,
    async_get_image,
    async_get_mjpeg_stream,
)
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_state_change_event

from .api import CameraHub, CameraStatus
from .camera_source import CameraFinder, camera_url, has_camera
from .const import CAMERA_KEY, MANUFACTURER, OPTION_CAMERA
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .entity import (
    Attributes,
    FlashForgeEntity,
    FlashForgeEntityDescription,
    async_add_as_shown,
)
from .printer.facts import chosen_entity

# The hub shares one connection among all viewers.
PARALLEL_UPDATES = 0

BOUNDARY = b"flashforge"

VIEWER_PATIENCE = 15
"""Seconds after which a viewer that takes no picture is gone."""


@dataclass(frozen=True, kw_only=True)
class FlashForgeCameraDescription(FlashForgeEntityDescription, CameraEntityDescription):
    """Describes a camera."""


CAMERA = FlashForgeCameraDescription(
    key=CAMERA_KEY,
    translation_key="camera",
    exists_fn=has_camera,
    available_fn=lambda coordinator: camera_url(coordinator) is not None,
)
OTHER_CAMERA = FlashForgeCameraDescription(
    key=CAMERA_KEY, translation_key="camera", shown_offline=True
)
"""The same entity, when another camera takes over: that one needs no printer."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FlashForgeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the camera of a printer, or the one that takes its place."""
    if (other := chosen_entity(entry, OPTION_CAMERA)) is not None:
        async_add_as_shown(
            entry,
            async_add_entities,
            (OTHER_CAMERA,),
            lambda coordinator, description: FlashForgeOtherCamera(
                coordinator, description, other
            ),
        )
        return
    coordinator = entry.runtime_data
    hub = CameraHub(async_get_clientsession(hass), lambda: camera_url(coordinator))
    entry.async_on_unload(hub.close)

    async def close(_event: Event) -> None:
        """Give the camera back; entries are not unloaded when Home Assistant stops."""
        await hub.close()

    entry.async_on_unload(hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, close))
    async_add_as_shown(
        entry,
        async_add_entities,
        (CAMERA,),
        lambda coordinator, description: FlashForgeCamera(
            coordinator, description, hub
        ),
    )
    CameraFinder(hass, entry, hub).async_start()


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

    @callback
    @override
    def _async_listen(self) -> None:
        """Show what becomes of the stream as it happens."""
        self.async_on_remove(self._hub.add_listener(self._handle_coordinator_update))

    @override
    def _read(self) -> CameraStatus:
        return self._hub.status

    @property
    @override
    def extra_state_attributes(self) -> Attributes:
        """Return what becomes of the stream, also why there is none.

        The state itself stays: it would write a line of activity for each look.
        """
        return {"stream": self._hub.status.value}

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
        return await async_send_pictures(request, self._hub)


class FlashForgeOtherCamera(FlashForgeEntity, Camera):
    """A camera beside the printer that takes the place of the one inside."""

    entity_description: FlashForgeCameraDescription

    def __init__(
        self,
        coordinator: FlashForgeCoordinator,
        description: FlashForgeCameraDescription,
        other: str,
    ) -> None:
        """Take the pictures from another entity."""
        FlashForgeEntity.__init__(self, coordinator, description)
        Camera.__init__(self)
        self._other = other

    @callback
    @override
    def _async_listen(self) -> None:
        """Come and go with the other camera."""
        self.async_on_remove(
            async_track_state_change_event(self.hass, self._other, self._other_changed)
        )

    @callback
    def _other_changed(self, _event: Event[EventStateChangedData]) -> None:
        self._handle_coordinator_update()

    @override
    def _read(self) -> None:
        """Show nothing: what a camera shows are its pictures."""

    @property
    @override
    def available(self) -> bool:
        """Return whether the other camera is there."""
        state = self.hass.states.get(self._other)
        return (
            super().available and state is not None and state.state != STATE_UNAVAILABLE
        )

    @override
    async def async_camera_image(
        self, width: int | None = None, height: int | None = None
    ) -> bytes | None:
        """Return the picture of the other camera."""
        try:
            image = await async_get_image(
                self.hass, self._other, width=width, height=height
            )
        except HomeAssistantError:
            # Home Assistant says by itself that there is no picture.
            return None
        self.content_type = image.content_type
        return image.content

    @override
    async def handle_async_mjpeg_stream(
        self, request: web.Request
    ) -> web.StreamResponse | None:
        """Send the stream of the other camera, in whatever way that one does it."""
        try:
            return await async_get_mjpeg_stream(self.hass, request, self._other)
        except HomeAssistantError:
            return None


async def async_send_pictures(
    request: web.Request, hub: CameraHub
) -> web.StreamResponse:
    """Send the pictures of a hub to one viewer until it leaves.

    Home Assistant cancels this when the viewer closes its connection.
    """
    if hub.is_full:
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
    response = web.StreamResponse(
        headers={
            "Content-Type": f"multipart/x-mixed-replace;boundary={BOUNDARY.decode()}",
            "Cache-Control": "no-store",
        }
    )
    try:
        await response.prepare(request)
        await response.write(b"--%b\r\n" % BOUNDARY)
        async with aclosing(hub.frames()) as frames:
            async for frame in frames:
                async with asyncio.timeout(VIEWER_PATIENCE):
                    await response.write(_part(frame))
    except ConnectionError:
        pass
    except TimeoutError:
        # Waiting for the end of the connection would keep the printer's only place.
        if request.transport is not None:
            request.transport.abort()
    return response


def _part(frame: bytes) -> bytes:
    """Return a picture as one part of the stream.

    The boundary behind it lets a browser show the picture before the next one comes.
    """
    return b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%b\r\n--%b\r\n" % (
        len(frame),
        frame,
        BOUNDARY,
    )
