"""Entries that cannot be set up as ours: what is missing is said, and all is kept."""

from dataclasses import replace
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_PORT
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from ..api import PrinterState, Protocol, probe
from ..api.lines.channel import PORT, standard_port
from ..api.network.examination import ask
from ..const import CONF_FACTS, CONF_PRODUCT_ID, CONF_PROTOCOL, DOMAIN
from ..plain_text import plain_texts
from ..printer.facts import access_of, is_ours
from .report import CONF_TAKEN_OVER, issue_id
from .shapes import Shape, left_by, shape_of

UNKNOWN_ENTRY: Final = "unknown_entry"
"""Nobody knows who wrote the entry."""

ENTRY_TWICE: Final = "entry_twice"
"""Another entry has the printer of this one."""

LINE_PRINTER: Final = "line_printer"
"""The printer announces what no printer of its model speaks."""

_ISSUES = (UNKNOWN_ENTRY, ENTRY_TWICE, LINE_PRINTER)


async def async_require_ours(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Raise ``ConfigEntryNotReady`` if an entry cannot be set up, and say why.

    That is the only error that Home Assistant logs without a warning.
    """
    if is_ours(entry):
        await _async_choose_protocol(hass, entry)
        async_forget_leftover(hass, entry)
        if lacks_code(entry):
            entry.async_start_reauth(hass)
        return
    if shape_of(hass, entry) is Shape.UNKNOWN:
        problem = UNKNOWN_ENTRY
    elif left_by(entry).serial:
        problem = ENTRY_TWICE
    else:
        entry.async_start_reauth(hass)
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN, translation_key="serial_missing"
        )
    _async_tell(hass, entry, problem)
    raise ConfigEntryNotReady(translation_domain=DOMAIN, translation_key=problem)


def lacks_code(entry: ConfigEntry) -> bool:
    """Return whether an entry was taken over without a code, and never had an answer."""
    access = access_of(entry)
    if access.protocol is Protocol.TCP or access.check_code:
        return False
    return CONF_TAKEN_OVER in entry.data and CONF_FACTS not in entry.data


async def _async_choose_protocol(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Ask a printer what it speaks that was asked over the line protocol before."""
    access = access_of(entry)
    if access.protocol is Protocol.TCP or access.port != PORT or access.pid is not None:
        return
    heard = await probe(access.host)
    if heard is None:
        # Some of the older printers do not answer a search.
        lines = replace(access, port=standard_port(), protocol=Protocol.TCP)
        answer = await ask(async_get_clientsession(hass), lines)
        if not isinstance(answer, PrinterState):
            raise ConfigEntryNotReady(
                translation_domain=DOMAIN, translation_key="unreachable"
            )
        found: dict[str, object] = {
            CONF_PORT: lines.port,
            CONF_PROTOCOL: Protocol.TCP.value,
        }
    elif not heard.is_supported:
        _async_tell(hass, entry, LINE_PRINTER, model=heard.model.name)
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN, translation_key=LINE_PRINTER
        )
    elif heard.http_port is None:
        found = {
            CONF_PORT: heard.command_port,
            CONF_PRODUCT_ID: heard.pid,
            CONF_PROTOCOL: Protocol.TCP.value,
        }
    else:
        found = {CONF_PORT: heard.http_port, CONF_PRODUCT_ID: heard.pid}
    hass.config_entries.async_update_entry(entry, data={**entry.data, **found})


def _async_tell(
    hass: HomeAssistant, entry: ConfigEntry, problem: str, *, model: str = ""
) -> None:
    for other in _ISSUES:
        if other != problem:
            ir.async_delete_issue(hass, DOMAIN, f"{other}_{entry.entry_id}")
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"{problem}_{entry.entry_id}",
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key=problem,
        translation_placeholders=plain_texts(
            {"name": entry.title or entry.entry_id, "model": model}
        ),
    )


@callback
def async_forget_leftover(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete what was said about an entry that could not be set up."""
    for problem in _ISSUES:
        ir.async_delete_issue(hass, DOMAIN, f"{problem}_{entry.entry_id}")


@callback
def async_forget(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete every repair about a removed entry."""
    async_forget_leftover(hass, entry)
    ir.async_delete_issue(hass, DOMAIN, issue_id(entry))
