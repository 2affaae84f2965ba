"""Where the camera of a printer is, and whether it has one."""

from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.event import async_call_later

from .api import (
    CameraHub,
    CameraPresence,
    Feature,
    default_url,
    probe_stream,
    stream_url,
)
from .const import CAMERA_PROBE_INTERVAL
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator


def camera_url(coordinator: FlashForgeCoordinator) -> str | None:
    """Return the address of the camera: as reported, else where a probe found one."""
    host = coordinator.printer.host
    if (url := stream_url(coordinator.data.camera_url, host)) is not None:
        return url
    return default_url(host) if coordinator.found.camera else None


def has_camera(coordinator: FlashForgeCoordinator) -> bool:
    """Return whether there is a camera; one that can be switched off is built in."""
    return coordinator.has(Feature.CAMERA_SWITCH) or camera_url(coordinator) is not None


class CameraFinder:
    """Follows the address of the camera, and searches for one that is not reported.

    A result holds for an hour, also a negative one, unless the printer was off meanwhile.
    """

    def __init__(
        self, hass: HomeAssistant, entry: FlashForgeConfigEntry, hub: CameraHub
    ) -> None:
        """Prepare; nothing is asked before the start."""
        self._hass = hass
        self._entry = entry
        self._coordinator = entry.runtime_data
        self._hub = hub
        self._online = self._coordinator.online
        self._next_look: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Look now, and watch until the entry is unloaded."""
        self._entry.async_on_unload(self._coordinator.async_add_listener(self._follow))
        self._entry.async_on_unload(self._cancel)
        self._look()

    @callback
    def _follow(self) -> None:
        """Take note of what the last poll changed."""
        self._hub.follow()
        was_online, self._online = self._online, self._coordinator.online
        if self._online and not was_online:
            self._hub.retry()
            self._look()

    @callback
    def _look(self, _now: datetime | None = None) -> None:
        """Look once, if there is anything to find, and again in an hour."""
        self._cancel()
        self._next_look = async_call_later(
            self._hass,
            CAMERA_PROBE_INTERVAL,
            HassJob(self._look, "flashforge camera", cancel_on_shutdown=True),
        )
        if self._online and not has_camera(self._coordinator):
            self._entry.async_create_background_task(
                self._hass, self._probe(), "flashforge camera probe"
            )

    @callback
    def _cancel(self) -> None:
        if self._next_look is not None:
            self._next_look()
            self._next_look = None

    async def _probe(self) -> None:
        """Ask the port where every camera is."""
        coordinator = self._coordinator
        presence = await probe_stream(
            async_get_clientsession(self._hass), coordinator.printer.host
        )
        coordinator.found.camera = presence is not CameraPresence.ABSENT
        coordinator.async_update_listeners()
