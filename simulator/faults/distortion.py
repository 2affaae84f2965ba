"""Damage to the bytes of an answer; each function takes a whole JSON body."""

from collections.abc import Callable, Mapping
from itertools import cycle
import json

type Distortion = Callable[[bytes], bytes]

_RESULT = frozenset({"code", "err"})
_HUGE = 10**400
_SPOKEN = frozenset({"message", "msg", "name", "location"})
_CUT = "\ue000"
_CUT_BYTES = _CUT.encode()


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _members(value: Mapping[str, object]) -> str:
    inner = (f"{json.dumps(key)}: {_twice(each)}" for key, each in value.items())
    return ", ".join(
        f"{json.dumps(key)}: null, {member}"
        for key, member in zip(value, inner, strict=True)
    )


def _twice(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{_members(value)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_twice, value))}]"
    return json.dumps(value)


def duplicate_keys(body: bytes) -> bytes:
    """Write every member of every object twice, the first time as null."""
    return _twice(json.loads(body)).encode()


def nonsense_numbers(body: bytes) -> bytes:
    """Replace all numbers but the result code by impossible ones."""
    nonsense = cycle((float("nan"), float("inf"), 1e308, -1e308, _HUGE, -_HUGE))

    def spoilt(value: object) -> object:
        if isinstance(value, dict):
            return {
                key: each if key in _RESULT else spoilt(each)
                for key, each in value.items()
            }
        if isinstance(value, list):
            return [spoilt(each) for each in value]
        if isinstance(value, int | float) and not isinstance(value, bool):
            return next(nonsense)
        return value

    return _written(spoilt(json.loads(body)))


def broken_text(body: bytes) -> bytes:
    """Cut texts that a person may have typed in the middle of a character."""

    def cut(value: object) -> object:
        if isinstance(value, dict):
            return {
                key: f"{each}{_CUT}" if key in _SPOKEN else cut(each)
                for key, each in value.items()
            }
        return value

    return _written(cut(json.loads(body))).replace(_CUT_BYTES, _CUT_BYTES[:1])
