"""Adjustments: everything is sent, nothing is invented, and what strays is noticed."""

from dataclasses import replace
import json
import logging
from typing import Any

import aiohttp
import pytest

from custom_components.flashforge.api.errors import BusyError, NoJobError
from custom_components.flashforge.api.http import adjusting
from custom_components.flashforge.api.http.adjusting import AdjustmentMemory
from custom_components.flashforge.api.http.printer import HttpPrinter
from custom_components.flashforge.api.models.catalog import MODELS
from custom_components.flashforge.api.models.model import Model
from custom_components.flashforge.api.printer import AdjustmentName
from custom_components.flashforge.api.state import Adjustments

from ...support.server import HOST
from .. import fixture, fixture_json
from ..fake import OK, Server, http, send

SAMPLES: dict[str, Any] = fixture_json("requests.json")

ADVENTURER_5M_PRO = MODELS[0x24]
AD5X = MODELS[0x26]
CREATOR_5_PRO = MODELS[0x29]

PRO: dict[str, object] = {
    "pid": 36,
    "status": "printing",
    **SAMPLES["_context"]["speed_120, z_0.05, part_fan_80"],
}


@pytest.fixture
def model() -> Model:
    return ADVENTURER_5M_PRO


@pytest.fixture
def printer(
    session: aiohttp.ClientSession, server: Server, model: Model
) -> HttpPrinter:
    return HttpPrinter(
        session, HOST, port=server.port, serial="SN1", check_code="1", model=model
    )


def show(server: Server, **detail: object) -> None:
    """Let the next answer be this detail, and the one after it an acknowledgement."""
    body = json.dumps({"code": 0, "detail": detail}).encode()
    server.script.extend([send(http(body)), send(http(OK))])


def commands(server: Server) -> list[dict[str, float]]:
    return [asked.command[1] for asked in server.asked if asked.path == "/control"]


@pytest.mark.parametrize(
    ("sample", "context", "model", "name", "value"),
    [
        ("speed_120", "speed_120, z_0.05, part_fan_80", 36, "speed_factor", 120),
        ("z_0.05", "speed_120, z_0.05, part_fan_80", 36, "z_offset", 0.05),
        ("part_fan_80", "speed_120, z_0.05, part_fan_80", 36, "part_fan", 80),
        ("ad5x_speed_150", "ad5x_speed_150", 38, "speed_factor", 150),
        ("c5_speed_125", "c5_speed_125", 40, "speed_factor", 122),
    ],
)
async def test_samples(
    printer: HttpPrinter,
    server: Server,
    sample: str,
    context: str,
    model: int,
    name: AdjustmentName,
    value: float,
) -> None:
    printer.model = MODELS[model]
    shown = SAMPLES["_context"][context]
    show(server, pid=model, status="printing", **shown)
    await printer.adjust(name, value)
    assert [asked.path for asked in server.asked] == ["/detail", "/control"]
    expected = SAMPLES["POST /control"][sample]["payload"]
    assert server.asked[1].json["payload"] == expected


@pytest.mark.parametrize(
    "word", ["printing", "heating", "pause", "paused", "pausing", " Printing "]
)
async def test_while_a_job_runs(
    printer: HttpPrinter, server: Server, word: str
) -> None:
    show(server, **PRO | {"status": word})
    await printer.adjust("speed_factor", 120)
    assert len(commands(server)) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"status": "ready"},
        {"status": "completed"},
        {"status": "canceling"},
        {"status": "unzipping"},
        {"status": "downloading"},
        {"status": "warming_up_lasers"},
        {"status": None},
        {"printProgress": 1e-40},
        {"coolingFanSpeed": 5_111_810},
    ],
)
async def test_only_while_a_job_runs(
    printer: HttpPrinter, server: Server, odd: dict[str, object]
) -> None:
    show(server, **PRO | odd)
    with pytest.raises(NoJobError):
        await printer.adjust("speed_factor", 120)
    assert commands(server) == []


async def test_what_is_not_shown_is_not_invented(
    printer: HttpPrinter, server: Server
) -> None:
    show(server, status="printing", printSpeedAdjust=0, coolingFanSpeed="?")
    await printer.adjust("z_offset", 0.1)
    assert commands(server) == [{"zAxisCompensation": 0.1, "speed": 100}]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING
    ]


SHOWN = Adjustments(speed_factor=100, z_offset=0.0, part_fan=100, chamber_fan=40)


async def _adjusted(
    printer: HttpPrinter,
    server: Server,
    name: AdjustmentName,
    value: float,
    **shown: object,
) -> None:
    """Adjust one thing and let the printer show something else afterwards."""
    show(server, **PRO)
    await printer.adjust(name, value)
    show(server, **PRO | shown)
    state = await printer.fetch()
    await printer.restore_adjustments(state)


