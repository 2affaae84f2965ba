"""Where a file that is to be uploaded comes from."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import mimetypes
from pathlib import Path

from homeassistant.components.media_source import Unresolvable, async_resolve_media
from homeassistant.core import HomeAssistant, ServiceCall

from ..exceptions import refused
from .sent_files import async_get_sent_files

MEDIA = "media"
PATH = "path"
FILE = "file"
SOURCES = (MEDIA, PATH, FILE)
"""Exactly one of these names the file."""

_MEDIA_TYPES = {
    ".gcode": "text/x.gcode",
    ".g": "text/x.gcode",
    ".gx": "application/x.flashprint-gcode",
    ".3mf": "model/3mf",
}


def media_type(path: Path) -> str:
    """Return the media type of a sliced file."""
    return _MEDIA_TYPES[path.suffix.lower()]


def teach_media_types() -> None:
    """Let the media folders know sliced files, which they cannot name otherwise.

    Reads the system's list of types, so it is not for the event loop.
    """
    for suffix, kind in _MEDIA_TYPES.items():
        if mimetypes.guess_type(f"file{suffix}")[0] is None:
            mimetypes.add_type(kind, suffix)


@asynccontextmanager
async def local_file(call: ServiceCall, *, for_good: bool) -> AsyncGenerator[Path]:
    """Give the file that a call names; one that was sent is removed if ``for_good``.

    Raises ``ServiceValidationError`` when there is no such file, or none that may be
    read.
    """
    hass, data = call.hass, call.data
    if FILE in data:
        sent = async_get_sent_files(hass)
        user_id = call.context.user_id
        async with sent.use(data[FILE], user_id, for_good=for_good) as path:
            yield path
        return
    if MEDIA in data:
        path = await _media_path(hass, data[MEDIA])
    else:
        path = Path(data[PATH])
        if not await hass.async_add_executor_job(_may_read, hass, path):
            raise refused("path_not_allowed", path=str(path))
    if not await hass.async_add_executor_job(path.is_file):
        raise refused("no_such_file", path=str(path))
    yield path


async def _media_path(hass: HomeAssistant, content_id: str) -> Path:
    """Return the path of a media item on disk."""
    try:
        media = await async_resolve_media(hass, content_id, None)
    except (Unresolvable, AssertionError) as err:
        # The media folders take for granted that they know the kind of every file.
        raise refused("media_unknown", media=content_id) from err
    if media.path is None:
        raise refused("media_not_local", media=content_id)
    return media.path


def _may_read(hass: HomeAssistant, path: Path) -> bool:
    return hass.config.is_allowed_path(str(path))
