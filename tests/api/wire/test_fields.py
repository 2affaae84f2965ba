"""Readers of single fields: every shape the firmwares are known to send, and worse."""

from math import inf, nan

import pytest

from custom_components.flashforge.api.models.colors import read_color
from custom_components.flashforge.api.wire import fields
from custom_components.flashforge.api.wire.fields import Reader, Wire

JUNK: list[object] = [None, "", " ", "?", "--", "x", [], {}, [1], {"a": 1}, "nan", nan]


@pytest.mark.parametrize(
    "reader",
    [
        fields.number,
        fields.amount,
        fields.integer,
        fields.count,
        fields.boolean,
        fields.switch,
        read_color,
        fields.pid,
        fields.mac,
        fields.volume,
    ],
)
@pytest.mark.parametrize("raw", JUNK, ids=repr)
def test_junk_is_none(reader: Reader[object], raw: object) -> None:
    assert reader(raw) is None


@pytest.mark.parametrize(
    ("reader", "raw", "expected"),
    [
        (fields.number, 27.75, 27.75),
        (fields.number, -5, -5),
        (fields.number, " 27.75 ", 27.75),
        (fields.number, "+1e2", 100),
        (fields.number, "1_000", None),
        (fields.number, "١٢", None),
        (fields.number, True, None),
        (fields.number, inf, None),
        (fields.number, -inf, None),
        (fields.number, 10**400, None),
        (fields.number, 1e300, None),
        (fields.number, "9" * 400, None),
        (fields.number, "1e999", None),
        (fields.amount, 0, 0),
        (fields.amount, -0.1, None),
        (fields.integer, 12.0, 12),
        (fields.integer, 12.5, None),
        (fields.integer, True, 1),
        (fields.integer, False, 0),
        (fields.integer, " 0 ", 0),
        (fields.integer, "-2", -2),
        (fields.integer, 10**400, None),
        (fields.integer, inf, None),
        (fields.count, 0, 0),
        (fields.count, -1, None),
        (fields.boolean, True, True),
        (fields.boolean, 0, False),
        (fields.boolean, 1.0, True),
        (fields.boolean, " TRUE ", True),
        (fields.boolean, "0", False),
        (fields.boolean, 2, None),
        (fields.boolean, "yes", None),
        (fields.switch, "open", True),
        (fields.switch, " Close ", False),
        (fields.switch, 1, None),
        (fields.switch, "on", None),
        (fields.text, " PLA ", "PLA"),
        (fields.text, "?", None),
        (fields.text, 5, None),
        (fields.text, "Größe ①", "Größe ①"),
        (fields.text, "a\ud800b", "a?b"),
        (fields.file_name, "/data/a.gcode", "a.gcode"),
        (fields.file_name, "/data/", None),
        (fields.file_name, "", None),
        (read_color, "#f95d73", "#F95D73"),
        (read_color, "161616", "#161616"),
        (read_color, "#F95D73;rest", "#F95D73"),
        (read_color, "#FFF", None),
        (read_color, 161616, None),
        (fields.firmware, "v3.2.7", "3.2.7"),
        (fields.firmware, "1.1.3-1.0.8", "1.1.3-1.0.8"),
        (fields.firmware, "v", None),
        (fields.pid, 38, 38),
        (fields.pid, 38.0, 38),
        (fields.pid, "0026", 38),
        (fields.pid, "0x0026", 38),
        (fields.pid, " 38 ", 38),
        (fields.pid, "35", 35),
        (fields.pid, "00BB", 0xBB),
        (fields.pid, "7F", 0x7F),
        (fields.pid, True, None),
        (fields.pid, 0, None),
        (fields.pid, -38, None),
        (fields.pid, 0x10000, None),
        (fields.pid, "26000", None),
        (fields.mac, "88:a9:a7:00:00:35", "88:A9:A7:00:00:35"),
        (fields.mac, "88-A9-A7-00-00-35", "88:A9:A7:00:00:35"),
        (fields.mac, "88A9A7000035", "88:A9:A7:00:00:35"),
        (fields.mac, "00:00:00:00:00:00", None),
        (fields.mac, "88:A9:A7:00:00", None),
        (fields.error_code, "", ""),
        (fields.error_code, "e0163", "E0163"),
        (fields.error_code, 0, ""),
        (fields.error_code, False, ""),
        (fields.error_code, "0", ""),
        (fields.error_code, "OK", ""),
        (fields.error_code, "E0", ""),
        (fields.error_code, "E0000", ""),
        (fields.error_code, 163, "E0163"),
        (fields.error_code, "163", "E0163"),
        (fields.error_code, -1, None),
        (fields.error_code, 10**7, None),
        (fields.error_code, "broken", "broken"),
        (fields.error_code, [], None),
        (fields.volume, "220X220X220", (220, 220, 220)),
        (fields.volume, "256 x 256 x 256.5", (256, 256, 256.5)),
        (fields.volume, "220X220", None),
        (fields.volume, "220X0X220", None),
        (fields.volume, "1.2.3X220X220", None),
        (fields.as_object, {"a": 1}, {"a": 1}),
        (fields.as_object, [], None),
        (fields.as_list, [1], [1]),
        (fields.as_list, {}, None),
    ],
)
def test_readers(reader: Reader[object], raw: object, expected: object) -> None:
    assert reader(raw) == expected


@pytest.mark.parametrize(
    ("temperature", "expected"),
    [(None, None), (-50, None), (-108, None), (-49.9, -49.9), (0, 0), (210, 210)],
)
def test_sensed(temperature: float | None, expected: float | None) -> None:
    assert fields.sensed(temperature) == expected


KNOWN = frozenset({"a", "b", "list", "inner"})


@pytest.mark.parametrize("raw", [None, "", " ? ", "--", "NaN", nan])
def test_not_known_is_not_unread(raw: object) -> None:
    wire = Wire({"a": raw}, KNOWN)
    assert wire.read("a", fields.number) is None
    assert wire.read("b", fields.number) is None
    assert not wire.unread


def test_unreadable_is_named() -> None:
    wire = Wire({"a": "x", "inner": {"a": {}, "list": "no"}}, KNOWN)
    assert wire.read("a", fields.number) is None
    inner = wire.inner("inner", KNOWN)
    assert inner is not None
    assert inner.read("a", fields.text) is None
    assert inner.each("list", fields.number) == ()
    assert list(inner.inners("list", KNOWN)) == []
    assert list(wire.unread) == ["a", "inner.a", "inner.list"]


def test_unknown_fields_are_named() -> None:
    wire = Wire({"a": 1, "new": "secret", "inner": {"newer": 2}}, KNOWN)
    wire.inner("inner", KNOWN)
    assert list(wire.unknown) == ["new", "inner.newer"]


def test_items_keep_their_places() -> None:
    wire = Wire({"list": [1, None, "x", 4]}, KNOWN)
    assert wire.each("list", fields.number) == (1, None, None, 4)
    assert list(wire.unread) == ["list"]


def test_objects_in_a_list() -> None:
    wire = Wire({"list": [{"a": 1}, None, 7, {"a": 2}]}, KNOWN)
    found = [item.read("a", fields.number) for item in wire.inners("list", KNOWN)]
    assert found == [1, 2]
    assert list(wire.unread) == ["list"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [({"a": 1}, "a"), ({"b": 1}, "b"), ({"a": 1, "b": 2}, "a"), ({}, "a")],
)
def test_two_spellings(body: dict[str, object], expected: str) -> None:
    assert Wire(body, KNOWN).spelled("a", "b") == expected
