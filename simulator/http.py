"""The HTTP port: takes requests, lets faults happen, sends answers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
import json
from typing import TYPE_CHECKING

from aiohttp import web

from . import endpoints
from .faults import Answer, Envelope
from .net import TcpPort, reset

if TYPE_CHECKING:
    from .printer import Printer

_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it arrived; `body` is the parsed JSON, `time` the clock's."""

    method: str
    path: str
    body: object
    time: float

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
    """Port 8898 of a printer (protocol/http.md)."""

    def __init__(self, printer: Printer) -> None:
        """Belong to a printer."""
        self._printer = printer
        self._server: web.Server | None = None
        self._port = TcpPort(self._connection)

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
        printer, path = self._printer, request.path
        try:
            body: object = json.loads(await request.read())
        except ValueError:
            body = None
        self._remember(Request(request.method, path, body, printer.clock.now()))

        instead: Answer | Envelope | None = None
        keep, resets = 1.0, False
        for active in printer.faults.take(path):
            effect = active.effect
            if effect.waits:
                await printer.faults.hold(active.seconds)
            instead = instead or effect.instead
            keep = min(keep, effect.keep)
            resets |= effect.resets
        if isinstance(instead, Envelope):
            instead = endpoints.envelope(printer, instead)
        answer = instead or endpoints.answer(printer, request.method, path, body)
        return await _send(request, answer, keep=keep, resets=resets)

    def _remember(self, request: Request) -> None:
        requests = self._printer.requests
        if len(requests) >= _REMEMBERED:
            del requests[: _REMEMBERED // 2]
        requests.append(request)


async def _send(
    request: web.BaseRequest, answer: Answer, *, keep: float, resets: bool
) -> web.StreamResponse:
    headers = {"Content-Type": answer.content_type, "Server": "OrcaServer"}
    part = answer.body[: int(len(answer.body) * keep)]
    if not resets:
        return web.Response(status=answer.status, headers=headers, body=part)
    response = web.StreamResponse(status=answer.status, headers=headers)
    response.content_length = len(answer.body)
    await response.prepare(request)
    await response.write(part)
    reset(request.transport)
    return response
