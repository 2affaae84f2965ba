"""What several tests of cameras need."""

from collections.abc import AsyncGenerator

import pytest

from .camera_server import CameraServer


@pytest.fixture
async def camera() -> AsyncGenerator[CameraServer]:
    """Return a camera that takes clients."""
    async with CameraServer() as camera:
        yield camera
