"""The known error codes, whose texts are translations (docs/protocol/detail.md §6)."""

from collections.abc import Mapping
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

VARIANTS: tuple[tuple[Feature, Mapping[str, str]], ...] = (
    (
        Feature.TOOL_CHANGER,
        {
            "E0012": "e0012_tool_changer",
            "E0014": "e0014_tool_changer",
            "E0015": "e0015_tool_changer",
            "E0016": "e0016_tool_changer",
            "E0018": "e0018_tool_changer",
        },
    ),
    (Feature.CLEAR_ERROR, {"E0029": "e0029_clearable"}),
)
"""Codes whose texts differ on models with a feature, and the keys of these texts.

The first five mean something else on a Creator 5 than on the Adventurer 5 family.
"""

_PLAIN_CODE = re.compile(r"(E\d{4})\D.*", re.ASCII | re.IGNORECASE)

ERROR_KEYS = tuple(
    sorted(
        {code.lower() for code in KNOWN_CODES}.union(
            *(keys.values() for _, keys in VARIANTS)
        )
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
    return next(
        (
            keys[code]
            for feature, keys in VARIANTS
            if code in keys and feature in model.features
        ),
        code.lower(),
    )
