"""A file on its way in: the multipart body of `/uploadGcode`, onto the disk."""

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
class Parcel:
    """A file as it arrived: what its part calls it, its bytes, what is in it."""

    name: str
    size: int
    content: StoredFile


async def receive(
    request: web.BaseRequest,
    faults: Faults,
    met: Iterable[ActiveFault],
    *,
    space: float,
) -> Parcel | None:
    """Take the body of an upload; None if it brings no file that can be taken.

    More than `space` bytes are taken but not kept. Whatever way it ends, no byte stays
    behind; ConnectionError if the connection breaks.
    """
    await _say_continue(request)
    # The firmware has to know how much comes, so a chunked body is not for it.
    multipart = request.content_type == "multipart/form-data"
    if request.content_length is None or not multipart:
        return None
    # The file has no name on the disk and is gone when it is closed.
    with tempfile.TemporaryFile() as file:
        receiver = _Receiver(request, file, faults, met)
        try:
            return await receiver.receive(space)
        except ValueError, BadHttpMessage:
            return None


async def _say_continue(request: web.BaseRequest) -> None:
    if request.headers.get(hdrs.EXPECT, "").lower() == "100-continue":
        await request.writer.write(_CONTINUE)
        # This was not yet the beginning of the answer.
        request.writer.output_size = 0


class _Receiver:
    """Takes the file out of one request, with all that goes wrong on the way."""

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

    async def receive(self, space: float) -> Parcel | None:
        """Take the whole form; ValueError if it is none."""
        form = MultipartReader(self._request.headers, self._request.content)
        parcel = None
        async for part in form:
            if isinstance(part, BodyPartReader) and part.name == _PART:
                parcel = await self._take(part, space)
        return parcel

    async def _take(self, part: BodyPartReader, space: float) -> Parcel:
        batch = bytearray()
        while piece := await part.read_chunk(_PIECE):
            batch += piece
            self._size += len(piece)
            if len(batch) >= _MEGABYTE:
                await self._keep(batch, space)
            await self._suffer(full=not batch)
        await self._keep(batch, space)
        name = part.filename or ""
        content = await asyncio.to_thread(sliced.read, self._file, name, self._size)
        return Parcel(name=name, size=self._size, content=content)

    async def _keep(self, batch: bytearray, space: float) -> None:
        if self._size <= space:
            await asyncio.to_thread(self._file.write, bytes(batch))
        batch.clear()

    async def _suffer(self, *, full: bool) -> None:
        """Let happen what the faults want in the middle of a file."""
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
