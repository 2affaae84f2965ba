"""Foreign texts in the sentences that people read: the one place that makes them safe.

Dialogs and repairs render their texts as markdown, in which a name could be a link, a
picture from somewhere else or a warning of its own. Everything that fills a placeholder
comes through here. Ordinary names stay as they are, because some of the sentences are
shown as plain text.
"""

from collections.abc import Mapping
import re

from .api.texts import LONGEST, one_line

_HTML = str.maketrans({"<": "&lt;", ">": "&gt;"})

_MARKS = re.compile(
    r"""
    [\\`*~|\[\]{}@]            # marks wherever they stand
    | (?<!\w) _+               # underscores at the edge of a word; inside they are text
    | _++ (?!\w)
    | (?<=\]) \(               # the target of a link
    | : (?= //)                # addresses become links without any mark
    | \A [-+=#]                # what makes a line a heading, a list or a rule
    | (?<=\A\d) [.)] (?=\s) | (?<=\A\d\d) [.)] (?=\s)
    """,
    re.VERBOSE,
)
_WWW = re.compile(r"(www)\.", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")


def plain(text: str, longest: int = LONGEST) -> str:
    """Return a text that markdown and HTML show as it is, on one line, and cut."""
    line = _ENTITY.sub("&amp;", one_line(text, longest)).translate(_HTML)
    return _WWW.sub(r"\1\\.", _MARKS.sub(_escaped, line))


def plain_texts(texts: Mapping[str, object]) -> dict[str, str]:
    """Return what fills placeholders, each of them made plain."""
    return {name: plain(str(text)) for name, text in texts.items()}


def _escaped(mark: re.Match[str]) -> str:
    return "".join(f"\\{char}" for char in mark[0])
