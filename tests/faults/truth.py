"""What every entity has to show: a table from entity to machine."""

from collections.abc import Callable, Mapping

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest

from custom_components.flashforge.api.models.catalog import by_pid
from custom_components.flashforge.api.models.colors import name_of
from custom_components.flashforge.const import DOMAIN
from simulator import Job, Printer, Status
from tests.support.timing import Time

from .line_truth import LINE_TRUTHS, contradictions
from .shown import ABSENT, ANYTHING, UNAVAILABLE, Shown, Truth

EARLY = 0.05
"""Before this part is done, and in a pause, not every firmware reports the rest."""

_STATUS: Mapping[Status, str] = {
    Status.READY: "idle",
    Status.CALIBRATING: "calibrating",
    Status.STARTING: "heating",
    Status.HEATING: "heating",
    Status.PRINTING: "printing",
    Status.PAUSING: "pausing",
    Status.PAUSED: "paused",
    Status.CANCELING: "canceling",
    Status.CANCELED: "canceled",
    Status.COMPLETED: "completed",
    Status.ERROR: "error",
}
_WARM_UP = frozenset({Status.STARTING, Status.HEATING})
_HELD = frozenset({Status.PAUSING, Status.PAUSED})
_RUNS = _WARM_UP | _HELD | {Status.PRINTING, Status.CANCELING}
_ON_PLATE = frozenset({Status.COMPLETED, Status.CANCELED})
_ACTIVITY: Mapping[Status, str] = {
    Status.CALIBRATING: "busy",
    Status.STARTING: "busy",
    Status.HEATING: "printing",
    Status.PRINTING: "printing",
    Status.PAUSING: "printing",
    Status.PAUSED: "paused",
    Status.CANCELING: "busy",
}


def _status(printer: Printer) -> str:
    machine = printer.machine
    word = printer.quirks.warm_up_word
    return word if machine.status in _WARM_UP else _STATUS[machine.status]


def _job[T](read: Callable[[Job], T], otherwise: T) -> Callable[[Printer], T]:
    def value(printer: Printer) -> T:
        job = printer.machine.job
        return otherwise if job is None else read(job)

    return value


def _percent(printer: Printer) -> float | None:
    if printer.machine.status is Status.COMPLETED:
        return 100
    return _job(lambda job: round(round(job.progress, 4) * 100), None)(printer)


def _used(whole: Callable[[Job], float]) -> Truth:
    def value(printer: Printer) -> float | None:
        job = printer.machine.job
        percent = _percent(printer)
        if job is None or percent is None:
            return None
        return whole(job) * percent / 100

    return value


def _minutes_left(printer: Printer) -> Shown:
    machine = printer.machine
    job = machine.job
    if job is None or machine.status not in _HELD | {Status.PRINTING}:
        return None
    if machine.status in _HELD or job.progress < EARLY:
        return ANYTHING
    return job.remaining * 100 / machine.speed_factor / 60


def _minutes_to_finish(printer: Printer) -> Shown:
    return None if printer.machine.status in _HELD else _minutes_left(printer)


def _activity(printer: Printer) -> str:
    machine = printer.machine
    if machine.status is Status.ERROR and machine.job is not None:
        return "paused"
    return _ACTIVITY.get(machine.status, "idle")


def _speed(printer: Printer) -> float | None:
    if printer.machine.job is None:
        return None
    if printer.machine.status is not Status.PRINTING:
        return 0
    return printer.model.mm_per_second * printer.machine.speed_factor / 100


def _speed_factor(printer: Printer) -> float | None:
    if printer.machine.job is None:
        return printer.quirks.idle_speed_adjust or None
    return printer.machine.speed_factor


def _filtration(printer: Printer) -> str:
    inside, outside = printer.machine.internal_filter, printer.machine.external_filter
    return {
        (True, True): "both",
        (True, False): "internal",
        (False, True): "external",
    }.get((inside, outside), "off")


def _slot_material(number: int) -> Truth:
    return lambda p: p.machine.slots[number - 1].material or None


def _words(printer: Printer, material: str, color: str) -> str | None:
    palette = by_pid(printer.model.pid).palette
    name = name_of(color, palette) or ""
    words = material, name.replace("_", " ").capitalize()
    return " · ".join(filter(None, words)) or None


def _slot_words(number: int) -> Truth:
    def words(printer: Printer) -> str | None:
        slot = printer.machine.slots[number - 1]
        if not slot.has_filament:
            return "empty"
        return _words(printer, slot.material, slot.color)

    return words


def _direct_feed_words(printer: Printer) -> str | None:
    spool = printer.machine.direct_feed
    return _words(printer, spool.material, spool.color)


