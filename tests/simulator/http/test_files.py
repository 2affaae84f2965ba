"""The list of stored files and their pictures."""

import base64
from dataclasses import replace

import aiohttp
import pytest

from simulator import StoredFile

from ..conftest import Ask, Make, url


@pytest.mark.parametrize(
    ("model", "firmware", "detailed"),
    [
        ("5m", None, False),
        ("5m_pro", None, False),
        ("ad5x", None, True),
        ("creator5", None, False),
        ("creator5_pro", "1.9.6", False),
        ("creator5_pro", "1.9.9", True),
    ],
)
async def test_some_firmware_lists_details(
    make: Make, ask: Ask, model: str, firmware: str | None, *, detailed: bool
) -> None:
    printer = await make(model, firmware=firmware)

    answer = await ask(printer, "/gcodeList")

    assert answer["gcodeList"] == [file.name for file in printer.files]
    assert ("gcodeListDetail" in answer) is detailed


async def test_the_details_of_a_file(make: Make, ask: Ask) -> None:
    tools = (("PLA", "#FFFF0A", 3.95, 1), ("PLA", "#0080FF", 11.85, 2))
    printer = await make(
        files=[StoredFile("b.3mf", 3209, 9, tools, needs_station=True)]
    )

    answer = await ask(printer, "/gcodeList")

    assert answer["gcodeListDetail"] == [
        {
            "gcodeFileName": "b.3mf",
            "printingTime": 3209,
            "totalFilamentWeight": 15.8,
            "gcodeToolCnt": 2,
            "useMatlStation": True,
            "gcodeToolDatas": [
                {
                    "toolId": number,
                    "slotId": slot,
                    "materialName": material,
                    "materialColor": color,
                    "filamentWeight": grams,
                }
                for number, (material, color, grams, slot) in enumerate(tools)
            ],
        }
    ]


async def test_only_the_newest_ten_are_listed(make: Make, ask: Ask) -> None:
    printer = await make()
    printer.files = [StoredFile(f"{number}.gcode") for number in range(14)]

    ten = await ask(printer, "/gcodeList")
    printer.quirks = replace(printer.quirks, file_limit=None, file_prefix="/data/")
    everything = await ask(printer, "/gcodeList")

    assert ten["gcodeList"] == [f"{number}.gcode" for number in range(10)]
    assert len(everything["gcodeList"]) == 14
    assert everything["gcodeList"][0] == "/data/0.gcode"


async def test_a_thumbnail_is_a_png(make: Make, ask: Ask) -> None:
    printer = await make()
    pictures = set()

    for file in printer.files:
        answer = await ask(printer, "/gcodeThumb", fileName=file.name)
        pictures.add(base64.b64decode(answer["imageData"]))

    assert len(pictures) == len(printer.files)
    assert all(picture.startswith(b"\x89PNG\r\n") for picture in pictures)
    assert (await ask(printer, "/gcodeThumb", fileName="no.gcode"))["code"] == 3


async def test_the_picture_of_the_running_job_needs_no_code(
    make: Make, session: aiohttp.ClientSession
) -> None:
    printer = await make()

    async def picture() -> bytes:
        async with session.get(url(printer, "/getThum")) as response:
            assert response.status == 200
            return await response.read()

    assert (await picture()).startswith(b"{")
    printer.machine.start_job()
    assert (await picture()).startswith(b"BM")
    printer.lan_mode = False
    assert b"Lan mode error" in await picture()
