"""The camera: one connection to the printer for any number of viewers.

The camera of a printer serves one viewer and resets the others, so all viewers share
one connection, which is closed after the last one (docs/protocol/camera.md, load limits).
"""

import asyncio
from collections.abc import AsyncGenerator, Callable

import aiohttp

from .last_picture import LastPicture
from .mjpeg import TakenError, read_stream
from .pauses import Pauses
from .status import CONNECTED, CameraStatus

LINGER = 10.0
"""Seconds that the connection outlives its last viewer."""

FRESH = 5.0
"""Seconds for which a picture is served again instead of asking the printer."""

KEEP = 15.0
"""Seconds for which the last picture is shown while the camera is not available."""


MOST_VIEWERS = 32
"""The most viewers at once; each may hold a picture that is being sent to it."""


class CameraHub:
    """Shares one stream of a printer among viewers and stills.

    ``url`` is asked before every connection, so that it may change at any time; None is
    no camera. The session stays the caller's. A hub belongs to one event loop and is
    over after ``close``.
    """

    def __init__(
        self, session: aiohttp.ClientSession, url: Callable[[], str | None]
    ) -> None:
        """Do nothing until the first viewer or still."""
        self._session = session
        self._url = url
        self._address: str | None = None
        self._pauses = Pauses()
        self._status = CameraStatus.IDLE
        self._told = CameraStatus.IDLE
        self._listeners: list[Callable[[], None]] = []
        self._viewers = 0
        self._watched = False
        self._stills = 0
        self._closed = False
        self._upstream: asyncio.Task[None] | None = None
        self._linger: asyncio.TimerHandle | None = None
        self._news = asyncio.Event()
        self._last = LastPicture()
        self._streaming_since = 0.0

    @property
    def status(self) -> CameraStatus:
        """What was last learned; a failure stays until pictures come again.

        The moment that a still takes is not shown: wherever a dashboard shows the
        camera it would be news every few seconds.
        """
        if self._status in CONNECTED and not self._watched:
            return CameraStatus.IDLE
        return self._status

    @property
    def is_full(self) -> bool:
        """Whether there are as many viewers as there can be."""
        return self._viewers >= MOST_VIEWERS

    def add_listener(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call somebody whenever the status changed; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def frames(self) -> AsyncGenerator[bytes]:
        """Yield pictures (JPEG) as they come, until the hub is closed.

        A viewer that is slow gets the newest picture next and misses those between. It
        waits without end while the camera is not available; ``status`` has the reason. It sees
        nothing when there are ``MOST_VIEWERS`` already. Close the generator
        (``contextlib.aclosing``) as soon as the viewer is gone.
        """
        if self.is_full:
            return
        seen = self._last.number - (self._recent() is not None)
        self._viewers += 1
        self._watched = True
        self._stop_linger()
        self._start()
        self._tell()
        try:
            while self._upstream:
                frame = self._last.frame
                if frame is None or self._last.number == seen:
                    await self._news.wait()
                    continue
                seen = self._last.number
                yield frame
        finally:
            self._viewers -= 1
            self._let_go()

    async def still(self, timeout: float = 10.0) -> bytes | None:
        """Return a picture (JPEG), None when there is none within ``timeout`` seconds.

        While a stream runs this is its last picture. Otherwise the camera is asked for
        one, once for all callers at that time, and not again before the pause after
        a failed attempt is over.
        """
        if self._closed:
            return None
        if (frame := self._recent()) is not None:
            return frame
        if self._pause_left():
            return self._last.younger_than(KEEP)
        # The next thing that happens answers all stills: a picture, a failure, the end.
        news = self._news
        self._stills += 1
        self._start()
        try:
            async with asyncio.timeout(timeout):
                await news.wait()
        except TimeoutError:
            pass
        finally:
            if not news.is_set():
                self._stills -= 1
                self._let_go()
        return self._last.younger_than(KEEP)

    def follow(self) -> None:
        """Go to the camera's address at once if it has changed, also in a pause.

        While there is no address, the connection to the last one is left alone.
        """
        url = self._url()
        if url is not None and url != self._address:
            self._address = url
            self._begin_anew()

    def retry(self) -> None:
        """End the pause, if there is one: there is reason to hope again."""
        if self._status not in CONNECTED:
            self._pauses.forget()
            self._begin_anew()

    async def close(self) -> None:
        """Disconnect, let every viewer end, and start nothing any more."""
        self._closed = True
        if upstream := self._upstream:
            upstream.cancel()
            await asyncio.wait((upstream,))

    # --- pictures and status -----------------------------------------------------

    def _recent(self) -> bytes | None:
        """Return the last picture if it still shows what there is to see."""
        if self._status is CameraStatus.STREAMING:
            return self._last.frame
        return self._last.younger_than(FRESH)

    def _publish(self, frame: bytes) -> None:
        self._last.replace(frame)
        if self._status is not CameraStatus.STREAMING:
            self._streaming_since = self._last.time
        self._set_status(CameraStatus.STREAMING)
        self._wake()

    def _wake(self) -> None:
        """Wake all viewers and stills."""
        self._stills = 0
        self._news.set()
        self._news = asyncio.Event()

    def _set_status(self, status: CameraStatus) -> None:
        self._status = status
        self._tell()

    def _tell(self) -> None:
        """Tell the listeners if the status is another than they know."""
        if (status := self.status) is not self._told:
            self._told = status
            for listener in tuple(self._listeners):
                listener()

    # --- the connection -----------------------------------------------------------

    @property
    def _wanted(self) -> bool:
        return not self._closed and (self._viewers > 0 or self._stills > 0)

    def _start(self) -> None:
        """Start the connection unless it is running."""
        if self._upstream is None and not self._closed:
            self._upstream = asyncio.create_task(self._run(), name="flashforge camera")
            self._upstream.add_done_callback(self._ended)

    def _begin_anew(self) -> None:
        """Forget the last failure, and connect again if there are viewers."""
        if self._upstream:
            self._upstream.cancel()
        if self._status not in CONNECTED and not self._wanted:
            self._set_status(CameraStatus.IDLE)

    def _let_go(self) -> None:
        """Close the connection after the last viewer."""
        if self._wanted or self._upstream is None:
            return
        if self._status is not CameraStatus.STREAMING:
            self._upstream.cancel()
        else:
            self._linger = asyncio.get_running_loop().call_later(
                LINGER, self._upstream.cancel
            )

    def _stop_linger(self) -> None:
        if self._linger:
            self._linger.cancel()
            self._linger = None

    def _ended(self, upstream: asyncio.Task[None]) -> None:
        """Clean up after the connection, and connect again for new viewers."""
        self._upstream = None
        self._stop_linger()
        self._watched = self._viewers > 0
        if not upstream.cancelled() and (error := upstream.exception()):
            # No camera causes this, so trying again would not help: the viewers end, too.
            upstream.get_loop().call_exception_handler(
                {"message": "Camera hub failed", "exception": error, "task": upstream}
            )
            self._set_status(CameraStatus.UNAVAILABLE)
        elif self._wanted:
            self._start()
            return
        self._wake()

    async def _run(self) -> None:
        """Keep one connection for as long as there are viewers."""
        try:
            while self._wanted:
                await asyncio.sleep(self._pause_left())
                await self._connect()
        finally:
            if self._status in CONNECTED and not self._wanted:
                self._pauses.forget()
                self._set_status(CameraStatus.IDLE)

    def _pause_left(self) -> float:
        """Return how many seconds to leave the camera alone; a new address ends that."""
        return self._pauses.left(self._url(), asyncio.get_running_loop().time())

    async def _connect(self) -> None:
        """Hold one connection until it fails or is not needed."""
        url = self._address = self._url()
        if not self._pauses.growing(url):
            self._set_status(CameraStatus.CONNECTING)
        failure = CameraStatus.UNAVAILABLE
        try:
            if url is not None and await read_stream(self._session, url, self._show):
                return
        except TakenError:
            failure = CameraStatus.IN_USE
        except aiohttp.ClientError, OSError, ValueError:
            # A timeout is an OSError, an address that is not valid a ValueError.
            pass
        self._fail(failure, url)

    def _show(self, frame: bytes) -> bool:
        """Show a picture; return whether there is any use for another one."""
        self._publish(frame)
        return self._wanted or self._linger is not None

    def _fail(self, status: CameraStatus, url: str | None) -> None:
        """Remember why there are no pictures, and when to try again."""
        now = asyncio.get_running_loop().time()
        streaming = self._status is CameraStatus.STREAMING
        self._pauses.add(url, now, now - self._streaming_since if streaming else None)
        self._set_status(status)
        self._wake()
