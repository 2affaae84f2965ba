"""A demo with all printers for `scripts/frontend`: the tests in the browser run beside it.

The program that is given gets two addresses in its environment: HOME_ASSISTANT, and
CONTROL, which carries out the commands of the simulator's console that are posted to it.
"""

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
import os
from pathlib import Path
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


def _controls(printers: Sequence[Printer]) -> web.Application:
    async def carry_out(request: web.Request) -> web.Response:
        return web.Response(text=await execute(printers, await request.text()))

    application = web.Application()
    application.router.add_post("/", carry_out)
    return application


async def _listen(application: web.Application, stack: AsyncExitStack) -> str:
    port = free_port()
    runner = web.AppRunner(application)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, LOOPBACK, port).start()
    return f"http://{LOOPBACK}:{port}/"


async def run(port: int, models: Sequence[str], program: Sequence[str]) -> int:
    """Start everything, add every printer, and return what the program returns."""
    with tempfile.TemporaryDirectory(prefix="flashforge-browser-") as folder:
        home = Home(Path(folder) / "config")
        home.prepare(INTEGRATION, [LOOPBACK], port)
        async with AsyncExitStack() as stack:
            printers = virtual.build(
                models, virtual.unused_hosts(len(models)), 1, unique=True
            )
            await virtual.start(printers, stack)
            control = await _listen(_controls(printers), stack)
            server = Server(home, port)
            stack.push_async_callback(server.stop)
            await server.start()
            await server.wait_until_up(lambda _: None)
            async with Hub(server.base) as hub:
                await journey.until(hub.running, bool, _START_SECONDS)
                for printer in printers:
                    await journey.add(hub, printer)
            print(f"HOME_ASSISTANT={server.base} CONTROL={control}", flush=True)
            process = await asyncio.create_subprocess_exec(
                *program,
                env=os.environ | {"HOME_ASSISTANT": server.base, "CONTROL": control},
            )
            code = await process.wait()
        problems = verdict.log_problems(home.read_log())
    for problem in problems:
        print(f"  wrong: {problem}", file=sys.stderr)
    return code or bool(problems)


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="scripts/browser.py")
    parser.add_argument("--port", type=int, default=None)
    parser.add_argument("--models", nargs="+", default=virtual.models())
    parser.add_argument("program", nargs="+")
    options = parser.parse_args()
    try:
        return asyncio.run(
            run(options.port or free_port(), options.models, options.program)
        )
    except DemoError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
