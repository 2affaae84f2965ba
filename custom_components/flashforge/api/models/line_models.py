"""The printers that only speak the line protocol (docs/protocol/adventurer-3-4.md §2).

Some share a product id, and some report none: what ``M115`` calls the machine tells them
apart. Limits that no source names are those of the weakest model.
"""

from collections.abc import Mapping
from dataclasses import replace
import re
from types import MappingProxyType

from .model import Feature, Model, Protocol

LINE_FILE_TYPES = (".g", ".gx", ".gcode")
"""Suffixes of the files that these printers list and print."""

LONGEST_NAME = 28
"""Characters of a file's name; a Guider IIs loses files with longer ones."""

LINE_NAME = re.compile(r"[\x20-\x3a\x3c-\x7e]{1,32}")
"""A name for such a printer: ASCII, and what follows a ``;`` is a comment to it."""

LINE_COMMANDS = frozenset(
    {
        *("pause", "resume", "cancel", "clear_plate", "light", "part_fan"),
        *("nozzle_target", "bed_target"),
        *("home", "move", "extrude", "send_gcode"),
        *("print_file", "upload_file", "rename"),
    }
)
"""What every one of these printers can be told."""


def _model(pid: int | None, name: str) -> Model:
    return Model(
        pid=pid,
        name=name,
        protocol=Protocol.TCP,
        features=Feature.PART_FAN,
        upload_types=LINE_FILE_TYPES,
        start_types=LINE_FILE_TYPES,
        commands=LINE_COMMANDS,
        longest_name=LONGEST_NAME,
    )


def _with(model: Model, features: Feature, *commands: str) -> Model:
    """Return the model with more features, and the commands for them."""
    return replace(
        model,
        features=model.features | features,
        commands=(model.commands or frozenset()) | {*commands},
    )


def _without(model: Model, *commands: str) -> Model:
    """Return the model without some commands, of which it knows nothing."""
    return replace(model, commands=(model.commands or frozenset()) - {*commands})


_OVERRUN = 5
# Millimeters that an axis may move beyond the build volume, as an Adventurer 3 does.

_LOWEST = -0.5
# Position of Z in mm at which the nozzle touches the bed.

_AXES = ("x", "y", "z")

_RELATIVE = ("move", "extrude")
# Commands that need relative positions.

_WEAK = 240
# Highest target in °C of the oldest hotends.

_ADVENTURER_3 = replace(
    _with(_model(0x0008, "Adventurer 3"), Feature.LIGHT | Feature.REAR_FAN, "rear_fan"),
    build_volume=(150, 150, 150),
    travel=MappingProxyType({"x": (-75, 80), "y": (-76, 75), "z": (_LOWEST, 154)}),
)
_ADVENTURER_4 = replace(
    _with(_model(0x0016, "Adventurer 4 Lite"), Feature.LIGHT),
    bed_max=110,
    build_volume=(220, 200, 250),
)
_FINDER = replace(
    _with(_without(_model(0x0002, "Finder"), "bed_target"), Feature.LIGHT),
    nozzle_max=_WEAK,
    heated_bed=False,
    build_volume=(140, 140, 140),
)
_FINDER_2 = replace(
    _without(_FINDER, *_RELATIVE),
    pid=0x0007,
    name="Finder 2",
    features=Feature.PART_FAN | Feature.HIDDEN_JOB,
)
_DREAMER = replace(
    _model(0x0001, "Dreamer"),
    tools=2,
    nozzle_max=_WEAK,
    build_volume=(230, 150, 140),
)
_GUIDER_2 = replace(
    _without(_model(0x0004, "Guider II"), *_RELATIVE),
    nozzle_max=_WEAK,
    features=Feature.PART_FAN | Feature.HIDDEN_JOB,
)
_CREATOR_3 = replace(
    # It can be homed only at its screen: it acknowledges and stays.
    _without(_model(0x000C, "Creator 3"), "home"),
    tools=2,
    build_volume=(300, 250, 200),
)

_BY_PID = (
    _ADVENTURER_3,
    _ADVENTURER_4,
    replace(_ADVENTURER_4, pid=0x001E, name="Adventurer 4 Pro"),
    _FINDER,
    _FINDER_2,
    replace(_FINDER_2, pid=0x00EE),
    _DREAMER,
    replace(_DREAMER, pid=0x000A, name="Dreamer NX", tools=1),
    replace(_model(0x0005, "Inventor"), tools=2, nozzle_max=_WEAK),
    _GUIDER_2,
    replace(_GUIDER_2, pid=0x0009, name="Guider IIs"),
    _CREATOR_3,
    replace(_model(0x000E, "Creator Pro 2"), tools=2),
    replace(_model(0x00E7, "Creator Max 2"), tools=2),
    replace(
        _with(_model(0x1001, "Aries"), Feature.LIGHT),
        nozzle_max=_WEAK,
        build_volume=(200, 200, 200),
    ),
)

