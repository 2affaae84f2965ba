"""The words of `/detail`: status words and field names (docs/protocol/detail.md)."""

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
"""The printers' words, trimmed and in lower case (docs/protocol/detail.md §4)."""

_AMBIGUOUS = frozenset({"print"})
# Words that begin others of another meaning, such as "print_paused".

_WHOLE = ("ing", "ed")
# A word with such an end is whole, so more letters behind it are something added.


def known_word(word: str) -> str:
    """Return the status word that a word means, the word itself when nobody knows it.

    ``word`` is trimmed and in lower case. Newer firmware adds to a word that it had
    (``printing_first_layer``, ``pausing by person``), so one that begins like a known
    one counts as that; of several the longest counts.
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
# What becomes part of the state.

_LEFT_OUT = """
    ipAddr location flashRegisterCode polarRegisterCode jobId
    nozzleCnt nozzleStyle printFileThumbUrl remainingTime
    leftTemp leftTargetTemp leftFilamentType hasLeftFilament
    estimatedLeftLen estimatedLeftWeight clearFanStatus
    moveCtrl extrudeCtrl
"""
# What is secret, means nothing or is said better by another field.

_ENVELOPE = "code err message msg"
# What stands beside the fields of an answer that has them at its top level.

KNOWN_FIELDS = frozenset(f"{_READ} {_LEFT_OUT} {_ENVELOPE}".split())
"""Every field of the protocol reference; any other one is reported as unknown."""

GARBAGE_WORDS = frozenset({"downloading", "unzipping", "sending", "cloud_slicing"})
"""Status words under which no job number counts, however right it looks."""
