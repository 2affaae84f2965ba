"""Names under which files are stored on a printer (docs/protocol/http.md §7, file names).

A printer takes only the letters of English, so other names are written in them. Where
another name could be written the same way, a mark that is made of the whole name tells
them apart: ``杯子`` becomes ``BeiZi_`` and eight digits, ``Крышка`` just ``Kryshka``.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from hashlib import sha256
import re
from typing import NewType
import unicodedata

from slugify import slugify

from ..errors import FileNameError, FileTypeError, StartTypeError
from ..models.model import Model
from ..models.start_forms import FILE_TYPES

StoredName = NewType("StoredName", str)
"""A name under which a printer stores a file as it is; ``stored_name`` makes it."""

LONGEST = 100
"""Characters that a name may have where nothing else is known."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_DOT_BEFORE_DOT = re.compile(r"\.(?=\.)")
_SEPARATORS = frozenset("/\\")
_MOST_SUFFIXES = 2
# As in ``part.gcode.3mf``.
_MARK_LENGTH = 8


def _latin(letter: str) -> str:
    """Return how a character is written in English letters, empty when it is not."""
    return slugify(
        letter,
        entities=False,
        decimal=False,
        hexadecimal=False,
        lowercase=False,
        separator="_",
        # The other tables that it could find installed write some letters otherwise.
        backend="text-unidecode",
    )


@lru_cache(4096)
def _written(letter: str) -> str:
    """Return what stands in a safe name for a character that is not ASCII."""
    if unicodedata.combining(letter):
        return ""
    return _latin(letter) or "_"


class _Alphabet:
    """The letters of a script, as far as no two of them are written the same way."""

    def __init__(self, letters: Iterable[int]) -> None:
        found: dict[str, str] = {}
        for letter in map(chr, letters):
            if latin := _latin(letter):
                found.setdefault(latin, letter)
        self._letters: Mapping[str, str] = found
        longest_first = sorted(found, key=len, reverse=True)
        self._latin = re.compile("|".join(longest_first))

    def is_read_back(self, word: str) -> bool:
        """Return whether a word can be told from the way it is written.

        No two such words are written the same way: each is what reading that gives.
        """
        written = "".join(map(_written, word))
        return self._latin.sub(lambda part: self._letters[part[0]], written) == word


@cache
def _alphabets() -> tuple[_Alphabet, ...]:
    """Return the alphabets: Greek and Cyrillic.

    The table of letters behind them takes some megabytes, so it is loaded for the first
    name that needs it.
    """
    return _Alphabet(range(0x391, 0x3CA)), _Alphabet(range(0x410, 0x450))


def _is_accent_or_mark(character: str) -> bool:
    """Return whether a character may become a plain letter or ``_`` without a trace.

    People expect ``Café`` to become ``Cafe``, as ``a b`` becomes ``a_b``.
    """
    return unicodedata.category(character)[0] in "PZM" or unicodedata.name(
        character, ""
    ).startswith("LATIN ")


def _is_ambiguous(stem: str) -> bool:
    """Return whether a name of another meaning could be written the same way."""
    return any(
        not all(map(_is_accent_or_mark, word))
        and not any(alphabet.is_read_back(word) for alphabet in _alphabets())
        for word in _FOREIGN.findall(stem)
    )


def _split(name: str) -> tuple[str, str]:
    """Return a name as its stem and its suffix, which may be a double one."""
    end = len(name)
    for _ in range(_MOST_SUFFIXES):
        stem = name[:end].lower()
        end -= next((len(each) for each in FILE_TYPES if stem.endswith(each)), 0)
    return name[:end], name[end:]


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}


def safe_name(name: str, longest: int = LONGEST) -> str:
    """Return a name that a printer can store a file under, as like as possible.

    Letters are written in English ones, everything else outside ``A-Z a-z 0-9 . _ -``
    becomes ``_``, the suffix becomes lower case, and what is too long loses the end of
    its stem. Where that loses what tells names apart, the stem ends with a mark of the
    whole name, always the same one. A safe name stays as it is. Raises
    ``FileNameError`` for what is no name of a file: nothing before the suffix, a path,
    or control characters.
    """
    if any(each in _SEPARATORS or _is_control(each) for each in name):
        raise FileNameError("a path, or control characters")
    name = unicodedata.normalize("NFC", name.strip())
    plain = unicodedata.normalize("NFKC", name)
    latin = _NOT_ASCII.sub(lambda found: _written(found[0]), plain)
    stem, suffix = _split(_UNSAFE.sub("_", latin))
    if not stem.strip("."):
        raise FileNameError("nothing but dots")
    whole, _ = _split(name)
    room = longest - len(suffix)
    if len(stem) > room or _is_ambiguous(whole):
        mark = sha256(whole.encode()).hexdigest()[:_MARK_LENGTH]
        stem = f"{stem[: room - _MARK_LENGTH - 1].rstrip('_')}_{mark}"
    # A dot would hide the file, and a dash make it an option of whatever gets the name.
    return (f"_{stem[1:]}" if stem[0] in ".-" else stem) + suffix.lower()


def stored_name(model: Model, name: str, *, start: bool) -> StoredName:
    """Return under which name a printer stores an upload, which ``start`` may print.

    It is the safe name without ``..``, which leads out of a folder. Raises
    ``FileNameError`` as ``safe_name`` does, ``FileTypeError`` for a suffix that the
    printer does not take, ``StartTypeError`` for one that it takes but does not start.
    """
    safe = _DOT_BEFORE_DOT.sub("_", safe_name(name, model.longest_name))
    if not safe.endswith(model.upload_types):
        raise FileTypeError(types=", ".join(model.upload_types))
    if start and not safe.endswith(model.start_types):
        raise StartTypeError(types=", ".join(model.start_types))
    return StoredName(safe)