GENERIC_LINE = replace(
    _without(_model(None, "FlashForge printer"), "part_fan"),
    nozzle_max=_WEAK,
    features=Feature.HIDDEN_JOB,
    described=False,
)
"""A printer that nobody described: it has what its answers show."""

_ULTRA = replace(GENERIC_LINE, name="PowerSpec Ultra")
# Only its ids are known.

POWERSPEC_VENDOR = 0x0315
"""USB vendor id that a PowerSpec may have instead of FlashForge's own."""

LINE_MODELS: Mapping[int, Model] = MappingProxyType(
    {
        model.pid: model
        for model in (
            *_BY_PID,
            replace(_ULTRA, pid=0x00F6),
            replace(_ULTRA, pid=0x00FF),
        )
        if model.pid is not None
    }
)
"""Every model with a known product id, of several with the same one the plainest."""

_GUIDER_3 = replace(_model(None, "Guider 3"), build_volume=(300, 250, 340))

_TYPES: tuple[tuple[str, Model], ...] = (
    # The longer names come first, because the shorter ones are parts of them.
    ("adventurer3pro2", replace(_ADVENTURER_3, name="Adventurer 3 Pro 2")),
    ("adventurer3pro", replace(_ADVENTURER_3, name="Adventurer 3 Pro")),
    ("adventurer3", _ADVENTURER_3),
    ("monopricevoxel", _ADVENTURER_3),
    ("bresserrex", _ADVENTURER_3),
    ("adventurer4pro", LINE_MODELS[0x001E]),
    ("adventurer4lite", _ADVENTURER_4),
    ("adventurer4", replace(_ADVENTURER_4, name="Adventurer 4")),
    ("guider3ultra", _model(None, "Guider 3 Ultra")),
    ("guider3plus", _model(None, "Guider 3 Plus")),
    ("guider3", _GUIDER_3),
    ("guider2s", LINE_MODELS[0x0009]),
    ("guider2", _GUIDER_2),
    (
        "creator4",
        replace(
            _with(_model(None, "Creator 4"), Feature.LIGHT),
            tools=2,
            build_volume=(400, 350, 500),
        ),
    ),
    ("creator3pro", replace(_model(None, "Creator 3 Pro"), tools=2)),
    ("creator3", _CREATOR_3),
    ("creatormax2", LINE_MODELS[0x00E7]),
    ("creatorpro2", LINE_MODELS[0x000E]),
    ("finder2", _FINDER_2),
    ("finder", _FINDER),
    ("inventor", LINE_MODELS[0x0005]),
    ("dreamernx", LINE_MODELS[0x000A]),
    ("dreamer", _DREAMER),
    ("aries", LINE_MODELS[0x1001]),
    ("powerspecultra", _ULTRA),
)
"""What a machine type contains, folded, and the model that it means."""

_BETWEEN = re.compile(r"[\s_-]+")

_SIZES: Mapping[tuple[float, ...], Model] = MappingProxyType(
    {
        (150, 150, 150): _ADVENTURER_3,
        (220, 200, 250): replace(_ADVENTURER_4, name="Adventurer 4"),
    }
)
"""The model that a build volume in mm means, where only one family has it."""


def reach(model: Model, axis: str) -> tuple[float, float] | None:
    """Return between which positions in mm an axis moves, None if that is not known.

    Where only the build volume is known, X and Y may count from the middle of the bed or
    from a corner: what is outside of both is surely out of reach.
    """
    if (known := model.travel.get(axis)) is not None:
        return known
    if model.build_volume is None or axis not in _AXES:
        return None
    length = model.build_volume[_AXES.index(axis)]
    low = _LOWEST if axis == "z" else -length / 2 - _OVERRUN
    return low, length + _OVERRUN


def line_model(
    pid: int | None,
    machine_type: str | None = None,
    size: tuple[float, ...] | None = None,
) -> Model:
    """Return the model: by product id, else by machine type, else by its size.

    Of the models that share the product id, the machine type chooses.
    """
    typed = _typed(machine_type)
    if typed is not None and (pid is None or typed.pid == pid):
        return typed
    if pid is not None and pid in LINE_MODELS:
        return LINE_MODELS[pid]
    return typed or (_SIZES.get(size) if size else None) or GENERIC_LINE


def _typed(machine_type: str | None) -> Model | None:
    """Return the model of a machine type, whose Roman numbers are read as others."""
    folded = _BETWEEN.sub("", (machine_type or "").casefold())
    folded = folded.replace("iii", "3").replace("ii", "2")
    return next((model for part, model in _TYPES if part in folded), None)
