"""Long texts in slices, so that reading one never holds the interpreter for long.

Python lets other threads in between two steps of a program, not inside of one step: to
split a megabyte into its lines, or to search it, is one step of many milliseconds, in
which Home Assistant's event loop stands still although the reader is in a thread.
"""

import codecs
from collections.abc import Iterable, Iterator
import time

SLICE = 16 * 1024
"""Bytes, or characters, that are worked on in one step."""

LONGEST_LINE = 2000
"""Characters of a line that are kept: a longer one is a macro or a piece of a picture."""


def give_way() -> None:
    """Let other threads run, if any wants to."""
    time.sleep(0)


def slices[T: (str, bytes)](data: T, size: int = SLICE) -> Iterator[T]:
    """Return a long text piece by piece, and give way after each piece."""
    for at in range(0, len(data), size):
        yield data[at : at + size]
        give_way()


def decoded(data: bytes) -> Iterator[str]:
    """Return UTF-8 as text piece by piece; what is none becomes question marks."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for piece in slices(data):
        yield decoder.decode(piece)
    yield decoder.decode(b"", True)


def lines(pieces: Iterable[str]) -> Iterator[str]:
    """Return the lines of a text that comes in pieces, each cut to ``LONGEST_LINE``."""
    rest = ""
    for piece in pieces:
        first, *others = piece.split("\n")
        rest = f"{rest}{first}"[:LONGEST_LINE]
        if others:
            yield rest
            *whole, rest = others
            yield from (line[:LONGEST_LINE] for line in whole)
            rest = rest[:LONGEST_LINE]
    yield rest
