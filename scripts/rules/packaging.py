"""What HACS, hassfest and Home Assistant require of the files around the code."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
import re
import struct

from .repository import Json, Module, Problem, Repository
from .usage import PLATFORMS

_VERSION = re.compile(r"\d+\.\d+\.\d+([ab]\d+|rc\d+)?")
_HANDLE = re.compile(r"@[A-Za-z0-9][A-Za-z0-9/-]*")
_DOCUMENTED_BY_CORE = "https://www.home-assistant.io/integrations"
_IOT_CLASSES = frozenset(
    {
        "assumed_state",
        "calculated",
        "cloud_polling",
        "cloud_push",
        "local_polling",
        "local_push",
    }
)
_SCALES = frozenset({"bronze", "silver", "gold", "platinum"})


def _is_url(value: Json) -> bool:
    return isinstance(value, str) and re.match(r"https://[^/]+/.", value) is not None


def _is_list_of_texts(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_text(value: Json) -> bool:
    return isinstance(value, str) and value != ""


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule for the value of a key."""

    holds: Callable[[Json], bool]
    wanted: str
    required: bool = True


_TEXT = Rule(_is_text, "has to be a text")
_TEXT_MAYBE = Rule(_is_text, "has to be a text", required=False)
_LIST_MAYBE = Rule(_is_list_of_texts, "has to be a list of texts", required=False)
_FLAG_MAYBE = Rule(
    lambda value: isinstance(value, bool), "has to be true or false", required=False
)

MANIFEST: Mapping[str, Rule] = {
    "domain": _TEXT,
    "name": _TEXT,
    "after_dependencies": _LIST_MAYBE,
    "categories": _LIST_MAYBE,
    "codeowners": Rule(
        lambda value: (
            isinstance(value, list)
            and bool(value)
            and all(_HANDLE.fullmatch(str(owner)) for owner in value)
        ),
        "has to be a list of @names",
    ),
    "config_flow": _FLAG_MAYBE,
    "connectivity": _LIST_MAYBE,
    "dependencies": _LIST_MAYBE,
    "dhcp": Rule(
        lambda value: isinstance(value, list) and bool(value),
        "has to be a list of matchers",
        required=False,
    ),
    "documentation": Rule(
        lambda value: _is_url(value) and not str(value).startswith(_DOCUMENTED_BY_CORE),
        "has to be an https address of our own",
    ),
    "integration_type": Rule(
        lambda value: value in {"device", "hub", "service"},
        "has to be device, hub or service",
    ),
    "iot_class": Rule(lambda value: value in _IOT_CLASSES, "is not an IoT class"),
    "issue_tracker": Rule(_is_url, "has to be an https address"),
    "loggers": _LIST_MAYBE,
    "quality_scale": Rule(
        lambda value: value in _SCALES, "is not a level of the scale", required=False
    ),
    "requirements": Rule(
        lambda value: (
            isinstance(value, list)
            and all(re.fullmatch(r"[^=]+==[^=]+", str(item)) for item in value)
        ),
        "has to be a list of requirements pinned with ==",
        required=False,
    ),
    "version": Rule(
        lambda value: _VERSION.fullmatch(str(value)) is not None,
        "has to be a version such as 1.2.3 or 1.2.3b1",
    ),
}
"""Keys of manifest.json in their order (docs/packaging.md §2, §3 and §4)."""

HACS: Mapping[str, Rule] = {
    "name": _TEXT,
    "homeassistant": Rule(
        lambda value: re.fullmatch(r"\d{4}\.\d+\.\d+(b\d+)?", str(value)) is not None,
        "has to be a version of Home Assistant",
    ),
    "hacs": _TEXT_MAYBE,
    "hide_default_branch": _FLAG_MAYBE,
    "content_in_root": _FLAG_MAYBE,
    "zip_release": _FLAG_MAYBE,
    "filename": _TEXT_MAYBE,
    "persistent_directory": _TEXT_MAYBE,
    "country": _LIST_MAYBE,
}
"""Every key that hacs.json may have (docs/packaging.md §1)."""

FREE_IMPORTS = PLATFORMS | {
    "alert",
    "automation",
    "conversation",
    "default_config",
    "device_automation",
    "frontend",
    "group",
    "homeassistant",
    "labs",
    "media_source",
    "mjpeg",
    "onboarding",
    "panel_custom",
    "persistent_notification",
    "person",
    "script",
    "shopping_list",
    "stream",
    "sun",
    "system_health",
    "system_log",
    "timer",
    "webhook",
    "websocket_api",
    "zone",
}
"""Components that may be imported without being in the manifest (docs/packaging.md §4)."""

BRAND_SIZES: Mapping[str, tuple[int, int]] = {
    "icon.png": (256, 256),
    "icon@2x.png": (512, 512),
    "logo.png": (128, 256),
    "logo@2x.png": (256, 512),
}
"""Minimum and maximum length of the shortest side in pixels (docs/packaging.md §7)."""


