"""The words of the older printers at port 8899 (docs/protocol/adventurer-3-4.md §4)."""

from dataclasses import replace

from .dialect import BED_FIRST, JOB, MODERN, MODERN_WORDS, Dialect, Picture, Words

_SELECTED = ("File opened: {name} Size: {size}", "File selected")
_PERCENT = ("SD printing byte {done}/{total}",)
_IDENTITY = MODERN.identity
_AXES = "X:{x:g} Y:{y:g} Z:{z:g} A:{a:g} B:0"
_ONE_HEAD = "T0:{t0.now}/{t0.target} B:{bed.now}/{bed.target}"
_TWO_HEADS = "T0:{t0.now}/{t0.target} T1:{t1.now}/{t1.target} B:{bed.now}/{bed.target}"
_WITH_BLANK = "T0:{t0.now} /{t0.target} B:{bed.now}/{bed.target}"

_OLD_WORDS: Words = {
    **MODERN_WORDS,
    "error": ("ERROR", "READY"),
    "heating": (JOB, "MOVING"),
    "pausing": (JOB, "MOVING"),
    "paused": (JOB, "PAUSED"),
    "completed": ("READY", "READY"),
}
_ARIES_WORDS: Words = {
    **_OLD_WORDS,
    "busy": ("READY", "HOMING"),
    "heating": (JOB, "WAIT_ON_TOOL"),
    BED_FIRST: (JOB, "WAIT_ON_PLATFORM"),
}
_CREATOR_WORDS: Words = {
    **_OLD_WORDS,
    "error": ("HEAT_SHUTDOWN", "READY"),
    "printing": ("BUILDING_ONBOARD", "MOVING"),
    "paused": ("PAUSED", "READY"),
    "canceling": ("CANCEL_BUILD", "MOVING"),
}
_SILENT_WORDS: Words = dict.fromkeys(MODERN_WORDS, ("READY", "READY"))
"""Finder II and Guider II show no job in `M119` (docs/protocol/adventurer-3-4.md §4.3)."""

ADVENTURER3 = Dialect(
    identity=(*_IDENTITY, ""),
    state=(
        "Endstop: X-max:1 Y-max:0 Z-max:0",
        "MachineStatus: {status}",
        "MoveMode: {mode}",
        "Status: S:{runs} L:0 J:0 F:0",
        "LED: {light}",
        "CurrentFile: {file}",
    ),
    words=_OLD_WORDS,
    temperatures=_ONE_HEAD,
    whole_degrees=True,
    progress=_PERCENT,
    progress_idle=_PERCENT,
    position=_AXES,
    version=("X: 1.0 Y: 0.5",),
    opened=_SELECTED,
    keeps_file=False,
    lost_axis="y",
    picture=Picture(mark=b"**\xa2\xa2", image_format="BMP"),
)
"""Adventurer 3 with firmware 1.3.7."""


ADVENTURER3_OLD = replace(
    ADVENTURER3,
    state=(*ADVENTURER3.state[:3], "Status: S:1 L:0 J:0 F:0"),
    identity=(*_IDENTITY[:-1], "Mac Address: {mac}", ""),
    temperatures=_WITH_BLANK,
    lost_axis=None,
)
"""The same with firmware 1.1.7: no light and no file."""

_PRO_IDENTITY = (
    _IDENTITY[0],
    "Machine Name: {name} ",
    "",
    *_IDENTITY[2:],
)
ADVENTURER3_PRO = replace(ADVENTURER3, identity=(*_PRO_IDENTITY, ""))
ADVENTURER3_PRO_OLD = replace(ADVENTURER3_OLD, identity=(*_PRO_IDENTITY, ""))

ADVENTURER4 = replace(
    ADVENTURER3,
    identity=(*_IDENTITY[:-1], "Mac Address:{mac}\n "),
    state=(
        "Endstop: X-max:0 Y-max:0 Z-max:0",
        "MachineStatus: {status}",
        "MoveMode: {mode}",
        "Status: S:1 L:0 J:0 F:0",
        "LED: {light}",
        "CurrentFile: {file}",
    ),
    progress=MODERN.progress,
    version=(),
    keeps_file=True,
    lost_axis=None,
    without_ok=frozenset({"M26"}),
    picture=Picture(),
)
"""Adventurer 4 with firmware 2.0.9: the reply to `M26` has no `ok`."""

ADVENTURER4_NEW = replace(
    ADVENTURER4,
    words={**_OLD_WORDS, "paused": ("PAUSED", "READY")},
    progress_idle=(*_PERCENT, "Layer: 0/0"),
    without_ok=frozenset(),
)
"""The same with firmware 2.3.3."""

GUIDER3 = replace(
    ADVENTURER4_NEW,
    identity=(*_IDENTITY, ""),
    state=(
        "Endstop: X-max: {x} Y-max: {y} Z-min: 0",
        *ADVENTURER4_NEW.state[1:],
    ),
    position="X1:{x:g} X2:0 Y:{y:g} Z:{z:g} A:{a:g} B:0",
    version=("X: 1.0 Y: 0.5",),
    keeps_file=False,
)

