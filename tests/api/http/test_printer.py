"""A printer over HTTP: what is asked, what is told, and what the answers mean."""

import asyncio
from collections.abc import Awaitable, Callable
import json
from typing import Any

import aiohttp
import pytest

from custom_components.flashforge.api.errors import (
    BusyError,
    FlashForgeError,
    LanModeError,
    MissingEndpointError,
    MissingFileError,
    RefusedError,
    UnreachableError,
    UnreadableError,
    UnsupportedError,
    WrongCodeError,
    WrongSerialError,
)
from custom_components.flashforge.api.http import transport
from custom_components.flashforge.api.http.printer import HttpPrinter
from custom_components.flashforge.api.models.catalog import GENERIC, MODELS
from custom_components.flashforge.api.models.model import Model
from custom_components.flashforge.api.printer import FilamentAction
from custom_components.flashforge.api.prints import PrintOptions
from custom_components.flashforge.api.state import Product, Status

from ...support.server import HOST
from .. import fixture, fixture_json
from ..fake import OK, Behavior, Server, close, cut, hang, http, send

SERIAL = "SNMOCK5M000031"
CODE = "00412345"
AUTH = {"serialNumber": SERIAL, "checkCode": CODE}

ADVENTURER_5M = MODELS[0x23]
ADVENTURER_5M_PRO = MODELS[0x24]
AD5X = MODELS[0x26]
CREATOR_5 = MODELS[0x28]
CREATOR_5_PRO = MODELS[0x29]


@pytest.fixture
def model() -> Model:
    return GENERIC


@pytest.fixture
def printer(
    session: aiohttp.ClientSession, server: Server, model: Model
) -> HttpPrinter:
    return HttpPrinter(
        session, HOST, port=server.port, serial=SERIAL, check_code=CODE, model=model
    )


def answer(server: Server, name: str) -> None:
    server.rest = send(http(fixture(name)))


async def test_fetch(printer: HttpPrinter, server: Server) -> None:
    answer(server, "detail_creator5_pro_printing.json")
    state = await printer.fetch()
    assert state.status is Status.PRINTING
    assert state.identity.name == "Creator 5 Pro"
    assert server.asked[0].path == "/detail"
    assert server.asked[0].json == AUTH


async def test_the_same_answer_is_read_once(
    printer: HttpPrinter, server: Server
) -> None:
    answer(server, "detail_creator5_pro_printing.json")
    first = await printer.fetch()
    assert await printer.fetch() is first
    assert len(server.asked) == 2
    answer(server, "detail_ad5x_ready.json")
    assert await printer.fetch() != first


async def test_a_refusal_in_between_does_not_stay(
    printer: HttpPrinter, server: Server
) -> None:
    answer(server, "detail_creator5_pro_printing.json")
    first = await printer.fetch()
    told = printer.answers["/detail"]
    server.rest = send(http(b'{"code": 1, "message": "Access code is different"}'))
    for _ in range(2):
        with pytest.raises(WrongCodeError):
            await printer.fetch()
    assert printer.answers["/detail"] != told
    answer(server, "detail_creator5_pro_printing.json")
    assert await printer.fetch() == first
    assert printer.answers["/detail"] == told


@pytest.mark.parametrize(
    ("name", "model", "expected"),
    [
        ("detail_ad5x_ready.json", GENERIC, AD5X),
        ("detail_ad5x_ready.json", CREATOR_5, AD5X),
        ("detail_lenient_toplevel_err.json", CREATOR_5, CREATOR_5_PRO),
    ],
)
async def test_fetch_learns_the_model(
    printer: HttpPrinter, server: Server, name: str, expected: Model
) -> None:
    answer(server, name)
    await printer.fetch()
    assert printer.model is expected


@pytest.mark.parametrize(
    ("model", "expected"), [(GENERIC, CREATOR_5_PRO), (CREATOR_5, CREATOR_5)]
)
async def test_fetch_goes_by_the_name_when_nothing_else_tells(
    printer: HttpPrinter, server: Server, expected: Model
) -> None:
    server.rest = send(http(b'{"code":0,"detail":{"model":"Creator 5 Pro"}}'))
    await printer.fetch()
    assert printer.model is expected


