"""The sliced files in the media folders, which Home Assistant's own browser does not show.

A person picks one of them for ``flashforge.upload_file``.
"""

from collections.abc import Mapping
from pathlib import Path

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import BrowseMediaSource, PlayMedia
from homeassistant.core import HomeAssistant

from ..actions.upload_sources import media_type
from ..api import SlicedFile
from ..api.models.start_forms import FILE_TYPES
from ..api.print_files.gcode import read_print_file
from ..const import DOMAIN
from .printer_folders import NoSuchMediaError

PRINTS = "prints"
"""First part of the identifiers; the media folder and the path in it follow."""

MOST_ITEMS = 500


async def async_list(hass: HomeAssistant, location: str) -> list[BrowseMediaSource]:
    """Return the content of a folder in a media folder, or the list of media folders.

    Raises ``NoSuchMediaError``.
    """
    if not location and len(hass.config.media_dirs) > 1:
        return [
            _item(f"{PRINTS}/{name}", name, expands=True)
            for name in hass.config.media_dirs
        ]
    location = location or next(iter(hass.config.media_dirs), "")
    folder = _path(hass.config.media_dirs, location)
    return await hass.async_add_executor_job(_list, folder, location)


async def async_resolve(hass: HomeAssistant, location: str) -> PlayMedia:
    """Return the path of a sliced file. Raises ``NoSuchMediaError``."""
    path = _path(hass.config.media_dirs, location)
    if not _is_sliced(path) or not await hass.async_add_executor_job(path.is_file):
        raise NoSuchMediaError(location)
    return PlayMedia(f"/media/{location}", media_type(path), path=path)


async def async_describe(hass: HomeAssistant, location: str) -> SlicedFile:
    """Return what a sliced file says of itself; only its ends are read.

    Raises ``errors.FlashForgeError``.
    """
    path = (await async_resolve(hass, location)).path
    assert path is not None
    return await hass.async_add_executor_job(read_print_file, path)


def _path(folders: Mapping[str, str], location: str) -> Path:
    """Return the path of an item. Only what is listed has one."""
    name, *inside = location.split("/")
    if name not in folders or not all(map(_is_shown, inside)):
        raise NoSuchMediaError(location)
    return Path(folders[name], *inside)


def _is_shown(name: str) -> bool:
    """Return whether an item with this name is shown.

    Hidden items, ``..`` among them, are not shown, and neither are names that are not
    valid text, because Home Assistant cannot send them to a browser.
    """
    return bool(name) and not name.startswith(".") and _is_text(name)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in name


def _is_sliced(path: Path) -> bool:
    return path.name.lower().endswith(FILE_TYPES)


def _list(folder: Path, location: str) -> list[BrowseMediaSource]:
    """Return the folders by name, then the sliced files of a folder, newest first."""
    try:
        found = [each for each in folder.iterdir() if _is_shown(each.name)]
        found.sort(key=lambda path: path.name.casefold())
        folders = [each for each in found if each.is_dir()]
        files = [each for each in found if _is_sliced(each) and each.is_file()]
        files.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError as err:
        raise NoSuchMediaError(location) from err
    items = [
        _item(f"{PRINTS}/{location}/{each.name}", each.name, expands=expands)
        for some, expands in ((folders, True), (files, False))
        for each in some
    ]
    return items[:MOST_ITEMS]


def _item(identifier: str, title: str, *, expands: bool) -> BrowseMediaSource:
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier,
        media_class=MediaClass.DIRECTORY if expands else MediaClass.APP,
        media_content_type="" if expands else media_type(Path(title)),
        title=title,
        can_play=not expands,
        can_expand=expands,
    )
