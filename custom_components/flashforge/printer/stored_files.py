"""The files that are stored on a printer, and their pictures."""

import asyncio
from collections.abc import Callable, Iterable

from ..api import FlashForgeError, Printer, StoredFile
from ..api.errors import MissingFileError
from ..api.http.files import NEWEST_FILES
from ..const import LOGGER
from .job import JobKey

MOST_PICTURES = 64
MOST_BYTES = 16 << 20
"""How much is kept in memory for one printer; the oldest unused picture goes first."""


class Thumbnails:
    """Asks a printer for the picture of each file once, and one at a time.

    A picture is asked for again after the file's details changed, it was uploaded again,
    or a job began with it (docs/protocol/http.md §2.5).
    """

    def __init__(
        self, printer: Printer, problem: Callable[[], FlashForgeError | None]
    ) -> None:
        """Ask for nothing yet; ``problem`` returns why the printer cannot be asked."""
        self._printer = printer
        self._problem = problem
        self._asking = asyncio.Lock()
        self._details: dict[str, StoredFile] = {}
        # None is kept as well, so a file without a picture is not asked for again.
        self._pictures: dict[str, bytes | None] = {}
        self._forgotten = 0

    async def fetch(self, file: str) -> bytes | None:
        """Return the picture (PNG) of a stored file, None when it has none.

        Raises ``errors.FlashForgeError`` when the printer cannot be asked.
        """
        if file in self._pictures:
            return self._use(file)
        async with self._asking:
            if file in self._pictures:
                return self._use(file)
            return await self._ask(file)

    def take_note(self, files: Iterable[StoredFile]) -> None:
        """Drop the pictures of files that changed since the last list."""
        details = {file.name: file for file in files}
        for name in tuple(self._pictures):
            if details.get(name) != self._details.get(name):
                self.forget(name)
        self._details = details

    def forget(self, file: str) -> None:
        """Drop the picture of a file, which may have been replaced by another one."""
        self._forgotten += 1
        self._pictures.pop(file, None)

    def job_began(self, job: JobKey) -> None:
        """Drop the picture of a job's file: a slicer may just have uploaded it again."""
        if job.file is not None:
            self.forget(job.file)

    async def _ask(self, file: str) -> bytes | None:
        if (problem := self._problem()) is not None:
            raise problem
        forgotten = self._forgotten
        picture = await self._printer.fetch_thumbnail(file)
        if forgotten == self._forgotten:
            self._pictures[file] = picture
            self._trim()
        return picture

    def _use(self, file: str) -> bytes | None:
        picture = self._pictures[file] = self._pictures.pop(file)
        return picture

    def _trim(self) -> None:
        """Drop the pictures that have been unused for the longest time."""
        size = sum(len(picture or b"") for picture in self._pictures.values())
        while len(self._pictures) > MOST_PICTURES or size > MOST_BYTES:
            oldest = next(iter(self._pictures))
            size -= len(self._pictures.pop(oldest) or b"")


class Shelf:
    """The files that can be printed without an upload, and the one that is chosen.

    The list is fetched only when a caller asks for a fresh one.
    """

    def __init__(
        self, printer: Printer, pictures: Thumbnails, on_change: Callable[[], None]
    ) -> None:
        """Start without a list; ``on_change`` is called for a new list or choice."""
        self._printer = printer
        self._pictures = pictures
        self._on_change = on_change
        self._asking = asyncio.Lock()
        self.files: tuple[StoredFile, ...] | None = None
        """The files, newest first; None while they were never listed."""
        self.chosen: str | None = None
        """The file that the button prints."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, newest first."""
        return tuple(file.name for file in self.files or ())

    @property
    def may_hide_files(self) -> bool:
        """Whether there may be more files than were listed (docs/protocol/http.md §2.4)."""
        return len(self.files or ()) == NEWEST_FILES

    def file(self, name: str) -> StoredFile | None:
        """Return a file of the last list."""
        return next((file for file in self.files or () if file.name == name), None)

    async def refresh(self) -> tuple[StoredFile, ...]:
        """Ask for the list and return it. Raises ``errors.FlashForgeError``."""
        async with self._asking:
            self.files = await self._printer.list_files()
        self._pictures.take_note(self.files)
        if self.chosen not in self.names:
            self.chosen = None
        self._on_change()
        return self.files

    def choose(self, name: str) -> None:
        """Choose the file that the button prints."""
        self.chosen = name
        self._on_change()

    async def refresh_quietly(self) -> None:
        """Ask for the list; without an answer it stays as it was."""
        try:
            await self.refresh()
        except FlashForgeError as err:
            LOGGER.debug("The files cannot be listed: %s", err)

    async def take(self, name: str) -> None:
        """Update picture and list after a file of this name was uploaded."""
        self._pictures.forget(name)
        await self.refresh_quietly()

    async def find(self, name: str) -> StoredFile:
        """Return a file of a fresh list.

        Raises ``errors.MissingFileError`` when no file has exactly this name, and what
        ``refresh`` raises.
        """
        await self.refresh()
        if (file := self.file(name)) is None:
            raise MissingFileError(None, name)
        return file
