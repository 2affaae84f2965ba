"""Names under which files are stored on a printer (protocol/http.md §7, file names)."""

import re
import unicodedata

from .catalog import Model
from .start_forms import FILE_TYPES
from .upload_errors import FileNameError, FileTypeError, StartTypeError

LONGEST = 100
"""Characters that a name may have; the printers' screens show fewer."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_SEPARATORS = frozenset("/\\")
_MOST_SUFFIXES = 2
# As in ``part.gcode.3mf``.


def _split(name: str) -> tuple[str, str]:
    """Return a name as its stem and its suffix, which may be a double one."""
    end = len(name)
    for _ in range(_MOST_SUFFIXES):
        stem = name[:end].lower()
        end -= next((len(each) for each in FILE_TYPES if stem.endswith(each)), 0)
    return name[:end], name[end:]


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}


def safe_name(name: str) -> str:
    """Return a name that a printer can store a file under, as like as possible.

    Letters lose their accents, everything else outside ``A-Z a-z 0-9 . _ -`` becomes
    ``_``, the suffix becomes lower case, and what is too long loses the end of its stem.
    A safe name stays as it is. Raises ``FileNameError`` for what is no name of a
    file: nothing before the suffix, a path, or control characters.
    """
    if any(each in _SEPARATORS or _is_control(each) for each in name):
        raise FileNameError("a path, or control characters")
    decomposed = unicodedata.normalize("NFKD", name.strip())
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    stem, suffix = _split(_UNSAFE.sub("_", plain))
    if not stem.strip("."):
        raise FileNameError("nothing but dots")
    stem = stem[: LONGEST - len(suffix)]
    # A dot would hide the file, and a dash make it an option of whatever gets the name.
    return (f"_{stem[1:]}" if stem[0] in ".-" else stem) + suffix.lower()


def stored_name(model: Model, name: str, *, start: bool) -> str:
    """Return under which name a printer stores an upload, which ``start`` may print.

    Raises ``FileNameError`` as ``safe_name`` does, ``FileTypeError`` for a
    suffix that the printer does not take, ``StartTypeError`` for one that it
    takes but does not start.
    """
    safe = safe_name(name)
    if not safe.endswith(model.upload_types):
        raise FileTypeError(model.upload_types)
    if start and not safe.endswith(model.start_types):
        raise StartTypeError(model.start_types)
    return safe
