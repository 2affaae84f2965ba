"""The habits of the older printers at port 8899."""

import asyncio
from dataclasses import replace
import io
from random import Random
import struct
from typing import Any

from PIL import Image
import pytest

from simulator import (
    LINES,
    MODELS,
    Fault,
    FlashPrint,
    ManualClock,
    Status,
    StoredFile,
    thumbnail,
)

from ...support import FIXTURES
from ...support.waiting import PATIENCE, until
from ..conftest import Make
from .conftest import Talk
from .talker import reply

OLDER = tuple(key for key, spec in MODELS.items() if not spec.http)
WARM = reply("M105", "T0:25/0 B:25/0")
FINDER_WARM = reply("M105", "T0:25 /0 B:0 /0")


@pytest.mark.parametrize("model", OLDER)
async def test_a_day_of_every_model(
    make: Make, talk: Talk, clock: ManualClock, model: str
) -> None:
    printer = await make(model)
    printer.quirks = replace(
        printer.quirks, line_idle=None, line_patience=1e9, rename_seconds=0
    )
    machine, quirks = printer.machine, printer.quirks
    talker = await talk(printer)
    file = printer.files[0].name

    async def ask(line: str) -> list[str]:
        said = len(printer.lines)
        talker.writer.write(f"~{line}\r\n".encode())
        await until(lambda: len(printer.lines) > said)
        if machine.status is Status.BUSY:
            clock.advance(15)
        text = (await talker.reader.readuntil(b"ok\r\n")).decode()
        return text.split("\r\n")[:-2]

    await talker.take(quirks.line_control)
    first = (await ask("M115"))[1]
    assert first == f"Machine Type: {printer.model.machine_type}"
    assert (await ask("M27"))[1].startswith("SD printing byte 0/")
    assert sum(line == "MachineStatus: READY" for line in await ask("M119")) == 1

    await ask(f"M23 0:/user/{file}")
    assert (machine.job is None) is quirks.selects_only
    await ask("M24")
    assert machine.status is Status.HEATING
    machine.finish_warm_up()
    await ask("M25")
    clock.advance(5)
    assert machine.status is Status.PAUSED
    await ask("M24")
    machine.finish_warm_up()
    assert machine.status is Status.PRINTING
    if "M26" in quirks.dialect.without_ok:
        talker.writer.write(b"~M26\r\n")
        await talker.hears(b"CMD M26 Received.\r\n")
    else:
        await ask("M26")
    clock.advance(5)
    assert machine.status is Status.CANCELED
    assert "MachineStatus: READY" in await ask("M119")

    # The next print needs no cleared plate.
    await ask(f"M23 /data/{file}")
    await ask("M24")
    assert machine.status is Status.HEATING
    machine.finish_job()
    total = printer.files[0].size if quirks.dialect.total is None else None
    done = quirks.dialect.total if total is None else total + 1
    assert f"SD printing byte {done}/{total or done}" in await ask("M27")
    assert "MoveMode: READY" in await ask("M119")

    homed = "G28" in printer.model.lines
    await ask("G28")
    assert machine.motion.homed is homed
    await ask("M104 S200 T0")
    assert machine.nozzles[0].target == 200
    await ask("M140 S50")
    assert machine.bed.target == min(50, printer.model.bed_max)
    await ask("M146 r0 g0 b0 F0")
    assert machine.light is False
    await ask("M610 Other name")
    assert printer.name == "Other name"
    await ask("M602")


@pytest.mark.parametrize("model", OLDER)
async def test_a_camera_where_there_is_a_place_for_one(
    make: Make, talk: Talk, model: str
) -> None:
    printer = await make(model, camera=True)
    bare = {"adventurer3_lite", "adventurer3c", "guider2", "creator4"}
    bare |= {"finder", "finder2", "dreamer", "aries"}
    assert (printer.camera_port != 0) is (model not in bare)
    assert printer.http_port == 0
    assert printer.tcp_port != 0


async def test_nothing_is_answered_before_the_login(make: Make, talk: Talk) -> None:
    printer = await make("dreamer")
    talker = await talk(printer)
    await talker.send(b"~M115\r\n")
    await talker.hears_nothing()
    await talker.take("Control Success.")
    await talker.ask("M105", reply("M105", "T0: 25/0 T1: 25/0 B:25/0"))
    await talker.ask("M602", reply("M602", "Control Release."))
    await talker.send(b"~M119\r\n")
    await talker.hears_nothing()
    assert printer.lines == ["M115", "M601 S1", "M105", "M602", "M119"]


