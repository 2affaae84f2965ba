"""The action that checks the connection to a printer."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util.json import JsonObjectType

from ..api import Protocol
from ..api.network.doctor import Finding, diagnose, first_problem, worst
from ..api.network.examination import Examination, examine
from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry
from ..plain_text import plain_texts
from ..printer.facts import access_of
from . import Action


async def _async_diagnose(
    entry: FlashForgeConfigEntry, call: ServiceCall
) -> ServiceResponse:
    """Check a printer whose entry is in any state, and return what to do."""
    access = access_of(entry)
    talks = entry.state is ConfigEntryState.LOADED and access.protocol is Protocol.TCP
    seen = await examine(
        async_get_clientsession(call.hass),
        access,
        thorough=True,
        # A second connection would break an upload, and confuse a printer that answers to all.
        printer=entry.runtime_data.printer if talks else None,
    )
    findings = diagnose(seen)
    _async_take_note(entry, seen)
    told = await _async_texts(call.hass)
    problem = first_problem(findings)
    return {
        "verdict": worst(findings),
        "problem": _line(problem, told) if problem else None,
        "steps": [_line(finding, told) for finding in findings],
    }


@callback
def _async_take_note(entry: FlashForgeConfigEntry, seen: Examination) -> None:
    """Update the entry of the printer with the result."""
    if entry.state is not ConfigEntryState.LOADED:
        return
    coordinator = entry.runtime_data
    coordinator.found.moonraker = bool(seen.has_moonraker)
    coordinator.async_update_listeners()
    if seen.is_whole:
        coordinator.async_wake()


type Texts = dict[str, str]


async def _async_texts(hass: HomeAssistant) -> Texts:
    """Return the sentences by their keys, in the language of the system."""
    return await async_get_translations(
        hass, hass.config.language, "selector", [DOMAIN]
    )


def _line(finding: Finding, told: Texts) -> JsonObjectType:
    """Return one step for the response, readable for people and automations."""
    return {
        "step": finding.step,
        "verdict": finding.verdict,
        "finding": finding.key,
        "text": _text("finding", finding, told),
        "next_step": _text("next_step", finding, told),
    }


def _text(kind: str, finding: Finding, told: Texts) -> str | None:
    """Return a sentence with its placeholders filled, None if there is no sentence."""
    text = told.get(f"component.{DOMAIN}.selector.{kind}.options.{finding.key}")
    return text and text.format_map(plain_texts(finding.facts))


ACTIONS: tuple[Action, ...] = (
    Action(
        name="diagnose",
        handle=_async_diagnose,
        responds=SupportsResponse.ONLY,
        needs_loaded=False,
    ),
)
