"""The printers that answered a scan, each once (docs/protocol/discovery.md §4)."""

from collections import Counter
from dataclasses import dataclass, fields

from .packet import DiscoveredPrinter

MAX_HOSTS = 1024
"""Hosts whose answers a scan reads."""

MAX_ANSWERS = 512
"""Answers from one host that a scan reads: a printer sends one to each request."""

MAX_RIVALS = 8
"""Addresses besides the first that a scan names for one serial at most."""

MAX_PRINTERS = 256
"""Printers that one scan names at most: anybody can send made-up answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestedPrinter(DiscoveredPrinter):
    """A printer whose serial number was also sent from other addresses, the ``rivals``."""

    rivals: tuple[DiscoveredPrinter, ...]


def rivals(printer: DiscoveredPrinter) -> tuple[DiscoveredPrinter, ...]:
    """Return the other answers with the serial number of a printer."""
    return printer.rivals if isinstance(printer, ContestedPrinter) else ()


class Findings:
    """The printers that answered so far, each once (docs/protocol/discovery.md §4)."""

    def __init__(self) -> None:
        """Begin with none."""
        self.printers: list[DiscoveredPrinter] = []
        self._answers: Counter[str] = Counter()

    def hears(self, host: str) -> bool:
        """Return whether to read another answer from a host."""
        if host not in self._answers and len(self._answers) >= MAX_HOSTS:
            return False
        self._answers[host] += 1
        return self._answers[host] <= MAX_ANSWERS

    def add(self, printer: DiscoveredPrinter) -> None:
        """Keep a printer unless it is known as well already."""
        known = [other for other in self.printers if _is_same(other, printer)]
        if any(_rank(other) >= _rank(printer) for other in known):
            for other in known:
                self._note_rival(other, printer)
            return
        if not known and len(self.printers) >= MAX_PRINTERS:
            return
        self.printers = [other for other in self.printers if other not in known]
        self.printers.append(printer)

    def _note_rival(self, known: DiscoveredPrinter, printer: DiscoveredPrinter) -> None:
        """Keep other addresses from which a known serial number was sent."""
        others = rivals(known)
        if (
            known.serial is None
            or known.serial != printer.serial
            or printer.host in {known.host, *(each.host for each in others)}
            or len(others) >= MAX_RIVALS
        ):
            return
        told = {each.name: getattr(known, each.name) for each in fields(printer)}
        place = self.printers.index(known)
        self.printers[place] = ContestedPrinter(**told, rivals=(*others, printer))


def _rank(printer: DiscoveredPrinter) -> tuple[bool, bool]:
    """Return how much an answer contains."""
    return printer.is_modern, printer.serial is not None


def _is_same(one: DiscoveredPrinter, other: DiscoveredPrinter) -> bool:
    if one.host == other.host and one.is_modern != other.is_modern:
        return True
    if one.serial and other.serial:
        return one.serial == other.serial
    return (one.host, one.command_port) == (other.host, other.command_port)
