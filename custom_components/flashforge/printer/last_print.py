"""How the last print ended, and how it was started: what is needed to print it again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..api import FileTool, PrinterState, PrintOptions, Status
from ..api.commands.planning import Feeding, PrintWish
from ..api.models.colors import read_color
from ..api.wire.fields import boolean, count, number, text
from .job_events import GAP, PrintEvent, PrintEventType
from .job_memory import Memory, Phase
from .stored import moment

ENDS = frozenset(
    {
        PrintEventType.FINISHED,
        PrintEventType.CANCELED,
        PrintEventType.FAILED,
        PrintEventType.ENDED,
    }
)

_MOST_PARTS = 16
# More tools or slots than this are garbage.

_LONGEST = timedelta(days=365).total_seconds()
_HEAVIEST = 1_000_000
# Seconds and grams beyond these are garbage.


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a print was started from here.

    ``number`` is the one of its job. ``wish`` names the slots that feed it, ``tools`` are
    the materials that they held for it.
    """

    number: int
    file: str
    wish: PrintWish
    tools: tuple[FileTool, ...] = ()

    def is_of(self, job: Memory) -> bool:
        """Return whether this started a job."""
        return self.number == job.number and self.file == job.file

    def as_stored(self) -> dict[str, object]:
        """Return plain data for the store."""
        wish = self.wish
        return {
            "number": self.number,
            "file": self.file,
            "feeding": wish.feeding,
            **{name: getattr(wish, name) for name in _OPTIONS},
            "slots": {str(tool): slot for tool, slot in wish.slots.items()},
            "tools": [
                {"tool": tool.tool, "material": tool.material, "color": tool.color}
                for tool in self.tools
            ],
        }


_OPTIONS = ("leveling", "flow_calibration", "first_layer_inspection", "time_lapse")


