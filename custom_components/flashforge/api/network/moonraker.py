"""Whether a printer runs Klipper with Moonraker instead of FlashForge's own firmware."""

import asyncio

import aiohttp
import orjson

from ..errors import FlashForgeError
from ..http.transport import Exchange, exchange

PORT = 7125
"""The usual port of Moonraker."""

TIMEOUT = 3.0
"""Seconds that the question may take."""

_SERVER_INFO = Exchange(path="/server/info", limit=1 << 16)


async def answers(session: aiohttp.ClientSession, host: str) -> bool:
    """Return whether Moonraker answers at a host; no other program answers like this."""
    try:
        async with asyncio.timeout(TIMEOUT):
            body = await exchange(session, host, PORT, _SERVER_INFO)
        told = orjson.loads(body)
    except FlashForgeError, TimeoutError, ValueError:
        return False
    result = told.get("result") if isinstance(told, dict) else None
    return isinstance(result, dict) and "klippy_state" in result
