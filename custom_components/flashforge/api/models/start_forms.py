"""The wordings of the start of a print, as data (docs/protocol/http.md §6 and §7)."""

from dataclasses import dataclass
from enum import Flag, auto

FILE_TYPES = (".gcode", ".gx", ".g", ".3mf")
"""Suffixes of the files that printers list and take (docs/protocol/http.md §2.4)."""


class StartOption(Flag):
    """What can be told with the start of a print, in the order in which it is told."""

    LEVELING = auto()
    FLOW_CALIBRATION = auto()
    FIRST_LAYER_INSPECTION = auto()
    TIME_LAPSE = auto()
    MAPPINGS = auto()


_NO_OPTION = StartOption(0)
_ALL_OPTIONS = ~_NO_OPTION


@dataclass(frozen=True, slots=True, kw_only=True)
class StartForm:
    """How the start of a print is worded (docs/protocol/http.md §6 and §7).

    ``stored`` is named whenever a stored file is started, ``if_wanted`` then only when it
    is wanted, and ``upload`` with every upload. ``takes`` may be chosen; what is named
    besides is always off. The form holds from the firmware ``since`` on.
    """

    stored: StartOption
    if_wanted: StartOption = _NO_OPTION
    upload: StartOption
    takes: StartOption
    since: tuple[int, ...] = ()


FULL_FORM = StartForm(stored=_ALL_OPTIONS, upload=_ALL_OPTIONS, takes=_ALL_OPTIONS)
"""Everything can be told, and everything is."""

ADVENTURER_5_FORMS = (
    StartForm(
        stored=StartOption.LEVELING,
        upload=StartOption.LEVELING,
        takes=StartOption.LEVELING,
    ),
    StartForm(
        stored=StartOption.LEVELING
        | StartOption.FLOW_CALIBRATION
        | StartOption.MAPPINGS,
        upload=StartOption.LEVELING
        | StartOption.FLOW_CALIBRATION
        | StartOption.MAPPINGS,
        takes=StartOption.LEVELING,
        since=(3, 1, 3),
    ),
)
"""The forms of the Adventurer 5M and 5M Pro."""

CREATOR_5_FORM = StartForm(
    stored=StartOption.LEVELING | StartOption.FLOW_CALIBRATION | StartOption.MAPPINGS,
    if_wanted=StartOption.TIME_LAPSE,
    upload=_ALL_OPTIONS,
    takes=~StartOption.FIRST_LAYER_INSPECTION,
)
"""The form of the Creator 5 and 5 Pro."""
