"""The HTTP port: receives requests, applies faults, sends answers."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
import json

from aiohttp import web

from ..faults import ActiveFault, Answer, Effect, Envelope, combined
from ..machine.device import Device
from ..system.net import TcpPort, reset
from . import endpoints
from .request import Request
from .upload import receive

_REMEMBERED = 10_000
_BLANKS = b" " * (1 << 16)


class HttpServer:
    """Port 8898 of a printer (docs/protocol/http.md)."""

    def __init__(self, device: Device) -> None:
        """Prepare the HTTP port of a device; it is closed at first."""
        self.requests: list[Request] = []
        self._device = device
        self._server: web.Server | None = None
        self._port = TcpPort(self._connection)

    @property
    def clients(self) -> int:
        """The number of open connections."""
        return 0 if self._server is None else len(self._server.connections)

    def follow(self, port: int, *, wanted: bool) -> int:
        """Open or close the port; return its number. OSError if it is taken."""
        if wanted and not self._port.is_open:
            if self._server is None:
                self._server = web.Server(
                    self._handle,
                    handler_cancellation=True,
                    access_log=None,
                    keepalive_timeout=self._device.quirks.keep_alive_seconds,
                )
            return self._port.open(self._device.host, port)
        if not wanted:
            self._port.close()
        return port

    async def wait_closed(self) -> None:
        """Wait until all connections are closed and their tasks have ended."""
        await self._port.wait_closed()
        # aiohttp removes a connection some turns later, when its task has ended.
        while self._server is not None and self._server.connections:  # noqa: ASYNC110
            await asyncio.sleep(0)
        self._server = None

    def _connection(self) -> asyncio.Protocol:
        if self._server is None:
            raise RuntimeError("a client came before the server")
        return self._server()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        device = self._device
        if endpoints.takes_file(device, request.method, request.path):
            return await self._handle_upload(request)
        try:
            body: object = json.loads(await request.read())
        except ValueError:
            body = None
        met = self._meet(request, body)
        await device.faults.delay(met)
        effect = combined(active.effect for active in met)
        answer = self._instead(effect) or endpoints.answer(
            device, request.method, request.path, body
        )
        return await _send(request, answer, effect)

    async def _handle_upload(self, request: web.BaseRequest) -> web.StreamResponse:
        device, headers = self._device, request.headers
        met = self._meet(request, None, headers)
        effect = combined(active.effect for active in met)
        if device.quirks.refuses_uploads_early:
            refusal = endpoints.refusal(device, headers)
            if refusal is not None:
                return await _send(request, refusal, effect)
        space = device.machine.free_storage_gb * 1e9
        try:
            received = await receive(request, device.faults, met, space=space)
        except ConnectionError:
            # The client is gone; without this answer aiohttp would log an error.
            return web.Response()
        await device.faults.delay(met)
        answer = self._instead(effect) or endpoints.answer_upload(
            device, headers, received
        )
        return await _send(request, answer, effect)

    def _meet(
        self, request: web.BaseRequest, body: object, headers: Mapping[str, str] = {}
    ) -> list[ActiveFault]:
        """Record a request and return the faults that affect it."""
        device, path = self._device, request.path
        noted = Request(request.method, path, body, device.clock.now(), headers)
        self._remember(noted)
        return device.faults.take(path)

    def _instead(self, effect: Effect) -> Answer | None:
        instead = effect.instead
        if isinstance(instead, Envelope):
            return endpoints.envelope(self._device, instead)
        return instead

    def _remember(self, request: Request) -> None:
        if len(self.requests) >= _REMEMBERED:
            del self.requests[: _REMEMBERED // 2]
        self.requests.append(request)


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
