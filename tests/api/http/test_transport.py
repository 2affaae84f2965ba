"""One exchange over a real socket: what goes wrong, what is tried twice, what is not."""

import asyncio
import socket

import aiohttp
import pytest

from custom_components.flashforge.api.errors import (
    FlashForgeError,
    MissingEndpointError,
    UnreachableError,
    UnreadableError,
)
from custom_components.flashforge.api.http import transport
from custom_components.flashforge.api.http.transport import Exchange, exchange

from ...support.server import HOST
from ..fake import (
    OK,
    Asked,
    Behavior,
    Server,
    close,
    cut,
    endless,
    hang,
    http,
    reset,
    send,
)

READ = Exchange(path="/detail", body=b"{}", repeatable=True)
COMMAND = Exchange(path="/control", body=b"{}")


async def fails(
    session: aiohttp.ClientSession, port: int, request: Exchange, host: str = HOST
) -> FlashForgeError:
    """Return what an exchange raises; its text tells nothing about the printer."""
    with pytest.raises(FlashForgeError) as raised:
        await exchange(session, host, port, request)
    assert host not in str(raised.value)
    assert str(port) not in str(raised.value)
    return raised.value


async def test_post(session: aiohttp.ClientSession, server: Server) -> None:
    assert await exchange(session, HOST, server.port, READ) == OK
    assert server.asked[0].method == "POST"
    assert server.asked[0].path == "/detail"
    assert server.asked[0].headers["content-type"] == "application/json"
    assert server.asked[0].body == b"{}"


async def test_get(session: aiohttp.ClientSession, server: Server) -> None:
    request = Exchange(path="/getThum", repeatable=True)
    assert await exchange(session, HOST, server.port, request) == OK
    assert server.asked[0] == Asked(
        "GET", "/getThum", server.asked[0].headers, server.asked[0].body
    )
    assert "content-type" not in server.asked[0].headers


async def test_one_connection_serves_many(
    session: aiohttp.ClientSession, server: Server
) -> None:
    await exchange(session, HOST, server.port, READ)
    await exchange(session, HOST, server.port, COMMAND)
    assert server.connections == 1


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("404 Not Found", MissingEndpointError),
        ("500 Internal Server Error", UnreadableError),
        ("204 No Content", UnreadableError),
        ("302 Found", UnreadableError),
        ("401 Unauthorized", UnreadableError),
    ],
)
async def test_status(
    session: aiohttp.ClientSession,
    server: Server,
    status: str,
    error: type[FlashForgeError],
) -> None:
    server.rest = send(http(b"", status=status, headers={"Location": "/elsewhere"}))
    assert type(await fails(session, server.port, READ)) is error
    assert len(server.asked) == 1


async def test_a_session_that_raises_by_itself(server: Server) -> None:
    server.rest = send(http(b"", status="404 Not Found"))
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        error = await fails(session, server.port, READ)
    assert type(error) is MissingEndpointError


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.9\r\n", b"\0" * 300, b"BM\r\n"])
async def test_no_http(
    session: aiohttp.ClientSession, server: Server, answer: bytes
) -> None:
    server.rest = cut(answer)
    assert type(await fails(session, server.port, COMMAND)) is UnreadableError


@pytest.mark.parametrize("dies", [close, reset])
async def test_a_read_on_a_dead_connection_is_repeated(
    session: aiohttp.ClientSession, server: Server, dies: Behavior
) -> None:
    server.script.extend([send(http(b"1")), dies, send(http(b"2"))])
    assert await exchange(session, HOST, server.port, READ) == b"1"
    assert await exchange(session, HOST, server.port, READ) == b"2"
    assert server.connections == 2
    assert len(server.asked) == 3


@pytest.mark.parametrize("dies", [close, reset])
async def test_a_command_on_a_dead_connection_is_not_repeated(
    session: aiohttp.ClientSession, server: Server, dies: Behavior
) -> None:
    server.script.extend([send(http(b"1")), dies])
    await exchange(session, HOST, server.port, READ)
    error = await fails(session, server.port, COMMAND)
    assert isinstance(error, UnreachableError)
    assert not error.refused
    assert len(server.asked) == 2