def start_of(number: int, file: str, feeding: Feeding, options: PrintOptions) -> Start:
    """Return how a file is about to be started."""
    return Start(
        number=number,
        file=file,
        wish=PrintWish(
            feeding=feeding,
            slots={each.tool: each.slot for each in options.mappings},
            **{name: getattr(options, name) for name in _OPTIONS},
        ),
        tools=tuple(
            FileTool(tool=each.tool, material=each.material, color=each.tool_color)
            for each in options.mappings
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPrint:
    """A print that is over; None, or no slots, where it is not known.

    ``duration`` is in s, ``weight`` in g, ``slots`` count from 1.
    """

    result: PrintEventType
    job_id: str | None = None
    file: str | None = None
    began: datetime | None = None
    ended: datetime | None = None
    duration: float | None = None
    weight: float | None = None
    slots: tuple[int, ...] = ()
    start: Start | None = None

    def as_stored(self) -> dict[str, object]:
        """Return plain data for the store."""
        return {
            "result": self.result,
            "job_id": self.job_id,
            "file": self.file,
            "began": self.began.isoformat() if self.began else None,
            "ended": self.ended.isoformat() if self.ended else None,
            "duration": self.duration,
            "weight": self.weight,
            "slots": list(self.slots),
            "start": self.start.as_stored() if self.start else None,
        }


class LastPrints:
    """Keeps the last print that is over, and what the end of the present one needs."""

    def __init__(self) -> None:
        """Know nothing until the store is read."""
        self.last: LastPrint | None = None
        self._start: Start | None = None
        self._slots: frozenset[int] = frozenset()

    def load(self, stored: object) -> None:
        """Read what was stored, by this or another version."""
        if not isinstance(stored, Mapping):
            return
        self.last = _last(stored.get("last_print"))
        self._start = _start(stored.get("start"))
        self._slots = frozenset(_slots(stored.get("slots")))

    def stored(self) -> dict[str, object]:
        """Return plain data for the store, beside what is known of the job."""
        return {
            "last_print": self.last.as_stored() if self.last else None,
            "start": self._start.as_stored() if self._start else None,
            "slots": sorted(self._slots),
        }

    def expect(self, start: Start) -> None:
        """Keep how the next print is started."""
        self._start = start

    def give_up(self, job: Memory) -> None:
        """Forget a start unless it was the one of this job or an earlier one."""
        if self._start is not None and self._start.number > job.number:
            self._start = None

    def update(
        self,
        known: Memory | None,
        job: Memory,
        events: Iterable[PrintEvent],
        state: PrinterState,
    ) -> None:
        """Take in the next state, and what happened before it."""
        gap = known is None or abs(job.seen - known.seen) > GAP
        for event in events:
            if event.type in ENDS:
                shown = state.plate_occupied and event.job.number == job.number
                began = known is not None and event.job.number == known.number
                self._end(
                    event,
                    began=event.job.began if began or not gap else None,
                    ended=None if gap else job.seen,
                    sure=shown or not gap,
                )
        if known is None and self.last is None and job.phase is Phase.ON_PLATE:
            # Nothing is reported of it, but it is the last one.
            canceled = state.status is Status.CANCELED
            kind = PrintEventType.CANCELED if canceled else PrintEventType.FINISHED
            self._end(PrintEvent(type=kind, job=job), began=None, ended=None, sure=True)
        if known is None or known.number != job.number:
            self._slots = frozenset()
        station = state.station
        if state.status is Status.PRINTING and station and station.active_slot:
            self._slots |= {station.active_slot}

    def _end(
        self,
        event: PrintEvent,
        *,
        began: datetime | None,
        ended: datetime | None,
        sure: bool,
    ) -> None:
        """Keep a print that is over; ``sure`` is whether its numbers are the final ones."""
        job, done = event.job, event.type is PrintEventType.FINISHED
        if self.last is not None and self.last.job_id == job.job_id:
            # Told again after a restart, when less of it is known.
            return
        start = self._start if self._start and self._start.is_of(job) else None
        part = 100.0 if done else job.progress
        weight: float | None = None
        if sure and job.weight is not None and part is not None:
            weight = round(job.weight * part / 100, 2)
        slots = set(start.wish.slots.values()) if start else self._slots
        self.last = LastPrint(
            result=event.type,
            job_id=job.job_id,
            file=job.file,
            began=began,
            ended=ended,
            duration=job.elapsed if sure else None,
            weight=weight,
            slots=tuple(sorted(slots)),
            start=start,
        )
        self._slots = frozenset()


# --- reading what another version may have written -----------------------------------


def _last(stored: object) -> LastPrint | None:
    if not isinstance(stored, Mapping):
        return None
    result = stored.get("result")
    if not isinstance(result, str) or result not in ENDS:
        return None
    last = LastPrint(
        result=PrintEventType(result),
        job_id=text(stored.get("job_id")),
        file=text(stored.get("file")),
        began=moment(stored.get("began")),
        ended=moment(stored.get("ended")),
        duration=_amount(stored.get("duration"), _LONGEST),
        weight=_amount(stored.get("weight"), _HEAVIEST),
        slots=_slots(stored.get("slots")),
    )
    start = _start(stored.get("start"))
    return replace(last, start=start if start and start.file == last.file else None)


def _start(stored: object) -> Start | None:
    """Return a start, None unless all of it can be read: half of it is another one."""
    if not isinstance(stored, Mapping):
        return None
    number_of, file = count(stored.get("number")), text(stored.get("file"))
    feeding = stored.get("feeding")
    options = {name: boolean(stored.get(name)) for name in _OPTIONS}
    slots, tools = stored.get("slots"), stored.get("tools")
    if not (
        number_of is not None
        and file is not None
        and isinstance(feeding, str)
        and feeding in set(Feeding)
        and isinstance(slots, Mapping)
        and isinstance(tools, list)
        and max(len(slots), len(tools)) <= _MOST_PARTS
    ):
        return None
    pairs = [(count(tool), count(slot)) for tool, slot in slots.items()]
    chosen = {tool: slot for tool, slot in pairs if tool is not None and slot}
    read = [tool for each in tools if (tool := _tool(each)) is not None]
    if len(chosen) < len(slots) or len(read) < len(tools) or None in options.values():
        return None
    wish = PrintWish(
        feeding=Feeding(feeding),
        slots=chosen,
        **{name: value is True for name, value in options.items()},
    )
    return Start(number=number_of, file=file, wish=wish, tools=tuple(read))


def _tool(stored: object) -> FileTool | None:
    if not isinstance(stored, Mapping) or (tool := count(stored.get("tool"))) is None:
        return None
    return FileTool(
        tool=tool,
        material=text(stored.get("material")),
        color=read_color(text(stored.get("color")) or ""),
    )


def _slots(stored: object) -> tuple[int, ...]:
    if not isinstance(stored, list) or len(stored) > _MOST_PARTS:
        return ()
    read = {slot for each in stored if (slot := count(each))}
    return tuple(sorted(slot for slot in read if slot <= _MOST_PARTS))


def _amount(stored: object, most: float) -> float | None:
    value = number(stored)
    return value if value is not None and 0 <= value <= most else None
