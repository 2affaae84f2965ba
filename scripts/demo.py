"""The demo: `scripts/demo` runs this when everything is installed."""

import argparse
import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
import importlib.metadata
import os
from pathlib import Path
import signal
import socket
import sys
import tempfile

import aiohttp

from simulator import Printer
from simulator.console import execute

from .demonstration import dashboard, journey, messages, printers as virtual, verdict
from .demonstration.home import LOOPBACK, Home
from .demonstration.hub import Hub
from .demonstration.server import DemoError, Server

ROOT = Path(__file__).resolve().parent.parent
INTEGRATION = ROOT / "custom_components/flashforge"
HOME = ROOT / ".demo"
DEFAULT_MODELS = ("ad5x", "creator5_pro", "5m_pro")
DEFAULT_PORT = 8123
EVERY_ADDRESS = "0.0.0.0"
RESTART = 100
"""The exit code with which Home Assistant requests a restart."""

_START_SECONDS = 300.0
_ROW = "  {:<3}{:<20}{:<17}{:<18}{:<12}{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of the command line."""

    models: Sequence[str]
    port: int
    host: str
    speed: float
    wipe: bool
    check: bool


def parse(arguments: Sequence[str] | None) -> Options:
    """Read the command line; scripts/demo --help describes it."""
    parser = argparse.ArgumentParser(prog="scripts/demo", add_help=False)
    known = virtual.models()
    parser.add_argument("--models", nargs="+", choices=known)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--check", action="store_true")
    keeping = parser.add_mutually_exclusive_group()
    keeping.add_argument("--keep", dest="wipe", action="store_false")
    keeping.add_argument("--wipe", dest="wipe", action="store_true")
    parser.set_defaults(wipe=False)
    given = parser.parse_args(arguments)
    others = [key for key in known if key not in DEFAULT_MODELS] if given.check else []
    given.models = given.models or [*DEFAULT_MODELS, *others]
    options = Options(**vars(given))
    if options.speed <= 0:
        parser.error("--speed has to be above zero")
    return options


def say(text: str) -> None:
    """Print the next step."""
    print(f"\033[1m==>\033[0m {text}", flush=True)


