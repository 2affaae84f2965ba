"""The history of the prints for the cards: a page of it, and word of each change."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components import websocket_api
from homeassistant.components.http.auth import async_sign_path
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util
import probatio

from ..actions.targets import async_entry_of_device
from ..const import DOMAIN, SIGNAL_LAST_FRAME
from ..coordinator import FlashForgeConfigEntry
from ..media.views import finished_address, thumbnail_url
from ..permissions import async_may
from ..printer.job_events import PrintEvent
from ..printer.job_log import JobLog
from ..printer.last_print import ENDS
from ..prints.history import PastPrint, Record, Total, totals
from ..prints.history_sources import async_history

_MOST_ROWS = 100
_FARTHEST = 100_000
_SEEN_FOR = timedelta(days=1)
"""A page may be open so long before it has to ask again for the pictures."""


@callback
def async_serve_history(hass: HomeAssistant) -> None:
    """Register the commands."""
    websocket_api.async_register_command(hass, tell_history)
    websocket_api.async_register_command(hass, tell_changes)


type _Printers = dict[str, tuple[FlashForgeConfigEntry, str]]
"""Printers with the ids of their devices, by the ids of their entries."""


@callback
def _printers(hass: HomeAssistant, user: User, device_id: str | None) -> _Printers:
    """Return one printer or all that the user may see.

    Raises ``Unauthorized`` when a printer is meant that the user may not see.
    """
    registry = dr.async_get(hass)
    found = {
        entry.entry_id: (entry, device.id)
        for entry in hass.config_entries.async_loaded_entries(DOMAIN)
        if async_may(hass, user, entry.entry_id, POLICY_READ)
        for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
        if (DOMAIN, entry.unique_id) in device.identifiers
    }
    if device_id is None:
        return found
    meant = async_entry_of_device(hass, device_id)
    if meant is None:
        return {}
    if not async_may(hass, user, meant.entry_id, POLICY_READ):
        raise Unauthorized(permission=POLICY_READ, config_entry_id=meant.entry_id)
    return {meant.entry_id: found[meant.entry_id]} if meant.entry_id in found else {}


@websocket_api.websocket_command(
    {
        probatio.Required("type"): "flashforge/history",
        probatio.Optional("printer"): str,
        probatio.Optional("start", default=0): probatio.All(
            int, probatio.Range(0, _FARTHEST)
        ),
        probatio.Optional("limit", default=20): probatio.All(
            int, probatio.Range(1, _MOST_ROWS)
        ),
    }
)
@websocket_api.async_response
async def tell_history(
    hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]
) -> None:
    """Tell a part of the prints that are over, the newest first, and the sums of all."""
    printers = _printers(hass, connection.user, msg.get("printer"))
    records: list[Record] = []
    rows: list[tuple[PastPrint, FlashForgeConfigEntry, str]] = []
    for entry, device_id in printers.values():
        record = await async_history(hass, entry)
        records.append(record)
        rows += [(each, entry, device_id) for each in record.prints]
    rows.sort(key=lambda row: row[0].order, reverse=True)
    start = msg["start"]
    connection.send_result(
        msg["id"],
        {
            "prints": [
                _row(hass, *row) for row in rows[start : start + int(msg["limit"])]
            ],
            "count": len(rows),
            "totals": [_told(each) for each in totals(records, dt_util.utcnow())],
        },
    )


def _row(
    hass: HomeAssistant, past: PastPrint, entry: FlashForgeConfigEntry, device_id: str
) -> dict[str, object]:
    """Return what a card shows of a print, without what is not known."""
    last = entry.runtime_data.job_log.prints.last
    picture = None
    if past.picture is not None:
        picture = finished_address(entry.entry_id, past.picture)
    elif past.file and entry.runtime_data.shelf.file(past.file) is not None:
        picture = thumbnail_url(entry.entry_id, past.file)
    known = {
        "id": past.job_id or past.picture or str(past.order),
        "printer": device_id,
        "result": past.result,
        "file": past.file,
        "began": past.began,
        "time": past.time,
        "duration": past.duration,
        "weight": past.weight,
        "colors": past.colors or None,
        "picture": picture and async_sign_path(hass, picture, _SEEN_FOR),
        # The button prints this one again, from the same slots.
        "last": (last is not None and last.job_id == past.job_id) or None,
    }
    return {name: value for name, value in known.items() if value is not None}


def _told(total: Total) -> dict[str, object]:
    return {name: value for name, value in asdict(total).items() if value is not None}


@websocket_api.websocket_command(
    {
        probatio.Required("type"): "flashforge/history/changes",
        probatio.Optional("printer"): str,
    }
)
@callback
def tell_changes(
    hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]
) -> None:
    """Tell a page when it should ask for the history again, until it is closed."""
    user, printer = connection.user, msg.get("printer")

    def meant() -> _Printers:
        return _printers(hass, user, printer)

    @callback
    def changed() -> None:
        connection.send_event(msg["id"])

    meant()
    connection.subscriptions[msg["id"]] = _Changes(hass, meant, changed).async_watch()
    connection.send_result(msg["id"])


class _Changes:
    """Listens to the printers that are set up now, and to those that come later."""

    def __init__(
        self,
        hass: HomeAssistant,
        printers: Callable[[], _Printers],
        changed: Callable[[], None],
    ) -> None:
        self._hass = hass
        self._printers = printers
        self._changed = changed
        self._heard: dict[str, tuple[JobLog, CALLBACK_TYPE]] = {}

    @callback
    def async_watch(self) -> CALLBACK_TYPE:
        """Begin, and return what ends it."""
        self._follow()
        stops = (
            async_dispatcher_connect(self._hass, SIGNAL_LAST_FRAME, self._pictured),
            async_dispatcher_connect(
                self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed
            ),
        )

        @callback
        def stop() -> None:
            for each in (*stops, *(stop for _, stop in self._heard.values())):
                each()

        return stop

    @callback
    def _follow(self) -> bool:
        """Listen to each printer; return whether there are others than before."""
        logs: dict[str, JobLog] = {}
        # A person may have lost the permission for a printer meanwhile.
        with suppress(Unauthorized):
            for entry_id, (entry, _) in self._printers().items():
                logs[entry_id] = entry.runtime_data.job_log
        if logs == {entry_id: log for entry_id, (log, _) in self._heard.items()}:
            return False
        for _, stop in self._heard.values():
            stop()
        self._heard = {
            entry_id: (log, log.async_listen(self._happened))
            for entry_id, log in logs.items()
        }
        return True

    @callback
    def _happened(self, event: PrintEvent) -> None:
        if event.type in ENDS:
            self._changed()

    @callback
    def _pictured(self, entry_id: str, _: datetime) -> None:
        if entry_id in self._heard:
            self._changed()

    @callback
    def _entry_changed(self, _: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain == DOMAIN and self._follow():
            self._changed()
