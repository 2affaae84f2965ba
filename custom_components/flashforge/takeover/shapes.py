"""Whose entry it is, and what it says about its printer.

Anything may lie in an entry: it was written by another integration, by hand or by nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_NAME, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..api import HTTP_PORT
from ..api.http.requests import normalize_serial
from ..api.wire.fields import integer, text
from ..const import (
    CONF_CHECK_CODE,
    CONF_PRODUCT_ID,
    CONF_SERIAL_NUMBER,
    LIGHT_YES,
    OPTION_LIGHT,
)
from ..printer.facts import is_ours

_ADDRESS = "ip_address"
_API_TYPE = "api_type"
_ALWAYS_LIGHT = "override_led_availability"


class Shape(StrEnum):
    """Who wrote an entry of our domain; the names are those of the tables."""

    OURS = "ours"
    CESTMOIROMA = "cestmoiroma"
    GHOSTTYPES = "ghosttypes"
    JOSEFFALLMAN = "joseffallman"
    PCARTWRIGHT81 = "pcartwright81"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What another integration knew of a printer; empty texts stand for nothing."""

    host: str
    port: int
    serial: str = ""
    check_code: str = ""
    has_light: bool = False

    @property
    def data(self) -> dict[str, object]:
        """The data of our entry; the first answer of the printer adds the rest."""
        return {
            CONF_HOST: self.host,
            CONF_PORT: self.port,
            CONF_SERIAL_NUMBER: self.serial,
            CONF_CHECK_CODE: self.check_code,
            CONF_PRODUCT_ID: None,
            CONF_MAC: None,
        }

    @property
    def options(self) -> dict[str, object]:
        """The options of our entry."""
        return {OPTION_LIGHT: LIGHT_YES} if self.has_light else {}


def shape_of(hass: HomeAssistant, entry: ConfigEntry) -> Shape:
    """Return who wrote an entry; its version tells nothing, it is 1.1 everywhere."""
    data = entry.data
    if is_ours(entry):
        return Shape.OURS
    if text(data.get(_ADDRESS)) is None:
        return Shape.UNKNOWN
    if _API_TYPE in data:
        return Shape.CESTMOIROMA
    if CONF_CHECK_CODE not in data:
        return Shape.JOSEFFALLMAN if CONF_SERIAL_NUMBER in data else Shape.UNKNOWN
    if CONF_NAME in data or _named_by_entry(hass, entry):
        return Shape.GHOSTTYPES
    return Shape.PCARTWRIGHT81


def _named_by_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    return any(
        str(entity.unique_id).startswith(f"{entry.entry_id}_")
        for entity in entities_of(hass, entry)
    )


def left_by(entry: ConfigEntry) -> Left:
    """Return what an entry of another integration says, as far as it can be read."""
    data = entry.data
    port = integer(data.get(CONF_PORT))
    return Left(
        host=text(data.get(_ADDRESS)) or text(data.get(CONF_HOST)) or "",
        port=port if port is not None and 0 < port <= 0xFFFF else HTTP_PORT,
        serial=serial_in(data.get(CONF_SERIAL_NUMBER)) or serial_in(entry.unique_id),
        check_code=(text(data.get(CONF_CHECK_CODE)) or "").strip(),
        has_light=entry.options.get(_ALWAYS_LIGHT) is True,
    )


def serial_in(raw: object) -> str:
    """Return a serial number as we write it, empty when there is none."""
    return normalize_serial(text(raw) or "")


def prefixes_of(entry: ConfigEntry, shape: Shape) -> tuple[str, ...]:
    """Return what the unique ids of the entities may begin with."""
    if shape is Shape.GHOSTTYPES:
        return (f"{entry.entry_id}_",)
    own = entry.unique_id if isinstance(entry.unique_id, str) else None
    return (f"{own}_", "None_", "FlashForge_")


def entities_of(hass: HomeAssistant, entry: ConfigEntry) -> Iterable[er.RegistryEntry]:
    """Return the registered entities of an entry."""
    return er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
