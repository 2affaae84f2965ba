"""What can go wrong, and what each fault does to a request."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from .answers import (
    BUSY,
    LAN_MODE_OFF,
    NESTED,
    NOT_FOUND,
    NOT_SAVED,
    SUCCESS,
    WRONG_CODE,
    WRONG_PARAMETERS,
    WRONG_SERIAL,
    Answer,
    Envelope,
    page,
)
from .distortion import Distortion, broken_text, duplicate_keys, nonsense_numbers

UPLOAD = "/uploadGcode"
CAMERA = "/?action=stream"
"""The path of the camera's port; a fault without a path does not affect the camera."""

LINES = "tcp"
"""The path of the line port, and `tcp/G28` of one command; a fault without a path does
not affect the line port."""

DATA = f"{LINES}/data"
"""The path of the bytes of an upload at the line port."""


class Fault(StrEnum):
    """The name of a fault; `EFFECTS` has what it does."""

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
class Effect:
    """What a fault does to the requests that it affects.

    `waits` holds the answer back, for the fault's seconds or until the faults are
    cleared; `instead` replaces the answer, and then the request has no effect; `keep`
    is the part of the answer's body that is sent; `resets` breaks the connection
    after that; `excess` is the number of meaningless bytes after the body;
    `distorts` rewrites a JSON body and `content_type` is sent as its type; `path` limits
    the fault to one endpoint; `closes` closes the port.

    Three affect an upload: `breaks` resets the connection after the first half of the
    file, `stalls` stops reading there for the fault's seconds or until the faults are
    cleared, and `drags` stops reading in the same way after each megabyte.
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
"""The effect of each fault."""


def combined(effects: Iterable[Effect]) -> Effect:
    """Return the effect of several faults on one request; the first one has priority."""
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
