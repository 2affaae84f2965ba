"""The dialog that asks for the check code again."""

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..api import FlashForgeError, WrongCodeError
from .pace import REFUSED_CODES


class CodeDialog:
    """Opens when a printer refuses its check code, closes when it accepts it after all."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Start with a code that was not refused."""
        self._hass = hass
        self._entry = entry
        self._refusals = 0
        self._opened = False

    @callback
    def poll_failed(self, err: FlashForgeError) -> None:
        """Open the dialog after several refusals in a row."""
        self._refusals = self._refusals + 1 if isinstance(err, WrongCodeError) else 0
        if self._refusals >= REFUSED_CODES:
            # Raising ConfigEntryAuthFailed instead would end the polling for good.
            self._entry.async_start_reauth(self._hass)
            self._opened = True

    @callback
    def poll_succeeded(self) -> None:
        """Close the dialog."""
        self._refusals = 0
        if not self._opened:
            return
        self._opened = False
        flows = self._entry.async_get_active_flows(self._hass, {SOURCE_REAUTH})
        for flow in tuple(flows):
            self._hass.config_entries.flow.async_abort(flow["flow_id"])
