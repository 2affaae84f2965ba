"""The captures of the older printers, said again byte for byte by the virtual ones."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
import re
from typing import Any, NamedTuple

import pytest

from simulator import ManualClock, Printer, StoredFile
from simulator.machine.job import Job
from simulator.models.dialects import ADVENTURER3_SPEC

from ...support import FIXTURES
from ..conftest import Make
from .talker import Talker

BOX = bytes(range(256)) * 604 + bytes(50)


class Talk(NamedTuple):
    """A command of a transcript with the remark behind it, and the bytes that came back."""

    command: str
    remark: str
    reply: bytes


def talks(name: str) -> Iterator[Talk]:
    command, remark, reply = "", "", b""
    for line in (FIXTURES / name).read_text().splitlines():
        if line.startswith((">", "(or")):
            if command:
                yield Talk(command, remark, reply)
            reply = b""
            if line.startswith("> ~"):
                command, _, remark = line[3:].partition("   ")
                remark = remark.strip().strip("()")
                command, _, more = command.partition("  ")
                remark = remark or more.strip().strip("()")
            elif line.startswith("(or"):
                remark = line.strip("()")
            else:
                command, remark = line[2:], ""
        elif line.startswith("< "):
            said = line[2:]
            end = "\n" if said.endswith("<LF>") else "\r\n"
            reply += (said.removesuffix("<LF>") + end).encode()
    yield Talk(command, remark, reply)


type Scene = Callable[[Printer], None]


@dataclass(frozen=True)
class Capture:
    """The printer of a transcript, and what was going on at each of its talks."""

    file: str
    model: str
    firmware: str
    options: Mapping[str, Any]
    scenes: Mapping[tuple[str, str], Scene] = field(default_factory=dict)


def heat(*heads: tuple[float, float], bed: tuple[float, float]) -> Scene:
    def scene(printer: Printer) -> None:
        machine = printer.machine
        for heater, (now, target) in zip(machine.nozzles, heads, strict=True):
            heater.target, heater.temperature = target, now
        machine.bed.target, machine.bed.temperature = bed[1], bed[0]

    return scene


def started(name: str, *, light: bool, size: int = 0) -> Scene:
    def scene(printer: Printer) -> None:
        printer.machine.light = light
        printer.files = [StoredFile(name, 1000, 419, size=size), *printer.files]
        if printer.machine.running_job is None:
            printer.machine.start_job()

    return scene


def printed(part: float) -> Scene:
    def scene(printer: Printer) -> None:
        machine = printer.machine
        if machine.running_job is None:
            machine.start_job()
        if machine.warming_up:
            machine.finish_warm_up()
        assert machine.job is not None
        machine.job.work((part - machine.job.progress) * 1000, 100)

    return scene


def at(x: float, y: float, z: float, a: float = 0) -> Scene:
    def scene(printer: Printer) -> None:
        printer.machine.motion.position = {"x": x, "y": y, "z": z}
        printer.machine.motion.extruder = a

    return scene


def stored(name: str, size: int) -> Scene:
    def scene(printer: Printer) -> None:
        printer.files = [StoredFile(name, size=size), *printer.files]

    return scene


def dark(printer: Printer) -> None:
    printer.machine.light = False


def canceled(name: str, part: float, *, light: bool = False) -> Scene:
    def scene(printer: Printer) -> None:
        started(name, light=light)(printer)
        printed(part)(printer)
        printer.machine.cancel()
        assert isinstance(printer.clock, ManualClock)
        printer.clock.advance(4)

    return scene


def idle(printer: Printer) -> None:
    printer.machine.cancel()
    assert isinstance(printer.clock, ManualClock)
    printer.clock.advance(4)
    printer.machine.clear_plate()


def finished(printer: Printer) -> None:
    idle(printer)
    started("large.g", light=True, size=5_525_652)(printer)
    printer.machine.finish_job()


def both(*scenes: Scene) -> Scene:
    def scene(printer: Printer) -> None:
        for each in scenes:
            each(printer)

    return scene


MAC = "88:A9:A7:00:00"
HELD = "or, when another program holds control"
CAPTURES = (
    Capture(
        "tcp_adventurer3_fw1.3.7.txt",
        "adventurer3",
        "1.3.7",
        {"serial": "SNMOCKA3000043", "mac": f"{MAC}:43", "name": "Mock A3"},
        {
            ("M105", "idle, just switched off"): heat((240, 0), bed=(17, 0)),
            ("M119", "job started, still heating"): started(
                "bracket+HS@245+10%.gx", light=False
            ),
            ("M105", "heating"): heat((52, 240), bed=(46, 100)),
            ("M105", "printing"): both(printed(0.48), heat((239, 240), bed=(100, 100))),
            ("M114", "printing; -1000 = not known"): at(79.9875, 3, 77.211),
        },
    ),
    Capture(
        "tcp_adventurer3_fw1.1.7.txt",
        "adventurer3",
        "1.1.7",
        {"serial": "SNMOCKA3000041", "mac": f"{MAC}:41", "name": "Mock A3"},
        {("M105", ""): heat((22, 0), bed=(11, 0))},
    ),
    Capture(
        "tcp_adventurer4_fw2.0.9.txt",
        "adventurer4",
        "2.0.9",
        {"serial": "SNMOCKA4000042", "mac": f"{MAC}:42", "name": "Adventurer4"},
        {
            ("M601 S1", HELD): Printer.seize_control,
            ("M119", "idle"): dark,
            ("M119", "printing"): started("RussianDollMazeModels.gx", light=True),
            ("M105", "idle"): both(idle, heat((22, 0), bed=(14, 0))),
            ("M23 0:/user/My Box.gx", ""): both(idle, stored("My Box.gx", 1_613_086)),
            ("M105", "printing"): heat((198, 210), bed=(48, 64)),
            ("M27", "printing"): both(printed(0.11), heat((198, 210), bed=(48, 64))),
            ("M114", ""): at(19.3861, 54.3, 194.44),
        },
    ),
    Capture(
        "tcp_adventurer4_fw2.3.3.txt",
        "adventurer4",
        "2.3.3-3.33",
        {},
        {
            ("M119", ""): canceled("hook.gx", 0.09),
            ("M105", ""): heat((14, 0), bed=(-3, 0)),
        },
    ),
    Capture(
        "tcp_finder_fw1.5.txt",
        "finder",
        "1.5",
        {},
        {
            ("M105", "idle"): heat((24, 0), bed=(20, 0)),
            ("M105", "printing"): heat((210, 210), bed=(20, 0)),
            ("M27", "printing: real bytes"): both(
                started("part.g", light=True, size=2_807_826),
                printed(28185.5 / 2_807_826),
            ),
            ("M27", "end: one byte more than there is"): finished,
            ("M114", ""): at(86.9984, 70.5016, 140),
        },
    ),
    Capture(
        "tcp_finder2_fw2.7.2.txt",
        "finder2",
        "2.7.2.366 F2.12 20191224",
        {"serial": "SNMOCKF2000044", "name": "Mock Finder"},
    ),
    Capture(
        "tcp_guider3_fw2.3.4.txt",
        "guider3",
        "2.3.4",
        {"serial": "SNMOCKG3000045", "mac": f"{MAC}:45", "name": "Mock Guider"},
        {("M119", ""): dark, ("M105", ""): heat((25, 0), bed=(23, 0))},
    ),
    Capture(
        "tcp_creator4_fw1.0.0.txt",
        "creator4",
        "1.0.0",
        {
            "serial": "SNMOCKC4000046",
            "mac": "94:A4:08:00:00:46",
            "name": "Mock Creator",
        },
        {
            ("M105", ""): heat((21, 0), (20, 0), bed=(20, 0)),
            ("M114", ""): at(-230, 175, 0, 5),
        },
    ),
)


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda each: each.file)
async def test_a_transcript(
    make: Make,
    clock: ManualClock,
    capture: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # In the capture the layers are not as even as those of a virtual print.
    monkeypatch.setattr(Job, "layer", 44)
    printer = await make(capture.model, firmware=capture.firmware, **capture.options)
    printer.quirks = replace(
        printer.quirks, repeats_first_frame=False, line_idle=None, line_patience=1e9
    )
    talker = Talker(printer, clock)
    await talker.connect()
    used = set()
    held = 0

    for talk in talks(capture.file):
        scene = capture.scenes.get(talk[:2])
        if scene is not None:
            used.add(talk[:2])
            scene(printer)
        if talk.command.startswith("["):
            held += 1
            continue
        if talk.command.startswith("..."):
            acknowledged = [f"N{number:04d} ok.\r\n".encode() for number in range(38)]
            await talker.send_box(BOX, acknowledged)
            continue
        if talk.command.startswith("M25") and printer.machine.running_job is None:
            printer.machine.start_job()
        await talker.ask(talk.command, talk.reply)
        if talk.remark == HELD:
            await talker.ask(
                "M602", b"CMD M602 Received.\r\nControl Release.\r\nok\r\n"
            )
            await talker.ask(
                "M601 S1", b"CMD M601 Received.\r\nControl Success V2.1.\r\nok\r\n"
            )

    assert used == set(capture.scenes)
    assert held == (2 if "1.1.7.txt" in capture.file else 0)
    assert printer.line_clients == 1
    talker.writer.close()


async def test_the_words_of_an_aries(make: Make, clock: ManualClock) -> None:
    printer = await make("aries")
    machine = printer.machine
    talker = Talker(printer, clock)
    await talker.connect()
    text = (FIXTURES / "tcp_voxelab_aries.txt").read_text()
    parts = re.findall(r"^# (.*)\n((?:< .*\n?)+)", text, re.MULTILINE)
    words = {said: lines.replace("< ", "").splitlines() for said, lines in parts}

    async def shows(said: str) -> None:
        lines = words[said]
        talker.writer.write(b"~M119\r\n")
        reply = (await talker.reader.readuntil(b"ok\r\n")).decode()
        assert all(f"\r\n{line}\r\n" in reply for line in lines), said
        assert "LED" not in reply
        assert "CurrentFile" not in reply

    await shows("idle")
    machine.home()
    await shows("homing")
    clock.advance(15)
    machine.start_job()
    await shows("bed heats for a job")
    machine.bed.reach_target()
    await shows("nozzle heats for a job")
    machine.finish_warm_up()
    await shows("printing")
    machine.pause()
    clock.advance(5)
    await shows("paused")
    machine.fail("E0009")
    await shows("halted (its MoveMode was not recorded)")
    talker.writer.close()


@pytest.mark.parametrize(
    ("model", "firmware", "sample", "options", "command"),
    [
        (
            "adventurer4",
            "2.0.9",
            "tcp_adventurer4_m115_raw.bin",
            {"serial": "SNMOCKA4000042", "mac": f"{MAC}:42", "name": "Adventurer4"},
            "M115",
        ),
        (
            "adventurer3",
            "1.3.7",
            "tcp_adventurer3_m661.bin",
            {
                "files": [
                    StoredFile(name)
                    for name in (
                        "NM3.gx",
                        "nozzle_remover.gx",
                        "Fighter_01.gx",
                        "Buff_Beer_mugs.gx",
                        "20mm_Box-PLA.gx",
                    )
                ]
            },
            "M661",
        ),
    ],
)
async def test_a_capture_in_bytes(
    make: Make,
    clock: ManualClock,
    model: str,
    firmware: str,
    sample: str,
    options: dict[str, Any],
    command: str,
) -> None:
    talker = Talker(await make(model, firmware=firmware, **options), clock)
    await talker.connect()
    await talker.ask(command, (FIXTURES / sample).read_bytes())
    talker.writer.close()


async def test_the_form_of_the_specification(make: Make, clock: ManualClock) -> None:
    printer = await make(
        "adventurer3",
        serial="SNMOCKA3000041",
        mac=f"{MAC}:41",
        name="Mock A3",
        files=[StoredFile(name) for name in ("test1.gcode", "test2.gx", "test3.g")],
    )
    printer.quirks = replace(
        printer.quirks,
        dialect=ADVENTURER3_SPEC,
        line_control="",
        longest_path=None,
    )
    machine = printer.machine
    talker = await Talker(printer, clock).connect()
    said = 0

    for talk in talks("tcp_adventurer3_fw1.3.7_spec.txt"):
        if talk.reply.startswith(b"Error: have been"):
            continue
        if talk.command == "M119":
            canceled("test.gcode", 0.45, light=True)(printer)
            heat((185, 200), bed=(60, 60))(printer)
        if talk.command == "M661":
            machine.clear_plate()
            printer.files = printer.files[1:]
        if talk.command.startswith("M23"):
            printer.files = [StoredFile("test1.gcode", size=123_456)]
        await talker.ask(talk.command, talk.reply)
        said += 1
    await talker.hears_nothing()
    assert said == 11
    printer.files = []
    await talker.ask("M661", b"CMD M661 Received.\r\nCMD M661 Error.\r\n")
    talker.writer.close()
