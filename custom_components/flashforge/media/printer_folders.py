"""The folders of a printer in the media browser, and what their items resolve to."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import BrowseMediaSource, PlayMedia
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..api import FlashForgeError, StoredFile
from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry
from ..printer.job import JobResult
from ..prints.last_frames import FinishedPrint, async_get_finished_prints
from .views import decode_name, encode_name, finished_url, thumbnail_url

FILES = "files"
FINISHED = "finished"

PNG = "image/png"

type Texts = dict[str, str]
"""The texts of the media browser in the language of the system, by their keys."""


class NoSuchMediaError(FlashForgeError):
    """No item has this identifier."""

    key = "no_such_media"


class NoPictureError(FlashForgeError):
    """A file on a printer has no picture, and the file itself cannot be downloaded."""

    key = "no_picture"


class FinishedUnreadableError(FlashForgeError):
    """The pictures of finished prints cannot be read from the disk."""

    key = "finished_unreadable"


def _picture(
    identifier: str, title: str, mime_type: str, thumbnail: str
) -> BrowseMediaSource:
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier,
        media_class=MediaClass.IMAGE,
        media_content_type=mime_type,
        title=title,
        can_play=True,
        can_expand=False,
        thumbnail=thumbnail,
    )


# --- files on the printer -----------------------------------------------------------


async def _list_files(
    _hass: HomeAssistant, entry: FlashForgeConfigEntry, _texts: Texts
) -> list[BrowseMediaSource]:
    """Fetch the list of files from the printer; the newest is first."""
    coordinator = entry.runtime_data
    if not coordinator.online and coordinator.problem is not None:
        raise coordinator.problem
    files = await coordinator.shelf.refresh()
    return [
        _picture(
            f"{entry.entry_id}/{FILES}/{encode_name(file.name)}",
            file_title(file),
            PNG,
            thumbnail_url(entry.entry_id, file.name),
        )
        for file in files
    ]


def file_title(file: StoredFile) -> str:
    """Return the name of a file, with its print time and materials if known."""
    materials = dict.fromkeys(tool.material for tool in file.tools or ())
    facts = (
        file.name,
        file.print_time and _duration(file.print_time),
        " + ".join(material for material in materials if material),
        file.weight and f"{round(file.weight, 1):g} g",
    )
    return " · ".join(fact for fact in facts if fact)


def _duration(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


async def _resolve_file(
    _hass: HomeAssistant, entry: FlashForgeConfigEntry, item: str
) -> PlayMedia:
    """Return the address of the picture of a file that has one."""
    if (name := decode_name(item)) is None:
        raise NoSuchMediaError(item)
    if await entry.runtime_data.thumbnails.fetch(name) is None:
        raise NoPictureError(name)
    return PlayMedia(thumbnail_url(entry.entry_id, name), PNG)


# --- finished prints ----------------------------------------------------------------


async def _list_finished(
    hass: HomeAssistant, entry: FlashForgeConfigEntry, texts: Texts
) -> list[BrowseMediaSource]:
    """List the pictures of finished prints; the newest is first."""
    try:
        prints = await async_get_finished_prints(hass).async_list(entry.entry_id)
    except OSError as err:
        raise FinishedUnreadableError(str(err)) from err
    return [
        _picture(
            f"{entry.entry_id}/{FINISHED}/{each.id}",
            _finished_title(each, texts),
            each.mime_type,
            finished_url(entry.entry_id, each),
        )
        for each in prints
    ]


def _finished_title(finished: FinishedPrint, texts: Texts) -> str:
    """Return the name of the printed file and the local time at which the print ended."""
    facts = (
        finished.file,
        f"{dt_util.as_local(finished.time):%Y-%m-%d %H:%M}",
        finished.result is JobResult.FAILED and texts["failed"],
    )
    return " · ".join(fact for fact in facts if fact)


async def _resolve_finished(
    hass: HomeAssistant, entry: FlashForgeConfigEntry, item: str
) -> PlayMedia:
    """Return the last frame of a finished print."""
    prints = async_get_finished_prints(hass)
    try:
        finished = await prints.async_find(entry.entry_id, item)
    except OSError as err:
        raise FinishedUnreadableError(str(err)) from err
    if finished is None:
        raise NoSuchMediaError(item)
    url = finished_url(entry.entry_id, finished)
    return PlayMedia(url, finished.mime_type, path=finished.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One folder of a printer."""

    list_items: Callable[
        [HomeAssistant, FlashForgeConfigEntry, Texts],
        Coroutine[Any, Any, list[BrowseMediaSource]],
    ]
    resolve: Callable[
        [HomeAssistant, FlashForgeConfigEntry, str], Coroutine[Any, Any, PlayMedia]
    ]


SECTIONS = {
    FILES: Section(list_items=_list_files, resolve=_resolve_file),
    FINISHED: Section(list_items=_list_finished, resolve=_resolve_finished),
}
"""The folders of a printer, by their part of the identifier."""
