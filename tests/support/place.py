"""A part of the machine's loopback network that only this process of pytest uses.

Several workers, several checkouts and a demo run at once without a conflict: each
process has a hundred ports and a network of addresses, for as long as it holds a lock.
"""

from collections.abc import Iterator
import fcntl
from functools import cache
from itertools import cycle
from pathlib import Path
import socket
import tempfile
from typing import IO

_PLACES = 120
_FIRST_PORT = 20_000
"""From here on up to where systems take ports for connections (32768 on Linux)."""

_PORTS = 100
_FIRST_NETWORK = 64


@cache
def _lock() -> tuple[int, IO[str]]:
    """Return the number of our place, and the file that stays locked until the end."""
    for number in range(_PLACES):
        path = Path(tempfile.gettempdir()) / f"flashforge-tests-{number}.lock"
        file = path.open("w", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
        else:
            return number, file
    raise RuntimeError(f"{_PLACES} processes test already")


@cache
def _ports() -> Iterator[int]:
    first = _FIRST_PORT + _PORTS * _lock()[0]
    return cycle(range(first, first + _PORTS))


def own_host(network: int, number: int) -> str:
    """Return an address that no other process uses; Linux has all of 127.0.0.0/8."""
    return f"127.{_FIRST_NETWORK + _lock()[0]}.{network}.{number}"


def free_port() -> int:
    """Return a port, of UDP and TCP, that is free and was not returned lately."""
    for _ in range(_PORTS):
        port = next(_ports())
        if _is_free(port, socket.SOCK_DGRAM) and _is_free(port, socket.SOCK_STREAM):
            return port
    raise RuntimeError("all ports are taken")


def _is_free(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        try:
            sock.bind(("", port))
        except OSError:
            return False
    return True
