"""The laws of docs/design.md that a command can check."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
import re

from .repository import Module, Problem, Repository

INTEGRATION = "custom_components/flashforge"
OURS = (INTEGRATION, "simulator", "scripts", "tests")

type Finder = Callable[[Module], Iterator[ast.AST]]


@dataclass(frozen=True, slots=True)
class Law:
    """Something that is forbidden in some folders, and why."""

    folders: tuple[str, ...]
    find: Finder
    message: str


def _imports(*forbidden: str) -> Finder:
    """Find imports of these packages."""

    def find(module: Module) -> Iterator[ast.AST]:
        for node in module.nodes:
            match node:
                case ast.Import(names=names):
                    imported = [item.name for item in names]
                case ast.ImportFrom(module=str(name), level=0):
                    imported = [name]
                case _:
                    continue
            if any(name.split(".")[0] in forbidden for name in imported):
                yield node

    return find


def _private_names(module: Module) -> Iterator[ast.AST]:
    """Find imports of private names of other modules."""
    for node in module.nodes:
        match node:
            case ast.ImportFrom(module=of, names=names):
                path = [*(of or "").split("."), *(each.name for each in names)]
            case ast.Import(names=names):
                path = [part for each in names for part in each.name.split(".")]
            case _:
                continue
        if any(part.startswith("_") and not part.endswith("__") for part in path):
            yield node


def _catches_everything(module: Module) -> Iterator[ast.AST]:
    for node in module.nodes:
        if isinstance(node, ast.ExceptHandler):
            caught = "BaseException" if node.type is None else ast.unparse(node.type)
            reraises = (
                isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            )
            if "BaseException" in caught and reraises:
                # Cleaning up and raising again hides no error.
                continue
            if re.search(r"\b(Base)?Exception\b", caught):
                yield node


def _asks_for_a_model(module: Module) -> Iterator[ast.AST]:
    for node in module.nodes:
        if isinstance(node, ast.Compare) and isinstance(
            node.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn
        ):
            left = node.left
            if isinstance(left, ast.Attribute) and left.attr in {"pid", "key", "name"}:
                left = left.value
            if ast.unparse(left).split(".")[-1] == "model" and not any(
                isinstance(side, ast.Constant) and side.value is None
                for side in node.comparators
            ):
                yield node


def _sleeps(module: Module) -> Iterator[ast.AST]:
    for node in module.nodes:
        match node:
            case ast.Call(
                func=ast.Attribute(attr="sleep") | ast.Name(id="sleep"),
                args=[ast.Constant(value=0)],
            ):
                continue
            case ast.Call(func=ast.Attribute(attr="sleep") | ast.Name(id="sleep")):
                yield node


_PLACEHOLDERS = re.compile(
    r"(_attr_)?(description|title|translation)_placeholders|format_map"
)


def _foreign_texts(module: Module) -> Iterator[ast.AST]:
    """Find texts for placeholders that did not go through ``plain_texts``."""
    for node in module.nodes:
        for name, value in _named_values(node):
            if _PLACEHOLDERS.fullmatch(name) and not _is_plain(value):
                yield value


def _named_values(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names and values that a node passes or stores."""
    match node:
        case ast.keyword(arg=str(name), value=value):
            yield name, value
        case ast.Call(func=ast.Attribute(attr=name), args=[value]):
            yield name, value
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), value
        case ast.Assign(targets=[target], value=value):
            match target:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name, value
                case ast.Subscript(slice=ast.Constant(value=str(name))):
                    yield name, value


def _is_plain(value: ast.expr) -> bool:
    match value:
        case ast.Call(func=ast.Name(id="plain_texts")) | ast.Constant(value=None):
            return True
        case ast.Attribute(attr="translation_placeholders"):
            # Those of an issue were made plain when it was raised.
            return True
        case ast.IfExp(body=body, orelse=other):
            return _is_plain(body) and _is_plain(other)
    return False


def _makes_loggers(module: Module) -> Iterator[ast.AST]:
    if module.path.stem == "texts":
        return
    for node in module.nodes:
        match node:
            case ast.Call(func=ast.Attribute(attr="getLogger")):
                yield node


def _comments(pattern: str) -> Finder:
    """Find comments that match."""
    wanted = re.compile(pattern)

    def find(module: Module) -> Iterator[ast.AST]:
        for comment in module.comments:
            if wanted.search(str(comment.value)):
                yield comment

    return find


LAWS: tuple[Law, ...] = (
    Law(
        (f"{INTEGRATION}/api",),
        _imports("homeassistant"),
        "api/ imports no Home Assistant",
    ),
    Law(
        ("simulator",),
        _imports("homeassistant", "custom_components"),
        "the simulator imports neither Home Assistant nor the integration",
    ),
    Law((INTEGRATION,), _imports("simulator", "tests"), "the integration stands alone"),
    Law(
        (INTEGRATION,),
        _imports("httpx", "httpx2", "requests"),
        "aiohttp is what both versions of Home Assistant bring",
    ),
    Law(
        (*OURS, "bench"),
        _imports("voluptuous"),
        "Home Assistant brings probatio; the old name is only an alias of it",
    ),
    Law(OURS, _imports("__future__"), "Python 3.14 needs nothing from the future"),
    Law(OURS, _catches_everything, "name the errors that are expected here"),
    Law(
        (INTEGRATION, "simulator"),
        _asks_for_a_model,
        "ask the model for a feature, not which one it is",
    ),
    Law(
        (INTEGRATION,),
        _foreign_texts,
        "what fills placeholders comes through plain_texts",
    ),
    Law(
        (INTEGRATION,),
        _makes_loggers,
        "texts.get_logger makes loggers, so that nobody can forge a line",
    ),
    Law(("tests",), _private_names, "a test uses what a module offers"),
    Law(("tests",), _sleeps, "a test moves the clock, it never sleeps"),
    Law(OURS, _comments(r"\b(TODO|FIXME|XXX|HACK)\b"), "finish it or leave it out"),
    Law(
        OURS,
        _comments(r"type: ignore(\[[^\]]*\])?\s*$"),
        "say why this type is ignored, behind a second #",
    ),
)
"""Every law that a syntax tree or a comment can break."""


def check(repository: Repository) -> Iterator[Problem]:
    """Return everything that is forbidden."""
    for law in LAWS:
        for folder in law.folders:
            for module in repository.modules(folder):
                for node in law.find(module):
                    yield Problem(module.at(node), law.message)
