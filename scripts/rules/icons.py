"""Every icon is in icons.json and belongs to something with a name."""

from collections.abc import Iterator, Mapping

from .repository import Json, Problem, Repository, branch
from .shapes import ANY, Icon, Shape, problems

_ICONS: Shape = {ANY: Icon()}
_ENTITY: Shape = {
    "default": Icon(),
    "state": _ICONS,
    "range": _ICONS,
    "state_attributes": {ANY: {"default": Icon(), "state": _ICONS}},
}
SHAPE: Shape = {
    "entity": {ANY: {ANY: _ENTITY}},
    "services": {ANY: {"service": Icon(), "sections": {ANY: Icon()}}},
    "triggers": {ANY: {"trigger!": Icon()}},
    "conditions": {ANY: {"condition!": Icon()}},
}
"""The allowed content of icons.json (docs/packaging.md §5)."""

_NAMED: tuple[tuple[str, ...], ...] = (("services",), ("triggers",), ("conditions",))


def check(repository: Repository) -> Iterator[Problem]:
    """Check shape and names, and that each icon of a state differs from the default."""
    path = repository.integration / "icons.json"
    icons = repository.json(path)
    english = repository.json(repository.integration / "translations/en.json")
    file = repository.relative(path)
    yield from problems(icons, SHAPE, file)
    sections = [*_NAMED, *(("entity", key) for key in branch(icons, "entity"))]
    for section in sections:
        for key in branch(icons, *section).keys() - branch(english, *section).keys():
            yield Problem(
                f"{file} {'.'.join(section)}", f"en.json has nothing named {key!r}"
            )
    for platform, entities in branch(icons, "entity").items():
        for key, entity in branch(entities).items():
            yield from _states(entity, english, file, ("entity", platform, key))


def _states(
    entity: Json, english: Mapping[str, Json], file: str, path: tuple[str, ...]
) -> Iterator[Problem]:
    where = f"{file} {'.'.join(path)}"
    default = branch(entity).get("default")
    named = branch(english, *path, "state")
    for state, icon in branch(entity, "state").items():
        if icon == default:
            yield Problem(where, f"the state {state!r} has the icon of the default")
        if named and state not in named:
            yield Problem(where, f"{state!r} is not a state that en.json names")
    limits = [*branch(entity, "range")]
    if any(not limit.lstrip("-").isdecimal() for limit in limits):
        yield Problem(where, "the limits of a range have to be whole numbers")
    elif sorted(limits, key=int) != limits:
        yield Problem(where, "the limits of the range do not ascend")
