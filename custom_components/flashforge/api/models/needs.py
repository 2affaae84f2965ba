"""Which model takes which command (docs/protocol/http.md §4.1)."""

from collections.abc import Mapping
from types import MappingProxyType

from ..errors import UnsupportedError
from .model import Feature, Model

NEEDS: Mapping[str, Feature] = MappingProxyType(
    {
        "chamber_target": Feature.CHAMBER_HEATER,
        "part_fan": Feature.PART_FAN,
        "left_part_fan": Feature.LEFT_PART_FAN,
        "chamber_fan": Feature.CHAMBER_FAN,
        "filtration": Feature.FILTRATION,
        "camera_power": Feature.CAMERA_SWITCH,
        "clear_error": Feature.CLEAR_ERROR,
        "set_slot": Feature.SLOT_EDIT,
        "set_direct_feed": Feature.SLOT_EDIT | Feature.DIRECT_FEED,
        "feed_slot": Feature.FILAMENT_FEED,
        "feed_direct": Feature.FILAMENT_FEED | Feature.DIRECT_FEED,
        "send_gcode": Feature.LINES,
        "runout_sensor": Feature.RUNOUT_SWITCH,
    }
)
"""The features that a model must have for a command, all of them.

A command that is not listed works on every model. The printers also acknowledge commands
for parts that they do not have, so this has to be checked before.
"""

NEEDS_ONE: Mapping[str, Feature] = MappingProxyType(
    dict.fromkeys(("home", "move", "extrude"), Feature.MOTION | Feature.LINES)
)
"""The features of which a model must have one for a command: there are two ways to move."""


def takes(model: Model, command: str) -> bool:
    """Return whether the model has the function of a command."""
    if model.commands is not None:
        return command in model.commands
    features = model.features
    one_of = NEEDS_ONE.get(command)
    return NEEDS.get(command, Feature(0)) in features and (
        one_of is None or bool(one_of & features)
    )


def require(model: Model, command: str) -> None:
    """Raise ``errors.UnsupportedError`` when the model has no such function."""
    if not takes(model, command):
        raise UnsupportedError(command)
