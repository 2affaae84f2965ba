"""The camera: one MJPEG stream, as MJPG-Streamer serves it (docs/protocol/camera.md)."""

import asyncio
from http import HTTPStatus
from typing import override

from ..faults import CAMERA, ActiveFault, Answer, Effect, Faults, combined
from ..machine.device import Device
from ..machine.status import Status
from ..system.net import TcpPort, reset
from .picture import Scene, draw

_FRAMES_PER_SECOND = 4
_BOUNDARY = b"boundarydonotcross"
_LONGEST_REQUEST = 8192
_NOTHING = b"\0" * (1 << 16)
_HEADERS = (
    b"Access-Control-Allow-Origin: *\r\n"
    b"Connection: close\r\n"
    b"Server: MJPG-Streamer/0.2\r\n"
    b"Cache-Control: no-store, no-cache, must-revalidate, max-age=0\r\n"
    b"Pragma: no-cache\r\n"
)
_STREAM_TYPE = "multipart/x-mixed-replace;boundary=" + _BOUNDARY.decode()
_NOT_IMPLEMENTED = (
    b"HTTP/1.0 501 Not Implemented\r\n" + _HEADERS + b"Content-Type: text/plain\r\n"
    b"\r\n501: Not Implemented!\r\nno www-folder configured"
)


def _head(status: int, content_type: str) -> bytes:
    line = f"HTTP/1.0 {status} {HTTPStatus(status).phrase}\r\n".encode()
    return line + _HEADERS + f"Content-Type: {content_type}\r\n\r\n".encode()


def _stream_head(content_type: str | None = None) -> bytes:
    return _head(200, content_type or _STREAM_TYPE) + b"--" + _BOUNDARY + b"\r\n"


def _part(frame: bytes) -> bytes:
    length = str(len(frame)).encode()
    head = b"Content-Type: image/jpeg\r\nContent-Length: " + length + b"\r\n\r\n"
    return head + frame + b"\r\n--" + _BOUNDARY + b"\r\n"


def scene_of(device: Device) -> Scene:
    """Return the scene in front of the camera."""
    machine = device.machine
    job, chamber = machine.job, machine.chamber
    feeding = machine.current_slot
    head = max(feeding - 1, 0) if device.model.tools > 1 else 0
    return Scene(
        title=device.name,
        status=machine.status.value,
        file=job.file if job is not None else None,
        progress=round(job.progress, 4) if job is not None else 0.0,
        layer=job.layer if job is not None else 0,
        nozzle=round(machine.nozzles[head].temperature),
        bed=round(machine.bed.temperature),
        chamber=round(chamber.temperature) if chamber is not None else None,
        light=machine.light,
        spools=tuple(s.color if s.has_filament else None for s in machine.slots),
        feeding=feeding,
        moment=round(device.clock.now(), 2)
        if machine.status is Status.PRINTING
        else None,
    )


class CameraServer:
    """Port 8080 of a printer."""

    def __init__(self, device: Device) -> None:
        """Prepare the camera of a device; it is closed at first."""
        self.connections = 0
        self._device = device
        self._port = TcpPort(lambda: _Viewer(self))
        self._streams: set[_Viewer] = set()
        self._frame = b""
        self._scene: Scene | None = None
        self._drawn = 0.0

    @property
    def clients(self) -> int:
        """The number of open streams."""
        return len(self._streams)

    def follow(self, port: int, *, wanted: bool) -> int:
        """Open or close the port; return its number. OSError if it is taken."""
        if wanted and not self._port.is_open:
            return self._port.open(self._device.host, port)
        if not wanted:
            self._port.close()
        return port

    async def wait_closed(self) -> None:
        """Wait until all connections are closed."""
        await self._port.wait_closed()

    @property
    def faults(self) -> Faults:
        """The faults of the printer."""
        return self._device.faults

    def admit(self, viewer: _Viewer) -> bool:
        """Add a viewer; return False if another viewer has the only connection."""
        if self._streams and self._device.quirks.camera_single_client:
            return False
        self._streams.add(viewer)
        self.connections += 1
        return True

    def leave(self, viewer: _Viewer) -> None:
        """Remove a viewer."""
        self._streams.discard(viewer)

    def frame(self) -> bytes:
        """Return the present picture as JPEG, drawn once for all viewers."""
        now = asyncio.get_running_loop().time()
        if not self._frame or now - self._drawn > 0.9 / _FRAMES_PER_SECOND:
            self._drawn = now
            if (scene := scene_of(self._device)) != self._scene:
                self._scene, self._frame = scene, draw(scene)
        return self._frame


class _Viewer(asyncio.Protocol):
    """One connection to the camera."""

    def __init__(self, server: CameraServer) -> None:
        self._server = server
        self._transport: asyncio.Transport | None = None
        self._request = b""
        self._answered = False
        self._stalled = False
        self._timer: asyncio.TimerHandle | None = None
        self._trouble: asyncio.Task[None] | None = None
        self._excess = 0

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        if self._answered:
            return
        self._request += data
        if b"\r\n\r\n" in self._request or len(self._request) > _LONGEST_REQUEST:
            self._answered = True
            line = self._request.split(b"\r\n", 1)[0]
            self._answer(line)

    def _answer(self, line: bytes) -> None:
        if (transport := self._transport) is None:
            return
        if b"action=snapshot" in line:
            transport.close()
        elif not line.startswith(b"GET /?action=stream"):
            transport.write(_NOT_IMPLEMENTED)
            transport.close()
        elif not self._server.admit(self):
            reset(transport)
        elif met := self._server.faults.take(CAMERA):
            self._trouble = asyncio.create_task(self._go_wrong(met))
        else:
            transport.write(_stream_head())
            self._show()

    async def _go_wrong(self, met: list[ActiveFault]) -> None:
        """Answer with the effects of faults."""
        await self._server.faults.delay(met)
        if (transport := self._transport) is None:
            return
        effect = combined(active.effect for active in met)
        if isinstance(answer := effect.instead, Answer):
            transport.write(_head(answer.status, answer.content_type) + answer.body)
            transport.close()
            return
        transport.write(_stream_head(effect.content_type))
        if effect.excess:
            self._excess = effect.excess
            transport.write(_part(b"\xff\xd8")[: -len(_BOUNDARY) - 4])
            self._flood()
        elif effect.keep < 1:
            self._break_off(transport, effect)
        else:
            self._show()

    def _break_off(self, transport: asyncio.Transport, effect: Effect) -> None:
        part = _part(self._server.frame())
        transport.write(part[: int(len(part) * effect.keep)])
        if effect.resets:
            reset(transport)
        else:
            transport.close()

    def _flood(self) -> None:
        """Send a picture without an end, as fast as the viewer reads it."""
        while self._excess > 0 and self._transport is not None and not self._stalled:
            self._excess -= len(_NOTHING)
            self._transport.write(_NOTHING)

    def _show(self) -> None:
        if self._transport is None:
            return
        if not self._stalled:
            self._transport.write(_part(self._server.frame()))
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(1 / _FRAMES_PER_SECOND, self._show)

    @override
    def pause_writing(self) -> None:
        # A viewer that does not read stays connected and gets no more frames.
        self._stalled = True

    @override
    def resume_writing(self) -> None:
        self._stalled = False
        self._flood()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._server.leave(self)
        self._transport = None
        if self._timer is not None:
            self._timer.cancel()
        if self._trouble is not None:
            self._trouble.cancel()
