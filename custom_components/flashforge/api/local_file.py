"""A local file that is read off the event loop and must not change while it is."""

import asyncio
from collections.abc import Callable
import os
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, Self

from .upload_errors import FileChangedError, FileUnreadableError

type _Mark = tuple[int, int]
# Size and time of the last change.


def _mark(file: BinaryIO) -> _Mark:
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns


def _open(path: Path) -> tuple[BinaryIO, _Mark]:
    try:
        # Opening a pipe would wait for its other end.
        if not S_ISREG(path.stat().st_mode):
            raise FileUnreadableError("no file")
        file = path.open("rb")
    except (OSError, ValueError) as err:
        raise FileUnreadableError(type(err).__name__) from err
    return file, _mark(file)


def _read(file: BinaryIO, length: int, mark: _Mark) -> bytes:
    try:
        block = file.read(length)
        changed = _mark(file) != mark
    except OSError as err:
        raise FileUnreadableError(type(err).__name__) from err
    if changed or len(block) < length:
        raise FileChangedError("changed while it was read")
    return block


class LocalFile:
    """An open file; every read is one hop to a thread.

    ``size`` is that of when it was opened. Whoever opened it closes it.
    """

    def __init__(self, file: BinaryIO, mark: _Mark) -> None:
        """Keep the file; ``open`` makes one of a path."""
        self.size = mark[0]
        self._file = file
        self._mark = mark
        self._reading: asyncio.Future[bytes] | None = None

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open a file; raises ``FileUnreadableError`` when that is not possible."""
        opening = asyncio.get_running_loop().run_in_executor(None, _open, path)
        try:
            # Waited for, not awaited: a thread cannot be canceled, and what it will
            # have opened would get lost.
            await asyncio.wait((opening,))
        except asyncio.CancelledError:
            opening.add_done_callback(_close_opened)
            raise
        return cls(*opening.result())

    async def read(self, length: int) -> bytes:
        """Return the next bytes, all of them.

        Raises ``FileChangedError`` when the file is no more what it was when it
        was opened.
        """
        self._reading = asyncio.get_running_loop().run_in_executor(
            None, _read, self._file, length, self._mark
        )
        # As in ``open``: ``close`` has to know what the thread is doing.
        await asyncio.wait((self._reading,))
        return self._reading.result()

    def close(self) -> None:
        """Close the file, as soon as no thread reads it any more."""
        if self._reading is None or self._reading.done():
            self._file.close()
        else:
            self._reading.add_done_callback(_then(self._file.close))


def _close_opened(opening: asyncio.Future[tuple[BinaryIO, _Mark]]) -> None:
    if opening.exception() is None:
        opening.result()[0].close()


def _then(close: Callable[[], None]) -> Callable[[asyncio.Future[bytes]], None]:
    def finished(reading: asyncio.Future[bytes]) -> None:
        # Asked for, so that it is not reported as an error that nobody saw.
        reading.exception()
        close()

    return finished
