"""The camera: one stream, one viewer, a picture that moves with the print."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
import io
from typing import Any

from PIL import Image
import pytest

from simulator import ManualClock, Printer, StoredFile, thumbnail
from simulator.camera.picture import draw
from simulator.camera.stream import scene_of

from ...support.waiting import until
from ..conftest import Command, Detail, Make

STREAM = b"GET /?action=stream HTTP/1.1\r\nHost: printer\r\n\r\n"
BOUNDARY = b"--boundarydonotcross\r\n"


class Viewer:
    """A client of the camera."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.reader = reader
        self.writer = writer

    async def header(self) -> bytes:
        return await self._within(self.reader.readuntil(b"\r\n\r\n"))

    async def frame(self) -> bytes:
        await self._within(self.reader.readuntil(BOUNDARY))
        header = await self.header()
        length = int(header.split(b"Content-Length: ")[1].split()[0])
        return await self._within(self.reader.readexactly(length))

    async def rest(self) -> bytes:
        return await self._within(self.reader.read())

    @staticmethod
    async def _within[T](read: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wait_for(read, 60)


@asynccontextmanager
async def watching(printer: Printer, request: bytes = STREAM) -> AsyncGenerator[Viewer]:
    reader, writer = await asyncio.open_connection(printer.host, printer.camera_port)
    writer.write(request)
    try:
        yield Viewer(reader, writer)
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def nobody_watches(printer: Printer) -> None:
    await until(lambda: not printer.camera_clients)


async def test_a_stream_of_jpegs(make: Make) -> None:
    printer = await make("creator5_pro")

    async with watching(printer) as viewer:
        header = await viewer.header()
        frames = [await viewer.frame(), await viewer.frame()]

        assert printer.camera_clients == 1

    assert header.startswith(b"HTTP/1.0 200 OK\r\n")
    assert b"multipart/x-mixed-replace;boundary=boundarydonotcross" in header
    assert b"Access-Control-Allow-Origin: *" in header
    for frame in frames:
        assert frame.startswith(b"\xff\xd8")
        assert frame.endswith(b"\xff\xd9")
        assert Image.open(io.BytesIO(frame)).size == (640, 480)
    await nobody_watches(printer)
    assert printer.camera_connections == 1


async def test_a_second_viewer_is_reset_without_an_answer(make: Make) -> None:
    printer = await make("creator5_pro")

    async with watching(printer) as first:
        await first.header()
        async with watching(printer) as second:
            with pytest.raises(ConnectionResetError):
                await second.rest()
        assert await first.frame()
        assert (printer.camera_clients, printer.camera_connections) == (1, 1)
    await nobody_watches(printer)

    async with watching(printer) as third:
        assert await third.header()
    assert printer.camera_connections == 2


async def test_a_camera_can_have_room_for_more(make: Make) -> None:
    printer = await make("creator5_pro")
    printer.quirks = replace(printer.quirks, camera_single_client=False)

    async with watching(printer) as first, watching(printer) as second:
        assert await first.frame()
        assert await second.frame()
        assert printer.camera_clients == 2


@pytest.mark.parametrize(
    ("request_line", "answer"),
    [
        (b"GET /?action=snapshot HTTP/1.1", b""),
        (b"HEAD /?action=stream HTTP/1.1", b"HTTP/1.0 501"),
        (b"GET /stream HTTP/1.1", b"HTTP/1.0 501"),
    ],
)
async def test_only_the_stream_is_served(
    make: Make, request_line: bytes, answer: bytes
) -> None:
    printer = await make("5m_pro")

    async with watching(printer, request_line + b"\r\n\r\n") as viewer:
        told = await viewer.rest()

    assert told[: len(b"HTTP/1.0 501")] == answer
    assert printer.camera_connections == 0


@pytest.mark.parametrize(
    ("model", "camera", "fitted"),
    [
        ("5m", None, False),
        ("5m", True, True),
        ("ad5x", None, False),
        ("creator5", None, True),
        ("5m_pro", False, False),
    ],
)
async def test_some_cameras_are_accessories(
    make: Make, detail: Detail, model: str, camera: bool | None, *, fitted: bool
) -> None:
    printer = await make(model, camera=camera)

    url = (await detail(printer))["cameraStreamUrl"]

    assert (url != "") is fitted
    if fitted:
        async with watching(printer) as viewer:
            assert await viewer.header()
    else:
        assert printer.camera_port == 0


async def test_an_ad5x_does_not_report_its_camera(make: Make, detail: Detail) -> None:
    printer = await make("ad5x", camera=True)

    fields = await detail(printer)

    assert (fields["camera"], fields["cameraStreamUrl"]) == (1, "")
    async with watching(printer) as viewer:
        assert await viewer.header()


async def test_a_camera_that_is_switched_off_refuses(
    make: Make, command: Command
) -> None:
    printer = await make("5m_pro")

    async with watching(printer) as viewer:
        await viewer.header()
        await command(printer, "streamCtrl_cmd", action="close")
        await viewer.rest()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(printer.host, printer.camera_port)
    await command(printer, "streamCtrl_cmd", action="open")

    async with watching(printer) as viewer:
        assert await viewer.header()


async def test_the_picture_moves_with_the_print(make: Make, clock: ManualClock) -> None:
    printer = await make("creator5_pro")
    idle = draw(scene_of(printer))
    assert draw(scene_of(printer)) == idle

    printer.machine.start_job()
    printer.machine.finish_warm_up()
    seen = {idle, draw(scene_of(printer))}
    clock.advance(600)
    seen.add(draw(scene_of(printer)))
    printer.machine.light = False
    seen.add(draw(scene_of(printer)))
    printer.machine.finish_job()
    seen.add(draw(scene_of(printer)))

    assert len(seen) == 5


async def test_odd_names_and_colors_are_drawn(make: Make) -> None:
    file = StoredFile("ø" * 200, 100, 3, (("", "mauve-ish", 1.0),))
    printer = await make("creator5", files=[file], name="Größe ① " * 20)
    printer.machine.slots[0].color = ""
    printer.machine.start_job()
    printer.machine.finish_job()

    assert draw(scene_of(printer)).startswith(b"\xff\xd8")
    assert thumbnail(file)
