"""Uploads: which are accepted, which are refused, which break."""

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import replace
import json
from pathlib import Path
import tempfile
import time
import tracemalloc

import aiohttp
import pytest

from simulator import (
    Fault,
    ManualClock,
    Printer,
    Status,
    StoredFile,
    thumbnail,
    write_gcode,
)

from ...support.waiting import until
from ..conftest import (
    Ask,
    Detail,
    Json,
    Make,
    Slice,
    Upload,
    form,
    mapping,
    upload_headers,
    url,
)

UPLOAD = "/uploadGcode"
SUCCESS = {"code": 0, "message": "Success"}
SINGLE = {"firstLayerInspection": None, "timeLapseVideo": None}
OLD = {
    **SINGLE,
    "flowCalibration": None,
    "useMatlStation": None,
    "gcodeToolCnt": None,
    "materialMappings": None,
}


@pytest.fixture(autouse=True)
def temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "spool"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.mark.parametrize(
    ("model", "firmware", "changed", "name"),
    [
        ("5m", None, SINGLE, "a.gcode"),
        ("5m_pro", None, SINGLE, "a.gx"),
        ("5m_pro", "2.7.6", OLD, "a.g"),
        ("ad5x", None, {}, "a.GCODE"),
        ("creator5", None, {}, "a.gcode.3mf"),
        ("creator5", None, {"firstLayerInspection": None}, "a.3mf"),
        ("creator5_pro", "1.9.4", {"materialMappings": None}, "a.3mf"),
        ("creator5_pro", "1.9.9", {"Expect": None}, "a.3mf"),
    ],
)
async def test_a_file_arrives_first_in_the_list(
    make: Make,
    ask: Ask,
    upload: Upload,
    sliced: Slice,
    model: str,
    firmware: str | None,
    changed: dict[str, str | None],
    name: str,
) -> None:
    printer = await make(model, firmware=firmware)
    before = [file.name for file in printer.files]

    assert await upload(printer, name, sliced(name), **changed) == SUCCESS

    answer = await ask(printer, "/gcodeList")
    assert answer["gcodeList"] == [name, *before]
    assert printer.machine.status is Status.READY
    assert printer.count(UPLOAD) == 1


async def test_the_list_has_the_content_of_the_file(
    make: Make, ask: Ask, upload: Upload, sliced: Slice
) -> None:
    printer = await make()
    tools = (("PLA", "#FF0000", 6.1), ("PETG", "#2750E0", 3.05))
    data = sliced("two.3mf", tools=tools, print_seconds=3723)

    await upload(printer, "two.3mf", data)

    answer = await ask(printer, "/gcodeList")
    assert answer["gcodeListDetail"][0] == {
        "gcodeFileName": "two.3mf",
        "printingTime": 3723,
        "totalFilamentWeight": 9.15,
        "gcodeToolCnt": 2,
        "useMatlStation": True,
        "gcodeToolDatas": [
            {
                "toolId": number,
                "slotId": 0,
                "materialName": material,
                "materialColor": color,
                "filamentWeight": grams,
            }
            for number, (material, color, grams) in enumerate(tools)
        ],
    }


@pytest.mark.parametrize("name", ["part.gcode", "part.3mf"])
async def test_a_file_keeps_its_own_picture(
    make: Make,
    ask: Ask,
    session: aiohttp.ClientSession,
    upload: Upload,
    sliced: Slice,
    name: str,
) -> None:
    printer = await make()
    other = thumbnail(StoredFile("other.gcode", tools=(("PLA", "#0ACC38", 3.0),)))

    await upload(printer, name, sliced(name, preview=other), printNow="true")

    told = await ask(printer, "/gcodeThumb", fileName=name)
    assert base64.b64decode(told["imageData"]) == other
    async with session.get(url(printer, "/getThum")) as response:
        assert (await response.read()).startswith(b"BM")


