"""The commands that only ask; the words come from the dialect of the firmware."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
import struct
from typing import NamedTuple

from ..machine.device import Device
from ..machine.motion import AXES
from ..machine.physics import Heater
from ..machine.status import JOB_RUNS, Status
from ..models.dialect import BED_FIRST
from ..models.files import StoredFile
from ..print_files.thumbnails import thumbnail

_LIST_MARK = b"D\xaa\xaaD"
_NAME_MARK = b"::\xa3\xa3"
_FOLDERS = ("0:/user/", "/data/", "[FLASH]/")
_LOST = -1000
_COLD = 1.0


class LineError(Exception):
    """The printer answers with an error instead of data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The lines between the two of every reply, and the data after its `ok`."""

    lines: tuple[str, ...] = ()
    data: bytes = b""


class _Heat(NamedTuple):
    """A temperature and its target, as text."""

    now: str
    target: str


def bare_name(path: str) -> str:
    """Return the name of a file without its folder."""
    for folder in _FOLDERS:
        path = path.removeprefix(folder)
    return path


def stored(device: Device, path: str) -> StoredFile:
    """Return a file of the memory; LineError if there is none."""
    name = bare_name(path)
    for file in device.files:
        if file.name == name:
            return file
    raise LineError("Error: File not exists")


def _filled(lines: tuple[str, ...], facts: Mapping[str, object]) -> Reply:
    return Reply(lines=tuple(line.format_map(facts) for line in lines))


def identity(device: Device, _rest: str) -> Reply:
    """Answer `M115`."""
    x, y, z = device.model.volume
    facts = {
        "machine_type": device.model.machine_type or f"Flashforge {device.model.name}",
        "name": device.name,
        "firmware": device.firmware,
        "serial": device.serial,
        "x": x,
        "y": y,
        "z": z,
        "tools": device.model.tools,
        "mac": device.mac,
        "digits": device.mac.replace(":", ""),
    }
    return _filled(device.quirks.dialect.identity, facts)


def state(device: Device, _rest: str) -> Reply:
    """Answer `M119`."""
    machine, dialect = device.machine, device.quirks.dialect
    status, mode = dialect.words.get(machine.status, ("READY", "READY"))
    if machine.status is Status.HEATING and _cold(machine.bed):
        status, mode = dialect.words.get(BED_FIRST, (status, mode))
    x, y, _ = device.model.volume
    runs = machine.status in JOB_RUNS
    job = machine.job if runs or dialect.keeps_file else None
    facts = {
        "status": status,
        "mode": mode,
        "light": int(machine.light),
        "switch": "on" if machine.light else "off",
        "file": "" if job is None else job.name,
        "runs": int(runs),
        "x": x,
        "y": y,
        "x_end": x // 2,
        "y_end": y // 2,
    }
    return _filled(dialect.state, facts)


def _cold(heater: Heater) -> bool:
    return heater.temperature < heater.target - _COLD


def temperatures(device: Device, _rest: str) -> Reply:
    """Answer `M105`."""
    dialect, machine = device.quirks.dialect, device.machine

    def heat(heater: Heater) -> _Heat:
        both = (heater.temperature, heater.target)
        if dialect.whole_degrees:
            return _Heat(*(str(round(value)) for value in both))
        return _Heat(*(f"{value:.1f}" for value in both))

    facts = {f"t{number}": heat(each) for number, each in enumerate(machine.nozzles)}
    return _filled((dialect.temperatures,), facts | {"bed": heat(machine.bed)})


def progress(device: Device, _rest: str) -> Reply:
    """Answer `M27`."""
    machine, dialect = device.machine, device.quirks.dialect
    job = machine.job
    part = 0.0 if job is None else job.progress
    total = dialect.total
    if total is None:
        total = 0 if job is None else job.file.size
        # The last byte is counted twice.
        done = int(part * total) + (total > 0 and part >= 1)
    else:
        done = int(part * total)
    facts = {
        "done": done,
        "total": total,
        "layer": 0 if job is None else job.layer,
        "layers": 0 if job is None else job.layers,
    }
    runs = machine.status in JOB_RUNS
    return _filled(dialect.progress if runs else dialect.progress_idle, facts)


def position(device: Device, _rest: str) -> Reply:
    """Answer `M114`."""
    motion, dialect = device.machine.motion, device.quirks.dialect
    facts: dict[str, float] = {axis: motion.position[axis] + 0.0 for axis in AXES}
    if dialect.lost_axis is not None and device.machine.status in JOB_RUNS:
        facts[dialect.lost_axis] = _LOST
    facts["a"] = motion.extruder + 0.0
    return _filled((dialect.position,), facts)


def version(device: Device, _rest: str) -> Reply:
    """Answer `M650`."""
    return Reply(lines=device.quirks.dialect.version)


def list_files(device: Device, _rest: str) -> Reply:
    """Answer `M661`: all files, not only the ten of `/gcodeList` (docs/protocol/tcp.md §5)."""
    if device.quirks.dialect.lists_lines:
        if not device.files:
            raise LineError("CMD M661 Error.")
        count = f"info_list.size: {len(device.files)}"
        return Reply(lines=(count, *(file.name for file in device.files)))
    folder = device.quirks.dialect.list_folder
    names = [f"{folder}{file.name}".encode() for file in device.files]
    data = _LIST_MARK + struct.pack(">I", len(names))
    data += b"".join(_NAME_MARK + struct.pack(">I", len(n)) + n for n in names)
    return Reply(data=data)


def picture(device: Device, rest: str) -> Reply:
    """Answer `M662`; a printer without HTTP has a picture for every file."""
    form, file = device.quirks.dialect.picture, stored(device, rest)
    image = thumbnail(file, form.image_format)
    if not image and not device.model.http:
        image = thumbnail(replace(file, preview=None), form.image_format)
    image += bytes(form.excess)
    return Reply(data=form.mark + struct.pack(">I", len(image)) + image)
