"""Errors of matching the tools of a file with the loaded spools.

Tools and slots count from 1 here, as on the printer's screen.
"""

from .base import NotNowError


class MatchingError(NotNowError):
    """The tools of a file do not match the printer's slots."""


class MaterialMismatchError(MatchingError):
    """No slot holds the material of ``tool``: ``wanted``, and ``held`` by the slots."""

    key = "material_mismatch"


class SlotMismatchError(MaterialMismatchError):
    """The ``slot`` that was chosen for ``tool`` holds ``held`` and not ``wanted``."""

    key = "slot_mismatch"


class TooFewSlotsError(MatchingError):
    """Each tool has slots that fit, but there are not enough for all of ``wanted``."""

    key = "too_few_slots"


class TooManyToolsError(MatchingError):
    """The file prints with ``tools``, and a printer has no more than ``most``."""

    key = "too_many_tools"


class UnknownToolError(MatchingError):
    """A slot was chosen for ``tool``, and the file has only ``tools``."""

    key = "tool_unknown"


class UnknownSlotError(MatchingError):
    """The ``slot`` that was chosen for ``tool`` is not one of the printer's ``slots``."""

    key = "chosen_slot_unknown"


class EmptySlotError(MatchingError):
    """The ``slot`` that was chosen for ``tool`` holds no filament."""

    key = "chosen_slot_empty"


class IncompleteSlotError(MatchingError):
    """The printer does not know material or color of the ``slot`` chosen for ``tool``."""

    key = "slot_incomplete"


class TakenSlotError(MatchingError):
    """The same ``slot`` was chosen for ``tool`` and ``other``."""

    key = "slot_taken"


class SpoolMismatchError(NotNowError):
    """The file is for the material ``wanted``, and the only spool is ``loaded``."""

    key = "spool_mismatch"


class StationNeededError(NotNowError):
    """The job needs slots, and the printer shows none (docs/protocol/material-station.md §1)."""

    key = "station_needed"
