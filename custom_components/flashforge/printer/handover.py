"""Handing a printer from the dialog that adds it to the entry that the dialog creates.

The printer has just answered the dialog, so the first poll need not ask again.
"""

from dataclasses import dataclass
from time import monotonic

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..api import Access, Printer, PrinterState
from ..api.network.examination import Examination
from ..const import DOMAIN

FRESH = 5.0
"""Seconds for which the answer counts as the first poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A printer and the state that it answered with, at a time of ``monotonic``."""

    printer: Printer
    state: PrinterState
    time: float


_ANSWERED: HassKey[dict[str, Answered]] = HassKey(f"{DOMAIN}_answered")


@callback
def async_hand_over(hass: HomeAssistant, serial: str, seen: Examination) -> None:
    """Keep a printer that was examined for the entry with this serial number."""
    if seen.printer is not None and seen.state is not None:
        hass.data.setdefault(_ANSWERED, {})[serial] = Answered(
            printer=seen.printer, state=seen.state, time=monotonic()
        )


@callback
def async_take_over(
    hass: HomeAssistant, serial: str, access: Access
) -> Answered | None:
    """Return the printer that was kept for an entry, None if it has to be asked."""
    answered = hass.data.get(_ANSWERED, {}).pop(serial, None)
    if answered is None or monotonic() - answered.time > FRESH:
        return None
    if access.pid != answered.state.identity.pid:
        # The entry knows the model from a search, so the answer has to be read anew.
        return None
    answered.printer.known = access.identity
    return answered
