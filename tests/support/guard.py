"""No test uses a port of real printers: a demo or a printer may be there."""

from collections.abc import Callable
import socket
from typing import Any

import pytest

REAL_PORTS = frozenset({7125, 8080, 8898, 8899, 18007, 19000, 48899})
"""Ports of Moonraker, cameras and printers, and the source port of older clients."""


class Guard:
    """Notes who uses a port of a real printer.

    The system may give such a port to a socket of the test that asks for any port; what
    is sent to that socket stays in the test.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.met: list[str] = []
        self._given: set[int] = set()
        for name in ("bind", "connect", "connect_ex", "sendto"):
            monkeypatch.setattr(socket.socket, name, self._watched(name))

    def _watched(self, name: str) -> Callable[..., Any]:
        use = getattr(socket.socket, name)

        def watched(sock: socket.socket, *args: Any) -> Any:
            match args[-1]:
                case (host, int(port), *_) if port in REAL_PORTS - self._given:
                    self.met.append(f"{name} {host}:{port}")
            used = use(sock, *args)
            match args[-1]:
                case (_, 0, *_) if name == "bind":
                    self._given.add(sock.getsockname()[1])
            return used

        return watched
