"""Envelopes: where the result is, what it means, and what is no envelope."""

import pytest

from custom_components.flashforge.api.errors import (
    BusyError,
    EmptyAnswerError,
    FlashForgeError,
    LanModeError,
    MissingFileError,
    RefusedError,
    UnreadableError,
    WrongCodeError,
    WrongSerialError,
)
from custom_components.flashforge.api.http.reply import decode

from .. import fixture


@pytest.mark.parametrize(
    "name",
    [
        "response_ok.json",
        "response_ok_lowercase.json",
        "response_ok_err_msg_keys.json",
        "product_5m.json",
        "gcodeList_mixed_items.json",
    ],
)
def test_success_samples(name: str) -> None:
    decode(fixture(name)).check("/control")


@pytest.mark.parametrize(
    ("name", "endpoint", "error", "code", "reason"),
    [
        (
            "response_error_access_code.json",
            "/detail",
            WrongCodeError,
            1,
            "Access code is different",
        ),
        (
            "response_error_serial.json",
            "/detail",
            WrongSerialError,
            1,
            "SN is different",
        ),
        (
            "response_error_unauthorized.json",
            "/control",
            WrongCodeError,
            3,
            "Unauthorized",
        ),
        (
            "response_error_lan_mode_off.json",
            "/detail",
            LanModeError,
            -2,
            "Lan mode error",
        ),
        ("response_error_busy.json", "/control", BusyError, 2, "busy"),
        ("response_error_err_msg_keys.json", "/printGcode", BusyError, 2, "busy"),
        (
            "response_error_parameter.json",
            "/control",
            RefusedError,
            -1,
            "Parameters is error",
        ),
    ],
)
def test_refusal_samples(
    name: str, endpoint: str, error: type[RefusedError], code: int, reason: str
) -> None:
    with pytest.raises(RefusedError) as raised:
        decode(fixture(name)).check(endpoint)
    assert type(raised.value) is error
    assert raised.value.code == code
    assert raised.value.reason == reason
    assert raised.value.placeholders == {"code": str(code), "reason": reason}


@pytest.mark.parametrize(
    ("body", "endpoint", "error"),
    [
        # Words come before codes.
        (b'{"code":2,"message":"SN IS DIFFERENT"}', "/control", WrongSerialError),
        (b'{"code":1,"message":"wrong serial number"}', "/detail", WrongSerialError),
        (b'{"code":1,"message":"Check Code wrong"}', "/detail", WrongCodeError),
        (b'{"code":7,"message":"LAN MODE is off"}', "/detail", LanModeError),
        (b'{"code":1001,"message":""}', "/control", WrongCodeError),
        # The same code means different things at different endpoints.
        (b'{"code":3}', "/detail", WrongCodeError),
        (b'{"code":3}', "/product", WrongCodeError),
        (b'{"code":3}', "/printGcode", MissingFileError),
        (b'{"code":3}', "/gcodeThumb", MissingFileError),
        (b'{"code":3}', "/control", RefusedError),
        (b'{"code":4}', "/gcodeThumb", MissingFileError),
        (b'{"code":4}', "/detail", RefusedError),
        (b'{"code":5}', "/uploadGcode", BusyError),
        (b'{"code":2}', "/detail", RefusedError),
        # Code 1 alone says nothing about the check code.
        (b'{"code":1,"message":"failed"}', "/detail", RefusedError),
        (b'{"code":99}', "/detail", RefusedError),
        (b'{"code":" 2 ","msg":"x"}', "/control", BusyError),
        (b'{"err":true,"msg":"x"}', "/control", RefusedError),
        (b'{"code":-2.0}', "/control", LanModeError),
        # No code, but words that say it all.
        (b'{"message":"Access code is different"}', "/detail", WrongCodeError),
        # Neither code nor payload.
        (b"{}", "/control", UnreadableError),
        (b'{"code":null}', "/detail", UnreadableError),
        (b'{"code":"abc","detail":null}', "/detail", UnreadableError),
        (b'{"message":"hello"}', "/detail", UnreadableError),
    ],
)
def test_decision_table(
    body: bytes, endpoint: str, error: type[FlashForgeError]
) -> None:
    with pytest.raises(FlashForgeError) as raised:
        decode(body).check(endpoint, ("detail",))
    assert type(raised.value) is error


SUCCESSES = [
    b'{"code":0}',
    b'{"code":200}',
    b'{"code":"0"}',
    b'{"code":false,"err":1}',
    b'{"err":0.0}',
    b'{"code":null,"err":0}',
    b'{"code":0,"message":"SN is different"}',
]


@pytest.mark.parametrize("body", SUCCESSES)
def test_accepted(body: bytes) -> None:
    decode(body).check("/control")


@pytest.mark.parametrize("body", SUCCESSES)
def test_a_success_without_what_was_asked_for_is_no_answer(body: bytes) -> None:
    with pytest.raises(EmptyAnswerError):
        decode(body).check("/detail", ("detail",))


@pytest.mark.parametrize(
    "body", [b'{"detail":{}}', b'{"code":"abc","detail":{"status":"ready"}}']
)
def test_what_was_asked_for_needs_no_code(body: bytes) -> None:
    decode(body).check("/detail", ("detail",))


def test_a_refusal_without_a_code_has_no_number_to_show() -> None:
    with pytest.raises(WrongCodeError) as raised:
        decode(b'{"msg":"access code"}').check("/detail")
    assert raised.value.code is None
    assert raised.value.placeholders["code"] == "–"


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a":NaN}', "nan"),
        (b'{"a":-Infinity}', "-inf"),
        (b'{"a":1e999}', "inf"),
        (b'{"a":"\xff"}', "'\ufffd'"),
        (b'{"a":"\t"}', "'\\t'"),
        (b'\xef\xbb\xbf{"a":1}', "1"),
        (b'{"a":1}\0\r\n', "1"),
        (b'{"a":1,"a":2}', "2"),
        (b'{"a":NaN,"a":2}', "2"),
        (b'{"a":"\\ud800"}', "'\\ud800'"),
    ],
)
def test_what_strict_json_refuses(body: bytes, value: str) -> None:
    assert repr(decode(body).body["a"]) == value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"OK",
        b"<html><body>404</body></html>",
        b"[]",
        b"null",
        b'"code"',
        b'{"code":0',
        b'{"code":0}}',
        b"\0" * 100,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a":' * 900 + b"NaN",
        b"[" * 900 + b"]" * 900,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"a":' + b"9" * 10_000 + b",}",
        b"\xff\xfe{\0}\0",
    ],
)
def test_no_envelope(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(body)


@pytest.mark.parametrize(
    ("body", "payload"),
    [
        (b'{"code":0,"detail":{"a":1}}', {"a": 1}),
        (b'{"code":0,"detail":[],"a":1}', {"code": 0, "detail": [], "a": 1}),
        (b'{"a":1}', {"a": 1}),
    ],
)
def test_payload(body: bytes, payload: dict[str, object]) -> None:
    assert decode(body).payload("detail") == payload


def test_secrets_stay_out_of_the_reason() -> None:
    reply = decode(b'{"code":9,"message":"SNMOCK1 with 00412345 is no good"}')
    clean = reply.without("SNMOCK1", "00412345", "")
    assert clean.reason == "*** with *** is no good"
    assert reply.without("other") is reply


def test_endless_reasons_are_cut() -> None:
    assert len(decode(b'{"code":1,"message":"%s"}' % (b"x" * 5000)).reason) == 200
