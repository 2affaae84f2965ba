"""Machine to /detail: one small function per field (docs/protocol/detail.md §2)."""

from collections.abc import Callable, Mapping
import math

from ..machine.device import Device
from ..machine.job import Job
from ..machine.physics import Heater
from ..machine.status import Status
from ..models.files import StoredFile, Tool
from ..models.quirks import Estimate, Quirks
from . import station

type Field = Callable[[Device], object]

_WORDS: Mapping[Status, Callable[[Quirks], str]] = {
    Status.CALIBRATING: lambda quirks: quirks.calibrating_word,
    Status.STARTING: lambda quirks: quirks.warm_up_word,
    Status.HEATING: lambda quirks: quirks.warm_up_word,
    Status.PAUSING: lambda quirks: quirks.pausing_word,
    Status.PAUSED: lambda quirks: quirks.paused_word,
    Status.CANCELED: lambda quirks: quirks.canceled_word,
}
_ESTIMATES: Mapping[Estimate, Callable[[Device, Job], float]] = {
    Estimate.REMAINING: lambda d, job: (
        job.remaining * 100 / max(d.machine.speed_factor, 1)
    ),
    Estimate.TOTAL: lambda _, job: job.file.print_seconds,
    Estimate.TOTAL_THEN_ELAPSED: lambda _, job: (
        int(job.elapsed) if job.started else job.file.print_seconds
    ),
}


def _switch(on: bool) -> str:
    return "open" if on else "close"


def _status(device: Device) -> str:
    machine = device.machine
    if (window := machine.start_window) is not None:
        return window.word
    if machine.feed is not None and machine.status is Status.READY:
        return device.quirks.feeding_word
    word = _WORDS.get(machine.status)
    return word(device.quirks) if word is not None else machine.status.value


def _from_job[T](read: Callable[[Device, Job], T], otherwise: T) -> Field:
    """Read a field from the job, if there is one."""

    def field(device: Device) -> T:
        job = device.machine.job
        return otherwise if job is None else read(device, job)

    return field


def _progress(device: Device, job: Job) -> float:
    if device.machine.status is Status.COMPLETED:
        return device.quirks.completed_progress
    return round(job.progress, 4)


def _speed_adjust(device: Device) -> float:
    machine = device.machine
    return (
        device.quirks.idle_speed_adjust if machine.job is None else machine.speed_factor
    )


def _speed(device: Device) -> int:
    machine = device.machine
    if machine.status is not Status.PRINTING:
        return 0
    return round(device.model.mm_per_second * machine.speed_factor / 100)


def _degrees(device: Device, value: float, *, held: bool = False) -> float:
    if held and device.quirks.temperature_ripple:
        swing = math.sin(device.clock.now() / 7 + value)
        value += swing * device.quirks.temperature_ripple
    return round(value) if device.quirks.whole_degrees else round(value, 2)


def _temperature(device: Device, heater: Heater) -> float:
    value, target = heater.temperature, heater.target
    return _degrees(device, value, held=bool(target) and abs(value - target) < 1)


def _target(device: Device, heater: Heater) -> float:
    return _degrees(device, heater.target)


def _nozzle(read: Callable[[Device, Heater], float], index: int) -> Field:
    """Read a nozzle; one that is not there reads 0 (docs/protocol/detail.md §2)."""

    def field(device: Device) -> float:
        nozzles = device.machine.nozzles
        return read(device, nozzles[index]) if index < len(nozzles) else 0

    return field


def _chamber(read: Callable[[Device, Heater], float], index: int) -> Field:
    def field(device: Device) -> float:
        chamber = device.machine.chamber
        missing = device.quirks.no_chamber[index]
        return missing if chamber is None else read(device, chamber)

    return field


def _nozzle_model(device: Device) -> str:
    tools = device.model.tools if device.quirks.nozzle_model_per_tool else 1
    return ";".join(["0.4mm"] * tools)


def _camera_url(device: Device) -> str:
    sends = device.quirks.sends_camera_url and device.machine.stream_on
    if not (sends and device.has_camera):
        return ""
    return f"http://{device.host}:{device.camera_port}/?action=stream"


def _position(device: Device) -> list[float]:
    job = device.machine.running_job
    if job is None or not job.started:
        return list(device.machine.motion.position.values())
    angle = job.elapsed / 3
    x, y = 110 + 40 * math.cos(angle), 110 + 40 * math.sin(angle)
    return [round(x, 1), round(y, 1), round(job.layer * 0.2, 1)]


def _first_material(_: Device, job: Job) -> str:
    return next((tool.material for tool in job.file.used.values()), "")


