"""quality_scale.yaml has all rules, and the manifest claims no higher level."""

from collections.abc import Iterator, Mapping

# PyYAML ships no types, and its stubs are not worth a dependency for this one file.
import yaml  # type: ignore[import-untyped]  # see above

from .repository import Problem, Repository

LEVELS: Mapping[str, tuple[str, ...]] = {
    "bronze": (
        "action-setup",
        "appropriate-polling",
        "brands",
        "common-modules",
        "config-flow",
        "config-flow-test-coverage",
        "dependency-transparency",
        "docs-actions",
        "docs-conditions",
        "docs-high-level-description",
        "docs-installation-instructions",
        "docs-removal-instructions",
        "docs-triggers",
        "entity-event-setup",
        "entity-unique-id",
        "has-entity-name",
        "runtime-data",
        "test-before-configure",
        "test-before-setup",
        "unique-config-entry",
    ),
    "silver": (
        "action-exceptions",
        "config-entry-unloading",
        "docs-configuration-parameters",
        "docs-installation-parameters",
        "entity-unavailable",
        "integration-owner",
        "log-when-unavailable",
        "parallel-updates",
        "reauthentication-flow",
        "test-coverage",
    ),
    "gold": (
        "devices",
        "diagnostics",
        "discovery",
        "discovery-update-info",
        "docs-data-update",
        "docs-examples",
        "docs-known-limitations",
        "docs-supported-devices",
        "docs-supported-functions",
        "docs-troubleshooting",
        "docs-use-cases",
        "dynamic-devices",
        "entity-category",
        "entity-device-class",
        "entity-disabled-by-default",
        "entity-translations",
        "exception-translations",
        "icon-translations",
        "reconfiguration-flow",
        "repair-issues",
        "stale-devices",
    ),
    "platinum": ("async-dependency", "inject-websession", "strict-typing"),
}
"""The 54 rules of Home Assistant's quality scale (docs/packaging.md §6)."""

WITHOUT_EXCEPTION = frozenset({"dependency-transparency", "test-before-setup"})
"""Rules that have no exceptions by their pages, although we would need one."""

STATUSES = ("done", "exempt", "todo")


def check(repository: Repository) -> Iterator[Problem]:
    """Check the rules, and that every rule below the claimed level is met."""
    path = repository.integration / "quality_scale.yaml"
    file = repository.relative(path)
    content: object = yaml.safe_load(repository.text(path))
    rules = content.get("rules") if isinstance(content, dict) else None
    if not isinstance(rules, dict):
        yield Problem(file, "has to hold an object named rules")
        return
    known = {rule for level in LEVELS.values() for rule in level}
    for rule in sorted(known - rules.keys()):
        yield Problem(file, f"lacks the rule {rule}")
    for rule, value in rules.items():
        if rule not in known:
            yield Problem(file, f"{rule} is not a rule of the scale")
        yield from (Problem(f"{file} {rule}", what) for what in _rule(value))
        if rule in WITHOUT_EXCEPTION and _status(value) == "exempt":
            yield Problem(f"{file} {rule}", "knows no exception: say done or todo")
    claimed = repository.json(repository.integration / "manifest.json").get(
        "quality_scale"
    )
    reached = _reached(rules)
    if claimed != reached:
        yield Problem(
            file,
            f"the manifest says {claimed}, but the rules that are met say {reached}",
        )


def _status(value: object) -> object:
    return value.get("status") if isinstance(value, dict) else value


def _rule(value: object) -> Iterator[str]:
    status = _status(value)
    if status not in STATUSES:
        yield f"{status!r} is none of {', '.join(STATUSES)}"
    comment = value.get("comment") if isinstance(value, dict) else None
    if status == "exempt" and not comment:
        yield "needs a comment that says why it is exempt"
    if isinstance(value, dict) and value.keys() - {"status", "comment"}:
        yield "may hold a status and a comment only"


def _reached(rules: Mapping[str, object]) -> str | None:
    """Return the highest level whose rules, and all rules below, are done or exempt."""
    reached = None
    for level, wanted in LEVELS.items():
        if any(_status(rules.get(rule, "todo")) == "todo" for rule in wanted):
            break
        reached = level
    return reached
