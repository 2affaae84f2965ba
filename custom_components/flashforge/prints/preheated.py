"""What is preheated: what a person wished, and what of it is left later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..api import PrinterState
from ..api.wire.fields import count, number
from ..printer.stored import moment
from .heat import BED, CHAMBER, nozzle, targets

_MOST_HEATERS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatWish:
    """The targets in °C, None for what stays as it is; ``toolhead`` counts from 1."""

    nozzle: int | None = None
    toolhead: int = 1
    bed: int | None = None
    chamber: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heating:
    """What is preheated: until when, which targets by the name of the heater.

    ``job`` is the number of the last job before, ``heats`` None if it is not known.
    """

    until: datetime
    job: int
    heats: Mapping[str, float] | None

    def as_stored(self) -> dict[str, object]:
        """Return plain data for the store."""
        heats = None if self.heats is None else dict(self.heats)
        return {"until": self.until.isoformat(), "job": self.job, "heats": heats}

    def left_in(self, state: PrinterState) -> Heating:
        """Return what of it is still as it was set; what is not reported may be."""
        shown = targets(state)
        if self.heats is None:
            return replace(self, heats={n: to for n, to in shown.items() if to})
        return replace(
            self,
            heats={
                name: target
                for name, target in self.heats.items()
                if (now := shown.get(name)) is None or round(now) == round(target)
            },
        )


def read_heating(stored: object, job: int) -> Heating | None:
    """Return what a store holds, None unless it has a time.

    If its heaters cannot be read, all count, if its ``job`` cannot be read, this one.
    """
    if (
        not isinstance(stored, Mapping)
        or (until := moment(stored.get("until"))) is None
    ):
        return None
    raw = stored.get("heats")
    heats: dict[str, float] | None = None
    if isinstance(raw, Mapping) and len(raw) <= _MOST_HEATERS:
        read = {name: number(target) for name, target in raw.items()}
        known = {name: target for name, target in read.items() if target is not None}
        heats = known if len(known) == len(raw) else None
    before = count(stored.get("job"))
    return Heating(until=until, job=job if before is None else before, heats=heats)


def wished(wish: HeatWish) -> dict[str, float]:
    """Return the targets of a wish by the name of the heater."""
    named = {
        nozzle(wish.toolhead - 1): wish.nozzle,
        BED: wish.bed,
        CHAMBER: wish.chamber,
    }
    return {name: target for name, target in named.items() if target is not None}
