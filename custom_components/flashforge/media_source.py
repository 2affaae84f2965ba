"""The media browser: the files on printers, and the last frames of finished prints.

An identifier is a path: the entry, then ``files`` or ``finished``, then one item; or
``prints`` and a path in the media folders. A file on a printer can be neither played nor
downloaded (docs/protocol/http.md §2), so it resolves to its picture.
"""

from typing import override

from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.media_player import BrowseError, MediaClass
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.components.websocket_api import current_connection
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from .api import FlashForgeError
from .const import DOMAIN, MANUFACTURER
from .coordinator import FlashForgeConfigEntry
from .exceptions import translated
from .media import sliced_files as media_prints
from .media.printer_folders import SECTIONS, NoSuchMediaError, Texts
from .media.views import async_find_entry
from .permissions import async_may


class NotLoadedError(FlashForgeError):
    """The entry of the printer is not loaded."""

    key = "not_loaded"


async def async_get_media_source(hass: HomeAssistant) -> FlashForgeMediaSource:
    """Return the media source of all printers."""
    return FlashForgeMediaSource(hass)


class FlashForgeMediaSource(MediaSource):
    """The media of all printers."""

    name = MANUFACTURER

    def __init__(self, hass: HomeAssistant) -> None:
        """Store Home Assistant; nothing is fetched before a person opens a folder."""
        super().__init__(DOMAIN)
        self.hass = hass

    @override
    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """Return the content of a folder."""
        with translated(BrowseError):
            return await self._browse(item.identifier or "")

    @override
    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Return the picture of an item."""
        with translated(Unresolvable):
            return await self._resolve(item.identifier or "")

    async def _browse(self, identifier: str) -> BrowseMediaSource:
        texts = await self._texts()
        if not identifier:
            return self._root(texts)
        entry_id, _, section = identifier.partition("/")
        if entry_id == media_prints.PRINTS:
            prints = await media_prints.async_list(self.hass, section)
            title = section.rpartition("/")[2] or texts[media_prints.PRINTS]
            return _folder(identifier, title, prints)
        entry = _loaded(self.hass, entry_id)
        if not section:
            return _printer(entry, texts)
        if section not in SECTIONS:
            raise NoSuchMediaError(identifier)
        items = await SECTIONS[section].list_items(self.hass, entry, texts)
        return _section(entry, section, texts, items)

    async def _resolve(self, identifier: str) -> PlayMedia:
        entry_id, _, rest = identifier.partition("/")
        if entry_id == media_prints.PRINTS:
            return await media_prints.async_resolve(self.hass, rest)
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

    def _root(self, texts: Texts) -> BrowseMediaSource:
        entries: list[FlashForgeConfigEntry] = [
            entry
            for entry in self.hass.config_entries.async_loaded_entries(DOMAIN)
            if _may_see(self.hass, entry)
        ]
        entries.sort(key=lambda entry: entry.title.casefold())
        folders = [_folder(each.entry_id, each.title) for each in entries]
        if self.hass.config.media_dirs:
            prints = media_prints.PRINTS
            folders.append(_folder(prints, texts[prints]))
        return _folder(None, MANUFACTURER, folders)


def _loaded(hass: HomeAssistant, entry_id: str) -> FlashForgeConfigEntry:
    entry = async_find_entry(hass, entry_id)
    if entry is None or not _may_see(hass, entry):
        raise NoSuchMediaError(entry_id)
    if entry.state is not ConfigEntryState.LOADED:
        raise NotLoadedError(printer=entry.title)
    return entry


def _may_see(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> bool:
    """Return whether the user who browses has permission to see a printer.

    Home Assistant does not pass the user to a media source, but it knows the current
    connection. Without a connection, Home Assistant itself browses.
    """
    connection = current_connection.get()
    return connection is None or async_may(
        hass, connection.user, entry.entry_id, POLICY_READ
    )


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
