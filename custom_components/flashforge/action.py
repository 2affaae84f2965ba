"""What every action has in common: a device to act on."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .const import DOMAIN
from .coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .exceptions import refused

_DEVICE = vol.All(
    cv.ensure_list, [cv.string], vol.Length(min=1, max=1), lambda devices: devices[0]
)
"""One device; under ``target`` automations name it in a list."""


LONGEST_TEXT = 255
"""Characters of a text in a call, unless more make sense."""


def text(most: int = LONGEST_TEXT) -> vol.All:
    """Read a text of at most so many characters, before anything looks into it."""
    return vol.All(cv.string, vol.Length(max=most))


def whole_number(value: object) -> int:
    """Read a whole number as pickers and templates write it: 2, 2.0 or ``"2"``."""
    number: float = vol.Coerce(float)(value)
    if not number.is_integer():
        raise vol.Invalid("expected a whole number")
    return int(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action: its name, what answers it and what it takes besides the device.

    A call has to name at least one of the fields in ``one_of``.
    """

    name: str
    handle: Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]
    fields: VolDictType | None = None
    one_of: tuple[str, ...] = ()
    responds: SupportsResponse = SupportsResponse.NONE
    admin: bool = False
    """Whether only an administrator may call it."""

    @property
    def schema(self) -> vol.Schema:
        """Return what a call has to look like."""
        schema = vol.Schema(
            {vol.Required(ATTR_DEVICE_ID): _DEVICE, **(self.fields or {})}
        )
        if not self.one_of:
            return schema
        return vol.Schema(vol.All(schema, cv.has_at_least_one_key(*self.one_of)))


@callback
def entry_of(call: ServiceCall) -> FlashForgeConfigEntry:
    """Return the entry of the device that is meant, whatever state it is in.

    Raises ``ServiceValidationError`` when the device is no printer of ours.
    """
    device_id: str = call.data[ATTR_DEVICE_ID]
    _, entry = dr.async_get_device_and_config_entry_for_domain(
        call.hass, device_id, domain=DOMAIN
    )
    if entry is None:
        raise refused("no_such_printer", device_id=device_id)
    return entry


@callback
def coordinator_of(call: ServiceCall) -> FlashForgeCoordinator:
    """Return the printer that is meant.

    Raises ``ServiceValidationError`` when the device is no printer of ours, or one that
    is not set up now.
    """
    entry = entry_of(call)
    if entry.state is not ConfigEntryState.LOADED:
        raise refused("not_loaded", printer=entry.title)
    return entry.runtime_data
