"""The pictures of the files that lie on a printer."""

import asyncio
from collections.abc import Callable, Iterable

from .api.errors import FlashForgeError
from .api.printer import Printer
from .api.state import StoredFile

MOST_PICTURES = 64
MOST_BYTES = 16 << 20
"""What is kept in memory of one printer; the picture that was used last stays longest."""


class Thumbnails:
    """Asks a printer for the picture of each file once, and one at a time.

    A picture is asked for again after the file's details changed, it was uploaded again,
    or a job began with it (docs/protocol/http.md §2.5).
    """

    def __init__(
        self, printer: Printer, problem: Callable[[], FlashForgeError | None]
    ) -> None:
        """Ask for nothing yet; ``problem`` tells why asking would be in vain."""
        self._printer = printer
        self._problem = problem
        self._asking = asyncio.Lock()
        self._details: dict[str, StoredFile] = {}
        # None is kept as well: a file without a picture has none the next time, too.
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
        """Compare a list of what lies on the printer with what is kept."""
        details = {file.name: file for file in files}
        for name in tuple(self._pictures):
            if details.get(name) != self._details.get(name):
                self.forget(name)
        self._details = details

    def forget(self, file: str) -> None:
        """Ask for the picture of a file again the next time: it may be another one."""
        self._forgotten += 1
        self._pictures.pop(file, None)

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
        """Let go of the pictures that nobody has looked at for the longest."""
        size = sum(len(picture or b"") for picture in self._pictures.values())
        while len(self._pictures) > MOST_PICTURES or size > MOST_BYTES:
            oldest = next(iter(self._pictures))
            size -= len(self._pictures.pop(oldest) or b"")