CREATOR4 = replace(
    ADVENTURER4_NEW,
    identity=(
        "Machine Type: {machine_type}",
        "Machine Name: {name}",
        "Firmware: V{firmware}",
        "SN: {serial}",
        "X: {x} Y: {y} Z: {z}",
        "Tool Count:{tools}",
        "Mac Address:{digits} ",
    ),
    state=(
        "Endstop: X-max: 1 Y-max: 0 Z-max: 1",
        "Status: S:1 L:0 J:0 F:0",
        "MachineStatus: {status}",
        "MoveMode: {mode}",
        "CurrentFile: {file}",
        "LED:{light}",
    ),
    words=_CREATOR_WORDS,
    temperatures=_TWO_HEADS,
    progress=_PERCENT,
    progress_idle=_PERCENT,
    total=1000,
    position="X1:{x:g} X2:230 Y:{y:g} Z:{z:g} A:{a:g} B:0",
    keeps_file=False,
)
"""Two heads, T0 on the right; a thousand parts of a print."""

FINDER = Dialect(
    identity=(
        "Machine Type: {machine_type}",
        "Machine Name: {name}",
        "Firmware: v{firmware}",
        "SN: {serial}",
        "X: {x}  Y: {y}  Z: {z}",
        "Tool Count:{tools}",
    ),
    state=(
        "Endstop: X-max: 1 Y-max: 0 Z-max: 1",
        "Status: S:1 L:0 J:0 F:1",
        "MachineStatus: {status}",
        "MoveMode: {mode}",
    ),
    words=_OLD_WORDS,
    temperatures="T0:{t0.now} /{t0.target} B:0 /0",
    whole_degrees=True,
    progress=_PERCENT,
    progress_idle=_PERCENT,
    total=None,
    position=_AXES,
    version=("X: 0 Y: 0",),
    opened=_SELECTED,
    keeps_file=False,
)
"""A Finder has no heated bed, and counts bytes."""

FINDER2 = replace(FINDER, words=_SILENT_WORDS, total=1000)

GUIDER2 = replace(
    ADVENTURER3.without("LED:", "CurrentFile:"), words=_SILENT_WORDS, lost_axis=None
)

DREAMER = replace(
    FINDER.without("Status:"),
    temperatures="T0: {t0.now}/{t0.target} T1: {t1.now}/{t1.target} B:{bed.now}/{bed.target}",
    identity=_IDENTITY,
)
INVENTOR = replace(DREAMER, temperatures=_TWO_HEADS)

ARIES = replace(
    ADVENTURER3.without("SN:", "Mac Address:", "LED:", "CurrentFile:"),
    words=_ARIES_WORDS,
    lost_axis=None,
)

_SPEC_READS = frozenset({"M115", "M119", "M105", "M27", "M114"})
_SPEC_MOVES = frozenset({"G0", "G1", "G28", "G90", "G91", "G92"})
ADVENTURER3_SPEC = replace(
    ADVENTURER3,
    identity=(
        "echo: Machine Type: {machine_type}",
        "Machine Name: {name}",
        "Firmware: v{firmware}",
        "Serial Number: {serial}",
        "X: {x} Y: {y} Z: {z}",
        "Tool Count: {tools}",
        "Mac Address:{mac}",
    ),
    state=(
        "echo: Endstop: X-max: 0 Y-max: 0 Z-min: 1",
        "MachineStatus: {status}",
        "MoveMode: {mode}",
        "FilamentStatus: ok",
        "LEDStatus: {switch}",
        "PrintFileName: {file}",
    ),
    words={
        **dict.fromkeys(MODERN_WORDS, ("IDLE", "0.0")),
        **dict.fromkeys(("heating", "printing", "pausing"), ("PRINTING", "0.0")),
        "paused": ("PAUSED", "0.0"),
        "busy": ("HOMING", "0.0"),
        "error": ("ERROR", "0.0"),
    },
    temperatures="ok T0:{t0.now}/{t0.target} B:{bed.now}/{bed.target}",
    progress=('ack: "SD printing byte {done}/{total}"',),
    progress_idle=('ack: "SD printing byte {done}/{total}"',),
    opened=("File opened: {path} Size: {size}", "Done printing file"),
    keeps_file=True,
    without_head=_SPEC_READS | {"M23"},
    without_ok=_SPEC_READS | {"M661", "M662"},
    echoed=frozenset({"M24", "M25", "M26", "M104", "M140", "M146"}),
    unanswered=_SPEC_MOVES,
    lists_lines=True,
)
"""The words of a specification that no machine was seen to use, for a client that has to
bear anything (docs/protocol/adventurer-3-4.md §1). Control is confirmed without a text,
so it goes with the quirk `line_control=""`."""
