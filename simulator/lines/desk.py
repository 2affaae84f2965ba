"""What the connections to port 8899 share: who is in control, and the upload."""

from typing import Protocol

from ..machine.device import Device
from .intake import Intake

_OTHER = object()
_GONE = object()


class Client(Protocol):
    """A connection that can be written to."""

    def write(self, data: bytes) -> None:
        """Send bytes, if it is still open."""


class Desk:
    """The line port apart from its sockets.

    `lines` are the commands that arrived, `clients` the open connections.
    """

    def __init__(self, device: Device) -> None:
        """Begin without clients."""
        self.device = device
        self.lines: list[str] = []
        self.connections = 0
        self.clients: set[Client] = set()
        self._owner: object | None = None
        self._heard = 0.0
        self._intake: Intake | None = None
        self._away_until = 0.0

    @property
    def is_away(self) -> bool:
        """The printer has left the network for a moment."""
        return self.device.clock.now() < self._away_until

    def go_away(self, seconds: float) -> None:
        """Leave the network for some seconds; whoever was in control no longer is."""
        self._away_until = self.device.clock.now() + seconds
        self.restart()

    @property
    def owner(self) -> object | None:
        """The client in control; a silent client loses control after some seconds."""
        silence = self.device.clock.now() - self._heard
        if self._owner is not _OTHER and silence >= self.device.quirks.line_patience:
            self._owner = None
        return self._owner

    @property
    def controlled(self) -> bool:
        """A client has control, or left without releasing it."""
        return self.owner is not None

    @property
    def intake(self) -> Intake | None:
        """The upload that is being received."""
        if self._intake is not None and self._intake.expired:
            self._intake = None
        return self._intake

    @intake.setter
    def intake(self, intake: Intake | None) -> None:
        self._intake = intake

    def arrive(self, client: Client) -> None:
        """Add a client."""
        self.clients.add(client)
        self.connections += 1

    def leave(self, client: Client) -> None:
        """Remove a client and its upload; its control may stay taken."""
        self.clients.discard(client)
        if self._intake is not None and self._intake.client is client:
            self._intake = None
        if self.owner is client:
            kept = self.device.quirks.keeps_line_control
            self._owner = _GONE if kept else None

    def note(self, client: Client) -> None:
        """Note that a client sent something just now."""
        if self.owner is client:
            self._heard = self.device.clock.now()

    def tell(self, client: Client, data: bytes) -> None:
        """Send bytes to a client, or to all if the firmware does so."""
        for each in tuple(self.clients) if self.device.quirks.broadcasts else (client,):
            each.write(data)

    def restart(self) -> None:
        """Forget the client in control and the upload, as after the power was off."""
        self._owner = self._intake = None

    def seize(self) -> None:
        """Let another program take control and keep it."""
        self._owner = _OTHER

    def take(self, client: Client) -> bool:
        """Give control to a client, unless another one has it."""
        if self.owner not in {None, client}:
            return False
        self._owner = client
        self._heard = self.device.clock.now()
        return True

    def release(self) -> None:
        """End the control of whichever client has it, and the upload."""
        self._owner = self._intake = None

    def may_write(self, client: Client) -> bool:
        """Return whether a client has control."""
        return self.owner is client
