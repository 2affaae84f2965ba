"""The commands of `/control`: a table from name to what the firmware does.

A command that is not in the table, or not among those of the model, is acknowledged
and does nothing, as on a real printer (docs/protocol/http.md §4).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress

from ..faults import WRONG_PARAMETERS, Envelope
from ..machine.device import Device
from ..machine.feeder import DIRECT_FEED
from ..machine.motion import AXES
from ..machine.physics import Heater
from ..machine.status import PLATE_TO_CLEAR, NotNowError

type Args = Mapping[str, object]

_UNCHANGED = -200
_OFF = -100
_Z_OFFSET_LIMIT = 5.0
_LEVELING_SECONDS = 300.0
_VIBRATION_SECONDS = 180.0


class RefusedError(Exception):
    """The printer answers with a code other than 0."""

    def __init__(self, envelope: Envelope) -> None:
        """Take the answer to send."""
        super().__init__(envelope.message)
        self.envelope = envelope


def _text(args: Args, key: str) -> str | None:
    value = args.get(key)
    if value is not None and not isinstance(value, str):
        raise RefusedError(WRONG_PARAMETERS)
    return value


def _number(args: Args, key: str) -> float | None:
    """Return a number, None if it is missing or means "unchanged"."""
    value = args.get(key, _UNCHANGED)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RefusedError(WRONG_PARAMETERS)
    return None if value == _UNCHANGED else value


def _switch(args: Args, key: str) -> bool | None:
    """Read `open` and `close`; anything else changes nothing."""
    return {"open": True, "close": False}.get(_text(args, key) or "")


def _percent(value: float) -> int:
    return int(min(max(value, 0), 100))


def _light(device: Device, args: Args) -> None:
    if (on := _switch(args, "status")) is not None:
        device.machine.light = on


def _rename(device: Device, args: Args) -> None:
    if name := _text(args, "name"):
        device.name = name


def _delay_close(device: Device, args: Args) -> None:
    if (minutes := _number(args, "shutdownAfterTime")) is not None:
        device.machine.auto_off_minutes = max(int(minutes), 0)
    if (on := _switch(args, "automaticShutdown")) is not None:
        device.machine.auto_off = on


def _circulate(device: Device, args: Args) -> None:
    machine = device.machine
    if device.quirks.filtration_needs_job and machine.running_job is None:
        return
    if (inside := _switch(args, "internal")) is not None:
        machine.internal_filter = inside
    if (outside := _switch(args, "external")) is not None:
        machine.external_filter = outside


def _stream(device: Device, args: Args) -> None:
    on = _switch(args, "action")
    if device.quirks.stream_control and on is not None:
        device.machine.stream_on = on


def _job(device: Device, args: Args) -> None:
    machine = device.machine
    actions = {
        "pause": machine.pause,
        "continue": machine.resume,
        "cancel": machine.cancel,
    }
    action = actions.get(_text(args, "action") or "")
    if action is None:
        raise RefusedError(WRONG_PARAMETERS)
    # Version 1.9.9 acknowledges and ignores it until the first extrusion (docs/protocol/http.md §4.4).
    if device.quirks.drops_job_control_in_warm_up and machine.warming_up:
        return
    action()


def _clear_plate(device: Device, args: Args) -> None:
    clears = _text(args, "action") == "setClearPlatform"
    if clears and device.machine.status in PLATE_TO_CLEAR:
        device.machine.clear_plate()


def _calibrate(device: Device, args: Args) -> None:
    seconds = _LEVELING_SECONDS if _switch(args, "levelingDetection") else 0.0
    seconds += _VIBRATION_SECONDS if _switch(args, "vibrationCompensation") else 0.0
    if seconds:
        device.machine.calibrate(seconds)


def _controls(device: Device, args: Args) -> None:
    """Speed, Z offset and fans of a running job (docs/protocol/http.md §4.2)."""
    machine, spec = device.machine, device.model
    if device.quirks.controls_need_job and machine.running_job is None:
        return
    resets = device.quirks.resets_omitted_controls

    def wanted(key: str, default: float, *, fitted: bool = True) -> float | None:
        omitted = resets and key not in args
        value = default if omitted else _number(args, key)
        return value if fitted else None

    if (z := wanted("zAxisCompensation", 0)) is not None and abs(z) <= _Z_OFFSET_LIMIT:
        machine.z_offset = z
    if (speed := wanted("speed", 100)) is not None:
        machine.speed_factor = spec.speeds.fit(speed)
    if (fan := wanted("coolingFan", 0)) is not None:
        machine.part_fan = _percent(fan)
    if (fan := wanted("chamberFan", 0, fitted=spec.chamber_fan)) is not None:
        machine.chamber_fan = _percent(fan)
    if (fan := wanted("coolingLeftFan", 0, fitted=spec.left_fan)) is not None:
        machine.left_part_fan = _percent(fan)


def _set_target(heater: Heater | None, value: float | None, *, off: bool) -> None:
    """Set a target in °C; −100 means off on some firmware only (docs/protocol/http.md §4.3)."""
    if heater is None or value is None or (value == _OFF and not off):
        return
    heater.target = value


def _temperatures(device: Device, args: Args) -> None:
    machine, by_head = device.machine, device.model.head_temperatures
    heads = args.get("nozzles")
    if by_head:
        if not isinstance(heads, list) or len(heads) != len(machine.nozzles):
            return
        if not all(type(value) is int for value in heads):
            return
        for nozzle, value in zip(machine.nozzles, heads, strict=True):
            wanted = None if value == _UNCHANGED else value
            _set_target(nozzle, wanted, off=False)
    else:
        _set_target(machine.nozzles[0], _number(args, "rightNozzle"), off=True)
    _set_target(machine.bed, _number(args, "platform"), off=not by_head)
    _set_target(machine.chamber, _number(args, "chamber"), off=not by_head)


def _slot(device: Device, args: Args) -> None:
    """Label a slot; the firmware checks nothing (docs/protocol/material-station.md §4)."""
    slot = device.machine.slot(int(_number(args, "slot") or 0))
    if slot is not None:
        slot.material = _text(args, "mt") or ""
        slot.color = _text(args, "rgb") or ""


def _direct_feed(device: Device, args: Args) -> None:
    device.machine.direct_feed.material = _text(args, "mt") or ""
    device.machine.direct_feed.color = _text(args, "rgb") or ""


def _feed(device: Device, args: Args, slot: int) -> None:
    machine = device.machine
    actions = {0: machine.load, 1: machine.unload, 2: machine.cancel_feed}
    if (action := actions.get(int(_number(args, "action") or 0))) is not None:
        action(slot)


def _feed_slot(device: Device, args: Args) -> None:
    if (slot := int(_number(args, "slot") or 0)) != DIRECT_FEED:
        _feed(device, args, slot)


def _move(device: Device, args: Args) -> None:
    """Jog one axis, named in lower case, by mm (docs/protocol/http.md §4.1)."""
    axis, delta = _text(args, "axis"), _number(args, "delta")
    if axis in AXES and delta is not None:
        device.machine.move({axis: delta})


def _extrude(device: Device, args: Args) -> None:
    if (delta := _number(args, "delta")) is not None:
        device.machine.heat_and_extrude(delta)


def _home(device: Device, _args: Args) -> None:
    device.machine.home()


def _clear_error(device: Device, args: Args) -> None:
    machine = device.machine
    exact = _text(args, "errorCode") == machine.error_code
    if exact and _text(args, "action") == "clearErrorCode":
        machine.clear_error()


COMMANDS: Mapping[str, Callable[[Device, Args], None]] = {
    "lightControl_cmd": _light,
    "printerCtl_cmd": _controls,
    "temperatureCtl_cmd": _temperatures,
    "jobCtl_cmd": _job,
    "stateCtrl_cmd": _clear_plate,
    "circulateCtl_cmd": _circulate,
    "streamCtrl_cmd": _stream,
    "delayClose_cmd": _delay_close,
    "reName_cmd": _rename,
    "calibration_cmd": _calibrate,
    "msConfig_cmd": _slot,
    "ipdMsConfig_cmd": _direct_feed,
    "ms_cmd": _feed_slot,
    "ipdMs_cmd": lambda device, args: _feed(device, args, DIRECT_FEED),
    "errorCodeCtrl_cmd": _clear_error,
    "moveCtrl_cmd": _move,
    "extrudeCtrl_cmd": _extrude,
    "homingCtrl_cmd": _home,
}


def run(device: Device, body: Mapping[str, object]) -> None:
    """Carry out the payload of a `/control` request; `RefusedError` if it is not valid."""
    payload = body.get("payload")
    if not isinstance(payload, dict):
        raise RefusedError(WRONG_PARAMETERS)
    name, args = payload.get("cmd"), payload.get("args", {})
    if not isinstance(name, str) or not isinstance(args, dict):
        raise RefusedError(WRONG_PARAMETERS)
    if name in device.model.commands and (command := COMMANDS.get(name)) is not None:
        # A printer acknowledges a command that it cannot carry out now.
        with suppress(NotNowError):
            command(device, args)
