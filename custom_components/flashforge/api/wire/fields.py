"""Readers of single wire fields: each takes a value and returns it, or None.

Firmware versions send the same fact in different forms (docs/protocol/detail.md §1), so
each reader accepts all of them and raises nothing. Null, empty text, ``?``, ``--`` and
NaN mean "not known" and are read as None. Any other value that a reader cannot use is
None too, and ``Wire.unread`` names the field.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import isnan
import re

from ..models.catalog import MODELS

type Reader[T] = Callable[[object], T | None]
"""Turns a wire value into a fact, or into None."""

type JsonObject = Mapping[str, object]
"""A JSON object as sent."""

NO_SENSOR = -50.0
"""Temperatures in °C up to this one mean that there is no sensor (docs/protocol/detail.md §1)."""

LONGEST_TEXT = 255
"""Characters of a printer's text that are kept; the longest state of Home Assistant."""

_MOST_READ = 4 * LONGEST_TEXT
# Characters of a text that are read at all.

_MOST = 1e15
# Numbers from this one on are not valid. Comparisons with it also exclude infinity and
# NaN.

_BLANK = frozenset({"", "?", "--", "nan"})
_NUMBER = re.compile(
    r"[+-]?\d{1,16}(?:\.\d{0,32})?(?:e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE
)
_HEX = re.compile(r"(?:0x)?([0-9a-f]{1,4})", re.IGNORECASE)
_MAC = re.compile(r"(?:[0-9A-F]{2}[:-]?){5}[0-9A-F]{2}")
_ERROR_CODE = re.compile(r"[A-Z]\d{1,6}", re.ASCII)
_TIMES = str.maketrans("X×*", "xxx")
_LONGEST_MEASURE = 60

_SWITCH = {"open": True, "close": False}
_BOOLEAN = {"true": True, "1": True, "false": False, "0": False}
_NO_ERROR = frozenset({"", "0", "OK", "E0", "E0000"})
_DATA_FOLDER = "/data/"


def is_blank(raw: object) -> bool:
    """Return whether the value means "not known"."""
    if isinstance(raw, str):
        return raw.strip().lower() in _BLANK
    return raw is None or (isinstance(raw, float) and isnan(raw))


def number(raw: object) -> float | None:
    """Read a finite number, also one written as text, padded or not."""
    if isinstance(raw, str):
        stripped = raw.strip()
        raw = float(stripped) if _NUMBER.fullmatch(stripped) else None
    if (type(raw) is int or type(raw) is float) and -_MOST < raw < _MOST:
        return raw
    return None


def amount(raw: object) -> float | None:
    """Read a number that cannot be negative."""
    value = number(raw)
    return value if value is not None and value >= 0 else None


def integer(raw: object) -> int | None:
    """Read an integer: number, whole float, bool or text (docs/protocol/http.md §1)."""
    if type(raw) is int and -_MOST < raw < _MOST:
        return raw
    if isinstance(raw, bool):
        return int(raw)
    value = number(raw)
    return int(value) if value is not None and value == int(value) else None


def count(raw: object) -> int | None:
    """Read an integer that cannot be negative."""
    value = integer(raw)
    return value if value is not None and value >= 0 else None