async def test_a_file_without_a_picture_has_none(
    make: Make,
    ask: Ask,
    session: aiohttp.ClientSession,
    upload: Upload,
    sliced: Slice,
) -> None:
    printer = await make()

    await upload(printer, "a.gcode", sliced("a.gcode", preview=b""), printNow="true")

    told = await ask(printer, "/gcodeThumb", fileName="a.gcode")
    assert told == {**SUCCESS, "imageData": ""}
    async with session.get(url(printer, "/getThum")) as response:
        assert (await response.read()).startswith(b"{")


async def test_a_name_that_exists_is_overwritten(
    make: Make, upload: Upload, sliced: Slice
) -> None:
    printer = await make()
    count = len(printer.files)

    await upload(printer, "a.gcode", sliced(layers=10))
    await upload(printer, "b.gcode", sliced())
    await upload(printer, "a.gcode", sliced(layers=20))

    assert [file.name for file in printer.files[:2]] == ["a.gcode", "b.gcode"]
    assert printer.files[0].layers == 20
    assert len(printer.files) == count + 2


async def test_all_files_stay_though_ten_are_listed(
    make: Make, ask: Ask, upload: Upload, sliced: Slice
) -> None:
    printer = await make()
    data = sliced(preview=b"")

    for number in range(12):
        await upload(printer, f"{number}.gcode", data)

    listed = (await ask(printer, "/gcodeList"))["gcodeList"]
    assert listed == [f"{number}.gcode" for number in range(11, 1, -1)]
    assert (await ask(printer, "/gcodeThumb", fileName="FISH_PLA.3mf"))["code"] == 0


async def test_free_storage_never_grows(
    make: Make, detail: Detail, upload: Upload, sliced: Slice
) -> None:
    printer = await make(storage_gb=0.03)
    assert (await detail(printer))["remainingDiskSpace"] == 0.03
    large = sliced("a.gcode", size=20_000_000)

    assert (await upload(printer, "a.gcode", large))["code"] == 0
    assert (await detail(printer))["remainingDiskSpace"] == 0.01
    full = await upload(printer, "b.gcode", large)
    assert (await upload(printer, "a.gcode", sliced()))["code"] == 0

    assert full == {"code": 1, "message": "Storage is full"}
    assert (await detail(printer))["remainingDiskSpace"] == 0.01
    assert "b.gcode" not in [file.name for file in printer.files]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"serialNumber": "MOCKAX000001"}, 1),
        ({"checkCode": "412345"}, 1),
        ({"serialNumber": None}, -1),
        ({"checkCode": None}, -1),
        ({"fileSize": None}, -1),
        ({"fileSize": "17"}, -1),
        ({"fileSize": "0"}, -1),
        ({"fileSize": "-1"}, -1),
        ({"fileSize": "many"}, -1),
        ({"printNow": None}, -1),
        ({"levelingBeforePrint": None}, -1),
        ({"flowCalibration": None}, -1),
        ({"firstLayerInspection": None}, -1),
        ({"timeLapseVideo": None}, -1),
        ({"useMatlStation": None}, -1),
        ({"useMatlStation": "true"}, -1),
        ({"gcodeToolCnt": None}, -1),
        ({"gcodeToolCnt": "two"}, -1),
        ({"gcodeToolCnt": "5"}, -1),
        ({"materialMappings": None}, -1),
        ({"materialMappings": "[]"}, -1),
        ({"materialMappings": "W10"}, -1),
        ({"materialMappings": "e30="}, -1),
        ({"materialMappings": base64.b64encode(b"[" * 6000).decode()}, -1),
    ],
)
@pytest.mark.parametrize("early", [False, True])
async def test_headers_that_are_refused(
    make: Make,
    upload: Upload,
    sliced: Slice,
    changed: dict[str, str | None],
    code: int,
    *,
    early: bool,
) -> None:
    printer = await make()
    printer.quirks = replace(printer.quirks, refuses_uploads_early=early)
    before = list(printer.files)

    assert (await upload(printer, "a.gcode", sliced(), **changed))["code"] == code

    assert printer.files == before
    assert printer.machine.status is Status.READY


