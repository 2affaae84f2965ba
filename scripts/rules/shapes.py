"""The shape of a JSON file, written as data, and its check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
import re
import string

from .repository import Json, Problem

KEY = re.compile(r"(?!.*[_-]{2})(?![_-])[a-z0-9_-]+(?<![_-])")
"""A translation key as hassfest accepts it (docs/packaging.md §4)."""

ANY = "*"
"""The key that stands for every other key of its object."""

_HTML = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
_URL = re.compile(r"(\w+://|www\.)\w", re.IGNORECASE)
_QUOTED_PLACEHOLDER = re.compile(r"'\{\w+\}'")
_REFERENCE = re.compile(r"\[%key:")


@dataclass(frozen=True, slots=True)
class Text:
    """A text for people; ``placeholders`` is whether it may have some."""

    placeholders: bool = True


@dataclass(frozen=True, slots=True)
class Icon:
    """The name of a Material Design icon."""


type Shape = Text | Icon | Mapping[str, Shape]
"""Keys that end in ``!`` are required."""


def problems(value: Json, shape: Shape, file: str, *path: str) -> Iterator[Problem]:
    """Return the places where a value differs from its shape."""
    where = f"{file} {'.'.join(path)}".strip()
    match shape:
        case Text(placeholders):
            yield from (Problem(where, what) for what in _text(value, placeholders))
        case Icon():
            if not isinstance(value, str) or not re.fullmatch(r"mdi:[a-z0-9-]+", value):
                yield Problem(where, f"{value!r} is not an icon named mdi:…")
        case _:
            yield from _object(value, shape, file, path, where)


def _object(
    value: Json,
    shape: Mapping[str, Shape],
    file: str,
    path: tuple[str, ...],
    where: str,
) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem(where, "has to be an object")
        return
    below = {key.rstrip("!"): kind for key, kind in shape.items()}
    for key in (key.rstrip("!") for key in shape if key.endswith("!")):
        if key not in value:
            yield Problem(where, f"lacks {key!r}")
    for key, item in value.items():
        if (kind := below.get(key, below.get(ANY))) is None:
            yield Problem(where, f"{key!r} is not a key that belongs here")
            continue
        if key not in below and not KEY.fullmatch(key):
            yield Problem(where, f"{key!r} is not a valid key: a-z, 0-9, single _ or -")
        yield from problems(item, kind, file, *path, key)


def _text(value: Json, placeholders_allowed: bool) -> Iterator[str]:
    if not isinstance(value, str):
        yield "has to be a text"
        return
    if not value:
        yield "is empty"
    if value != value.strip():
        yield "starts or ends with a blank"
    if _HTML.search(value):
        yield "contains HTML"
    if _URL.search(value):
        yield "contains a URL; hand it over as a placeholder"
    if _QUOTED_PLACEHOLDER.search(value):
        yield "has a placeholder in single quotes"
    if _REFERENCE.search(value):
        yield "refers to another key, which custom integrations cannot do"
    try:
        names = placeholders(value)
    except ValueError as error:
        yield f"has broken braces: {error}"
        return
    if names and not placeholders_allowed:
        yield "cannot have placeholders"
    for name in sorted(names):
        if not name.isidentifier():
            yield f"the placeholder {{{name}}} is not an identifier"


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces. Raises ValueError when the braces do not match."""
    return frozenset(
        name for _, name, _, _ in string.Formatter().parse(text) if name is not None
    )
