"""UDP discovery: any datagram is answered with a description (docs/protocol/discovery.md)."""

import asyncio
from contextlib import suppress
import socket
import struct

from .machine.device import Device
from .machine.status import PLATE_TO_CLEAR, Status
from .system.net import bound_socket

GROUP = "225.0.0.9"
_LOOPBACK = "127.0.0.1"
_PRODUCT_TYPE = 0x5A02
_COMMAND_PORT = 8899
_LONGEST_REQUEST = 139
_BUFFER = 2048

_LEGACY = struct.Struct(">128s4s4H")
_MODERN = struct.Struct(">128s4x6HBB128s2x")
_PACKET_INFO = struct.Struct("=i4s4s")
_READY, _BUSY, _ERROR = range(3)
_IDLE = PLATE_TO_CLEAR | {Status.READY}


def packet(device: Device) -> bytes:
    """Return the answer of a printer: 276 bytes, 140 for a legacy model (docs/protocol/discovery.md §5 and §6)."""
    status = device.machine.status
    state = _READY if status in _IDLE else _BUSY
    if status is Status.ERROR:
        state = _ERROR
    name = device.name.encode()[:127]
    words = (_COMMAND_PORT, device.model.vendor, device.model.pid)
    if not device.model.http:
        short = device.model.short_packet
        words = (
            device.tcp_port or _COMMAND_PORT,
            device.model.vendor,
            device.model.pid,
        )
        return _LEGACY.pack(name, short.group, *words, short.status[state])
    serial = device.serial.encode()[:127]
    return _MODERN.pack(
        name,
        *words,
        state,
        _PRODUCT_TYPE,
        device.http_port,
        int(device.lan_mode),
        0,
        serial,
    )


class Discovery:
    """The sockets that receive requests; all answers are sent from the printer's address."""

    def __init__(self, device: Device) -> None:
        """Prepare the discovery of a device; it is closed at first."""
        self._device = device
        self._own: socket.socket | None = None
        self._group: socket.socket | None = None

    def open(self, port: int, *, group: bool) -> int:
        """Listen on the printer's address, and with `group` to multicast and broadcast.

        Return the port; OSError if it is taken.
        """
        loop = asyncio.get_running_loop()
        self._own = bound_socket(socket.SOCK_DGRAM, self._device.host, port)
        bound: int = self._own.getsockname()[1]
        loop.add_reader(self._own, self._asked, self._own)
        if group:
            self._group = _joined(self._device.host, bound)
            loop.add_reader(self._group, self._asked, self._group)
        return bound

    def close(self) -> None:
        """Close the sockets."""
        for listener in (self._own, self._group):
            if listener is not None:
                asyncio.get_running_loop().remove_reader(listener)
                listener.close()
        self._own = self._group = None

    def _asked(self, listener: socket.socket) -> None:
        with suppress(OSError):
            data, notes, _, address = listener.recvmsg(_BUFFER, _BUFFER)
            # A datagram as long as an answer is an answer of another printer.
            meant = listener is self._own or _to_everybody(notes)
            meant = meant and not self._device.deaf
            if self._own is not None and meant and len(data) <= _LONGEST_REQUEST:
                self._own.sendto(packet(self._device), address)


def _to_everybody(notes: list[tuple[int, int, bytes]]) -> bool:
    """Return whether a datagram went to a group or broadcast address.

    Its socket also receives datagrams sent to printers that are off.
    """
    for level, kind, info in notes:
        if (level, kind) == (socket.IPPROTO_IP, socket.IP_PKTINFO):
            _, local, destination = _PACKET_INFO.unpack(info[: _PACKET_INFO.size])
            return bool(local != destination)
    return False


def _joined(host: str, port: int) -> socket.socket:
    listener = bound_socket(socket.SOCK_DGRAM, "", port)
    listener.setsockopt(socket.IPPROTO_IP, socket.IP_PKTINFO, 1)
    # On loopback each printer has an address, but all share one interface.
    interfaces = {_LOOPBACK} if host.startswith("127.") else {_LOOPBACK, host}
    for interface in interfaces:
        membership = socket.inet_aton(GROUP) + socket.inet_aton(interface)
        listener.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
    return listener
