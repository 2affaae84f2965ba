"""Readings that take more than one look at what a coordinator knows."""

from collections.abc import Callable

from .api.models.colors import name_of
from .api.models.error_codes import error_key
from .api.state import Heater, MaterialSlot
from .coordinator import FlashForgeCoordinator
from .entity import Attributes

STATUS_OFFLINE = "offline"
NO_ERROR = "none"

type Reader[ValueT] = Callable[[FlashForgeCoordinator], ValueT]


def elapsed(coordinator: FlashForgeCoordinator) -> float | None:
    """Return the whole minutes gone: single seconds would only fill the database."""
    seconds = coordinator.data.job.elapsed
    return None if seconds is None else seconds // 60 * 60


def remaining(coordinator: FlashForgeCoordinator) -> float | None:
    """Return the minutes left, the last one counted as whole."""
    seconds = coordinator.jobs.remaining
    return None if seconds is None else -(-seconds // 60) * 60


def status(coordinator: FlashForgeCoordinator) -> str | None:
    """Return what the machine does, or that it does not answer."""
    return coordinator.data.status if coordinator.online else STATUS_OFFLINE


def status_attributes(coordinator: FlashForgeCoordinator) -> Attributes:
    """Return what the status alone does not say."""
    state = coordinator.data
    attributes: dict[str, object] = {"pending_command": coordinator.pending.kept}
    if not coordinator.online and coordinator.problem is not None:
        attributes["offline_reason"] = coordinator.problem.key
    elif state.status is None and state.raw_status:
        attributes["reported_status"] = state.raw_status
    return attributes


def upload_progress(coordinator: FlashForgeCoordinator) -> int | None:
    """Return how much of a file has gone out, in percent."""
    upload = coordinator.uploads.current
    return None if upload is None else upload.percent


def upload_attributes(coordinator: FlashForgeCoordinator) -> Attributes:
    """Return which file is on its way."""
    upload = coordinator.uploads.current
    return {"file": None if upload is None else upload.file}


def filament_used(coordinator: FlashForgeCoordinator) -> float | None:
    """Return the meters of filament that the job has used up to now."""
    job = coordinator.data.job
    return _share(job.filament_length, job.progress)


def filament_weight_used(coordinator: FlashForgeCoordinator) -> float | None:
    """Return the grams of filament that the job has used up to now."""
    job = coordinator.data.job
    return _share(job.filament_weight, job.progress)


def _share(whole: float | None, percent: float | None) -> float | None:
    """Return the part of the whole job that is done."""
    if whole is None or percent is None:
        return None
    return round(whole * percent / 100, 3)


def error(coordinator: FlashForgeCoordinator) -> str | None:
    """Return the key of the active error's text, None for a code nobody knows."""
    if (code := coordinator.data.error_code) is None:
        return NO_ERROR
    return error_key(code, coordinator.printer.model)


def error_attributes(coordinator: FlashForgeCoordinator) -> Attributes:
    """Return the code as the printer's screen shows it."""
    return {"code": coordinator.data.error_code}


def temperature(heater: Heater | None) -> int | None:
    """Return the whole degrees of a heater that may not be there.

    A heater that is held swings by some tenths all the time: nobody looks at them, and
    they would be most of what a print leaves in the database.
    """
    value = None if heater is None else heater.temperature
    return None if value is None else round(value)


def lifetime_filament(coordinator: FlashForgeCoordinator) -> float | None:
    """Return the meters of filament ever used, as exact as anybody looks at them."""
    meters = coordinator.data.counters.filament
    return None if meters is None else round(meters, 1)


def nozzle(index: int) -> Reader[Heater | None]:
    """Return the reader of a nozzle, counted from 0."""

    def read(coordinator: FlashForgeCoordinator) -> Heater | None:
        nozzles = coordinator.data.nozzles
        return nozzles[index] if index < len(nozzles) else None

    return read


def has_nozzle(index: int, *, numbered: bool) -> Reader[bool]:
    """Return what tells whether there is a nozzle that is or is not one of several."""

    def exists(coordinator: FlashForgeCoordinator) -> bool:
        count = len(coordinator.data.nozzles)
        return index < count and (count > 1) is numbered

    return exists


def active_slot(coordinator: FlashForgeCoordinator) -> int | None:
    """Return the slot that feeds the nozzle."""
    station = coordinator.data.station
    return station.active_slot if station else None


def station_activity(coordinator: FlashForgeCoordinator) -> str | None:
    """Return what the material station does."""
    station = coordinator.data.station
    return station.activity if station else None


def slot(number: int) -> Reader[MaterialSlot | None]:
    """Return the reader of a slot of the material station."""

    def read(coordinator: FlashForgeCoordinator) -> MaterialSlot | None:
        station = coordinator.data.station
        return station.slot(number) if station else None

    return read


def slot_attributes(
    coordinator: FlashForgeCoordinator, spool: MaterialSlot | None
) -> Attributes:
    """Return the color and whether there is filament."""
    color = spool.color if spool and spool.has_filament is not False else None
    return {
        "color": color,
        "color_name": name_of(color, coordinator.printer.model.palette),
        "loaded": spool.has_filament if spool else None,
    }
