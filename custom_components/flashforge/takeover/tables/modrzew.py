"""The table of modrzew (modrzew/hass-flashforge-adventurer-3), 1.0.0 to 1.0.4."""

from .peer import Peer

MODRZEW = Peer(
    name="modrzew",
    domain="flashforge_adventurer_3",
    heirs={
        "sensor/state": "status",
        "sensor/progress": "progress",
        "camera/camera": "camera",
    },
    words={
        "sensor/state": {
            "online": "idle",
        },
    },
)
