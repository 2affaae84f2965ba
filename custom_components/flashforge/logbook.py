"""What happened to prints, as sentences for Home Assistant's activity."""

from collections.abc import Callable, Mapping
import math
from pathlib import PurePath
from typing import Any

from homeassistant.components.logbook import (
    LOGBOOK_ENTRY_ICON,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
)
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from .api.texts import one_line
from .const import ATTR_EVENT_TYPE, DOMAIN, EVENT_PRINT
from .printer.job_events import PrintEventType

_SENTENCES = f"component.{DOMAIN}.selector.activity.options."

_ICON = "mdi:printer-3d"
"""The activity shows an empty place without one, and icons.json has none for events."""

_PAUSED = {
    "filament": "paused_filament",
    "clog": "paused_clog",
    "door": "paused_door",
}
"""The sentence for each reason of a pause."""

_WITH_ERROR = {
    "paused": "paused_error",
    "error": "error_error",
    "failed": "failed_error",
}
"""The sentence with an error in its words, for what an error can be the reason of."""

_TIMED = frozenset({PrintEventType.CANCELED, PrintEventType.FINISHED})
"""Ends of a print whose duration matters."""


@callback
def async_describe_events(
    hass: HomeAssistant,
    async_describe_event: Callable[[str, str, Callable[[Event], dict[str, str]]], None],
) -> None:
    """Register the sentences; the database thread asks for those of the past."""

    def describe(event: Event) -> dict[str, str]:
        told = event.data
        return {
            LOGBOOK_ENTRY_NAME: _text(told.get("printer")) or DOMAIN,
            LOGBOOK_ENTRY_MESSAGE: _sentence(hass, told),
            LOGBOOK_ENTRY_ICON: _ICON,
        }

    async_describe_event(DOMAIN, EVENT_PRINT, describe)


def _sentence(hass: HomeAssistant, told: Mapping[str, Any]) -> str:
    """Return what happened; each fact that is not known is left out."""
    texts = _texts(hass)
    event_type = str(told.get(ATTR_EVENT_TYPE))
    code = _text(told.get("error_code"))
    error = _text(told.get("error"))
    facts = {
        "file": PurePath(_text(told.get("file"))).stem or texts.get("some_print", ""),
        "time": _duration(texts, told.get("duration")),
        "grams": _grams(told.get("filament_weight")),
        "error": f"{error} ({code})" if error and code else code,
    }
    for key in _keys(event_type, facts, told.get("reason")):
        if key in texts:
            return texts[key].format(**facts)
    return event_type


def _keys(event_type: str, facts: Mapping[str, str], reason: object) -> list[str]:
    """Return the keys of the sentences that fit, the one that tells most first."""
    keys = [event_type]
    if facts["error"] and (event_type != "paused" or reason == "error"):
        keys.insert(0, _WITH_ERROR.get(event_type, event_type))
    elif event_type == "paused":
        keys.insert(0, _PAUSED.get(str(reason), event_type))
    if event_type in _TIMED and facts["time"]:
        keys.insert(0, f"{event_type}_time")
        if facts["grams"]:
            keys.insert(0, f"{event_type}_time_grams")
    return keys


def _texts(hass: HomeAssistant) -> dict[str, str]:
    found = async_get_cached_translations(
        hass, hass.config.language, "selector", DOMAIN
    )
    return {
        key.removeprefix(_SENTENCES): text
        for key, text in found.items()
        if key.startswith(_SENTENCES)
    }


def _text(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) and value >= 0 else None


def _duration(texts: Mapping[str, str], seconds: object) -> str:
    """Return a time in hours and minutes, nothing for one that is not known."""
    if (known := _number(seconds)) is None:
        return ""
    hours, minutes = divmod(round(known / 60), 60)
    text = texts.get("hours" if hours else "minutes", "")
    return text.format(hours=hours, minutes=minutes)


def _grams(weight: object) -> str:
    known = _number(weight)
    return f"{known:.0f}" if known else ""
