"""What a command is: an order together with its proof.

A printer acknowledges commands that it does not know, and drops some that it knows, so
its answer proves nothing (docs/design.md, law 6). ``printer.commands`` sends a command
and waits for the proof; nothing here waits or keeps time.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ..errors import FlashForgeError, NotConfirmedError
from ..printer import Printer
from ..state import PrinterState

type Send = Callable[[Printer], Awaitable[FlashForgeError | None]]
"""Sends an order; returns an error that leaves open whether the order arrived."""

type Check = Callable[[PrinterState], FlashForgeError | None]
type Proof = Callable[[PrinterState], bool]

CONFIRM_DEADLINE = 5.0
"""Seconds that a printer has to show an ordinary command."""

JOB_DEADLINE = 30.0
"""Seconds that a printer has to show pause, resume or cancel (docs/protocol/http.md §4.4)."""

RESEND_AFTER = 5.0
"""Seconds after which job control that is not shown is sent again."""


async def _send_nothing(_printer: Printer) -> None:
    """Send nothing, for a command that only waits."""


def never(_state: PrinterState) -> bool:
    """Return False, for a command that is needed in every state."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One order and its proof.

    ``key`` names what is controlled; a newer command replaces a pending one of the same
    key. Before sending, a fresh state is checked if there is a ``refusal``, which returns
    why the command cannot be sent. It is not sent either when that state is ``needless``
    for it, by default when the state is the proof. ``as_of`` returns the command that is
    sent, made from the checked state.

    ``proof`` is what the printer must show within ``deadline`` seconds, else the error is
    ``unconfirmed``. Without a proof, the printer's answer is enough. ``begun`` must be
    shown once before the proof counts. ``failure`` returns the error in a state after
    which waiting is useless. ``resend`` is sent every ``resend_after`` seconds until the
    proof is there. ``afterwards`` runs once after the proof.

    A command that ``keeps_trying`` is job control, which a printer may drop for many
    minutes while it warms up or pauses; it is then sent with every poll. ``excludes`` is the error
    with which a command that moves, feeds or prints is refused while another such command
    is pending. With ``queues`` it may follow those of its own key.
    """

    key: str
    name: str
    send: Send = _send_nothing
    proof: Proof | None = None
    refusal: Check | None = None
    needless: Proof | None = None
    as_of: Callable[[PrinterState], Command] | None = None
    begun: Proof | None = None
    failure: Check | None = None
    unconfirmed: Callable[[str], FlashForgeError] = NotConfirmedError
    deadline: float = CONFIRM_DEADLINE
    resend: Send | None = None
    resend_after: float = RESEND_AFTER
    afterwards: Callable[[Printer, PrinterState], Awaitable[None]] | None = None
    keeps_trying: bool = False
    excludes: type[FlashForgeError] | None = None
    queues: bool = False

    def shown_by(self, state: PrinterState) -> bool:
        """Return whether a state is the proof."""
        return self.proof is not None and self.proof(state)

    def needless_in(self, state: PrinterState) -> bool:
        """Return whether a state shows that there is nothing to do."""
        return self.needless(state) if self.needless else self.shown_by(state)

    def failed_by(self, state: PrinterState) -> FlashForgeError | None:
        """Return the error that a state shows, None when there is none."""
        return self.failure(state) if self.failure else None
