"""What can happen in a day to a printer whose only port is the line port."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import override

from simulator import LINES, Fault

from .lives import Life

_STARTS = frozenset({"M28", "M23"})
"""The lines that begin an upload and a print."""

_FAULTS = (
    Fault.REFUSE,
    Fault.HANG,
    Fault.DELAY,
    Fault.CUT,
    Fault.GARBAGE,
    Fault.TRUNCATED,
    Fault.HTML,
    Fault.EMPTY,
    Fault.FLOOD,
)

_PIECE = 7
"""Bytes of a reply that come at a time."""


_STRIDE = 1.0
"""A printer that receives a file gives up after some seconds without any of it."""


class OlderLife(Life):
    """The life of an older printer."""

    @property
    @override
    def stride(self) -> float:
        return _STRIDE if self._calls else super().stride

    @override
    async def mend(self) -> None:
        printer = self.printer
        if printer.controlled:
            # Whoever holds it is somebody else's program, which ends with the power.
            await printer.power_off()
        printer.quirks = replace(printer.quirks, line_babbles=False, line_pieces=None)
        await super().mend()

    @override
    def count(self) -> None:
        codes = (line.partition(" ")[0] for line in self.printer.lines)
        self.starts += sum(code in _STARTS for code in codes)
        self.printer.lines.clear()
        self.printer.requests.clear()

    @override
    def _requests(self, *, print_now: bool = False, **_: object) -> int:
        return 1 + print_now

    @property
    @override
    def _own_mishaps(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        return (self._other_program, self._babble, self._pieces)

    @override
    async def _fault(self) -> None:
        fault = self._random.choice(_FAULTS)
        seconds = 20 if fault is Fault.DELAY else None
        self.printer.faults.add(fault, path=LINES, seconds=seconds)

    async def _other_program(self) -> None:
        self.printer.seize_control()

    async def _babble(self) -> None:
        printer = self.printer
        printer.quirks = replace(printer.quirks, line_babbles=True)

    async def _pieces(self) -> None:
        printer = self.printer
        printer.quirks = replace(printer.quirks, line_pieces=_PIECE)
