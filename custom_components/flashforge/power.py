"""The smart plug that a printer hangs on, if the user named one."""

from collections.abc import Callable

from homeassistant.components.switch import DOMAIN as SWITCH_DOMAIN
from homeassistant.const import (
    ATTR_ENTITY_ID,
    SERVICE_TURN_OFF,
    SERVICE_TURN_ON,
    STATE_OFF,
    STATE_ON,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event

from .api.errors import FlashForgeError, HotError, JobRunsError
from .api.state import PrinterState

COOL = 50.0
"""The power is never cut while a part is hotter than this, in °C: its fans cool it."""

_STATES = {STATE_ON: True, STATE_OFF: False}


class Plug:
    """A switch of Home Assistant that gives a printer its power."""

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        """Keep which switch it is."""
        self._hass = hass
        self.entity_id = entity_id

    @property
    def is_on(self) -> bool | None:
        """Whether there is power, None while the plug itself cannot tell."""
        state = self._hass.states.get(self.entity_id)
        return _STATES.get(state.state) if state else None

    @callback
    def async_watch(self, on_switched: Callable[[bool | None], None]) -> CALLBACK_TYPE:
        """Tell whenever the power comes or goes, until the returned function is called."""

        @callback
        def switched(event: Event[EventStateChangedData]) -> None:
            old, new = event.data["old_state"], event.data["new_state"]
            if old is None or new is None or old.state != new.state:
                on_switched(self.is_on)

        return async_track_state_change_event(self._hass, self.entity_id, switched)

    async def async_switch(self, on: bool) -> None:
        """Switch the power; whether that is safe is for the caller to know."""
        await self._hass.services.async_call(
            SWITCH_DOMAIN,
            SERVICE_TURN_ON if on else SERVICE_TURN_OFF,
            {ATTR_ENTITY_ID: self.entity_id},
            blocking=True,
        )


def refusal(state: PrinterState) -> FlashForgeError | None:
    """Return why the power must not be cut, None when it may.

    A printer that has stopped answering is judged by what it said last.
    """
    if state.has_job or state.calibrates_for_job:
        return JobRunsError("a job runs")
    if (hottest := state.hottest) is not None and hottest > COOL:
        return HotError(hottest)
    return None
