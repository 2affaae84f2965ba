"""What is on its way between two sockets of a test, which the loop does not know of.

Linux carries what is sent over loopback at once on an idle machine, and later on a busy
one: both ends may seem to be at rest meanwhile.
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
"""What each processor has still to deliver; only Linux tells (net/core/net-procfs.c)."""

_BACKLOG = 11
"""The column of packets that are sent and not delivered."""


def is_carrying(loop: asyncio.AbstractEventLoop) -> bool:
    """Say whether something is on its way between two sockets of a loop."""
    return _waits_in_the_kernel() or _is_in_flight(loop)


def _waits_in_the_kernel() -> bool:
    if not SOFTNET.exists():
        return False
    rows = SOFTNET.read_text().splitlines()
    return any(int(row.split()[_BACKLOG], 16) for row in rows)


def _is_in_flight(loop: asyncio.AbstractEventLoop) -> bool:
    """Say whether anybody is sent what he reads and has not got yet.

    What is sent to somebody who does not read now may stay where it is.
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
        # He may have got it all and only be slow to say so.
        reader.get_extra_info("socket").setsockopt(
            socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1
        )
        if _unacknowledged(sender):
            return True
    return False


def _ends(transport: asyncio.BaseTransport) -> tuple[Any, Any]:
    """Return the address of a transport and that of who is at the other end."""
    return transport.get_extra_info("sockname"), transport.get_extra_info("peername")


def _unacknowledged(transport: asyncio.BaseTransport) -> int:
    """Return how many bytes were sent, or are to be sent, that have not arrived."""
    answer = ioctl(
        transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4)
    )
    count: int = unpack("=i", answer)[0]
    return count
