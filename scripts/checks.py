"""Our own checks: what neither ruff nor mypy can check.

python -m scripts.checks                  all checks; prints one line per problem
python -m scripts.checks --release v1.2.3 checks that this tag can be released, and
                                          prints the notes of the release
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
import sys

from .rules import (
    bundle,
    icons,
    laws,
    packaging,
    quality,
    release,
    spelling,
    translations,
    walls,
)
from .rules.repository import Check, Problem, Repository, UnreadableError

ROOT = Path(__file__).resolve().parent.parent

CHECKS: Mapping[str, Check] = {
    "packaging": packaging.check,
    "translations": translations.check,
    "icons": icons.check,
    "quality scale": quality.check,
    "laws": laws.check,
    "walls": walls.check,
    "versions": release.check,
    "spelling": spelling.check,
    "cards": bundle.check,
}


def run(repository: Repository, checks: Mapping[str, Check]) -> list[Problem]:
    """Return the problems that the checks find. A broken file is also a problem."""
    found: list[Problem] = []
    for check in checks.values():
        try:
            found += check(repository)
        except UnreadableError as error:
            found.append(Problem("checks", str(error)))
    return [*dict.fromkeys(found)]


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run the checks, print what they find and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="scripts.checks", description="Checks the repository."
    )
    parser.add_argument("--release", metavar="TAG", help="check a tag, print its notes")
    options = parser.parse_args(arguments)
    repository = Repository(root)
    checks = CHECKS
    if (tag := options.release) is not None:
        checks = {"release": lambda found: release.check_tag(found, tag)}
    problems = run(repository, checks)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} to put right.", file=sys.stderr)
    elif tag is not None:
        print(release.notes(repository))
    else:
        print(f"{', '.join(checks)}: nothing to put right.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
