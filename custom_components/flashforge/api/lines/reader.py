"""Framing of the line protocol: bytes come in, replies come out (docs/protocol/tcp.md §1)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
import re

from ..errors import UnreadableError

TEXT_LIMIT = 64 * 1024
"""Bytes of text in one reply; more is no reply of a printer."""

LINE_LIMIT = 2048
"""Lines in one reply, those that belong to others included."""

OK_GRACE = 0.25
"""Seconds in which more may follow an ``ok`` that no line end has followed yet."""

_CHUNK = 64 * 1024
_CODE = re.compile(r"([A-Z]?)0*(\d+)", re.IGNORECASE)
_HEAD = re.compile(r"CMD\s+([A-Z]?\d+)\s+(Received|Error)", re.IGNORECASE)
_DECORATION = re.compile(r'(?:echo|ack):\s*"?|"$')
_NOBODY = re.compile(r"Control failed", re.IGNORECASE)
# These need no head: everybody gets the same answer.
_UPLOAD = re.compile(
    r"N\d{4,}\s+(?:ok|error)\b|Writing to file:|Done saving file|0:/", re.IGNORECASE
)
# What a printer sends about an upload, also to other connections.
_UPLOADING = frozenset({"M20", "M23", "M28", "M29", "M661", "M662"})
_MOST_STRANGERS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReply:
    """What a printer answers: its lines between head and ``ok``, and what followed."""

    lines: tuple[str, ...] = ()
    data: bytes = b""

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


class LineReader:
    """Reads the replies of one connection, however the network splits them.

    An exception other than a deadline, which is the caller's, leaves the connection at an
    unknown place in a reply: the caller closes it then.
    """

    def __init__(self, stream: asyncio.StreamReader) -> None:
        """Read from a stream that is at the beginning of a reply."""
        self._stream = stream
        self._buffer = bytearray()
        self._lines: list[str] = []
        self._size = 0
        self._count = 0

    @property
    def begun(self) -> tuple[str, ...]:
        """What has come of a reply whose end has not."""
        rest = self._buffer.decode("utf-8", "replace").splitlines()
        return (*self._lines, *rest)

    async def reply(self, code: str, *, silence: float | None = None) -> LineReply:
        """Return the reply to a command.

        It ends with a line that is ``ok``; ``silence`` is for firmware that sends none,
        and is the number of seconds without a byte that end the reply. What belongs to
        other programs, which some printers send to everybody, is left out: a reply has
        the head of its command, which only firmware that sends no ``ok`` may leave out.
        A call that was given up can be made again: what came before is not lost.
        """
        self._size = self._count = 0
        for _ in range(_MOST_STRANGERS):
            lines = await self._block(silence)
            answer = _answer(lines, code, headless=silence is not None)
            if answer is not None:
                return LineReply(lines=answer)
        raise UnreadableError("only replies that nobody asked for")

    async def forget(self) -> None:
        """Drop all that came by now: it is no reply to what was not asked yet."""
        self._lines.clear()
        self._buffer.clear()
        while await self._more(0):
            self._buffer.clear()

    async def line(self) -> str:
        """Return the next line that is not empty, of a printer that receives a file."""
        while not (line := await self._line(None, begun=True)):
            continue
        return line

    async def data(
        self, complete: Callable[[bytes], bool], *, silence: float, limit: int
    ) -> bytes:
        """Return what follows the ``ok``: until it is complete, or until silence."""
        while not complete(bytes(self._buffer)):
            if len(self._buffer) > limit:
                raise UnreadableError("more data than a printer has")
            if not await self._more(silence):
                break
        data = bytes(self._buffer)
        self._buffer.clear()
        return data

    async def _block(self, silence: float | None) -> list[str]:
        """Return the lines up to ``ok``, without it and without empty ones."""
        while (
            line := await self._line(silence, begun=bool(self._lines))
        ) is not None and line != "ok":
            self._size += len(line) + 1
            self._count += 1
            if self._size > TEXT_LIMIT or self._count > LINE_LIMIT:
                raise UnreadableError("more text than a printer has to tell")
            if line:
                self._lines.append(line)
        lines, self._lines = self._lines, []
        return lines

    async def _line(self, silence: float | None, *, begun: bool) -> str | None:
        """Return the next line, None when the reply ended by silence."""
        while (end := self._buffer.find(b"\n")) < 0:
            # A printer may think for a while before it begins; only then silence counts.
            patience = silence if begun or self._buffer else None
            # An "ok" at the end may be a whole line, or the beginning of a file's name.
            if self._buffer.strip() == b"ok":
                patience = OK_GRACE
            if not await self._more(patience):
                end = len(self._buffer)
                break
            if (
                len(self._buffer) > TEXT_LIMIT
                or b"\0" in self._buffer.partition(b"\n")[0]
            ):
                raise UnreadableError("not the text of a printer")
        if not (raw := self._buffer[: end + 1]):
            return None
        del self._buffer[: end + 1]
        return raw.decode("utf-8", "replace").strip()

    async def _more(self, patience: float | None) -> bool:
        """Wait for bytes; return False when none came in so many seconds."""
        try:
            async with asyncio.timeout(patience):
                chunk = await self._stream.read(_CHUNK)
        except TimeoutError:
            return False
        if not chunk:
            raise EOFError("the printer closed the connection")
        self._buffer += chunk
        return True


def _is_of(code: str, told: str) -> bool:
    """Return whether the code in a head is that of a command.

    Some firmware leaves its letter out, and a person may write zeros in front.
    """
    asked, named = _CODE.match(code), _CODE.match(told)
    if asked is None or named is None:
        # The head of such a command is not known.
        return True
    letters = {match[1].upper() for match in (asked, named)} - {""}
    return asked[2] == named[2] and len(letters) < 2


def _answer(lines: list[str], code: str, *, headless: bool) -> tuple[str, ...] | None:
    """Return what in the lines up to an ``ok`` is the reply to a command, if anything.

    What stands before its head belongs to another connection, and so does what comes from the
    next head on.
    """
    mine: list[str] | None = None
    for line in lines:
        if (head := _HEAD.match(line)) is None:
            if mine is not None:
                mine.append(line)
        elif _is_of(code, head[1]):
            # The head itself reports an error.
            mine = [] if head[2].lower() == "received" else [line]
        elif mine is not None:
            break
        else:
            headless = False
    if mine is None:
        whole = headless or any(_NOBODY.match(line) for line in lines)
        mine = lines if whole else None
    return None if mine is None else tuple(_plain(mine, code))


def _plain(lines: list[str], code: str) -> list[str]:
    """Return the text of the lines, without the words put before them.

    Lines about an upload are not part of another reply.
    """
    uploads = code.upper() in _UPLOADING
    plain = (_DECORATION.sub("", line) for line in lines)
    return [line for line in plain if uploads or not _UPLOAD.match(line)]
