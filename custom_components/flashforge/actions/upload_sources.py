"""Where a file that is to be uploaded comes from."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
import mimetypes
from pathlib import Path
import shutil
import tempfile
from typing import Any

from homeassistant.components.file_upload import process_uploaded_file
from homeassistant.components.media_source import Unresolvable, async_resolve_media
from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from ..disk import sweep
from ..exceptions import failed, refused

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
async def local_file(
    hass: HomeAssistant, data: Mapping[str, Any]
) -> AsyncGenerator[Path]:
    """Give the file that a call names, and clean up after it.

    Raises ``ServiceValidationError`` when there is no such file, or none that may be
    read.
    """
    if FILE in data:
        path = await _take(hass, data[FILE])
        try:
            yield path
        finally:
            await hass.async_add_executor_job(_drop, path)
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


async def _take(hass: HomeAssistant, file_id: str) -> Path:
    """Take a file that a person has just sent to Home Assistant."""
    taking = hass.async_add_executor_job(_move, hass, file_id)
    try:
        # Waited for, not awaited: a thread cannot be canceled, and the file
        # that it takes would stay there for good.
        await asyncio.wait((taking,))
    except asyncio.CancelledError:

        def drop(taken: asyncio.Future[Path]) -> None:
            if taken.exception() is None:
                hass.async_add_executor_job(_drop, taken.result())

        taking.add_done_callback(drop)
        raise
    return taking.result()


def taken_prefix(hass: HomeAssistant) -> str:
    """Return how our temporary folders begin, which no other Home Assistant here uses."""
    place = sha256(hass.config.config_dir.encode()).hexdigest()[:12]
    return f"{DOMAIN}-{place}-"


def sweep_taken(hass: HomeAssistant) -> None:
    """Remove the files that were taken before Home Assistant was cut off."""
    sweep(Path(tempfile.gettempdir()), f"{taken_prefix(hass)}*")


def _move(hass: HomeAssistant, file_id: str) -> Path:
    folder: Path | None = None
    try:
        with process_uploaded_file(hass, file_id) as sent:
            folder = Path(tempfile.mkdtemp(prefix=taken_prefix(hass)))
            return Path(shutil.move(sent, folder / sent.name))
    except ValueError as err:
        raise refused("upload_gone") from err
    except OSError as err:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise failed("upload_not_taken", reason=err.strerror or "") from err


def _drop(path: Path) -> None:
    shutil.rmtree(path.parent, ignore_errors=True)
