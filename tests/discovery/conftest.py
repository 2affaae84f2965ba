"""A printer in a network in which it is found."""

import pytest

from simulator import Printer

from ..support.networking import Network

HOME, AWAY, ELSEWHERE = "127.0.0.101", "127.0.0.102", "127.0.0.103"


@pytest.fixture
async def printer(network: Network) -> Printer:
    """Return a printer that hears a search, at the address of its entry."""
    return await network.printer("ad5x", host=HOME, name="Workshop")
