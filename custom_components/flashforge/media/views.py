"""The addresses at which Home Assistant serves pictures to logged-in users."""

from base64 import b64decode, urlsafe_b64encode
from http import HTTPStatus

from aiohttp import web
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.http import KEY_HASS, KEY_HASS_USER, HomeAssistantView
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from ..api import FlashForgeError
from ..api.print_files.pictures import type_of
from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry
from ..permissions import async_may
from ..prints.last_frames import FinishedPrint, async_get_finished_prints

_THUMBNAIL = "/api/flashforge/thumbnail"
_FINISHED = "/api/flashforge/finished"

_OUTSIDE = frozenset("/\\\0")
"""Characters that are not in the name of a file, but in a path to another folder."""


def encode_name(file: str) -> str:
    """Encode the name of a file on a printer so that it fits into any address."""
    return urlsafe_b64encode(file.encode()).decode().rstrip("=")


def decode_name(encoded: str) -> str | None:
    """Decode the name of a file, None when it cannot be the name of one.

    All files of a printer are in one folder, so a path to another folder is not valid.
    """
    padding = "=" * (-len(encoded) % 4)
    try:
        name = b64decode(encoded + padding, altchars=b"-_", validate=True).decode()
    except ValueError:
        return None
    return None if _OUTSIDE & {*name} else name


def thumbnail_url(entry_id: str, file: str) -> str:
    """Return the address of the picture of a file on a printer."""
    return f"{_THUMBNAIL}/{entry_id}/{encode_name(file)}"


def finished_url(entry_id: str, finished: FinishedPrint) -> str:
    """Return the address of the picture of a finished print."""
    return finished_address(entry_id, finished.id)


def finished_address(entry_id: str, print_id: str) -> str:
    """Return the address of the picture of a finished print by the id of the print."""
    return f"{_FINISHED}/{entry_id}/{print_id}"


@callback
def async_find_entry(
    hass: HomeAssistant, entry_id: str
) -> FlashForgeConfigEntry | None:
    """Return an entry of this integration in any state."""
    entry = hass.config_entries.async_get_entry(entry_id)
    return entry if entry is not None and entry.domain == DOMAIN else None


@callback
def async_serve_pictures(hass: HomeAssistant) -> None:
    """Register the views. They work also before a printer is set up."""
    hass.http.register_view(ThumbnailView())
    hass.http.register_view(FinishedView())


def _loaded(request: web.Request, entry_id: str) -> FlashForgeConfigEntry:
    """Return the loaded entry of a request; other entries have no pictures.

    A user without permission for the printer gets 403. Home Assistant counts 401 as a
    failed login and bans the address.
    """
    hass = request.app[KEY_HASS]
    entry = async_find_entry(hass, entry_id)
    if entry is None or entry.state is not ConfigEntryState.LOADED:
        raise web.HTTPNotFound
    if not async_may(hass, request[KEY_HASS_USER], entry_id, POLICY_READ):
        raise web.HTTPForbidden
    return entry


class ThumbnailView(HomeAssistantView):
    """Serves the pictures of the files on printers."""

    url = f"{_THUMBNAIL}/{{entry_id}}/{{file}}"
    name = "api:flashforge:thumbnail"

    async def get(
        self, request: web.Request, entry_id: str, file: str
    ) -> web.StreamResponse:
        """Return the picture of a file, nothing if the file has none."""
        entry = _loaded(request, entry_id)
        if (name := decode_name(file)) is None:
            raise web.HTTPNotFound
        try:
            picture = await entry.runtime_data.thumbnails.fetch(name)
        except FlashForgeError as err:
            return self.json_message(str(err.key), HTTPStatus.SERVICE_UNAVAILABLE)
        if picture is None:
            if entry.runtime_data.shelf.file(name) is None:
                raise web.HTTPNotFound
            return web.Response(status=HTTPStatus.NO_CONTENT)
        # The same name can belong to another file tomorrow.
        return web.Response(
            body=picture,
            content_type=type_of(picture),
            headers={"Cache-Control": "private, no-cache"},
        )


class FinishedView(HomeAssistantView):
    """Serves the last frames of finished prints."""

    url = f"{_FINISHED}/{{entry_id}}/{{print_id}}"
    name = "api:flashforge:finished"

    async def get(
        self, request: web.Request, entry_id: str, print_id: str
    ) -> web.StreamResponse:
        """Return the picture of a finished print.

        The id is looked up and is never part of a path.
        """
        entry = _loaded(request, entry_id)
        prints = async_get_finished_prints(request.app[KEY_HASS])
        try:
            finished = await prints.async_find(entry.entry_id, print_id)
        except OSError:
            return self.json_message("unreadable", HTTPStatus.SERVICE_UNAVAILABLE)
        if finished is None:
            raise web.HTTPNotFound
        return web.FileResponse(
            finished.path, headers={"Cache-Control": "private, max-age=31536000"}
        )
