"""The repository as the checks read it: JSON, syntax trees and problems."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
import io
import json
from pathlib import Path
import tokenize
from typing import override

type Json = Mapping[str, Json] | list[Json] | str | int | float | bool | None

NOT_OURS = frozenset({"node_modules", "__pycache__", "htmlcov"})
"""Folders that are skipped, like all whose names start with a dot."""


class UnreadableError(Exception):
    """A file that a check needs cannot be read; the text has its name and the reason."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: where it is and what to do about it."""

    where: str
    what: str

    @override
    def __str__(self) -> str:
        """Return the line that is printed."""
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class Module:
    """One Python file: its path below the root, its text and its syntax tree."""

    path: Path
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree. Each rule checks all of them."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def comments(self) -> tuple[ast.Constant, ...]:
        """Every comment, as a node with its line."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return tuple(
            ast.Constant(token.string, lineno=token.start[0])
            for token in tokens
            if token.type == tokenize.COMMENT
        )

    def at(self, node: ast.AST) -> str:
        """Return path and line of a node."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


class Repository:
    """The files of the checkout. Each is read once."""

    def __init__(self, root: Path) -> None:
        """Store the folder of the checkout."""
        self.root = root
        self._modules: dict[str, list[Module]] = {}

    @cached_property
    def integration(self) -> Path:
        """The folder of the integration, the only one below custom_components."""
        return next(iter(self.integrations), self.root / "custom_components/flashforge")

    @cached_property
    def integrations(self) -> list[Path]:
        """Every folder below custom_components."""
        home = self.root / "custom_components"
        return sorted(
            path for path in home.iterdir() if path.is_dir() and _ours(path.name)
        )

    def relative(self, path: Path) -> str:
        """Return a path below the root, with slashes."""
        return path.relative_to(self.root).as_posix()

    def files(self, pattern: str) -> Iterator[Path]:
        """Return the files whose names match, except those of environments and caches."""
        for folder, folders, names in self.root.walk():
            folders[:] = sorted(name for name in folders if _ours(name))
            for name in sorted(names):
                if (path := folder / name).match(pattern):
                    yield path

    def modules(self, folder: str) -> list[Module]:
        """Return the Python files below a folder, parsed."""
        if folder not in self._modules:
            self._modules[folder] = [
                self._parse(path)
                for path in sorted((self.root / folder).rglob("*.py"))
                if not NOT_OURS.intersection(path.parts)
            ]
        return self._modules[folder]

    def _parse(self, path: Path) -> Module:
        text = path.read_text(encoding="utf-8")
        return Module(path.relative_to(self.root), text, ast.parse(text, path))

    def text(self, path: Path) -> str:
        """Return the text of a file; raises UnreadableError when it is missing."""
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise UnreadableError(f"{self.relative(path)}: does not exist") from None

    def json(self, path: Path) -> Mapping[str, Json]:
        """Return a JSON object.

        Raises UnreadableError when it is missing, not valid JSON or not an object. The
        same key twice is not valid either.
        """
        name = self.relative(path)
        try:
            value = json.loads(self.text(path), object_pairs_hook=_without_repeats)
        except ValueError as error:
            raise UnreadableError(f"{name}: is not valid JSON: {error}") from error
        if not isinstance(value, dict):
            raise UnreadableError(f"{name}: is not a JSON object")
        return value


type Check = Callable[[Repository], Iterable[Problem]]


def _ours(name: str) -> bool:
    return name not in NOT_OURS and not name.startswith(".")


def _without_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} is there twice")
        found[key] = value
    return found


def branch(value: Json, *keys: str) -> Mapping[str, Json]:
    """Return the object at this path, or an empty one."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def texts(value: Json, *path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Return every text below, with its path of keys."""
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from texts(below, *path, key)
    elif isinstance(value, str):
        yield path, value
