"""Texts from a printer, a file or the network, made safe to pass on.

Whoever shares the network can put anything into a name. ``one_line`` is for all that is
kept or logged; ``get_logger`` gives the loggers that see to that by themselves.
"""

import logging
from typing import override

LONGEST = 255
"""Characters of a foreign text that are worth showing."""

_CUT = "…"


def one_line(text: str, longest: int = LONGEST) -> str:
    """Return a text on one line, without anything that cannot be printed, and cut.

    Blanks of any kind become spaces, so that words stay apart. What turns the direction
    of writing or takes no room goes as well: it makes one name look like another.
    """
    # What is dropped may not make the rest expensive either.
    text = text[: 4 * longest]
    if not text.isprintable():
        text = "".join(
            char if char.isprintable() else " "
            for char in text
            if char.isprintable() or char.isspace()
        )
    text = text.strip()
    return text if len(text) <= longest else text[: longest - 1] + _CUT


class _OneLine(logging.Filter):
    """Keeps whoever is quoted in a log from writing lines of their own."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Clean what fills the message; every record passes."""
        if isinstance(record.args, tuple):
            record.args = tuple(map(_loggable, record.args))
        return True


def _loggable(value: object) -> object:
    """Return what is logged for a value; numbers stay numbers for ``%d``."""
    return (
        one_line(value if isinstance(value, str) else str(value))
        if (isinstance(value, str | BaseException))
        else value
    )


_ONE_LINE = _OneLine()


def get_logger(name: str) -> logging.Logger:
    """Return a logger whose messages are one line each, whatever they quote.

    A filter works only for the logger it was given to, so this has to make all of ours.
    """
    logger = logging.getLogger(name)
    logger.addFilter(_ONE_LINE)
    return logger