@pytest.mark.parametrize(
    "mappings",
    [
        [mapping(0, 5)],
        [mapping(4, 1)],
        [mapping(0, 0)],
        [mapping(0, 1, " ")],
        [mapping(0, 1), mapping(0, 2)],
        [mapping(number, 1) for number in range(5)],
        [mapping(0, 1) | {"slotMaterialColor": "F72224"}],
        [mapping(0, 1) | {"toolMaterialColor": None}],
        [mapping(0, 1) | {"toolId": "0"}],
        [mapping(0, 1) | {"slotId": True}],
    ],
)
async def test_invalid_mappings(
    make: Make, upload: Upload, sliced: Slice, mappings: list[Json]
) -> None:
    printer = await make()

    answer = await upload(printer, "a.gcode", sliced(), *mappings, printNow="true")

    assert answer == {"code": -1, "message": "Parameters is error"}
    assert printer.machine.job is None


async def test_as_many_tools_as_mappings(
    make: Make, upload: Upload, sliced: Slice
) -> None:
    printer = await make()

    few = await upload(printer, "a.gcode", sliced(), mapping(0, 1), gcodeToolCnt="2")
    none = await upload(printer, "a.gcode", sliced(), gcodeToolCnt="1")

    assert (few["code"], none["code"]) == (-1, 0)


async def test_only_the_small_word_is_true(
    make: Make, upload: Upload, sliced: Slice
) -> None:
    printer = await make()

    for word in ("True", "1", "yes", ""):
        assert await upload(printer, "a.gcode", sliced(), printNow=word) == SUCCESS

    assert printer.machine.status is Status.READY
    assert await upload(printer, "a.gcode", sliced(), printNow="true") == SUCCESS
    assert printer.machine.job is not None


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("ad5x", "a.stl"),
        ("ad5x", "a"),
        ("ad5x", ""),
        ("ad5x", ".gcode"),
        ("ad5x", "../a.gcode"),
        ("ad5x", "..\\\\a.gcode"),
        ("ad5x", "data/a.gcode"),
        ("ad5x", "a\tb.gcode"),
        ("ad5x", f"{'a' * 255}.gcode"),
        ("ad5x", "gr\udcfcn.gcode"),
        ("creator5", "a.gcode"),
    ],
)
async def test_names_that_are_refused(
    make: Make, upload: Upload, sliced: Slice, model: str, name: str
) -> None:
    printer = await make(model)

    assert (await upload(printer, name, sliced()))["code"] == -1

    assert printer.files == list(printer.model.files)


@pytest.mark.parametrize(
    "name", ["Überraschung №1.gcode", "a b (2).gcode", "Benchy_PLA_41m.gcode"]
)
async def test_names_that_people_give(
    make: Make, upload: Upload, sliced: Slice, name: str
) -> None:
    printer = await make()

    assert await upload(printer, name, sliced()) == SUCCESS

    assert printer.files[0].name == name


async def test_bodies_without_a_file(
    make: Make, session: aiohttp.ClientSession, sliced: Slice
) -> None:
    printer = await make()
    data = sliced()

    async def code(body: bytes | AsyncIterator[bytes], **changed: str | None) -> int:
        headers = upload_headers(printer, len(data), **changed)
        async with session.post(url(printer, UPLOAD), data=body, headers=headers) as r:
            result: int = json.loads(await r.read())["code"]
            return result

    async def pieces() -> AsyncIterator[bytes]:
        yield form("a.gcode", data)

    whole = form("a.gcode", data)
    assert await code(form("a.gcode", data, part="file")) == -1
    assert await code(b"") == -1
    assert await code(data) == -1
    assert await code(whole.replace(b": ", b" ")) == -1
    assert await code(whole, **{"Content-Type": "application/octet-stream"}) == -1
    assert await code(whole, **{"Content-Type": "multipart/form-data"}) == -1
    # Without a length the printer does not know the size.
    assert await code(pieces()) == -1
    assert printer.files == list(printer.model.files)
    assert await code(whole) == 0


async def test_lan_mode_has_to_be_on(make: Make, upload: Upload, sliced: Slice) -> None:
    printer = await make()
    printer.lan_mode = False

    assert (await upload(printer, "a.gcode", sliced()))["code"] == -2


