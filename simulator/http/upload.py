"""The multipart body of `/uploadGcode`, received into a temporary file."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
import tempfile
from typing import IO

from aiohttp import BodyPartReader, MultipartReader, hdrs, web
from aiohttp.http_exceptions import BadHttpMessage

from ..faults import ActiveFault, Faults
from ..models.files import StoredFile
from ..print_files import sliced
from ..system.net import reset

_PART = "gcodeFile"
_PIECE = 1 << 16
_MEGABYTE = 1 << 20
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """An uploaded file: its name in the form, its bytes, its content."""

    name: str
    size: int
    content: StoredFile


async def receive(
    request: web.BaseRequest,
    faults: Faults,
    met: Iterable[ActiveFault],
    *,
    space: float,
) -> ReceivedFile | None:
    """Receive the body of an upload; None if it has no file in a known form.

    More than `space` bytes are read but not kept. The file is gone from the disk at the
    end. ConnectionError if the connection breaks.
    """
    await _say_continue(request)
    # The firmware needs the length at the start, so it takes no chunked body.
    multipart = request.content_type == "multipart/form-data"
    if request.content_length is None or not multipart:
        return None
    # The file has no name on the disk and disappears when it is closed.
    with tempfile.TemporaryFile() as file:
        receiver = _Receiver(request, file, faults, met)
        try:
            return await receiver.receive(space)
        except ValueError, BadHttpMessage:
            return None


async def _say_continue(request: web.BaseRequest) -> None:
    if request.headers.get(hdrs.EXPECT, "").lower() == "100-continue":
        await request.writer.write(_CONTINUE)
        # The answer has not begun with this.
        request.writer.output_size = 0


class _Receiver:
    """Receives the file of one request, under its faults."""

    def __init__(
        self,
        request: web.BaseRequest,
        file: IO[bytes],
        faults: Faults,
        met: Iterable[ActiveFault],
    ) -> None:
        self._request = request
        self._file = file
        self._faults = faults
        self._met = tuple(met)
        self._clearings = faults.clearings
        self._half = (request.content_length or 0) // 2
        self._size = 0
        self._halfway = False

    async def receive(self, space: float) -> ReceivedFile | None:
        """Read the whole form; ValueError if it is not one."""
        form = MultipartReader(self._request.headers, self._request.content)
        received = None
        async for part in form:
            if isinstance(part, BodyPartReader) and part.name == _PART:
                received = await self._take(part, space)
        return received

    async def _take(self, part: BodyPartReader, space: float) -> ReceivedFile:
        batch = bytearray()
        while piece := await part.read_chunk(_PIECE):
            batch += piece
            self._size += len(piece)
            if len(batch) >= _MEGABYTE:
                await self._keep(batch, space)
            await self._apply_faults(full=not batch)
        await self._keep(batch, space)
        name = part.filename or ""
        content = await asyncio.to_thread(sliced.read, self._file, name, self._size)
        return ReceivedFile(name=name, size=self._size, content=content)

    async def _keep(self, batch: bytearray, space: float) -> None:
        if self._size <= space:
            await asyncio.to_thread(self._file.write, bytes(batch))
        batch.clear()

    async def _apply_faults(self, *, full: bool) -> None:
        """Apply the faults that affect the middle of a file."""
        reached = not self._halfway and self._size >= self._half
        self._halfway |= reached
        if self._faults.clearings != self._clearings:
            return
        for active in self._met:
            if reached and active.effect.breaks:
                reset(self._request.transport)
                raise ConnectionResetError
            if (reached and active.effect.stalls) or (full and active.effect.drags):
                await self._faults.hold(active.seconds)
