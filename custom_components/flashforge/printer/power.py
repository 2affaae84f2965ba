"""What gives a printer its power, and what measures it, if the user named them."""

from collections.abc import Callable

from homeassistant.components.switch import DOMAIN as SWITCH_DOMAIN
from homeassistant.const import (
    ATTR_ENTITY_ID,
    ATTR_UNIT_OF_MEASUREMENT,
    SERVICE_TURN_OFF,
    SERVICE_TURN_ON,
    STATE_OFF,
    STATE_ON,
    UnitOfPower,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util.unit_conversion import PowerConverter

from ..api.errors import FlashForgeError, HotError, JobRunsError
from ..api.state import PrinterState

COOL = 50.0
"""The power is never cut while a part is hotter than this, in °C: its fans cool it."""

DRAWING = 1.0
"""A printer that is switched on draws at least this, in W."""

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
    def async_watch(self, on_switched: Callable[[], None]) -> CALLBACK_TYPE:
        """Tell whenever the power comes or goes, until the returned function is called."""

        @callback
        def switched(event: Event[EventStateChangedData]) -> None:
            old, new = event.data["old_state"], event.data["new_state"]
            if old is None or new is None or old.state != new.state:
                on_switched()

        return async_track_state_change_event(self._hass, self.entity_id, switched)

    async def async_switch(self, on: bool, context: Context | None) -> None:
        """Switch the power for who ``context`` says; the caller knows that it is safe."""
        await self._hass.services.async_call(
            SWITCH_DOMAIN,
            SERVICE_TURN_ON if on else SERVICE_TURN_OFF,
            {ATTR_ENTITY_ID: self.entity_id},
            blocking=True,
            context=context,
        )


class Meter:
    """A power sensor of Home Assistant that sees what a printer draws.

    It cannot tell a printer that idles from one that is off for certain, so it only says
    when to look.
    """

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        """Keep which sensor it is."""
        self._hass = hass
        self._entity_id = entity_id
        self._drawing = self._read()

    def _read(self) -> bool | None:
        """Return whether the printer draws power, None while nobody can tell."""
        state = self._hass.states.get(self._entity_id)
        if state is None:
            return None
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        try:
            watts = PowerConverter.convert(float(state.state), unit, UnitOfPower.WATT)
        except ValueError, HomeAssistantError:
            return None
        return watts >= DRAWING

    @callback
    def async_watch(self, on_changed: Callable[[], None]) -> CALLBACK_TYPE:
        """Tell when the printer starts or ceases to draw power, until called off."""

        @callback
        def measured(_event: Event[EventStateChangedData]) -> None:
            drawing, before = self._read(), self._drawing
            if drawing is None:
                return
            self._drawing = drawing
            if before is not None and drawing is not before:
                on_changed()

        return async_track_state_change_event(self._hass, self._entity_id, measured)


def refusal(state: PrinterState) -> FlashForgeError | None:
    """Return why the power must not be cut, None when it may.

    A printer that has stopped answering is judged by what it said last.
    """
    if state.has_job or state.calibrates_for_job:
        return JobRunsError("a job runs")
    if (hottest := state.hottest) is not None and hottest > COOL:
        return HotError(temperature=round(hottest))
    return None
