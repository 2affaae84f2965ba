"""The HTTP port: takes requests, lets faults happen, sends answers."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
import json
from typing import TYPE_CHECKING

from aiohttp import web

from ..faults import ActiveFault, Answer, Effect, Envelope, combined
from ..net import TcpPort, reset
from . import endpoints
from .upload import receive

if TYPE_CHECKING:
    from ..printer import Printer

_REMEMBERED = 10_000
_BLANKS = b" " * (1 << 16)


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived; `body` is the parsed JSON, `time` the clock's.

    Of an upload, which is noted when it begins, there are the headers and no body.
    """

    method: str
    path: str
    body: object
    time: float
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def command(self) -> str | None:
        """The name of the command, of a `/control` request."""
        name = self._payload.get("cmd")
        return name if isinstance(name, str) else None

    @property
    def args(self) -> dict[str, object]:
        """The arguments of the command."""
        args = self._payload.get("args")
        return dict(args) if isinstance(args, dict) else {}

    @property
    def _payload(self) -> Mapping[str, object]:
        payload = self.body.get("payload") if isinstance(self.body, dict) else None
        return payload if isinstance(payload, dict) else {}


class HttpServer:
    """Port 8898 of a printer (docs/protocol/http.md)."""

    def __init__(self, printer: Printer) -> None:
        """Belong to a printer."""
        self._printer = printer
        self._server: web.Server | None = None
        self._port = TcpPort(self._connection)

    @property
    def clients(self) -> int:
        """The connections that are open now."""
        return 0 if self._server is None else len(self._server.connections)

    def follow(self, port: int, *, wanted: bool) -> int:
        """Open or close the port; return its number. OSError if it is taken."""
        if wanted and not self._port.is_open:
            if self._server is None:
                self._server = web.Server(
                    self._handle,
                    handler_cancellation=True,
                    access_log=None,
                    keepalive_timeout=self._printer.quirks.keep_alive_seconds,
                )
            return self._port.open(self._printer.host, port)
        if not wanted:
            self._port.close()
        return port

    async def wait_closed(self) -> None:
        """Wait until connections and their tasks are gone."""
        await self._port.wait_closed()
        # aiohttp forgets a connection when its task has ended, some turns later.
        while self._server is not None and self._server.connections:  # noqa: ASYNC110
            await asyncio.sleep(0)
        self._server = None

    def _connection(self) -> asyncio.Protocol:
        if self._server is None:
            raise RuntimeError("a client came before the server")
        return self._server()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        printer = self._printer
        if endpoints.takes_file(printer, request.method, request.path):
            return await self._handle_upload(request)
        try:
            body: object = json.loads(await request.read())
        except ValueError:
            body = None
        met = self._meet(request, body)
        await printer.faults.delay(met)
        effect = combined(active.effect for active in met)
        answer = self._instead(effect) or endpoints.answer(
            printer, request.method, request.path, body
        )
        return await _send(request, answer, effect)

    async def _handle_upload(self, request: web.BaseRequest) -> web.StreamResponse:
        printer, headers = self._printer, request.headers
        met = self._meet(request, None, headers)
        effect = combined(active.effect for active in met)
        if printer.quirks.refuses_uploads_early:
            refusal = endpoints.refusal(printer, headers)
            if refusal is not None:
                return await _send(request, refusal, effect)
        space = printer.machine.free_storage_gb * 1e9
        try:
            parcel = await receive(request, printer.faults, met, space=space)
        except ConnectionError:
            # There is nobody to answer, and aiohttp need not report it as its error.
            return web.Response()
        await printer.faults.delay(met)
        answer = self._instead(effect) or endpoints.answer_upload(
            printer, headers, parcel
        )
        return await _send(request, answer, effect)

    def _meet(
        self, request: web.BaseRequest, body: object, headers: Mapping[str, str] = {}
    ) -> list[ActiveFault]:
        """Note a request down and return the faults that it meets."""
        printer, path = self._printer, request.path
        noted = Request(request.method, path, body, printer.clock.now(), headers)
        self._remember(noted)
        return printer.faults.take(path)

    def _instead(self, effect: Effect) -> Answer | None:
        instead = effect.instead
        if isinstance(instead, Envelope):
            return endpoints.envelope(self._printer, instead)
        return instead

    def _remember(self, request: Request) -> None:
        requests = self._printer.requests
        if len(requests) >= _REMEMBERED:
            del requests[: _REMEMBERED // 2]
        requests.append(request)


async def _send(
    request: web.BaseRequest, answer: Answer, effect: Effect
) -> web.StreamResponse:
    content_type = effect.content_type or answer.content_type
    headers = {"Content-Type": content_type, "Server": "OrcaServer"}
    body = answer.body
    if effect.distorts is not None and answer.is_json:
        body = effect.distorts(body)
    part = body[: int(len(body) * effect.keep)]
    if not effect.resets and not effect.excess:
        return web.Response(status=answer.status, headers=headers, body=part)
    response = web.StreamResponse(status=answer.status, headers=headers)
    response.content_length = len(body) + effect.excess
    await response.prepare(request)
    await response.write(part)
    with suppress(ConnectionError):
        for _ in range(effect.excess // len(_BLANKS)):
            await response.write(_BLANKS)
    if effect.resets:
        reset(request.transport)
    return response
