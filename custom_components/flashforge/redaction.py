"""Plain data without private values, and limited in size.

The answer of a printer can have any depth and size, and so can an edited store file.
"""

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import AddressValueError, IPv6Address
from itertools import islice
import re
from typing import Final

from homeassistant.components.diagnostics import REDACTED

DEEPEST: Final = 12
"""Maximum number of levels of a value; the answer of a printer has four."""

MOST_ITEMS: Final = 200
"""Maximum number of items of an object or a list; the answer of a printer has seventy."""

MOST_VALUES: Final = 10_000
"""Maximum number of values in all."""

LONGEST_TEXT: Final = 255
"""Maximum length of a text."""

MORE: Final = "…"
"""Replaces what was left out."""

_CERTAIN: Final = 6
"""Minimum length of a private value that is also replaced inside of words."""

_ADDRESSES = (
    r"(?:(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,31})?://\S*",
    r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)",
    r"(?<![0-9a-f])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![0-9a-f:])",
)
"""A URL, an IPv4 address or a MAC address of any device."""

_IPV6 = re.compile(
    r"(?<![0-9a-f:])(?:[0-9a-f]{0,4}:){2,7}"
    r"(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4})(?![0-9a-f:])",
    re.IGNORECASE,
)
"""A possible IPv6 address; a time of day looks similar, so each match is parsed."""


class Redactor:
    """Removes private values and addresses from plain data, and limits the rest."""

    def __init__(self, private: Iterable[str | None]) -> None:
        """Store the private values; a short one is replaced only as a whole word."""
        words = sorted({word for word in private if word}, key=len, reverse=True)
        parts = [
            re.escape(word)
            if len(word) >= _CERTAIN
            else rf"(?<!\w){re.escape(word)}(?!\w)"
            for word in words
        ]
        self._private = re.compile("|".join([*parts, *_ADDRESSES]), re.IGNORECASE)
        self._left = MOST_VALUES

    def text(self, text: str) -> str:
        """Return a text without private values, limited in length."""
        return cut(_IPV6.sub(_hide, self._private.sub(REDACTED, text)))

    def data(self, value: object, depth: int = 0) -> object:
        """Return plain data without private values, in keys as well, limited in size."""
        self._left -= 1
        if self._left < 0:
            return MORE
        match value:
            case str():
                return self.text(value)
            case Mapping() | list() | tuple() if depth >= DEEPEST:
                return MORE
            case Mapping():
                return {
                    self.text(str(key)): self.data(item, depth + 1)
                    for key, item in first(value.items())
                } | _rest(len(value))
            case list() | tuple():
                items = [self.data(item, depth + 1) for item in first(value)]
                return [*items, *_rest(len(value)).values()]
            case _:
                return value


def cut(text: str) -> str:
    """Return the beginning of a text."""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}{MORE}"


def first[T](items: Iterable[T]) -> Iterator[T]:
    """Yield items up to the limit."""
    return islice(items, MOST_ITEMS)


def shape(value: object, depth: int = 0) -> object:
    """Return the shape of JSON: its keys and types, without values.

    A list becomes a list of the different shapes of its items.
    """
    match value:
        case Mapping() | list() if depth >= DEEPEST:
            return MORE
        case Mapping():
            return {key: shape(item, depth + 1) for key, item in first(value.items())}
        case list():
            shapes: list[object] = []
            for item in first(shape(each, depth + 1) for each in value):
                if item not in shapes:
                    shapes.append(item)
            return shapes
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case _:
            return "string"


def _rest(number: int) -> dict[str, str]:
    return {MORE: f"{number - MOST_ITEMS} more"} if number > MOST_ITEMS else {}


def _hide(found: re.Match[str]) -> str:
    try:
        IPv6Address(found[0])
    except AddressValueError:
        return found[0]
    return REDACTED
