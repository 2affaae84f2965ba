"""The media browser: the files on printers, and the last frames of finished prints.

An identifier is a path: the entry, then ``files`` or ``finished``, then one item. A file
on a printer can be neither played nor downloaded (protocol/http.md §2); what it resolves
to is its picture.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar, override

from homeassistant.components.media_player import BrowseError, MediaClass
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from .api.errors import FlashForgeError
from .api.state import StoredFile
from .const import DOMAIN, MANUFACTURER
from .coordinator import FlashForgeConfigEntry
from .finished import FinishedPrint, async_get_finished_prints
from .jobs import JobResult
from .pictures import (
    async_find_entry,
    decode_name,
    encode_name,
    finished_url,
    thumbnail_url,
)

FILES = "files"
FINISHED = "finished"

PNG = "image/png"


class NoSuchMediaError(FlashForgeError):
    """There is nothing with this identifier."""

    key: ClassVar[str] = "no_such_media"


class NoPictureError(FlashForgeError):
    """A file on a printer has no picture, and nothing else of it can be had."""

    key: ClassVar[str] = "no_picture"


class FinishedUnreadableError(FlashForgeError):
    """The disk does not give the pictures of finished prints."""

    key: ClassVar[str] = "finished_unreadable"


class NotLoadedError(FlashForgeError):
    """The printer is not set up at the moment."""

    key: ClassVar[str] = "not_loaded"

    def __init__(self, printer: str) -> None:
        """Keep which printer it is."""
        super().__init__(printer)
        self.printer = printer

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the name of the printer."""
        return {"printer": self.printer}


async def async_get_media_source(hass: HomeAssistant) -> FlashForgeMediaSource:
    """Return the media source of all printers."""
    return FlashForgeMediaSource(hass)


class FlashForgeMediaSource(MediaSource):
    """What there is to see of all printers."""

    name = MANUFACTURER

    def __init__(self, hass: HomeAssistant) -> None:
        """Ask nothing before a person opens something."""
        super().__init__(DOMAIN)
        self.hass = hass

    @override
    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """Return what is in a folder."""
        try:
            return await self._browse(item.identifier or "")
        except FlashForgeError as err:
            raise _translated(BrowseError, err) from err

    @override
    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Return the picture of an item."""
        try:
            return await self._resolve(item.identifier or "")
        except FlashForgeError as err:
            raise _translated(Unresolvable, err) from err

    async def _browse(self, identifier: str) -> BrowseMediaSource:
        if not identifier:
            return self._printers()
        entry_id, _, section = identifier.partition("/")
        entry = _loaded(self.hass, entry_id)
        texts = await self._texts()
        if not section:
            return _printer(entry, texts)
        if section not in SECTIONS:
            raise NoSuchMediaError(identifier)
        items = await SECTIONS[section].list_items(self.hass, entry, texts)
        return _section(entry, section, texts, items)

    async def _resolve(self, identifier: str) -> PlayMedia:
        entry_id, _, rest = identifier.partition("/")
        section, _, item = rest.partition("/")
        if section not in SECTIONS or not item:
            raise NoSuchMediaError(identifier)
        return await SECTIONS[section].resolve(
            self.hass, _loaded(self.hass, entry_id), item
        )

    async def _texts(self) -> Texts:
        told = await async_get_translations(
            self.hass, self.hass.config.language, "common", [DOMAIN]
        )
        prefix = f"component.{DOMAIN}.common."
        return {key.removeprefix(prefix): text for key, text in told.items()}

    def _printers(self) -> BrowseMediaSource:
        entries: list[FlashForgeConfigEntry] = (
            self.hass.config_entries.async_loaded_entries(DOMAIN)
        )
        entries.sort(key=lambda entry: entry.title.casefold())
        return _folder(
            None, MANUFACTURER, [_folder(each.entry_id, each.title) for each in entries]
        )


type Texts = dict[str, str]


def _translated(
    kind: type[HomeAssistantError], err: FlashForgeError
) -> HomeAssistantError:
    """Return what the media browser shows; the one place where errors are mapped."""
    return kind(
        translation_domain=DOMAIN,
        translation_key=err.key,
        translation_placeholders=err.placeholders,
    )


def _loaded(hass: HomeAssistant, entry_id: str) -> FlashForgeConfigEntry:
    entry = async_find_entry(hass, entry_id)
    if entry is None:
        raise NoSuchMediaError(entry_id)
    if entry.state is not ConfigEntryState.LOADED:
        raise NotLoadedError(entry.title)
    return entry


# --- folders ------------------------------------------------------------------------


def _folder(
    identifier: str | None,
    title: str,
    children: list[BrowseMediaSource] | None = None,
    children_class: MediaClass = MediaClass.DIRECTORY,
) -> BrowseMediaSource:
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier,
        media_class=MediaClass.DIRECTORY if identifier else MediaClass.APP,
        media_content_type="",
        title=title,
        can_play=False,
        can_expand=True,
        children=children,
        children_media_class=children_class,
    )


def _printer(entry: FlashForgeConfigEntry, texts: Texts) -> BrowseMediaSource:
    return _folder(
        entry.entry_id,
        entry.title,
        [_section(entry, section, texts) for section in SECTIONS],
    )


def _section(
    entry: FlashForgeConfigEntry,
    section: str,
    texts: Texts,
    items: list[BrowseMediaSource] | None = None,
) -> BrowseMediaSource:
    identifier = f"{entry.entry_id}/{section}"
    return _folder(identifier, texts[section], items, MediaClass.IMAGE)


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
    """Ask the printer for its files, and show them in its order: the newest first."""
    coordinator = entry.runtime_data
    if not coordinator.online and coordinator.problem is not None:
        raise coordinator.problem
    files = await coordinator.printer.list_files()
    coordinator.thumbnails.take_note(files)
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
    """Return the name of a file with what is known of it."""
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
    """Return the picture of a file, once it is sure that there is one."""
    if (name := decode_name(item)) is None:
        raise NoSuchMediaError(item)
    if await entry.runtime_data.thumbnails.fetch(name) is None:
        raise NoPictureError(name)
    return PlayMedia(thumbnail_url(entry.entry_id, name), PNG)


# --- finished prints ----------------------------------------------------------------


async def _list_finished(
    hass: HomeAssistant, entry: FlashForgeConfigEntry, texts: Texts
) -> list[BrowseMediaSource]:
    """Show what was kept of finished prints, the newest first."""
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
    """Return which file was printed, and when the print ended in local time."""
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
    """One kind of thing that there is to see of a printer."""

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
"""The folders of a printer, by the part of the identifier that names them."""
