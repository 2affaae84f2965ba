"""Preheating: targets that end by themselves, also over a restart of Home Assistant.

Only what is as it was when it was preheated is switched off: what a person or a print has
set since then stays.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import (
    async_track_point_in_utc_time,
    async_track_time_interval,
)
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..api import Command, Feature, FlashForgeError, Status, UnsupportedError
from ..api.commands import controls
from ..api.errors import ErrorActiveError, TargetTooHighError
from ..const import DOMAIN, LOGGER
from ..coordinator import FlashForgeConfigEntry, FlashForgeCoordinator
from .heat import carry_out_all, idle_state, switch_off, targets
from .preheated import Heating, HeatWish, read_heating, wished

_VERSION = 1
_TICK = timedelta(minutes=1)

_AT_REST = frozenset({Status.IDLE, Status.COMPLETED, Status.CANCELED, Status.ERROR})
"""In any other status something else may be about to use the heat."""

_PREHEATS: HassKey[dict[str, Preheat]] = HassKey(f"{DOMAIN}_preheats")


class Preheat:
    """The preheating of one printer, of which there is never more than one."""

    def __init__(self, hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
        """Prepare; ``async_recall`` reads what was going on before a restart."""
        self._hass = hass
        self._entry = entry
        self._coordinator: FlashForgeCoordinator = entry.runtime_data
        self._store = _store(hass, entry.entry_id)
        self._heating: Heating | None = None
        self._starting = self._ending = False
        self._timers: list[CALLBACK_TYPE] = []

    @property
    def minutes_left(self) -> int | None:
        """The whole minutes until everything is off, None while nothing is preheated."""
        if (heating := self._heating) is None:
            return None
        return max(0, ceil((heating.until - dt_util.utcnow()).total_seconds() / 60))

    async def async_recall(self) -> None:
        """Go on with what was preheated before a restart."""
        stored = await self._store.async_load()
        if (heating := read_heating(stored, self._job)) is not None:
            self._follow(heating)

    async def async_start(self, wish: HeatWish, minutes: int) -> None:
        """Heat; everything is switched off after so many minutes.

        Raises ``errors.FlashForgeError``, with everything switched off again if only a
        part could be set.
        """
        commands = _commands(self._coordinator, wish)
        state = await idle_state(self._coordinator)
        if state.has_error:
            raise ErrorActiveError(code=state.error_code)
        self._starting = True
        try:
            # Kept first: what is heated when Home Assistant fails must end as well.
            until = dt_util.utcnow() + timedelta(minutes=minutes)
            heats = {n: to for n, to in targets(state).items() if to} | wished(wish)
            self._follow(Heating(until=until, job=self._job, heats=heats))
            await self._save()
            await carry_out_all(self._coordinator, commands)
        except BaseException:
            # Also when the call is canceled: nothing may stay hot without an end.
            if self._heating is not None:
                self._follow(replace(self._heating, until=dt_util.utcnow()))
            raise
        finally:
            self._starting = False
            self.look()

    @callback
    def look(self) -> None:
        """Judge the newest state, and end what is over or due."""
        state = self._coordinator.data
        if self._heating is None or self._starting or not self._coordinator.online:
            return
        prints = state.has_job or state.calibrates_for_job
        left = self._heating.left_in(state)
        if prints or self._job > left.job or not left.heats:
            self._forget()
            return
        if left != self._heating:
            self._heating = left
            self._hass.async_create_task(self._save())
        if (
            dt_util.utcnow() >= left.until
            and state.status in _AT_REST
            and not self._ending
        ):
            self._entry.async_create_background_task(
                self._hass, self._end(), f"{self._coordinator.name} preheating ends"
            )

    @callback
    def cancel_timers(self) -> None:
        """Stop counting."""
        while self._timers:
            self._timers.pop()()

    async def _end(self) -> None:
        """Switch off what is left of it; what fails is tried again every minute."""
        self._ending = True
        try:
            state = await idle_state(self._coordinator)
            self.look()
            if self._heating is None or state.status not in _AT_REST:
                return
            await switch_off(self._coordinator, state, self._heating.heats)
            # Meanwhile another one may have begun.
            if self._heating is not None and not self.minutes_left:
                self._forget()
        except FlashForgeError as err:
            LOGGER.debug("%s still heats: %s", self._coordinator.name, err)
        finally:
            self._ending = False

    @property
    def _job(self) -> int:
        """The number of the last job."""
        memory = self._coordinator.job_log.memory
        return memory.number if memory else 0

    def _follow(self, heating: Heating) -> None:
        self.cancel_timers()
        self._heating = heating

        @callback
        def tick(_now: datetime) -> None:
            self.look()
            self._coordinator.async_update_listeners()

        self._timers = [
            async_track_point_in_utc_time(self._hass, tick, heating.until),
            async_track_time_interval(self._hass, tick, _TICK),
        ]
        self._coordinator.async_update_listeners()

    @callback
    def _forget(self) -> None:
        self.cancel_timers()
        self._heating = None
        self._hass.async_create_task(self._save())
        self._hass.loop.call_soon(self._coordinator.async_update_listeners)

    async def _save(self) -> None:
        await self._store.async_save(self._heating.as_stored() if self._heating else {})


def _commands(coordinator: FlashForgeCoordinator, wish: HeatWish) -> list[Command]:
    """Return what sets the targets, after the check that the model takes them."""
    model = coordinator.printer.model
    marker = coordinator.has(Feature.OFF_MARKER)
    if wish.toolhead > model.tools or (
        wish.chamber is not None and model.chamber_max is None
    ):
        raise UnsupportedError("preheat")
    commands: list[Command] = []
    for wanted, most, command in (
        (
            wish.nozzle,
            model.nozzle_max,
            lambda to: controls.nozzle_target(wish.toolhead - 1, to, off_marker=marker),
        ),
        (
            wish.bed,
            model.bed_max,
            lambda to: controls.bed_target(to, off_marker=marker),
        ),
        (wish.chamber, model.chamber_max or 0, controls.chamber_target),
    ):
        if wanted is None:
            continue
        if wanted > most:
            raise TargetTooHighError(wanted=wanted, most=most)
        commands.append(command(wanted))
    return commands


def _store(hass: HomeAssistant, entry_id: str) -> Store[dict[str, object]]:
    return Store(hass, _VERSION, f"{DOMAIN}.preheat.{entry_id}")


async def async_keep_preheat(hass: HomeAssistant, entry: FlashForgeConfigEntry) -> None:
    """Go on with the preheating of a printer, and follow it until it is unloaded."""
    preheat = Preheat(hass, entry)
    known = hass.data.setdefault(_PREHEATS, {})
    known[entry.entry_id] = preheat

    @callback
    def unload() -> None:
        preheat.cancel_timers()
        del known[entry.entry_id]

    entry.async_on_unload(unload)
    await preheat.async_recall()
    entry.async_on_unload(entry.runtime_data.async_add_listener(preheat.look))
    preheat.look()


async def async_forget_preheat(hass: HomeAssistant, entry_id: str) -> None:
    """Forget the preheating of a printer that is removed."""
    await _store(hass, entry_id).async_remove()


@callback
def preheat_of(coordinator: FlashForgeCoordinator) -> Preheat | None:
    """Return the preheating of a printer that is set up."""
    known = coordinator.hass.data.get(_PREHEATS, {})
    return known.get(coordinator.config_entry.entry_id)
