"""Reading the answer to ``/detail`` as a state, field by field.

The meaning of the fields, and which printer sends them, is in docs/protocol/detail.md.
"""

from ..identity import Identity
from ..models.catalog import GENERIC, MODELS, by_name, by_pid
from ..models.model import Feature, Model
from ..state import (
    Adjustments,
    Counters,
    Filtration,
    Heater,
    Job,
    PowerOff,
    PrinterState,
    Status,
)
from .estimate import remaining
from .fields import (
    JsonObject,
    Wire,
    amount,
    count,
    error_code,
    file_name,
    firmware,
    integer,
    mac,
    number,
    pid,
    sensed,
    switch,
    text,
    volume,
)
from .station import read_direct_feed, read_direct_feed_activity, read_station
from .trust import LEFT_FAN, LEFT_FAN_OTHER, Numbers, job_numbers
from .vocabulary import KNOWN_FIELDS, STATUSES, known_word

MAX_TOOLS = 16
"""A longer array of temperatures is not from a printer."""

_NO_HEATER = Heater()

_MOST_NAMES = 50
_LONGEST_NAME = 80
# Limits for names that an answer contains, so that it cannot fill the state with them.


def model_of(body: JsonObject) -> Model:
    """Return the model that an answer shows, the generic one if it shows none.

    The product id decides; names only count without one, because people rename their
    printers (docs/protocol/README.md §3).
    """
    shown = pid(body.get("pid"))
    if shown is not None:
        return by_pid(shown)
    return (
        by_name(text(body.get("model"))) or by_name(text(body.get("name"))) or GENERIC
    )


def model_for(body: JsonObject, given: Model | None) -> Model:
    """Return the model that is used to read an answer and to command its printer.

    A known product id in the answer decides, then the ``given`` model, then names.
    """
    if given is None or given is GENERIC:
        return model_of(body)
    shown = pid(body.get("pid"))
    return by_pid(shown) if shown in MODELS else given


def _percent(value: float | None) -> float | None:
    """Return a fan speed in percent, None above 100."""
    return value if value is not None and value <= 100 else None


def _length(millimeters: float | None) -> float | None:
    """Return meters of filament, None for 0, which means "unknown"."""
    return millimeters / 1000 if millimeters else None


def _progress(status: Status | None, progress: float | None) -> float | None:
    """Return the progress in whole percent, 100 for a finished job."""
    if status is Status.COMPLETED:
        return 100
    if progress is None:
        return None
    return round(progress if progress > 1 else progress * 100)


def _nozzle_size(wire: Wire) -> str | None:
    """Return the nozzle size, once when all tools have the same."""
    said = wire.read("nozzleModel", text)
    if said is None:
        return None
    sizes = [size.strip() for size in said.split(";") if size.strip()]
    return (sizes[0] if len(set(sizes)) == 1 else ", ".join(sizes)) if sizes else None


def _identity(wire: Wire) -> Identity:
    return Identity(
        pid=wire.read("pid", pid),
        name=wire.read("name", text),
        model_name=wire.read("model", text),
        firmware=wire.read("firmwareVersion", firmware),
        mac=wire.read("macAddr", mac),
    )


def _job(wire: Wire, word: str, numbers: Numbers | None) -> Job:
    file = wire.read("printFileName", file_name)
    if numbers is None:
        return Job(file=file)
    status = STATUSES.get(word)
    progress = numbers["printProgress"]
    duration = numbers["printDuration"]
    layer = integer(numbers["printLayer"])
    return Job(
        file=file,
        progress=_progress(status, progress),
        layer=layer,
        total_layers=integer(numbers["targetPrintLayer"]),
        elapsed=duration,
        remaining=remaining(word, progress, duration, numbers["estimatedTime"]),
        speed=numbers["currentPrintSpeed"],
        infill=numbers["fillAmount"],
        filament_length=_length(numbers["estimatedRightLen"]),
        filament_weight=numbers["estimatedRightWeight"] or None,
        warming_up=status is Status.PRINTING and duration == 0 and not layer,
    )


def _adjustments(wire: Wire, numbers: Numbers | None) -> Adjustments:
    if numbers is None:
        return Adjustments()
    offset = numbers["zAxisCompensation"]
    return Adjustments(
        speed_factor=numbers["printSpeedAdjust"],
        # Single precision on the printer: -0.025 arrives as -0.02500000037252903.
        z_offset=None if offset is None else round(offset, 4),
        part_fan=_percent(numbers["coolingFanSpeed"]),
        left_part_fan=_percent(numbers[wire.spelled(LEFT_FAN, LEFT_FAN_OTHER)]),
        chamber_fan=_percent(numbers["chamberFanSpeed"]),
    )


def _heater(wire: Wire, temperature: str, target: str) -> Heater:
    return Heater(
        temperature=sensed(wire.read(temperature, number)),
        target=sensed(wire.read(target, number)),
    )


