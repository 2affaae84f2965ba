"""The state of a printer at one moment: frozen, comparable, in Home Assistant's units.

What is absent, unreadable or impossible is None. Names and sentinels of the protocol end
in api/wire/detail.py.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from .assumed import Assumed
from .identity import Identity


class Status(StrEnum):
    """What the machine does (docs/protocol/detail.md §4)."""

    IDLE = "idle"
    BUSY = "busy"
    CALIBRATING = "calibrating"
    HEATING = "heating"
    PRINTING = "printing"
    PAUSING = "pausing"
    PAUSED = "paused"
    CANCELING = "canceling"
    CANCELED = "canceled"
    COMPLETED = "completed"
    ERROR = "error"


JOB_STATUSES = frozenset(
    {
        Status.HEATING,
        Status.PRINTING,
        Status.PAUSING,
        Status.PAUSED,
        Status.CANCELING,
    }
)
"""A job is running in these."""

FINISHED_STATUSES = frozenset({Status.COMPLETED, Status.CANCELED})
"""A print lies on the plate in these, until the plate is cleared."""


class StationActivity(StrEnum):
    """What the material station does (docs/protocol/material-station.md §3)."""

    IDLE = "idle"
    HEATING = "heating"
    FEEDING = "feeding"
    PURGING = "purging"
    CUTTING = "cutting"
    RETRACTING = "retracting"
    CANCELING = "canceling"
    PRINTING = "printing"
    PAUSED = "paused"
    BUSY = "busy"


FEED_ACTIVITIES = frozenset(
    {
        StationActivity.HEATING,
        StationActivity.FEEDING,
        StationActivity.PURGING,
        StationActivity.CUTTING,
        StationActivity.RETRACTING,
    }
)
"""Filament is loaded or unloaded in these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heater:
    """A heated part: temperature and target in °C, a target of 0 is off."""

    temperature: float | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The current or last job.

    ``progress`` is 0–100 %, ``elapsed`` and ``remaining`` are seconds, ``speed`` is mm/s,
    ``filament_length`` (m) and ``filament_weight`` (g) are of the whole job. ``warming_up``
    is True from acceptance until the first layer (docs/protocol/detail.md §3).
    """

    file: str | None = None
    progress: float | None = None
    layer: int | None = None
    total_layers: int | None = None
    elapsed: float | None = None
    remaining: float | None = None
    speed: float | None = None
    infill: float | None = None
    filament_length: float | None = None
    filament_weight: float | None = None
    warming_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustments:
    """What one control command of the printer owns together (docs/protocol/http.md §4.2).

    ``speed_factor`` and the fans are percent, ``z_offset`` is mm.
    """

    speed_factor: float | None = None
    z_offset: float | None = None
    part_fan: float | None = None
    left_part_fan: float | None = None
    chamber_fan: float | None = None


DIRECT_FEED = 0
"""The number of the external spool, which feeds the nozzle without the station."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialSlot:
    """One spool: ``number`` 1–n, 0 for the external spool; ``color`` is ``#RRGGBB``."""

    number: int
    material: str | None = None
    color: str | None = None
    has_filament: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialStation:
    """The material station, or the toolheads of a tool changer.

    ``active_slot`` feeds the nozzle, ``loading_slot`` is being loaded or unloaded.
    """

    slots: tuple[MaterialSlot, ...] = ()
    active_slot: int | None = None
    loading_slot: int | None = None
    activity: StationActivity | None = None

    def slot(self, number: int) -> MaterialSlot | None:
        """Return the slot with this number, None when the printer does not report it."""
        # A plain loop, because every poll looks up each slot several times.
        for slot in self.slots:
            if slot.number == number:
                return slot
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtration:
    """The two filter fans: recirculating inside, blowing out."""

    internal: bool | None = None
    external: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerOff:
    """Automatic power-off after a print: whether, and after how many minutes."""

    enabled: bool | None = None
    delay: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """Totals of the printer: minutes printed, meters of filament; free storage in GB."""

    print_time: float | None = None
    filament: float | None = None
    free_storage: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterState:
    """Everything a printer reports about itself in one answer.

    ``status`` is None for an unknown word, which ``raw_status`` holds. ``error_code`` is
    upper case (``E0163``) and may be set in any status. ``air_quality`` is in µg/m³,
    ``position`` X, Y and Z of the head in mm. ``numbers_trusted`` is False while the
    printer fills job numbers with garbage (docs/protocol/detail.md §3.2). ``direct_feed``
    is the external spool. ``unread`` names the fields of the answer that could not be
    read, ``unknown_fields`` unknown ones. ``light`` may be what is ``assumed``.
    """

    identity: Identity = field(default_factory=Identity)
    status: Status | None = None
    raw_status: str | None = None
    error_code: str | None = None
    job: Job = field(default_factory=Job)
    nozzles: tuple[Heater, ...] = ()
    bed: Heater | None = None
    chamber: Heater | None = None
    adjustments: Adjustments = field(default_factory=Adjustments)
    light: bool | None = None
    assumed: Assumed = field(default_factory=Assumed)
    door_open: bool | None = None
    air_quality: float | None = None
    filtration: Filtration = field(default_factory=Filtration)
    power_off: PowerOff = field(default_factory=PowerOff)
    camera_url: str | None = None
    nozzle_size: str | None = None
    material: str | None = None
    station: MaterialStation | None = None
    direct_feed: MaterialSlot | None = None
    direct_feed_activity: StationActivity | None = None
    counters: Counters = field(default_factory=Counters)
    build_volume: tuple[float, float, float] | None = None
    position: tuple[float, float, float] | None = None
    numbers_trusted: bool = True
    unread: tuple[str, ...] = ()
    unknown_fields: tuple[str, ...] = ()

    def nozzle(self, index: int) -> Heater | None:
        """Return a nozzle, counted from 0; None when the printer does not report it."""
        return self.nozzles[index] if index < len(self.nozzles) else None

    def has_nozzle(self, number: int | None) -> bool:
        """Return whether it is one of several, counted from 1; None for the only one."""
        count = len(self.nozzles)
        return count == 1 if number is None else 1 < count >= number

    def spool(self, number: int) -> MaterialSlot | None:
        """Return the spool in a slot, 0 for the external spool; None if not reported."""
        if number == DIRECT_FEED:
            return self.direct_feed
        return self.station.slot(number) if self.station else None

    @property
    def feeder_rests(self) -> bool:
        """Whether neither the station nor the external spool reports an activity."""
        station = self.station.activity if self.station else None
        return {station, self.direct_feed_activity} <= {None, StationActivity.IDLE}

    @property
    def heats_for_filament(self) -> bool:
        """Whether it heats to load or unload filament, not for a print.

        The status may be the same as while a job warms up
        (docs/protocol/material-station.md §3).
        """
        no_print = self.job.file is None or self.job.progress == 100
        return self.status is Status.HEATING and no_print and not self.feeder_rests

    @property
    def has_job(self) -> bool:
        """Whether a job is running."""
        return self.status in JOB_STATUSES and not self.heats_for_filament

    @property
    def calibrates_for_job(self) -> bool:
        """Whether it calibrates before a print: it reports a file then."""
        return self.status is Status.CALIBRATING and self.job.file is not None

    @property
    def may_have_job(self) -> bool:
        """Whether a job is or may be running; an unknown status may mean one."""
        return self.has_job or self.status is None or self.calibrates_for_job

    @property
    def warming_up(self) -> bool:
        """Whether a job has begun but not its first layer."""
        heats = self.status is Status.HEATING and not self.heats_for_filament
        return heats or self.job.warming_up or self.calibrates_for_job

    @property
    def hottest(self) -> float | None:
        """The highest temperature of any part in °C, None when none is known."""
        parts = (*self.nozzles, self.bed, self.chamber)
        known = [part.temperature for part in parts if part is not None]
        return max((each for each in known if each is not None), default=None)

    @property
    def plate_occupied(self) -> bool:
        """Whether a finished or canceled print waits to be taken off the plate."""
        return self.status in FINISHED_STATUSES

    @property
    def has_error(self) -> bool:
        """Whether something is wrong, whatever the status says."""
        return self.status is Status.ERROR or self.error_code is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What can be controlled, from ``/product`` (docs/protocol/http.md §2.3).

    None where the answer says nothing. Only ``light`` is reliable; some models do not
    report all of the others.
    """

    nozzle: bool | None = None
    bed: bool | None = None
    chamber: bool | None = None
    light: bool | None = None
    internal_fan: bool | None = None
    external_fan: bool | None = None
