"""Machine to /detail: one small function per field (docs/protocol/detail.md §2)."""

from collections.abc import Callable, Mapping
import math
from typing import TYPE_CHECKING

from ..machine.body import Spool
from ..machine.files import StoredFile, Tool
from ..machine.status import Status
from ..models.quirks import Estimate, Quirks

if TYPE_CHECKING:
    from ..machine.job import Job
    from ..machine.physics import Heater
    from ..printer import Printer

type Field = Callable[[Printer], object]

_WORDS: Mapping[Status, Callable[[Quirks], str]] = {
    Status.CALIBRATING: lambda quirks: quirks.calibrating_word,
    Status.STARTING: lambda quirks: quirks.warm_up_word,
    Status.HEATING: lambda quirks: quirks.warm_up_word,
    Status.PAUSING: lambda quirks: quirks.pausing_word,
    Status.PAUSED: lambda quirks: quirks.paused_word,
    Status.CANCELED: lambda quirks: quirks.canceled_word,
}
_STATION_ACTIONS: Mapping[Status, Callable[[Quirks], int]] = {
    Status.CALIBRATING: lambda _: 5,
    Status.STARTING: lambda _: 5,
    Status.HEATING: lambda quirks: quirks.warm_up_station_action,
    Status.PRINTING: lambda _: 4,
    Status.PAUSING: lambda _: 4,
    Status.PAUSED: lambda _: 6,
    Status.CANCELING: lambda _: 5,
}
_ESTIMATES: Mapping[Estimate, Callable[[Printer, Job], float]] = {
    Estimate.REMAINING: lambda p, job: (
        job.remaining * 100 / max(p.machine.speed_factor, 1)
    ),
    Estimate.TOTAL: lambda _, job: job.file.print_seconds,
    Estimate.TOTAL_THEN_ELAPSED: lambda _, job: (
        int(job.elapsed) if job.started else job.file.print_seconds
    ),
}


def _switch(on: bool) -> str:
    return "open" if on else "close"


def _status(printer: Printer) -> str:
    machine = printer.machine
    if (window := machine.start_window) is not None:
        return window.word
    if machine.feed is not None and machine.status is Status.READY:
        return printer.quirks.feeding_word
    word = _WORDS.get(machine.status)
    return word(printer.quirks) if word is not None else machine.status.value


def _from_job[T](read: Callable[[Printer, Job], T], otherwise: T) -> Field:
    """Read a field from the job, if there is one."""

    def field(printer: Printer) -> T:
        job = printer.machine.job
        return otherwise if job is None else read(printer, job)

    return field


def _progress(printer: Printer, job: Job) -> float:
    if printer.machine.status is Status.COMPLETED:
        return printer.quirks.completed_progress
    return round(job.progress, 4)


def _speed_adjust(printer: Printer) -> float:
    machine = printer.machine
    return (
        printer.quirks.idle_speed_adjust
        if machine.job is None
        else machine.speed_factor
    )


def _speed(printer: Printer) -> int:
    machine = printer.machine
    if machine.status is not Status.PRINTING:
        return 0
    return round(printer.model.mm_per_second * machine.speed_factor / 100)


def _degrees(printer: Printer, value: float, *, held: bool = False) -> float:
    if held and printer.quirks.temperature_ripple:
        swing = math.sin(printer.clock.now() / 7 + value)
        value += swing * printer.quirks.temperature_ripple
    return round(value) if printer.quirks.whole_degrees else round(value, 2)


def _temperature(printer: Printer, heater: Heater) -> float:
    value, target = heater.temperature, heater.target
    return _degrees(printer, value, held=bool(target) and abs(value - target) < 1)


def _target(printer: Printer, heater: Heater) -> float:
    return _degrees(printer, heater.target)


def _nozzle(read: Callable[[Printer, Heater], float], index: int) -> Field:
    """Read a nozzle; one that is not there reads 0 (docs/protocol/detail.md §2)."""

    def field(printer: Printer) -> float:
        nozzles = printer.machine.nozzles
        return read(printer, nozzles[index]) if index < len(nozzles) else 0

    return field


def _chamber(read: Callable[[Printer, Heater], float], index: int) -> Field:
    def field(printer: Printer) -> float:
        chamber = printer.machine.chamber
        missing = printer.quirks.no_chamber[index]
        return missing if chamber is None else read(printer, chamber)

    return field


def _nozzle_model(printer: Printer) -> str:
    tools = printer.model.tools if printer.quirks.nozzle_model_per_tool else 1
    return ";".join(["0.4mm"] * tools)


def _camera_url(printer: Printer) -> str:
    told = printer.quirks.camera_url_told and printer.machine.stream_on
    if not (told and printer.has_camera):
        return ""
    return f"http://{printer.host}:{printer.camera_port}/?action=stream"


def _position(printer: Printer) -> list[float]:
    job = printer.machine.running_job
    if job is None or not job.started:
        return list(printer.machine.motion.position.values())
    angle = job.elapsed / 3
    x, y = 110 + 40 * math.cos(angle), 110 + 40 * math.sin(angle)
    return [round(x, 1), round(y, 1), round(job.layer * 0.2, 1)]


def _extruder_loaded(printer: Printer) -> bool:
    machine = printer.machine
    loaded = (
        machine.loaded_slot
        if machine.station_connected
        else machine.direct_feed.has_filament
    )
    return bool(loaded) or machine.running_job is not None


