"""What becomes of each entity that another integration left: one function over all tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homeassistant.helpers.entity_registry import RegistryEntry

from .tables import PEERS
from .tables.peer import Peer

_ONE_FAMILY = ("cestmoiroma", "joseffallman", "pcartwright81")
"""Somebody may have gone from one of these to another: an entry holds entities of both."""

OUR_KEYS = frozenset(
    f"{kind.partition('/')[0]}/{heir}"
    for peer in PEERS.values()
    for layout in peer.parts
    for kind, heir in layout.heirs.items()
    if heir is not None
)
"""Our entities that can be heirs, as ``domain/key``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The tables that count for one entry, as one."""

    name: str
    heirs: Mapping[str, str | None]
    instead: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    renewed: frozenset[str]
    measured: frozenset[str]
    units: Mapping[str, str]
    actions: Mapping[str, str]
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An entity, what it was called in the table, and the key that it gets."""

    entity: RegistryEntry
    was: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What happens to the entities of an entry; ``gone`` says what to use instead."""

    moves: tuple[Move, ...]
    gone: tuple[tuple[RegistryEntry, str], ...]


def rules_of(name: str, present: Iterable[str] = ()) -> Rules:
    """Return the rules for the entries of an integration, with these entities there."""
    names = _ONE_FAMILY if name in _ONE_FAMILY else (name,)
    # The tables of a family do not contradict each other; that of the entry counts most.
    peers = [PEERS[each] for each in sorted(names, key=lambda each: each == name)]
    there = frozenset(present)
    parts = [
        part
        for peer in peers
        for part in peer.parts
        if not part.registered
        or part.registered in there
        or _heir_of(part.registered, peer) in there
    ]
    # What always counts comes before what a layout says.
    parts.sort(key=lambda part: part.registered != "")
    own = PEERS[name]
    return Rules(
        name=name,
        heirs=_joined(each.heirs for each in parts),
        instead=_joined(each.instead for each in parts),
        words=_joined(each.words for each in peers),
        renewed=frozenset().union(*(each.renewed for each in peers)),
        measured=frozenset().union(*(each.measured for each in peers)),
        units=_joined(each.units for each in peers),
        actions=own.actions,
        others=own.others,
    )


def plan(
    entities: Sequence[RegistryEntry],
    name: str,
    prefixes: tuple[str, ...],
    serial: str,
) -> Plan:
    """Return what happens to entities whose unique ids begin with one of these texts.

    What is ours already is passed over, so it may be planned again after a crash.
    """
    prefixes = (*prefixes, f"{serial}_")
    found = [(each, _kind(each, each.unique_id, prefixes)) for each in entities]
    rules = rules_of(name, [kind for _, kind in found])
    wanted: dict[str, list[Move]] = {}
    gone: list[tuple[RegistryEntry, str]] = []
    for entity, kind in found:
        key, was = rules.heirs.get(kind), kind
        if kind not in rules.heirs and kind in OUR_KEYS:
            key = kind.partition("/")[2]
            # A crash came between this move and the end; what it was is still told.
            before = _kind(entity, entity.previous_unique_id, prefixes)
            was = before if rules.heirs.get(before) == key else kind
        if key is None:
            gone.append((entity, rules.instead.get(kind, "")))
        else:
            heir = f"{entity.domain}/{key}"
            wanted.setdefault(heir, []).append(Move(entity=entity, was=was, key=key))
    moves: list[Move] = []
    for heir, rivals in wanted.items():
        # The entity that has the id already keeps it, else the one used last gets it.
        first, *others = sorted(rivals, key=lambda each: _rank(each, serial))[::-1]
        moves.append(first)
        gone += [(each.entity, heir) for each in others]
    return Plan(moves=tuple(moves), gone=tuple(gone))


def _kind(entity: RegistryEntry, of: object, prefixes: tuple[str, ...]) -> str:
    """Return the name of an entity with this unique id in the tables."""
    # Some integrations give numbers, and Home Assistant takes them.
    unique_id = str(of)
    prefix = next((each for each in prefixes if unique_id.startswith(each)), "")
    return f"{entity.domain}/{unique_id.removeprefix(prefix)}"


def _rank(move: Move, serial: str) -> tuple[bool, float]:
    is_there = move.entity.unique_id == f"{serial}_{move.key}"
    return is_there, move.entity.modified_at.timestamp()


def _heir_of(kind: str, peer: Peer) -> str:
    """Return our name of an entity in any layout of the table."""
    for part in reversed(peer.parts):
        if (key := part.heirs.get(kind)) is not None:
            return f"{kind.partition('/')[0]}/{key}"
    return kind


def _joined[ValueT](tables: Iterable[Mapping[str, ValueT]]) -> dict[str, ValueT]:
    return {kind: value for table in tables for kind, value in table.items()}
