"""The readings of a printing AD5X, each in two versions."""

from collections.abc import Mapping

MODEL = "ad5x"

type Versions = Mapping[str, tuple[object, object]]


def _spool(material: str, color: str) -> dict[str, object]:
    return {"materialName": material, "materialColor": color}


def _station(slot: int, action: int, spool: Mapping[str, object]) -> object:
    return {
        "slotCnt": 4,
        "currentSlot": slot,
        "currentLoadSlot": slot,
        "stateAction": action,
        "stateStep": 0,
        "slotInfos": [
            {"slotId": number, "hasFilament": True, **spool} for number in range(1, 5)
        ],
    }


_WHITE, _BLACK = _spool("PLA", "#FFFFFF"), _spool("PETG", "#000000")

READINGS: Versions = {
    "errorCode": ("", "E0163"),
    "printFileName": ("Benchy.3mf", "Boat.3mf"),
    "printProgress": (0.3, 0.5),
    "printDuration": (1800, 4000),
    "estimatedTime": (4200, 4000),
    "printLayer": (40, 70),
    "targetPrintLayer": (140, 150),
    "currentPrintSpeed": (210, 250),
    "fillAmount": (15, 20),
    "estimatedRightLen": (12000.0, 14000.0),
    "estimatedRightWeight": (36.5, 42.5),
    "rightTemp": (218.5, 221.0),
    "platTemp": (58.5, 61.0),
    "cumulativePrintTime": (1000, 1001),
    "cumulativeFilament": (500.5, 501.5),
    "remainingDiskSpace": (6.25, 5.75),
    "nozzleModel": ("0.4mm", "0.6mm"),
    "matlStationInfo": (_station(1, 4, _WHITE), _station(2, 5, _WHITE)),
}
"""What the printer measures, counts or does. Its status stays, because in most others
half of the readings are not there."""

SETTINGS: Versions = {
    "printSpeedAdjust": (100, 120),
    "zAxisCompensation": (0.0, 0.025),
    "coolingFanSpeed": (50, 100),
    "coolingFanLeftSpeed": (50, 100),
    "rightTargetTemp": (220, 230),
    "platTargetTemp": (60, 65),
    "lightStatus": ("open", "close"),
    "autoShutdown": ("open", "close"),
    "autoShutdownTime": (30, 45),
    "matlStationInfo": (_station(1, 4, _WHITE), _station(2, 5, _BLACK)),
    "indepMatlInfo": (_WHITE, _BLACK),
}
"""What somebody sets: targets, fans, switches, and which spool is where."""

_MOVING = (
    "printProgress",
    "estimatedTime",
    "printLayer",
    "currentPrintSpeed",
    "rightTemp",
    "platTemp",
    "cumulativePrintTime",
    "cumulativeFilament",
)

VARIANTS: Mapping[str, Versions] = {
    "unchanged": {},
    # What moves while a print goes on; its file and the spools stay. So does the time
    # printed: one that falls would be another print.
    "printing": {name: READINGS[name] for name in _MOVING},
    "changed": READINGS,
    "everything": {**READINGS, **SETTINGS},
}
"""What changes from poll to poll, by what the numbers are called."""


def versions(changing: Versions) -> list[dict[str, object]]:
    """Return the two versions of an answer; the second of nothing is the first."""
    return [{name: both[at] for name, both in changing.items()} for at in (0, 1)]
