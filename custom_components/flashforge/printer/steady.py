"""Which parts of a printer's state stay as they are from one poll to the next."""

from dataclasses import dataclass

from ..api.models.model import Model
from ..api.state import PrinterState

_PARTS = ("direct_feed", "station")
"""Parts that several entities read and that seldom change."""

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the entities showed at one update of theirs."""

    state: PrinterState
    online: bool
    model: Model

    def steady_since(self, before: Shown) -> frozenset[str]:
        """Return the parts that no entity has to read again.

        There are none without a new state: then something beside the state changed.
        """
        if (
            self.state is before.state
            or self.online is not before.online
            or self.model is not before.model
        ):
            return NOTHING
        return frozenset(
            part
            for part in _PARTS
            if getattr(self.state, part) == getattr(before.state, part)
        )