FIELDS: Mapping[str, Field] = {
    "status": _status,
    "errorCode": lambda d: d.machine.error_code or d.quirks.no_error,
    "printFileName": _from_job(lambda _, job: job.name, ""),
    "printFileThumbUrl": _from_job(
        lambda d, _: f"http://{d.host}:{d.http_port}/getThum", ""
    ),
    "printProgress": _from_job(_progress, 0.0),
    "printDuration": _from_job(lambda _, job: int(job.elapsed), 0),
    "estimatedTime": _from_job(
        lambda d, job: round(_ESTIMATES[d.quirks.estimate](d, job), 1), 0.0
    ),
    "printLayer": _from_job(lambda _, job: job.layer, 0),
    "targetPrintLayer": _from_job(lambda _, job: job.layers, 0),
    "fillAmount": _from_job(lambda _, job: job.file.fill, 0),
    "estimatedRightLen": _from_job(lambda _, job: job.file.filament_mm, 0.0),
    "estimatedRightWeight": _from_job(lambda _, job: job.file.filament_g, 0.0),
    "estimatedLeftLen": lambda _: 0,
    "estimatedLeftWeight": lambda _: 0.0,
    "rightFilamentType": _from_job(_first_material, ""),
    "leftFilamentType": lambda _: "",
    "currentPrintSpeed": _speed,
    "printSpeedAdjust": _speed_adjust,
    "zAxisCompensation": lambda d: d.machine.z_offset,
    "rightTemp": _nozzle(_temperature, 0),
    "rightTargetTemp": _nozzle(_target, 0),
    "leftTemp": _nozzle(_temperature, 1),
    "leftTargetTemp": _nozzle(_target, 1),
    "nozzleTemps": lambda d: [_temperature(d, n) for n in d.machine.nozzles],
    "nozzleTargetTemps": lambda d: [_target(d, n) for n in d.machine.nozzles],
    "platTemp": lambda d: _temperature(d, d.machine.bed),
    "platTargetTemp": lambda d: _target(d, d.machine.bed),
    "chamberTemp": _chamber(_temperature, 0),
    "chamberTargetTemp": _chamber(_target, 1),
    "coolingFanSpeed": lambda d: d.machine.part_fan,
    "coolingFanLeftSpeed": lambda d: d.machine.left_part_fan,
    "chamberFanSpeed": lambda d: d.machine.chamber_fan,
    "internalFanStatus": lambda d: _switch(d.machine.internal_filter),
    "externalFanStatus": lambda d: _switch(d.machine.external_filter),
    "clearFanStatus": lambda _: "open",
    "lightStatus": lambda d: _switch(d.machine.light),
    "doorStatus": lambda d: _switch(d.model.door_sensor and d.machine.door_open),
    "tvoc": lambda d: round(d.machine.fumes) if d.model.air_sensor else 0,
    "autoShutdown": lambda d: _switch(d.machine.auto_off),
    "autoShutdownTime": lambda d: d.machine.auto_off_minutes,
    "camera": lambda d: 1 if d.has_camera else 2,
    "cameraStreamUrl": _camera_url,
    "lidar": lambda _: 1,
    "moveCtrl": lambda _: 1,
    "extrudeCtrl": lambda _: 1,
    "coordinate": _position,
    "hasLeftFilament": lambda _: False,
    "hasRightFilament": station.extruder_loaded,
    "hasMatlStation": lambda d: d.machine.station_connected,
    "matlStationInfo": station.station,
    "indepMatlInfo": station.direct_feed,
    "jobId": lambda _: "",
    "cumulativePrintTime": lambda d: int(d.machine.lifetime_minutes),
    "cumulativeFilament": lambda d: round(d.machine.lifetime_meters, 2),
    "remainingDiskSpace": lambda d: round(d.machine.free_storage_gb, 2),
    "pid": lambda d: d.model.pid,
    "name": lambda d: d.name,
    "model": lambda d: d.model.name,
    "firmwareVersion": lambda d: d.firmware,
    "macAddr": lambda d: d.mac,
    "ipAddr": lambda d: d.host,
    "location": lambda _: "Group A",
    "measure": lambda d: d.model.measure,
    "nozzleCnt": lambda d: d.model.tools,
    "nozzleModel": _nozzle_model,
    "nozzleStyle": lambda d: d.model.nozzle_style,
    "flashRegisterCode": lambda _: "",
    "polarRegisterCode": lambda _: "",
}


def detail(device: Device) -> dict[str, object]:
    """Return the present /detail object, with overrides and omissions."""
    device.machine.timeline.sync()
    with device.machine.timeline.undisturbed():
        values = {name: FIELDS[name](device) for name in device.model.fields}
        if (window := device.machine.start_window) is not None:
            values |= window.numbers
    values |= device.overrides
    return {name: value for name, value in values.items() if name not in device.omit}


def file_detail(file: StoredFile) -> dict[str, object]:
    """Return an entry of `gcodeListDetail` (docs/protocol/http.md §2.4)."""
    tools = [Tool(*tool) for tool in file.tools]
    return {
        "gcodeFileName": file.name,
        "printingTime": round(file.print_seconds),
        "totalFilamentWeight": file.filament_g,
        "gcodeToolCnt": len(tools),
        "useMatlStation": file.needs_station,
        "gcodeToolDatas": [
            {
                "toolId": number,
                "slotId": tool.slot,
                "materialName": tool.material,
                "materialColor": tool.color,
                "filamentWeight": tool.grams,
            }
            for number, tool in enumerate(tools)
        ],
    }
