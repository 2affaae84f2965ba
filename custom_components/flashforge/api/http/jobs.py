"""What a printer with the JSON interface is sent to print."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Unpack, override

import aiohttp

from ..commands.printing import check_upload
from ..errors import UploadCanceledError, UploadError
from ..print_files.local_file import LocalFile, Mark
from ..print_files.names import stored_name
from ..prints import PrintOptions
from ..state import PrinterState
from . import requests
from .client import Credentials, HttpLink
from .start import form_for, stored_body, upload_headers
from .upload import Transfer


class HttpJobs(HttpLink):
    """The part of a printer that takes files and starts them.

    A start is a command and waits for its turn; an upload takes minutes and runs beside
    the commands, so that a job can be paused during it, one after the other.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        host: str,
        **credentials: Unpack[Credentials],
    ) -> None:
        """Begin without an upload; ``session`` stays its owner's to close."""
        super().__init__(session, host, **credentials)
        self._seen: PrinterState | None = None
        self._uploads = asyncio.Lock()
        self._transfer: Transfer | None = None
        self._upload_canceled = False

    async def _known(self) -> PrinterState:
        """Return the last state, which says what the firmware wants to be told."""
        return self._seen or await self.fetch()

    @override
    async def start_file(self, file: str, options: PrintOptions) -> None:
        firmware = (await self._known()).identity.firmware
        body = stored_body(form_for(self.model, firmware), file, options)
        async with self._queue:
            reply = self._decode(await self._send(requests.PRINT, body))
        reply.check(requests.PRINT)

    @override
    async def upload(
        self,
        source: Path,
        name: str,
        *,
        start: PrintOptions | None = None,
        on_progress: Callable[[int], None] | None = None,
        known: Mark | None = None,
    ) -> None:
        async with self._uploads:
            self._upload_canceled = False
            state = await self._known()
            stored = stored_name(self.model, name, start=start is not None)
            form = form_for(self.model, state.identity.firmware)
            file = await LocalFile.open(source, known)
            try:
                if (unfit := check_upload(state, file.size)) is not None:
                    raise unfit
                headers = upload_headers(
                    form, self.serial, self.check_code, file.size, start
                )
                if self._upload_canceled:
                    raise UploadCanceledError("canceled before it began")
                transfer = Transfer(file, stored, headers, on_progress)
                self._transfer = transfer
                answer = await transfer.run(self._session, self.host, self.port)
            finally:
                self._transfer = None
                file.close()
        self._decode(answer).check(requests.UPLOAD)
        if not transfer.complete:
            raise UploadError("it was answered too early", percent=transfer.percent)

    @override
    def cancel_upload(self) -> None:
        self._upload_canceled = True
        if self._transfer is not None:
            self._transfer.cancel()
