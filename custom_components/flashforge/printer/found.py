"""What was found about a printer besides its own answers."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Found:
    """What probes and searches found; whoever changes it updates the listeners."""

    camera: bool | None = None
    """Whether a probe found a camera that the printer does not report, None before it."""

    moonraker: bool = False
    """Whether Moonraker answers at the printer's address."""

    rivals: tuple[str, ...] = ()
    """Other addresses at which a device claims to be this printer."""

    tables: dict[tuple[str, str], Callable[[], bool]] = field(default_factory=dict)
    """For each entity in a table, by domain and key, whether the printer has it."""
