"""Faults on demand: what can go wrong between a client and a printer."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from .http.distortion import Distortion, broken_text, duplicate_keys, nonsense_numbers

UPLOAD = "/uploadGcode"
CAMERA = "/?action=stream"
"""The path that means the camera's port; a fault without a path is not of the camera."""

LINES = "tcp"
"""The path that means the line port, `tcp/G28` one of its commands; likewise."""


def _port(path: str | None) -> str | None:
    """Return the port that a path belongs to, None for the HTTP port."""
    if path is None:
        return None
    return next(
        (p for p in (CAMERA, LINES) if path == p or path.startswith(f"{p}/")), None
    )


class Fault(StrEnum):
    """What goes wrong."""

    REFUSE = "refuse"
    HANG = "hang"
    DELAY = "delay"
    CUT = "cut"
    GARBAGE = "garbage"
    TRUNCATED = "truncated"
    HTML = "html"
    EMPTY = "empty"
    HTTP_500 = "http_500"
    NOT_FOUND = "not_found"
    WRONG_TYPE = "wrong_type"
    DEEP = "deep"
    FLOOD = "flood"
    NONSENSE = "nonsense"
    DUPLICATES = "duplicates"
    BROKEN_TEXT = "broken_text"
    WRONG_SERIAL = "wrong_serial"
    WRONG_CODE = "wrong_code"
    LAN_MODE_OFF = "lan_mode_off"
    BUSY = "busy"
    ALL_BUSY = "all_busy"
    HOLLOW = "hollow"
    IGNORE_COMMANDS = "ignore_commands"
    REFUSE_COMMANDS = "refuse_commands"
    CUT_UPLOAD = "cut_upload"
    STALL_UPLOAD = "stall_upload"
    SLOW_UPLOAD = "slow_upload"
    REFUSE_UPLOAD = "refuse_upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An answer that is nothing but a result (docs/protocol/http.md §3)."""

    code: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer, ready to go."""

    body: bytes
    status: int = 200
    content_type: str = "appliation/json"

    @property
    def is_json(self) -> bool:
        """Whether the firmware calls it JSON."""
        return self.content_type.endswith("json")


SUCCESS = Envelope(code=0, message="Success")
WRONG_PARAMETERS = Envelope(code=-1, message="Parameters is error")
LAN_MODE_OFF = Envelope(code=-2, message="Lan mode error")
WRONG_SERIAL = Envelope(code=1, message="SN is different")
WRONG_CODE = Envelope(code=1, message="Access code is different")
BUSY = Envelope(code=2, message="busy")
NO_SUCH_FILE = Envelope(code=3, message="file not exist")
NO_SPACE = Envelope(code=1, message="Storage is full")
NOT_SAVED = Envelope(code=1, message="Save file failed")


def page(status: int, text: str) -> Answer:
    """Return an HTML page."""
    body = (
        f"<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>"
    )
    return Answer(body=body.encode(), status=status, content_type="text/html")


NOT_FOUND = page(404, "404 Not Found")
NESTED = Answer(body=b'{"code": 0, "detail": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a fault does to the requests that it meets.

    `waits` holds the answer back, for the fault's seconds or until the faults are
    cleared; `instead` replaces the answer, and then the request has no effect; `keep`
    is the part of the answer's body that is sent; `resets` breaks the connection
    after that; `excess` is how many bytes follow the body that mean nothing;
    `distorts` rewrites a body of JSON and `content_type` misnames it; `path` limits the
    fault by nature; `closes` shuts the port.

    Three are about a file on its way in: `breaks` resets the connection after its first
    half, `stalls` takes no more then for the fault's seconds or until the faults are
    cleared, and `drags` does so after each megabyte.
    """

    waits: bool = False
    instead: Answer | Envelope | None = None
    keep: float = 1.0
    resets: bool = False
    excess: int = 0
    distorts: Distortion | None = None
    content_type: str | None = None
    path: str | None = None
    closes: bool = False
    breaks: bool = False
    stalls: bool = False
    drags: bool = False


EFFECTS = {
    Fault.REFUSE: Effect(closes=True),
    Fault.HANG: Effect(waits=True),
    Fault.DELAY: Effect(waits=True),
    Fault.CUT: Effect(keep=0.5, resets=True),
    Fault.GARBAGE: Effect(instead=Answer(body=b"\x00\xffOrca\x9d{[not JSON")),
    Fault.TRUNCATED: Effect(keep=0.5),
    Fault.HTML: Effect(instead=page(200, "Welcome")),
    Fault.EMPTY: Effect(keep=0.0),
    Fault.HTTP_500: Effect(instead=page(500, "500 Internal Server Error")),
    Fault.NOT_FOUND: Effect(instead=NOT_FOUND),
    Fault.WRONG_TYPE: Effect(content_type="text/html"),
    Fault.DEEP: Effect(instead=NESTED),
    Fault.FLOOD: Effect(excess=50 << 20),
    Fault.NONSENSE: Effect(distorts=nonsense_numbers),
    Fault.DUPLICATES: Effect(distorts=duplicate_keys),
    Fault.BROKEN_TEXT: Effect(distorts=broken_text),
    Fault.WRONG_SERIAL: Effect(instead=WRONG_SERIAL),
    Fault.WRONG_CODE: Effect(instead=WRONG_CODE),
    Fault.LAN_MODE_OFF: Effect(instead=LAN_MODE_OFF),
    Fault.BUSY: Effect(instead=BUSY, path="/control"),
    Fault.ALL_BUSY: Effect(instead=BUSY),
    Fault.HOLLOW: Effect(instead=SUCCESS),
    Fault.IGNORE_COMMANDS: Effect(instead=SUCCESS, path="/control"),
    Fault.REFUSE_COMMANDS: Effect(instead=WRONG_PARAMETERS, path="/control"),
    Fault.CUT_UPLOAD: Effect(breaks=True, path=UPLOAD),
    Fault.STALL_UPLOAD: Effect(stalls=True, path=UPLOAD),
    Fault.SLOW_UPLOAD: Effect(drags=True, path=UPLOAD),
    Fault.REFUSE_UPLOAD: Effect(instead=NOT_SAVED, path=UPLOAD),
}
"""The one place that says what each fault does."""


