"""The printers that speak only lines, one frozen record each (docs/protocol/adventurer-3-4.md §2)."""

from dataclasses import replace

from . import dialects
from .fields import LINES_ADVENTURER3, LINES_LISTED, LINES_OLD
from .files import LINE_FILES
from .quirks import Quirks
from .spec import Camera, ModelSpec, ShortPacket

_FRAMES = "Control Success."
_PATH = len("0:/user/")
_LONGEST_NAME = 36

_OLDER = Quirks(longest_path=_PATH + _LONGEST_NAME, line_idle=30.0, frees_plate=True)
_ADVENTURER3 = replace(
    _OLDER,
    dialect=dialects.ADVENTURER3,
    selects_only=True,
    drops_remarks=True,
    line_idle=10.0,
    rename_seconds=3.0,
)
_ADVENTURER3_OLD = replace(
    _ADVENTURER3,
    dialect=dialects.ADVENTURER3_OLD,
    line_control=_FRAMES,
    selects_only=False,
    integers_only=True,
    repeats_first_frame=True,
)
_ADVENTURER3_PRO = replace(_ADVENTURER3, dialect=dialects.ADVENTURER3_PRO)
_ADVENTURER3_PRO_OLD = replace(_ADVENTURER3_OLD, dialect=dialects.ADVENTURER3_PRO_OLD)
_ADVENTURER4 = replace(_OLDER, dialect=dialects.ADVENTURER4)
_ADVENTURER4_NEW = replace(_OLDER, dialect=dialects.ADVENTURER4_NEW, selects_only=True)
_FINDER = replace(
    _OLDER,
    dialect=dialects.FINDER,
    line_control=_FRAMES,
    login_first=True,
    broadcasts=True,
    hurry_switches_off=True,
    integers_only=True,
)
_FINDER2 = replace(
    _OLDER, dialect=dialects.FINDER2, line_control=_FRAMES, homes_whole=True
)
_GUIDER2 = replace(
    _OLDER,
    dialect=dialects.GUIDER2,
    longest_path=_LONGEST_NAME,
    homes_whole=True,
)
_DREAMER = replace(
    _OLDER,
    dialect=dialects.DREAMER,
    line_control=_FRAMES,
    login_first=True,
    integers_only=True,
)
_ARIES = replace(_OLDER, dialect=dialects.ARIES, line_control=_FRAMES, line_idle=50.0)

