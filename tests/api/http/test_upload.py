"""Uploads over a real socket: every byte, every way to break off, nothing left over."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import ExitStack, suppress
import os
from pathlib import Path
import re
import socket
import threading
import time
import tracemalloc

import aiohttp
import pytest

from custom_components.flashforge.api.commands.printing import check_upload
from custom_components.flashforge.api.errors import (
    BusyError,
    EmptyFileError,
    FileChangedError,
    FileTypeError,
    FileUnreadableError,
    FlashForgeError,
    LanModeError,
    MissingEndpointError,
    NoSpaceError,
    StartTypeError,
    UnreachableError,
    UnreadableError,
    UnsupportedOptionError,
    UploadCanceledError,
    UploadError,
    UploadStalledError,
    UploadTooSlowError,
    UploadUnansweredError,
    WrongCodeError,
)
from custom_components.flashforge.api.http.printer import HttpPrinter
from custom_components.flashforge.api.print_files import local_file
from custom_components.flashforge.api.print_files.local_file import mark_of
from custom_components.flashforge.api.print_files.names import stored_name
from custom_components.flashforge.api.prints import MaterialMapping, PrintOptions

from ...support.internals import connections_in_use
from ...support.loop_clock import LoopClock
from ...support.server import HOST
from ...support.waiting import settle, until
from .. import fixture, fixture_json
from ..fake import http
from .receiver import Received, Receiver, Take, answer, broken, early, waiting

SERIAL = "SNMOCK5M000031"
CODE = "00412345"

MEGABYTE = 1 << 20
BUSY = b'{"code":2,"message":"device is busy"}'

START = PrintOptions()


@pytest.fixture
async def receiver() -> AsyncGenerator[Receiver]:
    async with Receiver(detail=fixture("detail_5m_ready.json")) as receiver:
        yield receiver


def make_printer(
    session: aiohttp.ClientSession, receiver: Receiver, serial: str = SERIAL
) -> HttpPrinter:
    return HttpPrinter(
        session, HOST, port=receiver.port, serial=serial, check_code=CODE
    )


@pytest.fixture
def printer(session: aiohttp.ClientSession, receiver: Receiver) -> HttpPrinter:
    return make_printer(session, receiver)


async def checked_upload(
    printer: HttpPrinter,
    source: Path,
    name: str,
    start: PrintOptions | None = None,
) -> None:
    """Upload as every caller does: with a safe name, and after checking the file."""
    state = await printer.fetch()
    stored = stored_name(printer.model, name, start=start is not None)
    if (unfit := check_upload(state, mark_of(source).size)) is not None:
        raise unfit
    await printer.upload(source, stored, start=start)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.gcode"
    path.write_bytes(b"G28\n" * 25_000)
    return path


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a file that no buffer on the way holds."""
    return sparse(tmp_path / "large.gcode", 64)


def sparse(path: Path, megabytes: int) -> Path:
    with path.open("wb") as file:
        file.truncate(megabytes * MEGABYTE)
    return path


def open_files(path: Path) -> int:
    """Return how often this process has a file open."""
    found = 0
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found += each.readlink() == path
    return found


async def nothing_is_left(
    before: set[asyncio.Task[object]],
    session: aiohttp.ClientSession,
    receiver: Receiver,
    source: Path,
) -> None:
    """Wait until no task, no connection and no open file are left over."""
    await until(lambda: open_files(source) == 0)
    for upload in receiver.uploads:
        upload.go_on.set()
    await until(lambda: receiver.at_once == 0)
    await until(lambda: asyncio.all_tasks() - before - receiver.tasks == set())
    assert connections_in_use(session) == 0


# --- what is sent -----------------------------------------------------------------


def mapping(tool: int, slot: int, color: str, spool: str) -> MaterialMapping:
    return MaterialMapping(
        tool=tool, slot=slot, material="PLA", tool_color=color, slot_color=spool
    )


