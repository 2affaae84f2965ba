"""The camera hub: one connection to the printer, whoever looks."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, aclosing
from typing import Any

import aiohttp
import pytest

from custom_components.flashforge.api.camera.hub import CameraHub
from custom_components.flashforge.api.camera.mjpeg import MAX_FRAME
from custom_components.flashforge.api.camera.status import CameraStatus
from simulator import Printer

from ...support.loop_clock import LoopClock
from ...support.waiting import settle
from .camera_server import HEADERS, CameraServer, Connection, picture, viewers_of

type MakeHub = Callable[[Callable[[], str | None]], CameraHub]
type Drop = Callable[[Connection], None]


@pytest.fixture
async def make_hub(session: aiohttp.ClientSession) -> AsyncGenerator[MakeHub]:
    """Return what makes a hub for an address; all are closed in the end."""
    hubs: list[CameraHub] = []

    def make(url: Callable[[], str | None]) -> CameraHub:
        hubs.append(CameraHub(session, url))
        return hubs[-1]

    yield make
    for hub in hubs:
        await hub.close()


@pytest.fixture
def hub(make_hub: MakeHub, camera: CameraServer) -> CameraHub:
    return make_hub(lambda: camera.url)


def begin(viewer: AsyncGenerator[bytes]) -> asyncio.Task[bytes]:
    """Have a viewer wait for the next picture."""
    return asyncio.ensure_future(anext(viewer))


async def give_up(waiting: asyncio.Task[Any]) -> None:
    """Let somebody go who waits."""
    waiting.cancel()
    await asyncio.wait((waiting,))


async def watch(
    hub: CameraHub, camera: CameraServer, stack: AsyncExitStack, number: int = 1
) -> tuple[AsyncGenerator[bytes], Connection]:
    """Return a viewer that has seen a picture, and the connection it came by."""
    viewer = await stack.enter_async_context(aclosing(hub.frames()))
    waiting = begin(viewer)
    connection = await camera.accept()
    await connection.show(picture(number))
    assert await waiting == picture(number)
    return viewer, connection


async def watched(hub: CameraHub, camera: CameraServer) -> Connection:
    """Return the connection of a viewer that saw a picture and left."""
    async with AsyncExitStack() as stack:
        _, connection = await watch(hub, camera, stack)
    return connection


async def take_still(hub: CameraHub, camera: CameraServer, number: int = 1) -> None:
    """Take a still, for which the hub connects."""
    still = asyncio.ensure_future(hub.still())
    connection = await camera.accept()
    await connection.show(picture(number))
    assert await still == picture(number)
    await connection.gone()


# --- one connection for all ---


async def test_viewers_and_stills_share_a_connection(
    hub: CameraHub, camera: CameraServer
) -> None:
    async with AsyncExitStack() as stack:
        viewers = [
            await stack.enter_async_context(aclosing(hub.frames())) for _ in range(4)
        ]
        waiting = [begin(viewer) for viewer in viewers]
        stills = [asyncio.ensure_future(hub.still()) for _ in range(3)]
        connection = await camera.accept()
        assert hub.status is CameraStatus.CONNECTING

        await connection.show(picture(1))

        assert await asyncio.gather(*waiting, *stills) == [picture(1)] * 7
        assert viewers_of(hub) == 4
        assert hub.status is CameraStatus.STREAMING
        assert await hub.still() == picture(1)
        waiting = [begin(viewer) for viewer in viewers]
        await connection.show(picture(2))
        assert await asyncio.gather(*waiting) == [picture(2)] * 4
        assert await hub.still() == picture(2)
    assert viewers_of(hub) == 0
    assert camera.connections == 1


async def test_slow_viewer_misses_pictures_and_holds_nobody_back(
    hub: CameraHub, camera: CameraServer
) -> None:
    async with AsyncExitStack() as stack:
        slow, connection = await watch(hub, camera, stack)
        quick = await stack.enter_async_context(aclosing(hub.frames()))
        assert await anext(quick) == picture(1)
        seen: list[bytes] = []
        for number in (2, 3, 4):
            waiting = begin(quick)
            await connection.show(picture(number))
            seen.append(await waiting)

        assert seen == [picture(2), picture(3), picture(4)]
        assert await anext(slow) == picture(4)


async def test_only_the_newest_of_a_burst_is_shown(
    hub: CameraHub, camera: CameraServer
) -> None:
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        connection = await camera.accept()
        await connection.send(picture(1) + picture(2) + picture(3))

        assert await waiting == picture(3)


async def test_new_viewer_sees_the_last_picture_at_once(
    hub: CameraHub, camera: CameraServer
) -> None:
    async with AsyncExitStack() as stack:
        await watch(hub, camera, stack)
        late = await stack.enter_async_context(aclosing(hub.frames()))

        assert await anext(late) == picture(1)


async def test_new_viewer_sees_no_old_picture(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    await take_still(hub, camera)
    loop_clock.advance(5.1)

    async with AsyncExitStack() as stack:
        await watch(hub, camera, stack, number=2)


# --- giving the place back ---


async def test_connection_outlives_its_last_viewer_for_a_moment(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    connection = await watched(hub, camera)

    loop_clock.advance(9.9)
    await settle()

    assert hub.status is CameraStatus.STREAMING
    assert await hub.still() == picture(1)
    loop_clock.advance(0.2)
    await connection.gone()
    assert hub.status is CameraStatus.IDLE
    assert camera.connections == 1


async def test_pictures_that_nobody_sees_do_not_prolong_it(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    connection = await watched(hub, camera)
    loop_clock.advance(9.9)
    await connection.show(picture(2))
    while await hub.still() != picture(2):
        await settle()
    assert hub.status is CameraStatus.STREAMING

    loop_clock.advance(0.2)

    await connection.gone()
    assert hub.status is CameraStatus.IDLE


async def test_next_viewer_takes_the_connection_over(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    connection = await watched(hub, camera)
    loop_clock.advance(5)
    await connection.show(picture(2))
    while await hub.still() != picture(2):
        await settle()
    loop_clock.advance(4.9)
    async with aclosing(hub.frames()) as viewer:
        assert await anext(viewer) == picture(2)
        # The time of the first viewer is over, the second one still looks.
        loop_clock.advance(0.2)
        await settle()
        waiting = begin(viewer)
        await connection.show(picture(3))
        assert await waiting == picture(3)
    assert camera.connections == 1


async def test_viewer_who_saw_nothing_leaves_nothing_behind(
    hub: CameraHub, camera: CameraServer
) -> None:
    waiting = begin(hub.frames())
    connection = await camera.accept()

    await give_up(waiting)

    await connection.gone()
    assert viewers_of(hub) == 0
    assert hub.status is CameraStatus.IDLE


async def test_viewer_who_was_never_asked_for_a_picture(
    hub: CameraHub, camera: CameraServer
) -> None:
    await hub.frames().aclose()

    assert viewers_of(hub) == 0
    assert camera.connections == 0


async def test_viewer_who_comes_while_the_connection_is_given_up(
    hub: CameraHub, camera: CameraServer
) -> None:
    waiting = begin(hub.frames())
    old = await camera.accept()
    waiting.cancel()
    async with aclosing(hub.frames()) as late:
        waiting = begin(late)
        await old.gone()
        await (await camera.accept()).show(picture(2))
        assert await waiting == picture(2)
    assert camera.connections == 2


# --- stills ---


async def test_stills_share_a_connection_that_ends_with_the_picture(
    hub: CameraHub, camera: CameraServer
) -> None:
    stills = [asyncio.ensure_future(hub.still()) for _ in range(5)]
    connection = await camera.accept()

    await connection.show(picture(1))

    assert await asyncio.gather(*stills) == [picture(1)] * 5
    await connection.gone()
    assert hub.status is CameraStatus.IDLE
    # The picture is still good for the next one who asks.
    assert await hub.still() == picture(1)
    assert camera.connections == 1


async def test_old_picture_is_no_still(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    await take_still(hub, camera, 1)
    loop_clock.advance(4.9)
    assert await hub.still() == picture(1)
    loop_clock.advance(0.2)

    await take_still(hub, camera, 2)


async def test_viewer_keeps_the_connection_of_a_still(
    hub: CameraHub, camera: CameraServer
) -> None:
    still = asyncio.ensure_future(hub.still())
    connection = await camera.accept()
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        await connection.show(picture(1))
        assert await still == await waiting == picture(1)
        waiting = begin(viewer)
        await connection.show(picture(2))
        assert await waiting == picture(2)
    assert camera.connections == 1


async def test_still_keeps_the_connection_of_a_viewer_who_left(
    hub: CameraHub, camera: CameraServer
) -> None:
    waiting = begin(hub.frames())
    connection = await camera.accept()
    still = asyncio.ensure_future(hub.still())
    await settle()
    await give_up(waiting)

    await connection.show(picture(1))

    assert await still == picture(1)
    await connection.gone()
    assert camera.connections == 1


async def test_still_gives_up(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    still = asyncio.ensure_future(hub.still(timeout=3))
    connection = await camera.accept()

    loop_clock.advance(3.1)

    assert await still is None
    await connection.gone()
    assert hub.status is CameraStatus.IDLE


async def test_still_that_is_canceled_disconnects(
    hub: CameraHub, camera: CameraServer
) -> None:
    still = asyncio.ensure_future(hub.still())
    connection = await camera.accept()

    await give_up(still)

    await connection.gone()


async def test_impatient_still_leaves_the_others_alone(
    hub: CameraHub, camera: CameraServer
) -> None:
    patient = asyncio.ensure_future(hub.still())
    connection = await camera.accept()

    assert await hub.still(timeout=0) is None

    await connection.show(picture(1))
    assert await patient == picture(1)
    assert camera.connections == 1


# --- a camera that cannot be had ---


@pytest.mark.parametrize("drop", [Connection.reset, Connection.close])
async def test_camera_in_use_by_another_viewer(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock, drop: Drop
) -> None:
    camera.on_connect = drop

    assert await hub.still() is None

    assert hub.status is CameraStatus.IN_USE
    # Until the pause is over nobody asks again.
    loop_clock.advance(0.9)
    assert await hub.still() is None
    assert camera.connections == 1
    loop_clock.advance(0.2)
    assert await hub.still() is None
    assert camera.connections == 2


async def test_viewer_gets_the_camera_when_the_other_one_leaves(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    camera.on_connect = Connection.reset
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        await camera.accept()
        # A still tells when the attempt is over.
        assert await hub.still() is None
        camera.greet(HEADERS)
        loop_clock.advance(1.1)
        connection = await camera.accept()
        # What went wrong stays to be seen while it is tried again.
        assert hub.status is CameraStatus.IN_USE
        await connection.show(picture(1))

        assert await waiting == picture(1)
        assert hub.status is CameraStatus.STREAMING


async def test_pauses_grow_whoever_waits(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    camera.on_connect = Connection.reset
    async with AsyncExitStack() as stack:
        viewers = [
            await stack.enter_async_context(aclosing(hub.frames())) for _ in range(3)
        ]
        waiting = [begin(viewer) for viewer in viewers]
        attempts: list[int] = []
        for pause in (1, 2, 4, 8, 16, 30, 30):
            await camera.accept()
            await hub.still()
            loop_clock.advance(pause - 0.5)
            await settle()
            # Asking for a still in a pause does not shorten it.
            await hub.still()
            attempts.append(camera.connections)
            loop_clock.advance(0.6)
        await camera.accept()
        for task in waiting:
            await give_up(task)
    assert attempts == [1, 2, 3, 4, 5, 6, 7]
    assert camera.connections == 8


async def test_pauses_are_short_again_after_a_picture(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    camera.on_connect = Connection.reset
    assert await hub.still() is None
    loop_clock.advance(1.1)
    assert await hub.still() is None
    camera.greet(HEADERS)
    await camera.accept()
    await camera.accept()
    loop_clock.advance(2.1)
    await take_still(hub, camera)
    loop_clock.advance(15.1)
    camera.on_connect = Connection.reset
    assert await hub.still() is None
    assert camera.connections == 4

    loop_clock.advance(1.1)

    assert await hub.still() is None
    assert camera.connections == 5


async def test_viewer_who_leaves_ends_the_attempts(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    camera.on_connect = Connection.reset
    assert await hub.still() is None
    waiting = begin(hub.frames())
    await settle()
    assert viewers_of(hub) == 1

    await give_up(waiting)

    loop_clock.advance(60)
    await settle()
    assert viewers_of(hub) == 0
    assert hub.status is CameraStatus.IN_USE
    assert camera.connections == 1


async def test_last_picture_stands_in_for_a_while(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    await take_still(hub, camera)
    camera.on_connect = Connection.reset
    loop_clock.advance(14)

    # The attempt that fails, and one that is not made.
    assert await hub.still() == picture(1)
    assert await hub.still() == picture(1)

    assert hub.status is CameraStatus.IN_USE
    assert camera.connections == 2
    loop_clock.advance(1.1)
    assert await hub.still() is None


async def test_camera_that_is_switched_off_and_on(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    await camera.stop()
    assert await hub.still() is None
    assert hub.status is CameraStatus.UNAVAILABLE
    await camera.start()

    loop_clock.advance(1.1)

    await take_still(hub, camera)


async def test_no_address_is_no_camera(
    make_hub: MakeHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    urls: list[str | None] = [None]
    hub = make_hub(lambda: urls[-1])
    assert await hub.still() is None
    assert hub.status is CameraStatus.UNAVAILABLE
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        for _ in range(20):
            await settle()
            loop_clock.advance(1.1)
        await settle()

        # Looking for an address costs nothing, so these pauses do not grow.
        urls.append(camera.url)
        loop_clock.advance(1.1)

        await (await camera.accept()).show(picture(1))
        assert await waiting == picture(1)


async def test_new_address_is_tried_at_once(
    make_hub: MakeHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    urls = ["http://127.0.0.8:1/"]
    hub = make_hub(lambda: urls[-1])
    for pause in (1.1, 2.1, 4.1, 0):
        await hub.still()
        loop_clock.advance(pause)

    urls.append(camera.url)
    camera.on_connect = Connection.reset
    assert await hub.still() is None
    assert hub.status is CameraStatus.IN_USE

    # What the old address did does not make the pauses of the new one longer.
    camera.greet(HEADERS)
    await camera.accept()
    loop_clock.advance(1.1)
    await take_still(hub, camera)


@pytest.mark.parametrize(
    "url", ["", "nonsense", "http://", "http://[", "ftp://127.0.0.8/", "http://a b/"]
)
async def test_address_that_is_none(make_hub: MakeHub, url: str) -> None:
    hub = make_hub(lambda: url)

    assert await hub.still() is None
    assert hub.status is CameraStatus.UNAVAILABLE


@pytest.mark.parametrize(
    "answer",
    [
        "HTTP/1.0 404 Not Found\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html>",
        "HTTP/1.0 302 Found\r\nLocation: http://127.0.0.9/\r\n\r\n",
        "\x00\x01 garbage\r\n\r\n",
        # Headers that lie about what follows.
        HEADERS.replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n", 1),
        HEADERS.replace("1.0", "1.1").replace(
            "\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n", 1
        ),
        HEADERS.replace("\r\n\r\n", "\r\nContent-Length: 3\r\n\r\n", 1),
    ],
)
async def test_answer_that_is_no_stream(
    hub: CameraHub, camera: CameraServer, answer: str
) -> None:
    camera.greet(answer)

    assert await hub.still() is None

    assert hub.status is CameraStatus.UNAVAILABLE
    await (await camera.accept()).gone()
    assert camera.connections == 1


# --- what comes down the stream ---


@pytest.mark.parametrize("length", [0, 3, 999_999_999])
async def test_lying_part_headers(
    hub: CameraHub, camera: CameraServer, length: int
) -> None:
    header = b"Content-Length: %d\r\n\r\n" % length
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        connection = await camera.accept()
        await connection.send(header + picture(1))
        assert await waiting == picture(1)
        waiting = begin(viewer)
        await connection.send(header + picture(2))
        assert await waiting == picture(2)


async def test_garbage_and_endless_pictures(
    hub: CameraHub, camera: CameraServer
) -> None:
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        connection = await camera.accept()
        await connection.send(b"\xff\xd9 garbage \xff")
        await connection.send(b"\xff\xd8" + bytes(MAX_FRAME))
        await connection.show(picture(1))

        assert await waiting == picture(1)
    assert camera.connections == 1


async def test_stream_without_a_picture_is_given_up(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        stuck = await camera.accept()
        await stuck.send(b"Content-Type: image/jpeg\r\n\r\n\xff\xd8\xff")
        loop_clock.advance(10.1)
        await stuck.gone()
        assert hub.status is CameraStatus.UNAVAILABLE
        loop_clock.advance(1.1)
        await (await camera.accept()).show(picture(1))

        assert await waiting == picture(1)


async def test_stalled_stream_is_opened_again(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    async with AsyncExitStack() as stack:
        viewer, stalled = await watch(hub, camera, stack)
        waiting = begin(viewer)
        loop_clock.advance(9.9)
        # What is no picture does not count.
        await stalled.send(b"no picture")
        await settle()
        assert hub.status is CameraStatus.STREAMING
        loop_clock.advance(0.2)
        await stalled.gone()
        assert hub.status is CameraStatus.UNAVAILABLE
        loop_clock.advance(5.1)
        await (await camera.accept()).show(picture(2))

        assert await waiting == picture(2)


async def test_patience_begins_anew_with_each_picture(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    async with AsyncExitStack() as stack:
        viewer, connection = await watch(hub, camera, stack)
        seen: list[bytes] = []
        for number in (2, 3, 4):
            waiting = begin(viewer)
            loop_clock.advance(9.5)
            await settle()
            await connection.show(picture(number))
            seen.append(await waiting)
    assert seen == [picture(2), picture(3), picture(4)]
    assert camera.connections == 1


@pytest.mark.parametrize("drop", [Connection.reset, Connection.close])
async def test_stream_that_ends_is_opened_again(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock, drop: Drop
) -> None:
    async with AsyncExitStack() as stack:
        viewer, connection = await watch(hub, camera, stack)
        # A picture that is too old to be shown while nothing better comes.
        loop_clock.advance(14)
        waiting = begin(viewer)
        drop(connection)
        while hub.status is CameraStatus.STREAMING:
            await settle()
        # It had been ours, so nobody else has it.
        assert hub.status is CameraStatus.UNAVAILABLE
        loop_clock.advance(4.5)
        await settle()
        assert await hub.still() is None
        assert camera.connections == 1
        loop_clock.advance(0.6)
        await (await camera.accept()).show(picture(2))

        assert await waiting == picture(2)


async def test_stream_that_ends_without_viewers_stays_closed(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    connection = await watched(hub, camera)

    connection.close()
    await connection.gone()

    loop_clock.advance(60)
    await settle()
    assert hub.status is CameraStatus.UNAVAILABLE
    assert camera.connections == 1


# --- the end ---


async def test_close_ends_everything(hub: CameraHub, camera: CameraServer) -> None:
    async with AsyncExitStack() as stack:
        viewer, connection = await watch(hub, camera, stack)
        waiting = begin(viewer)

        await hub.close()

        await asyncio.wait((waiting,))
        assert isinstance(waiting.exception(), StopAsyncIteration)
    await connection.gone()
    assert hub.status is CameraStatus.IDLE
    assert await hub.still() is None
    assert [frame async for frame in hub.frames()] == []
    await hub.close()
    assert camera.connections == 1


async def test_close_while_nobody_looks(hub: CameraHub, camera: CameraServer) -> None:
    connection = await watched(hub, camera)

    await hub.close()

    await connection.gone()


async def test_close_releases_stills(hub: CameraHub, camera: CameraServer) -> None:
    still = asyncio.ensure_future(hub.still())
    connection = await camera.accept()

    await hub.close()

    assert await still is None
    await connection.gone()


async def test_fault_of_the_caller_ends_the_viewers(make_hub: MakeHub) -> None:
    reported: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: reported.append(context)
    )

    def fail() -> str | None:
        raise RuntimeError("no such printer")

    assert [frame async for frame in make_hub(fail).frames()] == []

    assert [str(context["exception"]) for context in reported] == ["no such printer"]


# --- being told ---


async def test_listeners_hear_every_change_once(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    heard: list[CameraStatus] = []
    remove = hub.add_listener(lambda: heard.append(hub.status))
    async with AsyncExitStack() as stack:
        viewer, connection = await watch(hub, camera, stack)
        waiting = begin(viewer)
        await connection.show(picture(2))
        await waiting
        camera.on_connect = Connection.reset
        waiting = begin(viewer)
        connection.close()
        await connection.gone()
        for pause in (5.1, 10.1):
            loop_clock.advance(pause)
            await camera.accept()
            await hub.still()
        camera.greet(HEADERS)
        loop_clock.advance(20.1)
        await (await camera.accept()).show(picture(3))
        await waiting
    await hub.close()

    assert heard == [
        CameraStatus.CONNECTING,
        CameraStatus.STREAMING,
        CameraStatus.UNAVAILABLE,
        CameraStatus.IN_USE,
        CameraStatus.STREAMING,
        CameraStatus.IDLE,
    ]
    remove()
    hub.follow()
    assert len(heard) == 6


async def test_still_is_no_news(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    heard: list[CameraStatus] = []
    hub.add_listener(lambda: heard.append(hub.status))
    await take_still(hub, camera)
    loop_clock.advance(6)
    await take_still(hub, camera)
    assert heard == []

    # That it cannot be had is, and so is that it can be had again.
    loop_clock.advance(16)
    camera.on_connect = Connection.reset
    assert await hub.still() is None
    camera.greet(HEADERS)
    await camera.accept()
    loop_clock.advance(2)
    await take_still(hub, camera)
    assert heard == [CameraStatus.IN_USE, CameraStatus.IDLE]


async def test_viewer_who_joins_a_still_is_news(
    hub: CameraHub, camera: CameraServer
) -> None:
    still = asyncio.ensure_future(hub.still())
    connection = await camera.accept()
    assert hub.status is CameraStatus.IDLE
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        await settle()
        assert hub.status is CameraStatus.CONNECTING
        await connection.show(picture(1))
        await asyncio.gather(still, waiting)
        assert hub.status is CameraStatus.STREAMING


# --- a camera that moves or comes back ---


async def fail_until_pauses_are_long(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    """Have the attempts of a viewer fail until it waits for half a minute."""
    camera.on_connect = Connection.reset
    for pause in (1.1, 2.1, 4.1, 8.1, 16.1, 0.1):
        await camera.accept()
        await hub.still()
        loop_clock.advance(pause)
    await settle()


async def test_viewer_in_a_pause_follows_at_once(
    make_hub: MakeHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    urls = [camera.url]
    hub = make_hub(lambda: urls[-1])
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        await fail_until_pauses_are_long(hub, camera, loop_clock)
        hub.follow()
        await settle()
        assert camera.connections == 6

        async with CameraServer() as elsewhere:
            urls.append(elsewhere.url)
            hub.follow()
            await (await elsewhere.accept()).show(picture(1))

            assert await waiting == picture(1)
            # Nothing is left of the old one.
            assert camera.connections == 6
            assert hub.status is CameraStatus.STREAMING


async def test_viewer_follows_while_pictures_come(
    make_hub: MakeHub, camera: CameraServer
) -> None:
    urls: list[str | None] = [camera.url]
    hub = make_hub(lambda: urls[-1])
    async with AsyncExitStack() as stack:
        elsewhere = await stack.enter_async_context(CameraServer())
        viewer, connection = await watch(hub, camera, stack)
        # An address that is missing for a moment says nothing about the stream.
        urls.append(None)
        hub.follow()
        waiting = begin(viewer)
        await connection.show(picture(2))
        assert await waiting == picture(2)

        waiting = begin(viewer)
        urls.append(elsewhere.url)
        hub.follow()
        hub.follow()
        await connection.gone()
        await (await elsewhere.accept()).show(picture(3))

        assert await waiting == picture(3)
        assert elsewhere.connections == 1


async def test_printer_that_comes_back_is_tried_at_once(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    async with aclosing(hub.frames()) as viewer:
        waiting = begin(viewer)
        await fail_until_pauses_are_long(hub, camera, loop_clock)
        camera.greet(HEADERS)
        hub.retry()
        connection = await camera.accept()
        # The failures before are forgotten.
        assert hub.status is CameraStatus.CONNECTING
        hub.retry()
        await connection.show(picture(1))

        assert await waiting == picture(1)
    assert camera.connections == 7


@pytest.mark.parametrize("again", [CameraHub.follow, CameraHub.retry])
async def test_old_failure_says_nothing_about_a_camera_that_is_new(
    make_hub: MakeHub, camera: CameraServer, again: Callable[[CameraHub], None]
) -> None:
    urls = [camera.url]
    hub = make_hub(lambda: urls[-1])
    camera.on_connect = Connection.reset
    await hub.still()
    assert hub.status is CameraStatus.IN_USE

    urls.append(camera.url.replace("stream", "other"))
    again(hub)

    assert hub.status is CameraStatus.IDLE
    assert camera.connections == 1


async def test_stream_that_stalls_again_and_again_is_left_alone_longer(
    hub: CameraHub, camera: CameraServer, loop_clock: LoopClock
) -> None:
    async with AsyncExitStack() as stack:
        viewer, connection = await watch(hub, camera, stack)
        for number, pause in enumerate((5, 10, 20, 30, 30), start=2):
            waiting = begin(viewer)
            loop_clock.advance(10.1)
            await connection.gone()
            while hub.status is CameraStatus.STREAMING:
                await settle()
            loop_clock.advance(pause - 0.5)
            await settle()
            assert camera.connections == number - 1
            loop_clock.advance(0.6)
            connection = await camera.accept()
            await connection.show(picture(number))
            assert await waiting == picture(number)

        # One that runs well for a minute has made up for it.
        for number in range(7, 14):
            waiting = begin(viewer)
            loop_clock.advance(9)
            await settle()
            await connection.show(picture(number))
            assert await waiting == picture(number)
        waiting = begin(viewer)
        loop_clock.advance(10.1)
        await connection.gone()
        while hub.status is CameraStatus.STREAMING:
            await settle()
        loop_clock.advance(5.1)
        await (await camera.accept()).show(picture(14))
        assert await waiting == picture(14)


# --- a virtual printer ---


async def test_two_hubs_at_one_printer(
    make_hub: MakeHub, loop_clock: LoopClock
) -> None:
    async with Printer(
        "creator5_pro", host="127.0.0.4", http_port=0, camera_port=0, discovery=False
    ) as printer:
        url = f"http://127.0.0.4:{printer.camera_port}/?action=stream"
        ours, other = make_hub(lambda: url), make_hub(lambda: url)
        async with aclosing(ours.frames()) as viewer:
            assert (await anext(viewer)).startswith(b"\xff\xd8\xff")
            assert (await anext(viewer)).endswith(b"\xff\xd9")
            assert await other.still() is None
            assert other.status is CameraStatus.IN_USE
        await ours.close()
        while printer.camera_clients:
            await settle()
        loop_clock.advance(1.1)

        still = await other.still()

        assert still is not None
        assert still.startswith(b"\xff\xd8\xff")
        assert printer.camera_connections == 2
