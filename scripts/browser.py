"""A demo with all printers for `scripts/frontend`: the tests in the browser run beside it.

The program that is given gets two addresses in its environment: HOME_ASSISTANT, and
CONTROL, which carries out the commands of the simulator's console that are posted to it.
Below CONTROL, a POST to `restart` restarts Home Assistant, one to `update` does so with
another script of the cards, and one to `yaml` is the dashboard that is kept in a file;
`printers` tells about the virtual printers.

The last printer is not added: it waits until a test adds it.
"""

import argparse
import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
import os
from pathlib import Path
import shutil
import sys
import tempfile

from aiohttp import web

from simulator import Printer
from simulator.console import execute

from .demo import INTEGRATION, free_port
from .demonstration import journey, printers as virtual, verdict
from .demonstration.home import LOOPBACK, Home
from .demonstration.hub import Hub
from .demonstration.server import DemoError, Server

_START_SECONDS = 300.0
_WAITING = "5m_pro"
_FILE = "in-a-file.yaml"
_CONFIGURATION = f"""\
lovelace:
  dashboards:
    in-a-file:
      mode: yaml
      title: In a file
      filename: {_FILE}
      show_in_sidebar: false
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that a test may change."""

    folder: Path
    home: Home
    server: Server
    printers: Sequence[Printer]
    problems: list[str] = field(default_factory=list)
    """What the logs of Home Assistant before the present one complain about."""

    async def start(self) -> None:
        """Start Home Assistant, and wait until it runs."""
        await self.server.start()
        await self.server.wait_until_up(lambda _: None)
        async with Hub(self.server.base) as hub:
            await journey.until(hub.running, bool, _START_SECONDS)

    async def stop(self) -> None:
        """Stop Home Assistant, and read its log: the next one starts a new file."""
        await self.server.stop()
        self.problems.extend(verdict.log_problems(self.home.read_log()))

    async def add_printers(self) -> None:
        """Add all printers but the one that waits."""
        async with Hub(self.server.base) as hub:
            for printer in self.printers[:-1]:
                await journey.add(hub, printer)

    async def console(self, line: str) -> str:
        """Carry out a command of the simulator's console."""
        return await execute(self.printers, line)

    async def restart(self, _: str) -> str:
        """Restart Home Assistant."""
        await self.stop()
        await self.start()
        return "restarted"

    async def update(self, script: str) -> str:
        """Update the integration: its script gets an addition."""
        path = self.folder / INTEGRATION.name / "frontend/flashforge.js"
        with path.open("a", encoding="utf-8") as file:
            file.write(script)
        return await self.restart("")

    async def yaml(self, text: str) -> str:
        """Write the dashboard that is kept in a file."""
        (self.home.folder / _FILE).write_text(text, encoding="utf-8")
        return "written"

    async def tell(self, _: web.Request) -> web.Response:
        """Tell about the virtual printers, in the order of the console."""
        return web.json_response(
            [
                {
                    "name": each.name,
                    "serial": each.serial,
                    "checkCode": each.check_code,
                    "viewers": each.camera_clients,
                }
                for each in self.printers
            ]
        )

    def controls(self) -> web.Application:
        """Return the server of CONTROL."""
        application = web.Application()
        for path, carry_out in (
            ("/", self.console),
            ("/restart", self.restart),
            ("/update", self.update),
            ("/yaml", self.yaml),
        ):
            application.router.add_post(path, _answering(carry_out))
        application.router.add_get("/printers", self.tell)
        return application


