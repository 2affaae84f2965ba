"""What viewers of the camera cost, against a proxy that opens a stream for each."""

import asyncio
from time import process_time

from aiohttp import web
from homeassistant.components.http import HomeAssistantView
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import (
    async_aiohttp_proxy_web,
    async_get_clientsession,
)

from .home import LOOPBACK, add, home_assistant
from .outside import Outside, Watched, outside

MODEL = "5m_pro"
"""Has a camera of its own and tells where it is."""

VIEWERS = (1, 4, 16)
WARM_UP = 1.0
"""Seconds that viewers have to get going before anything is counted."""

_SECONDS = 15.0
_QUICK_SECONDS = 3.0
_PLAIN = "/bench/plain"


class PlainProxy(HomeAssistantView):
    """Hands a stream on as it comes, as Home Assistant's own MJPEG camera does."""

    url = _PLAIN
    name = "bench:plain"
    requires_auth = False

    def __init__(self, hass: HomeAssistant, stream: str) -> None:
        """Take the address of the stream."""
        self._hass = hass
        self._stream = stream

    async def get(self, request: web.Request) -> web.StreamResponse | None:
        """Open one more stream and pass it on."""
        session = async_get_clientsession(self._hass)
        return await async_aiohttp_proxy_web(
            self._hass, request, session.get(self._stream)
        )


async def _watch(
    world: Outside, url: str, viewers: int, seconds: float
) -> tuple[Watched, float]:
    """Let viewers look; return what they saw, and the CPU seconds of a second of it."""
    watching = asyncio.create_task(
        world.watch(url, viewers, warm_up=WARM_UP, seconds=seconds)
    )
    await asyncio.sleep(WARM_UP)
    start = process_time()
    await asyncio.sleep(seconds)
    spent = process_time() - start
    return await watching, spent / seconds


async def measure(*, quick: bool) -> dict[str, object]:
    """Measure streams of one printer with ever more viewers."""
    seconds = _QUICK_SECONDS if quick else _SECONDS
    async with outside() as world, home_assistant() as hass:
        (printer,) = await world.make(model=MODEL, printing=True, crowd=True)
        coordinator = (await add(hass, printer)).runtime_data
        stream = coordinator.data.camera_url
        assert stream is not None
        hass.http.register_view(PlainProxy(hass, stream))
        server = f"http://{LOOPBACK}:{hass.http.server_port}"
        (camera,) = hass.states.async_all("camera")
        assert camera.state != STATE_UNAVAILABLE
        ours = server + camera.attributes["entity_picture"].replace(
            "camera_proxy", "camera_proxy_stream"
        )
        # The plain ones come first: ours keeps its stream for some seconds.
        plain = {
            number: await _watch(world, server + _PLAIN, number, seconds)
            for number in VIEWERS
        }
        told = {}
        for number in VIEWERS:
            seen, spent = await _watch(world, ours, number, seconds)
            told[str(number)] = {
                **seen,
                "cpu_ms_per_s_and_viewer": spent / number * 1000,
                "cpu_ratio": spent / plain[number][1],
                "plain_fps": plain[number][0]["fps"],
            }
    return {"camera": told}
