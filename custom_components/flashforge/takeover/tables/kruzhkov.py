"""The table of kruzhkov (kruzhkov/hass-flashforge-adventurer-5), 1.0.1 (2025-03)."""

from .peer import Peer

KRUZHKOV = Peer(
    name="kruzhkov",
    domain="flashforge_adventurer_5",
    heirs={
        "sensor/progress": "progress",
        "sensor/tempnozzle": "nozzle_temperature",
        "sensor/tempnozzledesired": None,
        "sensor/tempbed": "bed_temperature",
        "sensor/tempbeddesired": None,
        "sensor/machine_status": "status",
        "sensor/move_mode": None,
        "sensor/current_file": "file",
        "sensor/layer": "current_layer",
        "camera/camera": "camera",
    },
    instead={
        "sensor/tempnozzledesired": "number/nozzle_target",
        "sensor/tempbeddesired": "number/bed_target",
        "sensor/move_mode": "sensor/status",
    },
    words={
        "sensor/machine_status": {
            "READY": "idle",
            "BUSY": "busy",
            "HEATING": "heating",
            "CALIBRATING": "calibrating",
            "BUILDING_FROM_SD": "printing",
            "PAUSING": "pausing",
            "PAUSED": "paused",
            "BUILDING_COMPLETED": "completed",
            "CANCELING": "canceling",
            "CANCELLED": "canceled",
            "ERROR": "error",
        },
    },
    renewed=frozenset({"sensor/layer"}),
)
