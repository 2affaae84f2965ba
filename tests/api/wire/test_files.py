"""Stored files, pictures and the product's flags."""

import base64

import pytest

from custom_components.flashforge.api.prints import FileTool, StoredFile
from custom_components.flashforge.api.state import Product
from custom_components.flashforge.api.wire.files import (
    parse_files,
    parse_job_thumbnail,
    parse_product,
    parse_thumbnail,
)

from .. import fixture_json


def names(body: dict[str, object]) -> list[str]:
    return [file.name for file in parse_files(body)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "gcodeList_basic.json",
            [
                "Benchy_PLA_41m.gcode",
                "calibration_cube.gcode",
                "ASA Bracket.3mf",
                "Mobile phone holder_PLA_39m30s.gcode",
            ],
        ),
        ("gcodeList_creator5_pro.json", ["multi_tool_benchy.3mf", "gear_set.3mf"]),
        ("gcodeList_empty.json", []),
        ("gcodeList_mixed_items.json", ["a.gcode", "b.3mf"]),
        (
            "gcodeList_ad5x.json",
            ["FISH_PLA.3mf", "multi_color_test.3mf", "single_direct.gcode"],
        ),
        (
            "gcodeList_ad5x_unknown_fields.json",
            ["FISH_PLA.3mf", "multi_color_test.3mf", "single_direct.gcode"],
        ),
        (
            "gcodeList_creator5_pro_fw1.9.9.json",
            [
                "benchy.gcode.3mf",
                "Dragon_Glider_PLA_29m11s.gcode.3mf",
                "cube_PLA_14m53s.gcode.3mf",
            ],
        ),
    ],
)
def test_names(name: str, expected: list[str]) -> None:
    assert names(fixture_json(name)) == expected


def test_names_without_details() -> None:
    assert parse_files(fixture_json("gcodeList_basic.json"))[0] == StoredFile(
        name="Benchy_PLA_41m.gcode"
    )
    assert parse_files(fixture_json("gcodeList_mixed_items.json"))[1] == StoredFile(
        name="b.3mf", print_time=10
    )


def test_details() -> None:
    files = parse_files(fixture_json("gcodeList_creator5_pro_fw1.9.9.json"))
    assert files[0] == StoredFile(
        name="benchy.gcode.3mf",
        print_time=3209,
        weight=15.8,
        uses_station=True,
        tools=(
            FileTool(tool=0, material="PLA", color="#FFFF0A", weight=3.95, slot=1),
            FileTool(tool=1, material="PLA", color="#0080FF", weight=11.85, slot=2),
        ),
    )
    assert files[2].print_time == 893


def test_slot_0_is_not_assigned() -> None:
    tools = parse_files(fixture_json("gcodeList_ad5x.json"))[0].tools
    assert tools is not None
    assert [tool.slot for tool in tools] == [None] * 4


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ()),
        ({"gcodeList": "x", "gcodeListDetail": 5}, ()),
        ({"gcodeList": [17, None, [], {}, {"gcodeFileName": 5}, "", "/data/"]}, ()),
        ({"gcodeList": ["a", "a"]}, (StoredFile(name="a"),)),
        # Names lead: what only the details have is not on the printer.
        (
            {
                "gcodeList": ["/data/a"],
                "gcodeListDetail": [
                    {"gcodeFileName": "b", "printingTime": 1},
                    {"gcodeFileName": "a", "printingTime": 2},
                ],
            },
            (StoredFile(name="a", print_time=2),),
        ),
        (
            {"gcodeList": [], "gcodeListDetail": [{"gcodeFileName": "/data/b"}]},
            (StoredFile(name="b"),),
        ),
        # A field that cannot be read costs that field.
        (
            {
                "gcodeListDetail": [
                    {
                        "gcodeFileName": "a",
                        "printingTime": 0,
                        "totalFilamentWeight": "x",
                        "useMatlStation": 1,
                        "gcodeToolDatas": [
                            5,
                            {},
                            {"toolId": -1},
                            {"toolId": "1", "filamentWeight": 0, "slotId": "?"},
                        ],
                    }
                ]
            },
            (
                StoredFile(
                    name="a", uses_station=True, tools=(FileTool(tool=1, weight=0),)
                ),
            ),
        ),
        (
            {"gcodeListDetail": [{"gcodeFileName": "a", "gcodeToolDatas": {}}]},
            (StoredFile(name="a"),),
        ),
    ],
)
def test_odd_lists(body: dict[str, object], expected: tuple[StoredFile, ...]) -> None:
    assert parse_files(body) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "product_5m.json",
            Product(
                nozzle=True,
                bed=True,
                chamber=False,
                light=False,
                internal_fan=False,
                external_fan=False,
            ),
        ),
        (
            "product_5m_pro.json",
            Product(
                nozzle=True,
                bed=True,
                chamber=False,
                light=True,
                internal_fan=True,
                external_fan=True,
            ),
        ),
        (
            "product_creator5_pro.json",
            Product(
                nozzle=True,
                bed=True,
                chamber=True,
                light=True,
                internal_fan=False,
                external_fan=False,
            ),
        ),
    ],
)
def test_products(name: str, expected: Product) -> None:
    assert parse_product(fixture_json(name)["product"]) == expected


@pytest.mark.parametrize(
    ("raw", "light"),
    [(1, True), ("1", True), (True, True), (0, False), (2, False), ("x", None)],
)
def test_product_flags(raw: object, light: bool | None) -> None:
    assert parse_product({"lightCtrlState": raw}) == Product(light=light)


def test_thumbnail() -> None:
    body = fixture_json("gcodeThumb.json")
    picture = parse_thumbnail(body)
    assert picture == base64.b64decode(body["imageData"])
    wrapped = body["imageData"][:20] + "\n" + body["imageData"][20:]
    assert parse_thumbnail({"imageData": wrapped}) == picture


@pytest.mark.parametrize(
    "encoded",
    [
        None,
        5,
        "",
        "iVBOR",
        "not base64!",
        "Größe",
        base64.b64encode(b"GIF89a").decode(),
        base64.b64encode(b"\x89PNG").decode(),
    ],
)
def test_no_thumbnail(encoded: object) -> None:
    assert parse_thumbnail({"imageData": encoded}) is None


@pytest.mark.parametrize(
    ("body", "picture"),
    [
        (b"BM\x01\x02", b"BM\x01\x02"),
        (b'{"code":1,"message":"no job"}', None),
        (b"", None),
    ],
)
def test_job_thumbnail(body: bytes, picture: bytes | None) -> None:
    assert parse_job_thumbnail(body) == picture