SAMPLES = {
    "5m": ("detail_5m_ready.json", "SNMOCK5M000031", None),
    "ad5x": (
        "detail_ad5x_ready.json",
        "SNMOCKAX000033",
        PrintOptions(mappings=(mapping(0, 3, "#FF0000", "#F72224"),)),
    ),
    "creator5": (
        "detail_creator5_ready.json",
        "SNMOCKC5000034",
        PrintOptions(
            mappings=(
                mapping(0, 1, "#FFFFFF", "#FFFFFF"),
                mapping(1, 2, "#0000FF", "#2E54DD"),
            )
        ),
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
async def test_every_byte_of_the_samples(
    session: aiohttp.ClientSession, receiver: Receiver, tmp_path: Path, name: str
) -> None:
    detail, serial, start = SAMPLES[name]
    receiver.detail = fixture(detail)
    content = os.urandom(1_234_567)
    source = tmp_path / "local"
    source.write_bytes(content)
    sample = fixture(f"upload_headers_{name}.txt").decode()
    stored = re.search(r'filename="(.*)"', sample)
    assert stored is not None

    printer = make_printer(session, receiver, serial)
    await printer.upload(source, stored[1], start=start)

    [upload] = receiver.uploads
    found = re.search(rb"boundary=(\w+)\r\n", upload.head)
    assert found is not None
    # The printers' own wish for a word in between is optional (docs/protocol/http.md §7).
    expected = sample.replace("Expect: 100-continue\n", "")
    expected = expected.replace("192.168.1.x:8898", f"{HOST}:{receiver.port}")
    expected = expected.replace("XBOUNDARYX", found[1].decode())
    expected = expected.replace("<exact>", str(upload.length))
    before, after = expected.split("<1234567 bytes of the file>")
    assert bytes(upload.head + upload.body) == (
        before.replace("\n", "\r\n").encode()
        + content
        + after.replace("\n", "\r\n").encode()
    )


async def test_an_old_firmware_is_told_less(
    session: aiohttp.ClientSession, receiver: Receiver, small: Path
) -> None:
    receiver.detail = fixture("detail_5m_ready.json").replace(b"3.2.7", b"2.7.6")
    assert b"2.7.6" in receiver.detail
    await make_printer(session, receiver).upload(small, "a.gcode", start=START)
    names = [
        line.split(":")[0]
        for line in receiver.uploads[0].head.decode().split("\r\n")[1:]
        if line
    ]
    assert names == [
        "Host",
        "serialNumber",
        "checkCode",
        "fileSize",
        "printNow",
        "levelingBeforePrint",
        "Content-Type",
        "Content-Length",
    ]


async def test_the_name_is_made_safe(
    printer: HttpPrinter, receiver: Receiver, small: Path
) -> None:
    await checked_upload(printer, small, "Größe 2.GCODE")
    assert b'filename="Grosse_2.gcode"' in receiver.uploads[0].body


async def test_progress(printer: HttpPrinter, receiver: Receiver, large: Path) -> None:
    told: list[int] = []
    await printer.upload(large, "a.gcode", on_progress=told.append)
    assert told == sorted(told)
    assert told[0] < MEGABYTE
    assert told[-1] == 64 * MEGABYTE
    assert receiver.uploads[0].whole


# --- what is not even begun -------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("a.stl", None, FileTypeError),
        ("a.gcode", PrintOptions(time_lapse=True), UnsupportedOptionError),
    ],
)
async def test_unfit(
    printer: HttpPrinter,
    receiver: Receiver,
    small: Path,
    name: str,
    start: PrintOptions | None,
    expected: type[FlashForgeError],
) -> None:
    with pytest.raises(expected):
        await checked_upload(printer, small, name, start)
    assert receiver.uploads == []
    assert open_files(small) == 0


async def test_a_creator_5_starts_packed_files_only(
    session: aiohttp.ClientSession, receiver: Receiver, small: Path
) -> None:
    receiver.detail = fixture("detail_creator5_ready.json")
    printer = make_printer(session, receiver)
    with pytest.raises(StartTypeError):
        await checked_upload(printer, small, "a.gcode", START)
    await checked_upload(printer, small, "a.gcode")
    assert len(receiver.uploads) == 1


async def test_empty(printer: HttpPrinter, receiver: Receiver, tmp_path: Path) -> None:
    source = sparse(tmp_path / "empty", 0)
    with pytest.raises(EmptyFileError):
        await checked_upload(printer, source, "a.gcode")
    assert receiver.uploads == []
    assert open_files(source) == 0


