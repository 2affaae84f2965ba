"""The virtual printers of the demo, the first one in the middle of a job."""

from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
import errno
from ipaddress import IPv4Address
import random
import secrets
import socket

from simulator import MODELS, Printer, Quirks, SystemClock

from .server import DemoError

HTTP_PORT = 8898
FIRST_HOST = IPv4Address("127.0.0.2")
_OLDER = ("adventurer3", "adventurer4")
# Real printers have codes of eight digits; each demo printer has its own.
_CODES = ("48151623", "27182818", "31415926", "16180339", "14142135", "17320508")
_PART_DONE = 0.42
# How far a heated nozzle swings, in °C, as on a real printer.
_RIPPLE = 0.3
_BEFORE_WARM_UP = 120.0


def models() -> list[str]:
    """Return the models that the demo offers: all with HTTP, and two of the older ones."""
    return [*(key for key, spec in MODELS.items() if spec.http), *_OLDER]


def build(
    keys: Sequence[str], hosts: Iterable[str], speed: float, *, unique: bool = False
) -> list[Printer]:
    """Build one printer per model, all but the first one idle.

    ``unique`` gives them serials that differ from those of every other running demo.
    """
    printers = [
        Printer(
            key,
            host=host,
            serial=f"SNMOCK{secrets.token_hex(4).upper()}" if unique else None,
            check_code=code,
            clock=SystemClock(speed),
            quirks=replace(_quirks(key), temperature_ripple=_RIPPLE),
            # The camera is an accessory on some models; the demo has it on all.
            camera=True,
        )
        for key, host, code in zip(keys, hosts, _codes(len(keys)), strict=False)
    ]
    _print(printers[0])
    return printers


def _quirks(key: str) -> Quirks:
    return MODELS[key].quirks(MODELS[key].firmware)


def _codes(count: int) -> list[str]:
    return [*_CODES, *(f"{number:08d}" for number in range(count))][:count]


def _print(printer: Printer) -> None:
    """Start a job and move the printer to the middle of it."""
    job = printer.machine.start_job()
    clock = printer.clock
    if isinstance(clock, SystemClock):
        clock.advance(_BEFORE_WARM_UP)
        if printer.machine.warming_up:
            printer.machine.finish_warm_up()
        clock.advance(job.file.print_seconds * _PART_DONE)


def address_port(printer: Printer) -> int:
    """Return the port of the interface over which a printer is set up."""
    return printer.http_port if printer.model.http else printer.tcp_port


async def start(printers: Iterable[Printer], stack: AsyncExitStack) -> None:
    """Switch the printers on; closing the stack switches them off."""
    for printer in printers:
        try:
            await stack.enter_async_context(printer)
        except OSError as error:
            raise DemoError(_why(printer, error)) from error


def _why(printer: Printer, error: OSError) -> str:
    where = f"the virtual {printer.model.name} on {printer.host}"
    match error.errno:
        case errno.EADDRINUSE:
            ports = f"{address_port(printer)}, {printer.camera_port}"
            return (
                f"A port of {where} is taken ({ports}). Is another demo or "
                "simulator running?"
            )
        case errno.EADDRNOTAVAIL:
            return (
                f"This system has no address {printer.host}. Linux has all of "
                f"127.0.0.0/8; on macOS: sudo ifconfig lo0 alias {printer.host}"
            )
    return f"Could not start {where}: {error}"


def hosts(count: int, first: IPv4Address = FIRST_HOST) -> list[str]:
    """Return so many consecutive addresses."""
    return [str(first + number) for number in range(count)]


def unused_hosts(count: int) -> list[str]:
    """Return addresses on which nothing listens, away from those of the demo."""
    while True:
        first = IPv4Address(f"127.{random.randint(1, 254)}.{random.randint(0, 255)}.2")
        found = hosts(count, first)
        if all(_is_free(host) for host in found):
            return found


def _is_free(host: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, HTTP_PORT)) != 0