async def test_a_finder_answers_everybody(make: Make, talk: Talk) -> None:
    printer = await make("finder")
    first, second = await talk(printer), await talk(printer)
    await first.take("Control Success.")
    await second.hears(reply("M601", "Control Success."))
    await second.ask("M105", FINDER_WARM)
    await first.hears(FINDER_WARM)


async def test_hurry_switches_a_finder_off(make: Make, talk: Talk) -> None:
    printer = await make("finder")
    talker = await talk(printer)
    talker.writer.write(b"~M601 S1\r\n~M119\r\n")
    await until(lambda: printer.line_clients == 0)
    assert printer.machine.status is Status.OFF
    assert printer.lines == []


async def test_others_bear_hurry(make: Make, talk: Talk) -> None:
    talker = await talk(await make("adventurer4"))
    talker.writer.write(b"~M105\r\n~M105\r~M105\n")
    await talker.hears(WARM * 3)


async def test_control_is_held_by_another_program(make: Make, talk: Talk) -> None:
    printer = await make("adventurer3")
    async with FlashPrint(printer) as other:
        assert await other.take()
        talker = await talk(printer)
        await talker.ask("M601 S1", reply("M601", "Control failed."))
        await talker.ask("M25", reply("M25", "Control failed."))
        await talker.ask("M105", WARM)
        await other.release()
    await talker.take()
    printer.quirks = replace(printer.quirks, line_again="Error: have been connected")
    await talker.take("Error: have been connected")
    await talker.ask("M25", reply("M25"))


@pytest.mark.parametrize(("model", "seconds"), [("adventurer3", 10), ("aries", 50)])
async def test_silence_ends_a_connection(
    make: Make, talk: Talk, clock: ManualClock, model: str, seconds: float
) -> None:
    printer = await make(model)
    talker = await talk(printer)
    clock.advance(seconds - 1)
    await talker.ask("M105", WARM)
    clock.advance(seconds - 1)
    await talker.hears_nothing()
    clock.advance(1)
    assert await talker.reader.read() == b""


async def test_homing_is_no_silence(make: Make, talk: Talk, clock: ManualClock) -> None:
    printer = await make("adventurer3")
    talker = await talk(printer)
    await talker.take()
    await talker.ask("G28", reply("G28"))
    assert printer.machine.motion.homed
    await talker.ask("M105", WARM)


async def test_a_line_with_a_remark_is_dropped(make: Make, talk: Talk) -> None:
    talker = await talk(await make("adventurer3"))
    await talker.send(b"~M105 ; how warm\r\n")
    await talker.hears_nothing()
    await talker.ask("M105", WARM)


async def test_another_name_costs_an_adventurer_3_the_network(
    make: Make, talk: Talk, clock: ManualClock
) -> None:
    printer = await make("adventurer3")
    talker = await talk(printer)
    await talker.take()
    talker.writer.write(b"~M610 Attic\r\n")
    with pytest.raises(ConnectionError):
        await talker.reader.read()
    assert printer.name == "Attic"
    with pytest.raises(ConnectionError):
        await (await talk(printer)).reader.read()
    clock.advance(3)
    talker = await talk(printer)
    await talker.ask("M105", WARM)
    await talker.take()


async def test_old_firmware_takes_whole_degrees(make: Make, talk: Talk) -> None:
    printer = await make("adventurer3", firmware="1.1.7")
    talker = await talk(printer)
    await talker.take("Control Success.")
    nozzle = printer.machine.nozzles[0]
    await talker.ask("M104 S200.0 T0", reply("M104"))
    assert nozzle.target == 0
    await talker.ask("M104 S300 T0", reply("M104"))
    assert nozzle.target == 265


async def test_two_heads(make: Make, talk: Talk) -> None:
    printer = await make("creator4")
    talker = await talk(printer)
    await talker.take()
    await talker.ask("M104 S210 T1", reply("M104"))
    await talker.ask("M104 S210 T2", reply("M104"))
    assert [nozzle.target for nozzle in printer.machine.nozzles] == [0, 210]
    await talker.ask("M105", reply("M105", "T0:25/0 T1:25/210 B:25/0"))