def boolean(raw: object) -> bool | None:
    """Read true or false, also as 1 or 0, also as text."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        return _BOOLEAN.get(raw.strip().lower())
    value = integer(raw)
    return bool(value) if value in {0, 1} else None


def switch(raw: object) -> bool | None:
    """Read ``open`` as on and ``close`` as off, in any case (docs/protocol/detail.md §1)."""
    if not isinstance(raw, str):
        return None
    on = _SWITCH.get(raw)
    return _SWITCH.get(raw.strip().lower()) if on is None else on


def text(raw: object) -> str | None:
    """Read text on one line, cut to its longest length, without blanks around it.

    Logs and dialogs may show the text. So lone surrogates become question marks, and
    control characters and marks of the writing direction become blanks.
    """
    if not isinstance(raw, str):
        return None
    value = raw[:_MOST_READ].strip()
    if not (value.isascii() and value.isprintable()):
        value = value.encode("utf-8", "replace").decode("utf-8")
        if not value.isprintable():
            value = "".join(
                char if char.isprintable() else " " for char in value
            ).strip()
    value = value[:LONGEST_TEXT]
    return None if value in _BLANK else value


def file_name(raw: object) -> str | None:
    """Read a file name, without the folder that some answers contain (docs/protocol/http.md §2.4)."""
    value = text(raw)
    return value.removeprefix(_DATA_FOLDER) or None if value else None


def firmware(raw: object) -> str | None:
    """Read a firmware version, without the ``v`` at the front (docs/protocol/README.md §6)."""
    value = text(raw)
    return value.removeprefix("v").removeprefix("V") or None if value else None


def pid(raw: object) -> int | None:
    """Read a USB product id, as number or as hexadecimal text.

    Text that is not a known id in hexadecimal is read as decimal (docs/protocol/README.md §3).
    """
    if isinstance(raw, str):
        match = _HEX.fullmatch(raw.strip())
        value = int(match[1], 16) if match else None
        decimal = integer(raw)
        if value not in MODELS and decimal in MODELS:
            value = decimal
    else:
        value = None if isinstance(raw, bool) else integer(raw)
    return value if value is not None and 0 < value <= 0xFFFF else None


@lru_cache(maxsize=256)
def _mac_of(value: str) -> str | None:
    if not _MAC.fullmatch(value):
        return None
    digits = value.replace(":", "").replace("-", "")
    if not digits.strip("0"):
        return None
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def mac(raw: object) -> str | None:
    """Read a MAC address as ``AA:BB:CC:DD:EE:FF``, None if it is all zeros."""
    return _mac_of(raw.strip().upper()) if isinstance(raw, str) else None


def error_code(raw: object) -> str | None:
    """Read an error code in upper case; empty text when there is no error.

    0, ``"0"``, ``"OK"``, ``"E0"`` and ``"E0000"`` mean no error. A bare number is a code
    without its letter (docs/protocol/detail.md §2). Text of another form is an error too
    and is kept as sent.
    """
    said = text(raw)
    if isinstance(raw, str):
        if said is None or said.upper() in _NO_ERROR:
            return ""
        if _ERROR_CODE.fullmatch(said.upper()):
            return said.upper()
    bare = count(raw)
    if bare is None or bare > 999_999:
        # Another number is a code too, unless it is negative.
        other = amount(raw)
        return f"{other:g}" if said is None and other and other < 1e6 else said
    return f"E{bare:04d}" if bare else ""


@lru_cache(maxsize=64)
def _volume_of(value: str) -> tuple[float, float, float] | None:
    sides = [amount(side) for side in value.translate(_TIMES).split("x")]
    x, y, z = sides if len(sides) == 3 else (None, None, None)
    return (x, y, z) if x and y and z else None


def volume(raw: object) -> tuple[float, float, float] | None:
    """Read a build volume, ``220X220X220``, as X, Y and Z in mm."""
    if not isinstance(raw, str) or len(raw) > _LONGEST_MEASURE:
        return None
    return _volume_of(raw)


def sensed(temperature: float | None) -> float | None:
    """Return a temperature in °C, None for values that mean "no sensor"."""
    if temperature is None or temperature <= NO_SENSOR:
        return None
    return temperature


def as_object(raw: object) -> JsonObject | None:
    """Read a JSON object."""
    return raw if isinstance(raw, dict) else None


def as_list(raw: object) -> list[object] | None:
    """Read a JSON array."""
    return raw if isinstance(raw, list) else None


class Wire:
    """One JSON object of an answer, read field by field.

    ``unread`` collects the dotted names of unreadable fields, ``unknown`` those of
    unknown fields. Both hold only names, no values.
    """

    __slots__ = ("_body", "_path", "unknown", "unread")

    def __init__(
        self,
        body: JsonObject,
        known: frozenset[str],
        *,
        parent: Wire | None = None,
        path: str = "",
    ) -> None:
        """Collect the fields of ``body`` that are not known."""
        self._body = body
        self._path = path
        self.unread: dict[str, None] = {} if parent is None else parent.unread
        self.unknown: dict[str, None] = {} if parent is None else parent.unknown
        if not body.keys() <= known:
            self.unknown |= dict.fromkeys(
                f"{path}{key}" for key in body if key not in known
            )

    def read[T](self, name: str, reader: Reader[T]) -> T | None:
        """Return the value of a field; None when it is absent, unknown or unreadable."""
        raw = self._body.get(name)
        if raw is None:
            return None
        value = reader(raw)
        if value is None and not is_blank(raw):
            self.mark(name)
        return value

    def spelled(self, name: str, other: str) -> str:
        """Return which spelling of a field's name the answer uses, the first by default."""
        return other if name not in self._body and other in self._body else name

    def each[T](self, name: str, reader: Reader[T]) -> tuple[T | None, ...]:
        """Return the items of an array, None in place of an unreadable one."""
        items = self.read(name, as_list) or ()
        values = tuple(reader(item) for item in items)
        if any(
            value is None and not is_blank(item)
            for item, value in zip(items, values, strict=True)
        ):
            self.mark(name)
        return values

    def inner(self, name: str, known: frozenset[str]) -> Wire | None:
        """Return the object in a field, None when there is none."""
        body = self.read(name, as_object)
        if body is None:
            return None
        return Wire(body, known, parent=self, path=f"{self._path}{name}.")

    def inners(self, name: str, known: frozenset[str]) -> Iterable[Wire]:
        """Return the objects in an array, without any other items."""
        path = f"{self._path}{name}."
        for item in self.read(name, as_list) or ():
            if isinstance(item, dict):
                yield Wire(item, known, parent=self, path=path)
            elif not is_blank(item):
                self.mark(name)

    def mark(self, name: str) -> None:
        """Mark a field as unreadable."""
        self.unread[f"{self._path}{name}"] = None
