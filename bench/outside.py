"""What is outside of Home Assistant, in a process of its own: printers and viewers.

Their work must not count as Home Assistant's. ``Outside`` is the near end, ``serve`` the
far one; each request and each answer is one line of JSON.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
import json
from pathlib import Path
import sys
from typing import Any, TypedDict

ROOT = Path(__file__).resolve().parent.parent

_LONGEST_LINE = 1 << 20


class Told(TypedDict):
    """What a person would type in to add a printer."""

    name: str
    host: str
    port: int
    serial: str
    check_code: str
    pid: int
    mac: str
    lines: bool


class Outside:
    """The near end: asks for something and waits until it is so."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Talk to a process that runs ``bench.world``."""
        self._process = process

    async def _ask(self, do: str, **details: object) -> Any:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"do": do, **details}).encode() + b"\n")
        answer = await stdout.readline()
        if not answer:
            raise RuntimeError("the printers' process has ended")
        return json.loads(answer)

    async def make(self, count: int = 1, **options: object) -> list[Told]:
        """Switch on printers; ``world.World.make`` has the options."""
        made: list[Told] = await self._ask("make", count=count, **options)
        return made

    async def alternate(self, versions: Sequence[Mapping[str, object]]) -> None:
        """Let every printer send these fields of ``/detail``, another version each time."""
        await self._ask("alternate", versions=versions)

    async def advance(self, seconds: float) -> None:
        """Move the clock of the printers that have no other."""
        await self._ask("advance", seconds=seconds)

    async def power_off(self) -> None:
        """Pull the plug of all of them."""
        await self._ask("power_off")

    async def requests(self) -> int:
        """Return how many requests there were since the last time this was asked."""
        count: int = await self._ask("requests")
        return count

    async def line_traffic(self) -> tuple[int, int]:
        """Return the connections to line ports and their commands since the last time."""
        connections, lines = await self._ask("line_traffic")
        return connections, lines

    async def slice_file(self, path: Path, megabytes: float) -> None:
        """Write a file that a slicer could have written: 3mf or G-code, by its name."""
        await self._ask("slice_file", path=str(path), megabytes=megabytes)

    async def drag(self, seconds: float) -> None:
        """Let every printer rest after each megabyte of an upload."""
        await self._ask("drag", seconds=seconds)

    async def polls(self) -> list[float]:
        """Return when polls came since the requests were last asked for, in seconds."""
        times: list[float] = await self._ask("polls")
        return times

    async def watch(
        self, url: str, viewers: int, *, warm_up: float, seconds: float
    ) -> Watched:
        """Let viewers look at a stream of Home Assistant."""
        seen: Watched = await self._ask(
            "watch", url=url, viewers=viewers, warm_up=warm_up, seconds=seconds
        )
        return seen


class Watched(TypedDict):
    """What viewers saw: pictures per second and viewer, the most connections upstream."""

    fps: float
    slowest_fps: float
    upstream: int


@asynccontextmanager
async def outside() -> AsyncGenerator[Outside]:
    """Start the process of the printers; it ends with the context."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.world",
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE,
    )
    try:
        yield Outside(process)
    finally:
        # The end of its input ends it, also if this process is killed.
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()