def _slot_filled(number: int) -> Truth:
    return lambda p: p.machine.slots[number - 1].has_filament


def _chamber_temperature(printer: Printer) -> float:
    assert printer.machine.chamber is not None
    return printer.machine.chamber.temperature


def _nozzle_temperature(index: int) -> Truth:
    return lambda p: p.machine.nozzles[index].temperature


def _nozzle_target(index: int) -> Truth:
    return lambda p: p.machine.nozzles[index].target


def _last_print(printer: Printer) -> Shown:
    """Return what lies on the plate; what was printed before, the machine forgot."""
    job = printer.machine.job
    over = job is not None and printer.machine.status in _ON_PLATE
    return job.name if job is not None and over else ANYTHING


def _reports_light(printer: Printer) -> bool:
    lines = printer.quirks.dialect.state
    return printer.model.http or any(line.startswith("LED") for line in lines)


_SENSORS: Mapping[str, Truth] = {
    "status": _status,
    "progress": _percent,
    "current_layer": _job(lambda job: job.layer, None),
    "total_layers": _job(lambda job: job.layers, None),
    "file": _job(lambda job: job.name, None),
    "last_print": _last_print,
    "elapsed_time": _job(lambda job: int(job.elapsed) // 60, None),
    "remaining_time": _minutes_left,
    "finish_time": _minutes_to_finish,
    "nozzle_temperature": _nozzle_temperature(0),
    "bed_temperature": lambda p: p.machine.bed.temperature,
    "chamber_temperature": _chamber_temperature,
    "print_speed": _speed,
    "filament_used": _used(lambda job: job.file.filament_mm / 1000),
    "filament_weight_used": _used(lambda job: job.file.filament_g),
    "job_filament": _job(lambda job: job.file.filament_mm / 1000, None),
    "job_filament_weight": _job(lambda job: job.file.filament_g, None),
    "material": _job(
        lambda job: next(tool.material for tool in job.file.used.values()), None
    ),
    "active_slot": lambda p: p.machine.current_slot or None,
    "station_activity": _activity,
    "direct_feed": _direct_feed_words,
    "air_quality": lambda p: round(p.machine.fumes),
    "offline_reason": lambda _: "none",
    "error": lambda p: (p.machine.error_code or "none").lower(),
    "lifetime_print_time": lambda p: int(p.machine.lifetime_minutes) / 60,
    # It is reported in hundredths of a meter, and shown in tenths.
    "lifetime_filament": lambda p: round(round(p.machine.lifetime_meters, 2), 1),
    "free_storage": lambda p: round(p.machine.free_storage_gb, 2),
    "nozzle_size": lambda p: "0.4mm",
    "infill": _job(lambda job: job.file.fill, None),
    # No upload is running, and nothing is preheated.
    "upload_progress": lambda _: None,
    "preheat_remaining": lambda _: None,
}

TRUTHS: Mapping[tuple[str, str], Truth] = {
    **{("sensor", key): truth for key, truth in _SENSORS.items()},
    **{
        ("sensor", f"nozzle_{index + 1}_temperature"): _nozzle_temperature(index)
        for index in range(4)
    },
    **{("sensor", f"slot_{n}"): _slot_words(n) for n in range(1, 5)},
    **{("binary_sensor", f"slot_{n}_filament"): _slot_filled(n) for n in range(1, 5)},
    ("binary_sensor", "printing"): lambda p: p.machine.status in _RUNS,
    ("binary_sensor", "problem"): lambda p: (
        p.machine.error_code is not None or p.machine.status is Status.ERROR
    ),
    ("binary_sensor", "connectivity"): lambda _: True,
    ("binary_sensor", "plate_occupied"): lambda p: p.machine.status in _ON_PLATE,
    ("binary_sensor", "door"): lambda p: p.machine.door_open,
    ("button", "pause"): lambda _: ANYTHING,
    ("button", "resume"): lambda _: ANYTHING,
    ("button", "cancel"): lambda _: ANYTHING,
    ("button", "clear_plate"): lambda _: ANYTHING,
    ("button", "clear_error"): lambda _: ANYTHING,
    ("button", "cool_down"): lambda _: ANYTHING,
    ("button", "identify"): lambda _: ANYTHING,
    ("button", "home"): lambda _: ANYTHING,
    ("event", "print"): lambda _: ANYTHING,
    ("camera", "camera"): lambda p: "idle" if p.machine.stream_on else UNAVAILABLE,
    ("image", "job_thumbnail"): lambda _: ANYTHING,
    ("light", "light"): lambda p: p.machine.light if _reports_light(p) else ANYTHING,
    # An older printer shows its last command, and nothing else tells.
    ("fan", "part_fan"): lambda p: p.machine.part_fan > 0 if p.model.http else ANYTHING,
    ("fan", "rear_fan"): lambda _: ANYTHING,
    ("fan", "left_part_fan"): lambda p: p.machine.left_part_fan > 0,
    ("fan", "chamber_fan"): lambda p: p.machine.chamber_fan > 0,
    ("number", "nozzle_target"): _nozzle_target(0),
    **{
        ("number", f"nozzle_{index + 1}_target"): _nozzle_target(index)
        for index in range(4)
    },
    ("number", "bed_target"): lambda p: p.machine.bed.target,
    ("number", "chamber_target"): lambda p: (
        chamber.target if (chamber := p.machine.chamber) else None
    ),
    ("number", "print_speed_factor"): _speed_factor,
    ("number", "z_offset"): lambda p: p.machine.z_offset,
    ("number", "auto_power_off_delay"): lambda p: p.machine.auto_off_minutes,
    ("select", "filtration"): _filtration,
    **{("select", f"slot_{n}_material"): _slot_material(n) for n in range(1, 5)},
    **{("select", f"slot_{n}_color"): lambda _: ANYTHING for n in range(1, 5)},
    ("select", "direct_feed_material"): lambda p: (
        p.machine.direct_feed.material or None
    ),
    ("select", "direct_feed_color"): lambda _: ANYTHING,
    **{
        ("button", f"slot_{n}_{verb}"): lambda _: ANYTHING
        for n in range(1, 5)
        for verb in ("load", "unload")
    },
    ("button", "direct_feed_load"): lambda _: ANYTHING,
    ("button", "direct_feed_unload"): lambda _: ANYTHING,
    ("button", "cancel_filament"): lambda _: ANYTHING,
    # No file is chosen.
    ("select", "print_file"): lambda _: None,
    ("button", "print_selected_file"): lambda _: ANYTHING,
    ("button", "print_again"): lambda _: ANYTHING,
    ("button", "cancel_upload"): lambda _: ANYTHING,
    ("switch", "auto_power_off"): lambda p: p.machine.auto_off,
    ("switch", "camera_power"): lambda p: p.machine.stream_on,
    # The printer does not report it, and no command was sent.
    ("switch", "runout_sensor"): lambda _: None,
}
"""What each entity has to show."""

_HOURS = frozenset({"elapsed_time", "remaining_time"})
"""Shown in hours; their truths are in minutes."""

ESTIMATES = frozenset({"remaining_time", "finish_time"})
"""Printers estimate these, each in its own way."""


def _agrees(key: str, state: str, truth: Shown) -> bool:
    """Return whether a state matches the machine, as exactly as it is reported."""
    if truth is ANYTHING:
        return state != UNAVAILABLE
    if isinstance(truth, frozenset):
        return state in truth
    if truth is None or state in {ABSENT, UNAVAILABLE}:
        return state == {None: ABSENT}.get(truth, truth)
    if isinstance(truth, bool | str):
        return state == {True: "on", False: "off"}.get(truth, truth)
    assert isinstance(truth, int | float)
    if (moment := dt_util.parse_datetime(state)) is not None:
        shown = (moment - dt_util.utcnow()).total_seconds() / 60
    else:
        shown = float(state) * (60 if key in _HOURS else 1)
    if key in ESTIMATES:
        return shown == pytest.approx(truth, rel=0.25, abs=5)
    if key.endswith("temperature"):
        # Whole degrees are shown, of a value that was rounded once already.
        return shown == pytest.approx(truth, abs=0.55)
    return shown == pytest.approx(truth, abs=0.02)


async def untruths(
    hass: HomeAssistant, printer: Printer, time: Time
) -> dict[str, tuple[str, Shown]]:
    """Return the entities of a printer that show something wrong now."""
    wrong: dict[str, tuple[str, Shown]] = {}
    truths = {**TRUTHS, **({} if printer.model.http else LINE_TRUTHS)}
    seen: dict[tuple[str, str], str] = {}
    entry = hass.config_entries.async_entry_for_domain_unique_id(DOMAIN, printer.serial)
    assert entry is not None
    # Something else may be under way at the only port of an older printer.
    await time.passes_until(entry.runtime_data.async_refresh())
    for entity in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id):
        if entity.disabled:
            continue
        key = entity.unique_id.removeprefix(f"{printer.serial}_")
        truth = truths[entity.domain, key](printer)
        state = hass.states.get(entity.entity_id)
        shown = "no state" if state is None else state.state
        seen[entity.domain, key] = shown
        if not _agrees(key, shown, truth):
            wrong[f"{entity.domain} {key}"] = (shown, truth)
    if not printer.model.http:
        wrong |= dict.fromkeys(contradictions(seen), (seen["sensor", "progress"], None))
    return wrong
