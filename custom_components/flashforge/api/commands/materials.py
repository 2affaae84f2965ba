"""Names of materials: which names of people, slicers and printers mean the same.

They are used to match a file with the loaded spools and to label a spool.
"""

from itertools import chain
import re

_LONGEST = 60
# Characters of a name that are read.

_GAPS = str.maketrans(dict.fromkeys("+_/,()", " "))

_LOOK_WORDS = """
    SILK SILKY MATTE MATT MATE MAT HYPER HS HF HIGH SPEED FAST RAPID BASIC PLUS PRO
    ULTRA TOUGH GLOSS GLOSSY SHINY METAL METALLIC MARBLE GALAXY GLITTER SPARKLE
    RAINBOW DUAL TRI BI COLOR MULTICOLOR TRANSLUCENT TRANSPARENT GLOW LUMINOUS ECO
    GENERIC NORMAL STANDARD
"""

_LOOKS = frozenset(_LOOK_WORDS.split())
"""Words about looks, grade or speed, which do not change the material."""

_SAME = {"SILK": "PLA", "SILKY": "PLA"}
"""The material of a word without another: ``SILK`` on printers is shiny PLA."""

_POLYMER_WORDS = """
    PLA ABS PETG PET PCTG ASA TPU TPE TPC PC PA PA6 PA11 PA12 PA66 PAHT PPA PPS PP
    PE PVA PVB HIPS PS POM PMMA EVA PHA PEEK PEKK PEI BVOH NYLON
"""

_POLYMERS = frozenset(_POLYMER_WORDS.split())
"""Materials, in any place of a name, as in ``Matte PLA``."""

_OTHER_USES = frozenset({"SUPPORT", "BREAKAWAY"})
"""Words for other uses: a support for PLA is not PLA."""

_FILLER = re.compile(r"[CG]F\d{0,2}|\d{2}[AD]", re.ASCII)
_HARDNESS = re.compile(r"\d{2}[AD]", re.ASCII)


def _words(material: str) -> list[list[str]]:
    """Return the words of a name, each in its parts between hyphens."""
    words = material[:_LONGEST].upper().translate(_GAPS).split()
    return [[part for part in word.split("-") if part] for word in words]


def substance(material: str) -> tuple[str, str | None]:
    """Return what a material is made of, and its hardness if the name contains it.

    ``HS PLA``, ``PLA-SILK``, ``Matte PLA``, ``PLA+`` and ``SILK`` are PLA; ``PLA-CF`` and
    ``PLA CF`` are not. ``TPU-95A`` is TPU with a hardness.
    """
    words = _words(material)
    plain = [[part for part in word if part not in _LOOKS] for word in words]
    plain = [word for word in plain if word]
    if not plain:
        alone = [_SAME[part] for word in words for part in word if part in _SAME]
        return (alone[0] if alone else " ".join("-".join(each) for each in words), None)
    if any(part in _OTHER_USES for word in plain for part in word):
        return " ".join("-".join(word) for word in plain), None
    first = next((at for at, word in enumerate(plain) if word[0] in _POLYMERS), 0)
    parts = [*plain[first]]
    parts += [
        word[0]
        for at, word in enumerate(plain)
        if at != first and len(word) == 1 and _FILLER.fullmatch(word[0])
    ]
    hardness = next((part for part in parts[1:] if _HARDNESS.fullmatch(part)), None)
    base = "-".join(part for part in parts if part != hardness)
    return base, hardness


def same_material(first: str, second: str) -> bool:
    """Return whether a print for one material may be printed with the other.

    Case, blanks and words about looks do not matter; a fiber makes another material.
    Two hardnesses differ, but a name without one matches all, because slicers write
    ``TPU`` for what a Creator 5 calls ``TPU-95A``.
    """
    (one, hardness), (other, other_hardness) = substance(first), substance(second)
    return one == other and (
        hardness == other_hardness or None in {hardness, other_hardness}
    )


def same_name(first: str, second: str) -> bool:
    """Return whether two names have the same words, in any order."""
    one, other = (sorted(chain(*_words(name))) for name in (first, second))
    return one == other


def same_look(first: str, second: str) -> bool:
    """Return whether both names, or neither, mean silk."""
    silky = [
        any(part in _SAME for word in _words(name) for part in word)
        for name in (first, second)
    ]
    return silky[0] is silky[1]


def material_named(said: str, materials: tuple[str, ...]) -> str | None:
    """Return which of ``materials`` a person means, None when there is no such one.

    The same words count first, in any order, then the same substance. A hardness that the
    printer does not offer is another material.
    """
    if not said.strip():
        return None
    named = (name for name in materials if same_name(said, name))
    meant = (name for name in materials if substance(said) == substance(name))
    return next(chain(named, meant), None)
