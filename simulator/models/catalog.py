"""The models, one frozen record each; no other module tells them apart."""

from collections.abc import Mapping
from dataclasses import replace

from .fields import (
    COMMANDS,
    HEADS_FIELDS,
    HEADS_PRO_FIELDS,
    LINES,
    LINES_5M,
    MOTION_COMMANDS,
    SINGLE_FIELDS,
    START_FIELDS,
    START_FIELDS_STATION,
    STATION_FIELDS,
    UPLOAD_HEADERS,
    UPLOAD_HEADERS_HEADS,
    UPLOAD_HEADERS_STATION,
)
from .files import AD5X_FILES, CREATOR_FILES
from .older import OLDER_MODELS
from .quirks import GARBAGE_AFTER_START, Chamber, Estimate, Quirks
from .spec import Camera, ModelSpec, SpeedRange


def _product(
    *, light: int = 0, filtration: int = 0, chamber: int = 0
) -> dict[str, int]:
    return {
        "nozzleTempCtrlState": 1,
        "chamberTempCtrlState": chamber,
        "platformTempCtrlState": 1,
        "lightCtrlState": light,
        "internalFanCtrlState": filtration,
        "externalFanCtrlState": filtration,
    }


_5M_QUIRKS = Quirks(paused_word="paused", canceled_word="cancelled")
_5M_PRO_QUIRKS = replace(_5M_QUIRKS, chamber=Chamber.SENSOR, stream_control=True)
_5M_PRO_OLD_QUIRKS = replace(
    _5M_PRO_QUIRKS,
    stream_control=False,
    upload_headers=UPLOAD_HEADERS,
    start_fields=START_FIELDS,
)
_C5_QUIRKS = Quirks(
    estimate=Estimate.TOTAL,
    whole_degrees=True,
    no_chamber=(-109, 0),
    upload_headers=UPLOAD_HEADERS_HEADS,
    start_fields=START_FIELDS,
)
_C5_PRO_QUIRKS = replace(
    _C5_QUIRKS,
    chamber=Chamber.HEATED,
    filtration_needs_job=True,
    starts_stored_files=False,
)
_C5_PRO_199_QUIRKS = replace(
    _C5_PRO_QUIRKS,
    starts_stored_files=True,
    warm_up_word="printing",
    drops_job_control_in_warm_up=True,
    start_windows=GARBAGE_AFTER_START,
    estimate=Estimate.TOTAL_THEN_ELAPSED,
    idle_speed_adjust=0.0,
    warm_up_station_action=0,
    nozzle_model_per_tool=True,
    file_details=True,
)

_5M = ModelSpec(
    key="5m",
    name="Adventurer 5M",
    pid=0x0023,
    serial_tag="5M",
    firmwares={"3.2.7": _5M_QUIRKS, "3.1.3": _5M_QUIRKS},
    volume=(220, 220, 220),
    nozzle_max=280,
    bed_max=110,
    nozzle_style=1,
    product=_product(),
    fields=SINGLE_FIELDS,
    commands=COMMANDS,
    lines=LINES_5M,
)
_5M_PRO = replace(
    _5M,
    key="5m_pro",
    name="Adventurer 5M Pro",
    pid=0x0024,
    serial_tag="5P",
    firmwares={
        "3.2.7": _5M_PRO_QUIRKS,
        "2.7.6": _5M_PRO_OLD_QUIRKS,
    },
    camera=Camera.BUILT_IN,
    chamber_fan=True,
    filtration=True,
    air_sensor=True,
    product=_product(light=1, filtration=1),
    commands=COMMANDS | {"circulateCtl_cmd"},
)
_AD5X = ModelSpec(
    key="ad5x",
    name="AD5X",
    pid=0x0026,
    serial_tag="AX",
    firmwares=dict.fromkeys(
        ("1.1.7-1.0.2", "1.2.1-1.1.1", "1.1.3-1.0.8"),
        Quirks(
            sends_camera_url=False,
            file_details=True,
            upload_headers=UPLOAD_HEADERS_STATION,
            start_fields=START_FIELDS_STATION,
        ),
    ),
    volume=(220, 220, 220),
    nozzle_max=300,
    bed_max=110,
    slots=(
        ("PLA", "#FFFFFF"),
        ("PLA", "#2750E0"),
        ("PLA", "#FEF043"),
        ("PLA", "#F95D73"),
    ),
    speeds=SpeedRange(highest=500),
    left_fan=True,
    station_detachable=True,
    product=_product(),
    fields=STATION_FIELDS,
    commands=COMMANDS
    | MOTION_COMMANDS
    | {
        "msConfig_cmd",
        "ipdMsConfig_cmd",
        "ms_cmd",
        "ipdMs_cmd",
        "errorCodeCtrl_cmd",
    },
    lines=LINES,
    files=AD5X_FILES,
)
_CREATOR5 = ModelSpec(
    key="creator5",
    name="Creator 5",
    pid=0x0028,
    serial_tag="C5",
    firmwares={"1.7.8": _C5_QUIRKS},
    volume=(256, 256, 256),
    nozzle_max=300,
    bed_max=120,
    chamber_max=80,
    tools=4,
    slots=(
        ("PLA", "#4CAAF8"),
        ("PLA", "#F435F6"),
        ("PLA", "#FFF245"),
        ("PLA", "#FFFFFF"),
    ),
    camera=Camera.BUILT_IN,
    speeds=SpeedRange(highest=166, steps=(50, 100, 125, 166)),
    head_temperatures=True,
    product=_product(light=1, chamber=1),
    fields=HEADS_FIELDS,
    commands=COMMANDS | {"msConfig_cmd"},
    files=CREATOR_FILES,
    suffixes=(".3mf",),
)
_CREATOR5_PRO = replace(
    _CREATOR5,
    key="creator5_pro",
    name="Creator 5 Pro",
    pid=0x0029,
    serial_tag="CP",
    firmwares={
        "1.9.9": _C5_PRO_199_QUIRKS,
        "1.9.6": _C5_PRO_QUIRKS,
        "1.9.4": _C5_PRO_QUIRKS,
    },
    slots=(
        ("PLA", "#1B1B1B"),
        ("PETG", "#1B1B1B"),
        ("PLA", "#FFFFFF"),
        ("PLA", "#805003"),
    ),
    chamber_fan=True,
    filtration=True,
    air_sensor=True,
    door_sensor=True,
    fields=HEADS_PRO_FIELDS,
    commands=COMMANDS | {"msConfig_cmd", "circulateCtl_cmd"},
)
MODELS: Mapping[str, ModelSpec] = {
    spec.key: spec
    for spec in (
        _5M,
        _5M_PRO,
        _AD5X,
        _CREATOR5,
        _CREATOR5_PRO,
        *OLDER_MODELS,
    )
}
"""Every model by its key."""