_A3 = ModelSpec(
    key="adventurer3",
    name="Adventurer 3",
    machine_type="FlashForge Adventurer III",
    pid=0x0008,
    serial_tag="A3",
    firmwares={
        "1.3.7": _ADVENTURER3,
        "1.3.1": _ADVENTURER3,
        "1.2.5": _ADVENTURER3_OLD,
        "1.1.7": _ADVENTURER3_OLD,
    },
    volume=(150, 150, 150),
    nozzle_max=265,
    bed_max=100,
    http=False,
    lines=LINES_ADVENTURER3,
    files=LINE_FILES,
    suffixes=(".g", ".gx", ".gcode"),
)
_A3_LITE = replace(
    _A3,
    key="adventurer3_lite",
    name="Adventurer 3 Lite",
    serial_tag="3L",
    camera=Camera.NONE,
)
_A3C = replace(
    _A3_LITE,
    key="adventurer3c",
    name="Adventurer 3C",
    serial_tag="3C",
    answers_search=False,
)
_A3_PRO = replace(
    _A3,
    key="adventurer3_pro",
    name="Adventurer 3 Pro",
    machine_type="FlashForge Adventurer III Pro",
    serial_tag="3P",
    firmwares={"2.1.2": _ADVENTURER3_PRO, "2.2.1": _ADVENTURER3_PRO_OLD},
)
_A3_PRO2 = replace(
    _A3_PRO,
    key="adventurer3_pro2",
    name="Adventurer 3 Pro 2",
    machine_type="FlashForge Adventurer III Pro 2",
    serial_tag="32",
    firmwares={"1.0.5": _ADVENTURER3},
    camera=Camera.BUILT_IN,
)
_A4 = replace(
    _A3,
    key="adventurer4",
    name="Adventurer 4",
    machine_type="Flashforge Adventurer 4",
    pid=0x0016,
    serial_tag="A4",
    firmwares={
        "2.3.3-3.33": _ADVENTURER4_NEW,
        "2.2.4": _ADVENTURER4_NEW,
        "2.0.9": _ADVENTURER4,
    },
    volume=(220, 200, 250),
    bed_max=110,
    lines=LINES_LISTED,
)
_A4_LITE = replace(
    _A4,
    key="adventurer4_lite",
    name="Adventurer 4 Lite",
    serial_tag="4L",
    firmwares={"2.0.5 20220527": _ADVENTURER4},
)
_A4_PRO = replace(
    _A4,
    key="adventurer4_pro",
    name="Adventurer 4 Pro",
    machine_type="Flashforge Adventurer 4 Pro",
    pid=0x001E,
    serial_tag="4P",
    firmwares={"1.2.1 20230906": _ADVENTURER4},
)
_GUIDER2_SPEC = replace(
    _A4,
    key="guider2",
    name="Guider II",
    machine_type="FlashForge Guider II",
    pid=0x0004,
    serial_tag="G2",
    firmwares={"1.2.5": _GUIDER2},
    volume=(280, 250, 300),
    nozzle_max=300,
    bed_max=120,
    camera=Camera.NONE,
    # It knows no relative moves.
    lines=LINES_LISTED - {"G91"},
)
_GUIDER2S = replace(
    _GUIDER2_SPEC,
    key="guider2s",
    name="Guider IIs",
    machine_type="FlashForge Guider IIs",
    pid=0x0009,
    serial_tag="GS",
    camera=Camera.BUILT_IN,
)
_GUIDER3 = replace(
    _A4,
    key="guider3",
    name="Guider 3",
    machine_type="FlashForge Guider 3",
    pid=0,
    serial_tag="G3",
    firmwares={"2.3.4": replace(_OLDER, dialect=dialects.GUIDER3)},
    volume=(300, 250, 340),
    nozzle_max=350,
    bed_max=120,
)
_CREATOR3 = replace(
    _A4,
    key="creator3",
    name="Creator 3",
    machine_type="FlashForge Creator 3",
    pid=0x000C,
    serial_tag="C3",
    firmwares={"1.4.8": replace(_OLDER, dialect=dialects.CREATOR4)},
    volume=(300, 250, 200),
    nozzle_max=300,
    bed_max=120,
    tools=2,
    # It can be homed only at its screen.
    lines=LINES_LISTED - {"G28"},
)
_CREATOR4 = replace(
    _CREATOR3,
    key="creator4",
    name="Creator 4",
    machine_type="FlashForge Creator 4",
    pid=0,
    serial_tag="C4",
    firmwares={"1.0.0": replace(_OLDER, dialect=dialects.CREATOR4)},
    volume=(400, 350, 500),
    nozzle_max=360,
    camera=Camera.NONE,
    lines=LINES_LISTED,
)
_FINDER_SPEC = replace(
    _A3,
    key="finder",
    name="Finder",
    machine_type="FlashForge Finder",
    pid=0x0002,
    serial_tag="F1",
    firmwares={"1.5": _FINDER},
    volume=(140, 140, 140),
    nozzle_max=240,
    bed_max=0,
    camera=Camera.NONE,
    lines=LINES_OLD,
)
_FINDER2_SPEC = replace(
    _FINDER_SPEC,
    key="finder2",
    name="Finder 2",
    pid=0x0007,
    serial_tag="F2",
    firmwares={"2.7.2.366 F2.12 20191224": _FINDER2},
    lines=LINES_LISTED - {"G91"},
)
_DREAMER_SPEC = replace(
    _FINDER_SPEC,
    key="dreamer",
    name="Dreamer",
    machine_type="FlashForge Dreamer",
    pid=0x0001,
    serial_tag="DR",
    firmwares={"2.15.5": _DREAMER},
    volume=(230, 150, 140),
    bed_max=120,
    tools=2,
)
_INVENTOR = replace(
    _DREAMER_SPEC,
    key="inventor",
    name="Inventor",
    machine_type="FlashForge Inventor",
    pid=0x0005,
    serial_tag="IN",
    firmwares={"1.6.0": replace(_DREAMER, dialect=dialects.INVENTOR)},
    camera=Camera.BUILT_IN,
)
_ARIES_SPEC = replace(
    _A3_LITE,
    key="aries",
    name="Aries",
    machine_type="Voxelab Aries",
    pid=0x1001,
    serial_tag="VX",
    firmwares={"1.1.3": _ARIES},
    volume=(200, 200, 200),
    short_packet=ShortPacket(status=(0, 2, 2), group=b"\xe1\x00\x00\x09"),
    lines=LINES_LISTED,
)

OLDER_MODELS = (
    _A3,
    _A3_LITE,
    _A3C,
    _A3_PRO,
    _A3_PRO2,
    _A4,
    _A4_LITE,
    _A4_PRO,
    _GUIDER2_SPEC,
    _GUIDER2S,
    _GUIDER3,
    _CREATOR3,
    _CREATOR4,
    _FINDER_SPEC,
    _FINDER2_SPEC,
    _DREAMER_SPEC,
    _INVENTOR,
    _ARIES_SPEC,
)