def _nozzles(wire: Wire, model: Model) -> tuple[Heater, ...]:
    """Return the nozzles, one per tool, an unknown one in place of an unreadable one."""
    several = Feature.TOOL_CHANGER in model.features
    if not model.shows(Feature.TOOL_CHANGER):
        return (_heater(wire, "rightTemp", "rightTargetTemp"),)
    temperatures = wire.each("nozzleTemps", number)
    targets = wire.each("nozzleTargetTemps", number)
    tools = model.tools if several else min(len(temperatures), MAX_TOOLS)
    if not tools:
        return (_heater(wire, "rightTemp", "rightTargetTemp"),)
    return tuple(
        Heater(
            temperature=sensed(
                temperatures[tool] if tool < len(temperatures) else None
            ),
            target=sensed(targets[tool] if tool < len(targets) else None),
        )
        for tool in range(tools)
    )


def _bed(wire: Wire) -> Heater | None:
    bed = _heater(wire, "platTemp", "platTargetTemp")
    return None if bed == _NO_HEATER else bed


def _chamber(wire: Wire, model: Model) -> Heater | None:
    """Return the chamber, None without a sensor (docs/protocol/detail.md §2)."""
    if Feature.CHAMBER_SENSOR not in model.features:
        return None
    chamber = _heater(wire, "chamberTemp", "chamberTargetTemp")
    # A model without a heater may lack the sensor too, which then reads 0.
    if not chamber.temperature and Feature.CHAMBER_HEATER not in model.features:
        return None
    return None if chamber.temperature is None else chamber


def _filtration(wire: Wire, model: Model) -> Filtration:
    if not model.shows(Feature.FILTRATION):
        return Filtration()
    return Filtration(
        internal=wire.read("internalFanStatus", switch),
        external=wire.read("externalFanStatus", switch),
    )


def _door_open(wire: Wire, model: Model) -> bool | None:
    # Printers without a door sensor also report "close", so the model decides.
    if Feature.DOOR not in model.features:
        return None
    return wire.read("doorStatus", switch)


def _air_quality(wire: Wire, model: Model) -> float | None:
    if not model.shows(Feature.AIR_QUALITY):
        return None
    return wire.read("tvoc", amount)


def _material(wire: Wire, model: Model) -> str | None:
    if Feature.JOB_MATERIAL not in model.features:
        return None
    return wire.read("rightFilamentType", text)


def _camera_url(wire: Wire) -> str | None:
    url = wire.read("cameraStreamUrl", text)
    return url if url is not None and url.startswith("http") else None


def _position(wire: Wire, model: Model) -> tuple[float, float, float] | None:
    if Feature.MOTION not in model.features:
        return None
    place = wire.each("coordinate", number)
    x, y, z = place if len(place) == 3 else (None, None, None)
    return None if x is None or y is None or z is None else (x, y, z)


def _names(found: dict[str, None]) -> tuple[str, ...]:
    return tuple(sorted(name[:_LONGEST_NAME] for name in found)[:_MOST_NAMES])


def parse_detail(body: JsonObject, model: Model | None = None) -> PrinterState:
    """Return the state that the fields of a ``/detail`` answer describe.

    ``body`` is the object with the fields. ``model`` is the expected model; a known
    product id in the answer overrules it. Never raises: a field that cannot be read is
    None, and ``PrinterState.unread`` names it.
    """
    model = model_for(body, model)
    wire = Wire(body, KNOWN_FIELDS)
    said = wire.read("status", text)
    word = known_word(said.lower()) if said else ""
    status = STATUSES.get(word)
    numbers = job_numbers(wire, word)
    return PrinterState(
        identity=_identity(wire),
        status=status,
        raw_status=said if status is None else None,
        error_code=wire.read("errorCode", error_code) or None,
        job=_job(wire, word, numbers),
        nozzles=_nozzles(wire, model),
        bed=_bed(wire),
        chamber=_chamber(wire, model),
        adjustments=_adjustments(wire, numbers),
        light=wire.read("lightStatus", switch),
        door_open=_door_open(wire, model),
        filtration=_filtration(wire, model),
        air_quality=_air_quality(wire, model),
        power_off=PowerOff(
            enabled=wire.read("autoShutdown", switch),
            delay=wire.read("autoShutdownTime", count),
        ),
        camera_url=_camera_url(wire),
        nozzle_size=_nozzle_size(wire),
        material=_material(wire, model),
        station=read_station(wire, model),
        direct_feed=read_direct_feed(wire, model),
        direct_feed_activity=read_direct_feed_activity(wire, model),
        counters=Counters(
            print_time=wire.read("cumulativePrintTime", amount),
            filament=wire.read("cumulativeFilament", amount),
            free_storage=wire.read("remainingDiskSpace", amount),
        ),
        build_volume=wire.read("measure", volume),
        position=_position(wire, model),
        numbers_trusted=numbers is not None,
        unread=_names(wire.unread),
        unknown_fields=_names(wire.unknown),
    )
