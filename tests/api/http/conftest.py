"""What several tests of HTTP need."""

from collections.abc import Generator
import socket

import pytest

from ...support.server import HOST


@pytest.fixture
def bound() -> Generator[socket.socket]:
    """Return a socket that has a port on which nobody listens yet."""
    with socket.socket() as bound:
        bound.bind((HOST, 0))
        yield bound