async def test_a_busy_printer_stores_but_does_not_start(
    make: Make, clock: ManualClock, upload: Upload, sliced: Slice
) -> None:
    printer = await make()
    running = printer.machine.start_job()

    refused = await upload(printer, "a.gcode", sliced(), printNow="true")
    assert refused == {"code": 2, "message": "busy"}
    assert printer.files == list(printer.model.files)
    assert await upload(printer, "a.gcode", sliced()) == SUCCESS
    assert printer.machine.job is running

    printer.machine.finish_job()
    clock.advance(60)
    assert (await upload(printer, "b.gcode", sliced(), printNow="true"))["code"] == 2
    printer.machine.clear_plate()
    assert (await upload(printer, "b.gcode", sliced(), printNow="true"))["code"] == 0


async def test_the_log_has_the_headers_and_not_the_body(
    make: Make, upload: Upload, sliced: Slice
) -> None:
    printer = await make()

    await upload(printer, "a.gcode", sliced(), mapping(0, 3))

    request = printer.requests[-1]
    assert (request.method, request.path, request.body) == ("POST", UPLOAD, None)
    assert request.headers["gcodeToolCnt"] == "1"
    assert json.loads(base64.b64decode(request.headers["materialMappings"])) == [
        mapping(0, 3)
    ]


async def test_a_client_may_ask_before_it_sends(make: Make, sliced: Slice) -> None:
    printer = await make()
    data = sliced()
    body = form("a.gcode", data)

    async def first_line(**changed: str) -> bytes:
        headers = upload_headers(printer, len(data), **changed)
        head = "".join(f"{name}: {text}\r\n" for name, text in headers.items())
        reader, writer = await asyncio.open_connection(printer.host, printer.http_port)
        writer.write(
            f"POST {UPLOAD} HTTP/1.1\r\nHost: printer\r\n"
            f"Content-Length: {len(body)}\r\n{head}\r\n".encode()
        )
        line = await reader.readline()
        if b"100" in line:
            writer.write(body)
            assert await reader.readline() == b"\r\n"
            assert b"200 OK" in await reader.readline()
        writer.close()
        await writer.wait_closed()
        return line

    assert b"100 Continue" in await first_line()
    assert printer.files[0].name == "a.gcode"
    assert b"100 Continue" in await first_line(checkCode="0")
    printer.quirks = replace(printer.quirks, refuses_uploads_early=True)
    assert b"200 OK" in await first_line(checkCode="0")
    assert b"100 Continue" in await first_line()


