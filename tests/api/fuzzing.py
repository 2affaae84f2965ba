"""What every test shares that tries inputs which nobody thought of."""

from collections.abc import Iterator
from contextlib import contextmanager
import gc
from time import thread_time

from hypothesis import HealthCheck, settings

PER_INPUT = 0.02
"""Seconds for which one piece of input may hold the event loop."""

fuzzed = settings(
    deadline=None,
    database=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""How often to try, without an eye on the clock of a busy machine; see ``in_time``."""


@contextmanager
def in_time(seconds: float = PER_INPUT) -> Iterator[None]:
    """Fail when what is done inside takes the processor for longer.

    It counts the time of this thread only, so that a busy machine makes nothing slow,
    and no collection of the garbage of all other tests.
    """
    gc.disable()
    try:
        began = thread_time()
        yield
        took = thread_time() - began
    finally:
        gc.enable()
    assert took < seconds, f"took {took:.3f} s of processor time"
