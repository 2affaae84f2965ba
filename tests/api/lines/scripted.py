"""A line port that answers as a transcript or a test decides."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, override

from custom_components.flashforge.api.lines.printer import TcpPrinter

from ...support.server import LoopbackServer
from .transcripts import exchanges

type Script = Mapping[str, bytes]
"""The reply to each command, by its code."""


def script(name: str, *, reply_to: Mapping[str, int] | None = None) -> dict[str, bytes]:
    """Return the replies of a transcript, of several to one command the first or another."""
    wanted = dict(reply_to or {})
    found: dict[str, bytes] = {}
    for asked, lines in exchanges(name):
        code = asked.removeprefix("~").split()[0]
        if code in found:
            if wanted.get(code, 0) < 1:
                continue
            wanted[code] -= 1
        found[code] = b"".join(line.encode() + b"\r\n" for line in lines)
    return found


class Scripted(LoopbackServer):
    """Answers each line by a script, and keeps the lines that it receives."""

    def __init__(
        self,
        replies: Script,
        *,
        needs_login: bool = False,
        answer: Callable[[bytes], bytes] = lambda reply: reply,
    ) -> None:
        super().__init__()
        self.replies = dict(replies)
        self.needs_login = needs_login
        self.lines: list[str] = []
        self._answer = answer

    def printer(self, **options: Any) -> TcpPrinter:
        """Return a client of this port."""
        return TcpPrinter(self.host, port=self.port, **options)

    @override
    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        controlled = False
        try:
            while line := await reader.readline():
                told = line.decode().strip().removeprefix("~")
                self.lines.append(told)
                code = told.split()[0]
                controlled = controlled or code == "M601"
                if controlled or not self.needs_login:
                    writer.write(self._answer(self.replies.get(code, b"")))
                    await writer.drain()
        finally:
            writer.close()
