"""The addresses under which Home Assistant serves pictures to who is logged in."""

from base64 import b64decode, urlsafe_b64encode
from http import HTTPStatus

from aiohttp import web
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.http import KEY_HASS, KEY_HASS_USER, HomeAssistantView
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from ..api.errors import FlashForgeError
from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry
from ..permissions import async_may
from ..prints.last_frames import FinishedPrint, async_get_finished_prints

_THUMBNAIL = "/api/flashforge/thumbnail"
_FINISHED = "/api/flashforge/finished"

_OUTSIDE = frozenset("/\\\0")
"""What is in no name of a file, but in a path to somewhere else."""


def encode_name(file: str) -> str:
    """Return the name of a file on a printer in a form that fits into any address."""
    return urlsafe_b64encode(file.encode()).decode().rstrip("=")


def decode_name(encoded: str) -> str | None:
    """Return the name that was encoded, None when it cannot be one of a file.

    Files of a printer lie in one folder, and nobody is to look elsewhere.
    """
    padding = "=" * (-len(encoded) % 4)
    try:
        name = b64decode(encoded + padding, altchars=b"-_", validate=True).decode()
    except ValueError:
        return None
    return None if _OUTSIDE & {*name} else name


def thumbnail_url(entry_id: str, file: str) -> str:
    """Return where the picture of a file on a printer is."""
    return f"{_THUMBNAIL}/{entry_id}/{encode_name(file)}"


def finished_url(entry_id: str, finished: FinishedPrint) -> str:
    """Return where the picture of a finished print is."""
    return f"{_FINISHED}/{entry_id}/{finished.id}"


@callback
def async_find_entry(
    hass: HomeAssistant, entry_id: str
) -> FlashForgeConfigEntry | None:
    """Return one of our entries, whatever state it is in."""
    entry = hass.config_entries.async_get_entry(entry_id)
    return entry if entry is not None and entry.domain == DOMAIN else None


@callback
def async_serve_pictures(hass: HomeAssistant) -> None:
    """Serve the pictures, whether or not a printer is set up."""
    hass.http.register_view(ThumbnailView())
    hass.http.register_view(FinishedView())


def _loaded(request: web.Request, entry_id: str) -> FlashForgeConfigEntry:
    """Return the entry that is meant; no other than a loaded one has pictures.

    Who may not see the printer may not see its pictures. Home Assistant counts 401 as a
    failed login and bans for it, so it is 403.
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
        """Return the picture of a file."""
        entry = _loaded(request, entry_id)
        if (name := decode_name(file)) is None:
            raise web.HTTPNotFound
        try:
            picture = await entry.runtime_data.thumbnails.fetch(name)
        except FlashForgeError as err:
            return self.json_message(str(err.key), HTTPStatus.SERVICE_UNAVAILABLE)
        if picture is None:
            raise web.HTTPNotFound
        # The same name may be another file tomorrow.
        return web.Response(
            body=picture,
            content_type="image/png",
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

        The id is looked up and never becomes part of a path.
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
