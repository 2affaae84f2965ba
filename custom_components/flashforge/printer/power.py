"""The plug that powers a printer and the sensor that measures it, if the user chose them."""

from collections.abc import Awaitable, Callable

from homeassistant.components.switch import DOMAIN as SWITCH_DOMAIN
from homeassistant.config_entries import ConfigEntry
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

from ..api import FlashForgeError, PrinterState
from ..api.errors import HotError, JobRunsError
from ..const import OPTION_PLUG, OPTION_POWER_METER
from ..exceptions import translated
from .facts import chosen_entity

COOL = 50.0
"""The power is never cut while a part is hotter than this, in °C: the fans cool it."""

DRAWING = 1.0
"""A printer that is switched on draws at least this, in W."""

_STATES = {STATE_ON: True, STATE_OFF: False}


class Plug:
    """A switch of Home Assistant that powers a printer."""

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        """Keep the switch's id."""
        self._hass = hass
        self.entity_id = entity_id

    @property
    def is_on(self) -> bool | None:
        """Whether there is power, None while the plug reports neither on nor off."""
        state = self._hass.states.get(self.entity_id)
        return _STATES.get(state.state) if state else None

    @callback
    def async_watch(self, on_switched: Callable[[], None]) -> CALLBACK_TYPE:
        """Call ``on_switched`` when the power comes or goes; return what stops that."""

        @callback
        def switched(event: Event[EventStateChangedData]) -> None:
            old, new = event.data["old_state"], event.data["new_state"]
            if old is None or new is None or old.state != new.state:
                on_switched()

        return async_track_state_change_event(self._hass, self.entity_id, switched)

    async def async_switch(self, on: bool, context: Context | None) -> None:
        """Switch the power; ``context`` says who asked for it.

        The caller has made sure that it is safe.
        """
        await self._hass.services.async_call(
            SWITCH_DOMAIN,
            SERVICE_TURN_ON if on else SERVICE_TURN_OFF,
            {ATTR_ENTITY_ID: self.entity_id},
            blocking=True,
            context=context,
        )


class Meter:
    """A power sensor of Home Assistant that measures a printer.

    It cannot reliably tell an idle printer from one that is off, so it only shows when to
    poll.
    """

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        """Keep the sensor's id and what it measures now."""
        self._hass = hass
        self._entity_id = entity_id
        self._drawing = self._read()

    def _read(self) -> bool | None:
        """Return whether the printer draws power, None while that is not known."""
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
        """Call ``on_changed`` when the printer starts or stops drawing power."""

        @callback
        def measured(_event: Event[EventStateChangedData]) -> None:
            drawing, before = self._read(), self._drawing
            if drawing is None:
                return
            self._drawing = drawing
            if before is not None and drawing is not before:
                on_changed()

        return async_track_state_change_event(self._hass, self._entity_id, measured)


class Power:
    """What switches and measures the power of one printer."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        newest_state: Callable[[], Awaitable[PrinterState]],
    ) -> None:
        """Take what the options name; ``newest_state`` polls a printer that answers."""
        self._entry = entry
        self._newest_state = newest_state
        plug = chosen_entity(entry, OPTION_PLUG)
        self.plug = Plug(hass, plug) if plug else None
        meter = chosen_entity(entry, OPTION_POWER_METER)
        self._meter = Meter(hass, meter) if meter else None

    @property
    def is_off(self) -> bool:
        """Whether the plug certainly gives no power."""
        return self.plug is not None and self.plug.is_on is False

    @callback
    def async_watch(self, on_change: Callable[[], None]) -> None:
        """Call ``on_change`` when the power comes or goes, until the entry is unloaded."""
        for source in (self.plug, self._meter):
            if source is not None:
                self._entry.async_on_unload(source.async_watch(on_change))

    async def async_cut(self, context: Context | None) -> None:
        """Switch the plug off, unless that would do harm (docs/design.md, law 10).

        ``context`` says who asked for it.
        """
        assert self.plug is not None
        state = await self._newest_state()
        with translated():
            if (err := _refusal(state)) is not None:
                raise err
        await self.plug.async_switch(False, context)


def _refusal(state: PrinterState) -> FlashForgeError | None:
    """Return why the power must not be cut, None when it may.

    Of a printer that no longer answers, this is the last state that it reported.
    """
    if state.has_job or state.calibrates_for_job:
        return JobRunsError("a job runs")
    if (hottest := state.hottest) is not None and hottest > COOL:
        return HotError(temperature=round(hottest))
    return None
