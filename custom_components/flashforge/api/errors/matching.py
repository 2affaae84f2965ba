"""Errors of matching the tools of a file with the loaded spools.

Tools and slots count from 1 here, as on the printer's screen.
"""

from .base import NotNowError


class MatchingError(NotNowError):
    """The tools of a file do not match the printer's slots."""


class MaterialMismatchError(MatchingError, key="material_mismatch"):
    """No slot holds the material of ``tool``: ``wanted``, and ``held`` by the slots."""


class SlotMismatchError(MaterialMismatchError, key="slot_mismatch"):
    """The ``slot`` that was chosen for ``tool`` holds ``held`` and not ``wanted``."""


class TooFewSlotsError(MatchingError, key="too_few_slots"):
    """Each tool has slots that fit, but there are not enough for all of ``wanted``."""


class TooManyToolsError(MatchingError, key="too_many_tools"):
    """The file prints with ``tools``, and a printer has no more than ``most``."""


class UnknownToolError(MatchingError, key="tool_unknown"):
    """A slot was chosen for ``tool``, and the file has only ``tools``."""


class UnknownSlotError(MatchingError, key="chosen_slot_unknown"):
    """The ``slot`` that was chosen for ``tool`` is not one of the printer's ``slots``."""


class EmptySlotError(MatchingError, key="chosen_slot_empty"):
    """The ``slot`` that was chosen for ``tool`` holds no filament."""


class IncompleteSlotError(MatchingError, key="slot_incomplete"):
    """The printer does not know material or color of the ``slot`` chosen for ``tool``."""


class TakenSlotError(MatchingError, key="slot_taken"):
    """The same ``slot`` was chosen for ``tool`` and ``other``."""


class SpoolMismatchError(NotNowError, key="spool_mismatch"):
    """The file is for the material ``wanted``, and the only spool is ``loaded``."""


class StationNeededError(NotNowError, key="station_needed"):
    """The job needs slots, and the printer shows none (docs/protocol/material-station.md §1)."""
