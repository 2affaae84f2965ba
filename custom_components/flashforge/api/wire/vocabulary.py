"""The status words and field names of ``/detail`` (docs/protocol/detail.md)."""

from ..state import Status

STATUSES = {
    "ready": Status.IDLE,
    "idle": Status.IDLE,
    "standby": Status.IDLE,
    "busy": Status.BUSY,
    "downloading": Status.BUSY,
    "unzipping": Status.BUSY,
    "sending": Status.BUSY,
    "cloud_slicing": Status.BUSY,
    "loading": Status.BUSY,
    "disconnected": Status.BUSY,
    "calibrate_doing": Status.CALIBRATING,
    "heating": Status.HEATING,
    "preheating": Status.HEATING,
    "preparing": Status.HEATING,
    "printing": Status.PRINTING,
    "building": Status.PRINTING,
    "working": Status.PRINTING,
    "print": Status.PRINTING,
    "running": Status.PRINTING,
    "pausing": Status.PAUSING,
    "pause": Status.PAUSED,
    "paused": Status.PAUSED,
    "canceling": Status.CANCELING,
    "cancelling": Status.CANCELING,
    "cancel": Status.CANCELED,
    "canceled": Status.CANCELED,
    "cancelled": Status.CANCELED,
    "completed": Status.COMPLETED,
    "complete": Status.COMPLETED,
    "finish": Status.COMPLETED,
    "finished": Status.COMPLETED,
    "done": Status.COMPLETED,
    "error": Status.ERROR,
}
"""Status words, trimmed and in lower case (docs/protocol/detail.md §4)."""

_AMBIGUOUS = frozenset({"print"})
# Other words begin with these and mean something else, such as "print_paused".

_WHOLE = ("ing", "ed")
# Known words with these endings may be followed by more letters.


def known_word(word: str) -> str:
    """Return the known status word for a word, the word itself when there is none.

    ``word`` is trimmed and in lower case. Newer firmware extends known words
    (``printing_first_layer``, ``pausing by person``), so the longest known word with
    which it begins counts.
    """
    if word in STATUSES:
        return word
    stems = [
        stem
        for stem in STATUSES.keys() - _AMBIGUOUS
        if word.startswith(stem)
        and (stem.endswith(_WHOLE) or not word[len(stem)].isalpha())
    ]
    return max(stems, key=len, default=word)


_READ = """
    pid name model firmwareVersion macAddr measure nozzleModel
    status errorCode printFileName rightFilamentType
    printProgress printDuration estimatedTime printLayer targetPrintLayer
    currentPrintSpeed printSpeedAdjust zAxisCompensation fillAmount
    estimatedRightLen estimatedRightWeight
    rightTemp rightTargetTemp nozzleTemps nozzleTargetTemps
    platTemp platTargetTemp chamberTemp chamberTargetTemp
    coolingFanSpeed coolingFanLeftSpeed coolingLeftFanSpeed chamberFanSpeed
    internalFanStatus externalFanStatus lightStatus doorStatus tvoc
    autoShutdown autoShutdownTime camera cameraStreamUrl lidar
    hasMatlStation HasMatlStation matlStationInfo MatlStationInfo
    indepMatlInfo hasRightFilament coordinate
    cumulativePrintTime cumulativeFilament remainingDiskSpace
"""
# Fields that become part of the state.

_LEFT_OUT = """
    ipAddr location flashRegisterCode polarRegisterCode jobId
    nozzleCnt nozzleStyle printFileThumbUrl remainingTime
    leftTemp leftTargetTemp leftFilamentType hasLeftFilament
    estimatedLeftLen estimatedLeftWeight clearFanStatus
    moveCtrl extrudeCtrl
"""
# Fields that are secret, useless or repeated better by another field.

_ENVELOPE = "code err message msg"
# Fields of the envelope, for answers that have all fields at the top level.

KNOWN_FIELDS = frozenset(f"{_READ} {_LEFT_OUT} {_ENVELOPE}".split())
"""Every field of the protocol reference; others are reported as unknown."""

GARBAGE_WORDS = frozenset({"downloading", "unzipping", "sending", "cloud_slicing"})
"""Status words during which the job numbers are not used."""
