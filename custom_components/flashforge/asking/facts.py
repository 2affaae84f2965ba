"""What a language model reads of a printer: short, bounded, with units in the names."""

from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType

from ..api import StoredFile
from ..api.models.colors import name_of
from ..api.state import Heater, MaterialSlot
from ..api.texts import one_line
from ..coordinator import FlashForgeCoordinator

type _Values = dict[str, JsonValueType]


def status(coordinator: FlashForgeCoordinator) -> JsonObjectType:
    """Return the state of a printer; what is not known is left out."""
    state = coordinator.data
    if not coordinator.online:
        return {"status": "offline"}
    shows_job = state.has_job or state.calibrates_for_job or state.plate_occupied
    return _known(
        {
            "status": state.status.value if state.status else None,
            "pending_command": coordinator.pending.kept,
            "error_code": _text(state.error_code),
            "print_on_plate": state.plate_occupied,
            "light_on": state.light,
            "door_open": state.door_open,
            "temperatures": _degrees(coordinator),
            "slots": _slots(coordinator),
            **(_job(coordinator) if shows_job else {}),
        }
    )


def _job(coordinator: FlashForgeCoordinator) -> _Values:
    state, jobs = coordinator.data, coordinator.jobs
    if not state.numbers_trusted:
        return {"file": _text(state.job.file)}
    left = jobs.remaining if state.has_job else None
    finish = jobs.finish
    return {
        "file": _text(state.job.file),
        "progress_percent": state.job.progress,
        "layer": state.job.layer,
        "total_layers": state.job.total_layers,
        "minutes_left": None if left is None else round(left / 60),
        "finish_time": dt_util.as_local(finish).isoformat() if finish else None,
    }


def temperatures(coordinator: FlashForgeCoordinator) -> JsonObjectType:
    """Return how hot each part is and is going to be, nothing else."""
    if not coordinator.online:
        return {"status": "offline"}
    return _degrees(coordinator)


def _degrees(coordinator: FlashForgeCoordinator) -> _Values:
    """Return the temperatures in °C; several nozzles are counted from 1."""
    state = coordinator.data
    several = len(state.nozzles) > 1
    parts: dict[str, Heater | None] = {
        f"nozzle_{number}" if several else "nozzle": nozzle
        for number, nozzle in enumerate(state.nozzles, 1)
    }
    parts |= {"bed": state.bed, "chamber": state.chamber}
    return {
        name: _known({"celsius": part.temperature, "target_celsius": part.target})
        for name, part in parts.items()
        if part is not None and part.temperature is not None
    }


def _slots(coordinator: FlashForgeCoordinator) -> list[JsonValueType]:
    station = coordinator.data.station
    return [_slot(each, coordinator) for each in station.slots] if station else []


def _slot(slot: MaterialSlot, coordinator: FlashForgeCoordinator) -> JsonObjectType:
    color = name_of(slot.color, coordinator.printer.model.palette)
    if slot.has_filament is False:
        return {"slot": slot.number, "empty": True}
    return _known(
        {"slot": slot.number, "material": _text(slot.material), "color": color}
    )


def file(stored: StoredFile) -> JsonObjectType:
    """Return what a printer reports of one of its files."""
    seconds = stored.print_time
    return _known(
        {
            "file": _text(stored.name),
            "print_minutes": None if seconds is None else round(seconds / 60),
            "filament_grams": stored.weight,
            "materials": [_text(tool.material) for tool in stored.tools or ()],
        }
    )


def _text(text: str | None) -> str | None:
    """Return a text of a printer on one line, cut."""
    return None if text is None else one_line(text)


def _known(values: _Values) -> JsonObjectType:
    return {key: value for key, value in values.items() if value not in (None, [], {})}
