"""Models of which only the name is known are read by what they show."""

from dataclasses import replace
import json

import pytest

from custom_components.flashforge.api.models.catalog import GENERIC, MODELS, by_pid
from custom_components.flashforge.api.models.model import Model, Protocol
from custom_components.flashforge.api.network.packet import parse
from custom_components.flashforge.api.wire.detail import (
    model_for,
    model_of,
    parse_detail,
)

from ...support import FIXTURES

CASES = FIXTURES / "cases"
UNDESCRIBED = [
    each
    for each in MODELS.values()
    if not each.described and each.protocol is Protocol.HTTP
]
OTHERS = [each for each in MODELS.values() if each.protocol is not Protocol.HTTP]


def answer(name: str) -> bytes:
    return bytes.fromhex((CASES / name).read_text())


@pytest.mark.parametrize(
    ("file", "name", "serial"),
    [
        ("discovery_adventurer_a5.hex", "Adventurer A5", "SNMOCKA50001"),
        ("discovery_guider_4.hex", "Guider 4", "SNMOCKG40001"),
    ],
)
def test_answer_to_a_search(file: str, name: str, serial: str) -> None:
    printer = parse(answer(file), "192.168.1.33")

    assert printer is not None
    assert printer.is_supported
    assert (printer.model.name, printer.serial, printer.http_port) == (
        name,
        serial,
        8898,
    )
    # The older layout says that there is no HTTP.
    old = parse(answer(file)[:196], "192.168.1.33")
    assert old is not None
    assert old.http_port is None
    assert old.model.protocol is Protocol.TCP


def test_names_of_the_undescribed() -> None:
    assert {each.name for each in UNDESCRIBED} == {
        "Adventurer A5",
        "Guider 3 Ultra",
        "Guider 4",
        "Guider 4 Pro",
    }


@pytest.mark.parametrize("model", [*UNDESCRIBED, *OTHERS], ids=lambda model: model.name)
def test_read_like_a_model_that_nobody_knows(model: Model) -> None:
    body = json.loads((CASES / "detail_adventurer_a5_ready.json").read_text())["detail"]
    body["pid"] = model.pid
    unknown = parse_detail(body | {"pid": 0x0777}, GENERIC)

    for read_as in (model_of(body), model_for(body, GENERIC), by_pid(model.pid)):
        assert read_as == replace(GENERIC, pid=model.pid, name=model.name)
        state = parse_detail(body, read_as)
        assert state.station == unknown.station
        assert state.station is not None
        assert len(state.station.slots) == 4
        assert replace(state, identity=unknown.identity) == unknown
