"""The start of a print in words: every model's form, against the reference."""

import base64
import json
from typing import Any

import pytest

from custom_components.flashforge.api.errors import (
    UnsupportedError,
    UnsupportedOptionError,
)
from custom_components.flashforge.api.http.requests import auth
from custom_components.flashforge.api.http.start import (
    firmware_version,
    form_for,
    stored_body,
    upload_headers,
)
from custom_components.flashforge.api.models.catalog import GENERIC, MODELS
from custom_components.flashforge.api.models.model import Model, Protocol
from custom_components.flashforge.api.prints import MaterialMapping, PrintOptions

from .. import fixture_json

SAMPLES: dict[str, dict[str, Any]] = fixture_json("requests.json")["POST /printGcode"]

ADVENTURER_5M = MODELS[0x23]
ADVENTURER_5M_PRO = MODELS[0x24]
AD5X = MODELS[0x26]
CREATOR_5 = MODELS[0x28]
CREATOR_5_PRO = MODELS[0x29]


def pair(second_slot: str) -> tuple[MaterialMapping, ...]:
    """Return white and blue for the first two slots."""
    return (
        MaterialMapping(
            tool=0, slot=1, material="PLA", tool_color="#FFFFFF", slot_color="#FFFFFF"
        ),
        MaterialMapping(
            tool=1, slot=2, material="PLA", tool_color="#0000FF", slot_color=second_slot
        ),
    )


PLAIN = PrintOptions()
STARTED: dict[str, tuple[Model, str, PrintOptions]] = {
    "5m_old_fw": (ADVENTURER_5M, "2.7.6", PLAIN),
    "5m_new_fw": (ADVENTURER_5M, "3.1.3", PLAIN),
    "ad5x_direct": (AD5X, "1.1.7-1.0.2", PrintOptions(leveling=False)),
    "ad5x_ifs": (AD5X, "1.1.7-1.0.2", PrintOptions(mappings=pair("#2750E0"))),
    "creator5_single": (CREATOR_5, "1.9.9", PLAIN),
    "creator5_multi": (CREATOR_5, "1.9.9", PrintOptions(mappings=pair("#2E54DD"))),
    "creator5_multi_timelapse": (
        CREATOR_5_PRO,
        "1.9.9",
        PrintOptions(
            leveling=False,
            flow_calibration=True,
            time_lapse=True,
            mappings=pair("#2E54DD"),
        ),
    ),
}


def test_every_sample_is_built() -> None:
    assert STARTED.keys() == SAMPLES.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_stored_file(name: str) -> None:
    expected = SAMPLES[name]
    model, firmware, options = STARTED[name]
    body = auth(expected["serialNumber"], expected["checkCode"])
    body |= stored_body(form_for(model, firmware), expected["fileName"], options)
    assert body == expected


@pytest.mark.parametrize(
    ("model", "firmware", "expected"),
    [
        (ADVENTURER_5M, "2.7.6", []),
        (
            ADVENTURER_5M_PRO,
            "3.2.7",
            ["flowCalibration", "useMatlStation", "gcodeToolCnt", "materialMappings"],
        ),
        (
            AD5X,
            "1.2.1-1.1.1",
            [
                "flowCalibration",
                "firstLayerInspection",
                "timeLapseVideo",
                "useMatlStation",
                "gcodeToolCnt",
                "materialMappings",
            ],
        ),
        (
            CREATOR_5_PRO,
            "1.9.9",
            [
                "flowCalibration",
                "firstLayerInspection",
                "timeLapseVideo",
                "useMatlStation",
                "gcodeToolCnt",
                "materialMappings",
            ],
        ),
    ],
)
def test_upload_headers_by_model(
    model: Model, firmware: str, expected: list[str]
) -> None:
    headers = upload_headers(form_for(model, firmware), "SN1", "0042", 12, None)
    first = {
        "serialNumber": "SN1",
        "checkCode": "0042",
        "fileSize": "12",
        "printNow": "false",
        "levelingBeforePrint": "true",
    }
    assert list(headers) == [*first, *expected]
    assert first.items() <= headers.items()


