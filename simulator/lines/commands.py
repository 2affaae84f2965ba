"""The commands of port 8899: a table from code to what the firmware does.

A command that is not in the table, or not among those of the model, is acknowledged
and does nothing.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
import re

from ..machine.device import Device
from ..machine.motion import AXES
from ..machine.physics import Heater
from ..machine.status import PLATE_TO_CLEAR, NotNowError, Status
from . import reads
from .reads import LineError, Reply

_PARAMETER = re.compile(r"([A-Za-z])\s*(-?\d+(?:\.\d+)?)")
_WHOLE = re.compile(r"S\d+(?!\.)\b")
_LONGEST_NAME = 32
_HUGE = 1e9
_PRINTING = frozenset({Status.HEATING, Status.PRINTING, Status.PAUSING})
_STANDS = PLATE_TO_CLEAR | {Status.READY}


type Run = Callable[[Device, str], Reply | None]


@dataclass(frozen=True, slots=True)
class LineCommand:
    """A command; `writes` means that it needs control.

    With `blocks` the reply is held back until the machine is done.
    """

    run: Run
    writes: bool = True
    blocks: bool = False


def _parameters(rest: str) -> dict[str, float]:
    found = _PARAMETER.findall(rest)
    return {
        letter.upper(): min(max(float(value), -_HUGE), _HUGE) for letter, value in found
    }


def _start(device: Device, name: str) -> None:
    machine = device.machine
    if device.quirks.frees_plate and machine.status in PLATE_TO_CLEAR:
        machine.clear_plate()
    machine.start_job(name)


def _select(device: Device, rest: str) -> Reply:
    """Select a file, which also starts it on most printers (docs/protocol/adventurer-3-4.md §1)."""
    file, quirks = reads.stored(device, rest), device.quirks
    if quirks.selects_only:
        device.selected = file.name
    else:
        with suppress(NotNowError):
            _start(device, file.name)
    facts = {"name": file.name, "path": rest, "size": file.size}
    return Reply(lines=tuple(each.format_map(facts) for each in quirks.dialect.opened))


def _resume(device: Device, _rest: str) -> None:
    """Resume the job, or start the selected file."""
    if device.selected is None or device.machine.status not in _STANDS:
        device.machine.resume()
        return
    name, device.selected = device.selected, None
    _start(device, name)


def _set_target(device: Device, heater: Heater, rest: str) -> None:
    exact = device.quirks.integers_only and _WHOLE.search(rest.upper()) is None
    target = _parameters(rest).get("S")
    if target is not None and not exact:
        heater.target = target


def _nozzle(device: Device, rest: str) -> None:
    nozzles = device.machine.nozzles
    number = int(_parameters(rest).get("T", 0))
    if 0 <= number < len(nozzles):
        _set_target(device, nozzles[number], rest)


def _bed(device: Device, rest: str) -> None:
    _set_target(device, device.machine.bed, rest)


def _fan(device: Device, rest: str) -> None:
    # The older printers know no number.
    given = _parameters(rest) if device.model.http else {}
    speed = min(max(given.get("S", 255), 0), 255)
    device.machine.part_fan = round(speed / 255 * 100)


def _fan_off(device: Device, _rest: str) -> None:
    device.machine.part_fan = 0


def _light(device: Device, rest: str) -> None:
    colors = _parameters(rest)
    device.machine.light = any(colors.get(channel) for channel in "RGB")


def _motors_off(device: Device, _rest: str) -> None:
    if device.machine.status in _PRINTING:
        raise LineError("printing can not send M18")
    device.machine.motion.homed = False


def _runout(on: bool) -> Run:
    def run(device: Device, _rest: str) -> None:
        device.machine.runout_sensor = on

    return run


def _rear_fan(percent: int) -> Run:
    def run(device: Device, _rest: str) -> None:
        device.machine.chamber_fan = percent

    return run


def _stop(device: Device, _rest: str) -> None:
    """Stop everything: the heaters are off and the job is lost."""
    machine = device.machine
    for heater in (*machine.nozzles, machine.bed):
        heater.target = 0
    machine.cancel()


def _rename(device: Device, rest: str) -> None:
    device.name = rest.encode("ascii", "ignore")[:_LONGEST_NAME].decode()


def _home(device: Device, rest: str) -> None:
    if not (rest and device.quirks.homes_whole):
        device.machine.home()


def _relative(relative: bool) -> Run:
    def run(device: Device, _rest: str) -> None:
        device.machine.motion.relative = relative

    return run


def _set_position(device: Device, rest: str) -> None:
    motion = device.machine.motion
    given = _parameters(rest)
    motion.extruder = given.get("E", motion.extruder)
    motion.position |= {a: given[a.upper()] for a in AXES if a.upper() in given}


def _move(device: Device, rest: str) -> None:
    motion, given = device.machine.motion, _parameters(rest)
    targets = {axis: given[axis.upper()] for axis in AXES if axis.upper() in given}
    if targets:
        device.machine.move(targets, relative=motion.relative)
    if (filament := given.get("E")) is not None:
        device.machine.extrude(
            filament if motion.relative else filament - motion.extruder
        )


def _job(action: str) -> Run:
    def run(device: Device, _rest: str) -> None:
        getattr(device.machine, action)()

    return run


def _nothing(_device: Device, _rest: str) -> None:
    """Do nothing visible."""


COMMANDS: Mapping[str, LineCommand] = {
    "M115": LineCommand(reads.identity, writes=False),
    "M119": LineCommand(reads.state, writes=False),
    "M105": LineCommand(reads.temperatures, writes=False),
    "M27": LineCommand(reads.progress, writes=False),
    "M114": LineCommand(reads.position, writes=False),
    "M650": LineCommand(reads.version, writes=False),
    "M661": LineCommand(reads.list_files, writes=False),
    "M662": LineCommand(reads.picture, writes=False),
    "M23": LineCommand(_select),
    "M24": LineCommand(_resume),
    "M25": LineCommand(_job("pause")),
    "M26": LineCommand(_job("cancel")),
    "M104": LineCommand(_nozzle),
    "M140": LineCommand(_bed),
    "M106": LineCommand(_fan),
    "M107": LineCommand(_fan_off),
    "M146": LineCommand(_light),
    "M28": LineCommand(_nothing),
    "M29": LineCommand(_nothing),
    "M112": LineCommand(_stop),
    "M610": LineCommand(_rename),
    "M651": LineCommand(_rear_fan(100)),
    "M652": LineCommand(_rear_fan(0)),
    "M17": LineCommand(_nothing),
    "M18": LineCommand(_motors_off),
    "M405": LineCommand(_runout(True)),
    "M406": LineCommand(_runout(False)),
    "G28": LineCommand(_home, blocks=True),
    "G90": LineCommand(_relative(False)),
    "G91": LineCommand(_relative(True)),
    "G92": LineCommand(_set_position),
    "G0": LineCommand(_move),
    "G1": LineCommand(_move),
}
"""All commands but `M601` and `M602`; the connection does the work of `M28` and `M29`."""

UNKNOWN = LineCommand(_nothing, writes=False)


def command_of(device: Device, code: str) -> LineCommand:
    """Return a command, `UNKNOWN` if the model does not have it."""
    known = code in device.model.lines
    return COMMANDS.get(code, UNKNOWN) if known else UNKNOWN


def run(device: Device, command: LineCommand, rest: str) -> Reply:
    """Carry out a command; `LineError` if it is refused.

    A command that the machine cannot carry out now is only acknowledged.
    """
    with suppress(NotNowError):
        return command.run(device, rest) or Reply()
    return Reply()
