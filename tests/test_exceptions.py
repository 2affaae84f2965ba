"""Every error has a text."""

import ast
from collections.abc import Iterator
import importlib
import json
from pathlib import Path
import pkgutil
from string import Formatter

from custom_components import flashforge
from custom_components.flashforge.api.errors import FlashForgeError

FOLDER = Path(flashforge.__path__[0])
TEXTS = FOLDER / "translations" / "en.json"


def kinds(of: type[FlashForgeError]) -> Iterator[type[FlashForgeError]]:
    """Return a type of error and all that are more exact."""
    yield of
    for kind in of.__subclasses__():
        yield from kinds(kind)


def every_kind() -> dict[str, type[FlashForgeError]]:
    """Return every type of error there is, by its name."""
    name = f"{flashforge.__name__}."
    for module in pkgutil.walk_packages(flashforge.__path__, name):
        importlib.import_module(module.name)
    return {
        kind.__name__: kind
        for kind in kinds(FlashForgeError)
        if kind.__module__.startswith(name)
    }


def texts() -> dict[str, str]:
    found = json.loads(TEXTS.read_text())["exceptions"]
    return {key: text["message"] for key, text in found.items()}


def test_every_error_has_a_text() -> None:
    missing = {kind.key for kind in every_kind().values()} - texts().keys()
    assert not missing


def test_every_error_gets_the_facts_of_its_text() -> None:
    known, words = every_kind(), texts()
    wanted = {
        name: {field for _, field, _, _ in Formatter().parse(words[kind.key]) if field}
        for name, kind in known.items()
    }
    lacking, calls = [], 0
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            name = node.func.id
            if name not in known or "__init__" in vars(known[name]):
                # A type with arguments of its own is checked by mypy.
                continue
            calls += 1
            given = {each.arg for each in node.keywords}
            if not wanted[name] <= given | {"percent"}:
                lacking.append(f"{path.name}:{node.lineno} {name}")
    assert calls > 100
    assert not lacking