@pytest.mark.parametrize("dies", [close, reset])
async def test_a_read_is_repeated_once(
    session: aiohttp.ClientSession, server: Server, dies: Behavior
) -> None:
    server.rest = dies
    assert type(await fails(session, server.port, READ)) is UnreachableError
    assert len(server.asked) == 2


async def test_a_cut_answer(session: aiohttp.ClientSession, server: Server) -> None:
    server.rest = cut(http(OK)[:-5])
    assert type(await fails(session, server.port, READ)) is UnreachableError


@pytest.mark.parametrize("request_", [READ, COMMAND])
async def test_refused(
    session: aiohttp.ClientSession, bound: socket.socket, request_: Exchange
) -> None:
    error = await fails(session, bound.getsockname()[1], request_)
    assert isinstance(error, UnreachableError)
    assert error.refused
    assert isinstance(error.__cause__, aiohttp.ClientConnectorError)


@pytest.mark.parametrize("request_", [READ, COMMAND])
async def test_refused_once(
    session: aiohttp.ClientSession,
    bound: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
    request_: Exchange,
) -> None:
    pauses: list[float] = []
    server = Server()

    async def wake_up(seconds: float) -> None:
        pauses.append(seconds)
        await server.start(bound)

    monkeypatch.setattr(asyncio, "sleep", wake_up)
    answer = await exchange(session, HOST, bound.getsockname()[1], request_)
    await server.stop()
    assert answer == OK
    assert pauses == [transport.REFUSED_PAUSE]


async def test_silence(
    session: aiohttp.ClientSession, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "DEADLINE", 0.05)
    server.rest = hang
    error = await fails(session, server.port, READ)
    assert isinstance(error, UnreachableError)
    assert not error.refused
    # Silence is no dead connection: the request is not repeated.
    assert len(server.asked) <= 1


async def test_a_body_that_does_not_come(
    session: aiohttp.ClientSession, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "DEADLINE", 0.05)
    server.rest = send(http(OK)[:-5])
    assert type(await fails(session, server.port, READ)) is UnreachableError


async def test_a_connection_that_does_not_come_up(
    session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "CONNECT_DEADLINE", 0.05)
    with socket.socket() as deaf, socket.socket() as first, socket.socket() as second:
        deaf.bind((HOST, 0))
        deaf.listen(0)
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(deaf.getsockname())
        error = await fails(session, deaf.getsockname()[1], READ)
    assert isinstance(error, UnreachableError)
    assert not error.refused


@pytest.mark.parametrize(
    ("size", "limit"), [(1 << 20, transport.JSON_LIMIT), (8 << 20, 8 << 20)]
)
async def test_the_longest_answer(
    session: aiohttp.ClientSession, server: Server, size: int, limit: int
) -> None:
    server.rest = send(http(b" " * size))
    request = Exchange(path="/x", repeatable=True, limit=limit)
    assert len(await exchange(session, HOST, server.port, request)) == size


async def test_an_answer_that_is_too_long(
    session: aiohttp.ClientSession, server: Server
) -> None:
    server.rest = send(http(b" " * (transport.JSON_LIMIT + 1)))
    assert type(await fails(session, server.port, READ)) is UnreadableError


async def test_an_answer_that_does_not_end(
    session: aiohttp.ClientSession, server: Server
) -> None:
    server.rest = endless
    assert type(await fails(session, server.port, READ)) is UnreadableError


@pytest.mark.parametrize("host", ["", "not a host", "a:b:c", "x" * 300])
async def test_no_host(session: aiohttp.ClientSession, host: str) -> None:
    with pytest.raises(UnreachableError):
        await exchange(session, host, 1, READ)


async def test_a_closed_session() -> None:
    session = aiohttp.ClientSession()
    await session.close()
    assert type(await fails(session, 1, READ)) is UnreachableError


async def test_giving_up_leaves_nothing_open(
    session: aiohttp.ClientSession, server: Server
) -> None:
    server.rest = hang
    task = asyncio.create_task(exchange(session, HOST, server.port, READ))
    async with asyncio.timeout(60):
        await server.arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await server.left.wait()
