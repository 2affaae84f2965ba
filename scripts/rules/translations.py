"""Every text for people is in translations/, and every text there is used."""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from .repository import Json, Problem, Repository, branch, texts
from .shapes import ANY, Shape, Text, placeholders, problems
from .usage import CodeUse, Use, uses

_TEXT = Text()
_PLAIN = Text(placeholders=False)
_TEXTS: Shape = {ANY: _TEXT}
_STATES: Shape = {ANY: _PLAIN}

_STEP: Shape = {
    "title": _TEXT,
    "description": _TEXT,
    "data": _TEXTS,
    "data_description": _TEXTS,
    "menu_options": _TEXTS,
    "menu_option_descriptions": _TEXTS,
    "submit": _TEXT,
    "sections": {
        ANY: {
            "name": _TEXT,
            "description": _TEXT,
            "data": _TEXTS,
            "data_description": _TEXTS,
        }
    },
}
_FLOW: Shape = {
    "flow_title": _TEXT,
    "initiate_flow": {"user!": _TEXT},
    "step!": {ANY: _STEP},
    "error": _TEXTS,
    "abort": _TEXTS,
    "progress": _TEXTS,
    "create_entry": _TEXTS,
}
_NAMED_FIELDS: Shape = {
    "name!": _TEXT,
    "description!": _TEXT,
    "fields": {ANY: {"name!": _TEXT, "description!": _TEXT, "example": _TEXT}},
    "sections": {ANY: {"name!": _TEXT, "description": _TEXT}},
}
SHAPE: Shape = {
    "title": _TEXT,
    "common": _TEXTS,
    "config": _FLOW,
    "options": _FLOW,
    "entity": {
        ANY: {
            ANY: {
                "name": _TEXT,
                "state": _STATES,
                "state_attributes": {ANY: {"name": _PLAIN, "state": _STATES}},
                "unit_of_measurement": _PLAIN,
            }
        }
    },
    "device": {ANY: {"name!": _TEXT}},
    "exceptions": {ANY: {"message!": _TEXT}},
    "issues": {ANY: {"title!": _TEXT, "description": _TEXT, "fix_flow": _FLOW}},
    "selector": {ANY: {"options": _TEXTS, "choices": _TEXTS, "fields": _TEXTS}},
    "services": {ANY: _NAMED_FIELDS},
    "triggers": {ANY: _NAMED_FIELDS},
    "conditions": {ANY: _NAMED_FIELDS},
    "system_health": {"info": _TEXTS},
}
"""The allowed content of a translation file (docs/packaging.md §4 and §5)."""

FROM_CORE = frozenset(
    {
        "already_in_progress",
        "no_devices_found",
        "reauth_successful",
        "reconfigure_successful",
        "single_instance_allowed",
    }
)
"""Abort reasons whose text Home Assistant has (docs/packaging.md §5)."""

_READ_BY_NAME: tuple[tuple[str, ...], ...] = (
    ("entity", ANY),
    ("entity", ANY, ANY, "state"),
    ("entity", ANY, ANY, "state_attributes"),
    ("device",),
    ("exceptions",),
    ("issues",),
    ("selector",),
    ("selector", ANY, "options"),
    ("services",),
    ("triggers",),
    ("conditions",),
    ("system_health", "info"),
    *product(("config", "options"), ("step", "error", "abort", "progress")),
    *product(("config", "options"), ("step",), (ANY,), ("data", "sections")),
    *product(("config", "options"), ("step",), (ANY,), ("menu_options",)),
    *((flow, "step", ANY, "sections", ANY, "data") for flow in ("config", "options")),
)
"""Objects whose keys have to be used by the code."""


def check(repository: Repository) -> Iterator[Problem]:
    """Check the English texts against shape and code, then every other language."""
    folder = repository.integration / "translations"
    english_file = folder / "en.json"
    english = repository.json(english_file)
    name = repository.relative(english_file)
    yield from problems(english, SHAPE, name)
    yield from _descriptions(english, name)
    found = uses(repository)
    yield from _missing(english, found)
    yield from _unused(english, found, name)
    for path in sorted(folder.glob("*.json")):
        if path != english_file:
            yield from _language(repository, path, english)


def _descriptions(english: Mapping[str, Json], file: str) -> Iterator[Problem]:
    for flow in ("config", "options"):
        for step, content in branch(english, flow, "step").items():
            data = branch(content, "data")
            for key in branch(content, "data_description"):
                if key not in data:
                    yield Problem(
                        f"{file} {flow}.step.{step}",
                        f"describes {key!r}, which is not in its data",
                    )


def _missing(english: Mapping[str, Json], found: CodeUse) -> Iterator[Problem]:
    for use in found.uses:
        if use.section[-1:] == ("abort",) and use.key in FROM_CORE:
            continue
        path = ".".join((*use.section, use.key))
        if not (at := _find(english, use)):
            yield Problem(use.where, f"en.json has no {path}")
            continue
        wanted = placeholders(at.get("message") or at.get("title") or "")
        if use.placeholders is not None and wanted - use.placeholders:
            lacking = ", ".join(sorted(wanted - use.placeholders))
            yield Problem(use.where, f"{path} also needs the placeholder {lacking}")


def _find(english: Mapping[str, Json], use: Use) -> Mapping[str, str]:
    """Return the texts directly at the key, ``{"": text}`` if it is one itself."""
    value = branch(english, *use.section).get(use.key)
    if isinstance(value, Mapping):
        return {"": "", **{k: v for k, v in value.items() if isinstance(v, str)}}
    return {} if value is None else {"": str(value)}


def _unused(
    english: Mapping[str, Json], found: CodeUse, file: str
) -> Iterator[Problem]:
    for pattern in _READ_BY_NAME:
        for path in _paths(english, pattern):
            for key in branch(english, *path):
                if not found.knows(key):
                    yield Problem(
                        f"{file} {'.'.join(path)}", f"no code uses the key {key!r}"
                    )


def _paths(value: Json, pattern: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not pattern:
        yield ()
        return
    here = branch(value)
    for key in here if pattern[0] == ANY else here.keys() & {pattern[0]}:
        for below in _paths(here[key], pattern[1:]):
            yield (key, *below)


def _language(
    repository: Repository, path: Path, english: Mapping[str, Json]
) -> Iterator[Problem]:
    name = repository.relative(path)
    own = repository.json(path)
    yield from problems(own, SHAPE, name)
    ours, theirs = dict(texts(english)), dict(texts(own))
    for key in ours.keys() - theirs.keys():
        yield Problem(name, f"lacks {'.'.join(key)}")
    for key in theirs.keys() - ours.keys():
        yield Problem(name, f"{'.'.join(key)} is not in en.json")
    for key in ours.keys() & theirs.keys():
        try:
            same = placeholders(ours[key]) == placeholders(theirs[key])
        except ValueError:
            continue
        if not same:
            yield Problem(
                f"{name} {'.'.join(key)}", "has other placeholders than en.json"
            )
