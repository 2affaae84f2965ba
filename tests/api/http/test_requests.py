"""Requests: the bodies of the reference, byte for byte, and who may send them."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.flashforge.api.errors import UnsupportedError
from custom_components.flashforge.api.http import requests
from custom_components.flashforge.api.http.requests import Body
from custom_components.flashforge.api.models.catalog import GENERIC, MODELS
from custom_components.flashforge.api.models.model import Model
from custom_components.flashforge.api.models.needs import NEEDS, NEEDS_ONE, require
from custom_components.flashforge.api.printer import FilamentAction
from custom_components.flashforge.api.state import Adjustments

from .. import fixture_json

SAMPLES: dict[str, Any] = fixture_json("requests.json")
CONTROL: dict[str, Body] = SAMPLES["POST /control"]

ADVENTURER_5M = MODELS[0x23]
ADVENTURER_5M_PRO = MODELS[0x24]
AD5X = MODELS[0x26]
CREATOR_5 = MODELS[0x28]
CREATOR_5_PRO = MODELS[0x29]

PRO_SHOWN = Adjustments(speed_factor=100, z_offset=-0.025, part_fan=100, chamber_fan=40)

BUILT: dict[str, Body] = {
    "light_on": requests.light(True),
    "pause": requests.job("pause"),
    "resume": requests.job("continue"),
    "cancel": requests.job("cancel"),
    "clear_platform": requests.clear_plate(),
    "speed_120": requests.adjust(
        ADVENTURER_5M_PRO, replace(PRO_SHOWN, speed_factor=120)
    ),
    "z_0.05": requests.adjust(ADVENTURER_5M_PRO, replace(PRO_SHOWN, z_offset=0.05)),
    "part_fan_80": requests.adjust(ADVENTURER_5M_PRO, replace(PRO_SHOWN, part_fan=80)),
    "ad5x_speed_150": requests.adjust(
        AD5X,
        Adjustments(
            speed_factor=150, z_offset=0.0, part_fan=70, left_part_fan=70, chamber_fan=0
        ),
    ),
    "c5_speed_125": requests.adjust(
        CREATOR_5,
        Adjustments(speed_factor=125, z_offset=0.025, part_fan=78, chamber_fan=40),
    ),
    "bed_60": requests.temperatures(ADVENTURER_5M, bed=60),
    "nozzle_off": requests.temperatures(
        AD5X, nozzles={0: requests.target(AD5X, 0, 300, off_marker=True)}
    ),
    "c5_tool2_210": requests.temperatures(CREATOR_5, nozzles={2: 210}),
    "c5_tool2_off": requests.temperatures(CREATOR_5, nozzles={2: 0}),
    "c5_bed_60": requests.temperatures(CREATOR_5, bed=60),
    "c5_tool0_210": requests.temperatures(CREATOR_5, nozzles={0: 210}),
    "c5_bed_off": requests.temperatures(CREATOR_5, bed=0),
    "c5_chamber_off": requests.temperatures(CREATOR_5, chamber=0),
    "c5_all_off": requests.temperatures(
        CREATOR_5, nozzles=dict.fromkeys(range(4), 0), bed=0, chamber=0
    ),
    "filter_internal": requests.filtration(internal=True, external=False),
    "filter_off": requests.filtration(internal=False, external=False),
    "camera_on": requests.camera(True),
    "auto_off_30": requests.power_off(enabled=True, delay=30),
    "rename": requests.rename("Workshop 5M"),
    "slot1_material": requests.slot(AD5X, 1, "PETG", "#45A8F9"),
    "c5_slot1_material": requests.slot(CREATOR_5, 1, "PETG", "#45A8F9"),
    "direct_material": requests.direct_feed(AD5X, "PLA", "#FFFFFF"),
    "load_slot3": requests.feed_slot(3, FilamentAction.LOAD),
    "unload_slot3": requests.feed_slot(3, FilamentAction.UNLOAD),
    "cancel_slot3": requests.feed_slot(3, FilamentAction.CANCEL),
    "load_direct": requests.feed_direct(FilamentAction.LOAD),
    "jog_x": requests.move("x", 10),
    "extrude": requests.extrude(5),
    "home": requests.home(),
    "clear_error": requests.clear_error("E0101"),
}


def test_every_sample_is_built() -> None:
    assert BUILT.keys() == CONTROL.keys()


@pytest.mark.parametrize("name", CONTROL)
def test_control(name: str) -> None:
    expected = CONTROL[name]
    serial, code = expected["serialNumber"], expected["checkCode"]
    assert requests.auth(str(serial), str(code)) | BUILT[name] == expected


@pytest.mark.parametrize("path", ["/detail", "/product", "/checkCode", "/gcodeList"])
def test_authentication(path: str) -> None:
    expected = SAMPLES[f"POST {path}"]
    assert requests.auth(expected["serialNumber"], "00412345") == expected


def test_thumbnail() -> None:
    body = requests.auth("SNMOCK5M000031", "00412345")
    body |= requests.thumbnail("Benchy_PLA_41m.gcode")
    assert body == SAMPLES["POST /gcodeThumb"]


def test_calibrate() -> None:
    assert requests.calibrate(leveling=True, vibration=False) == {
        "payload": {
            "cmd": "calibration_cmd",
            "args": {"levelingDetection": "open", "vibrationCompensation": "close"},
        }
    }


def args(body: Body) -> dict[str, Any]:
    payload = body["payload"]
    assert isinstance(payload, dict)
    return dict(payload["args"])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (Adjustments(), {"speed": 100}),
        (Adjustments(speed_factor=0), {"speed": 100}),
        (Adjustments(speed_factor=30), {"speed": 50}),
        (Adjustments(speed_factor=400), {"speed": 150}),
        (Adjustments(z_offset=-7), {"speed": 100, "zAxisCompensation": -5.0}),
        (Adjustments(z_offset=0.07500001), {"speed": 100, "zAxisCompensation": 0.075}),
        (Adjustments(part_fan=101), {"speed": 100, "coolingFan": 100}),
        (Adjustments(left_part_fan=-3), {"speed": 100, "coolingLeftFan": 0}),
        (Adjustments(chamber_fan=33.4), {"speed": 100, "chamberFan": 33}),
    ],
)
def test_adjust_is_clamped(values: Adjustments, expected: dict[str, float]) -> None:
    assert args(requests.adjust(ADVENTURER_5M_PRO, values)) == expected


def test_a_speed_as_read_is_not_snapped() -> None:
    body = requests.adjust(CREATOR_5_PRO, Adjustments(speed_factor=124))
    assert args(body) == {"speed": 124}


@pytest.mark.parametrize(
    ("model", "celsius", "off_marker", "expected"),
    [
        (ADVENTURER_5M, 210, True, 210),
        (ADVENTURER_5M, 500, False, 280),
        (ADVENTURER_5M, 0, False, 0),
        (ADVENTURER_5M, 0, True, -100),
        (ADVENTURER_5M, -200, False, 0),
        (CREATOR_5, 0, True, 0),
        (GENERIC, 0, True, 0),
    ],
)
def test_target(model: Model, celsius: int, off_marker: bool, expected: int) -> None:
    found = requests.target(model, celsius, model.nozzle_max, off_marker=off_marker)
    assert found == expected


@pytest.mark.parametrize(
    ("color", "expected"),
    [("#4CAAF8", "#45A8F9"), ("45a8f9", "#45A8F9"), ("mauve", "#FFFFFF")],
)
def test_colors_are_snapped(color: str, expected: str) -> None:
    assert args(requests.slot(AD5X, 2, "PLA", color))["rgb"] == expected
    assert args(requests.direct_feed(AD5X, "PLA", color))["rgb"] == expected


@pytest.mark.parametrize(
    ("millimeters", "expected"), [(5, 5), (-5.5, -5.5), (1000, 100), (-1000, -100)]
)
def test_moves_are_clamped(millimeters: float, expected: float) -> None:
    assert args(requests.move("z", millimeters)) == {"axis": "z", "delta": expected}
    assert args(requests.extrude(millimeters))["delta"] == expected


@pytest.mark.parametrize(
    ("typed", "serial"),
    [
        ("SNMOCK5M000031", "SNMOCK5M000031"),
        ("MOCK5M000031", "SNMOCK5M000031"),
        (" snmock 5m 000031\n", "SNMOCK5M000031"),
        ("mock5m000031", "SNMOCK5M000031"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_normalize_serial(typed: str, serial: str) -> None:
    assert requests.normalize_serial(typed) == serial
    assert requests.normalize_serial(serial) == serial


COMMANDS = sorted({*NEEDS, *NEEDS_ONE})

LINES = {"home", "move", "extrude", "send_gcode"}

ALLOWED = {
    ADVENTURER_5M: {"part_fan", *LINES, "runout_sensor"},
    ADVENTURER_5M_PRO: {
        "part_fan",
        "chamber_fan",
        "filtration",
        "camera_power",
        *LINES,
        "runout_sensor",
    },
    AD5X: {
        "part_fan",
        "left_part_fan",
        "clear_error",
        "set_slot",
        "set_direct_feed",
        "feed_slot",
        "feed_direct",
        *LINES,
    },
    CREATOR_5: {"part_fan", "chamber_target", "set_slot"},
    CREATOR_5_PRO: {
        "part_fan",
        "chamber_fan",
        "chamber_target",
        "set_slot",
        "filtration",
    },
    GENERIC: {"part_fan", "left_part_fan"},
}


def _refuses(model: Model, command: str) -> bool:
    try:
        require(model, command)
    except UnsupportedError:
        return True
    return False


@pytest.mark.parametrize("model", ALLOWED, ids=lambda model: model.name)
def test_what_a_model_takes(model: Model) -> None:
    taken = {command for command in COMMANDS if not _refuses(model, command)}
    assert taken == ALLOWED[model]


@pytest.mark.parametrize("model", ALLOWED, ids=lambda model: model.name)
@pytest.mark.parametrize("command", ["light", "pause", "speed_factor", "rename"])
def test_what_every_model_takes(model: Model, command: str) -> None:
    assert not _refuses(model, command)
