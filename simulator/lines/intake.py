"""Files that arrive at port 8899, in both forms (docs/protocol/adventurer-3-4.md §5).

An upload that is not complete is never kept.
"""

from abc import ABC, abstractmethod
import io
import re
import struct
from typing import override
import zlib

from ..machine.device import Device
from ..models.files import StoredFile
from ..print_files import sliced
from .reads import LineError, bare_name

_ARGUMENTS = re.compile(r"(?:(\d{1,15})\s+)?(\S.*)")
_HEADER = struct.Struct(">4s3I")
_MAGIC = b"\x5a\x5a\xa5\xa5"
_BLOCK = 4096
_END = b"~M29"


class Intake(ABC):
    """A file that is being received from a client.

    `size` is what the client announced, None if it did not.
    """

    def __init__(
        self, device: Device, client: object, path: str, size: int | None
    ) -> None:
        """Begin to receive."""
        self.client = client
        self.broken = False
        self._device = device
        self.path = path
        self._size = size
        self._data = io.BytesIO()
        self._received = 0
        self._heard = device.clock.now()

    @property
    def missing(self) -> int:
        """The number of bytes still to come."""
        return max((self._size or 0) - self._received, 0)

    @property
    def expired(self) -> bool:
        """The printer has waited long enough for more bytes."""
        silence = self._device.clock.now() - self._heard
        return silence >= self._device.quirks.deaf_seconds

    @abstractmethod
    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """Take bytes; return what is answered to them, and the part that is lines."""

    def finish(self) -> StoredFile | None:
        """Close the file and store it, if it is whole and its path is short enough."""
        whole = self._size is None or self._received == self._size
        limit = self._device.quirks.longest_path
        fits = limit is None or len(self.path.encode()) <= limit
        if self.broken or not (whole and fits):
            return None
        file = sliced.read(self._data, bare_name(self.path), self._received)
        if file.fails_with is not None:
            # An old firmware prints whatever it gets.
            file = StoredFile(file.name, size=file.size)
        self._device.machine.store(file)
        return file

    def _keep(self, data: bytes) -> None:
        self._received += len(data)
        if self._received <= self._device.machine.free_storage_gb * 1e9:
            self._data.write(data)
        else:
            self.broken = True


class Frames(Intake):
    """The old form: frames of 16 and 4096 bytes, each with an acknowledgment."""

    def __init__(
        self, device: Device, client: object, path: str, size: int | None
    ) -> None:
        """Begin to receive."""
        super().__init__(device, client, path, size)
        self._buffer = bytearray()
        self._number = 0

    @override
    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        self._heard = self._device.clock.now()
        self._buffer += data
        answers, buffer, length = b"", self._buffer, _HEADER.size + _BLOCK
        while len(buffer) >= length and not buffer.startswith(b"~"):
            answers += self._frame(bytes(buffer[:length]))
            del buffer[:length]
        lines = b""
        if buffer.startswith(b"~"):
            lines = bytes(buffer)
            buffer.clear()
        return answers, lines

    def _frame(self, frame: bytes) -> bytes:
        magic, number, length, checksum = _HEADER.unpack_from(frame)
        data = frame[_HEADER.size : _HEADER.size + length]
        good = (magic, number) == (_MAGIC, self._number) and length <= _BLOCK
        if self.broken or not good or zlib.crc32(data) != checksum:
            self.broken = True
            return f"N{self._number:04d} error.\r\n".encode()
        self._keep(data)
        self._number += 1
        twice = number == 0 and self._device.quirks.repeats_first_frame
        return f"N{number:04d} ok.\r\n".encode() * (2 if twice else 1)


class Raw(Intake):
    """The new form: the bytes of the file and nothing else, then a pause."""

    def __init__(
        self, device: Device, client: object, path: str, size: int | None
    ) -> None:
        """Begin to receive."""
        super().__init__(device, client, path, size)
        self._given_up = False

    @override
    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        if self._given_up:
            # The dialog stays on the screen until its own time-out.
            return b"", b""
        now = self._device.clock.now()
        silence, self._heard = now - self._heard, now
        if data.startswith(_END) and (self._size is None or not self.missing):
            self.broken |= silence < self._device.quirks.closing_seconds
            return b"", data
        self._given_up = data.startswith(_END)
        if self._size is not None and len(data) > self.missing:
            # What comes with the last bytes of the file is taken for a part of it.
            self._given_up = True
        self._keep(data)
        return b"", b""


def begin(device: Device, client: object, rest: str) -> Intake:
    """Begin an upload by the arguments of `M28`; LineError if it is refused."""
    found = _ARGUMENTS.fullmatch(rest)
    if found is None:
        raise LineError("Error: Cannot create file")
    path, size = found[2], int(found[1]) if found[1] else None
    if not path.lower().endswith(device.model.suffixes):
        raise LineError("Error: File Is Not Available")
    if (size or 0) > device.machine.free_storage_gb * 1e9:
        raise LineError("Error: Not enough space")
    form = Frames if device.quirks.framed_uploads else Raw
    return form(device, client, path, size)
