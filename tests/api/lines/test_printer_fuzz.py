"""Whatever an older printer replies: its state is sound, or there is an error of ours."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import override

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.flashforge.api.errors import FlashForgeError
from custom_components.flashforge.api.lines import (
    control,
    leaving,
    reading,
    session as line_session,
)
from custom_components.flashforge.api.state import PrinterState

from ..fuzzing import fuzzed
from .scripted import Script, Scripted, script

TRANSCRIPTS = [
    script(name)
    for name in (
        "adventurer3_fw1.1.7",
        "adventurer3_fw1.3.7",
        "adventurer3_printing_composed",
        "adventurer4_fw2.3.3",
        "creator4_fw1.0.0",
        "finder2_fw2.7.2",
        "finder_fw1.5",
        "guider3_fw2.3.4",
    )
]
CODES = ("M119", "M105", "M27", "M115", "M601", "M602", "M661", "M662")
PATIENCE = (
    (line_session, "REPLY_TIMEOUT", 0.2),
    (line_session, "LATE_TIMEOUT", 0.01),
    (line_session, "LOGIN_PAUSE", 0.0),
    (control, "LIST_TIMEOUT", 0.1),
    (control, "LIST_SILENCE", 0.01),
    (control, "PICTURE_SILENCE", 0.01),
    (leaving, "CLOSE_TIMEOUT", 0.1),
    (reading, "FIRST_PATIENCE", 0.2),
    (reading, "SILENCE", 0.01),
)
"""What does not come at once from the server of these tests never comes."""
TEXT = 255
"""The most characters that are kept of what a printer says."""

ODD = st.binary(max_size=40) | st.sampled_from(
    [
        b"",
        b"\xff\xfe",
        b"9" * 400,
        b"-",
        b"nan",
        b"\x00",
        "٣".encode(),
        "\u202e".encode(),
        b"CMD M27 Received.\r\nSD printing byte 5/100\r\nok\r\n",
        b"0:/user/Benchy.gx\r\n",
        b"N0001 ok.\r\n",
        b"Error: File not exists\r\n",
        b"Control failed.\r\n",
    ]
)


@st.composite
def damaged(draw: st.DrawFn) -> Script:
    """Return the replies of a printer, some with parts cut out, put in or mixed up."""
    replies = dict(draw(st.sampled_from(TRANSCRIPTS)))
    for code in draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True)):
        reply = replies.get(code, b"ok\r\n")
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, len(reply)))
            end = draw(st.integers(start, min(len(reply), start + 30)))
            reply = reply[:start] + draw(ODD) + reply[end:]
        lines = reply.splitlines(keepends=True)
        if draw(st.booleans()):
            reply = b"".join(draw(st.permutations(lines)))
        replies[code] = reply
    return replies


class Hasty(Scripted):
    """Hangs up after a reply without an end, so that nobody has to wait for it."""

    @override
    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(ConnectionError):
            while line := await reader.readline():
                code = line.decode().strip().removeprefix("~").split()[0]
                reply = self.replies.get(code, b"")
                writer.write(reply)
                await writer.drain()
                if not reply.rstrip().endswith(b"ok"):
                    break
        writer.close()


def leaves(found: object) -> Iterator[object]:
    """Yield every value in a state."""
    if is_dataclass(found):
        for each in fields(found):
            yield from leaves(getattr(found, each.name))
    elif isinstance(found, dict):
        yield from (leaf for each in found.items() for leaf in leaves(each))
    elif isinstance(found, (tuple, list, frozenset, set)):
        yield from (leaf for each in found for leaf in leaves(each))
    else:
        yield found


def is_sound(value: object) -> bool:
    """Return whether a value can be shown to a person."""
    if isinstance(value, str):
        return value.isprintable() and len(value) <= TEXT
    return not isinstance(value, float) or isfinite(value)


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, seconds in PATIENCE:
        monkeypatch.setattr(module, name, seconds)


@settings(fuzzed, max_examples=40)
@given(damaged())
def test_a_printer_that_lies(replies: Script) -> None:
    async def ask() -> list[object]:
        found: list[object] = []
        async with Hasty(replies) as server:
            printer = server.printer()
            for act in (printer.fetch, printer.list_files, printer.fetch):
                try:
                    found.append(await act())
                except FlashForgeError as err:
                    found.append(err.key)
            for file in ("Benchy.gx", "große Datei.gx"):
                with suppress(FlashForgeError):
                    await printer.fetch_thumbnail(file)
        return found

    found = asyncio.run(ask())
    assert [each for each in leaves(found) if not is_sound(each)] == []
    for state in found:
        if isinstance(state, PrinterState) and state.job.progress is not None:
            assert 0 <= state.job.progress <= 100