@pytest.mark.parametrize("model", ["finder2", "guider2"])
async def test_a_print_that_does_not_show(
    make: Make, talk: Talk, clock: ManualClock, model: str
) -> None:
    printer = await make(model)
    talker = await talk(printer)
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    idle = "MachineStatus: READY\r\nMoveMode: READY"
    talker.writer.write(b"~M119\r\n")
    assert idle in (await talker.reader.readuntil(b"ok\r\n")).decode()
    clock.advance(300)
    talker = await talk(printer)
    talker.writer.write(b"~M27\r\n")
    assert b" 0/" not in await talker.reader.readuntil(b"ok\r\n")


@pytest.mark.parametrize("model", ["finder2", "guider2"])
async def test_homing_and_moving_of_the_second_generation(
    make: Make, talk: Talk, model: str
) -> None:
    printer = await make(model)
    talker = await talk(printer)
    await talker.take(printer.quirks.line_control)
    await talker.ask("G28 X Y", reply("G28"))
    assert not printer.machine.motion.homed
    await talker.ask("G91", reply("G91"))
    await talker.ask("G0 X5", reply("G0"))
    await talker.ask("G1 X5", reply("G1"))
    assert printer.machine.motion.position["x"] == 5


async def test_a_fan_takes_no_number(make: Make, talk: Talk) -> None:
    printer = await make("adventurer4")
    talker = await talk(printer)
    await talker.take()
    await talker.ask("M106 S100", reply("M106"))
    assert printer.machine.part_fan == 100
    await talker.ask("M107", reply("M107"))
    assert printer.machine.part_fan == 0


async def test_stop_and_the_rear_fan(make: Make, talk: Talk) -> None:
    printer = await make("adventurer3")
    machine = printer.machine
    talker = await talk(printer)
    await talker.take()
    await talker.ask("M651", reply("M651"))
    assert machine.chamber_fan == 100
    await talker.ask("M652", reply("M652"))
    assert machine.chamber_fan == 0
    machine.start_job()
    await talker.ask("M112", reply("M112"))
    assert machine.status is Status.CANCELING
    assert machine.nozzles[0].target == machine.bed.target == 0


async def test_lines_that_a_firmware_lacks(make: Make, talk: Talk) -> None:
    printer = await make("adventurer4", name="A", mac="88:A9:A7:00:00:01")
    dialect = printer.quirks.dialect.without("SN:", "LED:")
    printer.quirks = replace(printer.quirks, dialect=dialect)
    talker = await talk(printer)
    said = (
        "Machine Type: Flashforge Adventurer 4",
        "Machine Name: A",
        "Firmware: v2.3.3-3.33",
        "X: 220 Y: 200 Z: 250",
        "Tool Count: 1",
        "Mac Address:88:A9:A7:00:00:01\n ",
    )
    await talker.ask("M115", reply("M115", *said))


def bitmap() -> bytes:
    image = Image.new("RGB", (2, 2))
    colors = [(0, 0, 255), (255, 255, 255), (255, 0, 0), (0, 255, 0)]
    image.putdata(colors)
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


async def test_a_bitmap_as_in_the_sample(make: Make, talk: Talk) -> None:
    sample = (FIXTURES / "tcp_adventurer3_m662_bmp.bin").read_bytes()
    printer = await make("adventurer3", files=[StoredFile("a.gx", preview=bitmap())])
    talker = await talk(printer)
    await talker.ask("M662 /data/a.gx", sample)
    await talker.ask("M662 a.gx", sample)
    await talker.ask("M662 b.gx", reply("M662", "Error: File not exists"))


async def test_a_picture_longer_than_it_is(make: Make, talk: Talk) -> None:
    printer = await make("adventurer3", files=[StoredFile("a.gx", preview=b"")])
    dialect = printer.quirks.dialect
    picture = replace(dialect.picture, excess=7)
    printer.quirks = replace(printer.quirks, dialect=replace(dialect, picture=picture))
    talker = await talk(printer)
    # A file without a picture gets the usual one of the printer.
    image = thumbnail(StoredFile("a.gx"), "BMP")
    assert image.startswith(b"BM")
    size = struct.pack(">I", len(image) + 7)
    expected = reply("M662") + b"**\xa2\xa2" + size + image + bytes(7)
    await talker.ask("M662 /data/a.gx", expected)