def _spool(spool: Spool) -> dict[str, object]:
    return {
        "slotId": spool.number,
        "hasFilament": spool.has_filament,
        "materialName": spool.material,
        "materialColor": spool.color,
    }


def _station(printer: Printer) -> dict[str, object]:
    machine = printer.machine
    action = _STATION_ACTIONS.get(machine.status)
    failed = machine.status is Status.ERROR and machine.job is not None
    state = 6 if failed else action(printer.quirks) if action else 0
    feed = machine.feed
    from_slot = feed is not None and feed.spool is not machine.direct_feed
    current = feed.spool.number if feed and from_slot else machine.current_slot
    return {
        "slotCnt": len(machine.slots),
        "currentSlot": current,
        "currentLoadSlot": current if printer.model.station_detachable else 0,
        "stateAction": feed.action if feed and from_slot else state,
        "stateStep": feed.step if feed and from_slot else 0,
        "slotInfos": [_spool(s) for s in machine.slots if machine.station_connected],
    }


def _direct_feed(printer: Printer) -> dict[str, object]:
    spool, feed = printer.machine.direct_feed, printer.machine.feed
    moves = feed is not None and feed.spool is spool
    return {
        "materialName": spool.material or "?",
        "materialColor": spool.color,
        "stateAction": feed.action if feed and moves else 0,
        "stateStep": feed.step if feed and moves else 0,
    }


def _first_material(_: Printer, job: Job) -> str:
    return next((tool.material for tool in job.file.used.values()), "")


FIELDS: Mapping[str, Field] = {
    "status": _status,
    "errorCode": lambda p: p.machine.error_code or p.quirks.no_error,
    "printFileName": _from_job(lambda _, job: job.name, ""),
    "printFileThumbUrl": _from_job(
        lambda p, _: f"http://{p.host}:{p.http_port}/getThum", ""
    ),
    "printProgress": _from_job(_progress, 0.0),
    "printDuration": _from_job(lambda _, job: int(job.elapsed), 0),
    "estimatedTime": _from_job(
        lambda p, job: round(_ESTIMATES[p.quirks.estimate](p, job), 1), 0.0
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
    "zAxisCompensation": lambda p: p.machine.z_offset,
    "rightTemp": _nozzle(_temperature, 0),
    "rightTargetTemp": _nozzle(_target, 0),
    "leftTemp": _nozzle(_temperature, 1),
    "leftTargetTemp": _nozzle(_target, 1),
    "nozzleTemps": lambda p: [_temperature(p, n) for n in p.machine.nozzles],
    "nozzleTargetTemps": lambda p: [_target(p, n) for n in p.machine.nozzles],
    "platTemp": lambda p: _temperature(p, p.machine.bed),
    "platTargetTemp": lambda p: _target(p, p.machine.bed),
    "chamberTemp": _chamber(_temperature, 0),
    "chamberTargetTemp": _chamber(_target, 1),
    "coolingFanSpeed": lambda p: p.machine.part_fan,
    "coolingFanLeftSpeed": lambda p: p.machine.left_part_fan,
    "chamberFanSpeed": lambda p: p.machine.chamber_fan,
    "internalFanStatus": lambda p: _switch(p.machine.internal_filter),
    "externalFanStatus": lambda p: _switch(p.machine.external_filter),
    "clearFanStatus": lambda _: "open",
    "lightStatus": lambda p: _switch(p.machine.light),
    "doorStatus": lambda p: _switch(p.model.door_sensor and p.machine.door_open),
    "tvoc": lambda p: round(p.machine.fumes) if p.model.air_sensor else 0,
    "autoShutdown": lambda p: _switch(p.machine.auto_off),
    "autoShutdownTime": lambda p: p.machine.auto_off_minutes,
    "camera": lambda p: 1 if p.has_camera else 2,
    "cameraStreamUrl": _camera_url,
    "lidar": lambda _: 1,
    "moveCtrl": lambda _: 1,
    "extrudeCtrl": lambda _: 1,
    "coordinate": _position,
    "hasLeftFilament": lambda _: False,
    "hasRightFilament": _extruder_loaded,
    "hasMatlStation": lambda p: p.machine.station_connected,
    "matlStationInfo": _station,
    "indepMatlInfo": _direct_feed,
    "jobId": lambda _: "",
    "cumulativePrintTime": lambda p: int(p.machine.lifetime_minutes),
    "cumulativeFilament": lambda p: round(p.machine.lifetime_meters, 2),
    "remainingDiskSpace": lambda p: round(p.machine.free_storage_gb, 2),
    "pid": lambda p: p.model.pid,
    "name": lambda p: p.name,
    "model": lambda p: p.model.name,
    "firmwareVersion": lambda p: p.firmware,
    "macAddr": lambda p: p.mac,
    "ipAddr": lambda p: p.host,
    "location": lambda _: "Group A",
    "measure": lambda p: p.model.measure,
    "nozzleCnt": lambda p: p.model.tools,
    "nozzleModel": _nozzle_model,
    "nozzleStyle": lambda p: p.model.nozzle_style,
    "flashRegisterCode": lambda _: "",
    "polarRegisterCode": lambda _: "",
}


def detail(printer: Printer) -> dict[str, object]:
    """Return the /detail object as the printer would tell it now."""
    printer.machine.sync()
    with printer.machine.undisturbed():
        told = {name: FIELDS[name](printer) for name in printer.model.fields}
        if (window := printer.machine.start_window) is not None:
            told |= window.numbers
    told |= printer.overrides
    return {name: value for name, value in told.items() if name not in printer.omit}


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
