"""What the table of faults needs."""

import asyncio
from collections.abc import Iterator
import gc

import pytest


@pytest.fixture(scope="package", autouse=True)
def what_is_loaded_stays() -> Iterator[None]:
    """Spare each cell of the table the search through all of Home Assistant's code."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
async def enable_event_loop_debug() -> None:
    """Leave the loop as it is at home: hundreds of cells need not know who called what."""
    assert not asyncio.get_running_loop().get_debug()
