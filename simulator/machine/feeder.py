"""Loading and unloading of filament: the slots of the station, and the external spool.

Steps and codes are those of docs/protocol/material-station.md §3 and §4. The
seconds of a step, and of a motor that moves nothing, are made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from ..models.files import material_of
from .body import Body, Spool
from .course import Course
from .job import Job
from .status import PLATE_TO_CLEAR, NotNowError, Status

DIRECT_FEED = 0
"""The number of the spool that feeds the nozzle without the station."""


class FeedAction(IntEnum):
    """The action of the feeder, by its number on the wire."""

    LOADING = 1
    UNLOADING = 2
    CANCELING = 3


class FeedStep(IntEnum):
    """The step of loading or unloading, by its number on the wire."""

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
"""The step after each step; after all others the feeder is idle."""

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
"""The steps that can time out; this plus the number of the slot is the error code."""

_EXTRUDER_FEED = "E0108"
_STATION_HOMING = "E0114"

_FEEDS = frozenset(
    {Status.HEATING, Status.PRINTING, Status.PAUSING, Status.PAUSED, Status.ERROR}
)
_CAN_FEED = PLATE_TO_CLEAR | {Status.READY, Status.PAUSED}


class Feeder:
    """The part that loads and unloads filament.

    `loaded_slot` is the slot whose filament is in the extruder, 0 for none. With
    `station_blocked` the station cannot home: every command to it fails at once. With a
    spool that is `jammed`, or empty, the motor runs for a minute without effect.
    """

    def __init__(self, body: Body, course: Course) -> None:
        """Take the body to feed and its course."""
        self.feed: Feed | None = None
        self.loaded_slot = 0
        self.station_blocked = False
        self._body = body
        self._course = course
        course.before_entry = self._make_way

    @property
    def current_slot(self) -> int:
        """The slot or head that feeds the print, from 1; 0 for none."""
        job = self._course.job
        if job is None or not job.started or self._course.status not in _FEEDS:
            return self.loaded_slot
        if not self._feeds_from_slots(job):
            return 0
        return job.slot_of(job.tool, job.file.used[job.tool])

    def begin(self, job: Job) -> None:
        """Empty the extruder if a job feeds from slots."""
        if self._feeds_from_slots(job):
            self.loaded_slot = 0

    def run_to(self, now: float) -> None:
        """Bring the feed and the machine to a moment of the clock."""
        while (feed := self.feed) is not None:
            if (due := max(self._feed_ends(feed), self._course.time)) > now:
                break
            self._course.run_to(due)
            # In the meantime the machine may have switched itself off.
            if self.feed is feed:
                self._next_step(feed)
        self._course.run_to(now)

    def start(self, number: int, action: FeedAction) -> None:
        """Begin to load or unload a slot; `NotNowError` if that is not possible."""
        self.require_still("load or unload")
        body, course = self._body, self._course
        spool = body.direct_feed if number == DIRECT_FEED else body.slot(number)
        # The external spool and the station share the way into the extruder.
        reachable = body.station_connected is not (number == DIRECT_FEED)
        if spool is None or not reachable or course.status not in _CAN_FEED:
            raise NotNowError(f"cannot load or unload slot {number}")
        if self.station_blocked and number != DIRECT_FEED:
            course.fail(_STATION_HOMING)
            return
        nozzle = body.nozzles[0]
        self.feed = Feed(spool, action, course.time, nozzle.target)
        nozzle.target = max(material_of(spool.material).nozzle, nozzle.target)

    def cancel(self, number: int) -> None:
        """Cancel loading or unloading; `NotNowError` unless it is still heating."""
        feed = self.feed
        if feed is None or feed.spool.number != number:
            raise NotNowError(f"slot {number} is neither loaded nor unloaded now")
        if feed.step is not FeedStep.HEATING:
            raise NotNowError("the filament is already moving")
        self._body.nozzles[0].target = feed.target_before
        feed.action, feed.step = FeedAction.CANCELING, FeedStep.NONE
        feed.since = self._course.time

    def require_still(self, what: str) -> None:
        """Raise `NotNowError` while filament is loaded or unloaded."""
        if self.feed is not None:
            raise NotNowError(f"cannot {what} while filament moves")

    def _feeds_from_slots(self, job: Job) -> bool:
        if not self._body.spec.station_detachable:
            return bool(self._body.slots)
        # An AD5X prints from its external spool unless the job asks for the station.
        wanted = job.options.use_station
        if wanted is None:
            wanted = job.file.needs_station or bool(job.options.slots)
        return self._body.station_connected and wanted

    def _make_way(self, status: Status) -> None:
        if status not in _CAN_FEED and self.feed is not None:
            self._stop(self.feed)

    def _feed_ends(self, feed: Feed) -> float:
        """Return when, on the clock, the step ends or times out."""
        if feed.step is FeedStep.HEATING:
            return self._course.time + self._body.nozzles[0].seconds_to_target()
        stuck = self._is_stuck(feed)
        return feed.since + (_TRIES_FOR if stuck else _SECONDS[feed.step])

    def _is_stuck(self, feed: Feed) -> bool:
        """Return whether the step should move filament that does not move."""
        if feed.step not in _TIMEOUTS:
            return False
        spool = feed.spool
        # The printer cannot see an external spool before it is loaded.
        by_hand = spool is self._body.direct_feed and feed.action is FeedAction.LOADING
        return spool.jammed or not (spool.has_filament or by_hand)

    def _next_step(self, feed: Feed) -> None:
        if self._is_stuck(feed):
            number = feed.spool.number
            code = f"E0{_TIMEOUTS[feed.step] + number}" if number else _EXTRUDER_FEED
            self._course.fail(code)
            return
        following = _NEXT.get((feed.action, feed.step))
        if following is None:
            self._stop(feed)
            return
        feed.step, feed.since = following, self._course.time
        if following is FeedStep.COMPLETE:
            self._arrive(feed)

    def _arrive(self, feed: Feed) -> None:
        """Note where the filament is after the last step."""
        loaded = feed.action is FeedAction.LOADING
        if feed.spool is self._body.direct_feed:
            feed.spool.has_filament = loaded
        elif loaded:
            self.loaded_slot = feed.spool.number
        elif self.loaded_slot == feed.spool.number:
            self.loaded_slot = 0

    def _stop(self, feed: Feed) -> None:
        self.feed = None
        self._body.nozzles[0].target = feed.target_before
