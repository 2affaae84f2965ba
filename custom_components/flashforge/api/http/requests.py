"""What is sent to a printer: bodies as data, built by pure functions.

The shapes are those of docs/protocol/http.md §4 and docs/protocol/material-station.md §4.
``models.needs`` holds which model takes which command.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ..models.colors import nearest
from ..models.model import Feature, Model
from ..printer import FilamentAction
from ..state import Adjustments

type Body = dict[str, object]
"""A JSON object to send."""

DETAIL = "/detail"
PRODUCT = "/product"
CONTROL = "/control"
FILES = "/gcodeList"
THUMBNAIL = "/gcodeThumb"
JOB_THUMBNAIL = "/getThum"
PRINT = "/printGcode"
UPLOAD = "/uploadGcode"

UNCHANGED = -200
"""A temperature that leaves the target alone (docs/protocol/http.md §4.3)."""

OFF = 0

OFF_MARKER = -100
"""The other value for off, only for models with ``Feature.OFF_MARKER``."""

NORMAL_SPEED = 100
"""The speed factor in percent of a printer that reports none."""

Z_RANGE = (-5.0, 5.0)
"""Z offsets in mm that the printers take; they ignore any other."""

MOVE_RANGE = (-100.0, 100.0)
"""Distances in mm that are sent; the printers do not check them (docs/protocol/http.md §5)."""


def normalize_serial(serial: str) -> str:
    """Return a serial number as printers want it: upper case, no blanks, ``SN`` first.

    Screens and labels show it without the prefix (docs/protocol/README.md §4). Empty text
    stays empty.
    """
    bare = "".join(serial.split()).upper()
    return bare if not bare or bare.startswith("SN") else f"SN{bare}"


def auth(serial: str, check_code: str) -> Body:
    """Return what every request carries."""
    return {"serialNumber": serial, "checkCode": check_code}


def control(command: str, args: Body) -> Body:
    """Return the part of a ``/control`` request that names the command."""
    return {"payload": {"cmd": command, "args": args}}


def _switch(on: bool) -> str:
    return "open" if on else "close"


def _within(value: float, limits: tuple[float, float]) -> float:
    low, high = limits
    return min(max(value, low), high)


def thumbnail(file: str) -> Body:
    """Return what asks for the picture of a stored file."""
    return {"fileName": file}


def job(action: str) -> Body:
    """Steer the job: ``pause``, ``continue`` or ``cancel``, whichever job it is."""
    return control("jobCtl_cmd", {"jobID": "", "action": action})


def clear_plate() -> Body:
    """Say that the print was taken off the plate."""
    return control("stateCtrl_cmd", {"action": "setClearPlatform"})


def light(on: bool) -> Body:
    """Switch the light."""
    return control("lightControl_cmd", {"status": _switch(on)})


def camera(on: bool) -> Body:
    """Switch the camera's stream."""
    return control("streamCtrl_cmd", {"action": _switch(on)})


def filtration(*, internal: bool, external: bool) -> Body:
    """Switch the filter fans, always both (docs/protocol/http.md §4.2)."""
    return control(
        "circulateCtl_cmd",
        {"internal": _switch(internal), "external": _switch(external)},
    )


def power_off(*, enabled: bool, delay: int) -> Body:
    """Set turning off after a print, ``delay`` in minutes."""
    return control(
        "delayClose_cmd",
        {"automaticShutdown": _switch(enabled), "shutdownAfterTime": delay},
    )


def rename(name: str) -> Body:
    """Give the printer another name."""
    return control("reName_cmd", {"name": name})


def calibrate(*, leveling: bool, vibration: bool) -> Body:
    """Level the bed and measure vibration.

    The values are not documented; these are the words of every other switch.
    """
    return control(
        "calibration_cmd",
        {
            "levelingDetection": _switch(leveling),
            "vibrationCompensation": _switch(vibration),
        },
    )


