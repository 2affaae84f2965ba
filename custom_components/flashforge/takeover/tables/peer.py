"""What is known about another integration: its entities, and which of ours follow them.

An entity is named by its domain and what is left of its unique id, ``sensor/bed_target``.
Equal keys mean nothing: only these tables say what becomes of what.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What is different when the entity ``registered`` is there."""

    registered: str
    heirs: Mapping[str, str | None]
    instead: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another integration.

    ``heirs`` has the key of our entity of the same domain, None for an entity that is
    removed; ``instead`` what to use in place of that, as ``domain/key``, perhaps with the
    state that stands for *on* behind ``=``. ``words`` are states that are called
    differently, those that depend on something with that in parentheses. A sensor in ``renewed`` had another kind of value or a wrong unit, so it
    gets the unit of a new one. ``actions``, and the ``others``, events and cards, are gone;
    what to use in their place may be another action, with what it needs behind ``=``, or an
    entity. Those ``measured`` had statistics, and ours have none unless they are taken
    over; ``units`` are those that the statistics should have had.
    """

    name: str
    domain: str
    heirs: Mapping[str, str | None]
    instead: Mapping[str, str] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    renewed: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Layout, ...]:
        """What always counts, and the layouts."""
        always = Layout(registered="", heirs=self.heirs, instead=self.instead)
        return (always, *self.layouts)
