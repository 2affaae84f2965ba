"""Cutting JPEG pictures out of a stream of bytes (docs/protocol/camera.md)."""

import re

MAX_FRAME = 8 * 1024 * 1024
"""Bytes that one picture may have; printers send some ten thousand."""

_START = b"\xff\xd8"
_HALF = b"\xff"

_BEGIN, _END, _APP0 = 0xD8, 0xD9, 0xE0

_MARKER = re.compile(rb"\xff[\xc0-\xcf\xd8-\xfe]")
# Neither a stuffed byte of the compressed data (00), nor a restart (D0 to D7), nor a fill
# byte (FF), nor one of the reserved codes: none of these has a length behind it.

_BREAKS = ((b"\xff\xd9\r\n--", 0), (b"\r\n\r\n\xff\xd8\xff", 4))
# The end of a part, or the head of the next one, and where in it the mark stands:
# whatever the length is, they are not part of a segment.
_LONGEST_BREAK = 7

_FIRST_OR_LAST = re.compile(rb"\xff[\xd8\xd9]")
_PART_HEAD_END = b"\r\n\r\n"

_NAME = 4
# Letters with which an APP0 segment begins: JFIF, JFXX, AVI1 and the like.


class FrameSplitter:
    """Finds where pictures begin and end, whatever stands around them.

    It needs neither the headers nor the lengths of the parts of a stream, which may be
    missing or wrong. Within a picture it goes from marker to marker: a segment is passed
    by its length, as it may hold a smaller picture, and the compressed data up to the
    next marker, of which several scans have several. Everything between pictures is
    dropped, and so is a picture that broke off or has more than ``limit`` bytes. The time
    it takes is proportional to the bytes.
    """

    def __init__(self, limit: int = MAX_FRAME) -> None:
        """Start between two pictures."""
        self._limit = limit
        self._buffer = bytearray()
        self._inside = False
        self._at = 0
        self._segment_end = 0
        self._doubted = False
        self._lost = False

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take the next bytes, return the pictures that end in them, oldest first."""
        self._buffer += chunk
        frames: list[bytes] = []
        while self._inside or self._find_start():
            end = self._find_end()
            if end is None:
                self._bound()
                break
            if not self._lost and end <= self._limit:
                frames.append(bytes(memoryview(self._buffer)[:end]))
            del self._buffer[:end]
            self._inside = False
        return frames

    def _find_start(self) -> bool:
        """Bring the start of a picture to the start of the buffer."""
        start = self._buffer.find(_START)
        if start < 0:
            # The first half of the mark may be the last byte that has come so far.
            half = self._buffer.endswith(_HALF)
            del self._buffer[: len(self._buffer) - half]
            return False
        self._begin(start)
        return True

    def _begin(self, start: int) -> None:
        """Begin a picture, and forget what came before it."""
        del self._buffer[:start]
        self._inside = True
        self._lost = False
        self._at = len(_START)
        self._segment_end = 0

    def _find_end(self) -> int | None:
        """Return where the picture ends, None when that has not come yet."""
        while self._pass_segment():
            marker = _MARKER.search(self._buffer, self._at)
            if marker is None:
                seen = len(self._buffer) - self._buffer.endswith(_HALF)
                self._at = max(self._at, seen)
                return None
            self._at = marker.start()
            code = self._buffer[self._at + 1]
            if code == _END:
                return marker.end()
            if code == _BEGIN:
                # The compressed data has no such mark: the picture before broke off.
                self._begin(self._at)
            elif not self._enter_segment(code):
                return None
        return None

    def _enter_segment(self, code: int) -> bool:
        """Read the length behind a marker; return False when it has not come yet."""
        body = self._at + 2
        if len(self._buffer) < body + 2:
            return False
        length = int.from_bytes(self._buffer[body : body + 2])
        end = body + max(length, 0)
        doubted = False
        if code == _APP0:
            name = self._buffer[body + 2 : min(body + 2 + _NAME, end)]
            doubted = any(not 0x20 <= letter < 0x7F for letter in name)
            if not doubted and body + 2 + len(name) < min(body + 2 + _NAME, end):
                return False
        self._at = body
        self._segment_end = end
        self._doubted = doubted
        return True

    def _pass_segment(self) -> bool:
        """Go to the end of the segment; return False when that has not come yet.

        A wrong length must not swallow the pictures that follow. It is one when
        the end of the part comes before, and when a segment that does not even begin
        like one holds the end of a picture without its start.
        """
        while self._at < self._segment_end:
            here = min(len(self._buffer), self._segment_end)
            broken = not self._doubted
            mark = self._break(here) if broken else self._first_or_last(here)
            if mark is None:
                if here == self._segment_end:
                    self._at = here
                    break
                held = 1 if self._doubted else _LONGEST_BREAK - 1
                self._at = max(self._at, here - held)
                return False
            self._doubted = self._doubted and self._is_no_thumbnail(mark)
            if broken or self._doubted:
                # The search for the next marker goes on at this one.
                self._at = mark
                self._segment_end = 0
            else:
                self._at = mark
        return True

    def _break(self, end: int) -> int | None:
        """Return the first mark that is surely outside of a segment."""
        found = [
            (at, at + inside)
            for sign, inside in _BREAKS
            if (at := self._buffer.find(sign, self._at, end)) >= 0
        ]
        return min(found)[1] if found else None

    def _first_or_last(self, end: int) -> int | None:
        """Return the first mark that begins or ends a picture."""
        found = _FIRST_OR_LAST.search(self._buffer, self._at, end)
        return found.start() if found else None

    def _is_no_thumbnail(self, mark: int) -> bool:
        """Return whether a mark in a doubted segment begins no smaller picture."""
        return (
            self._buffer[mark + 1] == _END
            or self._buffer[max(mark - 4, 0) : mark] == _PART_HEAD_END
        )

    def _bound(self) -> None:
        """Keep no more than a picture may have, only what it takes to find its end."""
        if len(self._buffer) <= self._limit and not self._lost:
            return
        gone = max(0, self._at - len(_PART_HEAD_END))
        del self._buffer[:gone]
        self._at -= gone
        self._segment_end -= gone
        self._lost = True
