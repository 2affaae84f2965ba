"""Why the tools of a file and what is loaded do not go together."""

from typing import ClassVar, override

from .errors import NotNowError


class MatchingError(NotNowError):
    """The tools of a file and the printer's slots do not go together.

    Its facts are the placeholders of its text; tools and slots count from 1 there.
    """

    def __init__(self, **facts: str | int) -> None:
        """Keep what the text needs."""
        super().__init__(", ".join(f"{name} {fact}" for name, fact in facts.items()))
        self.facts = {name: str(fact) for name, fact in facts.items()}

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return the facts."""
        return self.facts


class MaterialMismatchError(MatchingError):
    """No slot holds the material of ``tool``: ``wanted``, and ``held`` by the slots."""

    key: ClassVar[str] = "material_mismatch"


class SlotMismatchError(MaterialMismatchError):
    """The ``slot`` that was chosen for ``tool`` holds ``held`` and not ``wanted``."""

    key: ClassVar[str] = "slot_mismatch"


class TooFewSlotsError(MatchingError):
    """Each tool has slots that fit, but there are not enough for all of ``wanted``."""

    key: ClassVar[str] = "too_few_slots"


class TooManyToolsError(MatchingError):
    """The file prints with ``tools``, and a printer has no more than ``most``."""

    key: ClassVar[str] = "too_many_tools"


class UnknownToolError(MatchingError):
    """A slot was chosen for ``tool``, and the file has only ``tools``."""

    key: ClassVar[str] = "tool_unknown"


class UnknownSlotError(MatchingError):
    """The ``slot`` that was chosen for ``tool`` is none of the printer's ``slots``."""

    key: ClassVar[str] = "chosen_slot_unknown"


class EmptySlotError(MatchingError):
    """The ``slot`` that was chosen for ``tool`` holds no filament."""

    key: ClassVar[str] = "chosen_slot_empty"


class IncompleteSlotError(MatchingError):
    """Nobody told the printer material or color of the ``slot`` chosen for ``tool``."""

    key: ClassVar[str] = "slot_incomplete"


class TakenSlotError(MatchingError):
    """The same ``slot`` was chosen for ``tool`` and ``other``."""

    key: ClassVar[str] = "slot_taken"


class SpoolMismatchError(NotNowError):
    """The only spool is of another material than the file is for."""

    key: ClassVar[str] = "spool_mismatch"

    def __init__(self, wanted: str, loaded: str) -> None:
        """Keep both materials."""
        super().__init__(f"{wanted} wanted, {loaded} loaded")
        self.wanted = wanted
        self.loaded = loaded

    @property
    @override
    def placeholders(self) -> dict[str, str]:
        """Return both materials."""
        return {"wanted": self.wanted, "loaded": self.loaded}


class StationNeededError(NotNowError):
    """The job needs slots, and the printer shows none (docs/protocol/material-station.md §1)."""

    key: ClassVar[str] = "station_needed"
