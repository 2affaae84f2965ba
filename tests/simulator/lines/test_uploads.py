"""Files sent to the line port in both forms, and everything that breaks them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from simulator import Fault, FlashPrint, ManualClock, Printer, StoredFile
from simulator.faults import DATA, LINES

from ...support import FIXTURES
from ...support.waiting import until
from ..conftest import Make, Slice
from .conftest import Talk
from .talker import Talker, frames, reply

SOURCE = (FIXTURES / "tcp_a3_upload_source.bin").read_bytes()
SAVED = reply("M29", "Done saving file.")
WRITING = reply("M28", "Writing to file: 0:/user/box.gx")
ACKNOWLEDGED = [b"N0000 ok.\r\n", b"N0001 ok.\r\n"]


def names(printer: Printer) -> list[str]:
    return [file.name for file in printer.files]


async def begun(make: Make, talk: Talk, model: str, firmware: str) -> Talker:
    """A client in control right before the bytes of an upload."""
    printer = await make(model, firmware=firmware, files=[])
    printer.quirks = replace(printer.quirks, repeats_first_frame=False)
    talker = await talk(printer)
    await talker.take(printer.quirks.line_control)
    await talker.ask(f"M28 {len(SOURCE)} 0:/user/box.gx", WRITING)
    return talker


@pytest.fixture
async def old(make: Make, talk: Talk) -> Talker:
    """A client of a printer that takes frames."""
    return await begun(make, talk, "adventurer3", "1.1.7")


@pytest.fixture
async def new(make: Make, talk: Talk) -> Talker:
    """A client of a printer that takes raw bytes."""
    return await begun(make, talk, "adventurer4", "2.3.3-3.33")


def test_our_frames_are_those_of_the_sample() -> None:
    sample = (FIXTURES / "tcp_a3_upload_chunks.bin").read_bytes()
    assert b"".join(frames(SOURCE)) == sample


async def test_frames(old: Talker) -> None:
    assert old.printer.missing_bytes == len(SOURCE)
    await old.send_box(SOURCE, ACKNOWLEDGED)
    assert old.printer.missing_bytes == 0
    await old.ask("M29", SAVED)

    [file] = old.printer.files
    assert (file.name, file.size) == ("box.gx", 5096)
    opened = ("File opened: box.gx Size: 5096", "File selected")
    await old.ask("M23 0:/user/box.gx", reply("M23", *opened))
    assert old.printer.machine.job is not None
    await old.ask("M602", reply("M602", "Control Release."))


async def test_frames_in_any_pieces(old: Talker) -> None:
    data = b"".join(frames(SOURCE)) + b"~M29\r\n"
    for start in range(0, len(data), 1000):
        await old.send(data[start : start + 1000])
    await old.hears(b"".join(ACKNOWLEDGED) + SAVED)
    assert names(old.printer) == ["box.gx"]


async def test_the_first_frame_may_be_acknowledged_twice(old: Talker) -> None:
    quirks = old.printer.quirks
    old.printer.quirks = replace(quirks, repeats_first_frame=True)
    await old.send_box(SOURCE, [b"N0000 ok.\r\n" * 2, b"N0001 ok.\r\n"])
    await old.ask("M29", SAVED)
    assert names(old.printer) == ["box.gx"]


@pytest.mark.parametrize(
    "place", [0, 7, 11, 15, 16], ids=["magic", "number", "length", "checksum", "data"]
)
async def test_a_bad_frame_is_an_error_and_nothing_is_stored(
    old: Talker, place: int
) -> None:
    first, second = frames(SOURCE)
    await old.send(first)
    await old.hears(b"N0000 ok.\r\n")
    bad = bytearray(second)
    bad[place] ^= 0x01
    await old.send(bytes(bad))
    await old.hears(b"N0001 error.\r\n")
    await old.send(second)
    await old.hears(b"N0001 error.\r\n")

    await old.ask("M29", SAVED)
    assert not old.printer.files
    await old.ask("M105", reply("M105", "T0:25 /0 B:25/0"))


@pytest.mark.parametrize("end", ["M29", "M602"])
async def test_framed_uploads_end_early_without_harm(old: Talker, end: str) -> None:
    await old.send_box(SOURCE[:4096], ACKNOWLEDGED[:1])
    said = {"M29": "Done saving file.", "M602": "Control Release."}[end]
    await old.ask(end, reply(end, said))
    assert not old.printer.files
    await old.ask("M105", reply("M105", "T0:25 /0 B:25/0"))


async def test_raw_bytes(new: Talker, clock: ManualClock) -> None:
    await new.send(SOURCE[:4096])
    assert new.printer.missing_bytes == 1000
    await new.send(SOURCE[4096:])
    assert new.printer.missing_bytes == 0
    clock.advance(3)
    await new.ask("M29", SAVED)

    [file] = new.printer.files
    assert (file.name, file.size) == ("box.gx", 5096)
    # This firmware selects with M23 and starts with M24.
    opened = ("File opened: box.gx Size: 5096", "File selected")
    await new.ask("M23 0:/user/box.gx", reply("M23", *opened))
    assert new.printer.machine.job is None
    await new.ask("M24", reply("M24"))
    assert new.printer.machine.job is not None


async def test_a_hurried_end_stores_nothing(new: Talker, clock: ManualClock) -> None:
    await new.send(SOURCE)
    clock.advance(1.9)
    await new.ask("M29", SAVED)
    assert not new.printer.files


async def test_an_end_within_the_last_packet_is_taken_for_data(
    new: Talker, clock: ManualClock
) -> None:
    await new.send(SOURCE + b"~M29\r\n")
    await new.hears_nothing()
    clock.advance(14)
    await new.send(b"~M119\r\n")
    await new.hears_nothing()
    clock.advance(1)
    await new.ask("M105", reply("M105", "T0:25/0 B:25/0"))
    assert not new.printer.files


async def test_the_deaf_seconds_after_an_aborted_upload(
    new: Talker, clock: ManualClock, talk: Talk
) -> None:
    await new.send(SOURCE[:4096])
    clock.advance(3)
    await new.send(b"~M29\r\n")
    other = await talk(new.printer)
    clock.advance(14.5)
    for talker in (new, other):
        await talker.send(b"~M119\r\n")
        await talker.hears_nothing()
    clock.advance(0.5)
    for talker in (new, other):
        await talker.ask("M105", reply("M105", "T0:25/0 B:25/0"))
    assert not new.printer.files


async def test_leaving_ends_the_deaf_seconds(new: Talker, talk: Talk) -> None:
    await new.send(SOURCE[:4096])
    new.writer.close()
    await until(lambda: new.printer.line_clients == 0)
    other = await talk(new.printer)
    await other.ask("M105", reply("M105", "T0:25/0 B:25/0"))
    assert new.printer.missing_bytes == 0


@pytest.mark.parametrize("breaks", [False, True])
@pytest.mark.parametrize(
    ("model", "firmware"), [("adventurer3", "1.1.7"), ("adventurer4", "2.3.3-3.33")]
)
async def test_nobody_is_heard_during_an_upload(
    make: Make,
    clock: ManualClock,
    talk: Talk,
    model: str,
    firmware: str,
    breaks: bool,
) -> None:
    talker = await begun(make, talk, model, firmware)
    printer = talker.printer
    framed = printer.quirks.framed_uploads
    printer.quirks = replace(printer.quirks, breaks_when_asked=breaks)
    other = await talk(printer)
    first, second = frames(SOURCE) if framed else (SOURCE[:4096], SOURCE[4096:])

    await talker.send(first)
    await other.send(b"~M119\r\n")
    await other.hears_nothing()
    await talker.send(second)
    clock.advance(3)

    if framed:
        last = b"N0001 error.\r\n" if breaks else b"N0001 ok.\r\n"
        await talker.hears(b"N0000 ok.\r\n" + last)
    await talker.ask("M29", SAVED)
    assert names(printer) == ([] if breaks else ["box.gx"])
    await other.ask("M602", reply("M602", "Control Release."))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("M28", "Error: Cannot create file"),
        ("M28 5 0:/user/box.3mf", "Error: File Is Not Available"),
        ("M28 99000000000 0:/user/box.gx", "Error: Not enough space"),
    ],
)
async def test_refused_uploads(make: Make, talk: Talk, line: str, said: str) -> None:
    printer = await make("adventurer4")
    talker = await talk(printer)
    await talker.ask(line, reply("M28", "Control failed."))
    await talker.take()
    await talker.ask(line, reply("M28", said))
    assert printer.missing_bytes == 0
    await talker.ask("M29", SAVED)


async def test_without_a_size_the_end_decides(
    make: Make, talk: Talk, clock: ManualClock
) -> None:
    printer = await make("adventurer4", files=[])
    talker = await talk(printer)
    await talker.take()
    await talker.ask("M28 /data/box.g", reply("M28", "Writing to file: /data/box.g"))
    await talker.send(SOURCE)
    clock.advance(3)
    await talker.ask("M29", SAVED)
    assert [(file.name, file.size) for file in printer.files] == [("box.g", 5096)]


async def test_a_full_storage_keeps_nothing(
    make: Make, talk: Talk, clock: ManualClock
) -> None:
    printer = await make("adventurer4", files=[], storage_gb=5e-6)
    talker = await talk(printer)
    await talker.take()
    await talker.ask("M28 0:/user/box.gx", WRITING)
    await talker.send(SOURCE)
    clock.advance(3)
    await talker.ask("M29", SAVED)
    assert not printer.files


@pytest.mark.parametrize(("model", "longest"), [("guider2s", 28), ("guider3", 36)])
async def test_long_names_vanish(
    make: Make, talk: Talk, clock: ManualClock, model: str, longest: int
) -> None:
    printer = await make(model, files=[])
    talker = await talk(printer)
    await talker.take()
    for length in (longest, longest + 1):
        name = "n" * (length - 3) + ".gx"
        writing = reply("M28", f"Writing to file: 0:/user/{name}")
        await talker.ask(f"M28 4 0:/user/{name}", writing)
        await talker.send(b"G28\n")
        clock.advance(3)
        await talker.ask("M29", SAVED)
    assert [len(name) for name in names(printer)] == [longest]


@pytest.mark.parametrize(
    ("model", "firmware"), [("adventurer3", "1.1.7"), ("adventurer4", "2.3.3-3.33")]
)
async def test_a_large_sliced_file_is_read_while_another_program_asks(
    make: Make,
    talk: Talk,
    clock: ManualClock,
    sliced: Slice,
    model: str,
    firmware: str,
) -> None:
    printer = await make(model, firmware=firmware, files=[StoredFile("box.gx")])
    printer.quirks = replace(printer.quirks, repeats_first_frame=False)
    talker = await talk(printer)
    await talker.take(printer.quirks.line_control)
    data = sliced(print_seconds=600, layers=30, size=20_000_000)
    await talker.ask(f"M28 {len(data)} 0:/user/box.gx", WRITING)

    async with FlashPrint(printer) as other:
        if printer.quirks.framed_uploads:
            for number, frame in enumerate(frames(data)):
                talker.writer.write(frame)
                if number % 500 == 0:
                    other.say("M119")
                await talker.hears(f"N{number:04d} ok.\r\n".encode())
        else:
            for start in range(0, len(data), 1 << 20):
                talker.writer.write(data[start : start + (1 << 20)])
                await talker.writer.drain()
                other.say("M119")
            await until(lambda: printer.missing_bytes == 0)
        clock.advance(3)
        await talker.ask("M29", SAVED)

    [file] = printer.files
    assert (file.size, file.print_seconds, file.layers) == (len(data), 600, 30)


async def test_faults_meet_the_bytes_of_an_upload(old: Talker) -> None:
    old.printer.faults.add(Fault.HANG, path=DATA, times=1)
    first, _ = frames(SOURCE)
    await old.send(first)
    await old.hears_nothing()
    old.printer.faults.add(Fault.CUT, path=DATA)
    with pytest.raises(ConnectionError):
        await old.send_box(SOURCE, ACKNOWLEDGED)
    await until(lambda: old.printer.line_clients == 0)
    assert not old.printer.files


async def test_a_slow_upload_rests_after_each_megabyte(
    make: Make, talk: Talk, clock: ManualClock, sliced: Slice
) -> None:
    printer = await make("adventurer4", firmware="2.3.3-3.33", files=[])
    printer.faults.add(Fault.SLOW_UPLOAD, path=LINES)
    talker = await talk(printer)
    await talker.take(printer.quirks.line_control)
    data = sliced(print_seconds=600, layers=30, size=20_000_000)
    await talker.ask(f"M28 {len(data)} 0:/user/box.gx", WRITING)
    talker.writer.write(data)
    await until(lambda: printer.faults.held == 1)
    assert 0 < printer.missing_bytes < len(data)

    printer.faults.clear()
    await until(lambda: printer.missing_bytes == 0)
    clock.advance(3)
    await talker.ask("M29", SAVED)


async def test_power_ends_an_upload(new: Talker) -> None:
    await new.send(SOURCE[:100])
    await new.printer.power_off()
    await new.printer.power_on()
    assert new.printer.missing_bytes == 0


def dialog(form: str) -> Iterator[tuple[str, bytes]]:
    """What is sent in one of the two recorded dialogs, and the bytes that come back."""
    text = (FIXTURES / "tcp_upload_both_forms.txt").read_text()
    section = next(each for each in text.split("# --- ") if each.startswith(form))
    sent, answer = "", b""
    for line in section.splitlines()[1:]:
        if line.startswith("> "):
            if sent:
                yield sent, answer
            sent, answer = line[2:], b""
        elif line.startswith("< "):
            # Behind it may stand a remark.
            answer += line[2:].partition("   ")[0].encode() + b"\r\n"
    yield sent, answer


@pytest.mark.parametrize(
    ("form", "model", "firmware", "blocks"),
    [
        ("old form", "adventurer3", "1.1.7", list(frames(SOURCE))),
        ("new form", "adventurer4", "2.0.9", [SOURCE[:4096], SOURCE[4096:]]),
    ],
)
async def test_the_recorded_dialogs(
    make: Make,
    talk: Talk,
    clock: ManualClock,
    form: str,
    model: str,
    firmware: str,
    blocks: list[bytes],
) -> None:
    """Each reply byte for byte, and the same lines in the same order."""
    printer = await make(model, firmware=firmware, files=[])
    printer.quirks = replace(printer.quirks, repeats_first_frame=True)
    talker = await talk(printer)
    left = list(blocks)
    for sent, answer in dialog(form):
        if sent.startswith("["):
            await talker.send(left.pop(0))
            await talker.hears(answer)
            continue
        if sent == "~M29":
            clock.advance(3)
        await talker.ask(sent.removeprefix("~"), answer)
    assert not left
    [file] = printer.files
    assert (file.name, file.size) == ("box.gx", len(SOURCE))
    assert printer.machine.job is not None
    assert not printer.controlled