async def test_an_upload_that_is_given_up_leaves_nothing(
    make: Make, temporary_files: Path
) -> None:
    printer = await make()
    size = 8_000_000
    headers = upload_headers(printer, size, Expect=None)
    head = "".join(f"{name}: {text}\r\n" for name, text in headers.items())
    body = form("a.gcode", b"G1 X1\n" * (size // 6))

    _, writer = await asyncio.open_connection(printer.host, printer.http_port)
    writer.write(
        f"POST {UPLOAD} HTTP/1.1\r\nHost: printer\r\n"
        f"Content-Length: {len(body)}\r\n{head}\r\n".encode()
    )
    writer.write(body[: size // 2])
    await writer.drain()
    await until(lambda: printer.count(UPLOAD) == 1)
    writer.close()
    await writer.wait_closed()

    await until(lambda: printer.http_clients == 0)
    assert printer.files == list(printer.model.files)
    assert printer.machine.free_storage_gb == printer.model.storage_gb
    assert left_in(temporary_files) == []


async def test_an_upload_that_the_printer_cuts(
    make: Make, upload: Upload, sliced: Slice, temporary_files: Path
) -> None:
    printer = await make()
    printer.faults.add(Fault.CUT_UPLOAD, times=1)
    data = sliced(size=8_000_000)

    with pytest.raises(aiohttp.ClientError):
        await upload(printer, "a.gcode", data, printNow="true")

    assert printer.files == list(printer.model.files)
    assert printer.machine.status is Status.READY
    assert left_in(temporary_files) == []
    assert await upload(printer, "a.gcode", data) == SUCCESS


async def test_an_upload_that_stalls(
    make: Make, ask: Ask, upload: Upload, sliced: Slice
) -> None:
    printer = await make()
    printer.faults.add(Fault.STALL_UPLOAD, times=1)
    data = sliced(size=2_000_000)

    sending = asyncio.create_task(upload(printer, "a.gcode", data))
    await until(lambda: printer.faults.held == 1)
    assert (await ask(printer, "/detail"))["code"] == 0
    assert not sending.done()
    printer.faults.clear()

    assert await sending == SUCCESS


async def test_an_upload_that_takes_long(
    make: Make, upload: Upload, sliced: Slice
) -> None:
    printer = await make()
    printer.faults.add(Fault.SLOW_UPLOAD, seconds=0.03)
    started = time.monotonic()

    assert await upload(printer, "a.gcode", sliced(size=3 << 20)) == SUCCESS

    assert time.monotonic() - started >= 0.06


async def test_an_upload_that_is_refused_when_it_is_there(
    make: Make, ask: Ask, upload: Upload, sliced: Slice
) -> None:
    printer = await make()
    printer.faults.add(Fault.REFUSE_UPLOAD)

    answer = await upload(printer, "a.gcode", sliced(), printNow="true")

    assert answer == {"code": 1, "message": "Save file failed"}
    assert printer.files == list(printer.model.files)
    assert printer.machine.job is None
    assert (await ask(printer, "/detail"))["code"] == 0


async def test_the_other_faults_affect_uploads_too(
    make: Make, session: aiohttp.ClientSession, upload: Upload, sliced: Slice
) -> None:
    printer = await make()
    printer.faults.add(Fault.BUSY, path="/control")
    printer.faults.add(Fault.WRONG_CODE, path=UPLOAD, times=1)
    data = sliced()

    assert (await upload(printer, "a.gcode", data))["code"] == 1
    assert printer.files == list(printer.model.files)
    printer.faults.add(Fault.CUT, path=UPLOAD, times=1)
    with pytest.raises(aiohttp.ClientPayloadError):
        await upload(printer, "a.gcode", data)

    # The answer was cut, but the file is stored.
    assert printer.files[0].name == "a.gcode"


async def test_a_printer_that_is_switched_off_in_between(
    make: Make, upload: Upload, sliced: Slice, temporary_files: Path
) -> None:
    printer = await make()
    printer.faults.add(Fault.STALL_UPLOAD)
    sending = asyncio.create_task(upload(printer, "a.gcode", sliced(size=2_000_000)))
    await until(lambda: printer.faults.held == 1)

    await printer.power_off()

    with pytest.raises(aiohttp.ClientError):
        await sending
    assert printer.files == list(printer.model.files)
    assert left_in(temporary_files) == []


async def test_fifty_megabytes_do_not_stay_in_memory(
    make: Make, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    printer = await make()
    path = tmp_path / "large.gcode"
    write_gcode(path, StoredFile("large.gcode", layers=77), size=50_000_000)
    rest = form("large.gcode", b"SPLIT").split(b"SPLIT")

    async def body() -> AsyncIterator[bytes]:
        yield rest[0]
        with path.open("rb") as file:
            while piece := file.read(1 << 18):
                yield piece
        yield rest[1]

    length = 50_000_000 + sum(map(len, rest))
    headers = upload_headers(printer, 50_000_000) | {"Content-Length": str(length)}
    tracemalloc.start()
    try:
        async with session.post(
            url(printer, UPLOAD), data=body(), headers=headers
        ) as response:
            assert json.loads(await response.read()) == SUCCESS
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 12_000_000
    assert printer.files[0].layers == 77
    assert printer.files[0].size == 50_000_000


async def test_a_printer_without_the_endpoint(
    make: Make, session: aiohttp.ClientSession
) -> None:
    printer: Printer = await make()
    printer.quirks = replace(printer.quirks, missing_paths=frozenset({UPLOAD}))

    async with session.post(url(printer, UPLOAD), data=b"") as response:
        assert response.status == 404