def test_upload_headers_say_what_is_wanted() -> None:
    options = PrintOptions(
        leveling=False,
        flow_calibration=True,
        first_layer_inspection=True,
        time_lapse=True,
        mappings=pair("#2750E0"),
    )
    headers = upload_headers(form_for(AD5X, "1.1.7"), "SN1", "0042", 12, options)
    mappings = headers.pop("materialMappings")
    assert headers == {
        "serialNumber": "SN1",
        "checkCode": "0042",
        "fileSize": "12",
        "printNow": "true",
        "levelingBeforePrint": "false",
        "flowCalibration": "true",
        "firstLayerInspection": "true",
        "timeLapseVideo": "true",
        "useMatlStation": "true",
        "gcodeToolCnt": "2",
    }
    assert (
        json.loads(base64.b64decode(mappings, validate=True))
        == (SAMPLES["ad5x_ifs"]["materialMappings"])
    )


@pytest.mark.parametrize(
    ("model", "firmware", "options", "named"),
    [
        (ADVENTURER_5M, "2.7.6", {"flow_calibration": True}, "flow_calibration"),
        (ADVENTURER_5M, "3.2.7", {"flow_calibration": True}, "flow_calibration"),
        (ADVENTURER_5M, "3.2.7", {"time_lapse": True}, "time_lapse"),
        (ADVENTURER_5M_PRO, "3.2.7", {"mappings": pair("#FFFFFF")}, "mappings"),
        (
            CREATOR_5,
            "1.9.9",
            {"first_layer_inspection": True},
            "first_layer_inspection",
        ),
    ],
)
def test_what_cannot_be_told_is_refused(
    model: Model, firmware: str, options: dict[str, Any], named: str
) -> None:
    form = form_for(model, firmware)
    wanted = PrintOptions(**options)
    with pytest.raises(UnsupportedOptionError) as caught:
        stored_body(form, "a.gcode", wanted)
    assert caught.value.placeholders == {"option": named}
    with pytest.raises(UnsupportedOptionError):
        upload_headers(form, "SN1", "0042", 12, wanted)


@pytest.mark.parametrize(
    ("firmware", "expected"),
    [
        ("3.2.7", (3, 2, 7)),
        ("v3.1.5", (3, 1, 5)),
        (" V3.1 ", (3, 1)),
        ("1.1.3-1.0.8", (1, 1, 3)),
        ("1.3.7 20230725", (1, 3, 7)),
        ("", None),
        ("unknown", None),
        (None, None),
    ],
)
def test_firmware_version(
    firmware: str | None, expected: tuple[int, ...] | None
) -> None:
    assert firmware_version(firmware) == expected


@pytest.mark.parametrize(
    ("firmware", "newest"),
    [
        ("2.7.2", False),
        ("3.1.2", False),
        ("3.1", False),
        ("3.1.3", True),
        ("v3.1.3", True),
        ("3.1.10", True),
        ("10.0", True),
        (None, True),
    ],
)
def test_form_by_firmware(firmware: str | None, newest: bool) -> None:
    oldest, latest = ADVENTURER_5M.start_forms
    assert form_for(ADVENTURER_5M, firmware) is (latest if newest else oldest)


@pytest.mark.parametrize("model", [*MODELS.values(), GENERIC], ids=lambda m: m.name)
def test_every_http_model_has_a_form(model: Model) -> None:
    assert bool(model.start_forms) is (model.protocol is Protocol.HTTP)
    for form in model.start_forms:
        assert form.takes in form.upload | form.stored | form.if_wanted
        assert list(model.start_forms) == sorted(
            model.start_forms, key=lambda each: each.since
        )


def test_no_form_is_no_function() -> None:
    with pytest.raises(UnsupportedError):
        form_for(MODELS[0x08], "1.3.7")
