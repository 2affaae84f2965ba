"""The far end of ``outside``: virtual printers, and people who watch their cameras."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import cycle
import json
from pathlib import Path
import sys
from typing import Any, override

import aiohttp

from simulator import (
    MODELS,
    Clock,
    Fault,
    ManualClock,
    Printer,
    Request,
    StoredFile,
    SystemClock,
    write_sliced,
)

from .outside import Told, Watched

_RIPPLE = 0.3
"""Degrees by which a heated nozzle swings, as a real one does."""

_PART = b"Content-Type: image/jpeg"
_POLL = "/detail"

_PRINT_SECONDS = 3600.0


class World:
    """All printers of one measurement."""

    def __init__(self) -> None:
        """Start empty."""
        self._printers: list[Printer] = []
        self._line_connections = 0
        self._clock = ManualClock()

    async def make(
        self,
        *,
        count: int,
        model: str,
        printing: bool = False,
        still: bool = False,
        speed: float = 1.0,
        hours: float = 8.0,
        crowd: bool = False,
    ) -> list[Told]:
        """Switch on printers, ``still`` ones on a clock that somebody has to move.

        ``speed`` is how fast the time of the others runs, ``hours`` how long a job is.
        ``crowd`` makes a camera that has room for more than the one viewer of a real one.
        """
        clock = self._clock if still else SystemClock(speed)
        made = [
            self._build(model, number, clock, hours, crowd=crowd)
            for number in range(len(self._printers), len(self._printers) + count)
        ]
        self._printers += made
        for printer in made:
            await printer.start()
            if printing:
                printer.machine.start_job()
                printer.machine.finish_warm_up()
        return [_told(printer) for printer in made]

    def _build(
        self, model: str, number: int, clock: Clock, hours: float, *, crowd: bool
    ) -> Printer:
        spec = MODELS[model]
        quirks = spec.quirks(spec.firmware)
        return Printer(
            model,
            http_port=0,
            camera_port=0,
            tcp_port=0,
            discovery=False,
            camera=True,
            serial=f"SNBENCH{number:07d}",
            name=f"Printer {number}",
            clock=clock,
            files=[replace(spec.files[0], print_seconds=hours * 3600)],
            quirks=replace(
                quirks, temperature_ripple=_RIPPLE, camera_single_client=not crowd
            ),
        )

    async def alternate(self, *, versions: list[dict[str, object]]) -> None:
        """Let every printer send these fields, in another version each time."""
        for printer in self._printers:
            printer.requests = _Alternating(printer, versions)

    async def advance(self, *, seconds: float) -> None:
        """Move the clock of the ``still`` printers."""
        self._clock.advance(seconds)

    async def power_off(self) -> None:
        """Pull the plug of all of them."""
        for printer in self._printers:
            await printer.power_off()

    async def requests(self) -> int:
        """Return how many requests there were since the last time this was asked."""
        count = sum(len(printer.requests) for printer in self._printers)
        for printer in self._printers:
            printer.requests.clear()
        return count

    async def line_traffic(self) -> tuple[int, int]:
        """Return the connections to line ports and their commands since the last time."""
        before, self._line_connections = (
            self._line_connections,
            sum(printer.line_connections for printer in self._printers),
        )
        lines = sum(len(printer.lines) for printer in self._printers)
        for printer in self._printers:
            printer.lines.clear()
        return self._line_connections - before, lines

    async def slice_file(self, *, path: str, megabytes: float) -> None:
        """Write a file that a slicer could have written: 3mf or G-code, by its name."""
        file = Path(path)
        sliced = StoredFile(file.name, print_seconds=_PRINT_SECONDS)
        write_sliced(file, sliced, size=round(megabytes * 1_000_000))

    async def drag(self, *, seconds: float) -> None:
        """Let every printer rest after each megabyte of an upload."""
        for printer in self._printers:
            printer.faults.clear(Fault.SLOW_UPLOAD)
            printer.faults.add(Fault.SLOW_UPLOAD, seconds=seconds)

    async def polls(self) -> list[float]:
        """Return when polls came since the requests were last asked for, in seconds."""
        return [
            request.time
            for printer in self._printers
            for request in printer.requests
            if request.path == _POLL
        ]

    async def watch(
        self, *, url: str, viewers: int, warm_up: float, seconds: float
    ) -> Watched:
        """Let viewers look, and count what they see after they had time to get going."""
        async with (
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                timeout=aiohttp.ClientTimeout(total=None),
            ) as session,
            asyncio.TaskGroup() as group,
        ):
            counts = [0] * viewers
            tasks = [
                group.create_task(_look(session, url, counts, number))
                for number in range(viewers)
            ]
            await asyncio.sleep(warm_up)
            before = list(counts)
            await asyncio.sleep(seconds)
            seen = [now - then for now, then in zip(counts, before, strict=True)]
            upstream = sum(printer.camera_clients for printer in self._printers)
            for task in tasks:
                task.cancel()
        return Watched(
            fps=sum(seen) / viewers / seconds,
            slowest_fps=min(seen) / seconds,
            upstream=upstream,
        )

    async def stop(self) -> None:
        """Switch everything off."""
        for printer in self._printers:
            await printer.stop()


class _Alternating(list[Request]):
    """The requests of a printer, each of which finds another version of its fields."""

    def __init__(self, printer: Printer, versions: list[dict[str, object]]) -> None:
        """Begin with the first version."""
        super().__init__()
        self._printer = printer
        self._versions = cycle(versions)

    @override
    def append(self, request: Request) -> None:
        """Take note of a request that is about to be answered."""
        self._printer.overrides = next(self._versions)
        super().append(request)


def _told(printer: Printer) -> Told:
    return Told(
        name=printer.name,
        host=printer.host,
        port=printer.http_port if printer.model.http else printer.tcp_port,
        serial=printer.serial,
        check_code=printer.check_code,
        pid=printer.model.pid,
        mac=printer.mac,
        lines=not printer.model.http,
    )


async def _look(
    session: aiohttp.ClientSession, url: str, counts: list[int], number: int
) -> None:
    """Count the pictures of a stream until nobody wants to see more."""
    async with session.get(url, raise_for_status=True) as response:
        tail = b""
        async for chunk in response.content.iter_any():
            seen = tail + chunk
            counts[number] += seen.count(_PART)
            tail = seen[-len(_PART) + 1 :]


async def serve() -> None:
    """Do what is asked, line by line, until the input ends."""
    reader = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    world = World()
    actions: dict[str, Callable[..., Awaitable[object]]] = {
        action.__name__: action
        for action in (
            world.make,
            world.alternate,
            world.advance,
            world.power_off,
            world.requests,
            world.line_traffic,
            world.slice_file,
            world.drag,
            world.polls,
            world.watch,
        )
    }
    try:
        while line := await reader.readline():
            details: dict[str, Any] = json.loads(line)
            answer = await actions[details.pop("do")](**details)
            print(json.dumps(answer), flush=True)
    finally:
        await world.stop()


if __name__ == "__main__":
    asyncio.run(serve())
