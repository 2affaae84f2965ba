"""Rules for spelling: American, in names, texts, comments and pages."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
import re

from .repository import Problem, Repository

ENDINGS = (".py", ".md", ".json", ".yaml", ".yml", ".toml", ".mjs", ".sh", "")
"""Suffixes of files that people write; scripts have none."""

THEIRS = ("tests/fixtures", "tests/snapshots", "LICENSE")
"""Files that others wrote."""

LISTS = ("spelling.py", "test_spelling.py")
"""Files that list wrong words."""

OTHERS = re.compile(
    r'["`][\w.]*(?i:cancell)(?i:ed|ing)[\w.]*["`]'  # a printer's status, a sample's name
    r'|"(light )?grey"'  # what a person may write
    r"|\.cancelled\(\)"  # asyncio's name
    r"|(filament|extruder)_colour"  # what slicers write into files
)
"""Words in our code that others spell."""

BRITISH: Mapping[str, str] = {
    r"aluminium": "aluminum",
    r"analys(e|ed|es|ing)": "analyze",
    r"artefacts?": "artifact",
    r"burnt": "burned",
    r"cancell(ed|ing|er)": "canceled, canceling",
    r"catalogues?": "catalog",
    r"centr(e|es|ed)": "center",
    r"channell(ed|ing)": "channeled, channeling",
    r"colour(s|ed|ing|ful|less)?": "color",
    r"(behavi|fav|flav|hon|harb|lab|neighb|rum|vap)our\w*": "-or",
    r"defence|offence|licence|pretence": "-ense",
    r"dialling|dialled": "dialing, dialed",
    r"fibres?": "fiber",
    r"fulfil|fulfils": "fulfill",
    r"grey(s|ed|ish)?": "gray",
    r"judgement": "judgment",
    r"labell(ed|ing)": "labeled, labeling",
    r"learnt": "learned",
    r"levell(ed|ing)": "leveled, leveling",
    r"(kilo|centi|milli|micro)?(metre|litre)s?": "meter, liter",
    r"modell(ed|ing)": "modeled, modeling",
    r"mould(s|ed|ing)?": "mold",
    r"programmes?": "program",
    r"signall(ed|ing)": "signaled, signaling",
    r"spelt": "spelled",
    r"travell(ed|ing|er)": "traveled, traveling",
    r"tyres?": "tire",
    r"whilst": "while",
    r"(apolog|author|capital|categor|custom|emphas|final|general|initial|maxim|minim"
    r"|normal|optim|organ|real|recogn|serial|special|stabil|summar|synchron|util|visual)"
    r"is(e|ed|es|ing|ation|ations)": "-ize",
}
"""Wrong words, and what to write instead."""

_WORD = re.compile(r"[A-Za-z]+")


def check(repository: Repository) -> Iterator[Problem]:
    """Check every file that was written here."""
    for path in repository.files("*"):
        name = repository.relative(path)
        if (
            path.is_file()
            and path.suffix in ENDINGS
            and path.name not in LISTS
            and not name.startswith(THEIRS)
        ):
            yield from _wrong(name, path)


def _wrong(name: str, path: Path) -> Iterator[Problem]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    if path.suffix in {".py", ".md"}:
        text = OTHERS.sub(" ", text)
    for found in _WORD.finditer(text):
        if right := _american(found[0]):
            line = text.count("\n", 0, found.start()) + 1
            yield Problem(f"{name}:{line}", f"{found[0]!r} is British: {right}")


@cache
def _american(word: str) -> str | None:
    """Return what to write instead of a word, None when it is right."""
    for wrong, right in BRITISH.items():
        if re.fullmatch(wrong, word, re.IGNORECASE):
            return right
    return None