@pytest.mark.parametrize("model", [CREATOR_5])
async def test_fetch_keeps_the_model_of_an_unknown_id(
    printer: HttpPrinter, server: Server
) -> None:
    server.rest = send(http(b'{"code":0,"detail":{"pid":119}}'))
    assert (await printer.fetch()).identity.pid == 119
    assert printer.model is CREATOR_5


@pytest.mark.parametrize(
    "body",
    [
        b'{"status":"ready"}',
        b'{"detail":{"status":"ready"}}',
        b'{"code":0,"status":"ready","detail":null}',
        b'{"err":" 0 ","status":" READY "}',
        b'{"code":200,"detail":{"status":"ready","rightTemp":NaN}}',
    ],
)
async def test_fetch_takes_any_envelope(
    printer: HttpPrinter, server: Server, body: bytes
) -> None:
    server.rest = send(http(body))
    assert (await printer.fetch()).status is Status.IDLE


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("response_error_access_code.json", WrongCodeError),
        ("response_error_unauthorized.json", WrongCodeError),
        ("response_error_serial.json", WrongSerialError),
        ("response_error_lan_mode_off.json", LanModeError),
        ("response_error_parameter.json", RefusedError),
        ("response_error_busy.json", BusyError),
    ],
)
async def test_refused_reads(
    printer: HttpPrinter, server: Server, name: str, error: type[FlashForgeError]
) -> None:
    answer(server, name)
    with pytest.raises(FlashForgeError) as raised:
        await printer.fetch()
    assert type(raised.value) is error


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("response_error_busy.json", BusyError),
        ("response_error_err_msg_keys.json", BusyError),
        ("response_error_access_code.json", WrongCodeError),
        ("response_error_lan_mode_off.json", LanModeError),
        ("response_error_parameter.json", RefusedError),
    ],
)
async def test_refused_commands(
    printer: HttpPrinter, server: Server, name: str, error: type[FlashForgeError]
) -> None:
    answer(server, name)
    with pytest.raises(FlashForgeError) as raised:
        await printer.pause()
    assert type(raised.value) is error
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (http(b"<html></html>", content_type="text/html"), UnreadableError),
        (http(b"<html></html>", status="404 Not Found"), MissingEndpointError),
        (http(b"", status="500 Internal Server Error"), UnreadableError),
        (http(b""), UnreadableError),
        (http(b"\x00\xff garbage"), UnreadableError),
        (http(b"[1,2]"), UnreadableError),
        (http(OK[:-3]), UnreadableError),
        (http(b"[" * 100_000), UnreadableError),
    ],
)
async def test_unreadable(
    printer: HttpPrinter, server: Server, raw: bytes, error: type[FlashForgeError]
) -> None:
    server.rest = send(raw)
    with pytest.raises(FlashForgeError) as raised:
        await printer.fetch()
    assert type(raised.value) is error


@pytest.mark.parametrize("content_type", ["appliation/json", "text/html", "x"])
async def test_content_type_does_not_matter(
    printer: HttpPrinter, server: Server, content_type: str
) -> None:
    body = fixture("detail_5m_ready.json")
    server.rest = send(http(body, content_type=content_type))
    assert (await printer.fetch()).status is Status.IDLE


async def test_errors_tell_no_secret(printer: HttpPrinter, server: Server) -> None:
    reason = f"{SERIAL} / {CODE} at {HOST}"
    server.rest = send(http(json.dumps({"code": 9, "message": reason}).encode()))
    with pytest.raises(RefusedError) as raised:
        await printer.fetch()
    told = f"{raised.value} {raised.value.placeholders}"
    assert SERIAL not in told
    assert CODE not in told
    assert raised.value.reason.startswith("***")


async def test_silence(
    printer: HttpPrinter, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "DEADLINE", 0.05)
    server.rest = hang
    with pytest.raises(UnreachableError):
        await printer.fetch()


async def test_reads_are_repeated_and_commands_are_not(
    printer: HttpPrinter, server: Server
) -> None:
    server.script.extend([close, send(http(OK)), close])
    await printer.fetch()
    with pytest.raises(UnreachableError):
        await printer.pause()
    assert [asked.path for asked in server.asked] == ["/detail", "/detail", "/control"]


