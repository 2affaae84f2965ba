"""Framing of the line protocol: bytes come in, replies come out (protocol/tcp.md §1)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
import re

from .errors import UnreadableError

TEXT_LIMIT = 64 * 1024
"""Bytes of text in one reply; more is no reply of a printer."""

OK_GRACE = 0.25
"""Seconds in which more may follow an ``ok`` that no line end has followed yet."""

_CHUNK = 4096
_HEAD = re.compile(r"CMD\s+([A-Z]?\d+)\s+(Received|Error)", re.IGNORECASE)
_DECORATION = re.compile(r'(?:echo|ack):\s*"?|"$')
_MOST_STRANGERS = 8


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

    Any exception leaves the connection at an unknown place in a reply: whoever gets one
    closes it. Deadlines are the caller's.
    """

    def __init__(self, stream: asyncio.StreamReader) -> None:
        """Read from a stream that is at the beginning of a reply."""
        self._stream = stream
        self._buffer = bytearray()

    async def reply(self, code: str, *, silence: float | None = None) -> LineReply:
        """Return the reply to a command.

        It ends with a line that is ``ok``; ``silence`` is for firmware that sends none,
        and says after how many seconds without a byte the reply is over. Replies to
        commands of other programs, which some printers send to everybody, are left out.
        """
        for _ in range(_MOST_STRANGERS):
            lines = await self._block(silence)
            head = _HEAD.match(lines[0]) if lines else None
            if head is None or _digits(head[1]) == _digits(code):
                return LineReply(lines=tuple(_plain(lines)))
        raise UnreadableError("only replies that nobody asked for")

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
        size, lines = 0, list[str]()
        while (line := await self._line(silence, begun=bool(lines))) is not None:
            if line == "ok":
                break
            if (size := size + len(line) + 1) > TEXT_LIMIT:
                raise UnreadableError("more text than a printer has to tell")
            if line:
                lines.append(line)
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


def _digits(code: str) -> str:
    """Return a code without its letter, which some firmware leaves out."""
    return code.lstrip("GMTgmt")


def _plain(lines: list[str]) -> list[str]:
    """Return what the lines say, without the head and the words put before them."""
    received = bool(
        lines and (head := _HEAD.match(lines[0])) and head[2].lower() == "received"
    )
    return [_DECORATION.sub("", line) for line in lines[received:]]
