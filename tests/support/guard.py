"""No test uses a port of real printers: a demo or a printer may be there."""

from collections.abc import Callable
import socket
from typing import Any

import pytest

REAL_PORTS = frozenset({7125, 8080, 8898, 8899, 18007, 19000, 48899})
"""Ports of Moonraker, cameras and printers, and the source port of older clients."""


class Guard:
    """Notes who uses a port of a real printer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.met: list[str] = []
        for name in ("bind", "connect", "connect_ex", "sendto"):
            monkeypatch.setattr(socket.socket, name, self._watched(name))

    def _watched(self, name: str) -> Callable[..., Any]:
        use = getattr(socket.socket, name)

        def watched(sock: socket.socket, *args: Any) -> Any:
            match args[-1]:
                case (host, int(port), *_) if port in REAL_PORTS:
                    self.met.append(f"{name} {host}:{port}")
            return use(sock, *args)

        return watched
