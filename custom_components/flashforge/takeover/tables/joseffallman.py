"""The table of joseffallman (joseffallman/hass_flashforge), 0.1 to 0.2.1 (2025-05)."""

from .peer import Peer

JOSEFFALLMAN = Peer(
    name="joseffallman",
    domain="flashforge",
    heirs={
        "sensor/status": "status",
        "sensor/job_percentage": "progress",
        "sensor/file": "file",
        "sensor/layers": "total_layers",
        "sensor/print_layer": "current_layer",
        "sensor/print_status": None,
        "sensor/move_mode": None,
        "sensor/extruder_current": "nozzle_temperature",
        "sensor/extruder_target": None,
        "sensor/bed_current": "bed_temperature",
        "sensor/bed_target": None,
        "button/abort": "cancel",
        "button/continue": "resume",
        "button/pause": "pause",
        "button/print_file": "print_selected_file",
        "select/select": "print_file",
        "camera/camera": "camera",
        "light/light": "light",
    },
    instead={
        "sensor/print_status": "sensor/status",
        "sensor/move_mode": "sensor/status",
        "sensor/extruder_target": "number/nozzle_target",
        "sensor/bed_target": "number/bed_target",
    },
    words={
        "sensor/status": {
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
    actions={
        "flashforge.pause": "button/pause",
        "flashforge.continue_print": "button/resume",
        "flashforge.abort": "button/cancel",
        "flashforge.get_file_names": "flashforge.list_files=device_id",
        "flashforge.print_file": "flashforge.print_file=device_id",
    },
)
