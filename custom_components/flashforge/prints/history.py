"""The prints of a printer that are over, from everything that keeps something of them.

Nothing here keeps anything itself. Each source is asked for what it has, and the first one
that knows a thing is believed. A source that has every print from some moment on also says
so, because sums may only count from there.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from homeassistant.core import HomeAssistant

from ..coordinator import FlashForgeConfigEntry
from ..printer.job_events import PrintEventType

NEAR = timedelta(minutes=2)
"""What is told of one end has times that differ by this at the most."""

_SURE_NAME = 40
"""So many characters of a file's name are in the name of its picture, however cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPrint:
    """A print that is over; None, or no colors, where it is not known.

    ``time`` is when its end was seen, ``duration`` is in s, ``weight`` in g. ``colors``
    (``#RRGGBB``) are those of the slots that fed it, ``picture`` is the id of its last
    picture.
    """

    result: PrintEventType
    job_id: str | None = None
    file: str | None = None
    began: datetime | None = None
    time: datetime | None = None
    duration: float | None = None
    weight: float | None = None
    colors: tuple[str, ...] = ()
    picture: str | None = None

    @property
    def order(self) -> float:
        """What prints are sorted by, the oldest first."""
        known = self.time or self.began
        return known.timestamp() if known else 0.0

    def is_same(self, other: PastPrint) -> bool:
        """Return whether another source tells of this print."""
        if self.job_id is not None and other.job_id is not None:
            return self.job_id == other.job_id
        if (self.file or "")[:_SURE_NAME] != (other.file or "")[:_SURE_NAME]:
            return False
        first = self.began or (self.time and self.time - NEAR)
        if other.time is None or first is None:
            return False
        return first <= other.time <= (self.time or other.time) + NEAR

    def filled(self, other: PastPrint) -> PastPrint:
        """Return this print with what only another source knows."""
        return replace(
            self,
            job_id=self.job_id or other.job_id,
            began=self.began or other.began,
            time=self.time or other.time,
            duration=other.duration if self.duration is None else self.duration,
            weight=other.weight if self.weight is None else self.weight,
            colors=self.colors or other.colors,
            picture=self.picture or other.picture,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is kept of the prints of a printer, the newest first.

    Every print that ended at ``since`` or later is there; None if that is not sure of any.
    """

    prints: tuple[PastPrint, ...] = ()
    since: datetime | None = None


type Source = Callable[[HomeAssistant, FlashForgeConfigEntry], Awaitable[Record]]


def merged(records: Iterable[Record]) -> Record:
    """Return what sources keep together; those that know more of a print come first."""
    prints: list[PastPrint] = []
    since: datetime | None = None
    for record in records:
        for each in record.prints:
            for place, known in enumerate(prints):
                if known.is_same(each):
                    prints[place] = known.filled(each)
                    break
            else:
                # A print that a source with all of them does not have is not over.
                if since is None or each.time is None or each.time < since:
                    prints.append(each)
        if record.since is not None:
            since = min(since or record.since, record.since)
    prints.sort(key=lambda each: each.order, reverse=True)
    return Record(prints=tuple(prints), since=since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What was printed from a moment on, as far as it is known.

    ``judged`` counts the prints whose result is known, ``finished`` the good ones of them.
    ``duration`` (s) and ``weight`` (g) are None when they are known of no print.
    """

    days: int
    since: datetime
    prints: int
    judged: int
    finished: int
    duration: float | None
    weight: float | None


DAYS = (7, 30)
"""The last days that are summed up."""


def totals(records: Iterable[Record], now: datetime) -> tuple[Total, ...]:
    """Return the sums of the last days, of the prints of one printer or more.

    When less is kept than the days, the sum is of what is kept and says from when on.
    Nothing is summed up that may not be all.
    """
    sure = [(each, each.since) for each in records if each.since is not None]
    if not sure:
        return ()
    oldest = min(since for _, since in sure)
    found: dict[datetime, Total] = {}
    for days in DAYS:
        begin = max(now - timedelta(days=days), oldest)
        prints = [
            each
            for record, since in sure
            for each in record.prints
            if each.time is not None and each.time >= max(begin, since)
        ]
        found.setdefault(begin, _total(days, begin, prints))
    return tuple(found.values())


def _total(days: int, since: datetime, prints: list[PastPrint]) -> Total:
    results = [each.result for each in prints]
    durations = [each.duration for each in prints if each.duration is not None]
    weights = [each.weight for each in prints if each.weight is not None]
    return Total(
        days=days,
        since=since,
        prints=len(prints),
        judged=sum(each is not PrintEventType.ENDED for each in results),
        finished=results.count(PrintEventType.FINISHED),
        duration=sum(durations) if durations else None,
        weight=round(sum(weights), 1) if weights else None,
    )
