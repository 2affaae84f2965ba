"""The worst answers that are short enough to be read: judged without holding anybody up."""

import base64
from contextlib import suppress

import pytest

from custom_components.flashforge.api.errors import UnreadableError
from custom_components.flashforge.api.http.reply import decode
from custom_components.flashforge.api.http.transport import JSON_LIMIT, PICTURE_LIMIT
from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.wire.detail import parse_detail
from custom_components.flashforge.api.wire.files import parse_files, parse_thumbnail

from ..fuzzing import in_time

SOON = 0.1
"""Seconds of the processor; on an idle machine a fifth of it, which is what counts."""


def filled(start: bytes, unit: bytes, end: bytes, size: int) -> bytes:
    count = (size - len(start) - len(end)) // len(unit)
    return start + unit * (count - 1) + unit.rstrip(b",") + end


LISTS = {
    "numbers": (b'{"code":0,"detail":{"nozzleTemps":[', b"1,", b"]}}"),
    "slots": (b'{"code":0,"detail":{"matlStationInfo":{"slotInfos":[', b"{},", b"]}}}"),
    "not strict": (b'{"code":0,"detail":{"x":[NaN,', b"0,", b"]}}"),
    "names": (b'{"code":0,"gcodeList":[', b'"a",', b"]}"),
    "files": (b'{"code":0,"gcodeListDetail":[', b'{"gcodeFileName":"a"},', b"]}"),
    "tools": (
        b'{"code":0,"gcodeListDetail":[{"gcodeFileName":"a","gcodeToolDatas":[',
        b"{},",
        b"]}]}",
    ),
    "text": (b'{"code":0,"detail":{"name":"', b"x", b'"}}'),
    "bad text": (b'{"code":0,"detail":{"name":"', b"\xff", b'"}}'),
    "blanks": (b'{"code":0,', b" ", b'"detail":{}}'),
}


def judge(raw: bytes) -> None:
    with suppress(UnreadableError):
        body = decode(raw)
        parse_files(body.body)
        parse_thumbnail(body.body)
        for model in (MODELS[0x26], MODELS[0x29]):
            parse_detail(body.payload("detail"), model)


@pytest.mark.parametrize("size", [16_000, 24_000, 250_000, JSON_LIMIT, PICTURE_LIMIT])
@pytest.mark.parametrize("parts", LISTS.values(), ids=LISTS)
def test_lists(parts: tuple[bytes, bytes, bytes], size: int) -> None:
    raw = filled(*parts, size)
    with in_time(SOON):
        judge(raw)


def test_a_picture_of_the_longest_kind() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(PICTURE_LIMIT * 3 // 4 - 60) + b"IEND\xaeB`\x82"
    raw = b'{"code":0,"imageData":"' + base64.b64encode(png) + b'"}'
    assert len(raw) <= PICTURE_LIMIT
    with in_time(SOON):
        assert parse_thumbnail(decode(raw).body) == png


def test_an_answer_with_a_great_deal_in_it_is_refused() -> None:
    with pytest.raises(UnreadableError):
        decode(filled(*LISTS["names"], JSON_LIMIT))
