"""The library is tested without Home Assistant: nothing here starts a core."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Leave out what the tests of the integration start for every test."""


@pytest.fixture(autouse=True)
def loopback_is_the_network() -> None:
    """Leave the network as it is."""


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    """Return a session that ends with the test."""
    async with aiohttp.ClientSession() as session:
        yield session
