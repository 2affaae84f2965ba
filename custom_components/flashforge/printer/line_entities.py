"""Which entities a printer has that only speaks the line protocol.

There is no remaining time, no speed and no error code on that port, and whatever is not
listed here does not exist for it (docs/protocol/adventurer-3-4.md §4.4).
"""

from collections.abc import Mapping
from types import MappingProxyType

from ..api import Model
from ..api.models.needs import takes

LINE_ENTITIES: Mapping[str, str | None] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("status", "progress", "file", "elapsed_time", "offline_reason"),
                *("nozzle_temperature", "nozzle_1_temperature", "nozzle_2_temperature"),
                *("bed_temperature", "printing", "problem", "connectivity"),
                *("plate_occupied", "print", "power", "camera"),
                *("current_layer", "total_layers"),
            )
        ),
        **{
            command: command
            for command in ("clear_plate", "pause", "resume", "cancel", "home")
        },
        **dict.fromkeys(("light", "identify"), "light"),
        **dict.fromkeys(
            (
                *("nozzle_target", "nozzle_1_target", "nozzle_2_target"),
                *("cool_down", "preheat_remaining"),
            ),
            "nozzle_target",
        ),
        **{fan: fan for fan in ("part_fan", "rear_fan")},
        "bed_target": "bed_target",
        **dict.fromkeys(
            ("print_file", "print_selected_file", "print_again"), "print_file"
        ),
        **dict.fromkeys(("upload_progress", "cancel_upload"), "upload_file"),
        **dict.fromkeys(("job_thumbnail", "last_print")),
    }
)
"""The keys of all entities, with the command that the model must take, if any."""

ONCE_SHOWN = frozenset({"bed_temperature", "current_layer", "total_layers"})
"""These exist once the printer has reported them: not every printer does."""


def has_entity(model: Model, key: str) -> bool:
    """Return whether a printer of this model can have an entity."""
    if model.commands is None:
        return True
    if key not in LINE_ENTITIES:
        return False
    needed = LINE_ENTITIES[key]
    return needed is None or takes(model, needed)
