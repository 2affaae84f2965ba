"""The authenticated line to a printer: requests go in, checked answers come out."""

import asyncio
from typing import TypedDict, Unpack

import aiohttp
import orjson

from ..models.model import Model
from ..printer import Printer
from . import requests
from .reply import Reply, decode
from .requests import Body
from .transport import JSON_LIMIT, Exchange, exchange

_KEPT = frozenset({requests.DETAIL, requests.PRODUCT})
"""The reads whose last answer is kept."""


class Credentials(TypedDict):
    """What it takes to talk to one printer: its port, what it asks for, what it is."""

    port: int
    serial: str
    check_code: str
    model: Model


class HttpLink(Printer):
    """A printer as the other end of a line, whatever is said on it.

    Reads run beside each other; commands run one at a time in the order of the calls,
    because the printer mixes up parallel ones (docs/protocol/http.md §8). Whoever needs
    several steps to be one turn holds ``_queue`` around them.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        host: str,
        **credentials: Unpack[Credentials],
    ) -> None:
        """Keep how to reach the printer; ``session`` stays its owner's to close."""
        super().__init__(host, credentials["port"], credentials["model"])
        self.serial = credentials["serial"]
        self.check_code = credentials["check_code"]
        self._session = session
        self._queue = asyncio.Lock()
        self._last: dict[str, tuple[bytes, Reply]] = {}

    @property
    def serial(self) -> str:
        """The serial number, in the form that the printer takes."""
        return self._serial

    @serial.setter
    def serial(self, serial: str) -> None:
        self._serial = requests.normalize_serial(serial)

    @property
    def check_code(self) -> str:
        """The check code, without blanks around it and opaque otherwise."""
        return self._check_code

    @check_code.setter
    def check_code(self, check_code: str) -> None:
        self._check_code = check_code.strip()

    async def _command(self, body: Body) -> None:
        """Send a command when it is its turn."""
        async with self._queue:
            await self._control(body)

    async def _control(self, body: Body) -> None:
        """Send a command now; the caller holds the queue."""
        reply = self._decode(await self._send(requests.CONTROL, body))
        reply.check(requests.CONTROL)

    async def _read(
        self,
        path: str,
        body: Body | None = None,
        *,
        payload: tuple[str, ...] = (),
        limit: int = JSON_LIMIT,
        deadline: float | None = None,
    ) -> Reply:
        """Ask for something that changes nothing.

        What is kept and answered in the same bytes as before gives the same ``Reply``,
        so that whoever has read it knows that there is nothing to read again.
        """
        answer = await self._send(
            path, body or {}, repeatable=True, limit=limit, deadline=deadline
        )
        before, reply = self._last.get(path, (None, None))
        if reply is None or answer != before:
            reply = self._decode(answer)
        if path in _KEPT:
            self.answers[path] = reply.body
        reply.check(path, payload)
        if path in _KEPT:
            self._last[path] = (answer, reply)
        return reply

    async def _send(
        self,
        path: str,
        body: Body,
        *,
        repeatable: bool = False,
        limit: int = JSON_LIMIT,
        deadline: float | None = None,
    ) -> bytes:
        request = Exchange(
            path=path,
            body=orjson.dumps(requests.auth(self._serial, self._check_code) | body),
            repeatable=repeatable,
            limit=limit,
            deadline=deadline,
        )
        return await self._exchange(request)

    def _decode(self, answer: bytes) -> Reply:
        """Return what an answer says, without the credentials that it may repeat."""
        return decode(answer).without(self._serial, self._check_code)

    async def _exchange(self, request: Exchange) -> bytes:
        """Send a request to where the printer is now."""
        return await exchange(self._session, self.host, self.port, request)
