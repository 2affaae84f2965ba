"""What a printer is, at one moment: frozen, comparable, in Home Assistant's units.

Everything absent, unreadable or impossible is None; sentinels and wire names are gone
before a value gets here (api/detail.py does that).
"""

from dataclasses import dataclass, field
from enum import StrEnum


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
"""A job runs in these."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialSlot:
    """One spool: ``number`` 1–n, or 0 for the direct feed; ``color`` is ``#RRGGBB``."""

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
        # A plain loop: every poll asks for each slot several times.
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
    """Switching off by itself after a print: whether, and after how many minutes."""

    enabled: bool | None = None
    delay: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """Over the printer's life: minutes printed, meters of filament; free storage in GB."""

    print_time: float | None = None
    filament: float | None = None
    free_storage: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who answered. ``/detail`` carries no serial number (docs/design.md, law 4)."""

    pid: int | None = None
    name: str | None = None
    model_name: str | None = None
    firmware: str | None = None
    mac: str | None = None

    def admits(self, other: Identity) -> bool:
        """Return whether an answer with the identity ``other`` can be of this printer.

        Product id and MAC address decide; what one of the two leaves out proves nothing.
        """
        return (self.pid is None or other.pid in {None, self.pid}) and (
            self.mac is None
            or other.mac is None
            or _digits(self.mac) == _digits(other.mac)
        )


def _digits(mac: str) -> str:
    return "".join(char for char in mac.lower() if char.isalnum())


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterState:
    """Everything a printer says about itself in one answer.

    ``status`` is None for a word nobody knows, then ``raw_status`` has it. ``error_code``
    is upper case (``E0163``) and may be set whatever the status. ``air_quality`` is in
    µg/m³. ``numbers_trusted`` is False while the printer fills job numbers with garbage
    (docs/protocol/detail.md §3.2). ``position`` is X, Y and Z of the head in mm. ``unread`` names the wire fields that could not be read,
    ``unknown_fields`` those that nobody knows yet.
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

    @property
    def feeder_rests(self) -> bool:
        """Whether neither the station nor the direct feed says that it does something."""
        station = self.station.activity if self.station else None
        return {station, self.direct_feed_activity} <= {None, StationActivity.IDLE}

    @property
    def heats_for_filament(self) -> bool:
        """Whether it heats to load or unload: no print is under way, and none is named.

        The status word of that may be the one of a job that warms up
        (docs/protocol/material-station.md §3).
        """
        no_print = self.job.file is None or self.job.progress == 100
        return self.status is Status.HEATING and no_print and not self.feeder_rests

    @property
    def has_job(self) -> bool:
        """Whether a job runs."""
        return self.status in JOB_STATUSES and not self.heats_for_filament

    @property
    def calibrates_for_job(self) -> bool:
        """Whether it calibrates and names a file, which it does before a print."""
        return self.status is Status.CALIBRATING and self.job.file is not None

    @property
    def may_have_job(self) -> bool:
        """Whether a job runs or may run: a status nobody knows may well be one."""
        return self.has_job or self.status is None or self.calibrates_for_job

    @property
    def warming_up(self) -> bool:
        """Whether a job has begun but not its first layer."""
        return (
            (self.status is Status.HEATING and not self.heats_for_filament)
            or self.job.warming_up
            or self.calibrates_for_job
        )

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
    """What ``/product`` says is controllable (docs/protocol/http.md §2.3); None is unsaid.

    Only ``light`` may be relied on; the others under-report on some models.
    """

    nozzle: bool | None = None
    bed: bool | None = None
    chamber: bool | None = None
    light: bool | None = None
    internal_fan: bool | None = None
    external_fan: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTool:
    """What a stored file needs of one tool.

    ``tool`` counts from 0, ``weight`` is in g, ``slot`` is the slicer's choice or None.
    """

    tool: int
    material: str | None = None
    color: str | None = None
    weight: float | None = None
    slot: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file on the printer: print time in s, weight in g; tools None when unsaid."""

    name: str
    print_time: float | None = None
    weight: float | None = None
    uses_station: bool | None = None
    tools: tuple[FileTool, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlicedFile:
    """A print file on our side, as its slicer describes it; None is unsaid.

    ``print_time`` is in s, ``weight`` in g. ``tools`` holds the
    tools that the slicer names, those with a weight of 0 are not printed with.
    ``printer`` is the model it was sliced for, in the slicer's words, ``nozzles`` are the
    diameters in mm, ``bed`` is its width and depth in mm, ``extent`` how far the print
    reaches in X, Y and Z in mm, 0 for what is unsaid. ``thumbnail`` is a
    PNG or JPEG as stored, from a ``.gx`` without one the BMP that its printer shows.
    """

    printer: str | None = None
    nozzles: tuple[float, ...] = ()
    bed: tuple[float, float] | None = None
    extent: tuple[float, float, float] | None = None
    print_time: float | None = None
    weight: float | None = None
    tools: tuple[FileTool, ...] | None = None
    thumbnail: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialMapping:
    """Which slot feeds one tool of a job (docs/protocol/material-station.md §5).

    ``tool`` counts from 0, ``slot`` from 1; both colors are ``#RRGGBB``, of the file and
    of the spool in the slot.
    """

    tool: int
    slot: int
    material: str
    tool_color: str
    slot_color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOptions:
    """How a job is started. Without ``mappings`` it uses no material station."""

    leveling: bool = True
    flow_calibration: bool = False
    first_layer_inspection: bool = False
    time_lapse: bool = False
    mappings: tuple[MaterialMapping, ...] = ()
