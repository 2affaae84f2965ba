"""The readings of a printing AD5X, each in two versions."""

MODEL = "ad5x"

CHANGES: dict[str, tuple[object, ...]] = {
    "errorCode": ("", "E0163"),
    "printFileName": ("Benchy.3mf", "Boat.3mf"),
    "printProgress": (0.3, 0.5),
    "printDuration": (1800, 4000),
    "estimatedTime": (4200, 4000),
    "printLayer": (40, 70),
    "targetPrintLayer": (140, 150),
    "currentPrintSpeed": (210, 250),
    "printSpeedAdjust": (100, 120),
    "fillAmount": (15, 20),
    "estimatedRightLen": (12000.0, 14000.0),
    "estimatedRightWeight": (36.5, 42.5),
    "zAxisCompensation": (0.0, 0.025),
    "coolingFanSpeed": (50, 100),
    "coolingFanLeftSpeed": (50, 100),
    "rightTemp": (219.5, 221.0),
    "rightTargetTemp": (220, 230),
    "platTemp": (59.5, 61.0),
    "platTargetTemp": (60, 65),
    "lightStatus": ("open", "close"),
    "autoShutdown": ("open", "close"),
    "autoShutdownTime": (30, 45),
    "cumulativePrintTime": (1000, 1001),
    "cumulativeFilament": (500.5, 501.5),
    "remainingDiskSpace": (6.25, 5.75),
    "nozzleModel": ("0.4mm", "0.6mm"),
    "matlStationInfo": tuple(
        {
            "slotCnt": 4,
            "currentSlot": slot,
            "currentLoadSlot": slot,
            "stateAction": action,
            "stateStep": 0,
            "slotInfos": [
                {
                    "slotId": number,
                    "hasFilament": True,
                    "materialName": material,
                    "materialColor": color,
                }
                for number in range(1, 5)
            ],
        }
        for slot, action, material, color in (
            (1, 4, "PLA", "#FFFFFF"),
            (2, 5, "PETG", "#000000"),
        )
    ),
    "indepMatlInfo": tuple(
        {"materialName": name, "materialColor": color, "stateAction": 0, "stateStep": 0}
        for name, color in (("ABS", "#FFFFFF"), ("TPU", "#000000"))
    ),
}
"""What every reading of a printing AD5X changes between; its status stays, because in
most others half of the readings are not there."""
