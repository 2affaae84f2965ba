"""Texts from a printer, a file or the network, made safe to pass on.

Anybody in the network can put anything into a name. ``one_line`` is for all texts that
are stored or logged; loggers from ``get_logger`` use it automatically.
"""

import logging
from typing import override

LONGEST = 255
"""Characters of a foreign text that are shown."""

_CUT = "…"


def one_line(text: str, longest: int = LONGEST) -> str:
    """Return a text on one line, without unprintable characters, cut to ``longest``.

    Blanks of any kind become spaces. Characters that change the writing direction or have
    no width are removed, because they make one name look like another.
    """
    # The rest of a very long text is never read.
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
    """Keeps quoted texts in a log message on its line."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the arguments of the message; every record passes."""
        if isinstance(record.args, tuple):
            record.args = tuple(map(_loggable, record.args))
        return True


def _loggable(value: object) -> object:
    """Return the logged form of a value; numbers stay numbers for ``%d``."""
    return (
        one_line(value if isinstance(value, str) else str(value))
        if (isinstance(value, str | BaseException))
        else value
    )


_ONE_LINE = _OneLine()


def get_logger(name: str) -> logging.Logger:
    """Return a logger whose messages are one line each.

    A filter works only for its own logger, so all our loggers come from here.
    """
    logger = logging.getLogger(name)
    logger.addFilter(_ONE_LINE)
    return logger