def clear_error(code: str) -> Body:
    """Clear the error with exactly this code."""
    return control("errorCodeCtrl_cmd", {"action": "clearErrorCode", "errorCode": code})


def target(model: Model, celsius: int, highest: int, *, off_marker: bool) -> int:
    """Return a heater's target in °C as it is sent, never above the highest.

    A model without ``Feature.OFF_MARKER`` goes on heating when it gets the marker, so
    it gets a plain 0 (docs/protocol/http.md §4.3).
    """
    wanted = min(max(celsius, OFF), highest)
    if wanted == OFF and off_marker and Feature.OFF_MARKER in model.features:
        return OFF_MARKER
    return wanted


def temperatures(
    model: Model,
    *,
    nozzles: Mapping[int, int] = MappingProxyType({}),
    bed: int = UNCHANGED,
    chamber: int = UNCHANGED,
) -> Body:
    """Set targets in °C: of the nozzles by tool from 0, the bed and the chamber.

    A tool changer drops the command without an array of all its tools, also when only
    the bed is meant; its ``rightNozzle`` repeats the first tool.
    """
    args: Body = {
        "platform": bed,
        "rightNozzle": nozzles.get(0, UNCHANGED),
        "leftNozzle": UNCHANGED,
        "chamber": chamber,
    }
    if Feature.TOOL_CHANGER in model.features:
        args["nozzles"] = [nozzles.get(tool, UNCHANGED) for tool in range(model.tools)]
    return control("temperatureCtl_cmd", args)


def adjust(model: Model, values: Adjustments) -> Body:
    """Set everything that the adjusting command owns (docs/protocol/http.md §4.2).

    What is None is left out, except for the speed factor, which is normal then: a
    printer that reports 0 runs at 100 %.
    """
    args: Body = {}
    if values.z_offset is not None:
        args["zAxisCompensation"] = round(_within(values.z_offset, Z_RANGE), 4)
    args["speed"] = round(
        _within(values.speed_factor or NORMAL_SPEED, model.speed_range)
    )
    fans = {
        "chamberFan": values.chamber_fan,
        "coolingFan": values.part_fan,
        "coolingLeftFan": values.left_part_fan,
    }
    args |= {
        name: round(_within(speed, (0, 100)))
        for name, speed in fans.items()
        if speed is not None
    }
    return control("printerCtl_cmd", args)


def slot(model: Model, number: int, material: str, color: str) -> Body:
    """Write what a slot holds, its color snapped to the model's palette."""
    return control(
        "msConfig_cmd",
        {"slot": number, "mt": material, "rgb": nearest(color, model.palette)[1]},
    )


def direct_feed(model: Model, material: str, color: str) -> Body:
    """Write what the direct feed holds, its color snapped to the model's palette."""
    return control(
        "ipdMsConfig_cmd", {"mt": material, "rgb": nearest(color, model.palette)[1]}
    )


def feed_slot(number: int, action: FilamentAction) -> Body:
    """Load or unload a slot, or cancel that."""
    return control("ms_cmd", {"action": int(action), "slot": number})


def feed_direct(action: FilamentAction) -> Body:
    """Load or unload the direct feed, or cancel that."""
    return control("ipdMs_cmd", {"action": int(action)})


def distance(millimeters: float) -> float:
    """Return a distance that is sent, never a longer one than is wise."""
    return float(_within(millimeters, MOVE_RANGE))


def home() -> Body:
    """Home all axes."""
    return control("homingCtrl_cmd", {})


def move(axis: str, millimeters: float) -> Body:
    """Move axis ``x``, ``y`` or ``z`` by a distance."""
    return control("moveCtrl_cmd", {"axis": axis, "delta": distance(millimeters)})


def extrude(millimeters: float) -> Body:
    """Push filament through the nozzle, pull it back when negative."""
    return control("extrudeCtrl_cmd", {"axis": "e", "delta": distance(millimeters)})
