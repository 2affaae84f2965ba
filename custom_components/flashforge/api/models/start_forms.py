"""The forms of a request that starts a print, as data (docs/protocol/http.md §6 and §7)."""

from dataclasses import dataclass
from enum import Flag, auto

FILE_TYPES = (".gcode", ".gx", ".g", ".3mf")
"""Suffixes of the files that printers list and accept (docs/protocol/http.md §2.4)."""


class StartOption(Flag):
    """The options of a print, in the order in which they are sent."""

    LEVELING = auto()
    FLOW_CALIBRATION = auto()
    FIRST_LAYER_INSPECTION = auto()
    TIME_LAPSE = auto()
    MAPPINGS = auto()


_NO_OPTION = StartOption(0)
_ALL_OPTIONS = ~_NO_OPTION


@dataclass(frozen=True, slots=True, kw_only=True)
class StartForm:
    """Which options the start of a print contains (docs/protocol/http.md §6 and §7).

    ``stored`` are sent with each start of a stored file, ``if_wanted`` only when they are
    on, and ``upload`` with each upload. The options in ``takes`` may be chosen; all others
    are sent as off. The form is for firmware from version ``since``.
    """

    stored: StartOption
    if_wanted: StartOption = _NO_OPTION
    upload: StartOption
    takes: StartOption
    since: tuple[int, ...] = ()


FULL_FORM = StartForm(stored=_ALL_OPTIONS, upload=_ALL_OPTIONS, takes=_ALL_OPTIONS)
"""All options can be chosen, and all are sent."""

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
