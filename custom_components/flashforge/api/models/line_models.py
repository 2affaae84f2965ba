"""The printers that only speak the line protocol (docs/protocol/adventurer-3-4.md §2).

Some share a product id, and some report none: what ``M115`` calls the machine tells them
apart. Limits that no source names are those of the weakest model.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from .model import Feature, Model, Protocol

LINE_FILE_TYPES = (".g", ".gx", ".gcode")
"""Suffixes of the files that these printers list and print."""

LONGEST_NAME = 28
"""Characters of a file's name; a Guider IIs loses files with longer ones."""

LINE_COMMANDS = frozenset(
    {
        *("pause", "resume", "cancel", "clear_plate", "light"),
        *("nozzle_target", "bed_target"),
        *("home", "move", "extrude", "send_gcode"),
        *("print_file", "upload_file"),
    }
)
"""What every one of these printers can be told."""


def _model(pid: int | None, name: str) -> Model:
    return Model(
        pid=pid,
        name=name,
        protocol=Protocol.TCP,
        upload_types=LINE_FILE_TYPES,
        start_types=LINE_FILE_TYPES,
        commands=LINE_COMMANDS,
        longest_name=LONGEST_NAME,
    )


def _without(model: Model, *commands: str) -> Model:
    """Return the model without some commands, of which it knows nothing."""
    return replace(model, commands=(model.commands or frozenset()) - {*commands})


_RELATIVE = ("move", "extrude")
# Commands that need relative positions.

_WEAK = 240
# Highest target in °C of the oldest hotends.

_ADVENTURER_3 = replace(_model(0x0008, "Adventurer 3"), build_volume=(150, 150, 150))
_ADVENTURER_4 = replace(
    _model(0x0016, "Adventurer 4 Lite"),
    features=Feature.LIGHT,
    bed_max=110,
    build_volume=(220, 200, 250),
)
_FINDER = replace(
    _without(_model(0x0002, "Finder"), "bed_target"),
    nozzle_max=_WEAK,
    heated_bed=False,
    build_volume=(140, 140, 140),
)
_FINDER_2 = replace(
    _without(_FINDER, *_RELATIVE),
    pid=0x0007,
    name="Finder 2",
    features=Feature.HIDDEN_JOB,
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
    features=Feature.HIDDEN_JOB,
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
    replace(_model(0x1001, "Aries"), nozzle_max=_WEAK, build_volume=(200, 200, 200)),
)

LINE_MODELS: Mapping[int, Model] = MappingProxyType(
    {model.pid: model for model in _BY_PID if model.pid is not None}
)
"""Every model with a known product id, of several with the same one the plainest."""

GENERIC_LINE = replace(
    _model(None, "FlashForge printer"),
    nozzle_max=_WEAK,
    features=Feature.HIDDEN_JOB,
    described=False,
)
"""A printer that nobody described: it has what its answers show."""

_TYPES: tuple[tuple[str, Model], ...] = (
    # The longer names come first, because the shorter ones are parts of them.
    (
        "adventureriiipro2",
        replace(_ADVENTURER_3, name="Adventurer 3 Pro 2"),
    ),
    ("adventureriiipro", replace(_ADVENTURER_3, name="Adventurer 3 Pro")),
    ("adventureriii", _ADVENTURER_3),
    ("adventurer3pro2", replace(_ADVENTURER_3, name="Adventurer 3 Pro 2")),
    ("adventurer3pro", replace(_ADVENTURER_3, name="Adventurer 3 Pro")),
    ("adventurer3", _ADVENTURER_3),
    ("adventurer4pro", LINE_MODELS[0x001E]),
    ("adventurer4lite", _ADVENTURER_4),
    ("adventurer4", replace(_ADVENTURER_4, name="Adventurer 4")),
    (
        "guider3",
        replace(_model(None, "Guider 3"), build_volume=(300, 250, 340)),
    ),
    ("guideriis", LINE_MODELS[0x0009]),
    ("guider2s", LINE_MODELS[0x0009]),
    ("guiderii", _GUIDER_2),
    ("guider2", _GUIDER_2),
    (
        "creator4",
        replace(_model(None, "Creator 4"), tools=2, build_volume=(400, 350, 500)),
    ),
    ("creator3", _CREATOR_3),
    ("creatormax2", LINE_MODELS[0x00E7]),
    ("creatorpro2", LINE_MODELS[0x000E]),
    ("finderii", _FINDER_2),
    ("finder2", _FINDER_2),
    ("finder", _FINDER),
    ("inventor", LINE_MODELS[0x0005]),
    ("dreamernx", LINE_MODELS[0x000A]),
    ("dreamer", _DREAMER),
    ("aries", LINE_MODELS[0x1001]),
)
"""What a machine type contains, without case and blanks, and the model that it means."""

_SIZES: Mapping[tuple[float, ...], Model] = MappingProxyType(
    {
        (150, 150, 150): _ADVENTURER_3,
        (220, 200, 250): replace(_ADVENTURER_4, name="Adventurer 4"),
    }
)
"""The model that a build volume in mm means, where only one family has it."""


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
    folded = "".join((machine_type or "").casefold().split())
    return next((model for part, model in _TYPES if part in folded), None)
