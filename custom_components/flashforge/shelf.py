"""The files that lie on a printer, as it listed them last."""

import asyncio
from collections.abc import Callable

from .api.errors import FlashForgeError, MissingFileError
from .api.http import NEWEST_FILES
from .api.printer import Printer
from .api.state import StoredFile
from .const import LOGGER
from .thumbnails import Thumbnails


class Shelf:
    """What can be printed without an upload, and what a person has chosen of it.

    Nothing is asked by itself: whoever needs the list fresh says so.
    """

    def __init__(
        self, printer: Printer, pictures: Thumbnails, on_change: Callable[[], None]
    ) -> None:
        """Begin without knowing any file; ``on_change`` is called for a new list."""
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
        """Take note that a file of this name was just put on the printer."""
        self._pictures.forget(name)
        await self.refresh_quietly()

    async def find(self, name: str) -> StoredFile:
        """Return a file of a fresh list.

        Raises ``errors.MissingFileError`` when there is none with exactly this name, and
        what listing raises.
        """
        await self.refresh()
        if (file := self.file(name)) is None:
            raise MissingFileError(None, name)
        return file
