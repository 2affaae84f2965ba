"""The script of the cards is built from the sources that are there, and is small.

Its styles name no left and no right, because both change places in a language that is
written from right to left.
"""

from collections.abc import Iterator
import gzip
from hashlib import sha256
from pathlib import Path
import re

from .repository import Problem, Repository

SCRIPT = "custom_components/flashforge/frontend/flashforge.js"
SOURCES = "frontend"
MOST_BYTES = 30_000
"""What a browser may have to load, gzipped."""

_FROM = re.compile(r"// Built by scripts/frontend from ([0-9a-f]{16});")
_SIDE = re.compile(
    r"""
    -(?:left|right)\b (?=[\w-]*:)                # margin-left:
    | ^\s* (?:left|right): (?=[^;,]*;$)          # left: 0;
    | : \s* (?:left|right);                      # text-align: right;
    | \btranslate(?:X|3d)? \(
    """,
    re.VERBOSE,
)
_FOUR = re.compile(
    r"(?:margin|padding|inset|border-(?:width|color|style)):\s*"
    r"\S+\s+(?P<right>\S+)\s+\S+\s+(?P<left>\S+);"
)


def check(repository: Repository) -> Iterator[Problem]:
    """Compare the hash in the first line of the script, its size, and look at its styles."""
    root = repository.root
    if not (root / SOURCES).is_dir():
        return
    text = repository.text(root / SCRIPT)
    built_from = _FROM.match(text)
    if built_from is None or built_from[1] != hash_of(root / SOURCES):
        yield Problem(SCRIPT, "is not built from frontend/src: run scripts/frontend")
    if (size := len(gzip.compress(text.encode()))) > MOST_BYTES:
        yield Problem(SCRIPT, f"{size} bytes gzipped; {MOST_BYTES} are the most")
    yield from _sides(root)


def _sides(root: Path) -> Iterator[Problem]:
    """Yield the lines of styles that mean one side of the screen."""
    for path in _sources(root / SOURCES):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            four = _FOUR.search(line)
            if _SIDE.search(line) or (four and four["right"] != four["left"]):
                where = f"{path.relative_to(root).as_posix()}:{number}"
                yield Problem(
                    where, f"{line.strip()!r} means a side: use start, end, inline"
                )


def _sources(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in (folder / "src").rglob("*")
        if path.is_file() and not path.name.endswith(".test.ts")
    )


def hash_of(folder: Path) -> str:
    """Return the hash of the sources, the same as frontend/build.mjs."""
    sources = [folder / "build.mjs", folder / "package-lock.json"]
    sources += _sources(folder)
    digest = sha256()
    for name in sorted(path.relative_to(folder).as_posix() for path in sources):
        digest.update(f"{name}\0".encode() + (folder / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]
