"""The upload to a printer: one at a time, with its progress, and to be canceled."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from homeassistant.core import HomeAssistant, callback

from ..api import (
    Mark,
    Printer,
    PrintOptions,
    SlicedFile,
    StoredName,
    UploadCanceledError,
)
from ..api.errors import UploadRunsError
from ..const import LOGGER

SHOWN_EVERY = 1.0
"""Seconds between two changes of the progress that is shown."""

_MOST_CONTENTS = 50
# Files whose contents are remembered, as many as a printer lists several times over.

_LOGGED_EVERY = 25
"""Percent between two lines about the progress in the log."""


@dataclass(slots=True, kw_only=True)
class Transfer:
    """A file on its way: bytes in all, bytes that have gone out, and whether it prints."""

    file: str
    size: int
    prints: bool
    sent: int = 0

    @property
    def percent(self) -> int:
        """How much has gone out."""
        return self.sent * 100 // max(self.size, 1)


class Uploads:
    """The uploads to one printer, of which there is never more than one."""

    def __init__(
        self,
        hass: HomeAssistant,
        printer: Printer,
        name: str,
        on_change: Callable[[], None],
    ) -> None:
        """Begin with none; ``on_change`` is called when there is something to show.

        ``name`` is what the log calls the printer.
        """
        self._hass = hass
        self._printer = printer
        self._name = name
        self._on_change = on_change
        self._shown = 0.0
        self._closed = False
        self.current: Transfer | None = None
        """What is on its way, None when nothing is."""
        self.contents: dict[str, SlicedFile] = {}
        """The contents of the files that were sent since the start, by stored name."""

    @property
    def next_print(self) -> str | None:
        """The file that will be printed as soon as it is there."""
        return self.current.file if self.current and self.current.prints else None

    def remember(self, name: str, content: SlicedFile) -> None:
        """Keep the contents of a file that is on the printer now, without its picture."""
        self.contents.pop(name, None)
        self.contents[name] = replace(content, thumbnail=None)
        while len(self.contents) > _MOST_CONTENTS:
            del self.contents[next(iter(self.contents))]

    async def send(
        self, source: Path, name: StoredName, known: Mark, start: PrintOptions | None
    ) -> None:
        """Send the file that has this mark and return when the printer has taken it.

        Raises ``errors.FlashForgeError``, ``UploadCanceledError`` when it was
        canceled.
        """
        if self._closed:
            raise UploadCanceledError("unloaded")
        if self.current is not None:
            raise UploadRunsError(file=self.current.file)
        transfer = self.current = Transfer(
            file=name, size=known.size, prints=start is not None
        )
        self._show()
        try:
            await self._printer.upload(
                source,
                name,
                start=start,
                on_progress=self._follow(transfer),
                known=known,
            )
        finally:
            self.current = None
            self._show()

    @callback
    def cancel(self) -> None:
        """Cancel the upload; ``send`` then raises ``UploadCanceledError``."""
        self._printer.cancel_upload()

    @callback
    def close(self) -> None:
        """Cancel the upload and accept no more: nobody could see or cancel it."""
        self._closed = True
        self.cancel()

    def _follow(self, transfer: Transfer) -> Callable[[int], None]:
        """Return the function that gets the number of bytes sent."""
        logged = 0

        @callback
        def follow(sent: int) -> None:
            nonlocal logged
            before, transfer.sent = transfer.percent, sent
            now = self._hass.loop.time()
            if transfer.percent > before and now - self._shown >= SHOWN_EVERY:
                self._show()
            if transfer.percent >= logged + _LOGGED_EVERY:
                logged = transfer.percent // _LOGGED_EVERY * _LOGGED_EVERY
                LOGGER.debug("%s has %d %% of the file", self._name, logged)

        return follow

    @callback
    def _show(self) -> None:
        self._shown = self._hass.loop.time()
        self._on_change()