async def test_product(printer: HttpPrinter, server: Server) -> None:
    answer(server, "product_ad5x.json")
    assert await printer.fetch_product() == Product(
        nozzle=True,
        bed=True,
        chamber=False,
        light=False,
        internal_fan=False,
        external_fan=False,
    )
    assert server.asked[0].path == "/product"


async def test_files(printer: HttpPrinter, server: Server) -> None:
    answer(server, "gcodeList_ad5x.json")
    files = await printer.list_files()
    assert [file.name for file in files] == [
        "FISH_PLA.3mf",
        "multi_color_test.3mf",
        "single_direct.gcode",
    ]
    assert server.asked[0].path == "/gcodeList"


async def test_files_without_a_list(printer: HttpPrinter, server: Server) -> None:
    server.rest = send(http(b'{"message":"hello"}'))
    with pytest.raises(UnreadableError):
        await printer.list_files()


async def test_thumbnail(printer: HttpPrinter, server: Server) -> None:
    answer(server, "gcodeThumb.json")
    picture = await printer.fetch_thumbnail("a b.3mf")
    assert picture is not None
    assert picture.startswith(b"\x89PNG")
    assert server.asked[0].path == "/gcodeThumb"
    assert server.asked[0].json == AUTH | {"fileName": "a b.3mf"}


async def test_a_large_thumbnail(printer: HttpPrinter, server: Server) -> None:
    body = fixture_json("gcodeThumb.json")
    padding = "x" * (2 << 20)
    server.rest = send(http(json.dumps(body | {"padding": padding}).encode()))
    assert await printer.fetch_thumbnail("a") is not None


@pytest.mark.parametrize(
    "raw",
    [
        http(b'{"code":3,"message":"file not exist"}'),
        http(b'{"code":1,"message":"failed"}'),
        http(b'{"code":0,"imageData":""}'),
        http(b'{"code":0}'),
        http(b"", status="404 Not Found"),
    ],
)
async def test_no_thumbnail(printer: HttpPrinter, server: Server, raw: bytes) -> None:
    server.rest = send(raw)
    assert await printer.fetch_thumbnail("a") is None


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("response_error_access_code.json", WrongCodeError),
        ("response_error_lan_mode_off.json", LanModeError),
    ],
)
async def test_refused_login_is_no_missing_thumbnail(
    printer: HttpPrinter, server: Server, name: str, error: type[RefusedError]
) -> None:
    answer(server, name)
    with pytest.raises(error):
        await printer.fetch_thumbnail("a")


@pytest.mark.parametrize(
    ("raw", "picture"),
    [
        (http(b"BM1234", content_type="image/bmp"), b"BM1234"),
        (http(b'{"code":1,"message":"no job"}'), None),
        (http(b"", status="404 Not Found"), None),
    ],
)
async def test_job_thumbnail(
    printer: HttpPrinter, server: Server, raw: bytes, picture: bytes | None
) -> None:
    server.rest = send(raw)
    assert await printer.fetch_job_thumbnail() == picture
    assert server.asked[0].method == "GET"
    assert server.asked[0].path == "/getThum"
    assert CODE.encode() not in server.asked[0].body


type Order = Callable[[HttpPrinter], Awaitable[None]]

