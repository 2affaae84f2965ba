"""The fields, commands and required parameters of each firmware."""

COMMON_FIELDS = (
    "status",
    "printFileName",
    "printFileThumbUrl",
    "printProgress",
    "printDuration",
    "estimatedTime",
    "printLayer",
    "targetPrintLayer",
    "errorCode",
    "doorStatus",
    "lightStatus",
    "name",
    "firmwareVersion",
    "ipAddr",
    "macAddr",
    "location",
    "measure",
    "nozzleCnt",
    "nozzleModel",
    "nozzleStyle",
    "platTemp",
    "platTargetTemp",
    "chamberTemp",
    "chamberTargetTemp",
    "leftTemp",
    "leftTargetTemp",
    "rightTemp",
    "rightTargetTemp",
    "leftFilamentType",
    "rightFilamentType",
    "chamberFanSpeed",
    "coolingFanSpeed",
    "internalFanStatus",
    "externalFanStatus",
    "cameraStreamUrl",
    "remainingDiskSpace",
    "cumulativePrintTime",
    "cumulativeFilament",
    "currentPrintSpeed",
    "printSpeedAdjust",
    "zAxisCompensation",
    "fillAmount",
    "autoShutdown",
    "autoShutdownTime",
    "estimatedLeftLen",
    "estimatedLeftWeight",
    "estimatedRightLen",
    "estimatedRightWeight",
    "flashRegisterCode",
    "polarRegisterCode",
    "pid",
)
"""The fields of every HTTP printer (docs/protocol/detail.md §2)."""

SINGLE_FIELDS = (
    *COMMON_FIELDS,
    "tvoc",
)
"""The fields of the 5M family."""

STATION_FIELDS = (
    *COMMON_FIELDS,
    "tvoc",
    "clearFanStatus",
    "coolingFanLeftSpeed",
    "coordinate",
    "camera",
    "moveCtrl",
    "extrudeCtrl",
    "hasMatlStation",
    "hasLeftFilament",
    "hasRightFilament",
    "jobId",
    "indepMatlInfo",
    "matlStationInfo",
)
"""The fields of the AD5X with its material station."""

HEADS_FIELDS = (
    *COMMON_FIELDS,
    "model",
    "nozzleTemps",
    "nozzleTargetTemps",
    "camera",
    "lidar",
    "matlStationInfo",
)
"""The fields of the Creator 5 with its four heads."""

HEADS_PRO_FIELDS = tuple(
    name for name in (*HEADS_FIELDS, "tvoc") if name != "printFileThumbUrl"
)
"""The fields of the Creator 5 Pro, as captured on 1.9.9."""

COMMANDS = frozenset(
    {
        "lightControl_cmd",
        "printerCtl_cmd",
        "temperatureCtl_cmd",
        "jobCtl_cmd",
        "stateCtrl_cmd",
        "delayClose_cmd",
        "reName_cmd",
        "calibration_cmd",
        "streamCtrl_cmd",
    }
)
"""The commands of every HTTP printer (docs/protocol/http.md §4.1)."""

UPLOAD_HEADERS = frozenset(
    {"serialNumber", "checkCode", "fileSize", "printNow", "levelingBeforePrint"}
)
"""The headers that an upload needs on a 5M before 3.1.3 (docs/protocol/http.md §7)."""

UPLOAD_HEADERS_TOOLS = UPLOAD_HEADERS | {
    "flowCalibration",
    "useMatlStation",
    "gcodeToolCnt",
    "materialMappings",
}
"""The same on a 5M from 3.1.3."""

UPLOAD_HEADERS_STATION = UPLOAD_HEADERS_TOOLS | {
    "firstLayerInspection",
    "timeLapseVideo",
}
"""The same on an AD5X."""

UPLOAD_HEADERS_HEADS = UPLOAD_HEADERS_STATION - {
    "firstLayerInspection",
    "materialMappings",
}
"""The same on a Creator 5; it accepts the other two but does not need them (docs/protocol/README.md §8 no. 50)."""

START_FIELDS = frozenset({"fileName", "levelingBeforePrint"})
"""The fields that /printGcode needs on a 5M before 3.1.3 and a Creator 5 (docs/protocol/http.md §6)."""

START_FIELDS_TOOLS = START_FIELDS | {
    "flowCalibration",
    "useMatlStation",
    "gcodeToolCnt",
    "materialMappings",
}
"""The same on a 5M from 3.1.3."""

START_FIELDS_STATION = START_FIELDS_TOOLS | {"firstLayerInspection", "timeLapseVideo"}
"""The same on an AD5X."""

MOTION_COMMANDS = frozenset({"moveCtrl_cmd", "extrudeCtrl_cmd", "homingCtrl_cmd"})
"""The motion commands of an AD5X (docs/protocol/http.md §5)."""

LINES = frozenset(
    {
        *("M601", "M602", "M115", "M119", "M105", "M27", "M114"),
        *("M23", "M24", "M25", "M26", "M104", "M140", "M106", "M107", "M146"),
        *("M17", "M18", "G28", "G90", "G91", "G92", "G1"),
    }
)
"""The commands of every printer of the 5M family at port 8899 (docs/protocol/tcp.md §3)."""

LINES_5M = LINES | {"M661", "M662", "M405", "M406"}
"""The same on the 5M and the 5M Pro; an AD5X lists its files over HTTP only."""

LINES_OLD = LINES | {"G0", "M28", "M29", "M112", "M610", "M650"}
"""The commands of the older printers, which speak only lines (docs/protocol/adventurer-3-4.md §5)."""

LINES_LISTED = LINES_OLD | {"M661", "M662"}
"""The same with the list of files and their pictures."""

LINES_ADVENTURER3 = LINES_LISTED | {"M651", "M652"}
"""The same with the rear fan."""
