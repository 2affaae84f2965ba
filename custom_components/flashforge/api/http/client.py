"""Requests with the credentials of a printer, and answers that were checked."""

import asyncio
from collections.abc import Callable

import aiohttp
import orjson

from . import requests
from .reply import Reply, decode
from .requests import Body
from .transport import JSON_LIMIT, Exchange, exchange

_KEPT = frozenset({requests.DETAIL, requests.PRODUCT})
"""The reads whose last answer is kept."""


class HttpClient:
    """The HTTP interface of one printer.

    Reads run in parallel. Commands run one at a time in the order of the calls, because
    the printer mixes up parallel ones (docs/protocol/http.md §8). A caller whose command
    takes several requests holds ``turn`` around them.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        address: Callable[[], tuple[str, int]],
        *,
        serial: str,
        check_code: str,
    ) -> None:
        """Keep how to reach the printer; ``session`` is not closed here.

        ``address`` returns host and port, which may change. The serial number may be
        written as on a label.
        """
        self.session = session
        self.address = address
        self.serial = requests.normalize_serial(serial)
        self.check_code = check_code.strip()
        self.turn = asyncio.Lock()
        self.answers: dict[str, object] = {}
        """The last answers about state and product as sent, by path."""
        self._last: dict[str, tuple[bytes, Reply]] = {}

    async def command(self, body: Body, path: str = requests.CONTROL) -> None:
        """Send a command when it is its turn."""
        async with self.turn:
            await self.command_now(body, path)

    async def command_now(self, body: Body, path: str = requests.CONTROL) -> None:
        """Send a command; the caller holds ``turn``."""
        self.decode(await self._send(path, body)).check(path)

    async def read(
        self,
        path: str,
        body: Body | None = None,
        *,
        payload: tuple[str, ...] = (),
        limit: int = JSON_LIMIT,
        deadline: float | None = None,
    ) -> Reply:
        """Send a request that changes nothing and return the answer.

        ``payload`` names the fields of which the answer must have one. ``limit`` is in
        bytes, ``deadline`` in s. If an answer of ``_KEPT`` has the same bytes as the
        last one, the same ``Reply`` is returned, so there is nothing to parse again.
        """
        answer = await self._send(
            path, body or {}, repeatable=True, limit=limit, deadline=deadline
        )
        before, reply = self._last.get(path, (None, None))
        if reply is None or answer != before:
            reply = self.decode(answer)
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
            body=orjson.dumps(requests.auth(self.serial, self.check_code) | body),
            repeatable=repeatable,
            limit=limit,
            deadline=deadline,
        )
        return await self.exchange(request)

    async def exchange(self, request: Exchange) -> bytes:
        """Send a request as it is to the current address of the printer."""
        return await exchange(self.session, *self.address(), request)

    def decode(self, answer: bytes) -> Reply:
        """Return the reply in an answer, without credentials that it may repeat."""
        return decode(answer).without(self.serial, self.check_code)