async def test_too_large(
    printer: HttpPrinter, receiver: Receiver, tmp_path: Path
) -> None:
    free = fixture_json("detail_5m_ready.json")["detail"]["remainingDiskSpace"]
    source = sparse(tmp_path / "huge", int(free * 1000) + 1)
    with pytest.raises(NoSpaceError):
        await checked_upload(printer, source, "a.gcode")
    assert receiver.uploads == []


async def test_no_file(printer: HttpPrinter, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path / "none", tmp_path, pipe, Path("a\0b")):
        with pytest.raises(FileUnreadableError):
            await printer.upload(path, "a.gcode")


async def test_a_closed_session(
    printer: HttpPrinter, session: aiohttp.ClientSession, small: Path
) -> None:
    await printer.fetch()
    await session.close()
    with pytest.raises(UnreachableError):
        await printer.upload(small, "a.gcode")


# --- what the printer answers -----------------------------------------------------


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        (answer(BUSY), BusyError),
        (answer(b'{"code":-2,"message":"Lan mode error"}'), LanModeError),
        (answer(b'{"code":1,"message":"Access code is different"}'), WrongCodeError),
        (answer(b'{"err":"5","msg":"busy"}'), BusyError),
        (answer(b"<html>"), UnreadableError),
        (answer(b"{}"), UnreadableError),
        (answer(b" " * (MEGABYTE + 1)), UnreadableError),
        (answer(status="404 Not Found"), MissingEndpointError),
        (answer(status="302 Found"), UnreadableError),
    ],
)
async def test_refusals(
    printer: HttpPrinter,
    receiver: Receiver,
    small: Path,
    take: Take,
    expected: type[FlashForgeError],
) -> None:
    receiver.take = take
    with pytest.raises(expected) as caught:
        await printer.upload(small, "a.gcode", start=START)
    assert type(caught.value) is expected
    assert len(receiver.uploads) == 1