async def test_babble_has_no_end(make: Make, talk: Talk) -> None:
    printer = await make("adventurer3")
    printer.quirks = replace(printer.quirks, line_babbles=True)
    talker = await talk(printer)
    line = b"T0:25/0 B:25/0\r\n"
    await talker.ask("M105", b"CMD M105 Received.\r\n" + line * 3)
    printer.quirks = replace(printer.quirks, line_babbles=False)
    talker.writer.write(b"~M105\r\n")
    async with asyncio.timeout(60):
        rest = await talker.reader.readuntil(b"ok\r\n")
    assert rest.removesuffix(WARM).replace(line, b"") == b""


async def test_noise_pieces_and_silence(make: Make, talk: Talk) -> None:
    printer = await make("adventurer4")
    printer.quirks = replace(
        printer.quirks, line_noise=("", "echo: wifi"), line_pieces=1
    )
    talker = await talk(printer)
    await talker.ask("M105", b"\r\necho: wifi\r\n" + WARM)
    printer.faults.add(Fault.HANG, path=LINES)
    await talker.send(b"~M105\r\n")
    await talker.hears_nothing()


@pytest.mark.parametrize("model", ["adventurer3", "creator4", "finder2", "guider2s"])
async def test_nonsense_does_no_harm(
    make: Make, talk: Talk, clock: ManualClock, model: str
) -> None:
    printer = await make(model)
    printer.quirks = replace(printer.quirks, rename_seconds=0)
    random = Random(model)
    codes = [*sorted(printer.model.lines), "M601", "M602", "M6", "T1", "", "~"]
    codes = [code for code in codes if code != "G28"]
    pieces = [
        "S",
        "T",
        "X-",
        "E",
        "9" * 500,
        "200",
        "0:/user/a.gx",
        "\0",
        "ß",
        ";",
        " ",
    ]

    for _ in range(20):
        talker = await talk(printer)
        talker.writer.write(b"~M601 S1\r\n")
        for _ in range(50):
            said = "".join(random.choices(pieces, k=random.randint(0, 5)))
            line = f"~{random.choice(codes)} {said}\r\n".encode()
            talker.writer.write(line + random.randbytes(random.choice([0, 0, 0, 40])))
        talker.writer.write_eof()
        async with asyncio.timeout(PATIENCE):
            await talker.reader.read()
        clock.advance(60)

    # The task that reads this would have died of an error.
    talker = await talk(printer)
    await talker.take(printer.quirks.line_control)
    talker.writer.write(b"~M105\r\n")
    assert (await talker.reader.readuntil(b"ok\r\n")).startswith(b"CMD M105 Rec")


async def test_a_command_that_is_only_acknowledged(make: Make, talk: Talk) -> None:
    printer = await make("adventurer4")
    printer.machine.start_job()
    printer.faults.add(Fault.HOLLOW, path="tcp/M25")
    talker = await talk(printer)
    await talker.take(printer.quirks.line_control)
    await talker.ask("M25", b"CMD M25 Received.\r\nok\r\n")
    assert printer.machine.warming_up
    printer.faults.clear()
    await talker.ask("M25", b"CMD M25 Received.\r\nok\r\n")
    assert printer.machine.status is Status.PAUSING


async def test_a_line_without_an_end_ends_the_connection(
    make: Make, talk: Talk
) -> None:
    talker = await talk(await make("adventurer3"))
    talker.writer.write(b"~" * 5000)
    assert await talker.reader.read() == b""


async def test_half_a_reply_and_far_too_much(make: Make, talk: Talk) -> None:
    printer = await make("adventurer3")
    printer.faults.add(Fault.TRUNCATED, path=LINES, times=1)
    talker = await talk(printer)
    talker.writer.write(b"~M105\r\n")
    assert await talker.reader.read() == WARM[: len(WARM) // 2]
    printer.faults.add(Fault.FLOOD, path=LINES, times=1)
    talker = await talk(printer)
    await talker.ask("M105", WARM + bytes(1 << 20))


def test_every_record_is_of_its_own() -> None:
    seen: list[Any] = [MODELS[key].name for key in OLDER]
    assert len(set(seen)) == len(OLDER) == 18
    assert {MODELS[key].pid for key in OLDER if "adventurer3" in key} == {0x0008}
