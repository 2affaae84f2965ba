"""The known error codes, whose texts are translations (docs/protocol/detail.md §6)."""

import re

from .model import Feature, Model


def _codes(*spans: tuple[int, int]) -> tuple[str, ...]:
    """Return the codes of these inclusive spans."""
    return tuple(
        f"E{number:04d}" for first, last in spans for number in range(first, last + 1)
    )


KNOWN_CODES = _codes(
    (1, 22),
    (28, 29),
    (41, 43),
    (46, 48),
    (75, 80),
    (83, 83),
    (88, 89),
    (100, 144),
    (146, 159),
    (163, 163),
)
"""Every code whose meaning is known."""

_TOOL_CHANGER_MEANINGS = frozenset({"E0012", "E0014", "E0015", "E0016", "E0018"})
"""Codes with another meaning on a Creator 5 than on the Adventurer 5 family."""

_TOOL_CHANGER_SUFFIX = "_tool_changer"

_PLAIN_CODE = re.compile(r"(E\d{4})\D.*", re.ASCII | re.IGNORECASE)

ERROR_KEYS = tuple(
    sorted(
        {code.lower() for code in KNOWN_CODES}
        | {f"{code.lower()}{_TOOL_CHANGER_SUFFIX}" for code in _TOOL_CHANGER_MEANINGS}
    )
)
"""The keys of the texts of all known codes."""


def error_key(code: str, model: Model) -> str | None:
    """Return the key of the text of a code on a model, None for an unknown code.

    A code with a suffix (``E0004.1``) has the meaning of the code before it.
    """
    if match := _PLAIN_CODE.fullmatch(code):
        code = match[1].upper()
    if code not in KNOWN_CODES:
        return None
    if code in _TOOL_CHANGER_MEANINGS and Feature.TOOL_CHANGER in model.features:
        return f"{code.lower()}{_TOOL_CHANGER_SUFFIX}"
    return code.lower()
