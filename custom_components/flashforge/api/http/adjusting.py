"""What to send when one adjustment is to change and its siblings are not.

One command owns speed, Z offset and fans, and may reset what it does not carry, so it
always carries all of them (docs/protocol/http.md §4.2).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..errors import NoJobError
from ..models.model import Model
from ..printer import AdjustmentName
from ..state import Adjustments, PrinterState, Status
from ..texts import get_logger
from . import requests
from .client import HttpClient

_LOGGER = get_logger(__name__)

ADJUSTABLE = frozenset({Status.HEATING, Status.PRINTING, Status.PAUSING, Status.PAUSED})
"""A printer acknowledges and ignores adjustments in any other status."""

ASKED_HOLDS = 5.0
"""Seconds for which an adjustment counts as made although no answer shows it yet."""

FANS: tuple[AdjustmentName, ...] = ("part_fan", "left_part_fan", "chamber_fan")
OTHERS: tuple[AdjustmentName, ...] = ("speed_factor", "z_offset")

TOLERANCES: Mapping[str, float] = MappingProxyType(
    {"speed_factor": 1.0, "z_offset": 0.003} | dict.fromkeys(FANS, 1.0)
)
"""How far a value that came back may be from the one sent and still be the same."""


def is_adjustable(state: PrinterState) -> bool:
    """Return whether adjustments take effect, and the ones shown may be sent back."""
    return state.status in ADJUSTABLE and state.numbers_trusted


def value_of(values: Adjustments, name: AdjustmentName) -> float | None:
    """Return one adjustment by its name."""
    value: float | None = getattr(values, name)
    return value


def _differs(name: AdjustmentName, sent: Adjustments, shown: Adjustments) -> bool:
    was, now = value_of(sent, name), value_of(shown, name)
    return was is not None and now is not None and abs(was - now) > TOLERANCES[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """The last command: which adjustment it was for, and everything it carried."""

    name: AdjustmentName
    values: Adjustments


@dataclass(frozen=True, slots=True, kw_only=True)
class Strayed:
    """What changed without being requested; ``repair`` undoes it, None if nothing does."""

    names: tuple[AdjustmentName, ...]
    repair: Adjustments | None


class AdjustmentMemory:
    """The last requested adjustments of one printer, and what else they changed.

    ``fans_trusted`` turns False for good when a fan that was only sent along came back
    different: that printer counts fans in another unit, or the job moves them, and
    either way sending them along does harm.
    """

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.fans_trusted = True
        self._asked: dict[AdjustmentName, tuple[float, float]] = {}
        self._sent: _Sent | None = None

    def compose(
        self, name: AdjustmentName, value: float, shown: Adjustments, now: float
    ) -> Adjustments:
        """Return everything to send for one change, ``now`` in seconds of any clock.

        The others are as just shown, unless they were asked for a moment ago and the
        printer does not show them yet.
        """
        wanted = {key: ask for key, (ask, until) in self._asked.items() if until > now}
        return self._sendable(name, replace(shown, **wanted | {name: value}))

    def sent(
        self, name: AdjustmentName, value: float, values: Adjustments, now: float
    ) -> None:
        """Remember that the printer has acknowledged ``values`` of ``compose``."""
        self._asked[name] = (value, now + ASKED_HOLDS)
        self._sent = _Sent(name=name, values=values)

    def _sendable(self, name: AdjustmentName, values: Adjustments) -> Adjustments:
        """Return the values without the fans, where those are not to be sent along."""
        if self.fans_trusted or name in FANS:
            return values
        return replace(values, part_fan=None, left_part_fan=None, chamber_fan=None)

    def settle(self, shown: Adjustments) -> Strayed | None:
        """Return what the last command changed without being asked to, once.

        Nothing while the command itself does not show, because what is shown is older
        than the command then. Fans are named but not sent back: the job may have moved
        them, and it sets them once for many layers, so that what was right a second ago
        could leave the rest of the print without cooling.
        """
        sent = self._sent
        if sent is None or _differs(sent.name, sent.values, shown):
            return None
        self._sent = None
        names = tuple(
            name
            for name in (*OTHERS, *FANS)
            if name != sent.name and _differs(name, sent.values, shown)
        )
        if not names:
            return None
        if any(name in FANS for name in names):
            self.fans_trusted = False
        back = {name: value_of(sent.values, name) for name in names if name in OTHERS}
        repair = self._sendable(sent.name, replace(shown, **back)) if back else None
        return Strayed(names=names, repair=repair)


class Adjusting:
    """The commands of one printer that carry more than what is to change."""

    def __init__(
        self, client: HttpClient, fetch: Callable[[], Awaitable[PrinterState]]
    ) -> None:
        """Send through ``client``; ``fetch`` returns a fresh state."""
        self._client = client
        self._fetch = fetch
        self._memory = AdjustmentMemory()

    async def adjust(self, model: Model, name: AdjustmentName, value: float) -> None:
        """Set one adjustment, the others as just read.

        Raises ``errors.NoJobError`` when no job can be adjusted.
        """
        async with self._client.turn:
            state = await self._fetch()
            if not is_adjustable(state):
                raise NoJobError("no job that can be adjusted")
            if name == "speed_factor":
                value = model.nearest_speed(value)
            now = asyncio.get_running_loop().time()
            values = self._memory.compose(name, value, state.adjustments, now)
            await self._client.command_now(requests.adjust(model, values))
            self._memory.sent(name, value, values, now)

    async def restore(self, model: Model, state: PrinterState) -> None:
        """Send back, once, what the last ``adjust`` changed without being asked to."""
        if not is_adjustable(state):
            return
        strayed = self._memory.settle(state.adjustments)
        if strayed is None:
            return
        _LOGGER.warning(
            "An adjustment also changed %s, which nobody asked for",
            ", ".join(strayed.names),
        )
        if strayed.repair is not None:
            await self._client.command(requests.adjust(model, strayed.repair))

    async def set_filtration(
        self, *, internal: bool | None, external: bool | None
    ) -> None:
        """Switch the filter fans; None leaves a side as just read."""
        async with self._client.turn:
            if internal is None or external is None:
                shown = (await self._fetch()).filtration
                internal = shown.internal if internal is None else internal
                external = shown.external if external is None else external
            # A side that the printer does not report is one that it does not have.
            body = requests.filtration(internal=bool(internal), external=bool(external))
            await self._client.command_now(body)
