"""How long a camera is left alone after it could not be had."""

RETRY_MIN = 1.0
RETRY_MAX = 30.0
"""Seconds between attempts, from the first to the last of the growing pauses."""

AFTER_STREAM = 5.0
"""Seconds of the first pause when there had been pictures (docs/protocol/camera.md)."""

STEADY = 60.0
"""Seconds of pictures after which earlier failures are forgotten."""


class Pauses:
    """The pauses between attempts at one address; another address begins again.

    Times are those of the event loop's clock.
    """

    def __init__(self) -> None:
        """Start without a failure."""
        self._url: str | None = None
        self._length = 0.0
        self._end = 0.0

    def left(self, url: str | None, now: float) -> float:
        """Return for how many seconds an address is still to be left alone."""
        return max(0.0, self._end - now) if url == self._url else 0.0

    def growing(self, url: str | None) -> bool:
        """Return whether the last attempt at an address failed."""
        return url == self._url and self._length > 0

    def add(self, url: str | None, now: float, streamed: float | None) -> None:
        """Begin a pause after a failure.

        ``streamed`` is for how many seconds pictures had come, None when none did. None
        as an address costs nothing to try again, so that these pauses do not grow.
        """
        steady = streamed is not None and streamed >= STEADY
        if url is None or steady or not self.growing(url):
            self._length = 0.0
        shortest = RETRY_MIN if streamed is None else AFTER_STREAM
        self._length = min(max(2 * self._length, shortest), RETRY_MAX)
        self._url = url
        self._end = now + self._length

    def forget(self) -> None:
        """Let the next attempt be made at once, and be as good as the first."""
        self._length = self._end = 0.0
