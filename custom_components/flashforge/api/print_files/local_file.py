"""A local file that is read off the event loop and must not change while it is."""

import asyncio
from collections.abc import Callable
import hashlib
import os
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, NamedTuple, Self

from ..errors import FileChangedError, FileUnreadableError, LocalFileError


class Mark(NamedTuple):
    """What shows whether a file is still the one that was looked at.

    ``size`` is in bytes, ``changed`` the time of the last change in ns, ``device`` and
    ``inode`` distinguish a file from another one in its place.
    """

    size: int
    changed: int
    device: int
    inode: int


def _mark(found: os.stat_result) -> Mark:
    return Mark(found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino)


def mark_of(path: Path) -> Mark:
    """Return the mark of a file, for before it is read; blocks on the disk.

    Raises ``LocalFileError`` when there is no such file.
    """
    try:
        return _mark(path.stat())
    except (OSError, ValueError) as err:
        raise LocalFileError(file=path.name) from err


def digest_of(path: Path) -> str:
    """Return what no other content has in common with a file; blocks on the disk.

    Raises ``LocalFileError`` when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as err:
        raise LocalFileError(file=path.name) from err


def _open(path: Path, known: Mark | None) -> tuple[BinaryIO, Mark]:
    try:
        # Opening a pipe would wait for its other end.
        if not S_ISREG(path.stat().st_mode):
            raise FileUnreadableError("no file")
        file = path.open("rb")
    except (OSError, ValueError) as err:
        raise FileUnreadableError(type(err).__name__) from err
    mark = _mark(os.fstat(file.fileno()))
    if known is not None and mark != known:
        file.close()
        raise FileChangedError("changed since it was read")
    return file, mark


def _read(file: BinaryIO, length: int, mark: Mark) -> bytes:
    try:
        block = file.read(length)
        changed = _mark(os.fstat(file.fileno())) != mark
    except OSError as err:
        raise FileUnreadableError(type(err).__name__) from err
    if changed or len(block) < length:
        raise FileChangedError("changed while it was read")
    return block


class LocalFile:
    """An open file; every read is one hop to a thread.

    ``size`` is in bytes, as of when it was opened. The opener closes it.
    """

    def __init__(self, file: BinaryIO, mark: Mark) -> None:
        """Keep the file; ``open`` makes one of a path."""
        self.size = mark[0]
        self._file = file
        self._mark = mark
        self._reading: asyncio.Future[bytes] | None = None

    @classmethod
    async def open(cls, path: Path, known: Mark | None = None) -> Self:
        """Open a file.

        Raises ``FileUnreadableError`` when that is not possible, ``FileChangedError``
        when it is no more the one with the mark that is known.
        """
        opening = asyncio.get_running_loop().run_in_executor(None, _open, path, known)
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


def _close_opened(opening: asyncio.Future[tuple[BinaryIO, Mark]]) -> None:
    if opening.exception() is None:
        opening.result()[0].close()


def _then(close: Callable[[], None]) -> Callable[[asyncio.Future[bytes]], None]:
    def finished(reading: asyncio.Future[bytes]) -> None:
        # Read, so that asyncio does not report it as never retrieved.
        reading.exception()
        close()

    return finished
