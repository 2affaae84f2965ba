"""The envelope of every JSON answer: bytes in, payload or the right error out.

A printer answers HTTP 200 to everything, so whether it did what it was asked, and what
was wrong if not, stands in the envelope alone (docs/protocol/http.md §1 and §3).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
import json

import orjson

from ..errors import (
    BusyError,
    EmptyAnswerError,
    LanModeError,
    MissingFileError,
    RefusedError,
    UnreadableError,
    WrongCodeError,
    WrongSerialError,
)
from ..wire.fields import JsonObject, integer, text
from .requests import CONTROL, DETAIL, PRINT, PRODUCT, THUMBNAIL, UPLOAD

_SUCCESS = frozenset({0, 200})
"""Result codes of a request that was accepted (docs/protocol/http.md §1)."""

_LONGEST_REASON = 200

_HIDDEN = "***"

_MOST_BRACKETS = 1000
# An answer has some dozens. The tolerant reader recurses, so what could nest deeper
# than this is not shown to it.


_MOST_ITEMS = 8000
# An answer has some hundreds of commas. Whoever reads one looks at every item, which a
# megabyte of them makes long enough to hold up everything else.

_LONGEST_ODD = 256 * 1024
# The tolerant reader takes its time, and only states need it.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refusal:
    """One row of the decision table: it holds for its words, or for its codes.

    The codes count at ``endpoints`` only, at all of them when there are none. A row with
    With ``both`` a code and a word must be there.
    """

    error: type[RefusedError]
    words: tuple[str, ...] = ()
    codes: frozenset[int] = frozenset()
    endpoints: frozenset[str] = frozenset()
    both: bool = False

    def holds(self, code: int | None, reason: str, endpoint: str) -> bool:
        """Return whether this row decides."""
        worded = any(word in reason for word in self.words)
        if worded and not self.both:
            return True
        coded = code in self.codes and (
            not self.endpoints or endpoint in self.endpoints
        )
        return coded and (worded or not self.both)


_REFUSALS = (
    _Refusal(error=WrongSerialError, words=("sn is different", "serial")),
    _Refusal(
        error=WrongCodeError,
        words=("access code", "check code", "unauthor"),
        codes=frozenset({1001}),
    ),
    _Refusal(
        error=WrongCodeError,
        codes=frozenset({3}),
        endpoints=frozenset({DETAIL, PRODUCT}),
    ),
    _Refusal(error=LanModeError, words=("lan mode",), codes=frozenset({-2})),
    _Refusal(error=BusyError, codes=frozenset({2, 5}), words=("busy",), both=True),
    _Refusal(
        error=BusyError,
        codes=frozenset({2, 5}),
        endpoints=frozenset({CONTROL, PRINT, UPLOAD}),
    ),
    _Refusal(
        error=MissingFileError,
        codes=frozenset({3, 4}),
        endpoints=frozenset({PRINT, THUMBNAIL}),
    ),
)
"""The decision table of docs/protocol/http.md §3, first row that holds decides.

What no row holds for (code 1 with another text, code -1, anything unheard of) is a
plain ``RefusedError``: the request failed, which does not mean that the code is wrong.
"""


def _refusal(code: int | None, reason: str, endpoint: str) -> type[RefusedError] | None:
    lowered = reason.lower()
    return next(
        (row.error for row in _REFUSALS if row.holds(code, lowered, endpoint)), None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer that is a JSON object.

    ``code`` is None when the answer has no result code that can be read; ``reason`` is
    the printer's text, empty when it sent none.
    """

    body: JsonObject
    code: int | None
    reason: str

    def without(self, *secrets: str) -> Reply:
        """Return this answer without these secrets in its text."""
        reason = self.reason
        for secret in secrets:
            reason = reason.replace(secret, _HIDDEN) if secret else reason
        return self if reason == self.reason else replace(self, reason=reason)

    def check(self, endpoint: str, payload: Iterable[str] = ()) -> None:
        """Raise what this answer to ``endpoint`` means, nothing when it is a success.

        ``payload`` names the keys of which a whole answer has at least one: without any,
        "Success" is no answer either, and with one an answer needs no result code.
        Raises a ``errors.RefusedError`` of the right type, or
        ``errors.UnreadableError`` when this is no envelope at all.
        """
        keys = tuple(payload)
        whole = any(self.body.get(key) is not None for key in keys)
        if self.code in _SUCCESS:
            if keys and not whole:
                raise EmptyAnswerError(f"{endpoint} says nothing")
            return
        if self.code is None and whole:
            return
        error = _refusal(self.code, self.reason, endpoint)
        if error is None and self.code is None:
            raise UnreadableError(f"{endpoint} answered without a result")
        raise (error or RefusedError)(self.code, self.reason)

    def payload(self, key: str) -> JsonObject:
        """Return the object under ``key``, else the body itself.

        Some firmware puts the fields of ``/detail`` at the top level.
        """
        value = self.body.get(key)
        return value if isinstance(value, dict) else self.body


def _tolerant(body: bytes) -> object:
    """Read what strict JSON is not: NaN, infinity, bad UTF-8, raw control characters."""
    if len(body) > _LONGEST_ODD:
        raise UnreadableError("the answer is no JSON")
    if body.count(b"{") + body.count(b"[") > _MOST_BRACKETS:
        raise UnreadableError("the answer is nested too deep")
    said = body.decode("utf-8", "replace").strip("\ufeff\0 \t\r\n")
    try:
        return json.loads(said, strict=False)
    except (ValueError, RecursionError) as err:
        raise UnreadableError("the answer is no JSON") from err


def decode(body: bytes) -> Reply:
    """Return the envelope in an answer.

    The result is read from ``code``, from ``err`` when there is no ``code``, the text
    from ``message`` or ``msg``. Raises ``errors.UnreadableError`` for what is no JSON
    object; nothing else, whatever the bytes are.
    """
    if body.count(b",") > _MOST_ITEMS:
        raise UnreadableError("the answer has too much in it")
    read: object
    try:
        read = orjson.loads(body)
    except ValueError:
        read = _tolerant(body)
    if not isinstance(read, dict):
        raise UnreadableError("the answer is no JSON object")
    code = read.get("code")
    code = integer(read.get("err") if code is None else code)
    reason = text(read.get("message")) or text(read.get("msg")) or ""
    return Reply(body=read, code=code, reason=reason[:_LONGEST_REASON])
