"""Time that a test drives."""

import asyncio
import time

import pytest

from simulator import ManualClock, SystemClock

from ...support.waiting import settle


def test_it_stands_still_until_it_is_moved() -> None:
    clock = ManualClock(start=5.0)

    clock.advance(2.5)

    assert clock.now() == 7.5


def test_calls_are_made_in_order_at_their_times() -> None:
    clock = ManualClock()
    seen: list[tuple[str, float]] = []
    clock.call_at(20, lambda: seen.append(("late", clock.now())))
    clock.call_at(10, lambda: seen.append(("early", clock.now())))
    clock.call_at(15, lambda: seen.append(("never", clock.now())))()
    clock.call_at(99, lambda: seen.append(("not yet", clock.now())))

    clock.advance(30)

    assert seen == [("early", 10), ("late", 20)]
    assert clock.now() == 30


def test_it_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        ManualClock().advance(-1)


async def test_the_system_clock_can_be_sped_up() -> None:
    clock = SystemClock(speed=1000)
    rung = asyncio.Event()
    started = time.monotonic()

    clock.call_at(20, rung.set)
    await rung.wait()

    assert clock.now() >= 20
    # In real time this would take 20 s.
    assert time.monotonic() - started < 15


def test_a_system_clock_does_not_stand_still() -> None:
    with pytest.raises(ValueError, match="above zero"):
        SystemClock(speed=0)


async def test_a_system_clock_can_be_held() -> None:
    clock = SystemClock(speed=1000)
    rung, never = asyncio.Event(), asyncio.Event()

    clock.hold(held=True)
    now = clock.now()
    cancel = clock.call_at(now + 5, never.set)
    clock.call_at(now + 20, rung.set)
    await settle()
    assert clock.now() == now
    assert not rung.is_set()

    cancel()
    clock.advance(20)
    await rung.wait()
    assert clock.now() == now + 20

    rung.clear()
    clock.call_at(now + 40, rung.set)
    clock.hold(held=False)
    await rung.wait()
    assert clock.now() >= now + 40
    assert not never.is_set()


def test_a_system_clock_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        SystemClock().advance(-1)
