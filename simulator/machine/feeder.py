"""Filament on its way in and out: the slots of the station, and the direct feed.

Steps and codes are those of docs/protocol/material-station.md §3 and §4. How long a step
takes, and how long a motor tries in vain, is made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import override

from ..clock import Clock
from ..models.catalog import ModelSpec
from ..models.quirks import Quirks
from .body import Spool, Synced
from .course import Course
from .files import material_of
from .status import PLATE_TO_CLEAR, NotNowError, Status

DIRECT_FEED = 0
"""The number of the spool that feeds the nozzle without the station."""


class FeedAction(IntEnum):
    """What the feeder is doing, by its number on the wire."""

    LOADING = 1
    UNLOADING = 2
    CANCELING = 3


class FeedStep(IntEnum):
    """How far it has come, by its number on the wire."""

    NONE = 0
    HEATING = 1
    PUSHING = 2
    PURGING = 3
    CUTTING = 4
    PULLING = 5
    COMPLETE = 6


@dataclass(slots=True, eq=False)
class Feed:
    """One spool being loaded or unloaded; `since` is when its step began."""

    spool: Spool
    action: FeedAction
    since: float
    target_before: float
    step: FeedStep = FeedStep.HEATING


_NEXT: Mapping[tuple[FeedAction, FeedStep], FeedStep] = {
    (FeedAction.LOADING, FeedStep.HEATING): FeedStep.PUSHING,
    (FeedAction.LOADING, FeedStep.PUSHING): FeedStep.PURGING,
    (FeedAction.LOADING, FeedStep.PURGING): FeedStep.COMPLETE,
    (FeedAction.UNLOADING, FeedStep.HEATING): FeedStep.CUTTING,
    (FeedAction.UNLOADING, FeedStep.CUTTING): FeedStep.PULLING,
    (FeedAction.UNLOADING, FeedStep.PULLING): FeedStep.COMPLETE,
}
"""What follows a step; after a step that is not here the feeder is idle."""

_SECONDS: Mapping[FeedStep, float] = {
    FeedStep.NONE: 3.0,
    FeedStep.PUSHING: 20.0,
    FeedStep.PURGING: 15.0,
    FeedStep.CUTTING: 5.0,
    FeedStep.PULLING: 15.0,
    FeedStep.COMPLETE: 2.0,
}
_TRIES_FOR = 60.0

_FEED_TIMEOUT = 99
_RETRACT_TIMEOUT = 103
_TIMEOUTS: Mapping[FeedStep, int] = {
    FeedStep.PUSHING: _FEED_TIMEOUT,
    FeedStep.PULLING: _RETRACT_TIMEOUT,
}
"""The steps that can time out; with the number of the slot added it is the code."""

_EXTRUDER_FEED = "E0108"
_STATION_HOMING = "E0114"

_CAN_FEED = PLATE_TO_CLEAR | {Status.READY, Status.PAUSED}


class Feeder(Course):
    """A machine that loads and unloads filament.

    `loaded_slot` is the slot whose filament is in the extruder, 0 for none.
    `station_blocked` keeps the station from homing: whatever it is told fails at once.
    A spool that is `jammed`, or not there, lets the motor try in vain for a minute.
    """

    station_blocked = Synced(False)
    loaded_slot = Synced(0)

    def __init__(self, spec: ModelSpec, quirks: Quirks, clock: Clock) -> None:
        """Put the machine together and switch it on."""
        self._feed: Feed | None = None
        super().__init__(spec, quirks, clock)

    @property
    def feed(self) -> Feed | None:
        """What is being loaded or unloaded."""
        self.sync()
        return self._feed

    def load(self, slot: int) -> None:
        """Bring the filament of a slot into the nozzle; 0 is the direct feed."""
        self._start_feed(slot, FeedAction.LOADING)

    def unload(self, slot: int) -> None:
        """Pull the filament of a slot back; 0 is the direct feed."""
        self._start_feed(slot, FeedAction.UNLOADING)

    def cancel_feed(self, slot: int) -> None:
        """Give up loading or unloading, which it does only while it heats."""
        feed = self.feed
        if feed is None or feed.spool.number != slot:
            raise NotNowError(f"slot {slot} is neither loaded nor unloaded now")
        if feed.step is not FeedStep.HEATING:
            raise NotNowError("filament moves already")
        with self.undisturbed():
            self.nozzles[0].target = feed.target_before
        feed.action, feed.step = FeedAction.CANCELING, FeedStep.NONE
        feed.since = self._time

    def require_still(self, what: str) -> None:
        """Raise `NotNowError` while filament is on its way."""
        if self.feed is not None:
            raise NotNowError(f"cannot {what} while filament moves")

    def _start_feed(self, number: int, action: FeedAction) -> None:
        self.require_still("load or unload")
        spool = self.direct_feed if number == DIRECT_FEED else self.slot(number)
        # The direct feed and the station share the way into the extruder.
        reachable = self.station_connected is not (number == DIRECT_FEED)
        if spool is None or not reachable or self._status not in _CAN_FEED:
            raise NotNowError(f"cannot load or unload slot {number}")
        if self.station_blocked and number != DIRECT_FEED:
            self._fail_feed(_STATION_HOMING)
            return
        nozzle = self.nozzles[0]
        before = nozzle.target
        nozzle.target = max(material_of(spool.material).nozzle, before)
        self._feed = Feed(spool, action, self._time, before)
        self.touched()

    @override
    def _run_to(self, now: float) -> None:
        while (feed := self._feed) is not None:
            if (due := max(self._feed_ends(feed), self._time)) > now:
                break
            super()._run_to(due)
            # In the meantime the machine may have switched itself off.
            if self._feed is feed:
                self._next_step(feed)
        super()._run_to(now)

    @override
    def _enter(self, status: Status) -> None:
        if status not in _CAN_FEED and self._feed is not None:
            self._stop_feed(self._feed)
        super()._enter(status)

    def _feed_ends(self, feed: Feed) -> float:
        """Return when the step is over, or given up."""
        if feed.step is FeedStep.HEATING:
            return self._time + self.nozzles[0].seconds_to_target()
        stuck = self._is_stuck(feed)
        return feed.since + (_TRIES_FOR if stuck else _SECONDS[feed.step])

    def _is_stuck(self, feed: Feed) -> bool:
        """Say whether the step is one that moves filament, and the filament does not."""
        if feed.step not in _TIMEOUTS:
            return False
        spool = feed.spool
        # What is at the direct feed before it is loaded nobody can see.
        by_hand = spool is self.direct_feed and feed.action is FeedAction.LOADING
        return spool.jammed or not (spool.has_filament or by_hand)

    def _next_step(self, feed: Feed) -> None:
        if self._is_stuck(feed):
            number = feed.spool.number
            code = f"E0{_TIMEOUTS[feed.step] + number}" if number else _EXTRUDER_FEED
            self._fail_feed(code)
            return
        following = _NEXT.get((feed.action, feed.step))
        if following is None:
            self._stop_feed(feed)
            return
        feed.step, feed.since = following, self._time
        if following is FeedStep.COMPLETE:
            self._arrive(feed)

    def _arrive(self, feed: Feed) -> None:
        """Have the filament where it should be."""
        loaded = feed.action is FeedAction.LOADING
        if feed.spool is self.direct_feed:
            feed.spool.has_filament = loaded
        elif loaded:
            self.loaded_slot = feed.spool.number
        elif self.loaded_slot == feed.spool.number:
            self.loaded_slot = 0

    def _stop_feed(self, feed: Feed) -> None:
        self._feed = None
        with self.undisturbed():
            self.nozzles[0].target = feed.target_before
        self.touched()

    def _fail_feed(self, code: str) -> None:
        self.error_code = code
        self._enter(Status.ERROR)
