"""Data on its way between two sockets of a test, which the loop does not see.

Over loopback, Linux delivers data at once on an idle machine, and later on a busy one.
Until then both ends seem to be idle.
"""

import asyncio
from fcntl import ioctl
from pathlib import Path
import socket
from struct import unpack
import termios
from typing import Any

from .internals import streams

SOFTNET = Path("/proc/net/softnet_stat")
"""What each processor has still to deliver; only Linux has it (net/core/net-procfs.c)."""

_BACKLOG = 11
"""The column of packets that are sent and not delivered."""


def is_carrying(loop: asyncio.AbstractEventLoop) -> bool:
    """Return whether data is on its way between two sockets of a loop."""
    return _waits_in_the_kernel() or _is_in_flight(loop)


def _waits_in_the_kernel() -> bool:
    if not SOFTNET.exists():
        return False
    rows = SOFTNET.read_text().splitlines()
    return any(int(row.split()[_BACKLOG], 16) for row in rows)


def _is_in_flight(loop: asyncio.AbstractEventLoop) -> bool:
    """Return whether data is on its way to a socket that is being read.

    Data for a socket that is not read now is not waited for.
    """
    if not hasattr(socket, "TCP_QUICKACK"):
        return False
    transports = streams(loop)
    # Both ends name a connection: a server has one address for all its clients.
    by_ends = {_ends(each): each for each in transports}
    for sender in transports:
        if not _unacknowledged(sender):
            continue
        ours, theirs = _ends(sender)
        reader = by_ends.get((theirs, ours))
        if reader is None or not reader.is_reading():
            continue
        # All may have arrived, and only the acknowledgement may be missing.
        reader.get_extra_info("socket").setsockopt(
            socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1
        )
        if _unacknowledged(sender):
            return True
    return False


def _ends(transport: asyncio.BaseTransport) -> tuple[Any, Any]:
    """Return the address of a transport and that of its other end."""
    return transport.get_extra_info("sockname"), transport.get_extra_info("peername")


def _unacknowledged(transport: asyncio.BaseTransport) -> int:
    """Return how many bytes were sent, or are to be sent, that have not arrived."""
    answer = ioctl(
        transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4)
    )
    count: int = unpack("=i", answer)[0]
    return count
