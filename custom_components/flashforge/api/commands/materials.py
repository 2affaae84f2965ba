"""The names of materials: what people, slicers and printers call one and the same.

One vocabulary for matching a file with what is loaded, for labeling a spool and for
what a printer reports.
"""

from itertools import chain
import re

_LONGEST = 60
# A longer name is none.

_GAPS = str.maketrans(dict.fromkeys("+_/,()", " "))

_LOOK_WORDS = """
    SILK SILKY MATTE MATT MATE MAT HYPER HS HF HIGH SPEED FAST RAPID BASIC PLUS PRO
    ULTRA TOUGH GLOSS GLOSSY SHINY METAL METALLIC MARBLE GALAXY GLITTER SPARKLE
    RAINBOW DUAL TRI BI COLOR MULTICOLOR TRANSLUCENT TRANSPARENT GLOW LUMINOUS ECO
    GENERIC NORMAL STANDARD
"""

_LOOKS = frozenset(_LOOK_WORDS.split())
"""Words about looks, grade or speed: they make no other material."""

_SAME = {"SILK": "PLA", "SILKY": "PLA"}
"""What a word means that stands alone: the printers' own ``SILK`` is PLA that shines."""

_POLYMER_WORDS = """
    PLA ABS PETG PET PCTG ASA TPU TPE TPC PC PA PA6 PA11 PA12 PA66 PAHT PPA PPS PP
    PE PVA PVB HIPS PS POM PMMA EVA PHA PEEK PEKK PEI BVOH NYLON
"""

_POLYMERS = frozenset(_POLYMER_WORDS.split())
"""What a name is about wherever it stands in it, as in ``Matte PLA``."""

_OTHER_USES = frozenset({"SUPPORT", "BREAKAWAY"})
"""A support for PLA is no PLA."""

_FILLER = re.compile(r"[CG]F\d{0,2}|\d{2}[AD]", re.ASCII)
_HARDNESS = re.compile(r"\d{2}[AD]", re.ASCII)


def _words(material: str) -> list[list[str]]:
    """Return the words of a name, each in its parts between hyphens."""
    words = material[:_LONGEST].upper().translate(_GAPS).split()
    return [[part for part in word.split("-") if part] for word in words]


def substance(material: str) -> tuple[str, str | None]:
    """Return what a material is made of, and its hardness if its name says it.

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
    Two hardnesses differ, but a name without one stands for all, because slicers say
    ``TPU`` where a Creator 5 says ``TPU-95A``.
    """
    (one, hardness), (other, other_hardness) = substance(first), substance(second)
    return one == other and (
        hardness == other_hardness or None in {hardness, other_hardness}
    )


def same_name(first: str, second: str) -> bool:
    """Return whether two names say the very same, whatever stands between the words."""
    one, other = (sorted(chain(*_words(name))) for name in (first, second))
    return one == other


def same_look(first: str, second: str) -> bool:
    """Return whether both names, or neither, are about silk, the one look with a name."""
    silky = [
        any(part in _SAME for word in _words(name) for part in word)
        for name in (first, second)
    ]
    return silky[0] is silky[1]


def material_named(said: str, materials: tuple[str, ...]) -> str | None:
    """Return the one of ``materials`` that a person means, None when it is none.

    The very words count first, in any order, then the same substance. A hardness that the
    printer has no name for is another material to it.
    """
    if not said.strip():
        return None
    named = (name for name in materials if same_name(said, name))
    meant = (name for name in materials if substance(said) == substance(name))
    return next(chain(named, meant), None)
