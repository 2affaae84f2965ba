"""The commands of port 8899: a table from code to what the firmware does.

A command that is not in the table, or not among those of the model, is acknowledged
and does nothing.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
import re
import struct

from ..machine.device import Device
from ..machine.motion import AXES
from ..machine.status import NotNowError, Status
from ..print_files.thumbnails import thumbnail

_LIST_MARK = b"D\xaa\xaaD"
_NAME_MARK = b"::\xa3\xa3"
_PICTURE_MARK = b"\xa2\xa2**"
_PARAMETER = re.compile(r"([A-Za-z])\s*(-?\d+(?:\.\d+)?)")
_PRINTING = frozenset({Status.HEATING, Status.PRINTING, Status.PAUSING})
_MACHINE_STATUS: Mapping[Status, tuple[str, str]] = {
    Status.READY: ("READY", "READY"),
    Status.ERROR: ("READY", "READY"),
    Status.CANCELED: ("READY", "READY"),
    Status.BUSY: ("BUSY", "HOMING"),
    Status.CALIBRATING: ("BUSY", "MOVING"),
    Status.STARTING: ("BUSY", "READY"),
    Status.CANCELING: ("BUSY", "MOVING"),
    Status.HEATING: ("BUILDING_FROM_SD", "WAIT_ON_TOOL"),
    Status.PRINTING: ("BUILDING_FROM_SD", "MOVING"),
    Status.PAUSING: ("BUILDING_FROM_SD", "PAUSED"),
    Status.PAUSED: ("PAUSED", "PAUSED"),
    Status.COMPLETED: ("BUILDING_COMPLETED", "PAUSED"),
}


class LineError(Exception):
    """The printer answers with an error instead of data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The lines between the two of every reply, and the data after its `ok`."""

    lines: tuple[str, ...] = ()
    data: bytes = b""


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
    return {letter.upper(): float(value) for letter, value in _PARAMETER.findall(rest)}


def _identity(device: Device, _rest: str) -> Reply:
    x, y, z = device.model.volume
    return Reply(
        lines=(
            f"Machine Type: Flashforge {device.model.name}",
            f"Machine Name: {device.name}",
            f"Firmware: v{device.firmware}",
            f"SN: {device.serial}",
            f"X: {x} Y: {y} Z: {z}",
            f"Tool Count: {device.model.tools}",
            f"Mac Address:{device.mac}",
        )
    )


def _state(device: Device, _rest: str) -> Reply:
    machine = device.machine
    status, mode = _MACHINE_STATUS[machine.status]
    width, depth, _ = device.model.volume
    return Reply(
        lines=(
            f"Endstop: X-max: {width // 2} Y-max: {depth // 2} Z-min: 0",
            f"MachineStatus: {status}",
            f"MoveMode: {mode}",
            "Status: S:1 L:0 J:0 F:0",
            f"LED: {int(machine.light)}",
            f"CurrentFile: {machine.job.name if machine.job is not None else ''}",
        )
    )


def _temperatures(device: Device, _rest: str) -> Reply:
    nozzle, bed = device.machine.nozzles[0], device.machine.bed
    text = (
        f"T0:{nozzle.temperature:.1f}/{nozzle.target:.1f} T1:0.0/0.0 "
        f"B:{bed.temperature:.1f}/{bed.target:.1f}"
    )
    return Reply(lines=(text,))


def _progress(device: Device, _rest: str) -> Reply:
    job = device.machine.job
    done = 0 if job is None else int(job.progress * 100)
    layers = "0/0" if job is None else f"{job.layer}/{job.layers}"
    return Reply(lines=(f"SD printing byte {done}/100", f"Layer: {layers}"))


def _position(device: Device, _rest: str) -> Reply:
    motion = device.machine.motion
    axes = " ".join(f"{axis.upper()}:{motion.position[axis]:.3f}" for axis in AXES)
    return Reply(lines=(f"{axes} A:{motion.extruder:.3f} B:0",))


def _list_files(device: Device, _rest: str) -> Reply:
    """List all files, not only the ten of `/gcodeList` (docs/protocol/tcp.md §5)."""
    names = [f"/data/{file.name}".encode() for file in device.files]
    data = _LIST_MARK + struct.pack(">I", len(names))
    data += b"".join(_NAME_MARK + struct.pack(">I", len(n)) + n for n in names)
    return Reply(data=data)


def _thumbnail(device: Device, rest: str) -> Reply:
    name = rest.removeprefix("/data/")
    for file in device.files:
        if file.name == name:
            picture = thumbnail(file)
            return Reply(data=_PICTURE_MARK + struct.pack(">I", len(picture)) + picture)
    raise LineError("Error: File not exists")


def _print(device: Device, rest: str) -> None:
    """Select a file, which also starts it on these printers (docs/protocol/tcp.md §3)."""
    name = rest.removeprefix("0:/user/")
    if name not in {file.name for file in device.files}:
        raise LineError("Error: File not exists")
    device.machine.start_job(name)


def _nozzle(device: Device, rest: str) -> None:
    if (target := _parameters(rest).get("S")) is not None:
        device.machine.nozzles[0].target = target


def _bed(device: Device, rest: str) -> None:
    if (target := _parameters(rest).get("S")) is not None:
        device.machine.bed.target = target


def _fan(device: Device, rest: str) -> None:
    speed = min(max(_parameters(rest).get("S", 255), 0), 255)
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


def _home(device: Device, _rest: str) -> None:
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
    "M115": LineCommand(_identity, writes=False),
    "M119": LineCommand(_state, writes=False),
    "M105": LineCommand(_temperatures, writes=False),
    "M27": LineCommand(_progress, writes=False),
    "M114": LineCommand(_position, writes=False),
    "M661": LineCommand(_list_files, writes=False),
    "M662": LineCommand(_thumbnail, writes=False),
    "M23": LineCommand(_print),
    "M24": LineCommand(_job("resume")),
    "M25": LineCommand(_job("pause")),
    "M26": LineCommand(_job("cancel")),
    "M104": LineCommand(_nozzle),
    "M140": LineCommand(_bed),
    "M106": LineCommand(_fan),
    "M107": LineCommand(_fan_off),
    "M146": LineCommand(_light),
    "M17": LineCommand(_nothing),
    "M18": LineCommand(_motors_off),
    "M405": LineCommand(_runout(True)),
    "M406": LineCommand(_runout(False)),
    "G28": LineCommand(_home, blocks=True),
    "G90": LineCommand(_relative(False)),
    "G91": LineCommand(_relative(True)),
    "G92": LineCommand(_set_position),
    "G1": LineCommand(_move),
}
"""All commands but `M601` and `M602`, which belong to the connection."""

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
