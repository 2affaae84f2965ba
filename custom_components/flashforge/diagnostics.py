"""A file for bug reports: everything about the printer, nothing about its owner."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import PurePath
import re
from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_HOST, CONF_MAC
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .api import MODELS, FlashForgeError, Model, Printer, PrinterState, connect
from .const import CONF_CHECK_CODE, CONF_SERIAL_NUMBER
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .printer.facts import access_of, is_ours
from .printer.renames import NAMING_OPTIONS
from .redaction import Redactor, shape
from .takeover.report import CONF_TAKEN_OVER

PRIVATE_DATA = frozenset(
    {CONF_HOST, CONF_SERIAL_NUMBER, CONF_CHECK_CODE, CONF_MAC, CONF_TAKEN_OVER}
)
PRIVATE_OPTIONS = frozenset(NAMING_OPTIONS)
"""Private names, which can show where somebody lives."""

PRIVATE_STATE = frozenset({"name", "mac", "file", "camera_url"})

_PUBLIC_NAMES = frozenset(model.name.casefold() for model in MODELS.values())
"""Name of a printer that its owner has not renamed."""


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: FlashForgeConfigEntry
) -> dict[str, Any]:
    """Return what is known about a printer, redacted by key and by value."""
    if entry.state is ConfigEntryState.LOADED:
        coordinator = entry.runtime_data
        printer: Printer = coordinator.printer
        state = coordinator.data
        connection = _connection(coordinator)
    else:
        # People report printers that cannot be set up, so ask the printer now.
        printer = _printer(hass, entry)
        state = PrinterState()
        connection = {"problem": None}
        try:
            state = await printer.fetch() if is_ours(entry) else state
        except FlashForgeError as err:
            connection = {"problem": _problem(err)}
    redactor = Redactor(_private_values(entry, printer, state))
    read = async_redact_data(asdict(state), PRIVATE_STATE)
    # Anything private may be in an entry that another integration wrote.
    ours = is_ours(entry)
    private = (
        PRIVATE_DATA if ours else entry.data.keys(),
        PRIVATE_OPTIONS if ours else entry.options.keys(),
    )
    facts = {
        "entry": {
            "source": entry.source,
            "state": entry.state.value,
            "data": async_redact_data(redactor.data(entry.data), private[0]),
            "options": async_redact_data(redactor.data(entry.options), private[1]),
        },
        "connection": connection,
        "model": _model(printer.model),
        "firmware": state.identity.firmware,
        "unread": read.pop("unread"),
        "unknown_fields": read.pop("unknown_fields"),
        "state": read,
        "answers": {asked: shape(told) for asked, told in printer.answers.items()},
    }
    return {key: redactor.data(value) for key, value in facts.items()}


def _printer(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> Printer:
    return connect(async_get_clientsession(hass), access_of(entry))


def _connection(coordinator: FlashForgeCoordinator) -> dict[str, Any]:
    """Return the condition of the polling."""
    interval = coordinator.update_interval
    return {
        "online": coordinator.online,
        "problem": coordinator.problem and _problem(coordinator.problem),
        "misses": coordinator.misses,
        "interval": interval and interval.total_seconds(),
        "command_waiting": coordinator.pending.waiting,
        "command_wished": coordinator.pending.kept,
        "product": coordinator.record.facts.product
        and asdict(coordinator.record.facts.product),
    }


def _problem(err: FlashForgeError) -> dict[str, Any]:
    return {"key": err.key, "type": type(err).__name__, **err.placeholders}


def _model(model: Model) -> dict[str, Any]:
    return {
        "name": model.name,
        "product_id": model.pid,
        "protocol": model.protocol,
        "features": sorted(feature.name or "" for feature in model.features),
    }


def _private_values(
    entry: FlashForgeConfigEntry, printer: Printer, state: PrinterState
) -> Iterator[str | None]:
    """Yield every private value, in each way it can be written."""
    known = access_of(entry)
    yield from (known.serial, known.serial.removeprefix("SN"), known.check_code)
    yield from (known.host, printer.host)
    for name in (entry.title, state.identity.name):
        if name is not None and name.casefold() not in _PUBLIC_NAMES:
            yield name
    if (file := state.job.file) is not None:
        yield from (file, PurePath(file).stem)
    for mac in (known.mac, state.identity.mac):
        if mac is not None:
            octets = re.findall("[0-9a-f]{2}", mac.lower())
            yield from ("".join(octets), "-".join(octets), ":".join(octets))
