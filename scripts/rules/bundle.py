"""The script of the cards is built from the sources that are there, and is small."""

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

_FROM = re.compile(r"// Built by scripts/frontend from ([0-9a-f]{64});")


def check(repository: Repository) -> Iterator[Problem]:
    """Compare the hash in the first line of the script, and its size."""
    root = repository.root
    if not (root / SOURCES).is_dir():
        return
    text = repository.text(root / SCRIPT)
    built_from = _FROM.match(text)
    if built_from is None or built_from[1] != hash_of(root / SOURCES):
        yield Problem(SCRIPT, "is not built from frontend/src: run scripts/frontend")
    if (size := len(gzip.compress(text.encode()))) > MOST_BYTES:
        yield Problem(SCRIPT, f"{size} bytes gzipped; {MOST_BYTES} are the most")


def hash_of(folder: Path) -> str:
    """Return the hash of the sources, the same as frontend/build.mjs."""
    sources = [folder / "build.mjs", folder / "package-lock.json"]
    sources += [
        path
        for path in (folder / "src").rglob("*")
        if path.is_file() and not path.name.endswith(".test.ts")
    ]
    digest = sha256()
    for name in sorted(path.relative_to(folder).as_posix() for path in sources):
        digest.update(f"{name}\0".encode() + (folder / name).read_bytes() + b"\0")
    return digest.hexdigest()
