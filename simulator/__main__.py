"""Run virtual printers: `python -m simulator --model ad5x --host 127.0.0.2`."""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import replace
import ipaddress
from itertools import zip_longest
import signal
import sys

from .console import execute
from .models.catalog import MODELS
from .printer import Printer
from .system.clock import SystemClock

_RIPPLE = 0.3
_COLUMNS = "  {:<3}{:<18}{:<20}{:<22}{:<18}{:<12}"


def _factor(text: str) -> float:
    if (factor := float(text)) <= 0:
        raise ValueError
    return factor


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="Virtual FlashForge printers on real sockets.",
        epilog="--serial, --check-code, --name and --firmware may be repeated: the "
        "first belongs to the first --model, and so on.",
    )
    add = parser.add_argument
    add("--model", action="append", choices=MODELS, help="repeat for more printers")
    add(
        "--host",
        type=ipaddress.IPv4Address,
        default=ipaddress.IPv4Address("127.0.0.2"),
        help="of the first printer; the others follow",
    )
    add("--speed", type=_factor, default=1.0, help="how fast time runs")
    add("--print", action="store_true", help="start a job at once")
    add("--camera", action="store_true", help="fit a camera where it is an accessory")
    for option in ("--serial", "--check-code", "--name", "--firmware"):
        add(option, action="append", default=[], metavar="TEXT")
    add("--http-port", type=int, default=8898)
    add("--camera-port", type=int, default=8080)
    add("--tcp-port", type=int, default=8899)
    add("--discovery-port", type=int, default=19000)
    add("--list", action="store_true", help="list the models and stop")
    return parser.parse_args(argv)


def _printers(args: argparse.Namespace) -> list[Printer]:
    models = args.model or ["ad5x"]
    texts = zip_longest(args.serial, args.check_code, args.name, args.firmware)
    printers = []
    for index, (model, given) in enumerate(zip_longest(models, texts)):
        serial, check_code, name, firmware = given or (None,) * 4
        printer = Printer(
            model,
            host=str(args.host + index),
            http_port=args.http_port,
            camera_port=args.camera_port,
            tcp_port=args.tcp_port,
            discovery_port=args.discovery_port,
            serial=serial,
            check_code=check_code,
            name=name,
            firmware=firmware,
            clock=SystemClock(args.speed),
            camera=args.camera or None,
        )
        printer.quirks = replace(printer.quirks, temperature_ripple=_RIPPLE)
        printers.append(printer)
    return printers


def _list_models() -> str:
    return "\n".join(
        f"  {spec.key:18}{spec.name:20}firmware {', '.join(spec.firmwares)}"
        for spec in MODELS.values()
    )


def _table(printers: Sequence[Printer]) -> str:
    rows = [("", "model", "name", "address", "serial", "check code")]
    for number, printer in enumerate(printers, start=1):
        http = printer.model.http
        address = f"{printer.host}:{printer.http_port if http else printer.tcp_port}"
        row = (f"{number}", printer.model.key, printer.name, address, printer.serial)
        rows.append((*row, printer.check_code if http else "none"))
    return "\n".join(_COLUMNS.format(*row).rstrip() for row in rows)


async def _converse(printers: Sequence[Printer]) -> None:
    """Carry out typed commands until `quit` or the end of the input."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop.add_reader(sys.stdin, lambda: lines.put_nowait(sys.stdin.readline()))
    try:
        print("`help` lists the commands.")
        while True:
            print("> ", end="", flush=True)
            line = await lines.get()
            if not line or line.strip() in {"quit", "exit"}:
                return
            if line.strip():
                print(await execute(printers, line))
    finally:
        loop.remove_reader(sys.stdin)


async def _serve(printers: Sequence[Printer], *, job: bool) -> int:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    for printer in printers:
        try:
            await printer.start()
        except OSError as err:
            print(f"{printer.name} cannot start: {err.strerror}", file=sys.stderr)
            return 1
        if job:
            printer.machine.start_job()
    print(_table(printers), flush=True)
    waits: list[asyncio.Task[object]] = [loop.create_task(stopped.wait())]
    if sys.stdin.isatty():
        waits.append(loop.create_task(_converse(printers)))
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for task in waits:
        task.cancel()
    await asyncio.gather(*waits, return_exceptions=True)
    return 0


async def _run(args: argparse.Namespace) -> int:
    printers = _printers(args)
    try:
        return await _serve(printers, job=args.print)
    finally:
        for printer in printers:
            await printer.stop()


def main(argv: Sequence[str] | None = None) -> int:
    """Run until a signal comes, `quit` is typed or the input ends."""
    args = _arguments(argv)
    if args.list:
        print(_list_models())
        return 0
    return asyncio.run(_run(args))


if __name__ == "__main__":
    sys.exit(main())
