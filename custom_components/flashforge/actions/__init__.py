"""What all actions share: their target, and the permission of the user."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv, service
from homeassistant.helpers.typing import VolDictType, VolSchemaType
import probatio

from ..const import DOMAIN
from ..coordinator import FlashForgeConfigEntry
from ..exceptions import failed, refused
from ..permissions import async_check_control
from .targets import async_entry_of_device, async_printers_of

LONGEST_TEXT = 255
"""Maximum length of a text in a call, unless an action needs more."""


def text(most: int = LONGEST_TEXT) -> Callable[[object], str]:
    """Return a validator for a text of limited length. It runs before other checks."""
    return probatio.All(cv.string, probatio.Length(max=most))


def whole_number(value: object) -> int:
    """Read a whole number from a picker or a template: 2, 2.0 or ``"2"``."""
    number: float = probatio.Coerce(float)(value)
    if not number.is_integer():
        raise probatio.Invalid("expected a whole number")
    return int(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action: its name, its handler, and its fields besides the target.

    ``handle`` is called for one printer at a time. A call must have at least one of the
    fields in ``one_of``.
    """

    name: str
    handle: Callable[
        [FlashForgeConfigEntry, ServiceCall], Coroutine[Any, Any, ServiceResponse]
    ]
    fields: VolDictType | None = None
    one_of: tuple[str, ...] = ()
    responds: SupportsResponse = SupportsResponse.NONE
    admin: bool = False
    """Whether only administrators can call it."""
    several: bool = False
    """Whether one call can have several printers, unless it asks for a response."""
    needs_loaded: bool = True
    """Whether the entry of the printer must be loaded."""

    @property
    def schema(self) -> VolSchemaType:
        """Return the schema of a call."""
        schema = cv.make_entity_service_schema({**(self.fields or {})})
        if not self.one_of:
            return schema
        return probatio.Schema(
            probatio.All(schema, cv.has_at_least_one_key(*self.one_of))
        )

    async def answer(self, call: ServiceCall) -> ServiceResponse:
        """Carry out a call on each of its printers.

        A call that asks for a response can have one printer only, so that the response
        always has the same form.
        """
        printers = async_printers_of(call)
        await async_check_control(call, *printers)
        if len(printers) > 1 and (call.return_response or not self.several):
            raise refused("one_printer_only", printers=_names(call, printers))
        if len(printers) == 1:
            (device_id,) = printers.values()
            return await self._answer_for(device_id, call)
        results = await asyncio.gather(
            *(self._answer_for(each, call) for each in printers.values()),
            return_exceptions=True,
        )
        _judge(call, dict(zip(printers, results, strict=True)))
        return None

    async def _answer_for(self, device_id: str, call: ServiceCall) -> ServiceResponse:
        entry: FlashForgeConfigEntry | None
        if self.needs_loaded:
            _, entry = service.async_get_device_and_config_entry(
                call.hass, DOMAIN, device_id
            )
        else:
            entry = async_entry_of_device(call.hass, device_id)
        if entry is None:
            raise refused("no_such_printer", device_id=device_id)
        return await self.handle(entry, call)


def _judge(call: ServiceCall, results: dict[str, object]) -> None:
    """Raise an error that names the printers that failed, after all have been tried."""
    by_entry: dict[str, HomeAssistantError] = {}
    for entry_id, result in results.items():
        if isinstance(result, HomeAssistantError):
            by_entry[entry_id] = result
        elif isinstance(result, BaseException):
            raise result
    if not by_entry:
        return
    errors = [*by_entry.values()]
    only_refusals = all(isinstance(err, ServiceValidationError) for err in errors)
    reasons = "; ".join(
        f"{_names(call, [entry_id])}: {str(err).rstrip('.')}"
        for entry_id, err in by_entry.items()
    )
    kind = refused if only_refusals else failed
    raise kind("some_refused", reasons=reasons) from errors[0]


def _names(call: ServiceCall, entry_ids: Iterable[str]) -> str:
    """Return the names that the user gave these printers."""
    entries = map(call.hass.config_entries.async_get_entry, entry_ids)
    return ", ".join(sorted(entry.title for entry in entries if entry is not None))
