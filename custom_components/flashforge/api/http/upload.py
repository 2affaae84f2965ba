"""A file on its way to a printer: read in blocks, sent as it is read, and counted.

Never the whole file is in memory, and never is anything sent a second time once a byte
of it went out: the printer may have begun to print (docs/protocol/http.md §7).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
import socket
from typing import override
from uuid import uuid4

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import StreamWriter
from yarl import URL

from ..errors import (
    FlashForgeError,
    UnreachableError,
    UploadCanceledError,
    UploadError,
    UploadStalledError,
    UploadTooSlowError,
    UploadUnansweredError,
)
from ..print_files.local_file import LocalFile, Mark
from .client import HttpClient
from .requests import UPLOAD
from .transport import (
    CONNECT_DEADLINE,
    REFUSED_PAUSE,
    address,
    is_refused,
    read_answer,
    translated,
)

DEADLINE = 600.0
"""Seconds that an upload has, answer included."""

IDLE_LIMIT = 30.0
"""Seconds within which something has to move: bytes on their way, or the answer."""

STORING_RATE = 4 << 20
"""Bytes per second that a printer stores at least, before it answers."""

_BLOCK = 256 << 10
# What one hop to a thread reads: few hops, and each is short.

_PIECE = 32 << 10
# What is written to the socket at once. If none gets through in time, it stalls.

_NOT_SENT = ("Accept", "Accept-Encoding", "User-Agent")
# Headers that aiohttp adds, and that no known client of the printers sends.


_UNSENT = 256 << 10
# Bytes that the system may hold before they are sent.


def _keep_little_unsent(writer: AbstractStreamWriter) -> None:
    """Let the system hold only little that is written and not sent yet.

    The system accepts megabytes for a slow connection. They would count as progress,
    and sending them could take longer than the wait for an answer.
    """
    if not isinstance(writer, StreamWriter) or writer.transport is None:
        return
    connection: socket.socket | None = writer.transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)


class _Form(aiohttp.Payload):
    """The body of an upload: one part with the file, streamed."""

    _value: LocalFile

    def __init__(self, file: LocalFile, name: str, moved: Callable[[], None]) -> None:
        """Write what goes around the file; ``moved`` is called after each piece."""
        boundary = uuid4().hex
        super().__init__(file, content_type=f"multipart/form-data; boundary={boundary}")
        self._head = (
            f"--{boundary}\r\n"
            f'Content-Disposition: form-data; name="gcodeFile"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        self._tail = f"\r\n--{boundary}--\r\n".encode()
        self._size = len(self._head) + file.size + len(self._tail)
        self._moved = moved
        self.begun = False
        self.complete = False
        self.sent = 0
        self.failure: FlashForgeError | None = None

    @override
    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        raise TypeError("a file on its way cannot be looked at")

    @override
    async def write(self, writer: AbstractStreamWriter) -> None:
        self.begun = True
        try:
            await self._write(writer)
        except FlashForgeError as err:
            # aiohttp makes an error of the connection of it.
            self.failure = err
            raise

    async def _write(self, writer: AbstractStreamWriter) -> None:
        file = self._value
        _keep_little_unsent(writer)
        await writer.write(self._head)
        while self.sent < file.size:
            block = memoryview(await file.read(min(_BLOCK, file.size - self.sent)))
            for start in range(0, len(block), _PIECE):
                piece = block[start : start + _PIECE]
                await writer.write(piece)
                self.sent += len(piece)
                self._moved()
        # From here on the printer may have all it needs, whatever comes back.
        self.complete = True
        await writer.write(self._tail)
        self._moved()


class Transfer:
    """One upload, from the first byte to the answer."""

    def __init__(
        self,
        file: LocalFile,
        name: str,
        headers: Mapping[str, str],
        on_progress: Callable[[int], None] | None = None,
    ) -> None:
        """Keep what is sent; ``on_progress`` gets the number of bytes sent."""
        self._file = file
        self._on_progress = on_progress
        self._form = _Form(file, name, self._moved)
        # Named here to stand before the length, as in the reference.
        self._headers = {**headers, "Content-Type": self._form.content_type}
        self._deadline = asyncio.timeout(DEADLINE)
        self._idle = asyncio.timeout(IDLE_LIMIT)
        self._stop = asyncio.timeout(None)
        self._running = False

    @property
    def percent(self) -> int:
        """How much of the file was sent, in whole percent."""
        return 100 * self._form.sent // self._file.size if self._file.size else 0

    @property
    def complete(self) -> bool:
        """Whether all of it may have got to the printer."""
        return self._form.complete

    def cancel(self) -> None:
        """Let ``run`` end with ``UploadCanceledError``."""
        if self._running and not self._stop.expired():
            self._stop.reschedule(asyncio.get_running_loop().time())

    async def run(self, session: aiohttp.ClientSession, host: str, port: int) -> bytes:
        """Send the file and return the body of the printer's answer.

        Raises ``errors.UploadError`` when it broke off, ``errors.UnreachableError`` when
        it did not even begin and ``errors.UnreadableError`` for an answer that is not valid.
        """
        url = address(host, port, UPLOAD)
        if session.closed:
            raise UnreachableError("the session is closed")
        try:
            async with self._deadline, self._idle, self._stop:
                self._running = True
                try:
                    return await self._attempts(session, url)
                finally:
                    self._running = False
        except TimeoutError as err:
            raise self._given_up(err) from err
        except (aiohttp.ClientError, OSError) as err:
            raise self._broken_off(err) from err

    async def _attempts(self, session: aiohttp.ClientSession, url: URL) -> bytes:
        try:
            return await self._attempt(session, url)
        except aiohttp.ClientConnectorError as err:
            if not is_refused(err):
                raise
        await asyncio.sleep(REFUSED_PAUSE)
        return await self._attempt(session, url)

    async def _attempt(self, session: aiohttp.ClientSession, url: URL) -> bytes:
        async with session.post(
            url,
            data=self._form,
            headers=self._headers,
            skip_auto_headers=_NOT_SENT,
            allow_redirects=False,
            raise_for_status=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_DEADLINE),
            auto_decompress=False,
        ) as response:
            return await read_answer(response, UPLOAD)

    def _moved(self) -> None:
        """Count on: something went out."""
        if not self._running or self._idle.expired():
            return
        patience = IDLE_LIMIT
        if self.complete:
            patience += self._file.size / STORING_RATE
        self._idle.reschedule(asyncio.get_running_loop().time() + patience)
        if self._on_progress is not None:
            self._on_progress(self._form.sent)

    def _given_up(self, err: TimeoutError) -> FlashForgeError:
        """Return why the time was up."""
        if self.complete:
            return UploadUnansweredError("no answer in time", percent=100)
        if self._stop.expired():
            return UploadCanceledError("canceled", percent=self.percent)
        if not self._form.begun:
            return translated(UPLOAD, err)
        if self._deadline.expired():
            return UploadTooSlowError("took too long", percent=self.percent)
        return UploadStalledError("stands still", percent=self.percent)

    def _broken_off(self, err: Exception) -> FlashForgeError:
        """Return what the end of the connection means."""
        if self._form.failure is not None:
            return self._form.failure
        if not self._form.begun or isinstance(err, aiohttp.ClientResponseError):
            return translated(UPLOAD, err)
        if self.complete:
            return UploadUnansweredError(type(err).__name__, percent=100)
        return UploadError(type(err).__name__, percent=self.percent)


class Uploads:
    """The uploads to one printer, one after the other, beside its commands.

    An upload takes minutes, in which a job can be paused.
    """

    def __init__(self, client: HttpClient) -> None:
        """Begin without an upload."""
        self._client = client
        self._turn = asyncio.Lock()
        self._transfer: Transfer | None = None
        self._canceled = False

    async def send(
        self,
        source: Path,
        name: str,
        headers: Callable[[int], Awaitable[Mapping[str, str]]],
        on_progress: Callable[[int], None] | None,
        known: Mark | None,
    ) -> None:
        """Send a file when it is its turn; see ``Printer.upload``.

        ``headers`` returns what goes ahead of a file of so many bytes.
        """
        async with self._turn:
            self._canceled = False
            file = await LocalFile.open(source, known)
            try:
                transfer = Transfer(file, name, await headers(file.size), on_progress)
                if self._canceled:
                    raise UploadCanceledError("canceled before it began")
                self._transfer = transfer
                client = self._client
                answer = await transfer.run(client.session, *client.address())
            finally:
                self._transfer = None
                file.close()
        self._client.decode(answer).check(UPLOAD)
        if not transfer.complete:
            raise UploadError("it was answered too early", percent=transfer.percent)

    def cancel(self) -> None:
        """Let the upload that runs, if any, end with ``UploadCanceledError``."""
        self._canceled = True
        if self._transfer is not None:
            self._transfer.cancel()
