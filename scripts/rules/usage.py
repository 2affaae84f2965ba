"""Which translation keys the code uses, as far as its syntax shows."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
import re

from homeassistant import const
from homeassistant.const import Platform

from .repository import Module, Repository

PLATFORMS = frozenset(str(platform) for platform in Platform)
"""The kinds of entity that Home Assistant has."""

_CALLED_SECTIONS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r".*(Error|Failed|NotReady|Unresolvable)"), ("exceptions",)),
    (re.compile(r"(async_)?create_issue"), ("issues",)),
    (re.compile(r".*Selector(Config)?"), ("selector",)),
    (re.compile(r"(Child)?DeviceInfo"), ("device",)),
)
"""Calls whose ``translation_key`` belongs to a section other than the entity's."""

_ANYTHING = r"\w+"
_DIGITS = re.compile(r"0(\d+)d")
_STEP_METHOD = re.compile(r"async_step_(\w+)")


_STATES_OF_CORE = frozenset({"on", "off", "unavailable", "unknown"})
"""States that Home Assistant sets itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A key that must exist in a section of the translations.

    ``placeholders`` are the names passed, None when the code does not show them.
    """

    section: tuple[str, ...]
    key: str
    where: str
    placeholders: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class CodeUse:
    """The keys that are certainly used, and every string in the code."""

    uses: tuple[Use, ...]
    words: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def knows(self, key: str) -> bool:
        """Return whether a key appears in the code, whole or as a pattern."""
        return key.lower() in self.words or any(
            pattern.fullmatch(key) for pattern in self.patterns
        )


def uses(repository: Repository) -> CodeUse:
    """Read the integration's code."""
    found: list[Use] = []
    words: set[str] = {*_STATES_OF_CORE}
    patterns: list[re.Pattern[str]] = []
    for module in repository.modules(repository.relative(repository.integration)):
        found += _module_uses(module)
        words |= {word.lower() for word in _words(module)}
        patterns += _patterns(module)
    return CodeUse(tuple(found), frozenset(words), tuple(patterns))


def _module_uses(module: Module) -> Iterator[Use]:
    platform = module.path.stem if module.path.stem in PLATFORMS else None
    # The texts of a fix flow are below its issue, which its steps do not name.
    outermost = None if module.path.stem == "repairs" else "config"
    for node, flow in _with_flow(module.tree, outermost):
        match node:
            case ast.Call():
                yield from _call(module, node, platform, flow)
            case ast.Assign(
                targets=[ast.Name(id="_attr_translation_key")],
                value=ast.Constant(value=str(key)),
            ) if platform:
                yield Use(section=("entity", platform), key=key, where=module.at(node))
            case ast.Assign(
                targets=[ast.Subscript(value=ast.Name(id="errors"))],
                value=ast.Constant(value=str(key)),
            ) if flow:
                yield Use(section=(flow, "error"), key=key, where=module.at(node))


def _with_flow(tree: ast.AST, flow: str | None) -> Iterator[tuple[ast.AST, str | None]]:
    """Return every node, with the section of the flow class around it."""
    for node in ast.iter_child_nodes(tree):
        below = flow
        if isinstance(node, ast.ClassDef):
            bases = " ".join(ast.unparse(base) for base in node.bases)
            below = "options" if "OptionsFlow" in bases else flow
        yield node, below
        yield from _with_flow(node, below)


def _call(
    module: Module, call: ast.Call, platform: str | None, flow: str | None
) -> Iterator[Use]:
    name = _name(call.func)
    handed = {item.arg: item.value for item in call.keywords if item.arg}
    for argument, section in (
        ("translation_key", _section(name, platform)),
        ("step_id", (flow, "step") if flow else None),
        ("reason", (flow, "abort") if flow and "abort" in name else None),
    ):
        match handed.get(argument):
            case ast.Constant(value=str(key)) if section:
                yield Use(
                    section=section,
                    key=key,
                    where=module.at(call),
                    placeholders=_placeholders(handed.get("translation_placeholders")),
                )


def _section(name: str, platform: str | None) -> tuple[str, ...] | None:
    for pattern, section in _CALLED_SECTIONS:
        if pattern.fullmatch(name):
            return section
    return ("entity", platform) if platform else None


def _placeholders(node: ast.expr | None) -> frozenset[str] | None:
    match node:
        case None:
            return frozenset()
        case ast.Call(func=ast.Name(id="plain_texts"), args=[texts]):
            return _placeholders(texts)
        case ast.Dict(keys=keys):
            names = [key.value for key in keys if isinstance(key, ast.Constant)]
            if len(names) == len(keys):
                return frozenset(str(name) for name in names)
    return None


def _name(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _words(module: Module) -> Iterator[str]:
    for node in module.nodes:
        match node:
            case ast.Constant(value=str(word)):
                yield word
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if step := _STEP_METHOD.fullmatch(name):
                    yield step[1]
            case ast.ImportFrom(module="homeassistant.const", names=names):
                for item in names:
                    if isinstance(value := getattr(const, item.name, None), str):
                        yield value
            case ast.keyword(arg=str(word)):
                # A field of a data class can name a key, as in Adjustments.part_fan.
                yield word
            case ast.AnnAssign(target=ast.Name(id=word)):
                yield word


def _patterns(module: Module) -> Iterator[re.Pattern[str]]:
    """Return patterns of the formatted texts of a module."""
    constants = {
        name: value
        for node in module.tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Constant)
        for name, value in ((target.id, node.value.value),)
    }
    for node in module.nodes:
        if isinstance(node, ast.JoinedStr):
            parts = [_part(part, constants) for part in node.values]
            # A pattern of only two placeholders would match nearly every key.
            if re.search(r"[a-z]{3}|\\d", "".join(p for p in parts if p != _ANYTHING)):
                yield re.compile("".join(parts), re.IGNORECASE)


def _part(part: ast.expr, constants: Mapping[str, object]) -> str:
    match part:
        case ast.Constant(value=value):
            return re.escape(str(value))
        case ast.FormattedValue(value=ast.Name(id=name)) if name in constants:
            return re.escape(str(constants[name]))
        case ast.FormattedValue(
            format_spec=ast.JoinedStr(values=[ast.Constant(value=str(spec))])
        ) if width := _DIGITS.fullmatch(spec):
            return rf"\d{{{width[1]}}}"
    return _ANYTHING