async def test_no_http(printer: HttpPrinter, receiver: Receiver, small: Path) -> None:
    async def take(
        upload: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await upload.take(reader, upload.length)
        writer.write(b"ok\r\n\r\n")

    receiver.take = take
    with pytest.raises(UnreadableError):
        await printer.upload(small, "a.gcode")


async def test_a_refusal_before_the_end(
    printer: HttpPrinter, receiver: Receiver, large: Path
) -> None:
    receiver.take = early(BUSY, after=MEGABYTE)
    with pytest.raises(BusyError):
        await printer.upload(large, "a.gcode", start=START)
    assert len(receiver.uploads) == 1
    assert not receiver.uploads[0].whole


async def test_a_success_before_the_end_is_none(
    printer: HttpPrinter, receiver: Receiver, large: Path
) -> None:
    receiver.take = early(b'{"code":0,"message":"Success"}', after=MEGABYTE)
    with pytest.raises(UploadError) as caught:
        await printer.upload(large, "a.gcode", start=START)
    assert type(caught.value) is UploadError


# --- how it breaks off ------------------------------------------------------------


async def test_reset_in_the_middle(
    printer: HttpPrinter, receiver: Receiver, large: Path
) -> None:
    receiver.take = broken(32 * MEGABYTE)
    with pytest.raises(UploadError) as caught:
        await printer.upload(large, "a.gcode", start=START)
    assert type(caught.value) is UploadError
    assert 49 <= caught.value.percent < 55
    assert caught.value.placeholders == {"percent": str(caught.value.percent)}
    assert len(receiver.uploads) == 1


async def test_reset_after_the_end(
    printer: HttpPrinter, receiver: Receiver, small: Path
) -> None:
    receiver.take = broken(1 << 40)
    with pytest.raises(UploadUnansweredError):
        await printer.upload(small, "a.gcode", start=START)
    assert len(receiver.uploads) == 1


async def test_standing_still(
    printer: HttpPrinter, receiver: Receiver, large: Path, loop_clock: LoopClock
) -> None:
    receiver.take = DEAF
    upload = asyncio.create_task(printer.upload(large, "a.gcode"))
    await when_sending(receiver, large)
    await loop_clock.run(upload)
    with pytest.raises(UploadStalledError) as caught:
        await upload
    assert caught.value.percent < 5


def steadily(loop_clock: LoopClock, seconds: float) -> Take:
    """Take more than all buffers on the way hold, after a time each."""

    async def take(
        upload: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while not upload.whole and not upload.gone:
            await upload.take(reader, 4 * MEGABYTE)
            loop_clock.advance(seconds)
            await settle()
        writer.write(http(b'{"code":0}'))

    return take


async def test_slow_but_steady(
    printer: HttpPrinter, receiver: Receiver, large: Path, loop_clock: LoopClock
) -> None:
    receiver.take = steadily(loop_clock, 20)
    begin = asyncio.get_running_loop().time()
    await printer.upload(large, "a.gcode")
    assert asyncio.get_running_loop().time() - begin >= 300
    assert receiver.uploads[0].whole


async def test_too_slow(
    printer: HttpPrinter, receiver: Receiver, tmp_path: Path, loop_clock: LoopClock
) -> None:
    receiver.take = steadily(loop_clock, 25)
    with pytest.raises(UploadTooSlowError) as caught:
        await printer.upload(sparse(tmp_path / "huge", 128), "a.gcode")
    assert 60 < caught.value.percent < 90


async def test_a_large_file_takes_time_to_store(
    printer: HttpPrinter, receiver: Receiver, large: Path, loop_clock: LoopClock
) -> None:
    receiver.take = SILENT
    upload = asyncio.create_task(printer.upload(large, "a.gcode"))
    await when_sent(receiver, large)
    loop_clock.advance(45)
    await settle()
    assert not upload.done()
    loop_clock.advance(2)
    await settle()
    with pytest.raises(UploadUnansweredError):
        await upload


async def test_a_session_that_reads_fast_does_not_matter(
    receiver: Receiver, large: Path
) -> None:
    hasty = aiohttp.ClientTimeout(total=0.2, sock_read=0.01)
    async with aiohttp.ClientSession(timeout=hasty) as session:
        printer = make_printer(session, receiver)
        taken = asyncio.Event()

        async def take(
            upload: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            await upload.take(reader, upload.length)
            # Its clock is not ours, so that it really has to wait.
            await asyncio.get_running_loop().run_in_executor(None, time.sleep, 0.3)
            taken.set()
            writer.write(http(b'{"code":0}'))

        receiver.take = take
        await printer.upload(large, "a.gcode")
        assert taken.is_set()


async def test_a_refused_connection_is_tried_once_more(
    session: aiohttp.ClientSession,
    bound: socket.socket,
    small: Path,
    loop_clock: LoopClock,
) -> None:
    async with Receiver(detail=fixture("detail_5m_ready.json")) as known:
        printer = make_printer(session, known)
        await printer.fetch()
    late = Receiver()
    printer.move(HOST, bound.getsockname()[1])
    upload = asyncio.create_task(printer.upload(small, "a.gcode"))
    await until(lambda: open_files(small) == 1)
    for _ in range(20):
        await settle()
    await late.start(bound)
    loop_clock.advance(1)
    async with asyncio.timeout(60):
        await upload
    assert len(late.uploads) == 1
    await late.stop()


async def test_refused_twice(
    session: aiohttp.ClientSession,
    bound: socket.socket,
    small: Path,
    loop_clock: LoopClock,
) -> None:
    async with Receiver(detail=fixture("detail_5m_ready.json")) as known:
        printer = make_printer(session, known)
        await printer.fetch()
    printer.move(HOST, bound.getsockname()[1])
    upload = asyncio.create_task(printer.upload(small, "a.gcode"))
    await loop_clock.run(upload, 0.1)
    with pytest.raises(UnreachableError) as caught:
        await upload
    assert caught.value.refused
    assert open_files(small) == 0


async def test_a_host_that_nobody_knows(
    session: aiohttp.ClientSession, receiver: Receiver, small: Path
) -> None:
    printer = make_printer(session, receiver)
    await printer.fetch()
    for host in ("no host", ""):
        printer.move(host, 1)
        with pytest.raises(UnreachableError) as caught:
            await printer.upload(small, "a.gcode")
        assert caught.value.unresolved
    assert open_files(small) == 0


async def test_a_connection_that_does_not_come_up(
    session: aiohttp.ClientSession,
    receiver: Receiver,
    small: Path,
    loop_clock: LoopClock,
) -> None:
    printer = make_printer(session, receiver)
    await printer.fetch()
    loop = asyncio.get_running_loop()
    with socket.create_server((HOST, 0), backlog=0) as full, ExitStack() as waiting:
        address = full.getsockname()
        # Whoever comes after the first of these is not let in, and not told so.
        callers = [waiting.enter_context(socket.socket()) for _ in range(3)]
        for caller in callers:
            caller.setblocking(False)
            with suppress(BlockingIOError):
                caller.connect(address)
        printer.move(*address)
        upload = asyncio.create_task(printer.upload(small, "a.gcode"))
        await until(lambda: open_files(small) == 1)
        begin = loop.time()
        await loop_clock.run(upload, 0.1)
        with pytest.raises(UnreachableError) as caught:
            await upload
    assert not caught.value.refused
    assert loop.time() - begin < 10
    assert open_files(small) == 0


async def test_a_disk_that_fails(small: Path) -> None:
    with small.open("ab") as writable:
        file = local_file.LocalFile(writable, local_file.Mark(10, 0, 0, 0))
        with pytest.raises(FileUnreadableError):
            await file.read(10)


# --- a file that changes ----------------------------------------------------------


def shrink(path: Path) -> None:
    os.truncate(path, 40 * MEGABYTE)


def grow(path: Path) -> None:
    os.truncate(path, 65 * MEGABYTE)


def rewrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"G28")


@pytest.mark.parametrize("change", [shrink, grow, rewrite])
async def test_a_changed_file_is_not_sent_whole(
    printer: HttpPrinter,
    receiver: Receiver,
    large: Path,
    change: Callable[[Path], None],
) -> None:
    async def take(upload: Received, reader: asyncio.StreamReader, _: object) -> None:
        await upload.take(reader, MEGABYTE)
        change(large)
        await upload.take(reader, upload.length)

    receiver.take = take
    with pytest.raises(FileChangedError):
        await printer.upload(large, "a.gcode", start=START)
    await receiver.ended.wait()
    assert receiver.uploads[0].gone
    assert open_files(large) == 0


# --- canceling -------------------------------------------------------------------


DEAF = waiting(MEGABYTE)
SILENT = waiting(1 << 40)


async def at_once(_: Receiver, __: Path) -> None:
    """Let nothing happen."""


async def when_opening(_: Receiver, __: Path) -> None:
    await asyncio.sleep(0)


async def when_sending(receiver: Receiver, _: Path) -> None:
    await receiver.began.wait()
    await until(lambda: receiver.uploads[0].taken >= MEGABYTE)


async def when_sent(receiver: Receiver, _: Path) -> None:
    await receiver.began.wait()
    await until(lambda: receiver.uploads[0].whole)


@pytest.mark.parametrize(
    ("take", "stage"),
    [
        (DEAF, at_once),
        (DEAF, when_opening),
        (DEAF, when_sending),
        (SILENT, when_sent),
    ],
)
async def test_canceling_leaves_nothing(
    session: aiohttp.ClientSession,
    printer: HttpPrinter,
    receiver: Receiver,
    large: Path,
    take: Take,
    stage: Callable[[Receiver, Path], Awaitable[None]],
) -> None:
    await printer.fetch()
    receiver.take = take
    before = asyncio.all_tasks()
    upload = asyncio.create_task(printer.upload(large, "a.gcode", start=START))
    await stage(receiver, large)
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    async with asyncio.timeout(60):
        await nothing_is_left(before, session, receiver, large)

    receiver.take = answer()
    await printer.upload(large, "a.gcode")
    assert receiver.uploads[-1].whole


@pytest.mark.parametrize("reading", ["_open", "_read"])
async def test_canceling_while_the_disk_takes_its_time(
    session: aiohttp.ClientSession,
    printer: HttpPrinter,
    receiver: Receiver,
    large: Path,
    monkeypatch: pytest.MonkeyPatch,
    reading: str,
) -> None:
    await printer.fetch()
    go_on = threading.Event()
    reached = threading.Event()
    real: Callable[..., object] = getattr(local_file, reading)

    def slow(*args: object) -> object:
        reached.set()
        go_on.wait(10)
        return real(*args)

    monkeypatch.setattr(local_file, reading, slow)
    before = asyncio.all_tasks()
    upload = asyncio.create_task(printer.upload(large, "a.gcode"))
    await until(reached.is_set)
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    go_on.set()
    await settle()
    async with asyncio.timeout(60):
        await nothing_is_left(before, session, receiver, large)


async def test_an_upload_can_be_called_off(
    session: aiohttp.ClientSession,
    printer: HttpPrinter,
    receiver: Receiver,
    large: Path,
) -> None:
    await printer.fetch()
    printer.cancel_upload()
    receiver.take = DEAF
    before = asyncio.all_tasks()
    upload = asyncio.create_task(printer.upload(large, "a.gcode", start=START))
    await when_sending(receiver, large)
    printer.cancel_upload()
    printer.cancel_upload()
    with pytest.raises(UploadCanceledError) as caught:
        await upload
    assert 0 < caught.value.percent < 5
    async with asyncio.timeout(60):
        await nothing_is_left(before, session, receiver, large)


async def test_too_late_to_call_off(
    printer: HttpPrinter, receiver: Receiver, small: Path
) -> None:
    receiver.take = SILENT
    upload = asyncio.create_task(printer.upload(small, "a.gcode", start=START))
    await when_sent(receiver, small)
    printer.cancel_upload()
    with pytest.raises(UploadUnansweredError):
        await upload


# --- beside everything else -------------------------------------------------------


async def test_one_upload_at_a_time(
    printer: HttpPrinter, receiver: Receiver, large: Path, small: Path
) -> None:
    await asyncio.gather(
        printer.upload(large, "first.gcode"), printer.upload(small, "second.gcode")
    )
    assert receiver.most_at_once == 1
    assert [upload.whole for upload in receiver.uploads] == [True, True]
    assert b"first.gcode" in receiver.uploads[0].body[:500]


async def test_commands_do_not_wait_for_an_upload(
    printer: HttpPrinter, receiver: Receiver, large: Path
) -> None:
    receiver.take = DEAF
    upload = asyncio.create_task(printer.upload(large, "a.gcode"))
    await when_sending(receiver, large)
    await printer.pause()
    assert receiver.asked[-1] == "/control"
    assert not upload.done()
    upload.cancel()


def swallow(listening: socket.socket, expected: int) -> None:
    """Take an upload in a thread, so that only the client is on the event loop."""
    connection, _ = listening.accept()
    block = bytearray(1 << 18)
    with connection:
        left = expected
        while left > 0 and (count := connection.recv_into(block)):
            left -= count
        connection.sendall(http(b'{"code":0}'))


async def test_a_huge_file_needs_little_memory_and_lets_others_run(
    session: aiohttp.ClientSession, receiver: Receiver, tmp_path: Path
) -> None:
    source = sparse(tmp_path / "huge", 200)
    printer = make_printer(session, receiver)
    await printer.fetch()
    loop = asyncio.get_running_loop()
    gaps: list[float] = []
    timers: list[asyncio.TimerHandle] = []

    def beat(before: float) -> None:
        gaps.append(loop.time() - before)
        timers[:] = [loop.call_later(0.005, beat, loop.time())]

    with socket.create_server((HOST, 0)) as listening:
        printer.move(HOST, listening.getsockname()[1])
        taking = loop.run_in_executor(None, swallow, listening, 200 * MEGABYTE)
        beat(loop.time())
        tracemalloc.start()
        try:
            await printer.upload(source, "a.gcode")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            timers[0].cancel()
        await taking
    assert peak < 4 * MEGABYTE
    # Many beats and hardly one of them late: polls keep their time.
    assert len(gaps) > 20
    assert sorted(gaps)[len(gaps) * 9 // 10] < 0.1