def combined(effects: Iterable[Effect]) -> Effect:
    """Return what several faults do together to one request; the first one leads."""
    both = Effect()
    for effect in effects:
        both = replace(
            both,
            instead=both.instead or effect.instead,
            keep=min(both.keep, effect.keep),
            resets=both.resets or effect.resets,
            excess=max(both.excess, effect.excess),
            distorts=both.distorts or effect.distorts,
            content_type=both.content_type or effect.content_type,
        )
    return both


@dataclass(slots=True, eq=False)
class ActiveFault:
    """A fault that is waiting for requests; `seconds` are the event loop's."""

    fault: Fault
    path: str | None = None
    times: int | None = None
    seconds: float | None = None

    @property
    def effect(self) -> Effect:
        """What it does."""
        return EFFECTS[self.fault]

    def meets(self, path: str) -> bool:
        """Say whether it concerns a request."""
        if _port(path) != self.port:
            return False
        limits = {self.path, self.effect.path} - {None, LINES}
        return not self.effect.closes and limits <= {path}

    @property
    def port(self) -> str | None:
        """The port that it concerns: `CAMERA`, `LINES`, or None for HTTP."""
        return _port(self.path)


class Faults:
    """The faults of one printer."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """Take whom to tell when faults come and go."""
        self._changed = changed
        self._active: list[ActiveFault] = []
        self._cleared = asyncio.Event()
        self._timers: set[asyncio.TimerHandle] = set()
        self._held = 0
        self.clearings = 0
        """How often the faults were cleared, which ends what a request met before."""

    @property
    def held(self) -> int:
        """How many requests are being held up now."""
        return self._held

    @property
    def active(self) -> tuple[ActiveFault, ...]:
        """What is going wrong at present."""
        return tuple(self._active)

    def closes(self, port: str | None = None) -> bool:
        """Say whether a fault keeps the HTTP port shut, or `CAMERA`, or `LINES`."""
        return any(each.effect.closes and each.port == port for each in self._active)

    def add(
        self,
        fault: Fault,
        *,
        path: str | None = None,
        times: int | None = None,
        seconds: float | None = None,
    ) -> None:
        """Let something go wrong.

        `path` limits it to one endpoint, to the camera with `CAMERA` or to the line port
        with `LINES`, and `times` to that many requests. `seconds` on the event loop's
        clock is how long DELAY and HANG hold an answer back (None: until the faults are
        cleared), how long STALL_UPLOAD takes nothing more, how long SLOW_UPLOAD rests
        after each megabyte, and how long REFUSE lasts. REFUSE has neither path, unless
        it is a port, nor times, for nobody sees the requests: ValueError.
        """
        active = ActiveFault(fault, path, times, seconds)
        if active.effect.closes:
            if path not in {None, CAMERA, LINES} or times is not None:
                raise ValueError(f"{fault} cannot know paths or count requests")
            self._expire(active)
        self._active.append(active)
        self._changed()

    def clear(self, fault: Fault | None = None) -> None:
        """End one kind of fault, or all; requests that were held back go on."""
        self._active = [a for a in self._active if fault not in {None, a.fault}]
        self.clearings += 1
        self._cleared.set()
        self._cleared = asyncio.Event()
        self._changed()

    def take(self, path: str) -> list[ActiveFault]:
        """Return what happens to a request and count it."""
        met = [active for active in self._active if active.meets(path)]
        for active in met:
            if active.times is not None:
                active.times -= 1
        self._active = [a for a in self._active if a.times is None or a.times > 0]
        return met

    async def hold(self, seconds: float | None) -> None:
        """Wait for some seconds, or until the faults are cleared."""
        self._held += 1
        try:
            async with asyncio.timeout(seconds):
                await self._cleared.wait()
        except TimeoutError:
            return
        finally:
            self._held -= 1

    async def delay(self, met: Iterable[ActiveFault]) -> None:
        """Wait for as long as the faults that a request met want it."""
        for active in met:
            if active.effect.waits:
                await self.hold(active.seconds)

    def close(self) -> None:
        """Leave no timer behind."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _expire(self, active: ActiveFault) -> None:
        if active.seconds is None:
            return

        def end() -> None:
            self._timers.discard(timer)
            if active in self._active:
                self._active.remove(active)
                self._changed()

        timer = asyncio.get_running_loop().call_later(active.seconds, end)
        self._timers.add(timer)
