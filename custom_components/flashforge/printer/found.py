"""What was found about a printer besides its own answers."""

from dataclasses import dataclass


@dataclass(slots=True)
class Found:
    """What probes and searches found; whoever changes it updates the listeners."""

    camera: bool = False
    """Whether a probe found a camera that the printer does not report."""

    moonraker: bool = False
    """Whether Moonraker answers at the printer's address."""

    rivals: tuple[str, ...] = ()
    """Other addresses at which a device claims to be this printer."""
