"""The commands that can be typed while the simulator runs."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from .faults import LINES, Fault
from .machine.status import NotNowError, Status
from .printer import Printer
from .system.clock import ManualClock, SystemClock

_ON_OFF = {"on": True, "off": False}


class CommandError(Exception):
    """The typed command is not valid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: its arguments, its help text, and its function."""

    usage: str
    help: str
    run: Callable[[Printer, Sequence[str]], Awaitable[str]]


def describe(printer: Printer) -> str:
    """Return one line about the state of a printer."""
    machine = printer.machine
    heat = "/".join(f"{nozzle.temperature:.0f}" for nozzle in machine.nozzles)
    parts = [machine.status.value, f"nozzle {heat} °C"]
    parts.append(f"bed {machine.bed.temperature:.0f} °C")
    if (job := machine.job) is not None:
        parts.append(f"{job.name} {job.progress:.1%} layer {job.layer}/{job.layers}")
    if (feed := machine.feed) is not None:
        parts.append(f"slot {feed.spool.number} {feed.action.name.lower()}")
    if machine.error_code:
        parts.append(machine.error_code)
    parts += [active.fault.value for active in printer.faults.active]
    return ", ".join(parts)


def _one[T](table: Mapping[str, T], words: Sequence[str], index: int = 0) -> T:
    word = words[index].lower() if len(words) > index else ""
    if word not in table:
        raise CommandError(f"one of {', '.join(table)} is needed")
    return table[word]


async def _status(printer: Printer, _: Sequence[str]) -> str:
    return describe(printer)


async def _files(printer: Printer, _: Sequence[str]) -> str:
    return "\n".join(
        f"  {file.name}  {file.print_seconds / 60:.0f} min" for file in printer.files
    )


async def _print(printer: Printer, words: Sequence[str]) -> str:
    try:
        job = printer.machine.start_job(" ".join(words) or None)
    except LookupError:
        raise CommandError("there is no such file; `files` lists them") from None
    return f"prints {job.name}"


async def _pause(printer: Printer, _: Sequence[str]) -> str:
    printer.machine.pause()
    return describe(printer)


async def _resume(printer: Printer, _: Sequence[str]) -> str:
    printer.machine.resume()
    return describe(printer)


async def _cancel(printer: Printer, _: Sequence[str]) -> str:
    printer.machine.cancel()
    return describe(printer)


async def _clear(printer: Printer, _: Sequence[str]) -> str:
    printer.machine.clear_plate()
    return describe(printer)


async def _skip(printer: Printer, _: Sequence[str]) -> str:
    machine = printer.machine
    (machine.finish_warm_up if machine.warming_up else machine.finish_job)()
    return describe(printer)


async def _error(printer: Printer, words: Sequence[str]) -> str:
    printer.machine.set_error(words[0].upper() if words else None)
    return describe(printer)


async def _fail(printer: Printer, words: Sequence[str]) -> str:
    if not words:
        raise CommandError("an error code such as E0009 is needed")
    printer.machine.fail(words[0].upper())
    return describe(printer)


async def _dismiss(printer: Printer, _: Sequence[str]) -> str:
    printer.machine.clear_error()
    return describe(printer)


async def _calibrate(printer: Printer, _: Sequence[str]) -> str:
    printer.machine.calibrate()
    return describe(printer)


async def _hold(printer: Printer, words: Sequence[str]) -> str:
    held = _one(_ON_OFF, words)
    if not isinstance(printer.clock, SystemClock):
        raise CommandError("its clock is moved by hand")
    printer.clock.hold(held=held)
    return f"time {'stands still' if held else 'runs'}"


async def _wait(printer: Printer, words: Sequence[str]) -> str:
    if not words or not words[0].isdecimal():
        raise CommandError("a number of seconds is needed")
    if not isinstance(printer.clock, SystemClock | ManualClock):
        raise CommandError("its clock cannot be moved")
    printer.clock.advance(int(words[0]))
    return describe(printer)


async def _door(printer: Printer, _: Sequence[str]) -> str:
    printer.machine.door_open = not printer.machine.door_open
    return "door open" if printer.machine.door_open else "door closed"


async def _light(printer: Printer, _: Sequence[str]) -> str:
    printer.machine.light = not printer.machine.light
    return "light on" if printer.machine.light else "light off"


async def _station(printer: Printer, _: Sequence[str]) -> str:
    machine = printer.machine
    machine.station_connected = not machine.station_connected
    return f"station {'plugged in' if machine.station_connected else 'unplugged'}"


def _slot_number(words: Sequence[str]) -> int:
    if not words or not words[0].isdecimal():
        raise CommandError("the number of a slot is needed, 0 for the external spool")
    return int(words[0])


async def _load(printer: Printer, words: Sequence[str]) -> str:
    printer.machine.load(_slot_number(words))
    return describe(printer)


async def _unload(printer: Printer, words: Sequence[str]) -> str:
    printer.machine.unload(_slot_number(words))
    return describe(printer)


async def _jam(printer: Printer, words: Sequence[str]) -> str:
    if (slot := printer.machine.slot(_slot_number(words))) is None:
        raise CommandError("there is no such slot")
    slot.jammed = not slot.jammed
    return f"slot {slot.number} {'jammed' if slot.jammed else 'free'}"


async def _fault(printer: Printer, words: Sequence[str]) -> str:
    if words[:1] == ["clear"]:
        printer.faults.clear()
        return "no faults"
    fault = _one({fault.value: fault for fault in Fault}, words)
    path = next((word for word in words[1:] if word.startswith(("/", LINES))), None)
    seconds = next((float(word) for word in words[1:] if word.isdecimal()), None)
    try:
        printer.faults.add(fault, path=path, seconds=seconds)
    except ValueError as err:
        raise CommandError(str(err)) from err
    return f"{fault} until `fault clear`"


async def _off(printer: Printer, _: Sequence[str]) -> str:
    await printer.power_off()
    return describe(printer)


async def _on(printer: Printer, _: Sequence[str]) -> str:
    if printer.machine.status is not Status.OFF:
        raise CommandError("it is on")
    await printer.power_on()
    return describe(printer)


async def _code(printer: Printer, words: Sequence[str]) -> str:
    if not words:
        raise CommandError("the new check code is needed")
    printer.check_code = words[0]
    return f"check code {printer.check_code}"


async def _lan(printer: Printer, words: Sequence[str]) -> str:
    printer.lan_mode = _one(_ON_OFF, words)
    return f"LAN mode {'on' if printer.lan_mode else 'off'}"


COMMANDS: Mapping[str, Command] = {
    "status": Command(usage="[n]", help="show its state", run=_status),
    "files": Command(usage="[n]", help="the files in its memory", run=_files),
    "print": Command(usage="[n] [file]", help="start a job", run=_print),
    "pause": Command(usage="[n]", help="pause the job", run=_pause),
    "resume": Command(usage="[n]", help="resume the job", run=_resume),
    "cancel": Command(usage="[n]", help="cancel the job", run=_cancel),
    "skip": Command(usage="[n]", help="finish the warm-up, or the job", run=_skip),
    "calibrate": Command(usage="[n]", help="level the bed", run=_calibrate),
    "hold": Command(
        usage="[n] on|off", help="let its time stand still, or run on", run=_hold
    ),
    "wait": Command(usage="n 60", help="let seconds pass at once", run=_wait),
    "clear": Command(usage="[n]", help="clear the plate", run=_clear),
    "error": Command(usage="[n] [E0163]", help="show an error code", run=_error),
    "fail": Command(usage="[n] E0009", help="stop with an error", run=_fail),
    "dismiss": Command(usage="[n]", help="dismiss an error", run=_dismiss),
    "door": Command(usage="[n]", help="open or close the door", run=_door),
    "light": Command(usage="[n]", help="switch the light", run=_light),
    "station": Command(usage="[n]", help="plug the station in or out", run=_station),
    "load": Command(
        usage="n 0-4", help="load a slot, 0 is the external spool", run=_load
    ),
    "unload": Command(usage="n 0-4", help="unload a slot", run=_unload),
    "jam": Command(usage="n 1-4", help="jam or free a slot's filament", run=_jam),
    "fault": Command(
        usage="[n] hang [/detail] [seconds] | clear",
        help="add or clear a fault",
        run=_fault,
    ),
    "off": Command(usage="[n]", help="pull the plug", run=_off),
    "on": Command(usage="[n]", help="switch it on again", run=_on),
    "code": Command(usage="[n] 12345678", help="change the check code", run=_code),
    "lan": Command(usage="[n] on|off", help="switch LAN mode", run=_lan),
}


def help_text() -> str:
    """Return the list of commands; n is the number of a printer, 1 if left out."""
    lines = [
        f"  {f'{name} {command.usage}':46}{command.help}"
        for name, command in COMMANDS.items()
    ]
    faults = ", ".join(fault.value for fault in Fault)
    return "\n".join([*lines, f"  {'quit':46}stop", f"  faults: {faults}"])


async def execute(printers: Sequence[Printer], line: str) -> str:
    """Carry out a typed line and return the text to show."""
    name, *words = line.split() or ["help"]
    if name in {"help", "?"}:
        return help_text()
    if (command := COMMANDS.get(name)) is None:
        return f"{name}: no such command; `help` lists them"
    number = int(words.pop(0)) if words and words[0].isdecimal() else 1
    if not 0 < number <= len(printers):
        return f"there is no printer {number}"
    printer = printers[number - 1]
    try:
        return f"{number} {printer.name}: {await command.run(printer, words)}"
    except (CommandError, NotNowError, OSError) as err:
        return f"{number} {printer.name}: {err}"