def check(repository: Repository) -> Iterator[Problem]:
    """Check manifest.json, hacs.json, the folders and the brand images."""
    yield from _one_of_each(repository)
    path = repository.integration / "manifest.json"
    manifest = repository.json(path)
    name = repository.relative(path)
    yield from _keys(manifest, MANIFEST, name)
    ordered = ["domain", "name", *sorted(manifest.keys() - {"domain", "name"})]
    if [*manifest] != ordered:
        yield Problem(name, f"the order has to be {', '.join(ordered)}")
    if manifest.get("domain") != repository.integration.name:
        yield Problem(name, "the domain is not the name of the folder")
    yield from _keys(repository.json(repository.root / "hacs.json"), HACS, "hacs.json")
    yield from _dependencies(repository, manifest)
    yield from _companions(repository, manifest)
    yield from _brand(repository)


def _keys(
    value: Mapping[str, Json], rules: Mapping[str, Rule], file: str
) -> Iterator[Problem]:
    for key, rule in rules.items():
        if key not in value:
            if rule.required:
                yield Problem(file, f"lacks {key!r}")
        elif not rule.holds(value[key]):
            yield Problem(file, f"{key!r} {rule.wanted}")
    for key in value.keys() - rules.keys():
        yield Problem(file, f"{key!r} is not a key that belongs here")


def _one_of_each(repository: Repository) -> Iterator[Problem]:
    if len(repository.integrations) != 1:
        yield Problem("custom_components", "has to hold exactly one folder")
    manifests = [
        repository.relative(path) for path in repository.files("*manifest.json")
    ]
    if len(manifests) != 1:
        yield Problem(
            ", ".join(manifests), "exactly one file may be named *manifest.json"
        )


def _dependencies(
    repository: Repository, manifest: Mapping[str, Json]
) -> Iterator[Problem]:
    own = {path.stem for path in repository.integration.iterdir()}
    listed = {
        item
        for key in ("dependencies", "after_dependencies")
        if isinstance(items := manifest.get(key), list)
        for item in items
        if isinstance(item, str)
    }
    free = FREE_IMPORTS | own | listed | manifest.keys()
    for module in repository.modules(repository.relative(repository.integration)):
        for component, node in _components(module):
            if component not in free:
                yield Problem(
                    module.at(node), f"{component!r} is no dependency in the manifest"
                )


def _components(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Return each component of Home Assistant that is imported at run time."""
    typing_only = {
        id(inner)
        for node in module.nodes
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in module.nodes:
        if id(node) in typing_only:
            continue
        match node:
            case ast.ImportFrom(module="homeassistant.components", names=names):
                for item in names:
                    yield item.name, node
            case ast.ImportFrom(module=str(name)):
                if name.startswith("homeassistant.components."):
                    yield name.split(".")[2], node


def _companions(
    repository: Repository, manifest: Mapping[str, Json]
) -> Iterator[Problem]:
    """Check the files that hassfest expects next to other files."""
    home = repository.integration
    code = repository.modules(repository.relative(home))
    if manifest.get("config_flow") and not (home / "config_flow.py").is_file():
        yield Problem(repository.relative(home), "config_flow.py is missing")
    registers = any(
        isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(
            (
                "services.async_register",
                "async_register_admin_service",
                "async_register_platform_entity_service",
            )
        )
        for module in code
        for node in module.nodes
    )
    if registers != (home / "services.yaml").is_file():
        wanted = "is missing" if registers else "describes actions that do not exist"
        yield Problem(repository.relative(home / "services.yaml"), wanted)
    for module in code:
        if module.path.name == "__init__.py" and module.path.parent.name == home.name:
            defined = {
                node.name
                for node in module.tree.body
                if isinstance(node, ast.AsyncFunctionDef)
            }
            if "async_setup" in defined and "CONFIG_SCHEMA" not in module.text:
                yield Problem(str(module.path), "async_setup needs a CONFIG_SCHEMA")


def _brand(repository: Repository) -> Iterator[Problem]:
    folder = repository.integration / "brand"
    if not (folder / "icon.png").is_file():
        yield Problem(repository.relative(folder), "icon.png is missing")
        return
    for path in sorted(folder.iterdir()):
        name = repository.relative(path)
        if (sizes := BRAND_SIZES.get(path.name.removeprefix("dark_"))) is None:
            yield Problem(name, "is not the name of a brand image")
            continue
        # Width and height are in the first chunk of every PNG file.
        head = path.read_bytes()[:24]
        if head[:8] != b"\x89PNG\r\n\x1a\n":
            yield Problem(name, "is not a PNG file")
            continue
        sides = struct.unpack(">II", head[16:24])
        least, greatest = sizes
        if not least <= min(sides) <= greatest:
            yield Problem(
                name, f"its shortest side has to be {least} to {greatest} pixels"
            )
