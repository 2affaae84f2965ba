"""The bytes that still wait in a connection: as few as possible, and none at its end."""

import asyncio
from contextlib import suppress
import socket
import struct

CLOSE_TIMEOUT = 1.0

_UNSENT = 16 * 1024
# Bytes that the system may hold before they are sent.

_AT_ONCE = struct.pack("ii", 1, 0)
# SO_LINGER: on, for no second.


def keep_little_unsent(writer: asyncio.StreamWriter) -> None:
    """Let no bytes wait here or in the system, so that a pause after them is one."""
    writer.transport.set_write_buffer_limits(high=0)
    connection: socket.socket | None = writer.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)


async def disconnect(writer: asyncio.StreamWriter, *, at_once: bool = False) -> None:
    """Disconnect; what a printer did not read by then is dropped.

    ``at_once``: with a reset, so that it has nobody to answer late.
    """
    connection: socket.socket | None = writer.get_extra_info("socket")
    if at_once and connection is not None:
        # The printer may have left first.
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        writer.transport.abort()
    writer.close()
    try:
        async with asyncio.timeout(CLOSE_TIMEOUT):
            await writer.wait_closed()
    except OSError:
        writer.transport.abort()
