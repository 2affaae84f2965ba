"""The clock and the network that all other tests use."""

import asyncio
from contextlib import suppress
import socket

from homeassistant.core import HomeAssistant
import pytest

from simulator import ManualClock

from ..conftest import PassTime
from .guard import REAL_PORTS, Guard
from .place import free_port, own_host
from .timing import Time
from .wire import is_carrying

HOUR = 3600


async def test_time_jumps_to_the_next_timer(
    hass: HomeAssistant, clock: ManualClock, time: Time
) -> None:
    rung: list[float] = []
    loop, start = hass.loop, time.now
    loop.call_later(90, lambda: rung.append(time.now - start))
    clock.call_at(start + 150, lambda: rung.append(time.now - start))
    jumps = 0
    move = time.move

    def counted(seconds: float) -> None:
        nonlocal jumps
        jumps += 1
        move(seconds)

    time.move = counted
    await time.passes(HOUR)

    assert rung == [pytest.approx(90, abs=1), 150]
    assert time.now - start == HOUR
    assert jumps < 100


async def test_nothing_is_waited_for_on_the_wall(
    hass: HomeAssistant, pass_time: PassTime
) -> None:
    rung = asyncio.Event()
    hass.loop.call_later(30 * 24 * HOUR, rung.set)

    await pass_time(31 * 24 * HOUR, step=HOUR)

    assert rung.is_set()


async def test_time_waits_for_what_is_on_its_way(
    hass: HomeAssistant, time: Time
) -> None:
    """Send more than the buffers hold; a minute ends only when all of it has arrived."""
    size, got = 32 << 20, 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal got
        while block := await reader.read(1 << 16):
            got += len(block)
        writer.close()

    server = await asyncio.start_server(serve, own_host(1, 1), free_port())
    host, port = server.sockets[0].getsockname()
    _, writer = await asyncio.open_connection(host, port)
    writer.write(bytes(size))
    await time.passes(1)
    assert got == size
    writer.close()
    server.close()
    await server.wait_closed()


async def test_time_goes_on_when_one_of_two_clients_is_not_read(
    hass: HomeAssistant, time: Time
) -> None:
    """Both clients have one address at the server; their data must not be mixed up."""
    readers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        readers.append(writer)
        if len(readers) == 1:
            writer.transport.pause_reading()
        await asyncio.Future()

    server = await asyncio.start_server(serve, own_host(1, 1), free_port())
    host, port = server.sockets[0].getsockname()
    _, ignored = await asyncio.open_connection(host, port)
    await time.settle()
    _, heard = await asyncio.open_connection(host, port)
    await time.settle()
    ignored.write(bytes(32 << 20))

    await time.passes(60)

    assert not is_carrying(hass.loop)
    assert len(readers) == 2
    for writer in (ignored, heard, *readers):
        writer.transport.abort()
    server.close()
    server.close_clients()
    for task in asyncio.all_tasks():
        if task.get_coro().__name__ == "serve":
            task.cancel()
    await time.settle()


@pytest.mark.parametrize("port", sorted(REAL_PORTS))
@pytest.mark.parametrize("use", ["bind", "connect_ex", "sendto"])
def test_whoever_uses_a_port_of_real_printers_is_noted(
    asks_no_real_port: Guard, port: int, use: str
) -> None:
    host = own_host(9, 9)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        arguments = (b"", (host, port)) if use == "sendto" else ((host, port),)
        # A demo that runs on this machine has the port; the attempt counts.
        with suppress(OSError):
            getattr(sock, use)(*arguments)
    assert asks_no_real_port.met == [f"{use} {host}:{port}"]
    asks_no_real_port.met.clear()


def test_a_port_that_the_system_gave_is_the_own_one(
    asks_no_real_port: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = own_host(9, 9)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        monkeypatch.setattr(socket.socket, "getsockname", lambda _: (host, 48899))
        sock.bind((host, 0))
        sock.sendto(b"", (host, 48899))
        assert asks_no_real_port.met == []
        sock.sendto(b"", (host, 19000))
    assert asks_no_real_port.met == [f"sendto {host}:19000"]
    asks_no_real_port.met.clear()


def test_ports_are_not_given_twice_in_a_row() -> None:
    ports = [free_port() for _ in range(20)]
    assert len({*ports}) == 20
    assert not REAL_PORTS & {*ports}
