"""What the table of faults needs."""

import asyncio
from collections.abc import Iterator
import gc

import pytest


@pytest.fixture(scope="package", autouse=True)
def what_is_loaded_stays() -> Iterator[None]:
    """Keep the garbage collector away from Home Assistant's code in each cell."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
async def enable_event_loop_debug() -> None:
    """Leave the debug mode of the loop off: hundreds of cells are slow enough."""
    assert not asyncio.get_running_loop().get_debug()
