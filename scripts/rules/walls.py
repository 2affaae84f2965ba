"""Which module may import which in the product and the simulator, and how long code may be.

`import-linter` finds the same upward imports, but cannot explain why one is wrong, and adds
packages to the locks.
"""

import ast
from collections.abc import Iterator, Mapping, Set as AbstractSet
from dataclasses import dataclass
from pathlib import PurePath

from .repository import Module, Problem, Repository

PRODUCT = "custom_components/flashforge"
LONGEST_MODULE = 300
LONGEST_FUNCTION = 50

type Imports = Mapping[str, Mapping[str, ast.AST]]
"""The modules that each module imports, with the node that does it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a folder from top to bottom; a part imports only parts below it.

    A layer has its parts and the reason why nothing below it may import them. Parts of
    one layer may import each other if that makes no circle. ``*`` stands for all parts
    that are not listed.
    """

    folder: str
    layers: tuple[tuple[str, str], ...]

    def level(self, part: str) -> int | None:
        """Return the layer of a part, counted from the top, None when it has none."""
        named = [parts.split() for parts, _ in self.layers]
        for name in (part, "*"):
            for level, parts in enumerate(named):
                if name in parts:
                    return level
        return None


LAYOUTS = (
    Layout(
        PRODUCT,
        (
            ("*", "only Home Assistant uses its platforms and flows"),
            ("asking", "an answer only says what others keep"),
            ("media frontend", "a page in the browser only shows what others keep"),
            ("actions", "what an action does must work without the action"),
            (
                "prints discovery takeover",
                "a printer is polled without what is beside it",
            ),
            ("entity issues", "a printer is polled whether or not entities show it"),
            ("coordinator", "the parts of a coordinator are understood without it"),
            ("printer", "helpers are the same for every printer"),
            ("exceptions disk permissions redaction", "texts and names need no helper"),
            ("plain_text const", "the library works without Home Assistant"),
            ("api", ""),
        ),
    ),
    Layout(
        f"{PRODUCT}/api",
        (
            ("__init__", "the face is for users of the package"),
            ("network", "a printer works without a search"),
            ("connect", "a protocol does not choose which printer is built"),
            ("camera http", "a command is the same over every protocol"),
            ("commands lines", "what a printer can do is apart from when it may"),
            ("printer", "a file is read without a printer"),
            ("print_files", "answers of a printer are read without a file"),
            ("wire", "models and states are independent of names on the wire"),
            ("models", "a state is the same for every model"),
            ("prints state", "an identity is known before the first state"),
            ("identity assumed", "an error has only a key and facts"),
            ("errors", "texts and encodings raise no error of ours"),
            ("texts encoding", ""),
        ),
    ),
    Layout(
        "simulator",
        (
            ("__init__ __main__", "the face is for users of the package"),
            ("console", "a printer runs without a console"),
            ("printer", "a server needs only the machine behind it"),
            ("camera discovery http lines", "a machine prints without a network"),
            ("machine print_files", "models and faults are the same for every machine"),
            ("models faults", "clocks and sockets are used by all parts"),
            ("system", ""),
        ),
    ),
)


def check(repository: Repository) -> Iterator[Problem]:
    """Find imports upward, circles, and code that is too long."""
    modules = {
        _name(module.path): module
        for root in (PRODUCT, "simulator")
        for module in repository.modules(root)
    }
    imports = {name: _imports(name, modules) for name in modules}
    for layout in LAYOUTS:
        yield from _upward(layout, modules, imports)
    yield from _circles(modules, imports)
    for module in repository.modules(PRODUCT):
        yield from _too_long(module)


def _name(path: PurePath) -> str:
    """Return the name by which a module is imported."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(name: str, modules: Mapping[str, Module]) -> dict[str, ast.AST]:
    """Return the modules among these that one of them imports, itself excluded."""
    module = modules[name]
    package = [*module.path.parent.parts]
    found: dict[str, ast.AST] = {}
    for node in module.nodes:
        match node:
            case ast.Import(names=names):
                wanted = [each.name for each in names]
            case ast.ImportFrom(module=of, names=names, level=level):
                above = package[: len(package) - level + 1] if level else []
                base = ".".join([*above, *([of] if of else [])])
                # A name imported from a package may be a module in it.
                inside = [f"{base}.{each.name}" for each in names]
                wanted = [each if each in modules else base for each in inside]
            case _:
                continue
        for each in wanted:
            if each in modules and each != name:
                found.setdefault(each, node)
    return found


def _upward(
    layout: Layout, modules: Mapping[str, Module], imports: Imports
) -> Iterator[Problem]:
    """Yield imports of parts above, and parts without a layer."""
    folder = layout.folder.replace("/", ".")
    for name, module in modules.items():
        if (part := _part(name, folder)) is None:
            continue
        if (level := layout.level(part)) is None:
            yield Problem(
                str(module.path), f"{part} has no place in scripts/rules/walls"
            )
            continue
        for target, node in imports[name].items():
            above = _part(target, folder)
            if above is None or (at := layout.level(above)) is None or at >= level:
                continue
            yield Problem(
                module.at(node),
                f"{part} stands below {above}: {layout.layers[at][1]}",
            )


def _part(name: str, folder: str) -> str | None:
    """Return the part of a folder that a module belongs to, None for one outside."""
    if name == folder:
        return "__init__"
    below = name.removeprefix(f"{folder}.")
    return None if below == name else below.partition(".")[0]


def _circles(modules: Mapping[str, Module], imports: Imports) -> Iterator[Problem]:
    """Yield each circle of modules once, at the module whose name comes first."""
    reached = {name: _reached(name, imports) for name in modules}
    seen: set[str] = set()
    for name in sorted(modules):
        if name in seen or name not in reached[name]:
            continue
        circle = [each for each in sorted(reached[name]) if name in reached[each]]
        seen.update(circle)
        yield Problem(
            str(modules[name].path), f"modules import each other: {', '.join(circle)}"
        )


def _reached(name: str, imports: Imports) -> AbstractSet[str]:
    """Return all modules that a module needs, directly or not."""
    found: set[str] = set()
    ahead = [*imports[name]]
    while ahead:
        if (each := ahead.pop()) not in found:
            found.add(each)
            ahead += imports[each]
    return found


def _too_long(module: Module) -> Iterator[Problem]:
    lines = len(module.text.splitlines())
    if lines > LONGEST_MODULE:
        yield Problem(str(module.path), f"{lines} lines; {LONGEST_MODULE} are the most")
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield Problem(
                    module.at(node),
                    f"{node.name} has {lines} lines; {LONGEST_FUNCTION} are the most",
                )