async def test_nothing_strayed(
    printer: HttpPrinter, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    await _adjusted(
        printer,
        server,
        "speed_factor",
        120,
        printSpeedAdjust=119.6,
        zAxisCompensation=-0.02500000037,
    )
    assert len(commands(server)) == 1
    assert warnings(caplog) == []


async def test_a_sibling_is_sent_back_once(
    printer: HttpPrinter, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    shown = {"printSpeedAdjust": 120, "zAxisCompensation": 0.0}
    await _adjusted(printer, server, "speed_factor", 120, **shown)
    assert commands(server)[1] == {
        "zAxisCompensation": -0.025,
        "speed": 120,
        "chamberFan": 40,
        "coolingFan": 100,
    }
    assert warnings(caplog) == [
        "An adjustment also changed z_offset, which nobody asked for"
    ]

    server.script.clear()
    show(server, **PRO | shown)
    await printer.restore_adjustments(await printer.fetch())
    assert len(commands(server)) == 2
    assert len(warnings(caplog)) == 1


async def test_a_fan_that_strays_is_left_out_from_then_on(
    printer: HttpPrinter, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    shown = {"printSpeedAdjust": 120, "coolingFanSpeed": 39}
    await _adjusted(printer, server, "speed_factor", 120, **shown)
    assert len(commands(server)) == 1
    assert len(warnings(caplog)) == 1

    server.script.clear()
    show(server, **PRO | shown)
    await printer.adjust("z_offset", 0.1)
    assert commands(server)[1] == {"zAxisCompensation": 0.1, "speed": 120}

    show(server, **PRO | shown)
    await printer.adjust("part_fan", 80)
    assert commands(server)[2] == {
        "zAxisCompensation": 0.1,
        "speed": 120,
        "chamberFan": 40,
        "coolingFan": 80,
    }


async def test_a_sibling_and_a_fan(printer: HttpPrinter, server: Server) -> None:
    shown = {"printSpeedAdjust": 100, "coolingFanSpeed": 39, "zAxisCompensation": 0.1}
    await _adjusted(
        printer, server, "z_offset", 0.1, **shown | {"printSpeedAdjust": 50}
    )
    assert commands(server)[1] == {"zAxisCompensation": 0.1, "speed": 100}


@pytest.mark.parametrize(
    "shown",
    [
        {"status": "completed", "printSpeedAdjust": 120, "zAxisCompensation": 0},
        {"status": "unzipping", "printSpeedAdjust": 120, "zAxisCompensation": 0},
        # The command itself does not show yet, so neither can its side effects.
        {"printSpeedAdjust": 100, "zAxisCompensation": 0},
    ],
)
async def test_too_late_or_too_early_to_judge(
    printer: HttpPrinter,
    server: Server,
    shown: dict[str, object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await _adjusted(printer, server, "speed_factor", 120, **shown)
    assert len(commands(server)) == 1
    assert warnings(caplog) == []


async def test_nothing_to_restore(printer: HttpPrinter, server: Server) -> None:
    show(server, **PRO)
    await printer.restore_adjustments(await printer.fetch())
    assert commands(server) == []


def test_two_in_a_row_do_not_undo_each_other() -> None:
    memory = AdjustmentMemory()
    memory.sent("speed_factor", 120, replace(SHOWN, speed_factor=120), 10.0)
    values = memory.compose("z_offset", 0.1, SHOWN, 11.0)
    assert values == replace(SHOWN, speed_factor=120, z_offset=0.1)
    memory.sent("z_offset", 0.1, values, 11.0)
    # The printer shows both: neither strayed.
    assert memory.settle(values) is None


def test_what_was_asked_long_ago_is_read_again() -> None:
    memory = AdjustmentMemory()
    memory.sent("speed_factor", 120, replace(SHOWN, speed_factor=120), 10.0)
    values = memory.compose("z_offset", 0.1, SHOWN, 10.0 + adjusting.ASKED_HOLDS)
    assert values == replace(SHOWN, z_offset=0.1)


async def test_what_was_refused_was_not_asked(
    printer: HttpPrinter, server: Server
) -> None:
    show(server, **PRO)
    server.script[-1] = send(http(b'{"code":2,"message":"busy"}'))
    with pytest.raises(BusyError):
        await printer.adjust("speed_factor", 120)
    show(server, **PRO)
    await printer.adjust("z_offset", 0.1)
    assert commands(server)[1]["speed"] == 100


@pytest.mark.parametrize("model", [CREATOR_5_PRO])
@pytest.mark.parametrize(
    ("asked", "shown", "expected"),
    [
        ({"internal": True}, ("close", "close"), ("open", "close")),
        ({"internal": True}, ("close", "open"), ("open", "open")),
        ({"external": False}, ("open", "open"), ("open", "close")),
        ({"external": True}, (None, None), ("close", "open")),
        ({}, ("open", "close"), ("open", "close")),
    ],
)
async def test_filtration_keeps_the_other_side(
    printer: HttpPrinter,
    server: Server,
    asked: dict[str, bool],
    shown: tuple[str | None, str | None],
    expected: tuple[str, str],
) -> None:
    show(server, pid=41, internalFanStatus=shown[0], externalFanStatus=shown[1])
    await printer.set_filtration(**asked)
    assert [asked.path for asked in server.asked] == ["/detail", "/control"]
    assert server.asked[1].command == (
        "circulateCtl_cmd",
        {"internal": expected[0], "external": expected[1]},
    )


@pytest.mark.parametrize("model", [CREATOR_5_PRO])
async def test_filtration_with_both_sides_needs_no_reading(
    printer: HttpPrinter, server: Server
) -> None:
    await printer.set_filtration(internal=True, external=True)
    assert [asked.path for asked in server.asked] == ["/control"]


async def test_the_sample_of_a_printing_pro(
    printer: HttpPrinter, server: Server
) -> None:
    server.script.append(send(http(fixture("detail_5m_pro_printing.json"))))
    await printer.adjust("chamber_fan", 25.4)
    assert commands(server) == [
        {"zAxisCompensation": -0.025, "speed": 100, "chamberFan": 25, "coolingFan": 100}
    ]
