"""What the dialog *Print* asks for, besides the actions that it calls."""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components import websocket_api
from homeassistant.components.http.auth import async_sign_path
from homeassistant.components.media_source import URI_SCHEME
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.typing import VolDictType
import probatio

from ..actions.printing import file_facts
from ..actions.sent_files import async_get_sent_files
from ..actions.targets import async_entry_of_device
from ..api import PrintOptions, UnsupportedError
from ..api.models.model import Protocol
from ..api.print_files.pictures import type_of
from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from ..exceptions import refused, translated
from ..media.printer_folders import NoSuchMediaError
from ..media.sliced_files import PRINTS, async_describe
from ..media.views import thumbnail_url
from ..permissions import async_may

_PICTURES_FOR = timedelta(hours=1)

_PLAIN = PrintOptions(leveling=False)
_OPTIONS = {
    "flow_calibration": replace(_PLAIN, flow_calibration=True),
    "first_layer_inspection": replace(_PLAIN, first_layer_inspection=True),
    "time_lapse": replace(_PLAIN, time_lapse=True),
}

_MEDIA = f"{URI_SCHEME}{DOMAIN}/{PRINTS}/"

_PRINTER: VolDictType = {probatio.Required("device_id"): str}

type _Connection = websocket_api.ActiveConnection
type _Message = dict[str, Any]
type _Answer = Callable[[HomeAssistant, _Connection, _Message], Awaitable[object]]


@callback
def async_answer_dialog(hass: HomeAssistant) -> None:
    """Answer the questions of the dialog."""
    questions: tuple[tuple[str, VolDictType, _Answer], ...] = (
        ("print_abilities", _PRINTER, _abilities),
        ("files", _PRINTER, _files),
        ("describe", {probatio.Required("media"): str}, _describe),
        ("forget_file", {probatio.Required("file"): str}, _forget_file),
    )
    for name, fields, answer in questions:
        kind: VolDictType = {probatio.Required("type"): f"flashforge/{name}"}
        command = websocket_api.websocket_command({**kind, **fields})
        websocket_api.async_register_command(hass, command(_answering(answer)))


def _answering(
    answer: _Answer,
) -> websocket_api.const.WebSocketCommandHandler:
    """Return the handler of a command, which says in words what is refused.

    Home Assistant would log each refusal as an error.
    """

    @websocket_api.async_response
    async def handle(
        hass: HomeAssistant, connection: _Connection, msg: _Message
    ) -> None:
        try:
            with translated():
                result = await answer(hass, connection, msg)
        except HomeAssistantError as err:
            connection.send_error(
                msg["id"],
                websocket_api.ERR_HOME_ASSISTANT_ERROR,
                str(err),
                translation_key=err.translation_key,
                translation_domain=err.translation_domain,
                translation_placeholders=err.translation_placeholders,
            )
        else:
            connection.send_result(msg["id"], result)

    return handle


async def _abilities(
    hass: HomeAssistant, connection: _Connection, msg: _Message
) -> dict[str, object]:
    """Tell how a printer can print, and which files it takes."""
    printer = _controlled(hass, connection, msg).printer
    # Printers with the line protocol alone level as the file says.
    options = ["leveling"] if printer.model.protocol is Protocol.HTTP else []
    for name, wanted in _OPTIONS.items():
        try:
            await printer.check_start(wanted)
        except UnsupportedError:
            continue
        options.append(name)
    return {"options": options, "types": printer.model.upload_types}


async def _files(
    hass: HomeAssistant, connection: _Connection, msg: _Message
) -> list[dict[str, object]]:
    """List the files on a printer, newest first, with the addresses of their pictures."""
    coordinator = _controlled(hass, connection, msg)
    entry_id = coordinator.config_entry.entry_id
    return [
        {
            **file_facts(file, coordinator),
            "picture": async_sign_path(
                hass, thumbnail_url(entry_id, file.name), _PICTURES_FOR
            ),
        }
        for file in await coordinator.shelf.refresh()
    ]


async def _describe(
    hass: HomeAssistant, _: _Connection, msg: _Message
) -> dict[str, object]:
    """Tell what a sliced file in the media folders says of itself, with its picture."""
    media: str = msg["media"]
    location = media.removeprefix(_MEDIA)
    if location == media:
        raise NoSuchMediaError(media)
    content = await async_describe(hass, location)
    return {
        "print_time": content.print_time,
        "weight": content.weight,
        "tools": content.tools and [asdict(tool) for tool in content.tools],
        "picture": content.thumbnail and _data_url(content.thumbnail),
    }


def _data_url(picture: bytes) -> str:
    """Return the address of a picture that holds all of it."""
    return f"data:{type_of(picture)};base64,{b64encode(picture).decode()}"


async def _forget_file(
    hass: HomeAssistant, connection: _Connection, msg: _Message
) -> None:
    """Remove a file that a person sent and does not print after all."""
    await async_get_sent_files(hass).async_forget(msg["file"], connection.user.id)


@callback
def _controlled(
    hass: HomeAssistant, connection: _Connection, msg: _Message
) -> FlashForgeCoordinator:
    """Return a printer that the user of a connection has permission to control."""
    device_id: str = msg["device_id"]
    entry: FlashForgeConfigEntry | None = async_entry_of_device(hass, device_id)
    if entry is None:
        raise refused("no_such_printer", device_id=device_id)
    if not async_may(hass, connection.user, entry.entry_id, POLICY_CONTROL):
        raise refused("not_allowed", printer=entry.title)
    if entry.state is not ConfigEntryState.LOADED:
        raise refused("not_loaded", printer=entry.title)
    return entry.runtime_data
