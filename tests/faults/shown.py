"""What a state can be compared with."""

from collections.abc import Callable
from types import EllipsisType

from simulator import Printer

ABSENT = "unknown"
UNAVAILABLE = "unavailable"
ANYTHING = ...
"""Only the availability of buttons and the picture depends on the printer."""

EITHER = frozenset[str]
"""Several texts, of which one has to be shown."""

type Shown = str | float | bool | EllipsisType | frozenset[str] | None
type Truth = Callable[[Printer], Shown]
