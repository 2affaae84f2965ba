"""The differences between firmwares, as data that a test can change."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .dialect import MODERN, Dialect
from .fields import START_FIELDS_TOOLS, UPLOAD_HEADERS_TOOLS


class Estimate(StrEnum):
    """What `estimatedTime` means; three firmwares, three meanings (docs/protocol/detail.md §3.1)."""

    REMAINING = "remaining"
    TOTAL = "total"
    TOTAL_THEN_ELAPSED = "total, then elapsed"


class Chamber(StrEnum):
    """What a machine has for the air around the print."""

    NONE = "none"
    SENSOR = "sensor"
    HEATED = "heated"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartWindow:
    """Some seconds after a start in which the job fields carry raw memory.

    `numbers` are /detail values as captured (docs/protocol/detail.md §3.2).
    """

    word: str
    seconds: float
    numbers: Mapping[str, object]


_DOWNLOADING: Mapping[str, object] = {
    "printFileName": "",
    "printProgress": 1.5414283107572988e-44,
    "printDuration": 0,
    "estimatedTime": 0.0,
    "printLayer": 11,
    "targetPrintLayer": 0,
    "chamberFanSpeed": 11,
    "coolingFanSpeed": 9,
    "printSpeedAdjust": 10,
    "zAxisCompensation": 1.2611686178923354e-44,
}
_UNZIPPING: Mapping[str, object] = {
    "printFileName": "",
    "printProgress": 1.1117833352328347e-38,
    "printDuration": 268369921,
    "estimatedTime": 65656,
    "printLayer": 65658,
    "targetPrintLayer": 8065023,
    "chamberFanSpeed": 5177344,
    "coolingFanSpeed": 5111810,
    "printSpeedAdjust": 65660,
    "zAxisCompensation": 2.7561578975419097e-40,
}

GARBAGE_AFTER_START = (
    StartWindow(word="downloading", seconds=0.5, numbers=_DOWNLOADING),
    StartWindow(word="unzipping", seconds=0.5, numbers=_DOWNLOADING),
    StartWindow(word="unzipping", seconds=3.0, numbers=_UNZIPPING),
)
"""The start captured on a Creator 5 Pro 1.9.9, about four seconds in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """How one firmware differs from the next. Use `dataclasses.replace` to change it.

    Words (docs/protocol/detail.md §4): `paused_word`, `canceled_word`, `pausing_word`,
    `calibrating_word`; `warm_up_word` is `heating` or, on 1.9.9, `printing`.
    """

    paused_word: str = "pause"
    canceled_word: str = "cancel"
    pausing_word: str = "pausing"
    calibrating_word: str = "calibrate_doing"
    feeding_word: str = "busy"
    """`status` while filament is loaded or unloaded; perhaps `heating` on some."""
    warm_up_word: str = "heating"

    drops_job_control_in_warm_up: bool = False
    """Pause and cancel are acknowledged and ignored (docs/protocol/http.md §4.4)."""
    start_windows: tuple[StartWindow, ...] = ()
    """The fields between a start and the warm-up; if empty, the warm-up begins at once."""
    pausing_seconds: float = 4.0
    canceling_seconds: float = 4.0
    controls_need_job: bool = True
    """`printerCtl_cmd` does nothing while no job runs (docs/protocol/http.md §4.2)."""
    resets_omitted_controls: bool = False
    """The second reading of docs/protocol/http.md §4.2: a value missing in `printerCtl_cmd` is reset."""
    filtration_needs_job: bool = False

    estimate: Estimate = Estimate.REMAINING
    idle_speed_adjust: float = 100
    """`printSpeedAdjust` without a job: 100, or 0 on 1.9.9."""
    completed_progress: float = 1.0
    """`printProgress` of a completed job; 0.0 was seen too (docs/protocol/README.md §8 no. 56)."""
    warm_up_station_action: int = 4
    """`stateAction` while warming up; 0 in a capture of 1.9.9."""

    chamber: Chamber = Chamber.NONE
    no_chamber: tuple[float, float] = (0, 0)
    """`chamberTemp` and `chamberTargetTemp` of a machine without a sensor."""
    whole_degrees: bool = False
    temperature_ripple: float = 0.0
    """How far a held temperature swings, in °C."""
    nozzle_model_per_tool: bool = False
    no_error: str | int = ""
    """`errorCode` without an error: an empty text, or 0 as seen once."""

    camera_single_client: bool = True
    """A second stream is reset (docs/protocol/camera.md)."""
    sends_camera_url: bool = True
    """False: `cameraStreamUrl` is empty although a camera streams, as on an AD5X."""
    stream_control: bool = False
    """`streamCtrl_cmd` switches the camera."""

    upload_headers: frozenset[str] = UPLOAD_HEADERS_TOOLS
    """Headers without which an upload is refused (docs/protocol/http.md §7)."""
    start_fields: frozenset[str] = START_FIELDS_TOOLS
    """Fields without which a stored file does not start (docs/protocol/http.md §6)."""
    starts_stored_files: bool = True
    """False: `/printGcode` is acknowledged and nothing happens (docs/protocol/http.md §6.1)."""
    refuses_uploads_early: bool = False
    """An upload is refused for its headers while the client still sends the body;
    otherwise everything is read first."""

    file_details: bool = False
    """`/gcodeList` carries `gcodeListDetail`."""
    file_limit: int | None = 10
    file_prefix: str = ""
    """A prefix of each name in the list; `/data/` was seen."""
    missing_paths: frozenset[str] = frozenset()
    """Endpoints that this firmware answers with 404, such as `/checkCode`."""

    top_level_fields: bool = False
    """/detail fields are beside `code`, not in `detail`."""
    code_key: str = "code"
    message_key: str = "message"
    """`err` and `msg` on some firmware (docs/protocol/detail.md)."""
    homing_seconds: float = 15.0
    moves_need_homing: bool = False
    """A move before homing is acknowledged and ignored; the reference leaves this open."""

    dialect: Dialect = MODERN
    """The words of the line port."""
    line_control: str = "Control Success V2.1."
    """The answer to `M601 S1`; without a version, uploads come in frames
    (docs/protocol/adventurer-3-4.md §5)."""
    line_again: str | None = None
    """The answer to `M601` of the client in control: `Error: have been connected` on some."""
    login_first: bool = False
    """Nothing is answered before `M601`."""
    broadcasts: bool = False
    """Each reply goes to every connected client."""
    hurry_switches_off: bool = False
    """A command before the `ok` of the last one switches the machine off."""
    selects_only: bool = False
    """`M23` selects a file and `M24` starts it; otherwise `M23` starts it."""
    frees_plate: bool = False
    """The next job can start without the plate being cleared."""
    integers_only: bool = False
    """A target with decimals is ignored."""
    homes_whole: bool = False
    """`G28` with axes is ignored."""
    drops_remarks: bool = False
    """A line with `;` is not answered."""
    longest_path: int | None = None
    """A file with a longer path, in bytes, is not stored, without an error."""
    keeps_line_control: bool = True
    """A client that leaves without `M602` keeps control away from all others."""
    line_patience: float = 30.0
    """Seconds of silence after which control is lost (docs/protocol/tcp.md §2)."""
    line_idle: float | None = None
    """Seconds of silence after which a connection is closed."""
    line_end: str = "\r\n"
    line_pieces: int | None = None
    """The number of bytes of a line reply sent at a time; None sends it whole."""
    line_noise: tuple[str, ...] = ()
    """Lines that nobody asked for, sent before each reply."""
    line_babbles: bool = False
    """A reply has no end: its last line is repeated until the client leaves."""
    rename_seconds: float = 0.0
    """How long the line port is away after `M610`, which is not answered then (docs/protocol/tcp.md §3)."""
    closing_seconds: float = 2.0
    """`M29` sooner after the last raw byte stores nothing (docs/protocol/adventurer-3-4.md §5)."""
    deaf_seconds: float = 15.0
    """How long nothing is answered after an upload that was not completed."""
    repeats_first_frame: bool = False
    """The first frame of an upload is acknowledged twice."""
    breaks_when_asked: bool = False
    """A command of another client during an upload breaks it; otherwise it is only not answered."""

    keep_alive_seconds: float = 5.0
    """The printer closes an idle connection after these seconds (docs/protocol/http.md §8)."""

    @property
    def framed_uploads(self) -> bool:
        """Whether uploads come in frames with an acknowledgment each."""
        return "V" not in self.line_control