COMMANDS: list[tuple[str, Model, Order]] = [
    ("light_on", ADVENTURER_5M, lambda p: p.set_light(True)),
    ("pause", GENERIC, lambda p: p.pause()),
    ("resume", GENERIC, lambda p: p.resume()),
    ("cancel", GENERIC, lambda p: p.cancel()),
    ("clear_platform", GENERIC, lambda p: p.clear_plate()),
    ("bed_60", ADVENTURER_5M, lambda p: p.set_bed_target(60)),
    ("nozzle_off", AD5X, lambda p: p.set_nozzle_target(0, 0, off_marker=True)),
    ("c5_tool2_210", CREATOR_5, lambda p: p.set_nozzle_target(2, 210)),
    ("c5_tool2_off", CREATOR_5, lambda p: p.set_nozzle_target(2, 0, off_marker=True)),
    ("c5_tool0_210", CREATOR_5, lambda p: p.set_nozzle_target(0, 210)),
    ("c5_bed_60", CREATOR_5, lambda p: p.set_bed_target(60)),
    ("c5_bed_off", CREATOR_5, lambda p: p.set_bed_target(0, off_marker=True)),
    ("c5_chamber_off", CREATOR_5, lambda p: p.set_chamber_target(0)),
    (
        "filter_off",
        CREATOR_5_PRO,
        lambda p: p.set_filtration(internal=False, external=False),
    ),
    ("camera_on", ADVENTURER_5M_PRO, lambda p: p.set_camera(True)),
    ("auto_off_30", GENERIC, lambda p: p.set_power_off(enabled=True, delay=30)),
    ("rename", GENERIC, lambda p: p.rename("Workshop 5M")),
    ("slot1_material", AD5X, lambda p: p.set_slot(1, "PETG", "#45A8F9")),
    ("c5_slot1_material", CREATOR_5, lambda p: p.set_slot(1, "PETG", "#4CAAF8")),
    ("direct_material", AD5X, lambda p: p.set_direct_feed("PLA", "#FFFFFF")),
    ("load_slot3", AD5X, lambda p: p.feed_slot(3, FilamentAction.LOAD)),
    ("unload_slot3", AD5X, lambda p: p.feed_slot(3, FilamentAction.UNLOAD)),
    ("cancel_slot3", AD5X, lambda p: p.feed_slot(3, FilamentAction.CANCEL)),
    ("load_direct", AD5X, lambda p: p.feed_direct(FilamentAction.LOAD)),
    ("jog_x", AD5X, lambda p: p.move_axis("x", 10)),
    ("extrude", AD5X, lambda p: p.extrude(5)),
    ("home", AD5X, lambda p: p.home()),
    ("clear_error", AD5X, lambda p: p.clear_error("E0101")),
]

SAMPLES: dict[str, Any] = fixture_json("requests.json")["POST /control"]


@pytest.mark.parametrize(("name", "model", "order"), COMMANDS)
async def test_commands(
    printer: HttpPrinter, server: Server, name: str, order: Order
) -> None:
    await order(printer)
    assert server.asked[0].path == "/control"
    assert server.asked[0].json["payload"] == SAMPLES[name]["payload"]


@pytest.mark.parametrize("model", [GENERIC])
async def test_calibrate(printer: HttpPrinter, server: Server) -> None:
    await printer.calibrate(leveling=True, vibration=False)
    assert server.asked[0].command == (
        "calibration_cmd",
        {"levelingDetection": "open", "vibrationCompensation": "close"},
    )


@pytest.mark.parametrize(
    ("model", "order"),
    [
        (ADVENTURER_5M, lambda p: p.set_chamber_target(40)),
        (ADVENTURER_5M, lambda p: p.set_nozzle_target(1, 200)),
        (CREATOR_5, lambda p: p.set_nozzle_target(4, 200)),
        (CREATOR_5, lambda p: p.set_nozzle_target(-1, 200)),
        (ADVENTURER_5M, lambda p: p.set_filtration(internal=True)),
        (ADVENTURER_5M, lambda p: p.adjust("chamber_fan", 50)),
        (ADVENTURER_5M, lambda p: p.adjust("left_part_fan", 50)),
        (CREATOR_5_PRO, lambda p: p.set_camera(False)),
        (ADVENTURER_5M, lambda p: p.set_slot(1, "PLA", "#FFFFFF")),
        (CREATOR_5, lambda p: p.set_direct_feed("PLA", "#FFFFFF")),
        (CREATOR_5, lambda p: p.feed_slot(1, FilamentAction.LOAD)),
        (GENERIC, lambda p: p.feed_direct(FilamentAction.LOAD)),
        (CREATOR_5, lambda p: p.home()),
        (CREATOR_5_PRO, lambda p: p.move_axis("z", 1)),
        (CREATOR_5, lambda p: p.send_gcode(["G28"])),
        (AD5X, lambda p: p.set_runout_sensor(True)),
        (GENERIC, lambda p: p.extrude(1)),
        (CREATOR_5, lambda p: p.clear_error("E0163")),
    ],
)
async def test_what_a_model_lacks_is_not_sent(
    printer: HttpPrinter, server: Server, order: Order
) -> None:
    with pytest.raises(UnsupportedError):
        await order(printer)
    assert server.asked == []


