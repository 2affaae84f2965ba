"""A virtual printer: a machine behind real sockets."""

from collections.abc import Iterable
import ipaddress
from typing import Self
import zlib

from .camera.stream import CameraServer
from .discovery import Discovery
from .faults import CAMERA, LINES, Faults
from .http.request import Request
from .http.server import HttpServer
from .lines.server import LineServer
from .machine.device import Device
from .machine.machine import Machine
from .machine.status import Status
from .models.catalog import MODELS
from .models.files import StoredFile
from .models.quirks import Quirks
from .models.spec import Camera
from .system.clock import Clock, SystemClock


class Printer(Device):
    """A FlashForge printer that runs in this process.

    Its identity and state are those of `Device` and can be changed at any time. Ports are
    the real ones after the start.
    """

    def __init__(
        self,
        model: str,
        *,
        host: str = "127.0.0.1",
        http_port: int = 8898,
        discovery_port: int = 19000,
        camera_port: int = 8080,
        tcp_port: int = 8899,
        serial: str | None = None,
        check_code: str | None = None,
        name: str | None = None,
        firmware: str | None = None,
        mac: str | None = None,
        clock: Clock | None = None,
        quirks: Quirks | None = None,
        files: Iterable[StoredFile] | None = None,
        discovery: bool = True,
        camera: bool | None = None,
        storage_gb: float | None = None,
    ) -> None:
        """Build a printer of a model in `MODELS`; port 0 takes a free one.

        What is None follows from model and host; `storage_gb` is the free storage.
        """
        spec, clock = MODELS[model], clock or SystemClock()
        serial = serial or _made_up_serial(spec.serial_tag, host)
        firmware = firmware or spec.firmware
        memory = list(spec.files if files is None else files)
        machine = Machine(spec, quirks or spec.quirks(firmware), clock, memory)
        if storage_gb is not None:
            machine.free_storage_gb = storage_gb
        super().__init__(
            model=spec,
            host=host,
            http_port=http_port,
            discovery_port=discovery_port,
            camera_port=camera_port,
            tcp_port=tcp_port,
            serial=serial,
            check_code="00412345" if check_code is None else check_code,
            name=spec.name if name is None else name,
            firmware=firmware,
            mac=mac or _made_up_mac(serial),
            has_camera=_has_camera(spec.camera, wanted=camera),
            deaf=not spec.answers_search,
            clock=clock,
            machine=machine,
            faults=Faults(self._follow),
        )
        self._equip(discovers=discovery)

    def _equip(self, *, discovers: bool) -> None:
        self._discovers, self._joins_group = discovers, self.discovery_port != 0
        self._connected = False
        self._http = HttpServer(self)
        self._camera = CameraServer(self)
        self._lines = LineServer(self)
        self._desk = self._lines.desk
        self._discovery = Discovery(self)
        self.machine.timeline.changed = self._follow

    async def start(self) -> None:
        """Open the sockets; OSError if a port is taken."""
        try:
            self._open()
        except OSError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Close all sockets and end all tasks and timers."""
        self._close()
        self.faults.close()
        await self._wait_closed()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.stop()

    async def power_off(self) -> None:
        """Switch the power off."""
        self.machine.switch_off()
        self.selected = None
        self._desk.restart()
        self._close()
        await self._wait_closed()

    async def power_on(self) -> None:
        """Switch the power on again, on the same ports."""
        self._open()

    async def move(self, host: str) -> None:
        """Change the address, as DHCP can do; the ports stay."""
        connected = self._connected
        self._close()
        await self._wait_closed()
        self.host = host
        if connected:
            self._open()

    @property
    def requests(self) -> list[Request]:
        """The HTTP requests that arrived, the latest last; old ones are forgotten."""
        return self._http.requests

    @requests.setter
    def requests(self, requests: list[Request]) -> None:
        self._http.requests = requests

    @property
    def lines(self) -> list[str]:
        """The commands that arrived at the line port, without their `~`."""
        return self._desk.lines

    def count(self, path: str = "/detail") -> int:
        """Return the number of requests for an endpoint."""
        return sum(request.path == path for request in self.requests)

    @property
    def commands(self) -> list[tuple[str, dict[str, object]]]:
        """All `/control` commands in their order, as name and arguments."""
        return [
            (request.command, request.args)
            for request in self.requests
            if request.path == "/control" and request.command is not None
        ]

    @property
    def http_clients(self) -> int:
        """The number of open connections to the HTTP port."""
        return self._http.clients

    @property
    def camera_clients(self) -> int:
        """The number of open streams."""
        return self._camera.clients

    @property
    def camera_connections(self) -> int:
        """The number of all streams so far."""
        return self._camera.connections

    @property
    def line_clients(self) -> int:
        """The number of open connections to the line port."""
        return len(self._desk.clients)

    @property
    def line_connections(self) -> int:
        """The number of all connections to the line port so far."""
        return self._desk.connections

    @property
    def missing_bytes(self) -> int:
        """The bytes that the upload at the line port still lacks, 0 without one."""
        upload = self._desk.intake
        return 0 if upload is None else upload.missing

    @property
    def controlled(self) -> bool:
        """Whether a client of the line port has control, or left without releasing it."""
        return self._desk.controlled

    def seize_control(self) -> None:
        """Take control of the line port as another program does, and keep it."""
        self._desk.seize()

    def _open(self) -> None:
        if self._connected:
            return
        self._connected = True
        self.machine.boot()
        self.machine.timeline.wake()
        self._follow()
        if self._discovers:
            self.discovery_port = self._discovery.open(
                self.discovery_port, group=self._joins_group
            )

    def _close(self) -> None:
        self._connected = False
        self.machine.timeline.rest()
        self._follow()
        self._discovery.close()

    def _follow(self) -> None:
        """Open and close the ports as faults, switches and power require."""
        on = self._connected and self.machine.status is not Status.OFF
        if self._connected and not on:
            self._close()
            return
        serves = on and self.model.http and not self.faults.closes()
        self.http_port = self._http.follow(self.http_port, wanted=serves)
        listens = on and bool(self.model.lines) and not self.faults.closes(LINES)
        self.tcp_port = self._lines.follow(self.tcp_port, wanted=listens)
        streams = (
            on
            and self.has_camera
            and self.machine.stream_on
            and not self.faults.closes(CAMERA)
        )
        self.camera_port = self._camera.follow(self.camera_port, wanted=streams)

    async def _wait_closed(self) -> None:
        await self._http.wait_closed()
        await self._camera.wait_closed()
        await self._lines.wait_closed()


def _has_camera(place: Camera, *, wanted: bool | None) -> bool:
    """Return whether a camera is fitted; a model that has no place for one gets none."""
    if place is Camera.NONE:
        return False
    return place is Camera.BUILT_IN if wanted is None else wanted


def _made_up_serial(tag: str, host: str) -> str:
    last_byte = int(ipaddress.IPv4Address(host)) & 0xFF
    return f"SNMOCK{tag}{last_byte:06d}"


def _made_up_mac(serial: str) -> str:
    low = zlib.crc32(serial.encode())
    return f"88:A9:A7:00:{low >> 8 & 0xFF:02X}:{low & 0xFF:02X}"