def _answering(
    carry_out: Callable[[str], Awaitable[str]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=await carry_out(await request.text()))

    return answer


def _build(models: Sequence[str]) -> list[Printer]:
    keys = [*models, _WAITING]
    printers = virtual.build(keys, virtual.unused_hosts(len(keys)), 1, unique=True)
    # Its name tells it from those of every other demo that runs on this machine.
    printers[-1].name = f"Attic {printers[-1].serial[-4:]}"
    return printers


def _prepare(folder: Path, port: int) -> Home:
    """Lay out a configuration with a copy of the integration, which a test may change."""
    copy = folder / INTEGRATION.name
    shutil.copytree(INTEGRATION, copy, ignore=shutil.ignore_patterns("__pycache__"))
    home = Home(folder / "config")
    home.prepare(copy, [LOOPBACK], port)
    with (home.folder / "configuration.yaml").open("a", encoding="utf-8") as file:
        file.write(_CONFIGURATION)
    (home.folder / _FILE).write_text("views: []\n", encoding="utf-8")
    return home


async def _listen(application: web.Application, stack: AsyncExitStack) -> str:
    port = free_port()
    runner = web.AppRunner(application)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, LOOPBACK, port).start()
    return f"http://{LOOPBACK}:{port}/"


@asynccontextmanager
async def _staged(
    models: Sequence[str], port: int
) -> AsyncIterator[tuple[Stage, dict[str, str]]]:
    """Run a demo with its printers added, and yield what tells a program where it is."""
    with tempfile.TemporaryDirectory(prefix="flashforge-browser-") as folder:
        home = _prepare(Path(folder), port)
        async with AsyncExitStack() as stack:
            printers = _build(models)
            await virtual.start(printers, stack)
            stage = Stage(
                folder=Path(folder),
                home=home,
                server=Server(home, port),
                printers=printers,
            )
            control = await _listen(stage.controls(), stack)
            stack.push_async_callback(stage.stop)
            await stage.start()
            await stage.add_printers()
            yield stage, {"HOME_ASSISTANT": stage.server.base, "CONTROL": control}


def _complain(stage: Stage) -> int:
    """Print what the logs of a demo that ended complain about; return whether they do."""
    for problem in stage.problems:
        print(f"  wrong: {problem}", file=sys.stderr)
    return bool(stage.problems)


async def run(port: int, models: Sequence[str], program: Sequence[str]) -> int:
    """Start everything, add the printers, and return what the program returns."""
    async with _staged(models, port) as (stage, where):
        print(" ".join(f"{name}={value}" for name, value in where.items()), flush=True)
        process = await asyncio.create_subprocess_exec(*program, env=os.environ | where)
        code = await process.wait()
    return code or _complain(stage)


async def run_each(
    demos: int, models: Sequence[str], program: Sequence[str], files: Sequence[str]
) -> int:
    """Run the program once per file, in some demos side by side; return how many failed.

    Files are taken in their order by the demo that is idle first. What the program says of
    a file is printed when it ends. A file that fails is run once more after all others: a
    browser has many reasons to be late, and what fails twice has failed.
    """
    waiting = deque(files)
    repeated: set[str] = set()
    # Home Assistants that start at the same time would install the same packages.
    starts = asyncio.Lock()

    async def work() -> int:
        failed = 0
        async with AsyncExitStack() as stack:
            async with starts:
                stage, where = await stack.enter_async_context(
                    _staged(models, free_port())
                )
            while waiting:
                file = waiting.popleft()
                process = await asyncio.create_subprocess_exec(
                    *program,
                    file,
                    env=os.environ | where,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=asyncio.subprocess.STDOUT,
                )
                said, _ = await process.communicate()
                print(f"==== {file}\n{said.decode(errors='replace')}", flush=True)
                if process.returncode and file not in repeated:
                    repeated.add(file)
                    waiting.append(file)
                else:
                    failed += bool(process.returncode)
        return failed + _complain(stage)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work()) for _ in range(min(demos, len(files)))]
    return sum(task.result() for task in tasks)


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="scripts/browser.py")
    parser.add_argument("--port", type=int, default=None)
    parser.add_argument("--models", nargs="+", default=virtual.models())
    parser.add_argument(
        "--each", nargs="+", metavar="FILE", help="run the program once per file"
    )
    parser.add_argument(
        "--demos", type=int, default=1, help="so many run files side by side"
    )
    parser.add_argument("program", nargs="+")
    options = parser.parse_args()
    if options.each:
        work = run_each(options.demos, options.models, options.program, options.each)
    else:
        work = run(options.port or free_port(), options.models, options.program)
    try:
        return min(asyncio.run(work), 1)
    except* DemoError as group:
        for error in group.exceptions:
            print(error, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