def _ticker(text: str) -> Callable[[float], None]:
    """Return a function that prints how many seconds something takes."""
    shown = -1

    def tell(seconds: float) -> None:
        nonlocal shown
        every = 1 if sys.stdout.isatty() else 10
        if (now := int(seconds) // every * every) > shown:
            shown = now
            end = "" if sys.stdout.isatty() else "\n"
            start = "\r" if sys.stdout.isatty() else ""
            print(f"{start}    {text}, {now} s ", end=end, flush=True)

    return tell


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _require_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DemoError(
                f"Home Assistant cannot use port {port} on {host}: {error.strerror}. "
                "Is it running already? --port takes another one."
            ) from error


async def _start(server: Server, stack: AsyncExitStack) -> Hub:
    """Start Home Assistant and return a logged-in connection to it."""
    version = importlib.metadata.version("homeassistant")
    say(f"starting Home Assistant {version}")
    await server.start()
    await server.wait_until_up(_ticker("not up yet"))
    hub = await stack.enter_async_context(Hub(server.base))
    await journey.until(hub.running, bool, _START_SECONDS)
    if sys.stdout.isatty():
        print("\r\033[K", end="")
    return hub


async def _set_up_first(hub: Hub, printer: Printer) -> None:
    """Add the first printer unless it is there, and show the printers."""
    if printer.serial not in await hub.devices():
        say(f"setting up the {printer.model.name}")
        await journey.add(hub, printer)
    await dashboard.show(hub)
    await messages.offer(hub, printer.serial)


def _table(printers: Sequence[Printer], known: Collection[str]) -> str:
    rows = [("", "printer", "address", "serial", "check code", "")]
    for number, printer in enumerate(printers, start=1):
        job = ", in the middle of a job" if number == 1 else ""
        what = "set up" if printer.serial in known else "discovered"
        rows.append(
            (
                str(number),
                printer.model.name,
                f"{printer.host}:{virtual.address_port(printer)}",
                printer.serial,
                printer.check_code if printer.model.http else "none",
                what + job,
            )
        )
    return "\n".join(_ROW.format(*row).rstrip() for row in rows)


def _greet(
    options: Options,
    printers: Sequence[Printer],
    known: Collection[str],
    login: tuple[str, str] | None,
) -> None:
    print(f"\n  Home Assistant    \033[1mhttp://{LOOPBACK}:{options.port}\033[0m")
    if login is not None:
        user, password = login
        print(f"  from elsewhere    user {user}, password {password}")
    print(f"  messages          Notifications, by the automation {messages.NAME}")
    print(f"  its log           {HOME / 'home-assistant.log'}\n")
    print(_table(printers, known))
    if any(printer.serial not in known for printer in printers):
        print(
            "\n  Discovered printers wait under Settings, Devices & services; each asks "
            "for its\n  check code only."
        )
    print("\n  Ctrl-C stops everything.", flush=True)


def _at_keyboard() -> bool:
    """Return whether commands can be typed: a background job must not read input."""
    return sys.stdin.isatty() and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()


async def _converse(printers: Sequence[Printer]) -> None:
    """Carry out typed commands until the input ends."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop.add_reader(sys.stdin, lambda: lines.put_nowait(sys.stdin.readline()))
    print("  `help` lists the commands for the printers.\n")
    try:
        while line := await lines.get():
            if line.strip():
                print(await execute(printers, line))
    finally:
        loop.remove_reader(sys.stdin)


async def _serve(server: Server, printers: Sequence[Printer]) -> None:
    """Run until Home Assistant ends; restart it when it requests that."""
    talk = asyncio.create_task(_converse(printers)) if _at_keyboard() else None
    try:
        while (code := await server.wait()) == RESTART:
            say("restarting Home Assistant")
            await server.start()
    finally:
        if talk is not None:
            talk.cancel()
            await asyncio.wait([talk])
    raise DemoError(server.failure(f"ended with {code}"))


async def demonstrate(options: Options) -> None:
    """Run the demo until somebody stops it."""
    home = Home(HOME)
    if options.wipe:
        home.wipe()
    _require_port(options.host, options.port)
    # The demo itself always connects from this computer.
    own = () if options.host == EVERY_ADDRESS else (LOOPBACK,)
    home.prepare(INTEGRATION, [*{options.host, *own}], options.port)
    login = None if options.host == LOOPBACK else home.set_password()
    async with AsyncExitStack() as stack:
        say("switching on the virtual printers")
        printers = virtual.build(
            options.models, virtual.hosts(len(options.models)), options.speed
        )
        await virtual.start(printers, stack)
        server = Server(home, options.port)
        stack.push_async_callback(server.stop)
        async with AsyncExitStack() as visit:
            hub = await _start(server, visit)
            await _set_up_first(hub, printers[0])
            known = await hub.devices()
        _greet(options, printers, known, login)
        await _serve(server, printers)


async def check(options: Options) -> list[str]:
    """Run a separate demo, check it and return the problems."""
    with tempfile.TemporaryDirectory(prefix="flashforge-demo-") as folder:
        home, port = Home(Path(folder) / "config"), free_port()
        home.prepare(INTEGRATION, [LOOPBACK], port)
        async with AsyncExitStack() as stack:
            say("switching on the virtual printers")
            printers = virtual.build(
                options.models,
                virtual.unused_hosts(len(options.models)),
                options.speed,
                unique=True,
            )
            await virtual.start(printers, stack)
            server = Server(home, port)
            stack.push_async_callback(server.stop)
            hub = await _start(server, stack)
            say(f"setting up the {printers[0].model.name}")
            await journey.add(hub, printers[0])
            await dashboard.show(hub)
            await messages.offer(hub, printers[0].serial)
            say("checking everything")
            wrong = await verdict.examine(hub, printers, say)
        return wrong + verdict.log_problems(home.read_log())


async def _run(options: Options) -> int:
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    stopping = False

    def stop() -> None:
        # A second Ctrl-C must not interrupt the stopping.
        nonlocal stopping
        if not stopping and task is not None:
            stopping = True
            print()
            say("stopping")
            task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop)
    try:
        if not options.check:
            await demonstrate(options)
            return 0
        wrong = await check(options)
    except asyncio.CancelledError:
        if not stopping:
            raise
        return 130 if options.check else 0
    for what in wrong:
        print(f"  \033[1;31mwrong:\033[0m {what}", file=sys.stderr)
    say(f"wrong: {len(wrong)}" if wrong else "all is as it should be")
    return 1 if wrong else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo; return 0, or 1 if it failed."""
    options = parse(arguments)
    try:
        return asyncio.run(_run(options))
    except (DemoError, aiohttp.ClientError) as error:
        print(f"\n\033[1;31m{error}\033[0m", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
