"""Makes foreign texts safe for the sentences that people read.

Dialogs and repairs show their texts as markdown, in which a name could be a link, a
picture from the internet or a false warning. Every text for a placeholder passes through
here. Ordinary names do not change, because some sentences are shown as plain text.
"""

from collections.abc import Mapping
import re

from .api.texts import LONGEST, one_line

MOST_LINES = 100
LONGEST_LINE = 1000
"""Limits of a list in a text."""

_HTML = str.maketrans({"<": "&lt;", ">": "&gt;"})

_MARKS = re.compile(
    r"""
    [\\`*~|\[\]{}@]            # marks in any place
    | (?<!\w) _+               # underscores at the edge of a word
    | _++ (?!\w)
    | (?<=\]) \(               # the target of a link
    | : (?= //)                # addresses, which become links
    | \A [-+=#]                # the begin of a heading, a list or a rule
    | (?<=\A\d) [.)] (?=\s) | (?<=\A\d\d) [.)] (?=\s)
    """,
    re.VERBOSE,
)
_WWW = re.compile(r"(www)\.", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")


def plain(text: str, longest: int = LONGEST) -> str:
    """Return a text on one line, cut, that markdown and HTML show unchanged."""
    line = _ENTITY.sub("&amp;", one_line(text, longest)).translate(_HTML)
    return _WWW.sub(r"\1\\.", _MARKS.sub(_escaped, line))


def plain_texts(texts: Mapping[str, object]) -> dict[str, str]:
    """Return texts for placeholders, all made safe; a list becomes one of markdown."""
    return {
        name: _listed(text) if isinstance(text, list) else plain(str(text))
        for name, text in texts.items()
    }


def _listed(lines: list[str]) -> str:
    shown = [f"- {plain(each, LONGEST_LINE)}" for each in lines[:MOST_LINES]]
    more = [f"- … (+{len(lines) - MOST_LINES})"] if len(lines) > MOST_LINES else []
    return "\n".join([*shown, *more]) or "–"


def _escaped(mark: re.Match[str]) -> str:
    return "".join(f"\\{char}" for char in mark[0])
