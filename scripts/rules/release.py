"""The version is the same everywhere, and the change log describes it."""

from collections.abc import Iterator
import re
import tomllib

from .repository import Problem, Repository

_HEADING = re.compile(
    r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>\S+))?\s*$", re.MULTILINE
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check(repository: Repository) -> Iterator[Problem]:
    """Check that manifest, project and the newest section agree."""
    version = manifest_version(repository)
    project = tomllib.loads(repository.text(repository.root / "pyproject.toml"))[
        "project"
    ]["version"]
    if project != version:
        yield Problem("pyproject.toml", f"says {project}, the manifest says {version}")
    headings = [*_headings(repository)]
    released = [name for name, _, _ in headings if name != "Unreleased"]
    if released[:1] != [version]:
        yield Problem(
            "CHANGELOG.md",
            f"its newest version has to be {version}, as in the manifest",
        )
    for name, date, notes in headings:
        if name != "Unreleased" and not (date and _DATE.fullmatch(date)):
            yield Problem("CHANGELOG.md", f"{name} needs a date such as 2026-01-31")
        if name != "Unreleased" and not notes:
            yield Problem("CHANGELOG.md", f"{name} says nothing")


def check_tag(repository: Repository, tag: str) -> Iterator[Problem]:
    """Check that a tag has the version of the checkout."""
    yield from check(repository)
    version = manifest_version(repository)
    if tag.removeprefix("v") != version:
        yield Problem("the tag", f"is {tag}, the manifest says {version}")
    if not tag.startswith("v"):
        yield Problem("the tag", "has to start with a v")
    unreleased = next(
        (n for name, _, n in _headings(repository) if name == "Unreleased"), ""
    )
    if unreleased:
        yield Problem(
            "CHANGELOG.md", "there are changes under Unreleased; give them the version"
        )


def notes(repository: Repository) -> str:
    """Return the section of the change log about the version of the manifest."""
    version = manifest_version(repository)
    return next(text for name, _, text in _headings(repository) if name == version)


def manifest_version(repository: Repository) -> str:
    """Return the version of the integration."""
    return str(repository.json(repository.integration / "manifest.json").get("version"))


def _headings(repository: Repository) -> Iterator[tuple[str, str | None, str]]:
    """Return version, date and text of each section of the changelog."""
    text = repository.text(repository.root / "CHANGELOG.md")
    # The links at the end do not belong to a version.
    text = re.split(r"^\[[^\]]+\]: ", text, maxsplit=1, flags=re.MULTILINE)[0]
    found = [*_HEADING.finditer(text)]
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=True):
        yield match["version"], match["date"], text[match.end() : end].strip()
