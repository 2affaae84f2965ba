"""A file on its way over the line protocol, in one of two forms.

The reply to the login says which one a printer takes: frames that it acknowledges one by
one, or the bare bytes (docs/protocol/adventurer-3-4.md §1 and §5).
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
import re
import struct
import zlib

from ..errors import (
    FlashForgeError,
    LineChannelError,
    UnreadableError,
    UploadCanceledError,
    UploadError,
    UploadStalledError,
    UploadUnansweredError,
)
from ..print_files.local_file import LocalFile
from ..prints import StoredFile
from .channel import LineChannel
from .session import LineSession

BLOCK = 4096
"""Bytes of the file in a frame, and in a write of the bare form."""

OPEN_TIMEOUT = 10.0
BLOCK_TIMEOUT = 10.0
"""Seconds for the acknowledgment of a frame, and for a block to get out."""

CLOSE_TIMEOUT = 30.0
"""Seconds that a printer has to store the file."""

FIRST_PAUSE = 0.1
"""Seconds between the first frame and the second."""

END_PAUSE = 3.0
"""Seconds of silence after the last byte; with less of it, nothing is stored."""

_READ = 64 * BLOCK
_MAGIC = b"\x5a\x5a\xa5\xa5"
_HEADER = struct.Struct(">4s3I")
_RECEIPT = re.compile(r"N(\d{4,})\s+(ok|error)", re.IGNORECASE)
_FORGETS_AT = 10_000
# It is not known whether receipts count further than four digits.


class LineUpload:
    """The upload to one printer."""

    def __init__(self, channel: LineChannel) -> None:
        """Begin without an upload."""
        self._channel = channel
        self._stop: asyncio.Timeout | None = None
        self._canceled = False
        self._sent = 0
        self._size = 0

    def cancel(self) -> None:
        """Let the upload that runs, if any, end with ``UploadCanceledError``."""
        self._canceled = True
        if self._stop is not None and not self._stop.expired():
            self._stop.reschedule(asyncio.get_running_loop().time())

    async def send(
        self, file: LocalFile, name: str, on_progress: Callable[[int], None] | None
    ) -> None:
        """Send a file and return when the printer has stored it."""
        self._reset(file.size)
        async with self._channel.session(control=True) as session:
            if session.takes_frames is None:
                raise UploadError("the printer does not say which form it takes")
            path = f"0:/user/{name}"
            try:
                await session.ask(f"M28 {file.size} {path}", timeout=OPEN_TIMEOUT)
            except LineChannelError as err:
                raise UploadError("it does not begin", percent=0) from err
            send = self._frames if session.takes_frames else self._bare
            whole = False
            with self._channel.reserved_for(name):
                try:
                    async with asyncio.timeout(None) as stop:
                        self._stop = stop
                        if self._canceled:
                            self.cancel()
                        await send(session, file, on_progress)
                        whole = True
                except TimeoutError as err:
                    raise UploadCanceledError(
                        "canceled", percent=self._percent
                    ) from err
                finally:
                    self._stop = None
                    session.end_data(whole=whole)
                try:
                    await session.ask("M29", timeout=CLOSE_TIMEOUT)
                except (LineChannelError, UnreadableError) as err:
                    raise UploadUnansweredError("no answer", percent=100) from err

    def _reset(self, size: int) -> None:
        self._sent, self._size, self._canceled = 0, size, False

    @property
    def _percent(self) -> int:
        return 100 * self._sent // self._size if self._size else 0

    async def _blocks(self, file: LocalFile) -> AsyncGenerator[bytes]:
        left = file.size
        while left:
            data = await file.read(min(_READ, left))
            left -= len(data)
            for start in range(0, len(data), BLOCK):
                yield data[start : start + BLOCK]

    async def _frames(
        self,
        session: LineSession,
        file: LocalFile,
        on_progress: Callable[[int], None] | None,
    ) -> None:
        number = 0
        async for block in self._blocks(file):
            head = _HEADER.pack(_MAGIC, number, len(block), zlib.crc32(block))
            await self._put(session, head + block.ljust(BLOCK, b"\0"))
            await self._receipt(session, number)
            self._count(len(block), on_progress)
            if number == 0:
                await asyncio.sleep(FIRST_PAUSE)
            number += 1

    async def _bare(
        self,
        session: LineSession,
        file: LocalFile,
        on_progress: Callable[[int], None] | None,
    ) -> None:
        session.keep_little_unsent()
        async for block in self._blocks(file):
            await self._put(session, block)
            self._count(len(block), on_progress)
        await self.rest()

    async def rest(self) -> None:
        """Wait as long as a printer needs to see that the bytes are over."""
        await asyncio.sleep(END_PAUSE)

    def _count(self, size: int, on_progress: Callable[[int], None] | None) -> None:
        self._sent += size
        if on_progress is not None:
            on_progress(self._sent)

    async def _put(self, session: LineSession, data: bytes) -> None:
        try:
            async with asyncio.timeout(BLOCK_TIMEOUT) as patience:
                await session.put(data)
        except TimeoutError as err:
            if not patience.expired():
                raise
            raise UploadStalledError("stands still", percent=self._percent) from err
        except (OSError, EOFError) as err:
            raise UploadError(type(err).__name__, percent=self._percent) from err

    async def _receipt(self, session: LineSession, number: int) -> None:
        """Wait until a frame was taken; what belongs to others is passed over."""
        try:
            async with asyncio.timeout(BLOCK_TIMEOUT) as patience:
                while True:
                    receipt = _RECEIPT.match(await session.line())
                    if receipt is None:
                        continue
                    if receipt[2].lower() == "error":
                        break
                    if int(receipt[1]) % _FORGETS_AT == number % _FORGETS_AT:
                        return
        except TimeoutError as err:
            if not patience.expired():
                raise
            raise UploadStalledError("no receipt", percent=self._percent) from err
        except (OSError, EOFError, FlashForgeError) as err:
            raise UploadError(type(err).__name__, percent=self._percent) from err
        raise UploadError("a frame was bad", percent=self._percent)


async def see_kept(name: str, listing: Awaitable[tuple[StoredFile, ...]]) -> None:
    """Raise unless the list has a file that the printer said it saved.

    It says so also when it did not.
    """
    try:
        stored = {each.name for each in await listing}
    except FlashForgeError as err:
        raise UploadUnansweredError("nothing is listed", percent=100) from err
    if stored and name not in stored:
        raise UploadError("the printer did not keep the file", percent=100)