async def test_credentials_are_written_as_the_printer_takes_them(
    session: aiohttp.ClientSession, server: Server
) -> None:
    printer = HttpPrinter(
        session,
        "127.0.0.1",
        port=server.port,
        serial=" mock123 ",
        check_code=" 0007 ",
    )
    await printer.set_light(False)
    assert server.asked[0].json["serialNumber"] == "SNMOCK123"
    assert server.asked[0].json["checkCode"] == "0007"


async def test_the_printer_can_move(
    printer: HttpPrinter, server: Server, session: aiohttp.ClientSession
) -> None:
    async with Server() as other:
        printer.move("127.0.0.1", other.port)
        await printer.set_light(True)
        assert len(other.asked) == 1
    assert server.asked == []


async def test_commands_go_one_by_one_in_order(
    printer: HttpPrinter, server: Server
) -> None:
    running = 0
    most = 0
    done: list[object] = []

    async def slow(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        done.append(server.asked[-1].command[1]["name"])
        running -= 1
        writer.write(http(OK))

    server.rest = slow
    names = [f"name {number}" for number in range(20)]
    await asyncio.gather(*(printer.rename(name) for name in names))
    assert done == names
    assert most == 1


async def test_reads_do_not_wait_for_commands(
    printer: HttpPrinter, server: Server
) -> None:
    released = asyncio.Event()

    async def wait(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await released.wait()
        writer.write(http(OK))

    server.script.append(wait)
    command = asyncio.create_task(printer.pause())
    await server.arrived.wait()
    product = asyncio.create_task(printer.fetch_product())
    await printer.fetch()
    assert [asked.path for asked in server.asked] == ["/control", "/detail"]
    released.set()
    await asyncio.gather(command, product)
    assert server.asked[-1].path == "/product"


async def test_a_failed_command_makes_way(printer: HttpPrinter, server: Server) -> None:
    server.script.append(cut(b""))
    first = asyncio.create_task(printer.pause())
    second = asyncio.create_task(printer.resume())
    with pytest.raises(UnreachableError):
        await first
    await second
    assert len(server.asked) == 2


async def test_start_file(printer: HttpPrinter, server: Server) -> None:
    server.script.append(send(http(fixture("detail_creator5_ready.json"))))
    await printer.start_file("gear_set.gcode.3mf", PrintOptions())
    expected = fixture_json("requests.json")["POST /printGcode"]["creator5_single"]
    assert server.asked[-1].path == "/printGcode"
    assert server.asked[-1].json == expected | AUTH


async def test_start_file_knows_the_firmware(
    printer: HttpPrinter, server: Server
) -> None:
    server.script.append(send(http(fixture("detail_ad5x_ready.json"))))
    await printer.fetch()
    await printer.start_file("a.gcode", PrintOptions())
    await printer.start_file("a.gcode", PrintOptions())
    paths = [asked.path for asked in server.asked]
    assert paths == ["/detail", "/printGcode", "/printGcode"]


@pytest.mark.parametrize("model", [ADVENTURER_5M])
@pytest.mark.parametrize("silence", [close, cut(b"HTTP/1.1 200 OK\r\n")])
async def test_a_start_is_never_sent_twice(
    printer: HttpPrinter, server: Server, silence: Behavior
) -> None:
    await printer.fetch()
    # On a connection that was used before, too, which is where a read is sent again.
    server.script.append(silence)
    with pytest.raises(UnreachableError):
        await printer.start_file("a.gcode", PrintOptions())
    assert [asked.path for asked in server.asked].count("/printGcode") == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [(2, BusyError), (3, MissingFileError), (-1, RefusedError), (-2, LanModeError)],
)
async def test_start_file_refused(
    printer: HttpPrinter, server: Server, code: int, expected: type[FlashForgeError]
) -> None:
    await printer.fetch()
    server.rest = send(http(json.dumps({"code": code}).encode()))
    with pytest.raises(expected) as caught:
        await printer.start_file("a.gcode", PrintOptions())
    assert type(caught.value) is expected


async def test_a_start_waits_for_its_turn(printer: HttpPrinter, server: Server) -> None:
    await printer.fetch()
    await asyncio.gather(
        printer.pause(), printer.start_file("a.gcode", PrintOptions()), printer.resume()
    )
    paths = [asked.path for asked in server.asked[1:]]
    assert paths == ["/control", "/printGcode", "/control"]
